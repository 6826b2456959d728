"""The running goal put to search."""

from dataclasses import replace
from decimal import Decimal

from assistant.actions.context import Services, TurnContext
from assistant.actions.sold_sizes import in_sold_sizes
from assistant.goal import CONTEXT_SLOTS, goal_filter
from assistant.relative import is_compared
from assistant.types import Money, SearchGoal
from assistant.wording import write_money
from catalog.encoder import Vectors
from catalog.results import SearchResult
from catalog.splits import Choose
from catalog.types import NumberConstraint, ProductFilter, Reason, TextConstraint
from intents.types import Measure, PriceRange, Slot

_SURE = 0.9
"""From here on words name a shelf of the catalogue itself, and not one that is wider."""


_CENT = Decimal("0.01")
_SIZED_BY = frozenset({"inch", "cm"})
"""Units of what is sold in sizes that are lengths: suitcases of 20 inches."""
_UNITS = {"oz": ("floz", "oz")}
"""What else a unit may be: of what is measured by volume an ounce is a fluid one."""


def search_goal(
    goal: SearchGoal, turn: TurnContext, services: Services, choose: Choose | None = None
) -> SearchResult:
    """One page of what fits the goal; ``choose`` picks what could be asked next."""
    state = turn.state
    found = services.search.search(
        search_text(goal),
        goal_filter(goal, state.currency, ProductFilter(excluded_products=state.turned_down)),
        services.products_shown,
        sort=goal.sort,
        offset=goal.offset,
        currency=state.currency,
        language=state.language,
        taste=_taste(turn, services),
        all_fit=is_told_by_filter(goal, turn, services),
        choose=choose,
    )
    return _as_compared(found, goal, turn)


def _as_compared(found: SearchResult, goal: SearchGoal, turn: TurnContext) -> SearchResult:
    """The result with a price that only a comparison has set as what it is: nobody's budget."""
    bounds = [
        wish.value
        for wish in goal.wishes
        if isinstance(wish.value, PriceRange) and is_compared(wish)
    ]
    most = next((one for one in bounds if one.maximum is not None), None)
    currency = (most.currency or turn.state.currency) if most is not None else ""
    if most is None or most.maximum is None:
        return found
    told: tuple[Reason, ...] = ()
    if currency:
        price = write_money(Money(most.maximum + _CENT, currency), turn.language)
        told = (Reason("below", {"price": price}),)
    products = tuple(replace(one, reasons=_instead(one.reasons, told)) for one in found.products)
    return replace(found, products=products)


def _instead(reasons: tuple[Reason, ...], told: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The reasons with what is told in the place of a budget."""
    return tuple(
        one for each in reasons for one in (told if each.name == "under_price" else (each,))
    )


def measured_here(goal: SearchGoal, turn: TurnContext, services: Services) -> SearchGoal:
    """The goal with each bound on the attribute of its name that such products are measured by.

    容量 is the capacity of a bottle and the volume of a cream. Where only a unit is said, it is on
    the one attribute that they have in it: a desk of 1.2 m. How many people a thing is for rules
    nothing out where nobody has counted, or of things of any kind: tents have room for four, plates
    do not. Shoe sizes of other systems are those on sale.
    """
    goal = in_sold_sizes(goal, turn, services)
    wishes = tuple(_measured(wish, goal, turn, services) for wish in goal.wishes)
    return goal if wishes == goal.wishes else replace(goal, wishes=wishes)


def _measured(wish: Slot, goal: SearchGoal, turn: TurnContext, services: Services) -> Slot:
    bound = wish.resolved
    kinds = tuple(one for one in goal.wishes if one.name == "product_type")
    if not isinstance(bound, NumberConstraint):
        kind = goal_filter(replace(goal, wishes=kinds), turn.state.currency)
        return _by_unit(wish, kind, services) if kinds else wish
    counted = not bound.unit and bound.minimum == bound.maximum
    if counted and not kinds:
        return replace(wish, resolved=None)
    wanted = goal_filter(replace(goal, wishes=kinds), turn.state.currency)
    if services.search.most_measured(wanted, (bound.name,)) is not None:
        return wish
    names = services.vocabulary().alike(bound.name)
    if bound.unit in _SIZED_BY:
        names = (*names, "size")
    name = services.search.most_measured(wanted, names)
    if name is not None:
        return replace(wish, resolved=replace(bound, name=name))
    return replace(wish, resolved=None) if counted else wish


def _by_unit(wish: Slot, kind: ProductFilter, services: Services) -> Slot:
    """A bound that nothing but its unit tells, on the one attribute of that kind in such a unit."""
    said = wish.value
    if wish.resolved is not None or not isinstance(said, Measure) or said.attribute:
        return wish
    for unit in _UNITS.get(said.unit, (said.unit,) if said.unit else ()):
        names = [
            name
            for name in services.vocabulary().measured_in(unit)
            if services.search.most_measured(kind, (name,)) is not None
        ]
        if len(names) == 1:
            bound = NumberConstraint(names[0], said.minimum, said.maximum, unit)
            return replace(wish, resolved=bound)
    return wish


def is_told_by_filter(goal: SearchGoal, turn: TurnContext, services: Services) -> bool:
    """Whether the filter says all that was asked for, the kind of product first.

    What else a message holds is then politeness, as in "could you give me a hand with shoes". A
    shelf that is wider than the kind does not say it: almonds are some of the nuts.
    """
    kinds = [wish for wish in goal.wishes if wish.name == "product_type"]
    wanted = [wish for wish in kinds if wish.role == "include"]
    shelved = all(_is_shelf(wish, turn, services) for wish in wanted)
    return bool(wanted) and shelved and not _loose(goal)


def _is_shelf(wish: Slot, turn: TurnContext, services: Services) -> bool:
    """Whether a kind is a shelf of the shop: what a button names is one."""
    if wish.raw.startswith("/"):
        return wish.resolved is not None
    match = services.vocabulary().named("product_type", wish.raw, turn.language)
    named = match.constraint if match is not None and match.score >= _SURE else None
    if not isinstance(named, TextConstraint) or not isinstance(wish.resolved, TextConstraint):
        return False
    return set(wish.resolved.values) <= set(named.values)


def _taste(turn: TurnContext, services: Services) -> tuple[Vectors, float] | None:
    """What a signed-in shopper chose before, to lean towards a little."""
    user_id = turn.state.user_id
    if not user_id or not services.personal_search:
        return None
    taste = services.recommending.taste(user_id)
    return None if taste is None else (taste, services.personal_search)


def search_text(goal: SearchGoal) -> str:
    """The words for search: the subject, and every wish the catalogue has no value for."""
    loose = [wish.raw for wish in _loose(goal) if wish.raw not in goal.query]
    return " ".join([goal.query, *loose]).strip()


def _loose(goal: SearchGoal) -> list[Slot]:
    """The wishes that rule nothing out by themselves and are left to the words of the search."""
    return [
        wish
        for wish in goal.wishes
        if (wish.resolved is None or wish.name in CONTEXT_SLOTS)
        and wish.role == "include"
        and wish.name not in ("price", "rating", "product_type")
    ]
