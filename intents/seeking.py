"""A shelf of the shop that the words around it ask for, however short its name: 要添包."""

import re

from intents.types import Slot

_BEFORE = re.compile(
    r"(?<![不别没是购])(?:想?要|买|找|挑|添|添置|选|淘|看看?|逛逛?|瞧瞧|瞅瞅)(?:[个款点些]|一[个款点些])?$"
)
_BEFORE_EN = re.compile(
    r"\b(?:(?:after|market for|looking for|need|want|buy|get|find|show me|do with)"
    r"(?: (?:some|any|all|an?|new|your))*|(?:browse|see|through)(?: (?:some|any|all|your|the))*) $"
)
_AFTER = re.compile(
    r"的?[吧呢啊呀哈]?(?: (?:today|please|section|products|items|stuff))*"
    r"\s*(?:[，,。.!！?？;；、]|$)"
)
_RANGE = re.compile(
    r"(?:这|那)?(?:块儿?|边儿?|类|方面|一块儿?)?(?:里面?|里头)?(?:都|还|你们|店里)*"
    r"(?:[卖有]|在卖)(?:的|些|点|着)*(?:啥|什么|哪些|哪几[种类款])(?:好|新)?"
    r"(?:货|的|款式?|牌子|品牌|种类|推荐|好看)*[吗呢呀啊吧]?\s*(?:[,，。.!！?？;；]|$)"
    r"| (?:is|are) what (?:i'?m|we'?re|i|we) (?:after|want|need|looking for)\b(?! to\b| help)"
    r"|[ ,]*(?:please)?[ ,]*what(?:'?s| is| are| have| do| kinds?| sorts?)\b"
    r"(?:(?!\b(?:cost|price|shipping|returns?|warranty|polic\w+|box)\b)[^?])*"
    r"\b(?:shelf|shelves|got|have|stock|carry|sell|there|on offer|available)\b"
)
_WHAT = re.compile(r"\bwhat(?: (?:kinds?|sorts?|types?) of)? $")
_CARRIED = re.compile(
    r" (?:do )?(?:you|u)(?: guys)?(?:'ve| have| actually| currently)?"
    r" (?:carry|sell|stock|have|got|offer)\b"
)
"""What stands around a kind in "let me see what snacks you carry"."""
_POLITE = re.compile(r"\W*(?:please|pls|plz)\b\W*")
_SHOWN = re.compile(
    r"[这那第][一二两三四五几\d]?[个款双件台条只部瓶包些]?$|(?:我|刚)[^，。]{0,6}的$|里$"
    r"|\b(?:this|that|these|those|the|my|i bought)\b[^,.;]*$"
)
"""What stands before a thing that is shown or owned, which is asked about and not sought."""


def is_sought(aligned: str, slot: Slot) -> bool:
    """Whether a kind that the shop has is what the words before or behind it are after.

    Args:
        aligned: the text of the message, see :attr:`intents.shape.Shape.aligned`.
        slot: one of its slots.
    """
    if slot.name != "product_type" or slot.resolved is None or slot.role != "include":
        return False
    before = aligned[: slot.start]
    if asks_range(aligned, slot) or _is_asked_politely(aligned, slot):
        return True
    sought = _BEFORE.search(before) or _BEFORE_EN.search(before)
    return bool(sought and _AFTER.match(aligned, slot.end))


def _is_asked_politely(aligned: str, slot: Slot) -> bool:
    """Whether a kind is asked for politely, and nothing else is said: "audio, please"."""
    polite = _POLITE.fullmatch(aligned, slot.end)
    return polite is not None and not aligned[: slot.start].strip()


def asks_range(aligned: str, slot: Slot) -> bool:
    """Whether the words around a kind ask what there is of it: 包这块儿都卖些啥."""
    before = aligned[: slot.start]
    if _WHAT.search(before) and _CARRIED.match(aligned, slot.end):
        return True
    return _RANGE.match(aligned, slot.end) is not None and not _SHOWN.search(before)


def came_for(aligned: str, slot: Slot) -> bool:
    """Whether a kind is said to be what one has come for: 说回正题，我是来挑包的."""
    return _COME.search(aligned[: slot.start]) is not None


_COME = re.compile(
    r"[我咱]们?(?:今天|这次|这回)?(?:就|只|本来|其实)?是?(?:专门|特地)?来(?:买|找|挑|选|淘|看|逛)(?:[个款点些]|一[个款点些])?$"
    r"|\bi(?:'m| am|'ve| have)? (?:really |just |only |actually )?(?:came|come|here)"
    r" (?:here )?(?:for|to (?:buy|get|find|look for|shop for))(?: (?:some|an?|new|your))* $"
)
