"""What is like a product, and what goes with it."""

from dataclasses import replace

from assistant.actions.context import (
    Services,
    TurnContext,
    named_products,
    pick_variant,
)
from assistant.actions.differences import set_against
from assistant.actions.finding import search_products
from assistant.actions.naming import has_word_of, product_called
from assistant.actions.recommended import ask, shown
from assistant.actions.searching import (
    search_goal,
)
from assistant.actions.unfiltered import in_no_record, is_relative, untold
from assistant.goal import WISH_SLOTS, cheaper_than, goal_filter
from assistant.types import Action, Outcome, SearchGoal
from assistant.wording import product_price
from catalog.recommending.allowed import without_kinds
from catalog.recommending.request import Kind, Request
from catalog.text import fold
from catalog.types import CATEGORY, LocalText, Product, ProductFilter, TextConstraint
from intents.likeness import QUOTES, Likeness, read_bare_likeness, read_companion, read_likeness
from intents.types import Slot

_DEPARTMENT = 2
"""A path so short names a department and a kind: what else is in it goes with nothing."""


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
    found = ask(request, turn, services)
    if not found.products and (wishes or values):
        plain = _cheaper(ProductFilter(), turn, about)
        request = replace(request, wanted=plain, described=described)
        found = ask(request, turn, services)
    if not found.products:
        return Outcome("nothing_similar", turn.state, {"title": about.title})
    if besides and not (values or notes):
        notes = in_no_record(besides, found.products)
    outcome = shown("similar_products", found, turn, {"title": about.title})
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
    found = ask(Request(Kind.COMPLEMENT, product_id=about.id, wanted=wanted), turn, services)
    if not found.products:
        return Outcome("nothing_bought_with", turn.state, {"title": about.title})
    if found.model == "bought_with":
        return shown("bought_together", found, turn, {"title": about.title})
    return shown("bought_with_kind", found, turn, {"kind": about.category[-1]})


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
    asked = [ask(replace(request, product_id=one.id), turn, services) for one in examples.values()]
    found = max(asked, key=lambda one: len(one.products))
    if found.products and found.about is not None:
        return shown("bought_with_kind", found, turn, {"kind": found.about.category[-1]})
    return _beside(there[0].category, wanted, turn, services)


def _beside(
    path: tuple[LocalText, ...], wanted: ProductFilter, turn: TurnContext, services: Services
) -> Outcome:
    """What stands on the shelf around a kind, where that is narrower than a department."""
    if len(path) > _DEPARTMENT:
        shelf = replace(wanted, categories=tuple(map(fold, path[-2].all())))
        found = ask(Request(Kind.POPULAR, wanted=shelf), turn, services)
        if found.products:
            return shown("beside_kind", found, turn, {"kind": path[-1], "shelf": path[-2]})
    return Outcome("nothing_bought_with", turn.state, {"title": path[-1]})
