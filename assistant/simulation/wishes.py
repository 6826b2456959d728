"""What a simulated shopper wants of a product, and whether a record fulfils it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, cast

from catalog.lexicon import Kind, load_lexicon
from catalog.text import DASHES, fold
from catalog.titled import titled_kinds
from catalog.types import BRAND, CATEGORY, LocalText, Product, Variant
from catalog.units import to_base
from catalog.wording import write_label

PRICE = "price"
SIZE = "size"

_NOTHING = LocalText()
_NO_TYPES = frozenset[str]()
_WIDER = frozenset({"color", "season", "gender", "age_group", "material", "pattern"})

SOFT = frozenset({"occasion", "recipient", "compatible_with"})
"""What a wish is for, but nothing that rules a product out: it is told and not checked."""

WishKind = Literal["kind", "price", "text", "flag", "number"]


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish about one fact of a record.

    ``name`` is the attribute's, ``label`` what it is called. A kind has ``concepts`` of the
    lexicon beside its name in ``value``; those in ``titled`` count for what is on no shelf. Bounds
    are both included, a price in ``unit`` as currency. ``exclude`` turns the wish round. A
    ``misspelt`` one was told with a slip.
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
    titled: frozenset[str] = frozenset()
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


def called(name: str, product: Product) -> LocalText:
    """What an attribute of a product is called, for who tells again what a button told for them."""
    for one in product.attributes:
        if one.name == name:
            return LocalText(write_label(one, "en"), write_label(one, "zh"))
    return _NOTHING


def is_of_kind(product: Product, wish: Wish) -> bool:
    """Whether a record says that a product is of the kind named: its category, or its title.

    A shelf above that lists several things ("Dresses & skirts") says of none of them which it is.
    """
    *above, leaf = product.category or (_NOTHING,)
    shelves = [leaf, *(node for node in above if not lists_several(node))]
    if any(_says(node, wish.value.all()) for node in shelves):
        return True
    concepts = wish.concepts if product.category else wish.concepts | wish.titled
    return bool(concepts & kinds_said(product))


def lists_several(shelf: LocalText) -> bool:
    """Whether a shelf's name lists things, which nobody says as one: "Hoodies & sweatshirts"."""
    marks = ("&", "/", ",", "、", "，", "与", " and ")
    return any(mark in text for text in shelf.all() for mark in marks)


def kinds_said(product: Product) -> frozenset[str]:
    """Every product type of the lexicon that a product is, and what is above those."""
    return _kinds(product.title, product.category)


def types_of(title: LocalText, category: tuple[LocalText, ...]) -> frozenset[str]:
    """The product types that the last shelf and the title say a product is.

    What does not go with the shelves that name one thing is left out: the pots of cookware are no
    flowerpots, trousers called "Table" no furniture, a pet's bowl no tableware.
    """
    *over, leaf = [titled_kinds(one) for one in category if not lists_several(one)] or [_NO_TYPES]
    if category and lists_several(category[-1]):
        over, leaf = [*over, leaf], _NO_TYPES
    above = _NO_TYPES.union(*over)
    leaf = _going_with(leaf, above) or leaf
    named = titled_kinds(title)
    return leaf | (_going_with(named, leaf or above) if leaf or above else named)


def _going_with(types: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Those of the types that have something in common with others: the same, or the same above."""
    wide = {upper for one in others for upper in _family(one)}
    return frozenset(one for one in types if wide & _family(one))


def _family(concept: str) -> set[str]:
    return {concept, *load_lexicon().above("product_type", concept)}


@lru_cache(maxsize=65_536)
def _kinds(title: LocalText, category: tuple[LocalText, ...]) -> frozenset[str]:
    above = [titled_kinds(node) for node in category[:-1] if not lists_several(node)]
    said = types_of(title, category).union(*above)
    return frozenset(upper for one in said for upper in _family(one))


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
    name, text = name.translate(DASHES), text.translate(DASHES)
    if name == text:
        return True
    if not name.isascii():
        return name in text
    words, listed = (f" {_LISTING.sub(' ', one)} " for one in (name, text))
    return words in listed


_LISTING = re.compile(r"[\s/,;&_]+")
"""What stands between the things that a record lists in one text: black/grey."""


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
