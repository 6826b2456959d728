"""Slots that the words around them make something else of than what they say alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.text import fold
from catalog.types import FlagConstraint, Language
from intents.labelled import value_texts
from intents.resolve import HOUSE, UNRESOLVED, Words, resolve_words
from intents.shape import Shape
from intents.types import Intent, Slot
from intents.values.demands import A_MUST, MUST_BE

_LISTED = r"(?<=[a-z][0-9]),(?=[a-z][0-9])"
"""The comma of a value that lists several: A4,A5,A6. In HDMI,300以内 it ends the value."""
_ZH = rf"(?:[^，。,;；]|{_LISTED}){{1,40}}"
_ZH_RIGHT = rf"(?:[^，。,;；是]|{_LISTED}){{1,40}}?"
_EN = rf"(?:[^,:;!?]|{_LISTED}){{1,40}}"
_EN_PLAIN = r"[\w'’& -]{1,30}"
_SWAP = re.compile(
    rf"把(?P<zh_old>{_ZH}?)(?:改|换)(?:成|为|到)(?P<zh_new>(?:[^，。,;；!！?？]|{_LISTED}){{1,40}})"
    rf"|(?:^|[，。,;；])(?:应该|其实)?是?(?P<zh_right>{_ZH_RIGHT})才(?:对|是)[，。,;； ]*"
    rf"(?P<zh_wrong>{_ZH}?)的?(?:那个)?(?:不作数|不算数?|作废|是?[说打讲]错了?|是口误)"
    rf"|(?:说岔|嘴瓢|口误|[说打讲搞弄记]错|不对)[^是]{{0,6}}是(?P<zh_this>{_ZH_RIGHT})"
    rf"[，。,;； ]*而?不是(?P<zh_that>(?:[^，。,;；！!]|{_LISTED}){{1,40}})"
    r"|\b(?:scratch|mistake|wrong|meant?|sorry|oops|actually|my bad|correction)\b[^;]*?"
    r"(?:[:,.] (?:(?:it'?s|i meant?|make it) )?|\b(?:it'?s|meant?|make it) )"
    rf"(?P<en_right>{_EN}?)(?: i'?m after)?,?"
    rf" (?:rather than|instead of|(?:and )?not) (?:the )?(?P<en_wrong>{_EN})$"
    r"|\b(?:change|switch|swap|replace)(?: out)? (?:the |that |my )?"
    rf"(?P<en_old>{_EN_PLAIN}?) (?:to|for|with|into|by) (?:the |that )?(?P<en_new>{_EN_PLAIN})"
)
_SWAP_GROUPS = (
    ("zh_old", "zh_new"),
    ("zh_wrong", "zh_right"),
    ("zh_that", "zh_this"),
    ("en_old", "en_new"),
    ("en_wrong", "en_right"),
)
_SWAPPED = frozenset({"brand", "color", "material", "pattern", "feature", "gender", "season"})
_ABOUT_ONE = re.compile(
    r"[这那](?:个|款|双|件|台|条|些)|网上|收到|质量|寄|发来|\b(?:this|these|it) (?:is|are)\b"
    r"|\bis (?:it|this|that)\b|\bsent\b|\barrived\b|\bgot\b|\bnot (?:just|only)\b"
)
"""Words by which a mistake is one of the shop, or a question about what is shown."""
_NUMBERED = frozenset({"price", "measure", "size"})
_NOUNS = frozenset({"product_type", "attribute"})
_ENDING = re.compile(r"(?:家?的|[吧啊呀哦了吗]|[ .]|please|thanks|instead| ones?)+$")
_BOUGHT = re.compile(
    r"\b(?:orders?|ordered|bought|purchased|cart|basket)\b|订单|下单|(?<![想要])[买购订]的|购物车"
)
"""What is changed there is a thing, and no value of a search."""


def with_demands(
    prepared: Shape,
    slots: Sequence[Slot],
    language: Language,
    vocabulary: Words,
    running: bool = False,
) -> tuple[Slot, ...]:
    """The slots with a feature for each noun that must not be missing: 麦克风这条不能少.

    A microphone that a headset must have is no kind of product, and nothing is asked about it. Nor
    is one that is added to a search which is ``running``: "oh, and a microphone", or named in a
    clause of its own behind the kind that is looked for: "a headset, black, microphone". A name
    that nobody knows is a brand or a feature there: 另外最好束夹家的.
    """
    return tuple(
        _demanded(prepared, slot, language, vocabulary, running, _is_beside(prepared, slot, slots))
        for slot in slots
    )


def _is_beside(prepared: Shape, slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether a noun is a clause of its own behind a kind and other wishes for that."""
    kinds = [one for one in slots if one.name == "product_type" and one.resolved is not None]
    wishes = [one for one in slots if one.name not in _NOUNS and one.end <= slot.start]
    if not kinds or not any(one.start >= kinds[0].end for one in wishes):
        return False
    text = prepared.aligned
    alone = _OWN_CLAUSE.fullmatch(text, 0, slot.start) and _CLAUSE_END.match(text, slot.end)
    return slot != kinds[0] and alone is not None


_OWN_CLAUSE = re.compile(r".*[,，] ?(?:with |having )?(?:an? )?(?:[得要]?[带有])?")
_CLAUSE_END = re.compile(r"的? ?(?:[,，.。!！]|$)")


def _demanded(
    prepared: Shape,
    slot: Slot,
    language: Language,
    vocabulary: Words,
    running: bool,
    beside: bool,
) -> Slot:
    if slot.name == "feature" and slot.resolved is None:
        if running and slot.raw.endswith(("家", "牌")) and is_added(prepared.aligned):
            return _added(_whole_name(prepared, slot))
        return _insisted(prepared, slot, language, vocabulary)
    if slot.name not in _NOUNS:
        return slot
    before = prepared.aligned[: slot.start]
    added = beside or (running and _ADDING.fullmatch(before)) or MUST_BE.search(before)
    unknown = running and slot.name == "product_type" and slot.resolved is None
    left = _added(slot) if unknown and is_added(prepared.aligned) else slot
    if not (added and not _is_shelf(slot)) and not A_MUST.match(prepared.aligned, slot.end):
        return left
    value, resolved, score = resolve_words("feature", slot.raw, language, vocabulary)
    had = isinstance(resolved, FlagConstraint)  # "and some milk" asks for milk, and no flavour
    if resolved is None or not (had or A_MUST.match(prepared.aligned, slot.end)):
        return left
    return replace(
        slot, name="feature", value=value, role="include", resolved=resolved, score=score
    )


def _insisted(prepared: Shape, slot: Slot, language: Language, vocabulary: Words) -> Slot:
    """A feature that must not be missing, with what it demands, though no such thing has it."""
    if not A_MUST.match(prepared.aligned, slot.end):
        return slot
    value, resolved, score = resolve_words("feature", slot.raw, language, vocabulary)
    return slot if resolved is None else replace(slot, value=value, resolved=resolved, score=score)


def _added(slot: Slot) -> Slot:
    """A name that nobody knows, added to what is looked for, is no other thing to look for."""
    house = HOUSE.search(slot.raw) is not None
    return replace(slot, name="brand" if house else "feature", value=HOUSE.sub("", slot.raw))


def _whole_name(prepared: Shape, slot: Slot) -> Slot:
    """A name from where its lead-in ends: 束夹家 in 最好束夹家的, though a model hears 夹家."""
    begins = _ADDED.match(prepared.aligned)
    start = begins.end() if begins and begins.end() < slot.start else slot.start
    raw = prepared.raw[start : slot.end]
    return replace(slot, start=start, raw=raw) if _NAME.fullmatch(raw) else slot


_NAME = re.compile(r"[^\W的是要有带能]{2,6}")


def is_added(aligned: str) -> bool:
    """Whether a message adds to what is looked for, whatever it says: 另外最好束夹家的.

    最好的 is the best there is, and who says "find me" looks for another thing.
    """
    return _ADDED.match(aligned) is not None and _SOUGHT.search(aligned) is None


_ADDED = re.compile(
    r"(?:oh|hm+|well|ok|okay)?[, ]*(?:(?:and|also|plus)[, ]+)?(?:preferably|ideally) "
    r"|(?:[哦噢啊嗯对了,， ])*(?:另外|还有|而且|再)?(?:最好|尽量)"
    r"(?![的看用吃玩喝听穿卖闻写骑开养学拍坐睡洗弹])"
)
_SOUGHT = re.compile(
    r"[找换买]|看看|给我|来[个点件双]|推荐|有没有|想要"
    r"|\b(?:find|show|get|see|buy|want|need|looking for|like|instead|recommend)\b"
)


_ADDING = re.compile(
    r"(?:oh|hm+|well|ok|okay)?[, ]*(?:and|also|plus)[, ]+(?:also |preferably |ideally )?"
    r"(?:with |has |having )?(?:an? |the |some )?"
    r"|i(?: was| had been| am|'m) (?:picturing|imagining) (?:it|one)(?: with| having)? (?:an? )?"
    r"|(?:[哦噢啊嗯对了,， ])*(?:另外|还有|再|而且)(?:最好|还|也)*(?:[得的德]|要|带|有)*"
)
"""How a message begins that adds to what was asked for."""


def _is_shelf(slot: Slot) -> bool:
    """Whether the shop has a shelf of that very name, or the words do not name a product."""
    return fold(slot.raw) in value_texts(slot)


_CONCEDED = re.compile(
    r"(?: ones?)?(?: (?:is|are|would be))? (?:also |perfectly |totally |just )?"
    r"(?:fine|ok|okay|alright|all right|no problem|not a problem|acceptable)\b(?: too| as well)?"
    r"|(?:一?[点些])?的?话?(?:也|都)(?:行|可以|没关系|无所谓|没事|不要紧)"
)


def without_concessions(prepared: Shape, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots without comparisons that merely allow something, where more is said.

    "Heavier is fine too, I want more cushioning" asks for nothing heavier; alone it would.
    """
    if not any(slot.name in _SWAPPED | _NUMBERED for slot in slots):
        return tuple(slots)
    return tuple(
        slot
        for slot in slots
        if slot.name != "comparative" or not _CONCEDED.match(prepared.aligned, slot.end)
    )


def without_guesses(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots without kinds of products that nobody knows and the model hardly believes in.

    For a search that is running, which a misspelt word shall not end: 阶口要DisplayPort的. Nor does
    one name another brand that stands right behind a value: 纯色徒案的.
    """
    known = [slot for slot in slots if slot.resolved is not None]
    ends = {slot.end for slot in known if slot.name != "product_type"}
    return tuple(
        slot
        for slot in slots
        if slot in known
        or (
            (slot.name != "product_type" or slot.score >= _BELIEVED)
            and (slot.name != "brand" or slot.start not in ends)
        )
    )


_BELIEVED = 0.1


def with_swap(
    prepared: Shape, slots: Sequence[Slot], language: Language, vocabulary: Words
) -> tuple[Slot, ...]:
    """The slots with what one value is changed to in the place of both: 把黑色改成白色.

    "Change the address to …" names no value, and is left alone.
    """
    found = swap_said(prepared.aligned)
    if found is None:
        return tuple(slots)
    (old_start, old_end), (start, end) = found
    if any(s.name == "product_type" and s.end <= min(old_start, start) for s in slots):
        return tuple(slots)  # a request of its own, which says what it does not want
    raw = prepared.raw[start:end]
    inside = [s for s in slots if old_start <= s.start and s.end <= old_end]
    numbered = {one.name for one in inside} & _NUMBERED
    if any(one.name in numbered and start <= one.start < one.end <= end for one in slots):
        return tuple(slot for slot in slots if slot not in inside)
    said = [slot.name for slot in inside if slot.name != "attribute"]
    heard = next((one for one in said if one in _SWAPPED), None)
    new, old = prepared.slot(heard or "", raw, start, end), prepared.raw[old_start:old_end]
    swapped = _named_beside(new, old, vocabulary)
    right = [s for s in slots if s.name in said and s.resolved and start <= s.start <= s.end <= end]
    if swapped is None and right and right[-1].name in _SWAPPED:
        chosen = right[-1]
        kept = (replace(s, role="include") if s is chosen else s for s in slots)
        return tuple(slot for slot in kept if slot not in inside)
    swapped = swapped or _swapped(new, old, language, vocabulary)
    if swapped is None:
        return tuple(slots)
    first, last = min(old_start, start), max(old_end, end)
    others = (s for s in slots if s.end <= first or s.start >= last)
    return tuple(sorted((*others, swapped), key=lambda slot: slot.start))


def _swapped(new: Slot, old: str, language: Language, vocabulary: Words) -> Slot | None:
    """What takes the place of ``old``; ``None`` where the catalogue knows nothing of the kind.

    Args:
        new: the words, under the name that is heard of the old ones, or "" for none.
        old: the words whose place they take.
        language: the message's language.
        vocabulary: the catalogue's words.
    """
    for name in (new.name,) if new.name else ("brand", "feature"):
        value, resolved, score = resolve_words(name, new.raw, language, vocabulary)
        if resolved is None or score <= UNRESOLVED:
            continue
        before = resolve_words(name, old, language, vocabulary)[1]
        if new.name or (before is not None and before.name == resolved.name):
            return replace(new, name=name, value=value, score=score, resolved=resolved)
    return None


def _named_beside(new: Slot, old: str, vocabulary: Words) -> Slot | None:
    """What takes the place of ``old`` where one attribute alone has both: S-Video and VGA."""
    match = vocabulary.instead(new.raw, old)
    if match is None or new.name not in ("", match.name):
        return None
    constraint, score = match.constraint, match.score
    return replace(new, name=match.name, value=match.value, score=score, resolved=constraint)


def corrects(intents: Sequence[Intent]) -> bool:
    """Whether what is meant can change a wish: no address, whatever a brand sounds like."""
    return any(intent.name in _CORRECTING for intent in intents)


_CORRECTING = frozenset({"correct_previous", "refine_search", "search_product"})


def without_swapped(prepared: Shape, known: Sequence[Slot]) -> tuple[Slot, ...]:
    """What is known of a text but for what :func:`swap_said` finds in the place to be changed."""
    found = swap_said(prepared.aligned)
    if found is None:
        return tuple(known)
    (start, end), _ = found
    return tuple(slot for slot in known if slot.end <= start or end <= slot.start)


def swap_said(aligned: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where a text names what is to be changed, and what into; ``None`` where it does not."""
    match = _SWAP.search(aligned)
    if match is None or _BOUGHT.search(aligned):
        return None
    if (match["zh_this"] or match["en_right"]) and _ABOUT_ONE.search(aligned):
        return None
    old, right = next(pair for pair in _SWAP_GROUPS if match[pair[0]])
    new = match.start(right)
    end = new + len(_ENDING.sub("", match[right]))
    return match.span(old), (new, end)
