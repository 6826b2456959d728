"""schema.org products as JSON-LD: a file of JSON, or the scripts of an HTML page.

Terms: schema.org/Product, ProductGroup, Offer and what Google's merchant listings use of them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from catalog.feeds.encoding import UTF8
from catalog.feeds.items import Item, products, same_options_as_attributes
from catalog.feeds.json_records import JsonRecord, parse_json, read_json, show_json
from catalog.feeds.rows import RAW_LENGTH, Accepted, FeedError, FeedRow, Rejected
from catalog.feeds.schema_values import (
    Node,
    as_list,
    attributes_of,
    category_of,
    id_of,
    images_of,
    line_of,
    node_types,
    offers_of,
    paragraphs_of,
    rating_of,
    text_of,
)
from catalog.feeds.source import Source
from catalog.feeds.texts import attribute_name, one_line
from catalog.types import Attribute, LocalText, Variant

MAX_PAGE = 32_000_000
"""Bytes of an HTML page; a larger one is refused."""

_DEEPEST = 8
_PRODUCTS = frozenset(("Product", "IndividualProduct", "ProductModel", "SomeProducts", "Vehicle"))
_GROUP = "ProductGroup"
_CONTAINERS = ("@graph", "mainEntity", "itemListElement", "item", "about")
_OPTIONS = ("color", "size", "material", "pattern")
_CHARSET = re.compile(rb"<meta[^>]+charset", re.IGNORECASE)


def read_schema_json(source: Source, currency: str) -> Iterator[FeedRow]:
    """The products of a JSON-LD file."""
    return _products(read_json(source), source, currency)


def read_schema_html(source: Source, currency: str) -> Iterator[FeedRow]:
    """The products of the ``application/ld+json`` scripts of a page.

    Raises:
        FeedError: The page is too large, or has no such script.
    """
    return _products(_scripts(source), source, currency)


def _products(
    records: Iterator[JsonRecord | Rejected], source: Source, currency: str
) -> Iterator[FeedRow]:
    others: Counter[str] = Counter()
    for row in products(_items(records, others, currency), grouped=True):
        if isinstance(row, Accepted) and not row.adds:
            yield replace(row, product=same_options_as_attributes(row.product))
        else:
            yield row
    if others:
        names = ", ".join(sorted(others))[:200]
        source.warnings.append(f"{others.total()} nodes are no products and were left: {names}")


def _items(
    records: Iterator[JsonRecord | Rejected], others: Counter[str], currency: str
) -> Iterator[Item | Rejected]:
    for record in records:
        if isinstance(record, Rejected):
            yield record
            continue
        for node in _nodes(record, record.value, others):
            if isinstance(node, Rejected):
                yield node
            else:
                yield from _of_node(record, node, currency)


def _nodes(
    record: JsonRecord, value: object, others: Counter[str], depth: int = 0
) -> Iterator[Node | Rejected]:
    """The products in a value, however pages and graphs wrap them."""
    if depth > _DEEPEST:
        yield Rejected(record.line, "products are nested too deeply", record.raw)
        return
    for one in as_list(value):
        if isinstance(one, list):
            yield from _nodes(record, one, others, depth + 1)
        elif not isinstance(one, dict):
            reason = f"expected an object, got {type(one).__name__} {str(one)[:40]!r}"
            yield Rejected(record.line, reason, record.raw)
        elif _is_product(one):
            yield one
        else:
            yield from _inside(record, one, others, depth)


def _inside(
    record: JsonRecord, node: Node, others: Counter[str], depth: int
) -> Iterator[Node | Rejected]:
    held = [inner for key in _CONTAINERS if isinstance(inner := node.get(key), dict | list)]
    types = node_types(node)
    for inner in held:
        yield from _nodes(record, inner, others, depth + 1)
    if types and not held:
        others.update(types)
    elif not held:
        yield Rejected(record.line, "expected a schema.org Product, got no @type", record.raw)


def _is_product(node: Node) -> bool:
    return not {*_PRODUCTS, _GROUP}.isdisjoint(node_types(node))


def _of_node(record: JsonRecord, node: Node, currency: str) -> Iterator[Item | Rejected]:
    variants = [one for one in as_list(node.get("hasVariant")) if isinstance(one, dict)]
    try:
        if _GROUP not in node_types(node):
            yield _single(record, node, currency)
            return
        group = _item(record, node, text_of(node.get("productGroupID")) or id_of(node))
    except ValueError as error:
        yield Rejected(record.line, str(error), record.raw)
        return
    if not variants:
        yield group
    for variant in variants:
        try:
            yield _of_group(group, variant, currency)
        except ValueError as error:
            yield Rejected(record.line, f"a variant: {error}", show_json(variant))


def _single(record: JsonRecord, node: Node, currency: str) -> Item:
    """A product of its own, or a variant that names the group it belongs to."""
    variant = _variant(node, currency)
    parent = node.get("isVariantOf")
    group = parent if isinstance(parent, dict) else {}
    group_id = text_of(group.get("productGroupID")) or text_of(node.get("inProductGroupWithID"))
    item = _item(record, node, group_id or id_of(node))
    title = line_of(group.get("name"))
    return replace(item, title=title or item.title, variant=variant)


def _of_group(group: Item, node: Node, currency: str) -> Item:
    own = tuple(dict.fromkeys((*group.attributes, *_attributes(node))))
    return replace(
        group,
        raw=show_json(node),
        title=group.title or line_of(node.get("name")),
        attributes=own,
        images=tuple(dict.fromkeys((*group.images, *images_of(node)))),
        variant=_variant(node, currency),
    )


def _item(record: JsonRecord, node: Node, product_id: str) -> Item:
    rating, reviews = rating_of(node)
    return Item(
        line=record.line,
        product_id=one_line(product_id),
        raw=record.raw,
        title=line_of(node.get("name")),
        description=paragraphs_of(node.get("description")),
        brand=line_of(node.get("brand") or node.get("manufacturer")),
        category=category_of(node),
        attributes=_attributes(node),
        rating=rating,
        review_count=reviews,
        images=images_of(node),
        url=one_line(text_of(node.get("url"))),
    )


def _variant(node: Node, currency: str) -> Variant | None:
    id_ = id_of(node)
    prices, availability, quantity = offers_of(node, currency)
    if not id_:
        return None
    return Variant(
        id=id_,
        options=tuple(_options(node)),
        prices=prices,
        availability=availability,
        quantity=quantity,
        image=next(iter(images_of(node)), ""),
    )


def _options(node: Node) -> Iterator[tuple[str, LocalText]]:
    for name in _OPTIONS:
        values = as_list(node.get(name))
        value = line_of(values[0]) if len(values) == 1 else LocalText()
        if value:
            yield attribute_name(name), value


def _attributes(node: Node) -> tuple[Attribute, ...]:
    """What :func:`attributes_of` finds, and colours or materials of which it has several."""
    several = ((name, as_list(node.get(name))) for name in _OPTIONS)
    listed = (
        Attribute(name, text)
        for name, values in several
        if len(values) > 1
        for value in values
        if (text := line_of(value))
    )
    return (*attributes_of(node), *listed)


def _scripts(source: Source) -> Iterator[JsonRecord | Rejected]:
    found = False
    for script in _page(source).iter("script"):
        if "ld+json" not in (script.get("type") or "").casefold():
            continue
        found = True
        line = script.sourceline if isinstance(script.sourceline, int) else 0
        text = "".join(map(str, script.itertext())).strip()
        text = text.removeprefix("<!--").removesuffix("-->").strip()
        try:
            yield JsonRecord(line, parse_json(text), text[:RAW_LENGTH])
        except ValueError as error:
            yield Rejected(line, str(error), text)
    if not found:
        raise FeedError('expected a page with <script type="application/ld+json">, got none')


def _page(source: Source) -> etree._Element:
    encoding = None if _CHARSET.search(source.head()) else source.encoding()
    parser = etree.HTMLParser(
        encoding="utf-8" if encoding == UTF8 else encoding, no_network=True, huge_tree=False
    )
    stream, size = source.binary(), 0
    while chunk := stream.read(1 << 16):
        size += len(chunk)
        if size > MAX_PAGE:
            raise FeedError(f"the page has more than {MAX_PAGE:,} bytes")
        parser.feed(chunk)
    try:
        page: etree._Element | None = parser.close()
    except etree.XMLSyntaxError as error:
        raise FeedError(f"the page is no HTML: {error.msg}") from error
    if page is None:
        raise FeedError("the page has no elements")
    return page
