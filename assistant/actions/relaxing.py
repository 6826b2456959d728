"""What is said when nothing fits: which wish is to blame, what comes nearest, and the ways out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.actions.context import Services, TurnContext, show
from assistant.actions.searching import search_goal
from assistant.actions.unfiltered import not_filtered
from assistant.goal import CONTEXT_SLOTS, WISH_SLOTS, describe, for_older, goal_filter, in_words
from assistant.types import Money, Outcome, SearchGoal, SuggestedResponse, settled
from assistant.wording import write_value
from catalog.relaxing import Nearest, Part, Relaxation, named_part
from catalog.types import (
    Attribute,
    AttributeOrder,
    NumberConstraint,
    SortKey,
    SortOrder,
    TextConstraint,
)
from intents.payloads import write_payload
from intents.types import PriceRange, Slot

_MOST_WAYS = 3
_MOST_OTHERS = 3


def explain_nothing(goal: SearchGoal, turn: TurnContext, services: Services) -> Outcome:
    """Nothing passes the goal's filter: the wish that fails, and what there is without it.

    The goal keeps every wish: what the shopper asked for stays asked for.
    """
    ways = services.search.relaxations(goal_filter(goal, turn.state.currency))
    if not ways:
        what = goal.query or describe(goal, turn.language)
        return Outcome("not_carried", replace(turn.state, pending=None), {"what": what})
    best = ways[0]
    relaxed = _relaxed(goal, best)
    found = search_goal(replace(relaxed, sort=_order(goal, best)), turn, services)
    failing = tuple(sorted({wish.name for wish in goal.wishes if wish not in relaxed.wishes}))
    blamed = replace(goal, failing=failing)
    state = replace(settled(show(turn.state, found.products)), goal=blamed, focus=None)
    reading = _Reading(goal, turn, services)
    response, facts = reading.explained(best, relaxed)
    silent = (one for wish in relaxed.wishes for one in not_filtered(wish, found, turn, services))
    return Outcome(
        response,
        state,
        facts,
        notes=tuple(silent),
        products=found.products,
        suggestions=tuple(reading.suggestions(ways))[:_MOST_WAYS],
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A relaxation in the shopper's terms."""

    goal: SearchGoal
    turn: TurnContext
    services: Services

    def explained(self, way: Relaxation, relaxed: SearchGoal) -> tuple[str, dict[str, object]]:
        """The response, and the facts that fill it."""
        language = self.turn.language
        facts: dict[str, object] = {
            "what": describe(relaxed, language),
            "missing": self._missing(way),
            "total": way.count,
            "count": way.count,
        }
        if len(way.parts) > 1:
            return "none_together", facts
        part = way.parts[0]
        if part.kind == "price" and way.nearest:
            return self._price_facts(way, facts)
        if part.kind == "rating" and way.nearest:
            return "none_rated", facts | {"nearest": way.nearest[0].value}
        if way.nearest and isinstance(part.constraint, NumberConstraint):
            return "none_measured", facts | {"nearest": self._sizes(way.nearest, part.constraint)}
        if part.kind != "exclusion" and isinstance(part.constraint, NumberConstraint):
            return "none_stated", facts  # what has no such number need not miss the bound
        others = self._others(way, part)
        return "none_with", facts | {"others": tuple(f"{v} ({n})" for v, n in others)}

    def suggestions(self, ways: tuple[Relaxation, ...]) -> Iterator[SuggestedResponse]:
        """Buttons, the nearest way out first: a moved bound, another value, a dropped wish."""
        for way in ways:
            if len(way.parts) == 1:
                yield from self._moved(way)
        for way in ways:
            named = {wish.name for wish in self._blamed(way) if wish.name in WISH_SLOTS}
            alone = [wish for wish in self.goal.wishes if wish.name in named]
            # The button lets go of all wishes of a name, so it may say a count only for all.
            if len(named) == 1 and alone == self._blamed(way):
                payload = write_payload("relax_search", attribute=next(iter(named)))
                facts = {"missing": self._missing(way), "count": way.count}
                yield SuggestedResponse("drop_wish", payload, facts)

    def _moved(self, way: Relaxation) -> Iterator[SuggestedResponse]:
        part = way.parts[0]
        for one in way.nearest:
            if part.kind == "price":
                yield self._moved_price(one)
            elif isinstance(part.constraint, NumberConstraint):
                yield self._moved_number(one, part.constraint)
        for value, count in self._others(way, part):
            wish = next(iter(self._blamed(way)))
            payload = write_payload("refine_search", **{wish.name: value})
            yield SuggestedResponse("other_value", payload, {"value": value, "count": count})

    def _moved_price(self, one: Nearest) -> SuggestedResponse:
        kept = {"minimum": one.filter.minimum_price, "maximum": one.filter.maximum_price}
        price = _given(kept) | {"currency": one.unit}
        facts: dict[str, object] = {"price": Money(one.value, one.unit), "count": one.count}
        facts |= {bound: Money(amount, one.unit) for bound, amount in kept.items() if amount}
        name = "up_to_price" if one.above else "from_price"
        if all(kept.values()):
            name = "between_prices"
        return SuggestedResponse(name, write_payload("refine_search", price=price), facts)

    def _moved_number(self, one: Nearest, bound: NumberConstraint) -> SuggestedResponse:
        low, high = (bound.minimum, one.value) if one.above else (one.value, bound.maximum)
        measure = _given({"minimum": low, "maximum": high})
        measure |= {"attribute": bound.name, "unit": bound.unit}
        facts = {"value": self._size(one, bound), "count": one.count}
        return SuggestedResponse(
            "other_value", write_payload("refine_search", measure=measure), facts
        )

    def _price_facts(
        self, way: Relaxation, facts: dict[str, object]
    ) -> tuple[str, dict[str, object]]:
        wanted = goal_filter(self.goal, self.turn.state.currency)
        low, high = wanted.minimum_price, wanted.maximum_price
        prices = {one.above: Money(one.value, one.unit) for one in way.nearest}
        unit = way.nearest[0].unit
        if len(prices) == 2:
            return "none_between", facts | {"below": prices[False], "above": prices[True]}
        if True in prices and high is not None:
            return "none_under", facts | {"limit": Money(high, unit), "nearest": prices[True]}
        assert low is not None
        return "none_over", facts | {"limit": Money(low, unit), "nearest": prices[False]}

    def _missing(self, way: Relaxation) -> str:
        words = (in_words(wish, self.turn.language) for wish in self._blamed(way))
        return " · ".join(dict.fromkeys(word for word in words if word))

    def _blamed(self, way: Relaxation) -> list[Slot]:
        return [wish for wish in self.goal.wishes if parts_of(wish) & set(way.parts)]

    def _others(self, way: Relaxation, part: Part) -> list[tuple[str, int]]:
        """The other values there are of a wish about one, with how many have them."""
        wishes = self._blamed(way)
        named = part.constraint if isinstance(part.constraint, TextConstraint) else None
        name = "brand" if part.kind == "brand" else named.name if named else ""
        if part.kind == "exclusion" or not name or len(wishes) != 1:
            return []
        values = self.services.search.values(way.filter, name).values
        language = self.turn.language
        return [(one.label.get(language), one.count) for one in values[:_MOST_OTHERS]]

    def _sizes(self, nearest: tuple[Nearest, ...], bound: NumberConstraint) -> tuple[str, ...]:
        return tuple(self._size(one, bound) for one in nearest)

    def _size(self, one: Nearest, bound: NumberConstraint) -> str:
        """The number as a record has it; with more decimals, as conversions have them, rounded."""
        value = one.value
        if value != round(value, 2):
            value = Decimal(f"{value:.3g}")
        return write_value(Attribute(bound.name, value, bound.unit), self.turn.language)


def parts_of(wish: Slot) -> frozenset[Part]:
    """The conditions of the goal's filter that a wish is; none when it is left to search."""
    if isinstance(wish.value, PriceRange):
        return frozenset({Part("price")})
    if wish.name == "rating":
        return frozenset({Part("rating")})
    older = for_older(wish)
    found = {Part("exclusion", older)} if older is not None else set()
    if wish.resolved is not None and wish.name not in CONTEXT_SLOTS:
        found.add(named_part(wish.resolved, wish.role == "exclude"))
    return frozenset(found)


def _relaxed(goal: SearchGoal, way: Relaxation) -> SearchGoal:
    kept = tuple(wish for wish in goal.wishes if not parts_of(wish) & set(way.parts))
    return replace(goal, wishes=kept, offset=0)


def _order(goal: SearchGoal, way: Relaxation) -> SortOrder:
    """The order that puts the products nearest to a failed bound first."""
    if not way.nearest:
        return goal.sort
    above = way.nearest[-1].above
    part = way.parts[0]
    if part.kind == "price":
        return SortKey.PRICE_ASCENDING if above else SortKey.PRICE_DESCENDING
    if part.kind == "rating":
        return SortKey.RATING
    assert part.constraint is not None
    return AttributeOrder(part.constraint.name, descending=not above)


def _given(bounds: dict[str, Decimal | None]) -> dict[str, object]:
    return {name: f"{value:f}" for name, value in bounds.items() if value is not None}
