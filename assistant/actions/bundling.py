"""Several products for one sum: each part keeps its own wishes, all together keep the budget."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.actions.context import Services, TurnContext, show
from assistant.actions.searching import measured_here
from assistant.bundles import BundleKind, Offer, cheapest, choose, kind_named, title_of
from assistant.goal import CONTEXT_SLOTS, WISH_SLOTS, goal_filter
from assistant.types import (
    Action,
    Money,
    Note,
    Outcome,
    Ranking,
    SearchGoal,
    SuggestedResponse,
    Suggestion,
    settled,
)
from assistant.wording import product_price, write_variant
from catalog.text import fold
from catalog.types import ProductFilter, ScoredProduct, SortKey
from intents.payloads import write_payload
from intents.ruled import names_total
from intents.types import PriceRange, Slot

MOST_PARTS = 6
_CANDIDATES = 10
_CHEAPEST = 3
_BEST = 3
_SEPARATOR = re.compile(
    r"[,，、;；。+＋&]|\b(?:and|with|plus|as well as)\b|和|与|以及|还有|加上?|配"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the set: what it is called, and every wish about it.

    ``otherwise`` has the wishes that stand where the shop has nothing for all of them.
    """

    name: str
    goal: SearchGoal
    otherwise: SearchGoal | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A whole request: the parts, and what all may cost."""

    what: str
    parts: tuple[_Part, ...]
    limit: Decimal | None = None


_Filled = tuple[_Part, tuple[ScoredProduct, ...]]


def build_bundle(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Choose one product of every part, together within the budget, or say what stands against."""
    asked = _read(turn, services)
    if len(asked.parts) < 2:
        return _ask_what(turn, services)
    notes = []
    if len(asked.parts) > MOST_PARTS:
        facts = {"count": len(asked.parts), "most": MOST_PARTS}
        notes.append(Note("too_many_parts", facts))
        asked = replace(asked, parts=asked.parts[:MOST_PARTS])
    filled = _filled(asked.parts, turn, services)
    missing = tuple(part.name for part in asked.parts if part not in [one for one, _ in filled])
    if missing:
        notes.append(Note("bundle_part_missing", {"parts": missing}))
    if len(filled) < 2:
        return Outcome(
            "bundle_not_possible", settled(turn.state), {"what": asked.what}, tuple(notes)
        )
    return _chosen(asked, filled, tuple(notes), turn)


def _ask_what(turn: TurnContext, services: Services) -> Outcome:
    names = [title_of(one, turn.language) for one in services.bundles]
    says = {"en": "put together a {}", "zh": "帮我配一套{}"}[turn.language]
    buttons = tuple(Suggestion(name, says.format(name)) for name in names)
    return Outcome("bundle_of_what", settled(turn.state), suggestions=buttons)


def _filled(parts: Sequence[_Part], turn: TurnContext, services: Services) -> list[_Filled]:
    """The parts that the shop has something for, each a product of its own, with what it has."""
    filled: list[_Filled] = []
    for part in parts:
        one = (part, _candidates(part, turn, services))
        offers = [_offers(candidates, turn.state.currency) for _, candidates in (*filled, one)]
        if one[1] and cheapest(offers) is not None:
            filled.append(one)
    return filled


def _chosen(
    asked: _Asked,
    filled: Sequence[_Filled],
    notes: tuple[Note, ...],
    turn: TurnContext,
) -> Outcome:
    currency = turn.state.currency
    products, within = _pick([candidates for _, candidates in filled], asked.limit, currency)
    total = sum((_amount(one, currency) for one in products), Decimal(0))
    facts: dict[str, object] = {
        "what": asked.what,
        "count": len(products),
        "total": Money(total, currency),
        "limit": Money(asked.limit, currency) if asked.limit is not None else None,
        "lines": tuple(
            _line(part, one, turn) for (part, _), one in zip(filled, products, strict=True)
        ),
    }
    state = replace(show(settled(turn.state), products), focus=None)
    ids = [one.product.id for one in products]
    add = SuggestedResponse("add_all", write_payload("add_to_cart", product_id=ids))
    response = "bundle" if within else "bundle_over"
    return Outcome(response, state, facts, notes, products, (add,), ranking=Ranking("bundle"))


def _pick(
    parts: Sequence[tuple[ScoredProduct, ...]], limit: Decimal | None, currency: str
) -> tuple[tuple[ScoredProduct, ...], bool]:
    """One product of each part, none twice, and whether they are in budget.

    Raises:
        ValueError: the parts cannot each have a product of their own.
    """
    offers = [_offers(part, currency) for part in parts]
    places = choose(offers, limit)
    within = places is not None
    places = places or cheapest(offers)
    if places is None:
        raise ValueError(f"expected {len(parts)} parts with different products")
    return tuple(part[place] for part, place in zip(parts, places, strict=True)), within


def _offers(candidates: Sequence[ScoredProduct], currency: str) -> list[Offer]:
    return [Offer(one.product.id, _amount(one, currency)) for one in candidates]


def _line(part: _Part, scored: ScoredProduct, turn: TurnContext) -> Note:
    facts = {
        "part": part.name,
        "title": scored.product.title,
        "variant": write_variant(scored.variant, turn.language),
        "price": product_price(scored.variant, turn.state.currency),
    }
    return Note("bundle_line", facts)


def _amount(scored: ScoredProduct, currency: str) -> Decimal:
    price = product_price(scored.variant, currency)
    if price is None:
        raise ValueError(f"expected a price of {scored.product.id!r}, found none")
    return price.amount


def _candidates(part: _Part, turn: TurnContext, services: Services) -> tuple[ScoredProduct, ...]:
    """What there is for all wishes about a part, else for those that stand without the others."""
    found = _found(part.goal, turn, services)
    if found or part.otherwise is None:
        return found
    return _found(part.otherwise, turn, services)


def _found(goal: SearchGoal, turn: TurnContext, services: Services) -> tuple[ScoredProduct, ...]:
    """The best matches of a goal and the cheapest of their kinds, in stock.

    The kinds of the very best rule the others out: "keyboard" may stand for a category that has
    mice in it too.
    """
    goal = measured_here(goal, turn, services)
    wanted = replace(goal_filter(goal, turn.state.currency), available_only=True)
    best = _search(goal.query, wanted, _CANDIDATES, SortKey.RELEVANCE, turn, services)
    kinds = {one.product.category[-1] for one in best[:_BEST] if one.product.category}
    if kinds:
        wanted = replace(wanted, categories=tuple(fold(kind.get("en")) for kind in kinds))
    cheap = _search(goal.query, wanted, _CHEAPEST, SortKey.PRICE_ASCENDING, turn, services)
    found: dict[str, ScoredProduct] = {}
    for one in (*best, *cheap):
        price = product_price(one.variant, turn.state.currency)
        fits = not kinds or bool(set(one.product.category[-1:]) & kinds)
        if fits and price is not None and price.currency == turn.state.currency:
            found.setdefault(one.product.id, one)
    return tuple(found.values())


def _search(
    query: str,
    wanted: ProductFilter,
    count: int,
    sort: SortKey,
    turn: TurnContext,
    services: Services,
) -> tuple[ScoredProduct, ...]:
    currency, language = turn.state.currency, turn.language
    out = (*wanted.excluded_products, *turn.state.turned_down)
    wanted = replace(wanted, excluded_products=out)
    return services.search.search(
        query, wanted, count, sort=sort, currency=currency, language=language
    ).products


def _read(turn: TurnContext, services: Services) -> _Asked:
    """What the message asks for: its own parts, else those of a set the shop has named."""
    slots = [s for s in turn.nlu.slots if s.name in WISH_SLOTS and s.role != "reference"]
    limit, limit_slot = _limit(slots, turn.nlu.text)
    slots = [one for one in slots if one is not limit_slot]
    parts = tuple(_parts(slots, turn.nlu.text))
    if len(parts) > 1:
        return _Asked(" + ".join(part.name for part in parts), parts, limit)
    kind = kind_named(services.bundles, turn.nlu.text)
    if kind is None:
        return _Asked("", parts, limit)
    return _Asked(title_of(kind, turn.language), _parts_of(kind, slots, turn, services), limit)


def _limit(slots: Sequence[Slot], text: str) -> tuple[Decimal | None, Slot | None]:
    """The budget for all: a price that stands by itself or beside "in total", else the only one."""
    prices = [one for one in slots if isinstance(one.value, PriceRange)]
    types = [one for one in slots if one.name == "product_type"]
    alone = [
        one
        for one in prices
        if names_total(text[slice(*_clause(one, text))])
        or not any(_clause(one, text) == _clause(kind, text) for kind in types)
    ]
    chosen = alone[-1] if alone else prices[0] if len(prices) == 1 else None
    if chosen is None or not isinstance(chosen.value, PriceRange):
        return None, None
    return _amount_said(chosen.value, chosen.raw), chosen


def _amount_said(price: PriceRange, raw: str) -> Decimal | None:
    """The budget: "about $250" is read as a range, and as a budget it is 250."""
    amount = price.maximum if price.maximum is not None else price.minimum
    numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", raw)
    if len(numbers) != 1 or price.minimum is None or price.maximum is None:
        return amount
    said = Decimal(numbers[0].replace(",", ""))
    return said if price.minimum <= said <= price.maximum else amount


def _clause(slot: Slot, text: str) -> tuple[int, int]:
    """Where the clause lies that a slot is in."""
    cuts = [match for match in _SEPARATOR.finditer(text) if not _inside(match, slot)]
    start = max((one.end() for one in cuts if one.end() <= slot.start), default=0)
    end = min((one.start() for one in cuts if one.start() >= slot.end), default=len(text))
    return start, end


def _inside(match: re.Match[str], slot: Slot) -> bool:
    return slot.start < match.end() and match.start() < slot.end


_WHOLE_SET = re.compile(r"\b(?:set|kit|gear|equipment|outfit)$|装备$|用品$|套装$|行头$")
"""Names of the whole, where its parts are told as well: "a camping set: tent, sleeping bag"."""


def _parts(slots: Sequence[Slot], text: str) -> Iterator[_Part]:
    """Each kind of product with the wishes of its own clause; what comes before all is for all."""
    named = [one for one in slots if one.name == "product_type" and one.role == "include"]
    parts = [one for one in named if not _WHOLE_SET.search(one.raw.lower())]
    kinds = parts if len(parts) > 1 else named
    wishes = [one for one in slots if one not in named]
    clauses = {_clause(one, text) for one in kinds}
    common = [one for one in wishes if one.name != "price" and _clause(one, text) not in clauses]
    for kind in kinds:
        own = [one for one in wishes if _clause(one, text) == _clause(kind, text)]
        yield _part(kind, [*common, *own])


def _part(kind: Slot, wishes: Sequence[Slot]) -> _Part:
    named = {one.name for one in wishes}
    kept = [
        one for n, one in enumerate(wishes) if one.name not in {w.name for w in wishes[n + 1 :]}
    ]
    words = [one.raw for one in kept if one.resolved is None and one.name not in _NO_WORDS]
    query = " ".join([*words, kind.raw or str(kind.value)])
    wishes = tuple(kept) if named else ()
    return _Part(kind.raw or str(kind.value), SearchGoal(query, (kind, *wishes)))


_NO_WORDS = CONTEXT_SLOTS | {"price", "rating", "measure"}


def _parts_of(
    kind: BundleKind, slots: Sequence[Slot], turn: TurnContext, services: Services
) -> tuple[_Part, ...]:
    """The parts of a named set; a wish about the wearer or the colour holds where it can."""
    common = [one for one in slots if one.name in ("gender", "age_group", "color", "size", "brand")]
    vocabulary, parts = services.vocabulary(), []
    for text in kind.parts:
        name = text.local().get(turn.language)
        match = vocabulary.named("product_type", name, turn.language)
        slot = Slot("product_type", name, name, resolved=match.constraint if match else None)
        part = _part(slot, common)
        parts.append(replace(part, otherwise=_part(slot, ()).goal) if common else part)
    return tuple(parts)
