"""A product that was shown is turned down, or others are asked for: what that means here. Pure.

"I already have the first one", 第一个我不喜欢 and 换一批 ask for others of the list on the table.
What is turned down stays out for the rest of the conversation.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.having import Part, parts_of
from assistant.pointing import Pointing, point
from assistant.types import DialogueState, ShownProduct
from intents.ellipsis import SEARCHING
from intents.types import Intent, NLUResult, Reference, Slot

Products = tuple[ShownProduct, ...]

_SHOW_MORE = (Intent("show_more", 1.0),)
_ORDERS = frozenset({
    "serve_orders", "track_order", "cancel_order", "change_order", "return_items",
    "exchange_items", "reorder",
})  # fmt: skip
_OF_PRODUCTS = SEARCHING | {
    "find_complements", "show_product_detail", "show_price", "show_availability", "show_reviews",
    "compare_products", "ask_which", "show_again", "report_unknown_reference",
}  # fmt: skip
"""Actions after which "it" is a product."""

_LOOKS = frozenset({
    "search_product", "refine_search", "relax_search", "sort_results", "correct_previous",
    "recommend_product", "find_gift", "find_similar", "find_complement", "compare_products",
    "ask_price", "ask_availability", "ask_product_detail", "ask_reviews", "show_more",
})  # fmt: skip
"""What else a message may want that turns something down."""
_PICKS = frozenset({"add_to_cart", "select_product", "find_similar", "find_complement"})
"""What is done with another product, if one is pointed at."""
_SAYS_NOTHING = frozenset({
    "", "affirm", "deny", "chitchat", "thank", "greet", "give_feedback", "select_product",
    "out_of_scope",
})  # fmt: skip
_MAY_ASK = _SAYS_NOTHING | {
    "show_more", "search_product", "refine_search", "recommend_product", "find_similar",
    "exchange_item", "ask_availability", "correct_previous", "relax_search",
}  # fmt: skip
"""What the wish for others may be taken for."""

_HAD_BEFORE = re.compile(
    r"\b(?:already|before|last|ago|past|at home|recently)\b|[已早过家]|之前|以前|上[次回个周]|去年"
)
_MANY = re.compile(r"these|those|them|both|all|[这那]些|[这那][两几三]|它们")
_PRONOUN = re.compile(
    r"|(?:this|that|it|one|these|those|them|both)(?: (?:one|ones|item|product|pair|two|three))?"
    r"|(?:both|all) of (?:them|these|those)|[这那]|[这那][一两几三]?.|[这那]些|它们?"
)
_THE_OTHER = re.compile(r"\bthe other\b(?! ones)|另外?[那一]|另一")
_OTHER_KIND = re.compile(
    r"\b(?:other|different|else)\b|别的|其他|其它|不一样的|再(?:推荐|看|来|找)"
)


def read_turned_down(
    state: DialogueState, text: str, read: Callable[[str], NLUResult]
) -> NLUResult:
    """What a message means: the wish for others where it turns a product down or asks for them.

    What is turned down is told by slots ``product_id`` of the role ``exclude``.

    Args:
        state: The conversation before the message.
        text: The message.
        read: What any text means.
    """
    nlu = read(text)
    if text.startswith("/") or not (state.shown or state.focus) or _about_orders(state):
        return nlu
    parts = parts_of(text)
    told = [part for part in parts if part.kind in ("has", "bought", "dislikes")]
    if not told or _THE_OTHER.search(text.casefold()):
        return _as_others(state, nlu, parts)
    if not all(_is_told(part, parts, state) for part in told):
        return nlu
    spoken = [*told, *(part for part in parts if part.kind == "refuses")]
    placed = [point_at(state, one.thing) for one in spoken if not _PRONOUN.fullmatch(one.thing)]
    unclear = next((one for one in placed if not one.products), None)
    if unclear is not None:
        return _picks_of(nlu, spoken) if unclear.candidates else nlu
    meant = tuple(dict.fromkeys(one for found in placed for one in found.products))
    return _turned(meant or _by_pronoun(state, spoken), parts, nlu, read)


def turns_down(nlu: NLUResult) -> bool:
    """Whether a message turns a product down."""
    return any(slot.name == "product_id" and slot.role == "exclude" for slot in nlu.slots)


def turned_down_ids(nlu: NLUResult) -> tuple[str, ...]:
    """The ids of the products that a message turns down."""
    found = (slot for slot in nlu.all("product_id") if slot.role == "exclude")
    return tuple(str(slot.value) for slot in found)


def _about_orders(state: DialogueState) -> bool:
    """Whether an order is being talked about, so that what was bought is its matter."""
    asked = state.pending is not None and state.pending.action.name in _ORDERS
    return asked or state.previous_action in _ORDERS


def _is_told(part: Part, parts: Sequence[Part], state: DialogueState) -> bool:
    """Whether a clause surely speaks of a product on the table, where its words may not.

    "I got it" may mean that it is understood, and "I bought it" an order; "I don't like it"
    whatever was talked about.
    """
    if part.kind == "has" or (part.thing and not _PRONOUN.fullmatch(part.thing)):
        return True
    asks = any(one.others or one.kind == "refuses" for one in parts)
    if part.kind == "bought":
        return asks or _HAD_BEFORE.search(part.text.casefold()) is not None
    return asks or state.previous_action in _OF_PRODUCTS


def point_at(state: DialogueState, thing: str) -> Pointing:
    """What the words for one thing point at, of all that was shown."""
    return point(state, NLUResult(thing, state.language, (Intent("select_product", 1.0),)))


def _by_pronoun(state: DialogueState, spoken: Iterable[Part]) -> Products:
    """The whole list where the words are for several, else the product in focus or the first."""
    if any(_MANY.match(part.thing) for part in spoken) and state.shown:
        return state.shown
    return (state.focus,) if state.focus is not None else state.shown[:1]


def _picks_of(nlu: NLUResult, spoken: Sequence[Part]) -> NLUResult:
    """A pick in the words for the things, of which it must be asked which is meant."""
    text = ", ".join(part.thing for part in spoken if part.thing)
    return NLUResult(text, nlu.language, (Intent("select_product", 1.0),))


def _turned(
    meant: Products, parts: Sequence[Part], nlu: NLUResult, read: Callable[[str], NLUResult]
) -> NLUResult:
    """The message without the products that are meant, and with what else it wants."""
    slots = tuple(
        Slot("product_id", one.product_id, nlu.text, 0, len(nlu.text), "exclude") for one in meant
    )
    others = replace(nlu, intents=_SHOW_MORE, slots=slots, out_of_scope=False, guesses=(), query="")
    rest = ", ".join(part.text for part in parts if part.kind == "else")
    if not rest:
        return others
    more = read(rest)
    if more.intent in _SAYS_NOTHING and not _points(more):
        return others
    if more.intent in _LOOKS or (more.intent in _PICKS and _points(more)):
        return replace(more, language=nlu.language, slots=(*more.slots, *slots))
    return nlu


def _points(nlu: NLUResult) -> bool:
    """Whether a message points at a product by more than a pronoun."""
    return any(s.name == "reference" and s.value != Reference() for s in nlu.slots)


def _as_others(state: DialogueState, nlu: NLUResult, parts: Sequence[Part]) -> NLUResult:
    """The wish for others, also of the kind that is looked for: "any other mugs?"."""
    asked = [part for part in parts if part.kind != "nothing"]
    if not asked or not state.shown or nlu.intent not in _MAY_ASK:
        return nlu
    if state.previous_action not in _OF_PRODUCTS:
        return nlu
    plain = all(part.kind == "others" for part in asked)
    if not plain and not (len(asked) == 1 and _asks_for_same_kind(state, nlu)):
        return nlu
    return replace(nlu, intents=_SHOW_MORE, slots=(), out_of_scope=False, guesses=(), query="")


def _asks_for_same_kind(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether others are asked for by the kind that the list is of."""
    kinds = {str(slot.value) for slot in nlu.slots if slot.name == "product_type"}
    before = {str(wish.value) for wish in state.goal.wishes if wish.name == "product_type"}
    named = all(slot.name in ("product_type", "reference") for slot in nlu.slots)
    other = _OTHER_KIND.search(nlu.text.casefold()) is not None
    return bool(kinds) and kinds <= before and named and other
