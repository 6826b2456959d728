"""Why a product is shown, as facts from its record."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from catalog.documents import measure_text
from catalog.facts import variant_facts
from catalog.text import fold, has_chinese, tokens
from catalog.types import (
    Attribute,
    FlagConstraint,
    Language,
    LocalText,
    NumberConstraint,
    Product,
    ProductFilter,
    Reason,
    TextConstraint,
    Variant,
)
from catalog.units import convert, parse_measure

_WELL_RATED = 4.5
_ENOUGH_REVIEWS = 10


def reasons(
    product: Product,
    variant: Variant,
    wanted: ProductFilter,
    words: Sequence[str],
    by_text: bool,
    language: Language,
) -> tuple[Reason, ...]:
    """What of the wishes the product fulfils, the most telling first.

    Args:
        product: the product shown.
        variant: the variant of it that matched.
        wanted: the filter it passed.
        words: the shopper's own words that stand in its record.
        by_text: whether there was a text at all; without its words the meaning was what fitted.
        language: of the facts.
    """
    found = [
        *(_matches(product, variant, constraint, language) for constraint in wanted.attributes),
        *_own_fields(product, wanted, language),
        *_under_price(variant, wanted),
    ]
    if words:
        separator = "、" if language == "zh" else ", "
        found.append(Reason("words", {"words": separator.join(words)}))
    elif by_text:
        found.append(Reason("meaning"))
    return (*filter(None, found), *_well_rated(product))


def query_words(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The words of a query as they were written, each with its search terms."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for chunk in fold(text).split():
        terms = tokens(chunk)
        if has_chinese(chunk):
            found.extend((term, (term,)) for term in terms)
        elif terms:
            found.append((chunk.strip(".,;:!?()[]\"'"), tuple(terms)))
    return list(dict.fromkeys(found))


def _matches(
    product: Product,
    variant: Variant,
    constraint: TextConstraint | NumberConstraint | FlagConstraint,
    language: Language,
) -> Reason | None:
    for value, attribute in _values(product, variant, constraint.name):
        if isinstance(constraint, FlagConstraint):
            if attribute is not None and attribute.value is constraint.value:
                return _match(constraint.name, "yes" if constraint.value else "no", attribute, language)
        elif isinstance(constraint, NumberConstraint):
            if written := _fitting_measure(value, attribute, constraint):
                return _match(constraint.name, written, attribute, language)
        elif isinstance(value, LocalText) and _accepts(value, constraint.values):
            return _match(constraint.name, value.get(language), attribute, language)
    return None
