"""What the shopper is looking for, as the filter and the words that search understands."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.types import SearchGoal
from catalog.text import fold
from catalog.types import (
    BRAND,
    CATEGORY,
    Attribute,
    Constraint,
    Language,
    LocalText,
    NumberConstraint,
    ProductFilter,
    TextConstraint,
)
from catalog.wording import write_value
from intents.shape import shape
from intents.types import Measure, PriceRange, Slot, is_body
from intents.values.ages import read_age
from intents.values.wishes import find_comparatives

CONTEXT_SLOTS = frozenset({"recipient", "occasion", "compatible_with", "person"})
"""Wishes about the situation: they guide search, and rule no product out."""

WISH_SLOTS = frozenset(
    {"product_type", "brand", "color", "size", "material", "pattern", "gender", "age_group"}
    | {"season", "feature", "price", "rating", "measure"}
    | CONTEXT_SLOTS
)
"""The slots that say what a product should be like."""


def is_wish(slot: Slot) -> bool:
    """Whether a slot says what a product should be like; a shopper's own height does not."""
    return slot.name in WISH_SLOTS and not is_body(slot)


def goal_filter(
    goal: SearchGoal, currency: str, wanted: ProductFilter | None = None
) -> ProductFilter:
    """The constraints of every wish that means something here, besides those of ``wanted``."""
    found = replace(wanted or ProductFilter(), currency=currency)
    for wish in goal.wishes:
        found = _narrow(found, wish)
    return found


def for_older(wish: Slot) -> NumberConstraint | None:
    """What by its record is for older ones than the age that a wish names; ``None`` of any other.

    Of what no record says from which age it is nothing is known, so that it stays.
    """
    age = read_age(wish.raw) if wish.name == "age_group" and wish.role == "include" else None
    if age is None:
        return None
    return NumberConstraint(_AGE_FROM, minimum=age[1] + _JUST_ABOVE, unit="year")


_AGE_FROM = "age_from"
_JUST_ABOVE = Decimal("0.01")


def without(goal: SearchGoal, names: frozenset[str]) -> SearchGoal:
    """The goal when the wishes called ``names`` are given up."""
    kept = tuple(wish for wish in goal.wishes if wish.name not in names)
    return replace(goal, wishes=kept, offset=0)


def with_wishes(goal: SearchGoal, wishes: tuple[Slot, ...]) -> SearchGoal:
    """The goal with new wishes; one takes the place of an older one it contradicts."""
    merged = list(goal.wishes)
    for wish in _to_the_year(wishes):
        merged = [old for old in merged if not _replaces(wish, old)]
        merged.append(wish)
    return replace(goal, wishes=tuple(merged), offset=0)


def _to_the_year(wishes: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The wishes of one message without age groups beside an age: the 孩子 of 两岁的孩子."""
    if not any(for_older(one) for one in wishes):
        return wishes
    return tuple(one for one in wishes if one.name != "age_group" or for_older(one))


def as_named_before(goal: SearchGoal, wish: Slot) -> Slot:
    """The wish for a kind with the meaning that its name has in this search already.

    Whose sneakers were those of a button beside running shoes means no other ones by the word.
    """
    if wish.name != "product_type" or wish.role != "include":
        return wish
    said = fold(wish.raw)
    for old in goal.wishes:
        same = old.name == wish.name and old.role == wish.role and fold(spoken(old)) == said
        if same and old.resolved is not None:
            return replace(wish, resolved=old.resolved)
    return wish


def without_values_of(goal: SearchGoal, wishes: Sequence[Slot]) -> SearchGoal:
    """The goal without features that ``wishes`` have another value of: a regular fit, no slim one.

    For corrections; else a second value of an attribute is wanted beside the first.
    """
    corrected = {
        wish.resolved.name
        for wish in wishes
        if isinstance(wish.resolved, TextConstraint) and wish.role == "include"
    }
    kept = tuple(
        wish
        for wish in goal.wishes
        if wish.name != "feature"
        or not isinstance(wish.resolved, TextConstraint)
        or wish.resolved.name not in corrected
    )
    return replace(goal, wishes=kept)


def describe(goal: SearchGoal, language: Language) -> str:
    """The wishes in the shopper's own words; what is not wanted is marked in ``language``."""
    words = [
        word if wish.role == "include" else _NOT[language].format(word)
        for wish in goal.wishes
        if (word := in_words(wish, language))
    ]
    return " · ".join(dict.fromkeys(words)) or goal.query


def spoken(wish: Slot) -> str:
    """A wish in the words it was made with; that of a button's payload by its value."""
    if not wish.raw.startswith("/"):
        return wish.raw
    return wish.value if isinstance(wish.value, str) else ""


def in_words(wish: Slot, language: Language) -> str:
    """A wish as it is repeated: in its own words, but a complaint as what it asks for instead.

    Who finds bags too big hears of smaller ones.
    """
    said = spoken(wish) or _amount(wish, language)
    if wish.name not in _COMPARABLE or not said:
        return said
    for one in find_comparatives(shape(said)):
        if one.raw == said and str(one.value) in _BETTER:
            return _BETTER[str(one.value)].get(language)
    return said


def _amount(wish: Slot, language: Language) -> str:
    """The amount of a bound that a button has set, which nobody said: 110 mm."""
    bound = wish.resolved
    if not isinstance(bound, NumberConstraint):
        return ""
    ends = [end for end in (bound.minimum, bound.maximum) if end is not None]
    written = (write_value(Attribute(bound.name, end, bound.unit), language) for end in ends)
    return "–".join(dict.fromkeys(written))


_COMPARABLE = frozenset({"price", "measure", "rating"})
_BETTER = {
    "cheaper": LocalText("cheaper", "更便宜"),
    "more_expensive": LocalText("dearer", "更贵"),
    "bigger": LocalText("bigger", "更大"),
    "smaller": LocalText("smaller", "更小"),
    "lighter": LocalText("lighter", "更轻"),
    "better_rated": LocalText("better rated", "评分更高"),
}
_NOT: dict[Language, str] = {"en": "not {}", "zh": "不要{}"}


def _replaces(new: Slot, old: Slot) -> bool:
    if new.name == "price" == old.name:
        return True
    if new.name in ("feature", "measure") or new.role == "exclude":
        return new.name == old.name and _topic(new) == _topic(old)
    # "in blue" after "not red" leaves the exclusion standing; "in red" lifts it.
    return new.name == old.name and (old.role == "include" or _topic(new) == _topic(old))


def _topic(slot: Slot) -> object:
    """What a wish is about, so that a later one about the same thing replaces it."""
    if isinstance(slot.resolved, NumberConstraint):
        return slot.resolved.name
    return slot.resolved if slot.resolved is not None else slot.value


def _narrow(found: ProductFilter, wish: Slot) -> ProductFilter:
    older = for_older(wish)
    if older is not None:
        found = replace(found, exclusions=(*found.exclusions, older))
    if isinstance(wish.value, PriceRange):
        return _narrow_price(found, wish.value)
    if wish.name == "rating":
        return replace(found, minimum_rating=float(str(wish.value)))
    if wish.resolved is None or wish.name in CONTEXT_SLOTS:
        return found
    if wish.role == "exclude":
        return replace(found, exclusions=(*found.exclusions, wish.resolved))
    return _include(found, wish.resolved)


def _include(found: ProductFilter, constraint: Constraint) -> ProductFilter:
    if isinstance(constraint, NumberConstraint):
        low, high = in_order(constraint.minimum, constraint.maximum)
        constraint = replace(constraint, minimum=low, maximum=high)
    if isinstance(constraint, TextConstraint) and constraint.name == CATEGORY:
        return replace(found, categories=(*found.categories, *constraint.values))
    if isinstance(constraint, TextConstraint) and constraint.name == BRAND:
        return replace(found, brands=(*found.brands, *constraint.values))
    return replace(found, attributes=(*found.attributes, constraint))


def _narrow_price(found: ProductFilter, wish: PriceRange) -> ProductFilter:
    low, high = in_order(wish.minimum, wish.maximum)
    return replace(found, minimum_price=low, maximum_price=high)


def clash_in(wishes: Sequence[Slot]) -> tuple[Slot, Slot] | None:
    """Two wishes of one message that no product can fulfil both: "under 50 and over 100".

    Bounds of one range that were said the wrong way round ("from 100 down to 50") are none.
    """
    for at, one in enumerate(wishes):
        for other in wishes[at + 1 :]:
            if _apart(one, other) or _apart(other, one) or _opposite(one, other):
                return one, other
    return None


def _apart(low: Slot, high: Slot) -> bool:
    """Whether the least that one wish allows is above the most that the other does."""
    if low.name != high.name or not isinstance(low.value, PriceRange | Measure):
        return False
    if isinstance(low.value, Measure) and low.value.attribute == "dimension":
        return False  # the sides of one thing: 120 × 180 cm
    least, most = low.value.minimum, getattr(high.value, "maximum", None)
    same = low.resolved is None or high.resolved is None or low.resolved.name == high.resolved.name
    return least is not None and most is not None and least > most and same


def _opposite(one: Slot, other: Slot) -> bool:
    """Whether the same is wanted and refused."""
    about = one.name == other.name and one.name not in ("price", "measure")
    return (
        about and _topic(one) == _topic(other) and {one.role, other.role} == {"include", "exclude"}
    )


def in_order(low: Decimal | None, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Bounds said the wrong way round ("from 100 down to 50") the right way."""
    return (high, low) if low is not None and high is not None and low > high else (low, high)


def cheaper_than(amount: Decimal, currency: str, raw: str) -> Slot:
    """The wish for a price below ``amount``."""
    price = PriceRange(maximum=amount - Decimal("0.01"), currency=currency)
    return Slot("price", price, raw=raw)
