"""What a simulated shopper wants of a product, and whether a record fulfils it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, cast

from catalog.lexicon import Kind, load_lexicon
from catalog.text import fold
from catalog.types import BRAND, CATEGORY, LocalText, Product, Variant
from catalog.units import to_base
from catalog.words.product_types import lexicon_types, types_said

PRICE = "price"
SIZE = "size"

_NOTHING = LocalText()
_WIDER = frozenset({"color", "season", "gender", "age_group", "material", "pattern"})

SOFT = frozenset({"occasion", "recipient", "compatible_with"})
"""What a wish is for, but nothing that rules a product out: it is told and not checked."""

WishKind = Literal["kind", "price", "text", "flag", "number"]


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish about one fact of a record.

    ``name`` is the attribute's, ``label`` what it is called. A kind has ``concepts`` of the
    lexicon beside its name in ``value``. Bounds are both included, a price in ``unit`` as
    currency. ``exclude`` turns the wish round. A ``misspelt`` one was told with a slip.
    """

    kind: WishKind
    name: str
    value: LocalText = _NOTHING
    label: LocalText = _NOTHING
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str = ""
    exclude: bool = False
    concepts: frozenset[str] = frozenset()
    misspelt: bool = False


def fulfils(product: Product, wishes: Sequence[Wish]) -> bool:
    """Whether one variant of the product has everything at once."""
    return any(not unmet(product, variant, wishes) for variant in product.variants)


def unmet(product: Product, variant: Variant, wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """The wishes that a variant does not fulfil."""
    return tuple(one for one in wishes if _holds(product, variant, one) is one.exclude)


def missed(product: Product, wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """What the best variant of a product lacks."""
    return min((unmet(product, variant, wishes) for variant in product.variants), key=len)


def _holds(product: Product, variant: Variant, wish: Wish) -> bool:
    match wish.kind:
        case "kind":
            return is_of_kind(product, wish)
        case "price":
            price = variant.price(wish.unit)
            return price is not None and _between(price.amount, wish)
        case "text":
            wanted = also_named(wish.name, wish.value)
            return any(_says(text, wanted) for text in texts_of(product, variant, wish.name))
        case "flag":
            return True in product.values(wish.name)
        case "number":
            return any(_number_fits(product, index, wish) for index in _numbers(product, wish))


def texts_of(product: Product, variant: Variant, name: str) -> tuple[LocalText, ...]:
    """The texts a record has under a name; the variant's option stands before the attribute."""
    if name == BRAND:
        return (product.brand,)
    option = variant.option(name)
    if option:
        return (option,)
    return tuple(one for one in product.values(name) if isinstance(one, LocalText))


def is_of_kind(product: Product, wish: Wish) -> bool:
    """Whether a record says that a product is of the kind named: its category, or its title.

    A shelf above that lists several things ("Dresses & skirts") says of none of them which it is.
    """
    *above, leaf = product.category or (_NOTHING,)
    shelves = [leaf, *(node for node in above if not lists_several(node))]
    if any(_says(node, wish.value.all()) for node in shelves):
        return True
    return bool(wish.concepts & kinds_said(product))


def lists_several(shelf: LocalText) -> bool:
    """Whether a shelf's name lists things, which nobody says as one: "Hoodies & sweatshirts"."""
    marks = ("&", "/", ",", "、", "，", "与", " and ")
    return any(mark in text for text in shelf.all() for mark in marks)


def kinds_said(product: Product) -> frozenset[str]:
    """Every product type of the lexicon that category and title name, and what is above those.

    A shelf that lists several things names none: a pet's bowl of "Bowls & feeders" is no tableware.
    """
    return _kinds(product.title, product.category)


@lru_cache(maxsize=65_536)
def _kinds(title: LocalText, category: tuple[LocalText, ...]) -> frozenset[str]:
    lexicon = load_lexicon()
    said = {
        concept
        for text in (title, *(node for node in category if not lists_several(node)))
        for name in text.all()
        for concept in types_said(name, lexicon_types(), lexicon)
    }
    above = {upper for one in said for upper in lexicon.above("product_type", one)}
    return frozenset(said | above)


@lru_cache(maxsize=4_096)
def also_named(name: str, value: LocalText) -> tuple[str, ...]:
    """What a record may say where a value is wanted: the value, its shades, what serves as well.

    By the lexicon burgundy is a red, and what is for all seasons is for summer.
    """
    if name not in _WIDER:
        return value.all()
    lexicon, kind = load_lexicon(), cast("Kind", name)
    folded = {fold(one) for one in value.all()}
    found = [one for one in lexicon.of(kind).values() if folded & set(map(fold, one.surfaces()))]
    ids = {below for one in found for below in lexicon.within(kind, one.id)}
    ids |= {near for one in found for near in one.near}
    known = [concept for one in sorted(ids) if (concept := lexicon.get(kind, one)) is not None]
    return tuple(dict.fromkeys([*value.all(), *(s for one in known for s in one.surfaces())]))


def _says(text: LocalText, wanted: tuple[str, ...]) -> bool:
    """Whether a text is one of the names wanted, or has it among its words."""
    return any(_among(fold(name), fold(one)) for one in text.all() for name in wanted if name)


def _among(name: str, text: str) -> bool:
    if name == text:
        return True
    return f" {name} " in f" {text} " if name.isascii() else name in text


def _between(amount: Decimal, wish: Wish) -> bool:
    low, high = wish.minimum, wish.maximum
    return (low is None or amount >= low) and (high is None or amount <= high)


def _numbers(product: Product, wish: Wish) -> list[int]:
    return [
        index
        for index, one in enumerate(product.attributes)
        if one.name == wish.name and isinstance(one.value, Decimal)
    ]


def _number_fits(product: Product, index: int, wish: Wish) -> bool:
    fact = product.attributes[index]
    assert isinstance(fact.value, Decimal)
    dimension, value = to_base(fact.value, fact.unit)
    for bound, below in ((wish.minimum, True), (wish.maximum, False)):
        if bound is None:
            continue
        other, limit = to_base(bound, wish.unit)
        if other != dimension or (value < limit if below else value > limit):
            return False
    return True


def kind_wish(name: LocalText, concepts: frozenset[str]) -> Wish:
    """The wish for a kind of product."""
    return Wish("kind", CATEGORY, name, concepts=concepts)
