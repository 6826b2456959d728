"""Rows become products: the rows of one product, standing together, are put into one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from catalog.feeds.rows import Accepted, FeedRow, Rejected
from catalog.feeds.seen import IdSet
from catalog.types import AnsweredQuestion, Attribute, LocalText, Product, Variant

MOST_ROWS = 5_000
"""Rows of one product; further ones are rejected, so that a wrong id cannot fill the memory."""

LONGEST_ID = 200
LONGEST_TITLE = 1_000
LONGEST_DESCRIPTION = 100_000


NO_TEXT = LocalText()


@dataclass(frozen=True, slots=True)
class Item:
    """What one row says of its product, and of a variant where it names one."""

    line: int
    product_id: str
    raw: str
    title: LocalText = NO_TEXT
    description: LocalText = NO_TEXT
    brand: LocalText = NO_TEXT
    category: tuple[LocalText, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    rating: float | None = None
    review_count: int = 0
    images: tuple[str, ...] = ()
    url: str = ""
    questions: tuple[AnsweredQuestion, ...] = ()
    variant: Variant | None = None


def products(
    rows: Iterable[Item | Rejected], *, grouped: bool, returning: bool = True
) -> Iterator[FeedRow]:
    """One product of every item, or with ``grouped`` of all adjacent items of one product id.

    The first product of an id wins and later ones are rejected, except that with ``grouped``
    and ``returning`` an id that comes back adds to its product (:attr:`Accepted.adds`). Of the
    variants of a product, too, the first of an id wins. Rejected as well are rows without an id
    and products without a title or a variant.

    Where the feed breaks off, a grouped product that may not be complete is not given: the one
    in the shop stays as it is.
    """
    returning = returning and grouped
    ids, variants = IdSet(), IdSet()
    for together in _together(rows, grouped):
        if isinstance(together, Rejected):
            yield together
            continue
        again = together[0].product_id in ids
        for row in _product(together, variants, again, again and returning):
            if isinstance(row, Accepted):
                ids.add(row.product.id)
                for variant in row.product.variants if returning else ():
                    variants.add(_variant_key(row.product.id, variant.id))
            yield row


def _together(rows: Iterable[Item | Rejected], grouped: bool) -> Iterator[list[Item] | Rejected]:
    """The items of each product, and the rejected rows between them at once."""
    together: list[Item] = []
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        if not grouped:
            yield [row]
            continue
        if together and row.product_id != together[0].product_id:
            yield together
            together = []
        if len(together) == MOST_ROWS:
            yield Rejected(row.line, f"one product has more than {MOST_ROWS:,} rows", row.raw)
        else:
            together.append(row)
    if together:
        yield together


def _product(items: list[Item], seen: IdSet, again: bool, adds: bool) -> Iterator[FeedRow]:
    fitting: list[Item] = []
    here: set[str] = set()
    for item in items:
        reason = _unfit(item) or _repeated(item, here, seen)
        if reason:
            yield Rejected(item.line, reason, item.raw)
            continue
        fitting.append(item)
        if item.variant:
            here.add(item.variant.id)
    reason = ""
    if again and not adds:
        reason = f"the id {items[0].product_id!r} came earlier in the feed"
    elif not (adds or any(item.title for item in fitting)):
        reason = "the row has no title in any language"
    elif not any(item.variant for item in fitting):
        reason = "no variant of this product can be read"
    if reason:
        yield from (Rejected(item.line, reason, item.raw) for item in fitting)
    elif fitting:
        yield Accepted(fitting[0].line, _merged(fitting), len(fitting), adds)


def _unfit(item: Item) -> str:
    if not item.product_id:
        return "the row has no id"
    ids = [item.product_id, *([item.variant.id] if item.variant else [])]
    if any(len(one) > LONGEST_ID for one in ids):
        return f"an id has more than {LONGEST_ID} characters"
    if any(len(text) > LONGEST_TITLE for text in item.title.all()):
        return f"the title has more than {LONGEST_TITLE:,} characters"
    if any(len(text) > LONGEST_DESCRIPTION for text in item.description.all()):
        return f"the description has more than {LONGEST_DESCRIPTION:,} characters"
    return ""


def _repeated(item: Item, here: set[str], seen: IdSet) -> str:
    if item.variant is None:
        return ""
    id_ = item.variant.id
    if id_ in here or _variant_key(item.product_id, id_) in seen:
        return f"the variant {id_!r} came earlier in the feed"
    return ""


def _variant_key(product_id: str, variant_id: str) -> str:
    return f"{product_id}\0{variant_id}"


def _merged(items: Sequence[Item]) -> Product:
    first = items[0]
    return Product(
        id=first.product_id,
        title=next((item.title for item in items if item.title), first.title),
        variants=tuple(item.variant for item in items if item.variant),
        description=next((item.description for item in items if item.description), LocalText()),
        brand=next((item.brand for item in items if item.brand), LocalText()),
        category=next((item.category for item in items if item.category), ()),
        attributes=tuple(dict.fromkeys(one for item in items for one in item.attributes)),
        rating=next((item.rating for item in items if item.rating is not None), None),
        review_count=max(item.review_count for item in items),
        images=tuple(dict.fromkeys(image for item in items for image in item.images)),
        url=next((item.url for item in items if item.url), ""),
        questions=tuple(dict.fromkeys(one for item in items for one in item.questions)),
    )


def same_options_as_attributes(product: Product) -> Product:
    """The product with options that are the same for every variant among its attributes.

    For feeds whose rows say colour and size whether or not a shopper has a choice.
    """
    names = dict.fromkeys(name for variant in product.variants for name, _ in variant.options)
    fixed: list[Attribute] = []
    for name in names:
        values = {variant.option(name) for variant in product.variants}
        if len(values) == 1:
            fixed.append(Attribute(name, values.pop()))
    gone = {attribute.name for attribute in fixed}
    variants = tuple(
        replace(one, options=tuple(pair for pair in one.options if pair[0] not in gone))
        for one in product.variants
    )
    attributes = tuple(dict.fromkeys((*product.attributes, *fixed)))
    return replace(product, variants=variants, attributes=attributes)
