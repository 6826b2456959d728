"""Sizes in the shop's own: who wears US 10 is shown EU 43, and baby clothes by months are in cm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.actions.context import Services, TurnContext
from assistant.goal import goal_filter
from assistant.types import Note, SearchGoal
from catalog.kinds import kinds_asked
from catalog.lexicon import load_lexicon
from catalog.sizing import Wearer, read_shoe_size, sizes_for_months, sizes_like
from catalog.text import fold
from catalog.types import ProductFilter, TextConstraint
from intents.types import Slot
from intents.values.ages import read_age

_WEARERS: tuple[Wearer, ...] = ("men", "women")
_TOLD: Mapping[Wearer, str] = {"men": "size_converted_men", "women": "size_converted_women"}
_SHOES, _CLOTHES = "shoes", "clothing"
_WHO = frozenset({"gender", "age_group"})
_CHILDREN = frozenset({"baby", "toddler", "kids", "boys", "girls"})


@dataclass(frozen=True, slots=True)
class _Fit:
    """The sizes on sale that fit a wearer."""

    wearer: Wearer
    sizes: tuple[str, ...]


def in_sold_sizes(goal: SearchGoal, turn: TurnContext, services: Services) -> SearchGoal:
    """The goal with sizes that the shop does not have as those that it has for them.

    Those are of shoes, and of clothes for babies of so many months. Where nobody has said whose
    shoes they are, the sizes of men and of women count, as far as the shop has such shoes for
    them. What no chart tells stays as it was said.
    """
    wishes = tuple(_converted(wish, goal, turn, services) for wish in goal.wishes)
    return goal if wishes == goal.wishes else replace(goal, wishes=wishes)


def _converted(wish: Slot, goal: SearchGoal, turn: TurnContext, services: Services) -> Slot:
    sizes = (size for fit in _fits(wish, goal, turn, services) for size in fit.sizes)
    found = tuple(dict.fromkeys(sizes)) or _for_months(wish, goal, turn, services)
    return replace(wish, resolved=TextConstraint("size", found)) if found else wish


def converted_notes(
    wish: Slot, goal: SearchGoal, turn: TurnContext, services: Services
) -> Iterator[Note]:
    """What sizes a wish for one was taken for, once."""
    if wish in turn.state.goal.wishes:
        return
    if cut := _for_months(wish, goal, turn, services):
        yield Note("size_converted", {"said": wish.raw, "sizes": cut})
        return
    fits = _fits(wish, goal, turn, services)
    said = {"said": str(wish.value)}
    if len({fit.sizes for fit in fits}) == 1 and len(fits) > 1:
        yield Note("size_converted", said | {"sizes": fits[0].sizes})
        return
    for fit in fits:
        yield Note(_TOLD[fit.wearer], said | {"sizes": fit.sizes})


def _fits(wish: Slot, goal: SearchGoal, turn: TurnContext, services: Services) -> tuple[_Fit, ...]:
    if wish.name != "size" or wish.role != "include":
        return ()
    said = read_shoe_size(str(wish.value))
    if said is None or not _are(_SHOES, goal):
        return ()
    kind = _kind(goal, turn)
    sold = _sold(kind, services)
    if fold(str(wish.value)) in {fold(size) for size in sold}:
        return ()
    wearers = _wearers(goal, kind, services)
    fits = (_Fit(one, sizes_like(said, sold, one)) for one in wearers)
    return tuple(fit for fit in fits if fit.sizes)


def _for_months(
    wish: Slot, goal: SearchGoal, turn: TurnContext, services: Services
) -> tuple[str, ...]:
    """The sizes of clothes for a baby of the age that a wish names: 6-9个月."""
    age = read_age(wish.raw) if wish.name in ("size", "age_group") else None
    if age is None or wish.role != "include" or not _are(_CLOTHES, goal):
        return ()
    low, high = age
    return sizes_for_months(low * 12, high * 12, _sold(_kind(goal, turn), services))


def _are(wider: str, goal: SearchGoal) -> bool:
    """Whether all that is wanted is of a kind of the lexicon."""
    within = load_lexicon().within("product_type", wider)
    asked = [kinds_asked(str(one.value)) for one in _wanted(goal) if one.role == "include"]
    return bool(asked) and all(one and one <= within for one in asked)


def _wanted(goal: SearchGoal) -> tuple[Slot, ...]:
    return tuple(one for one in goal.wishes if one.name == "product_type")


def _kind(goal: SearchGoal, turn: TurnContext) -> ProductFilter:
    return goal_filter(replace(goal, wishes=_wanted(goal)), turn.state.currency)


def _sold(kind: ProductFilter, services: Services) -> list[str]:
    return [one.value for one in services.search.values(kind, "size").values]


def _wearers(goal: SearchGoal, kind: ProductFilter, services: Services) -> tuple[Wearer, ...]:
    """Whose shoes they are: by the wish, else by what the shop has of the kind."""
    who = {one.value for one in goal.wishes if one.name in _WHO and one.role == "include"}
    if who & _CHILDREN:
        return ()
    if said := tuple(one for one in _WEARERS if one in who):
        return said
    values = services.search.values(kind, "gender").values
    there = {fold(text) for value in values for text in value.label.all()}
    return tuple(one for one in _WEARERS if one in there) or _WEARERS
