"""What somebody likes, in a message that looks for a gift: "he's into fishing and coffee". Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.types import DialogueState
from intents.types import Intent, NLUResult, Slot

_LIKES = re.compile(
    r"(?:\b(?:(?:is|are|she's|he's|they're|really|very|totally) )*"
    r"(?:into|loves?|likes?|enjoys?|adores?|keen on|fond of|(?:crazy|mad|nuts) about"
    r"|obsessed with|interested in|a (?:big |huge )?fan of|hobb(?:y|ies) (?:is|are)"
    r"|interests (?:are|include)) "
    r"|(?:平时|特别|比较|很|最|都|就|也)*(?:喜欢|热爱|迷上了?|痴迷于?|热衷于?|沉迷于?|爱好是?"
    r"|(?<![可恋最亲])爱(?=[玩看听喝吃打跑做逛养钓骑唱画])))"
    r"(?P<what>(?:(?:[a-z'-]+ )?[a-z'-]+(?:, (?:[a-z'-]+ )?[a-z'-]+)+,? (?:and|or) )?"
    r"[^,.!?;:，。！？；：]+)",
    re.IGNORECASE,
)
_NOT_THEIRS = re.compile(
    r"\b(?:i|we|you)(?:['’]d| would| do)?(?: (?:really|also|do))? ?$"
    r"|\b(?:\w+n['’]?t|not|never)(?: (?:really|much|particularly|even))? ?$"
    r"|(?:我|咱们?)$|[不没](?:太|怎么|大|是很|算)?$",
    re.IGNORECASE,
)
"""Before a liking that is the shopper's own wish ("I'd like a gift"), or is none: 不太喜欢."""
_LIST = re.compile(
    r"\s*(?:,\s*(?:and |or )?|&|、|/|\b(?:and|or|plus|as well as)\b|和|跟|与|还有|以及|或者?)\s*"
)
_EDGE = re.compile(
    r"^(?:to |a bit of |all (?:kinds|sorts) of |(?:any|every)thing (?:with |about )?|all things "
    r"|her |his |their |的(?:就是|是))+"
    r"| (?:a lot|very much|so much|and all that|things|stuff|got|any|some|for|with|under)\b.*$"
    r"|(?:什么的|之类的?|这些|那些|的人|的)$"
    r"|的[^的]*(?:[爸妈送买选挑礼]|朋友|同[事学]|老[师公婆人]|孩子|[男女]生).*$"
)
_NO_THING = re.compile(
    r"(?:it|this|that|these|those|when|what|how|if|for|with|no|not|nothing"
    r"|(?:a |the |an? \w+ )?(?:gift|present)s?)\b"
    r"|[的这那哪]|什么|礼物",
    re.IGNORECASE,
)
"""What begins with such a word is no thing that somebody likes."""
_OCCASION = re.compile(
    r"\b(?:birthdays?|anniversar\w+|weddings?|graduation|christmas|xmas|valentine\w*|easter"
    r"|thanksgiving|halloween|hanukkah|diwali|eid|(?:new year|(?:mother|father)'?)s?'? (?:day|eve)"
    r"|housewarming|retirement|christening|(?:baby|bridal) shower)\b"
    r"|生日|大寿|纪念日|婚礼|结婚|订婚|毕业|升学|圣诞|春节|过年|新年|元旦|中秋|端午|国庆|七夕|重阳"
    r"|(?:情人|母亲|父亲|妇女|女神|儿童|教师|光棍)节|满月|百日|周岁|乔迁|退休",
    re.IGNORECASE,
)
"""What is celebrated and not liked, whatever it was taken for: "my dad's birthday"."""
_LONGEST = 24
_MORE = re.compile(
    r"\b(?:more|other|others|another|anything|something|else)\b|再|还有|别的|其他|其它|有没有|多来"
)
_ELSEWHERE = frozenset({"recipient", "reference", "price"})
_MAY_ASK_ON = frozenset(
    {"find_complement", "find_similar", "show_more", "recommend_product", "search_product"}
    | {"refine_search", "ask_availability", "find_gift"}
)


def read_interests(state: DialogueState, nlu: NLUResult) -> NLUResult:
    """The understanding with each thing that somebody likes as a wish of its own.

    Asking on for one of them after gifts were shown looks for gifts again: "more for the coffee
    side", 做饭那方面的再来几个.
    """
    if nlu.text.startswith("/"):
        return nlu
    if nlu.intent == "find_gift":
        return _with_likes(nlu)
    if state.previous_action != "find_gifts" or nlu.intent not in _MAY_ASK_ON:
        return nlu
    asks_on = _MORE.search(nlu.text.lower()) and interests(nlu.slots)
    if not asks_on or any(slot.name in _ELSEWHERE for slot in nlu.slots):
        return nlu
    return replace(_with_likes(nlu), intents=(Intent("find_gift", 0.9),), out_of_scope=False)


def interests(slots: tuple[Slot, ...]) -> tuple[str, ...]:
    """What is liked, in the shopper's words: kinds of products, and what has no other name."""
    return tuple(
        dict.fromkeys(
            slot.raw
            for slot in slots
            if slot.role == "include"
            and (slot.name == "product_type" or (slot.name == "feature" and slot.resolved is None))
            and not _OCCASION.search(slot.raw)
        )
    )


def _with_likes(nlu: NLUResult) -> NLUResult:
    """With "yoga" as a thing that is liked, and no occasion; what no slot has heard is added."""
    slots = tuple(
        replace(slot, name="feature") if _is_pastime(slot) else slot for slot in nlu.slots
    )
    heard = [
        slot
        for slot in _liked(nlu.text)
        if not any(one.start < slot.end and slot.start < one.end for one in slots)
    ]
    return replace(nlu, slots=tuple(sorted((*slots, *heard), key=lambda slot: slot.start)))


def _is_pastime(slot: Slot) -> bool:
    """Whether what it is for names something one does, which no product is marked for, no feast."""
    return slot.name == "occasion" and slot.resolved is None and not _OCCASION.search(slot.raw)


def _liked(text: str) -> Iterator[Slot]:
    """Every thing that is said to be liked, where it stands."""
    for match in _LIKES.finditer(text):
        if _NOT_THEIRS.search(text, 0, match.start()):
            continue
        start = match.start("what")
        for part in _parts(match["what"]):
            named = _EDGE.sub("", part).strip()
            if 1 < len(named) <= _LONGEST and not _NO_THING.match(named):
                at = text.index(named, start)
                yield Slot("feature", named, named, start=at, end=at + len(named))


def _parts(words: str) -> list[str]:
    return [part for part in _LIST.split(words) if part.strip()]
