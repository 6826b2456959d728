"""The words a product that was shown can be pointed at by, and the numbers it can be ranked by."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.types import ShownNumber
from catalog.measures import measure_terms
from catalog.text import fold, stem
from catalog.types import Attribute, LocalText, Product, Variant
from catalog.units import to_base
from catalog.wording import write_name

_WORD = re.compile(r"[a-z0-9][a-z0-9&.'+-]*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_MIXED = re.compile(r"(?<![a-z0-9])[a-z][\u3400-\u9fff]")
"""A word of a letter and a character: A字, V领, T恤."""
_LONGEST = 24
_NAMELESS = frozenset(
    {"for", "with", "in", "and", "of", "the", "a", "an", "to", "by", "on", "h", "one", "ones"}
)
_LABELLED_LATER = frozenset({"size"})


def traits_of(product: Product) -> tuple[str, ...]:
    """Folded words and pairs of Chinese characters that tell a product from others.

    Of its title, brand, kinds, options and facts in both languages; a fact that is no text gives
    its name where it is true, and its measure in one common form.
    """
    texts = (" ".join(product.title.all()), *_texts(product))
    return tuple(dict.fromkeys(word for text in texts for word in words_of(text)))


def names_of(product: Product) -> tuple[str, ...]:
    """Those words that stand in its title alone: what it is called."""
    elsewhere = {word for text in _texts(product) for word in words_of(text)}
    own = dict.fromkeys(words_of(" ".join(product.title.all())))
    return tuple(word for word in own if word not in elsewhere and not word.isdigit())


def words_of(text: str) -> Iterator[str]:
    """The words of a text as they are compared: stems, measures, pairs of characters."""
    folded = fold(text)
    for word in _WORD.findall(folded):
        if word not in _NAMELESS:
            yield stem(word.strip(".'-")) if word.isalpha() or "'" in word else word.strip(".-'")
    for run in _HAN.findall(folded):
        yield from (run[at : at + 2] for at in range(len(run) - 1))
    yield from _MIXED.findall(folded)
    yield from measure_terms(text)


def _texts(product: Product) -> Iterator[str]:
    named = [product.brand, *product.category]
    named += [one.option("color") for one in product.variants]
    for fact in product.attributes:
        named += _fact_texts(fact)
    yield from (text for one in named for text in one.all() if len(text) <= _LONGEST)


def _fact_texts(fact: Attribute) -> list[LocalText]:
    if fact.name in _LABELLED_LATER:
        return []
    if isinstance(fact.value, LocalText):
        return [fact.value]
    if isinstance(fact.value, bool):
        label = fact.label or LocalText(write_name(fact.name, "en"), write_name(fact.name, "zh"))
        return [label] if fact.value else []
    return [LocalText(f"{fact.value:f} {fact.unit}")]


def numbers_of(product: Product) -> tuple[ShownNumber, ...]:
    """The numbers of a record by which it can be set against another: its measures, its rating."""
    found: dict[str, ShownNumber] = {}
    if product.rating is not None:
        found["rating"] = ShownNumber("rating", Decimal(str(product.rating)))
    for fact in product.attributes:
        if isinstance(fact.value, Decimal) and fact.name not in found:
            label = "|".join(fold(text) for text in fact.label.all())
            found[fact.name] = ShownNumber(fact.name, fact.value, fact.unit, label)
    for name in ("size", "storage"):
        options = [one.option(name) for one in product.variants]
        known = [value for text in options if (value := _leading(text)) is not None]
        if known and name not in found:
            found[name] = ShownNumber(name, max(known), "")
    return tuple(found.values())


def facts_of(product: Product, variant: Variant) -> tuple[tuple[str, str], ...]:
    """What "another brand" and "the same colour" are told by, folded, in either language."""
    found = [("brand", text) for text in product.brand.all()]
    for name in ("color", "material", "pattern"):
        known = [variant.option(name)] if variant.option(name) else []
        known = known or [v for v in product.values(name) if isinstance(v, LocalText)]
        found += [(name, text) for one in known for text in one.all()]
    return tuple((name, fold(text)) for name, text in found)


def in_base(number: ShownNumber) -> Decimal:
    """The number in the base unit of its dimension, so that 900 g is less than 1 kg."""
    return to_base(number.value, number.unit)[1] if number.unit else number.value


def _leading(text: LocalText) -> Decimal | None:
    match = re.match(r"\d+(?:\.\d+)?", text.en)
    return Decimal(match.group()) if match else None
