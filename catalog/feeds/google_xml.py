"""Google Merchant feeds in XML, read item by item; nothing in them is expanded or fetched."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from catalog.feeds.encoding import UTF8
from catalog.feeds.google import google_item, google_products
from catalog.feeds.items import Item
from catalog.feeds.rows import RAW_LENGTH, FeedError, FeedRow, Rejected
from catalog.feeds.source import Source
from catalog.feeds.texts import attribute_name, one_line

_ITEMS = frozenset(("item", "entry"))
_DECLARES_ENCODING = re.compile(rb"\s*<\?xml[^>]*\sencoding\s*=|\xff\xfe|\xfe\xff|\xef\xbb\xbf")


def read_google_xml(source: Source, currency: str, now: datetime) -> Iterator[FeedRow]:
    """The products of an RSS or Atom feed.

    Raises:
        FeedError: It is not well-formed from some line on, defines entities, or has no items.
    """
    return google_products(_items(source, currency, now))


def _items(source: Source, currency: str, now: datetime) -> Iterator[Item | Rejected]:
    found = False
    for element in _elements(source):
        found = True
        line, raw = _line(element), _raw(element)
        try:
            fields, details = _fields(element)
            yield google_item(line, raw, fields, details, currency, now)
        except ValueError as error:
            yield Rejected(line, str(error), raw)
    if not found:
        raise FeedError("expected a feed with <item> or <entry> elements, got XML without any")


def _elements(source: Source) -> Iterator[etree._Element]:
    """Every item, complete; it and all before it is dropped when the next one is asked for."""
    events = etree.iterparse(
        source.binary(),
        events=("start", "end"),
        encoding=_encoding(source),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    inside = False
    first = True
    try:
        for event, element in events:
            if first:
                _refuse_entities(element)
                first = False
            item = _local(element) in _ITEMS
            if event == "start":
                inside = inside or item
            elif item or not inside:
                if item:
                    yield element
                    inside = False
                _drop(element)
    except etree.XMLSyntaxError as error:
        raise FeedError(f"the XML is broken or cut off: {error.msg}", error.lineno or 0) from error
    except LookupError as error:
        raise FeedError(f"the XML is written in an {error}") from error


def _encoding(source: Source) -> str | None:
    """What the XML does not say of its encoding itself."""
    if _DECLARES_ENCODING.match(source.head()):
        return None
    encoding = source.encoding()
    return None if encoding == UTF8 else encoding


def _refuse_entities(root: etree._Element) -> None:
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise FeedError("a feed must not define XML entities", _line(root))


def _fields(item: etree._Element) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    fields: dict[str, list[str]] = {}
    details: list[tuple[str, str]] = []
    for child in item:
        name = _local(child)
        if name == "product_detail":
            details.extend(_detail(child))
            continue
        text = _text(child)
        if name == "link":
            text = text.strip() or child.get("href", "")
        if text.strip():
            fields.setdefault(name, []).append(text)
    return fields, details


def _detail(element: etree._Element) -> Iterator[tuple[str, str]]:
    parts = {_local(child): one_line(_text(child)) for child in element}
    label, value = parts.get("attribute_name", ""), parts.get("attribute_value", "")
    if value and attribute_name(label):
        yield label, value


def _local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def _line(element: etree._Element) -> int:
    return element.sourceline if isinstance(element.sourceline, int) else 0


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _raw(element: etree._Element) -> str:
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return text[:RAW_LENGTH]


def _drop(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
