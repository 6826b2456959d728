"""Recommendations: for this shopper, what others buy most, or for somebody else."""

import re
from dataclasses import replace

from assistant.actions import finding
from assistant.actions.context import (
    Services,
    TurnContext,
)
from assistant.actions.finding import search_products
from assistant.actions.fitting import (
    for_whom,
    made_to_give,
    mixed,
    named_by_record,
    of_interest,
    shelf_called,
)
from assistant.actions.recommended import ask, shown, wanted_now
from assistant.actions.related import beside_named
from assistant.actions.searching import (
    is_told_by_filter,
    measured_here,
    search_text,
)
from assistant.actions.unfiltered import goes_by_price
from assistant.goal import CONTEXT_SLOTS, describe, goal_filter
from assistant.interests import interests, says_nothing
from assistant.types import Action, Note, Outcome, SearchGoal
from catalog.recommending.request import Kind, Recommendations, Request
from catalog.types import ProductFilter, SortKey

_TRENDING = re.compile(
    r"\btrend|\bwhat(?:'s| is) (?:new and )?hot\b|\bhot right now|最近.{0,4}火|流行|爆款",
    re.IGNORECASE,
)
_POPULAR = re.compile(r"\bpopular|\bevery(?:body|one) likes?|热门|受欢迎", re.IGNORECASE)
_BEST_SELLING = re.compile(
    r"\bbest.?sell|\btop.?sell|\bsells? (?:the )?best|\b(?:everybody|everyone|people) buys?"
    r"|\bbought (?:the )?most|\bmost.bought|卖得?(?:最|比较|很)?(?:好|多)|畅销|热销|销量"
    r"|买得?最多|大家都?在?买",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\bre-?order|\bre-?stock|\bbuy\b.*\bagain\b|\bbought before\b|复购|回购|再买|补货|买过的",
    re.IGNORECASE,
)
_RECOMMEND = re.compile(r"\b(?:recommend|suggest)|推荐|安利", re.IGNORECASE)
BY_FIT = SortKey.RELEVANCE
_MOST_CHOSEN = frozenset({Kind.POPULAR, Kind.BEST_SELLING})


def recommend_products(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """What suits this shopper: by what they did if there is anything, else what is popular."""
    kind = _kind(turn)
    named = turn.state.goal.query and turn.nlu.first("product_type") is not None
    if named and not _wants_anything(turn, services):
        chosen = _chosen_most(turn, services)
        return chosen or replace(search_products(action, turn, services), action="search_products")
    # What was said besides the wishes took no part in this, and shall take none in what follows.
    goal = replace(turn.state.goal, query="")
    turn = replace(turn, state=replace(turn.state, goal=_placed(goal, turn, services)))
    focus = turn.state.focus.product_id if turn.state.focus else ""
    request = Request(
        kind, product_id=focus if kind is Kind.VIEWED else "", wanted=wanted_now(turn, services)
    )
    found = ask(request, turn, services)
    if kind is Kind.BEST_SELLING and not found.products:
        found = ask(replace(request, kind=Kind.POPULAR), turn, services)
    if not found.products:
        shop = services.shop_name.get(turn.language, "")
        nothing = "nothing_to_buy_again" if kind is Kind.REORDER else "nothing_to_recommend"
        return Outcome(nothing, turn.state, {"shop": shop})
    facts = {"title": found.about.title} if found.about else {}
    return shown(_response(kind, found), found, turn, facts)


def search_or_best_selling(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """The best matches of the goal; of a shelf whose best sellers are asked for, these.

    What is to be like a product called by its title is no search: "Heat but shorter". Nor is
    recommending what the whole shop is full of; what suits the shopper is shown then.
    """
    beside = beside_named(action, turn, services)
    if beside is not None:
        return beside
    if goes_by_price(turn.nlu) and not services.search.currencies():
        return _unpriced(action, turn, services)
    if _RECOMMEND.search(turn.nlu.text) and _wants_anything(turn, services):
        return replace(recommend_products(action, turn, services), action="recommend_products")
    most = _chosen_most(turn, services)
    if most is None:
        return search_products(action, turn, services)
    return replace(most, action="recommend_products")


def _unpriced(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """That nothing has a price; with what else was wished, in no order of price."""
    turn = replace(turn, state=replace(turn.state, goal=replace(turn.state.goal, sort=BY_FIT)))
    if all(slot.name in ("comparative", "sort_key", "reference") for slot in turn.nlu.slots):
        return Outcome("nothing_priced", turn.state, action="search_products")
    found = search_products(action, turn, services)
    notes = (Note("nothing_priced"), *found.notes)
    return replace(found, notes=notes, action="search_products")


def _wants_anything(turn: TurnContext, services: Services) -> bool:
    """Whether nothing is wished but a kind of thing that all of the shop is: a film, of films."""
    goal = turn.state.goal
    kinds = bool(goal.wishes) and all(one.name == "product_type" for one in goal.wishes)
    if not kinds or goal.sort is not BY_FIT or not is_told_by_filter(goal, turn, services):
        return False
    wanted = goal_filter(goal, turn.state.currency)
    return services.search.count(wanted) == services.search.count(ProductFilter())


def _chosen_most(turn: TurnContext, services: Services) -> Outcome | None:
    """What is bought most of a shelf, or else is popular there; ``None`` if that is not asked."""
    goal = measured_here(turn.state.goal, turn, services)
    asked = turn.nlu.first("product_type") is not None and _kind(turn) in _MOST_CHOSEN
    if not asked or not is_told_by_filter(goal, turn, services):
        return None
    request = Request(Kind.BEST_SELLING, wanted=wanted_now(turn, services))
    for kind in (Kind.BEST_SELLING, Kind.POPULAR):
        found = ask(replace(request, kind=kind), turn, services)
        if found.products:
            return shown(_response(kind, found), found, turn)
    return None


def _placed(goal: SearchGoal, turn: TurnContext, services: Services) -> SearchGoal:
    """The goal with what names a department of the shop as what is wished for: 厨房用的."""
    wishes = []
    for wish in goal.wishes:
        if wish.name in ("occasion", "feature") and wish.resolved is None:
            shelf = shelf_called(wish.raw, turn, services)
            if shelf is not None:
                wish = replace(wish, name="product_type", resolved=shelf)
        wishes.append(wish)
    return replace(goal, wishes=tuple(wishes))


def find_gifts(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Ideas for somebody else: for what they like, by the words about the gift, or popular ones."""
    goal = turn.state.goal
    told = turn.nlu.slots if interests(turn.nlu.slots) else goal.wishes
    liked = interests(told)
    if len(liked) < 2 and any(wish.name == "product_type" for wish in told):
        found = search_products(action, turn, services)
        if found.products:
            facts = {"what": describe(goal, turn.language), "count": len(found.products)}
            return replace(found, response="gift_ideas", facts=facts)
    plain = wanted_now(turn, services)
    wanted = for_whom(replace(plain, categories=()) if liked else plain, turn, services)
    ideas, missing = _for_interests(liked, wanted, turn, services)
    notes = (Note("nothing_for_interest", {"what": missing}),) if missing else ()
    if not ideas.products and not liked and _describes(goal):
        request = Request(Kind.GIFT, wanted=wanted, described=search_text(goal))
        ideas = ask(request, turn, services)
    elif not ideas.products and not liked:
        ideas = _to_give(wanted, turn, services)
    if ideas.products:
        facts = {"what": describe(_heard(goal, missing), turn.language)}
        facts |= {"count": len(ideas.products)}
        return replace(shown("gift_ideas", ideas, turn, facts), notes=notes)
    popular = ask(Request(Kind.GIFT, wanted=wanted), turn, services)
    if not popular.products:
        return Outcome("nothing_to_recommend", turn.state)
    return replace(shown("gift_popular", popular, turn), notes=notes)


def _to_give(wanted: ProductFilter, turn: TurnContext, services: Services) -> Recommendations:
    """What is made for giving, and then what is popular; nothing where nothing is made for it."""
    boxed = made_to_give(wanted, services)
    lists = [ask(Request(Kind.GIFT, wanted=one), turn, services) for one in (boxed, wanted) if one]
    if len(lists) < 2 or not lists[0].products:
        return Recommendations()
    there = dict.fromkeys(one.product.id for one in lists[0].products)
    more = tuple(one for one in lists[1].products if one.product.id not in there)
    return replace(lists[0], products=(*lists[0].products, *more)[: services.products_shown])


def _describes(goal: SearchGoal) -> bool:
    """Whether anything says what the gift should be, and not only for whom and when."""
    query = goal.query
    for wish in goal.wishes:
        query = query.replace(wish.raw, "")
    loose = [w for w in goal.wishes if w.name not in CONTEXT_SLOTS | {"price", "gender"}]
    return bool(loose) or not says_nothing(query)


def _heard(goal: SearchGoal, missing: tuple[str, ...]) -> SearchGoal:
    """The goal without the interests that the shop has nothing for."""
    return replace(goal, wishes=tuple(one for one in goal.wishes if one.raw not in missing))


def _for_interests(
    liked: tuple[str, ...], wanted: ProductFilter, turn: TurnContext, services: Services
) -> tuple[Recommendations, tuple[str, ...]]:
    """Something of each interest, and the interests that the shop has nothing for."""
    lists, missing = [], []
    for words in liked:
        request = of_interest(words, wanted, turn, services)
        if request is not None:
            found = ask(request, turn, services).products
        else:
            request = Request(Kind.GIFT, wanted=wanted, described=words, interests=(words,))
            found = named_by_record(words, ask(request, turn, services))
        if found:
            lists.append(found)
        else:
            missing.append(words)
    return Recommendations(mixed(lists, services.products_shown), "interests"), tuple(missing)


def ask_what_to_find(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Ask what is looked for, unless a product is named that it is to be like or to go with."""
    beside = beside_named(action, turn, services)
    return beside or finding.ask_what_to_find(action, turn, services)


def _kind(turn: TurnContext) -> Kind:
    """Which kind of recommendation is meant: by the words, else by what is looked at."""
    if _AGAIN.search(turn.nlu.text):
        return Kind.REORDER
    if _TRENDING.search(turn.nlu.text):
        return Kind.TRENDING
    if _BEST_SELLING.search(turn.nlu.text):
        return Kind.BEST_SELLING
    if _POPULAR.search(turn.nlu.text):
        return Kind.POPULAR
    guest, focus = not turn.state.user_id, turn.state.focus
    looking = focus is not None and focus.product_id not in {
        line.product_id for line in turn.state.cart
    }
    return Kind.VIEWED if guest and looking else Kind.FOR_YOU


def _response(kind: Kind, found: Recommendations) -> str:
    if kind is Kind.REORDER:
        return "buy_again"
    if kind is Kind.VIEWED:
        return "recommended_because"
    if found.model == "best_selling":
        return "recommended_best_selling"
    if found.model == "trending":
        return "recommended_trending"
    return "recommended_personal" if found.personal else "recommended_popular"
