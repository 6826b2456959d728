"""What somebody likes, in a message that looks for a gift: "he's into fishing and coffee". Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.types import DialogueState
from intents.numbers import align
from intents.types import Intent, NLUResult, Slot
from intents.values.feasts import FEASTS

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
_OWN_FEAST = re.compile(
    r"\b(?:birthdays?|anniversar\w+|weddings?|engagement|graduation|housewarming|new home"
    r"|retirement|farewell|christening|(?:baby|bridal) shower|hanukkah|diwali|eid)\b"
    r"|生日|大寿|纪念日|周年|婚礼|结婚|订婚|毕业|升学|满月|百[日天]|周岁|乔迁|搬新?家|入伙|退休|重阳|新年"
    r"|光棍节|复活节"
)
"""Days that people celebrate beside those that the calendar has for all."""
_LONGEST = 24
_MORE = re.compile(
    r"\b(?:more|other|others|another|anything|something|else)\b|再|还有|别的|其他|其它|有没有|多来"
)
_ELSEWHERE = frozenset({"recipient", "reference", "price"})
_MAY_ASK_ON = frozenset(
    {"find_complement", "find_similar", "show_more", "recommend_product", "search_product"}
    | {"refine_search", "ask_availability", "find_gift"}
)


_NOTHING = re.compile(
    r"(?:\W|\b(?:an?|some|the|good|nice|little|small|gifts?|presents?|idea|ideas|for|find|buy|me|help"
    r"|someone|somebody|something|special)\b|[挑选买送想要找个份件点些的人一小好过啥给]|礼物|礼品|东西|推荐|什么|合适|适合)*"
)
"""Words for search that say nothing of what the gift should be."""
_BABY = re.compile(
    r"\b(?:just |recently )?(?:ha[ds]|have|having|expecting|welcom(?:ed|ing)) "
    r"(?:a |an? \w+ |their |her |his )?(?P<en>baby|newborn)\b"
    r"|生了?(?:个|一个)?(?P<zh>宝宝)",
    re.IGNORECASE,
)
"""Whoever has one is given things for it."""


def says_nothing(words: str) -> bool:
    """Whether words for search say nothing of what the gift should be."""
    return _NOTHING.fullmatch(words) is not None


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
    heard = nlu.slots or tuple(_sides(nlu.text))
    asks_on = _MORE.search(nlu.text.lower()) and interests(heard)
    if not asks_on or any(slot.name in _ELSEWHERE for slot in nlu.slots):
        return nlu
    nlu = replace(nlu, slots=heard, intents=(Intent("find_gift", 0.9),), out_of_scope=False)
    return _with_likes(nlu)


_SIDE = re.compile(
    r"^(?P<zh>[\u4e00-\u9fff]{2,6}?)(?:那|这)(?:一?方面|一?块|边|类)儿?的?"
    r"|\bthe (?P<en>[a-z]+(?: [a-z]+)?) (?:side|front)\b",
    re.IGNORECASE,
)


def _sides(text: str) -> Iterator[Slot]:
    """The thing liked that is asked on for, where no slot has heard it: 做饭那方面的再来几个."""
    for match in _SIDE.finditer(text):
        start, end = match.span("zh" if match["zh"] else "en")
        yield Slot("feature", text[start:end], text[start:end], start=start, end=end)


def interests(slots: tuple[Slot, ...]) -> tuple[str, ...]:
    """What is liked, in the shopper's words: kinds of products, and what has no other name."""
    return tuple(
        dict.fromkeys(
            slot.raw
            for slot in slots
            if slot.role == "include"
            and (slot.name == "product_type" or (slot.name == "feature" and slot.resolved is None))
            and not _is_feast(slot.raw, whole=slot.name == "product_type")
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
    return slot.name == "occasion" and slot.resolved is None and not _is_feast(slot.raw)


def _is_feast(words: str, whole: bool = False) -> bool:
    """Whether words name what is celebrated and not liked: "my dad's birthday", 母亲节.

    A kind of product may be made for one, and is liked: 中秋月饼, a "Halloween costume".
    """
    said = align(words)
    return any(one.fullmatch(said) if whole else one.search(said) for one in _FEASTS)


_FEASTS = (_OWN_FEAST, *(pattern for pattern, _ in FEASTS))


def _liked(text: str) -> Iterator[Slot]:
    """Every thing that is said to be liked, where it stands; a new baby is."""
    for match in _BABY.finditer(text):
        start, end = match.span("zh" if match["zh"] else "en")
        yield Slot("feature", text[start:end], text[start:end], start=start, end=end)
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
