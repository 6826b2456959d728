"""Which of a model's spans are believed beside what rules and catalogue know of a text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from catalog.text import fold
from intents.labelled import is_named_text, overlap, value_texts
from intents.leftover import leftover
from intents.reader import Tagged
from intents.references import NO_PRODUCT
from intents.seeking import is_sought
from intents.shape import Shape
from intents.types import Measure, Slot
from intents.values.demands import A_MUST, BY_DEGREE, DEMANDS, MUST_BE, TAKEN_BACK
from intents.values.negation import refuses

LEAST_SURE = 0.15
"""The score below which a model's span is a mere guess."""
NUMBERS = frozenset({"price", "measure"})
"""Slots of amounts, of which one span may hold several."""


def believed_spans(prepared: Shape, spans: Sequence[Tagged], known: Sequence[Slot]) -> list[Tagged]:
    """The model's spans without prices beside those that the rules read.

    Where no word refuses anything, nothing is excluded: "not a cent over $18, clumping", 得不粘.
    What a later clause refuses is none of it: "from Acme, anything but brown".
    Nor does a text that is nothing but what is known ask of an attribute by a mere guess.
    """
    spans = [one for one in map(partial(_meant, prepared), spans) if one is not None]
    said = prepared.without([slot for slot in known if _refuses_nothing(slot)])
    others: Sequence[Slot | Tagged] = (*known, *spans)
    spans = [replace(one, role="include") if _is_kept(said, one, others) else one for one in spans]
    guessing = bool(leftover(prepared, known))
    priced = [slot for slot in known if slot.name == "price"]
    return [
        one
        for one in spans
        if not any(_gives_way(prepared, one, slot) for slot in known)
        and (one.name != "attribute" or guessing or one.score >= LEAST_SURE)
        and (one.name != "price" or not priced or any(overlap(slot, one) for slot in priced))
    ]


def _is_kept(said: Shape, span: Tagged, others: Sequence[Slot | Tagged]) -> bool:
    """Whether what a model takes for excluded is not, since nothing refuses it."""
    if span.role != "exclude":
        return False
    heard = _up_to(said, span.end, others)
    return not refuses(heard) or _is_clause_of_its_own(heard, span, others)


def _is_clause_of_its_own(heard: Shape, span: Tagged, others: Sequence[Slot | Tagged]) -> bool:
    """Whether a refusal before a comma is of something else: "not by Acme, with microphone"."""
    ends = _CLAUSE_END.finditer(heard.aligned, 0, span.start)
    starts = [match.end() for match in ends if match.group()]
    before = [one for one in others if starts and one.end < starts[-1]]
    if not before or max(before, key=lambda one: one.end).name == span.name:
        return False
    texts = {name: getattr(heard, name)[starts[-1] :] for name in ("raw", "aligned", "marked")}
    return not refuses(replace(heard, **texts))


def _gives_way(prepared: Shape, span: Tagged, slot: Slot) -> bool:
    """Whether a known slot leaves no room for a span among its words."""
    if _is_comparison(slot) and span.name in _COMPARED and overlap(slot, span):
        return True
    demanded = is_demanded(prepared, slot)
    shelf = slot.name == "product_type" and slot.resolved is not None and _SHELF.search(slot.raw)
    if (shelf or demanded or is_sought(prepared.aligned, slot)) and _is_part(span, slot):
        return True
    named = is_named_text(slot) or isinstance(slot.value, Measure)
    if named and _only_names(prepared, span, slot):
        return True
    other = slot.value == "" and slot.role == "exclude"
    return span.name == "attribute" and (demanded or other) and overlap(slot, span)


def _up_to(said: Shape, place: int, others: Sequence[Slot | Tagged]) -> Shape:
    """The text up to where another wish is told: what refuses may follow, 红色的，绝对不要.

    A clause that only goes on with a list is no other wish: "red, pink, purple: exclude all".
    """
    ends = [match.start() for match in _CLAUSE_END.finditer(said.aligned, place)]
    stop = ends[0]
    for following in ends[1:]:
        if _wishes_besides(said, stop, following, others):
            break
        stop = following
    texts = {name: getattr(said, name)[:stop] for name in ("raw", "aligned", "marked")}
    return replace(said, **texts)


def _wishes_besides(said: Shape, start: int, end: int, others: Sequence[Slot | Tagged]) -> bool:
    """Whether a clause has a wish of its own, and more around it than what joins a list."""
    inside = [one for one in others if start < one.start < end and one.name in _WISHED]
    rest = list(said.aligned[start + 1 : end])
    for one in inside:
        low, high = one.start - start - 1, min(one.end, end) - start - 1
        rest[low:high] = " " * (high - low)
    return bool(inside) and _LISTED.fullmatch("".join(rest)) is None


_WISHED = frozenset(
    {"brand", "color", "material", "pattern", "feature", "product_type", "size", "gender"}
    | {"season", "measure", "price"}
)
_LISTED = re.compile(r"(?: |的|色|和|或者?|跟|and|or|nor)*")
_CLAUSE_END = re.compile(r"[,，;；。!！?？:：、]|$")


def _refuses_nothing(slot: Slot) -> bool:
    """Whether a "not" among the words of a slot is a part of its value: 不粘, "no more than 5"."""
    return slot.name in NUMBERS or (slot.resolved is not None and slot.role == "include")


def _meant(prepared: Shape, span: Tagged) -> Tagged | None:
    """A span that points at nothing is a wish of its own: 快充这条不能少; None where it is none.

    价格那条当我没说 names what a wish was about, "one of Acme's" is any of that brand, "which of
    those are under $70" asks of the whole list, and "the cheapest first" is an order of it.
    """
    after = prepared.aligned[span.end :]
    if span.name == "reference" and DEMANDS.match(after):
        return None
    raw = prepared.aligned[span.start : span.end]
    if span.name == "reference" and TAKEN_BACK.match(after) and not _POINTS.match(raw):
        return replace(span, name="attribute")
    if is_of_the_list(prepared.aligned, span) or _points_past_products(prepared, span):
        return None
    if span.name == "reference" and _ORDER.fullmatch(raw):
        return replace(span, name="sort_key")
    if span.name == "comparative" and raw in _DEGREES:
        return None
    than = _THAN.match(raw) if span.name == "reference" else None
    if than and prepared.aligned[: span.start].endswith("比"):
        return replace(span, end=span.start + than.end())
    if span.name in _WHO and _SO_MANY.fullmatch(raw):
        return replace(span, name="feature")
    if span.name == "feature" and _PACKED.fullmatch(raw):
        return replace(span, name="comparative")
    any_of = span.name == "brand" and _ANY_OF.search(prepared.aligned[: span.start])
    if span.role == "reference" and (any_of or A_MUST.match(after) or BY_DEGREE.match(after)):
        return replace(span, role="include")
    return None if _ASIDE.fullmatch(prepared.aligned, span.start, span.end) else span


def _points_past_products(prepared: Shape, span: Tagged) -> bool:
    """Whether what is pointed at is named, and is no product: 这个订单, "this parcel"."""
    pointer = _POINTER.fullmatch(prepared.aligned, span.start, span.end)
    named = NO_PRODUCT.match(prepared.aligned, span.end)
    return span.name == "reference" and pointer is not None and named is not None


_POINTER = re.compile(r"(?:我|刚才|刚刚)?的?[这那][个笔次家位条]?|this|that|these|those")
_ANY_OF = re.compile(
    r"(?:(?:^ *|[,;] ?)(?:and )?|\b(?:want|like|take|need|any|prefer|for|be|preferably) )one of $"
)


def is_any_of(aligned: str, slot: Slot) -> bool:
    """Whether anything of a brand is wanted: "one of Acme's"."""
    return slot.name == "brand" and _ANY_OF.search(aligned[: slot.start]) is not None


_SHELF = re.compile(r"用品|产品|(?:supplies|products|goods)$", re.IGNORECASE)
"""What a whole shelf is called by, which says nothing without the word before it: 母婴用品."""
OF_THE_LIST = re.compile(
    r"\b(?:which|any)(?: ones?)? of (?:those|these|them)\b"
    r"|[这那]些(?=(?:里[面头边]?|当中|之?中)(?:有?哪|有))"
)
"""Words that ask of all that is listed: "which of those", 这些里面哪些."""
_ORDER = re.compile(r"(?:the )?(?:[a-z]+est|(?:most|least) [a-z]+) first")
_COMPARED = frozenset({"feature", "attribute", "comparative"})


def _is_comparison(slot: Slot) -> bool:
    """Whether a rule has read more or less of something products are measured by: 屏幕大一点."""
    return slot.name == "comparative" and ":" in str(slot.value)


_THAN = re.compile(
    r"(?:[这那][个款双件台条只部]?|它|第.[个款双件台条只部])(?=便宜|贵|[大小轻重新好长高快])"
)
_WHO = frozenset({"age_group", "recipient"})
_SO_MANY = re.compile(
    r"(?:\d+|two|three|four|five|six|seven|eight|ten)[ -](?:people|persons?|players)"
    r"|(?:\d+|[两二三四五六七八九十])个?人"
)
_DEGREES = frozenset({"更", "再", "还", "稍微"})
"""Words that compare nothing by themselves: the 更 of 更便宜些."""
_PACKED = re.compile(r"[大小]包装?")


def is_of_the_list(aligned: str, span: Tagged | Slot) -> bool:
    """Whether words that point mean the whole list, and no part of it."""
    ends = (match.end() for match in OF_THE_LIST.finditer(aligned))
    return span.name == "reference" and span.end in ends


_POINTS = re.compile(r"[这那它第刚上下最]|the |that |this |it\b")
_ASIDE = re.compile(r"等一?(?:会儿?|下|等)|稍等|慢着|hang on|hold on|wait")


def is_demanded(prepared: Shape, slot: Slot) -> bool:
    """Whether it is a feature that the catalogue can tell and the words around it insist on."""
    told = slot.name == "feature" and slot.resolved is not None and slot.role == "include"
    aligned = prepared.aligned
    return told and bool(MUST_BE.search(aligned[: slot.start]) or A_MUST.match(aligned, slot.end))


def _is_part(span: Tagged, slot: Slot) -> bool:
    """Whether a span is a part of a slot, and not all of it."""
    inside = slot.start <= span.start and span.end <= slot.end
    return inside and span.end - span.start < slot.end - slot.start


_TO_VALUE = re.compile(r" ?(?:[:：=]|[要得是为选]|(?:is|of|at) )|(?=[\u4e00-\u9fff])")
"""What leads from the name of an attribute, or from its beginning, to a value of it."""


def _only_names(prepared: Shape, span: Tagged, slot: Slot) -> bool:
    """Whether a span is a part of a named value without the value: the 版型 of 版型是修身.

    The storage of "storage: 500 GB" is no thing to buy, nor are the shoes of 鞋跟高度顶多3 cm.
    """
    raw = fold(prepared.raw[span.start : span.end])
    inside = slot.start <= span.start and span.end <= slot.end
    if isinstance(slot.value, Measure):
        named = span.name == "product_type" and _TO_VALUE.match(prepared.aligned, span.end)
        return inside and bool(named)
    return inside and not any(text in raw for text in value_texts(slot))
