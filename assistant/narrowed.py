"""Messages that narrow the list by their form, whatever they were taken for. Pure.

"Something like this but lighter" asks for products like one, "in black" may ask about the one
talked about, and "anything from Sony?" may look for everything of a brand; where a list is on the
screen, they narrow it.
"""

import re
from dataclasses import replace

from assistant.goal import WISH_SLOTS
from assistant.ordered import speaks_of_orders
from assistant.relative import order_of
from assistant.superlatives import order_said
from assistant.types import DialogueState
from catalog.text import fold
from catalog.types import FlagConstraint, TextConstraint
from intents.ellipsis import SEARCHING
from intents.likeness import read_likeness
from intents.types import Intent, NLUResult, Slot

_LIKE = frozenset({"find_similar", "relax_search", "", "out_of_scope", "complain", "give_feedback"})
_ABOUT_ONE = frozenset({"ask_availability", "ask_product_detail", "select_product"})
_BARE = re.compile(
    r"(?:(?:and|but|ok|okay|maybe|so|or|then)[ ,]+)*(?:in|with|without|for|from|not?) [\w .'-]+"
)
_THAN = re.compile(r"\bthan\b|比[这那它第]")
_ADDS = re.compile(
    r"\W*(?:oh|and|also|plus|ideally|preferably|(?:i )?forgot|one more thing)\b"
    r"|\W*(?:哦|对了|还有|另外|此外|再就是|忘说了|忘了说|最好|补充)"
)
_ONE_OF = re.compile(r"\bone of .+['’]s\b(?!.*\b(?:cart|basket|these|those)\b)")
"""How any thing of a maker is wished for: "oh, and one of Acme's"."""
_OF_BRAND = frozenset({"ask_availability", "search_product"})
_ANY = re.compile(r"\b(?:any(?:thing)?|some(?:thing)?|ones?|got|have)\b|有没有|有.*[吗么没]")
_FROM = re.compile(r"\b(?:any(?:thing)?|something|ones?|models?) (?:from|by)$")
_INSTEAD = re.compile(r"换|\binstead\b|\bshow\b")


def read_narrowing(state: DialogueState, nlu: NLUResult) -> NLUResult:
    """The understanding of a message that plainly narrows what is on the screen."""
    single = nlu.intent == "refine_search" and len(nlu.intents) == 1
    if not state.shown or nlu.text.startswith("/") or single:
        return nlu
    if nlu.intent == "find_similar" and read_likeness(nlu.text) is not None:
        return nlu  # like a thing that is named, not like what is on the screen
    narrows = (
        _continues(state, nlu)
        or _compares(nlu)
        or _exchanges_shown(state, nlu)
        or _wishes_besides(nlu)
        or _is_bare(state, nlu)
        or _wants_other(nlu)
        or _asks_for_brand(nlu)
    )
    if not narrows:
        return nlu
    intents = (Intent("refine_search", 0.9),)
    slots = tuple(_as_brand(slot, nlu.text) for slot in nlu.slots if slot.name != "attribute")
    return replace(nlu, intents=intents, slots=slots, out_of_scope=False, guesses=())


def _continues(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether known wishes for no kind of thing go on with a search.

    Something may have come between, or the message says that it adds to what was said: 另外最好….
    """
    wishes = [slot for slot in nlu.slots if slot.name in WISH_SLOTS]
    if any(slot.name == "product_type" for slot in wishes):
        return False
    known = bool(wishes) and all(slot.resolved is not None for slot in wishes)
    if {one.name for one in nlu.intents} == {"show_more", "refine_search"}:
        return known and bool(_ADDS.match(fold(nlu.text)))  # 还有 begins a wish here
    if nlu.intent != "search_product":
        return False
    between = state.previous_action not in SEARCHING and not nlu.query
    bounds = all(slot.name == "measure" for slot in wishes)  # 鞋跟高度别超3 cm is of no new thing
    adds = between or bounds or bool(_ADDS.match(fold(nlu.text)))
    return known and bool(state.goal.wishes) and adds


def _compares(nlu: NLUResult) -> bool:
    """Whether a comparison is the wish: "like this but lighter", 比这个便宜的."""
    made = any(order_of(slot) is not None for slot in nlu.all("comparative"))
    if not made or order_said(nlu.text) is not None:
        return False
    return nlu.intent in _LIKE or bool(_THAN.search(fold(nlu.text)))


def _exchanges_shown(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether another one is wished for in place of what is shown, which nobody ordered yet."""
    made = any(order_of(slot) is not None for slot in nlu.all("comparative"))
    talking = state.orders.customer_id or state.orders.tasks or speaks_of_orders(nlu.text)
    return nlu.intent == "exchange_item" and made and not talking


def _wishes_besides(nlu: NLUResult) -> bool:
    """Whether products like one are wished for that differ from it: "like these but in red".

    What nothing was understood of narrows too, where the catalogue knows its words.
    """
    adds = bool(_ADDS.match(fold(nlu.text)))  # "oh, and one of Acme's" points at nothing
    wishes = [
        slot for slot in nlu.slots if slot.name in WISH_SLOTS and (slot.role != "reference" or adds)
    ]
    if nlu.intent == "find_similar":
        return any(slot.name != "product_type" for slot in wishes)
    known = [slot for slot in wishes if slot.resolved is not None and slot.name != "product_type"]
    if nlu.intent in ("select_product", "add_to_cart"):
        made = {slot.name for slot in nlu.slots} == {"brand"} and bool(known)
        return made and _ONE_OF.search(fold(nlu.text)) is not None
    return nlu.intent in ("", "out_of_scope") and bool(known)


def _wants_other(nlu: NLUResult) -> bool:
    """Whether another brand is wished for; one product has one brand, but several colours."""
    others = [slot for slot in nlu.slots if slot.value == "" and slot.role == "exclude"]
    refused = {slot.name for slot in nlu.slots if slot.value != "" and slot.role == "exclude"}
    instead = _INSTEAD.search(fold(nlu.text))
    return any(slot.name == "brand" or instead or slot.name in refused for slot in others)


def _asks_for_brand(nlu: NLUResult) -> bool:
    """Whether something of a brand is asked for and nothing else: 有没有索尼的.

    One product has one brand, so that no product in focus can be meant.
    """
    named = [_as_brand(slot, nlu.text) for slot in nlu.slots]
    if nlu.intent not in _OF_BRAND or {slot.name for slot in named} != {"brand"}:
        return False
    wanted = all(slot.role == "include" and slot.value != "" for slot in named)
    return wanted and _ANY.search(fold(nlu.text)) is not None


def _as_brand(slot: Slot, text: str) -> Slot:
    """A name behind "from" or "by" is that of a maker, be it a fruit as well: Apple."""
    if slot.name != "product_type" or not _FROM.search(fold(text[: slot.start])):
        return slot
    return replace(slot, name="brand", value=slot.raw, resolved=None)


def _is_bare(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether a message is nothing but a wish that the product talked about does not fulfil."""
    wishes = [slot for slot in nlu.slots if slot.name in WISH_SLOTS and slot.resolved is not None]
    bare = len(wishes) == len(nlu.slots) > 0 and (
        _BARE.fullmatch(fold(nlu.text)) or fold(nlu.text) == fold(nlu.slots[0].raw)
    )
    if nlu.intent not in _ABOUT_ONE or not bare:
        return False
    return state.focus is None or not all(_fulfilled(state, slot) for slot in wishes)


def _fulfilled(state: DialogueState, slot: Slot) -> bool:
    if state.focus is None or slot.role == "exclude":
        return False
    if isinstance(slot.resolved, TextConstraint):
        words = {fold(value) for value in slot.resolved.values}
        return any(value in words for _, value in state.focus.facts)
    return not isinstance(slot.resolved, FlagConstraint)
