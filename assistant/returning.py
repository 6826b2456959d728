"""Going back to a list that was shown before: "back to the lamps", 回到刚才那批. Pure."""

import re
from dataclasses import replace

from assistant.pointing import point
from assistant.traits import words_of
from assistant.types import DialogueState, SearchGoal, ShownList
from catalog.text import fold
from intents.browsing import ANEW
from intents.types import Intent, NLUResult, Reference

_BACK = re.compile(
    r"\b(?:(?:go|going|went|take me|get|bring me) back|back to|return to|once more|again)\b"
    r"|\b(?:previous|first|last|earlier|original) (?:list|results?|search|selection|batch)\b"
    r"|回到|返回|回去|退回|上一(?:个列表|批|次的?)|刚才(?:那批|那些|的?列表|的?结果)|之前(?:那批|那些)"
    r"|还是看|最开始|一开始|再(?:给我)?看|再给我|刚才的"
)
_FIRST = re.compile(
    r"\b(?:first|original) (?:list|results?|search|ones|batch)\b|最开始|一开始|第一批"
)
_LIST = re.compile(
    r"\b(?:list|results?|search|selection|batch)\b"
    r"|^(?:(?:please )?(?:go|take me) back)(?: please)?$"
    r"|那批|那些|列表|结果|上一批|^(?:返回|回去|退回)(?:吧|一下)?$"
)


def read_return(state: DialogueState, nlu: NLUResult) -> NLUResult:
    """The understanding of a message that wants an earlier list back, as a change of search."""
    if nlu.intent in _OWN_ACT or list_asked_for(state, nlu) is None:
        return nlu
    pointed = point(state, nlu)
    if pointed.firm and pointed.products:
        return nlu
    slots = tuple(slot for slot in nlu.slots if not isinstance(slot.value, Reference))
    intents = (Intent("refine_search", 0.9),)
    return replace(nlu, intents=intents, slots=slots, out_of_scope=False, guesses=())


_OWN_ACT = frozenset({
    "add_to_cart", "remove_from_cart", "compare_products", "ask_price",
    "ask_product_detail", "ask_availability", "ask_reviews", "find_similar", "request_human",
})  # fmt: skip


def list_asked_for(state: DialogueState, nlu: NLUResult) -> ShownList | None:
    """The earlier list that a message wants back: of the kind it names, the first, the one before.

    ``None`` where it wants none, or names a kind that was not shown.
    """
    text = fold(nlu.text)
    if text.startswith("/") or not _BACK.search(text) or len(state.lists) < 2:
        return None
    if ANEW.search(text):
        return None  # who begins again tells the wish again
    current = state.lists[-1]
    before = [one for one in state.lists[:-1] if _subject(one.goal) != _subject(current.goal)]
    named = [one for one in before if _is_named(one, current, text)]
    if named:
        return named[-1]
    if _FIRST.search(text):
        return state.lists[0]
    return state.lists[-2] if _LIST.search(text) else None


def _is_named(one: ShownList, current: ShownList, text: str) -> bool:
    """Whether the words name what all of a list are, and the present one is not."""
    common = set.intersection(*(set(product.traits) for product in one.products))
    present = {word for product in current.products for word in product.traits}
    return bool(set(words_of(text)) & (common - present))


def _subject(goal: SearchGoal) -> tuple[object, ...]:
    kinds = tuple(w.value for w in goal.wishes if w.name == "product_type" and w.role == "include")
    return kinds or (goal.query,)
