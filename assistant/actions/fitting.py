"""Where in the shop there is something for somebody, by what records say that things are for."""

from dataclasses import replace
from itertools import chain, zip_longest

from assistant.actions.context import Services, TurnContext
from assistant.goal import spoken
from assistant.pastimes import kinds_for, names_animal, not_for, thing_in
from catalog.recommending.request import Kind, Recommendations, Request
from catalog.text import fold, has_chinese, tokens
from catalog.types import (
    CATEGORY,
    Constraint,
    FlagConstraint,
    LocalText,
    Product,
    ProductFilter,
    ScoredProduct,
    TextConstraint,
)
from intents.types import Slot

_SHELF_ENDS = ("用品", "用具")
_SURE = 0.9
"""From here on words name a shelf, and nothing that only sounds like it."""
_PETS = "pet supplies"
_WHO = frozenset({"recipient", "gender"})


def shelf_called(words: str, turn: TurnContext, services: Services) -> TextConstraint | None:
    """The shelves that words name, also without what such names end with: 厨房 for 厨房用品."""
    for name in (words, *(f"{words}{end}" for end in _SHELF_ENDS if has_chinese(words))):
        match = services.vocabulary().named("product_type", name, turn.language)
        shelf = match.constraint if match is not None and match.score >= _SURE else None
        if isinstance(shelf, TextConstraint) and shelf.name == CATEGORY:
            return shelf
    return None


def for_whom(wanted: ProductFilter, turn: TurnContext, services: Services) -> ProductFilter:
    """The filter without what is plainly for others; what is for pets is for pets only."""
    wishes = [wish for wish in turn.state.goal.wishes if wish.role == "include"]
    said = [spoken(wish) for wish in wishes if wish.name != "price"]
    pets = shelf_called(_PETS, turn, services)
    if pets is not None and not names_animal(said):
        wanted = replace(wanted, exclusions=(*wanted.exclusions, pets))
    elif pets is not None and any(_is_animal(wish) for wish in wishes):
        animal = next(wish.raw for wish in wishes if _is_animal(wish))
        own = _values_in(animal, services) or _values_in(f"{animal}s", services)
        wanted = replace(
            wanted,
            categories=(*wanted.categories, *pets.values),
            attributes=(*wanted.attributes, *own),
        )
    people = {str(wish.value) for wish in wishes if wish.name in _WHO}
    others = not_for(people) if not any("baby" in kinds_for(one) for one in said) else ()
    found = (_value_of(one, services) for one in others)
    refused = tuple(one for one in found if one is not None)
    return replace(wanted, exclusions=(*wanted.exclusions, *refused))


def made_to_give(wanted: ProductFilter, services: Services) -> ProductFilter | None:
    """The filter for what comes in a gift box; ``None`` where no record says so of anything."""
    match = services.vocabulary().named("feature", "gift box")
    if match is None or not isinstance(match.constraint, FlagConstraint):
        return None
    return replace(wanted, attributes=(*wanted.attributes, match.constraint))


def of_interest(
    words: str, wanted: ProductFilter, turn: TurnContext, services: Services
) -> Request | None:
    """A request for what is for an interest: by its shelves, or by what records have as values."""
    kinds = kinds_for(words) or (words, thing_in(words))
    shelves = [shelf_called(one, turn, services) for one in dict.fromkeys(kinds)]
    names = tuple(dict.fromkeys(chain.from_iterable(one.values for one in shelves if one)))
    if names:
        return Request(Kind.POPULAR, wanted=replace(wanted, categories=names))
    values = _values_in(thing_in(words), services)
    if values:
        attributes = (*wanted.attributes, *values)
        return Request(Kind.POPULAR, wanted=replace(wanted, attributes=attributes))
    return None


def named_by_record(words: str, found: Recommendations) -> tuple[ScoredProduct, ...]:
    """Those of which title, shelf or a value of the record has the words, not only its text."""
    asked = set(tokens(words))
    return tuple(one for one in found.products if asked and asked <= _called(one.product))


def mixed(lists: list[tuple[ScoredProduct, ...]], k: int) -> tuple[ScoredProduct, ...]:
    """Some of each list, each product once."""
    found: dict[str, ScoredProduct] = {}
    for one in filter(None, chain.from_iterable(zip_longest(*lists))):
        found.setdefault(one.product.id, one)
    return tuple(found.values())[:k]


def _is_animal(wish: Slot) -> bool:
    """Whether the gift is for the animal itself, and not for somebody who likes it."""
    return wish.name == "recipient" and str(wish.value) != "pet owner" and names_animal([wish.raw])


def _value_of(person: str, services: Services) -> Constraint | None:
    vocabulary = services.vocabulary()
    for name in ("gender", "age_group"):
        match = vocabulary.named(name, person)
        if match is not None and match.constraint is not None:
            return match.constraint
    return None


def _values_in(words: str, services: Services) -> tuple[Constraint, ...]:
    """The values of records that words name and nothing else: the cats in "cats"."""
    found = services.vocabulary().find(words)
    whole = [one for one in found if fold(words[one.start : one.end]) == fold(words)]
    return tuple(one.constraint for one in whole if isinstance(one.constraint, TextConstraint))


def _called(product: Product) -> set[str]:
    texts = [*product.title.all(), *(text for node in product.category for text in node.all())]
    for one in product.attributes:
        texts += one.value.all() if isinstance(one.value, LocalText) else ()
    return set(chain.from_iterable(map(tokens, texts)))
