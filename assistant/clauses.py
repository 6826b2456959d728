"""What a message wants and what it turns down, apart: "not the Sony, the other one". Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.priced import Cost, cost_of
from assistant.traits import words_of
from catalog.text import fold
from catalog.types import TextConstraint
from intents.cleaning import without_asides
from intents.numbers import align, find_numbers
from intents.references import find_references
from intents.shape import shape
from intents.types import NLUResult, Reference, Slot

_CUT = re.compile(r"[,，。；;!！]+|\.(?!\d)| but (?=the|this|that)")
_TURNS_DOWN = re.compile(
    r"^\s*(?:(?:hmm+|no|sorry|oh|well|actually|嗯+|呃)[ ,，]*)*"
    r"(?:not\b|no[, ]+not\b|i (?:don'?t|do not) (?:want|mean|like)\b|don'?t want\b|wrong\b"
    r"|neither\b|不是|不要|别要|不喜欢|不想要|看错|错了|不对"
    r"|(?=第.{1,2}[个款双件台条只口顶块盏]我?(?:不要|不喜欢|不想要)了?$))"
)
_BEST = re.compile(r"rated|review|评分|评价|口碑|好评|最[多少]")
_COUNTING = frozenset({"add_to_cart", "change_quantity", "remove_from_cart"})
_CLASSIFIER = re.compile(r"(?<=[那这哪])[一几]?[个款双件台条只口顶块盏套把张辆本支瓶]")
"""What things are counted by is no word for one of them: 那顶 is not the one with a 穹顶."""
_LIST = re.compile(r"(?:list|results?|search|batch)\b|那批|那些|列表|批")
_LACKING = re.compile(
    r"(?:\b(?:without|not|isn'?t|aren'?t|no|lacks?|non)\b[ -]*(?:[a-z]+ ){0,2}$"
    r"|[不没无]带?有?$|没有$|不带$)"
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The catalogue's words for a value that a message names.

    ``words`` are those of every text that passes for it, ``first`` those of the value itself:
    what is for all seasons is for the summer too. ``lacking`` says that it is not wanted.
    """

    words: tuple[str, ...]
    first: tuple[str, ...]
    lacking: bool


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words and pointing slots of a message that are wanted, and those turned down.

    ``counted`` are numbers that are places, prices or say how many; ``plain`` are the shopper's
    words for what is ``meant``. ``costs`` are prices that point.
    """

    wanted: str
    refused: str
    wanted_slots: tuple[Slot, ...]
    refused_slots: tuple[Slot, ...]
    counted: frozenset[Decimal] = frozenset()
    meant: tuple[Meant, ...] = ()
    plain: frozenset[str] = frozenset()
    costs: tuple[Cost, ...] = ()

    @property
    def only_refuse(self) -> bool:
        """Whether something is turned down and nothing else is said: "not the first one"."""
        return bool(self.refused_slots) and not re.search(r"\w", self.wanted)

    def words(self) -> Iterator[tuple[str, bool]]:
        """Every word that is wanted, and whether it is one that the product should lack."""
        folded = _CLASSIFIER.sub(" ", fold(self.wanted))
        for word in dict.fromkeys(words_of(folded)):
            at = folded.find(word)
            yield word, at > 0 and bool(_LACKING.search(folded[max(0, at - 24) : at]))

    def numbers(self) -> list[Decimal]:
        """The numbers that are wanted, but for places in the list and how many to take."""
        found = [n.low for n in find_numbers(align(self.wanted)) if n.low == n.high]
        return [number for number in dict.fromkeys(found) if number not in self.counted]


def _in_list(text: str, slots: Sequence[Slot]) -> list[Slot]:
    """The references to products, not to a whole list nor to what is best of it."""
    aligned = align(text)
    return [
        slot
        for slot in slots
        if not _LIST.search(aligned[slot.start : slot.end + 12])
        and not _BEST.search(slot.raw.lower())
    ]


def _placed(nlu: NLUResult) -> list[Slot]:
    """The slots that stand in the text; what they say points at nothing else."""
    return [s for s in nlu.slots if nlu.text[s.start : s.end] == s.raw and s.raw]


def read_clauses(nlu: NLUResult) -> Clauses:
    """The message cut where it changes from what is not meant to what is."""
    wanted, refused = [], []
    spans: list[tuple[int, int]] = []
    start, text = 0, without_asides(nlu.text)
    cuts = [(m.start(), m.end()) for m in _CUT.finditer(text)] + [(len(text),) * 2]
    for end, following in cuts:
        part = text[start:end]
        if _TURNS_DOWN.match(align(part)):
            refused.append(_TURNS_DOWN.sub("", align(part)))
            spans.append((start, end))
        else:
            wanted.append(part)
        start = following
    known = _in_list(text, [s for s in nlu.slots if isinstance(s.value, Reference)])
    others = shape(text).without(_placed(nlu))
    pointing = known or _in_list(text, find_references(others))

    def is_refused(slot: Slot) -> bool:
        return any(low <= slot.start < high for low, high in spans)

    priced = [slot for slot in nlu.slots if not is_refused(slot) and cost_of(slot)]
    costs = tuple(cost for slot in priced if (cost := cost_of(slot)))
    counted = {
        n.low
        for slot in (*pointing, *priced, *(nlu.all("quantity") if nlu.intent in _COUNTING else ()))
        for n in find_numbers(align(slot.raw))
    }
    meant = tuple(
        Meant(
            tuple(word for value in slot.resolved.values for word in words_of(value)),
            tuple(words_of(slot.resolved.values[0])),
            slot.role == "exclude",
        )
        for slot in nlu.slots
        if isinstance(slot.resolved, TextConstraint) and not is_refused(slot)
        if slot.name != "product_type"
    )
    own = tuple(s for s in pointing if not is_refused(s) and s.role != "exclude")
    turned_down = tuple(s for s in pointing if is_refused(s))
    texts = ", ".join(wanted), ", ".join(refused)
    plain = frozenset(word for slot in nlu.slots for word in _plain(slot))
    return Clauses(*texts, own, turned_down, frozenset(counted), meant, plain, costs)


def _plain(slot: Slot) -> set[str]:
    """Words for a value, and of a kind those that the catalogue calls it by: no names."""
    said = set(words_of(slot.raw))
    if slot.name != "product_type":
        return said if slot.resolved is not None else set()
    if not isinstance(slot.resolved, TextConstraint):
        return set()
    return said & {word for value in slot.resolved.values for word in words_of(value)}
