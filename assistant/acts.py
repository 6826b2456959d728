"""The acts of one message, in the order they were said, and when the later ones wait. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.types import (
    DialogueState,
    Note,
    Outcome,
    PendingQuestion,
    ProductCard,
    Reply,
    Suggestion,
    with_agent,
)
from catalog.types import ScoredProduct
from intents.clauses import clause_spans
from intents.types import Intent, NLUResult, Slot

SAFETY = ("express_self_harm", "express_hate", "override_rules")
"""Intents that are answered alone, whatever else the message asks for; the gravest first."""

MOST_KINDS = 6
"""So many kinds of products one message may name; of more the first is looked for."""

ORDERS = frozenset(
    {"track_order", "list_orders", "cancel_order", "modify_order", "change_address"}
    | {"return_item", "exchange_item", "ask_refund", "ask_invoice"}
)
"""Intents about a customer's orders: several of them are read together, by the orders' own form."""

MOST = 3
"""So many acts of one message are done at most."""

UNDONE = frozenset(
    {"ask_what_to_find", "not_carried", "nearest_instead", "none_under", "none_over"}
    | {
        "none_between",
        "none_rated",
        "none_measured",
        "none_together",
        "none_with",
        "none_stated",
        "none_cheaper",
        "none_dearer",
        "no_more",
        "unknown_reference",
        "ask_which",
        "wishes_clash",
    }
    | {"product_gone", "option_unknown", "sold_out", "which_size", "all_in_cart", "only_left"}
    | {"at_most", "which_line", "how_many", "checkout_sold_out", "compare_what"}
    | {"nothing_to_recommend", "nothing_similar", "nothing_bought_with"}
    | {"order_refused", "order_locked", "faq_unknown", "out_of_scope", "clarify", "error"}
)
"""Responses of an action that could not do what was wanted, or did something near it."""

_COURTESIES = frozenset({"greet", "goodbye", "thank", "chitchat", "affirm", "deny"})
_NEW_LIST = frozenset({"search_product", "recommend_product", "find_gift"})
_SAME_LIST = frozenset({"refine_search", "relax_search", "sort_results", "correct_previous"})
_TITLE = 60

Read = Callable[[str], NLUResult]


def split_acts(nlu: NLUResult, state: DialogueState, read: Read) -> tuple[NLUResult, ...]:
    """Each act of a message with the words and slots of its clause, in the order said.

    What is not clearly several acts is one: the whole message, with its best intent.

    Args:
        nlu: The whole message.
        state: The conversation before it.
        read: What a clause means by itself.
    """
    grave = next((one for name in SAFETY for one in nlu.intents if one.name == name), None)
    if grave is not None:
        alone = replace(nlu, intents=(grave,), slots=(), query="", guesses=())
        return (replace(alone, out_of_scope=False),)
    meant = _of_one_thing(_meant(nlu.intents, state.pending), nlu)
    whole = replace(nlu, intents=meant)
    about_orders = all(one.name in ORDERS for one in meant) or _asks_about_orders(state)
    if not 2 <= len(meant) <= MOST or with_agent(state) or about_orders:
        return (whole,)
    return _by_clause(nlu, meant, cache(read)) or (whole,)


def bounded(nlu: NLUResult) -> tuple[NLUResult, tuple[Note, ...]]:
    """The message as far as it can be answered at once, and what to say about the rest.

    A list of everything somebody needs is no single search: its first kind is looked for.
    """
    kinds = [s for s in nlu.slots if s.name == "product_type" and s.role == "include"]
    count = len({str(slot.value) for slot in kinds})
    if count <= MOST_KINDS or nlu.intent == "build_bundle":
        return nlu, ()
    first, second = sorted(kinds, key=lambda slot: slot.start)[:2]
    kept = tuple(slot for slot in nlu.slots if slot.end <= second.start)
    intents = tuple(one for one in nlu.intents if one.name in _NEW_LIST) or (_SEARCH,)
    note = Note("too_many_kinds", {"count": count, "what": first.raw})
    return replace(nlu, intents=intents, slots=kept, query=first.raw, out_of_scope=False), (note,)


_SEARCH = Intent("search_product", 1.0)


def _of_one_thing(intents: tuple[Intent, ...], nlu: NLUResult) -> tuple[Intent, ...]:
    """The intents; a thing that is only named must be found before it goes into the cart.

    "I want a hoodie, put it in the cart" and 我要买一件连帽卫衣，直接加购物车 are one act: nothing
    was chosen yet.
    """
    both = {one.name for one in intents} == {"search_product", "add_to_cart"}
    kinds = [slot for slot in nlu.slots if slot.name == "product_type"]
    if not both or len(kinds) != 1 or any(_points(slot, kinds[0]) for slot in nlu.slots):
        return intents
    return tuple(one for one in intents if one.name == "add_to_cart")


_PRONOUNS = frozenset({"it", "them", "它", "它们"})


def _points(slot: Slot, kind: Slot) -> bool:
    """Whether a slot points at what was shown, and is no pronoun for the kind named before it."""
    pronoun = slot.raw.lower() in _PRONOUNS and slot.start >= kind.end
    return slot.role == "reference" or (slot.name == "reference" and not pronoun)


def _asks_about_orders(state: DialogueState) -> bool:
    """Whether a question about an order stands, so that its answer is read whole."""
    return state.pending is not None and state.pending.action.name == "serve_orders"


def _meant(intents: tuple[Intent, ...], pending: PendingQuestion | None) -> tuple[Intent, ...]:
    """The intents that are acts of their own: no courtesy beside an act, and one new list.

    "She loves tea, show me tea sets" describes and asks: two intents, one wish.
    """
    answering = pending is not None and pending.slot == "confirm"
    courtesies = _COURTESIES - {"affirm"} if answering else _COURTESIES
    acts = tuple(one for one in intents if one.name not in courtesies) or intents[:1]
    lists = [one for one in acts if one.name in _NEW_LIST]
    lists = lists or [one for one in acts if one.name in _SAME_LIST]
    wanted = max(lists, key=lambda intent: intent.score, default=None)
    return tuple(one for one in acts if one is wanted or one.name not in _NEW_LIST | _SAME_LIST)


@dataclass(frozen=True, slots=True)
class _Clause:
    """Where in the text something is wanted; the intent is "" where it is not clear."""

    intent: str
    start: int
    end: int


def _by_clause(nlu: NLUResult, meant: tuple[Intent, ...], read: Read) -> tuple[NLUResult, ...]:
    """The acts, if each intent has its clause and each slot is inside one; else nothing."""
    names = [one.name for one in meant]
    clauses = [
        _Clause(said if (said := read(nlu.text[start:end]).intent) in names else "", start, end)
        for start, end in clause_spans(nlu.text, len(meant))
    ]
    clauses = _merged(_guessed(clauses, names))
    whole = all(any(_inside(slot, one) for one in clauses) for slot in nlu.slots)
    if not whole or sorted(one.intent for one in clauses) != sorted(names):
        return ()
    by_name = {one.name: one for one in meant}
    return tuple(_act(nlu, by_name[one.intent], one, read) for one in clauses)


def _guessed(clauses: list[_Clause], names: Sequence[str]) -> list[_Clause]:
    """One intent without a clause belongs to the one clause without an intent."""
    missing = [name for name in names if all(one.intent != name for one in clauses)]
    unclear = [one for one in clauses if not one.intent]
    if len(missing) != 1 or len(unclear) != 1:
        return clauses
    return [one if one.intent else replace(one, intent=missing[0]) for one in clauses]


def _merged(clauses: list[_Clause]) -> list[_Clause]:
    """Neighbours that want the same as one; a clause that wants nothing goes with another."""
    merged: list[_Clause] = []
    for one in clauses:
        last = merged[-1] if merged else None
        if last is not None and (not one.intent or last.intent in ("", one.intent)):
            merged[-1] = _Clause(one.intent or last.intent, last.start, one.end)
        else:
            merged.append(one)
    return merged


def _act(nlu: NLUResult, intent: Intent, clause: _Clause, read: Read) -> NLUResult:
    text = nlu.text[clause.start : clause.end]
    slots = tuple(
        replace(slot, start=slot.start - clause.start, end=slot.end - clause.start)
        for slot in nlu.slots
        if _inside(slot, clause)
    )
    return NLUResult(text, nlu.language, (intent,), slots, query=read(text).query)


def _inside(slot: Slot, clause: _Clause) -> bool:
    return clause.start <= slot.start and slot.end <= clause.end


def must_wait(before: DialogueState, outcome: Outcome) -> bool:
    """Whether the later acts wait: this one asked something, or could not be done."""
    asked = outcome.state.pending is not None and outcome.state.pending != before.pending
    return asked or outcome.response in UNDONE


def left_over(state: DialogueState, acts: Sequence[NLUResult]) -> Outcome:
    """Say what of the message was not done yet, with a button for each act."""
    titles = tuple(_title(act.text) for act in acts)
    buttons = tuple(Suggestion(title, act.text) for title, act in zip(titles, acts, strict=True))
    return Outcome("left_for_later", state, {"what": titles}, suggestions=buttons)


def _title(text: str) -> str:
    return text if len(text) <= _TITLE else text[: _TITLE - 1] + "…"


def all_products(outcomes: Sequence[Outcome]) -> tuple[ScoredProduct, ...]:
    """Every product that was shown, once, in order."""
    shown: dict[str, ScoredProduct] = {}
    for outcome in outcomes:
        for one in outcome.products:
            shown.setdefault(one.product.id, one)
    return tuple(shown.values())


def join_replies(replies: Sequence[Reply], last: Reply) -> Reply:
    """One reply that says everything in order; the rest of it is that of the ``last`` act."""
    cards: dict[str, ProductCard] = {}
    for card in (card for reply in replies for card in reply.products):
        cards.setdefault(card.id, card)
    buttons = {one.payload: one for reply in replies for one in reply.suggestions}
    return replace(
        last,
        text="\n\n".join(dict.fromkeys(reply.text for reply in replies if reply.text)),
        products=tuple(cards.values()),
        suggestions=tuple(buttons.values()),
    )
