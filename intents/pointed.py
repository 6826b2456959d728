"""What a message of some intents tells beyond doubt, though the model leaves it out.

The training language marks words that point ("it", 这双) where something shown is chosen, asked
about or put into the cart, and leaves them out where it is sent back or covered by a guarantee.
"""

import re
from collections.abc import Sequence

from catalog.units import dimension
from intents.families import LOOKING
from intents.labelled import overlap
from intents.shape import Shape
from intents.types import Intent, Measure, Reference, Slot

_GOODS = frozenset({"return_item", "exchange_item", "ask_faq_returns", "ask_faq_warranty"})
"""Intents that are about a thing that was bought."""
_ASKED = frozenset({"ask_price", "ask_availability", "ask_product_detail", "ask_reviews"})
"""Intents that are about a thing on the screen, which "it" names again."""
_AGAIN = re.compile(r"\b(?:it|them)\b|[它佢]们?")
_PAID_BACK = re.compile(
    r"\b(?:sen[dt]|return(?:ed)?|mailed|posted|shipped|brought|took) (?P<it>it|them|this|these)\b"
    r"|(?:^|[,.;!?] ?)(?P<they>it|they) (?:never|didn't|has|have|arrived|came|broke|was|were)\b"
    r"|(?P<zh>[它佢]们?|(?:(?<![\u4e00-\u9fff])|(?<=[把将退]))[这那][个双件条款台只部张对套](?!月|星期|订单))"
)
"""A thing that money is wanted back for; elsewhere "it" may be the money."""
_POINTS = re.compile(
    r"\b(?:th(?:is|at) one|it|them|they|these|those)\b"
    r"|\bthis\b(?! (?:is|was)\b| (?:morning|evening|week|month|year|time|order|shop|store)\b)"
    r"|\bthat\b(?=\W*$| ?[,.;!?]| (?:back|in|for|has|needs?|goes)\b)"
    r"|[它佢]们?|(?:(?<![\u4e00-\u9fff])|(?<=[把将退换]))[这那呢](?:[个双件条款台只部张对套])"
    r"(?!月|星期|订单|单|人|店|问题)"
)
_SO = r"(?:possible|ok(?:ay)?|fine|allowed|too late|true|free|better|easier)\b"
_NOTHING = re.compile(
    rf"\b(?:is|was|would|wouldn't|if|will|does|did|do|make|take|that) it"
    rf"(?= (?:be )?(?:{_SO}|take\b|cost\b|matter\b|say\b|count\b|work\b))"
    rf"|\bit(?=(?:'s| is| was|'ll be| would be| has|'d be) (?:{_SO}|been\b))"
    r"|\bit(?= (?:takes?|took|says?|costs?|depends|matters|seems|turns out)\b)"
    r"|\b(?:take it easy|that's it|forget it|get it)\b"
)
"""Where "it" stands for nothing: "is it possible", "it takes"."""


def with_pointed(
    prepared: Shape, slots: tuple[Slot, ...], intents: Sequence[Intent]
) -> tuple[Slot, ...]:
    """The slots with what points at the thing that is sent back, exchanged or covered."""
    names = {intent.name for intent in intents}
    said = prepared.aligned
    places: list[tuple[int, int]] = []
    if names & _GOODS:
        places = [match.span() for match in _POINTS.finditer(said)]
    elif names & _ASKED:
        places = [match.span() for match in _AGAIN.finditer(said)]
    elif "ask_refund" in names:
        places = [match.span(match.lastgroup or 0) for match in _PAID_BACK.finditer(said)]
    empty = [match.span() for match in _NOTHING.finditer(said)]
    found = [
        prepared.slot("reference", Reference(), *place)
        for place in places
        if not any(start <= place[0] < end for start, end in empty)
    ]
    return _with_free(slots, found)


def _with_free(slots: tuple[Slot, ...], found: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots with those that overlap none of them, in the order of the text."""
    free = [one for one in found if not any(overlap(one, slot) for slot in slots)]
    return tuple(sorted((*slots, *free), key=lambda slot: (slot.start, slot.end)))


_TOLD = {
    "find_gift": frozenset({"occasion", "date"}),
    "find_complement": frozenset({"product_type"}),
}
"""Slots that stand wherever such an intent is: a present has its occasion, 配 names two kinds."""


def with_told(
    slots: tuple[Slot, ...], known: Sequence[Slot], intents: Sequence[Intent]
) -> tuple[Slot, ...]:
    """The slots with what rules and catalogue know and messages of these intents tell.

    What is looked for is weighed, and no number of packs: 二两茶叶.
    """
    if intents and all(intent.name in LOOKING for intent in intents):
        slots = tuple(_weighed(slot, known) for slot in slots)
    told = frozenset().union(*(_TOLD.get(intent.name, frozenset()) for intent in intents))
    return _with_free(slots, [one for one in known if one.name in told])


def _weighed(slot: Slot, known: Sequence[Slot]) -> Slot:
    """The weight or volume that a rule has read where the model counts; else the slot itself."""
    if slot.name != "quantity":
        return slot
    weights = (one for one in known if _is_weight(one) and overlap(one, slot))
    return next(weights, slot)


def _is_weight(slot: Slot) -> bool:
    return isinstance(slot.value, Measure) and dimension(slot.value.unit) in ("mass", "volume")
