"""Recommendations: for this shopper, because of a product, or for somebody else."""

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.actions import finding
from assistant.actions.context import (
    Services,
    TurnContext,
    named_products,
    pick_variant,
    show,
)
from assistant.actions.differences import set_against
from assistant.actions.finding import search_products
from assistant.actions.fitting import (
    for_whom,
    made_to_give,
    mixed,
    named_by_record,
    of_interest,
    shelf_called,
)
from assistant.actions.naming import has_word_of, product_called
from assistant.actions.searching import (
    is_told_by_filter,
    measured_here,
    search_goal,
    search_text,
)
from assistant.actions.unfiltered import goes_by_price, in_no_record, is_relative, untold
from assistant.goal import CONTEXT_SLOTS, WISH_SLOTS, cheaper_than, describe, goal_filter
from assistant.interests import interests, says_nothing
from assistant.state import shopper_of
from assistant.types import Action, Note, Outcome, Ranking, SearchGoal, SuggestedResponse, settled
from assistant.wording import product_price
from catalog.recommending.allowed import without_kinds
from catalog.recommending.request import Kind, Recommendations, Request
from catalog.text import fold
from catalog.types import CATEGORY, LocalText, Product, ProductFilter, SortKey, TextConstraint
from intents.likeness import QUOTES, Likeness, read_bare_likeness, read_companion, read_likeness
from intents.types import Slot

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
_DEPARTMENT = 2
"""A path so short names a department and a kind: what else is in it goes with nothing."""

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
        kind, product_id=focus if kind is Kind.VIEWED else "", wanted=_wanted(turn, services)
    )
    found = _ask(request, turn, services)
    if kind is Kind.BEST_SELLING and not found.products:
        found = _ask(replace(request, kind=Kind.POPULAR), turn, services)
    if not found.products:
        shop = services.shop_name.get(turn.language, "")
        nothing = "nothing_to_buy_again" if kind is Kind.REORDER else "nothing_to_recommend"
        return Outcome(nothing, turn.state, {"shop": shop})
    facts = {"title": found.about.title} if found.about else {}
    return _shown(_response(kind, found), found, turn, facts)


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
    request = Request(Kind.BEST_SELLING, wanted=_wanted(turn, services))
    for kind in (Kind.BEST_SELLING, Kind.POPULAR):
        found = _ask(replace(request, kind=kind), turn, services)
        if found.products:
            return _shown(_response(kind, found), found, turn)
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
    plain = _wanted(turn, services)
    wanted = for_whom(replace(plain, categories=()) if liked else plain, turn, services)
    ideas, missing = _for_interests(liked, wanted, turn, services)
    notes = (Note("nothing_for_interest", {"what": missing}),) if missing else ()
    if not ideas.products and not liked and _describes(goal):
        request = Request(Kind.GIFT, wanted=wanted, described=search_text(goal))
        ideas = _ask(request, turn, services)
    elif not ideas.products and not liked:
        ideas = _to_give(wanted, turn, services)
    if ideas.products:
        facts = {"what": describe(_heard(goal, missing), turn.language)}
        facts |= {"count": len(ideas.products)}
        return replace(_shown("gift_ideas", ideas, turn, facts), notes=notes)
    popular = _ask(Request(Kind.GIFT, wanted=wanted), turn, services)
    if not popular.products:
        return Outcome("nothing_to_recommend", turn.state)
    return replace(_shown("gift_popular", popular, turn), notes=notes)


def _to_give(wanted: ProductFilter, turn: TurnContext, services: Services) -> Recommendations:
    """What is made for giving, and then what is popular; nothing where nothing is made for it."""
    boxed = made_to_give(wanted, services)
    lists = [_ask(Request(Kind.GIFT, wanted=one), turn, services) for one in (boxed, wanted) if one]
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
            found = _ask(request, turn, services).products
        else:
            request = Request(Kind.GIFT, wanted=wanted, described=words, interests=(words,))
            found = named_by_record(words, _ask(request, turn, services))
        if found:
            lists.append(found)
        else:
            missing.append(words)
    return Recommendations(mixed(lists, services.products_shown), "interests"), tuple(missing)


def ask_what_to_find(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Ask what is looked for, unless a product is named that it is to be like or to go with."""
    beside = beside_named(action, turn, services)
    return beside or finding.ask_what_to_find(action, turn, services)


def beside_named(action: Action, turn: TurnContext, services: Services) -> Outcome | None:
    """What is like or goes with the product that is called by its title; ``None`` without one."""
    text = turn.nlu.text
    companion = read_companion(text)
    said = companion or read_bare_likeness(text)
    if said is None or product_called(said.names, services, turn.language) is None:
        return None
    if companion is not None:
        found = find_complements(action, turn, services)
        return replace(found, action="find_complements")
    found = find_similar(replace(action, products=(), args={"like": text}), turn, services)
    return replace(found, action="find_similar")


def find_similar(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Products like the one that is named or pointed at, with whatever else is wished of them."""
    said = _said(action.args.get("like", ""))
    about = _alike_to(said, action, turn, services)
    if about is None and said:
        goal_or_name = turn if _names_kind(said, turn) else _looking_for(said.names[-1], turn)
        searched = search_products(action, goal_or_name, services)
        return replace(searched, action="search_products")
    if about is None:
        return Outcome("product_gone", turn.state)
    compared, notes = set_against(about, turn, services)
    wishes = (*_wishes_besides(turn, about), *compared)
    wanted = _cheaper(goal_filter(SearchGoal(wishes=wishes), turn.state.currency), turn, about)
    besides = said.besides if said and not any(wish.resolved for wish in wishes) else ""
    notes = (*notes, *untold(wishes))
    values = services.search.shelf.values_in(besides) if besides else ()
    wanted = replace(wanted, attributes=(*wanted.attributes, *values))
    described = "" if values or is_relative(besides, turn.nlu) else besides
    request = Request(Kind.SIMILAR, product_id=about.id, wanted=wanted, described=described)
    found = _ask(request, turn, services)
    if not found.products and (wishes or values):
        plain = _cheaper(ProductFilter(), turn, about)
        request = replace(request, wanted=plain, described=described)
        found = _ask(request, turn, services)
    if not found.products:
        return Outcome("nothing_similar", turn.state, {"title": about.title})
    if besides and not (values or notes):
        notes = in_no_record(besides, found.products)
    outcome = _shown("similar_products", found, turn, {"title": about.title})
    return replace(outcome, notes=notes)


def _said(like: str) -> Likeness | None:
    return read_likeness(like) or read_bare_likeness(like)


def _alike_to(
    said: Likeness | None, action: Action, turn: TurnContext, services: Services
) -> Product | None:
    """What the products are to be like: what is called so, else what is pointed at.

    Who names a thing that the shop does not have means nothing else that is on the screen.
    """
    called = product_called(said.names, services, turn.language) if said else None
    if called is not None or (said and (said.quoted or _names_kind(said, turn))):
        return called
    pointed = [one.product for one in named_products(action, services)]
    if said:
        pointed = [one for one in pointed if has_word_of(said.names[0], one)]
    return pointed[0] if pointed else None


def _names_kind(said: Likeness, turn: TurnContext) -> bool:
    """Whether a kind of thing is named, with no certain name of one."""
    return not said.quoted and turn.nlu.first("product_type") is not None


def _looking_for(name: str, turn: TurnContext) -> TurnContext:
    """The turn as a search for something that nothing in the shop is called."""
    return replace(turn, state=replace(turn.state, goal=SearchGoal(query=name)))


def _wishes_besides(turn: TurnContext, about: Product) -> tuple[Slot, ...]:
    """What the message wishes besides the likeness, as far as the catalogue has values for it."""
    own = {fold(text) for text in (*about.title.all(), *about.brand.all())}
    return tuple(
        slot
        for slot in turn.nlu.slots
        if slot.role != "reference"
        and slot.name in WISH_SLOTS - {"product_type"}
        and not any(fold(slot.raw.strip(QUOTES)) in title for title in own)
    )


def _cheaper(wanted: ProductFilter, turn: TurnContext, about: Product) -> ProductFilter:
    """The filter, for what can be ordered; below the product's own price if that was wished."""
    wanted = replace(wanted, available_only=True, currency=turn.state.currency)
    comparative = turn.nlu.first("comparative")
    price = product_price(pick_variant(about), turn.state.currency)
    if comparative is None or comparative.value != "cheaper" or price is None:
        return wanted
    limit = cheaper_than(price.amount, price.currency, comparative.raw)
    return goal_filter(SearchGoal(wishes=(limit,)), price.currency, wanted)


def find_complements(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """What other shoppers bought together with a product, or with others of its kind."""
    said, kind = read_companion(turn.nlu.text), turn.nlu.first("product_type")
    if not action.products and kind is not None and (kind.resolved is not None or not said):
        return _complements_of_kind(action, turn, services)
    about = _alike_to(said, action, turn, services)
    if about is None and said:
        searched = search_products(action, _looking_for(said.names[0], turn), services)
        return replace(searched, action="search_products")
    if about is None:
        return Outcome("product_gone", turn.state)
    wanted = ProductFilter(currency=turn.state.currency, available_only=True)
    found = _ask(Request(Kind.COMPLEMENT, product_id=about.id, wanted=wanted), turn, services)
    if not found.products:
        return Outcome("nothing_bought_with", turn.state, {"title": about.title})
    if found.model == "bought_with":
        return _shown("bought_together", found, turn, {"title": about.title})
    return _shown("bought_with_kind", found, turn, {"kind": about.category[-1]})


def _complements_of_kind(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """What goes with any product of a kind that is named, and is none of that kind itself.

    Where nothing was bought along, what else stands on the shelf around it.
    """
    goal = turn.state.goal
    kinds = [wish for wish in goal.wishes if wish.name == "product_type" and wish.resolved]
    there = [one.product for one in search_goal(goal, turn, services).products if kinds]
    examples = {one.category[-1]: one for one in reversed(there) if one.category}
    if not examples:
        return replace(search_products(action, turn, services), action="search_products")
    named = (wish.resolved for wish in kinds if isinstance(wish.resolved, TextConstraint))
    own = tuple(one for one in named if one.name == CATEGORY)
    wanted = ProductFilter(exclusions=own, currency=turn.state.currency, available_only=True)
    wanted = without_kinds(wanted, examples.values())
    request = Request(Kind.COMPLEMENT, wanted=wanted, of_kind=True)
    asked = [_ask(replace(request, product_id=one.id), turn, services) for one in examples.values()]
    found = max(asked, key=lambda one: len(one.products))
    if found.products and found.about is not None:
        return _shown("bought_with_kind", found, turn, {"kind": found.about.category[-1]})
    return _beside(there[0].category, wanted, turn, services)


def _beside(
    path: tuple[LocalText, ...], wanted: ProductFilter, turn: TurnContext, services: Services
) -> Outcome:
    """What stands on the shelf around a kind, where that is narrower than a department."""
    if len(path) > _DEPARTMENT:
        shelf = replace(wanted, categories=tuple(map(fold, path[-2].all())))
        found = _ask(Request(Kind.POPULAR, wanted=shelf), turn, services)
        if found.products:
            return _shown("beside_kind", found, turn, {"kind": path[-1], "shelf": path[-2]})
    return Outcome("nothing_bought_with", turn.state, {"title": path[-1]})


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


def _wanted(turn: TurnContext, services: Services) -> ProductFilter:
    """What the conversation has established, of what can be ordered."""
    goal = measured_here(turn.state.goal, turn, services)
    return replace(goal_filter(goal, turn.state.currency), available_only=True)


def _ask(request: Request, turn: TurnContext, services: Services) -> Recommendations:
    state = turn.state
    in_cart = tuple(line.product_id for line in state.cart)
    request = replace(
        request,
        shopper=shopper_of(state.session_id, state.user_id),
        k=services.products_shown,
        language=turn.language,
        left_out=(*in_cart, *state.turned_down),
        in_cart=in_cart,
    )
    try:
        found = services.recommending.recommend(request)
        if found.products or not in_cart:
            return found
        return services.recommending.recommend(replace(request, in_cart=()))
    except ValueError:  # what the conversation is about has left the shop
        return Recommendations()


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


def _shown(
    response: str,
    found: Recommendations,
    turn: TurnContext,
    facts: Mapping[str, object] | None = None,
) -> Outcome:
    state = replace(settled(show(turn.state, found.products)), focus=None)
    buttons = (SuggestedResponse("compare_first_two", "/compare_products"),)
    return Outcome(
        response,
        state,
        {"count": len(found.products)} | dict(facts or {}),
        products=found.products,
        suggestions=buttons[: len(found.products) - 1],
        ranking=Ranking(found.model, found.version),
    )
