"""The words of a text that no slot accounts for: for search, and for rules."""

import re
from collections.abc import Iterable, Sequence

from intents.shape import Shape
from intents.types import Slot, is_body
from intents.values.demands import A_MUST
from intents.values.discounts import is_discount

_NEVER_SEARCHED = frozenset(
    {
        "price", "rating", "quantity", "order_id", "email", "phone", "postal_code", "date",
        "person", "reference", "comparative", "sort_key", "size", "attribute",
    }
)  # fmt: skip

_EDGE_EN = (
    r"hi|hello|hey|yo|good|morning|afternoon|evening|there|i|im|i'm|i'd|i've|i'll|we|we're"
    r"|we'd|am|looking"
    r"|look|for|want|wanna|need|would|to|buy|get|purchase|find|finding|show|give|me|us|do"
    r"|does|did|you|u|ur"
    r"|your|have|has|had|sell|selling|carry|stock|got|any|anything|something|some|a|an|the"
    r"|is|are|was|be"
    r"|can|could|will|should|may|please|pls|plz|like|love|search|searching|browse|see|of|my"
    r"|and|or|but"
    r"|also|just|only|in|with|without|that|which|what|whats|what's|so|then|ok|okay|oh|um"
    r"|well|actually|maybe"
    r"|thanks|thank|thx|cheers|it|its|it's|this|these|those|them|they|one|ones|at|on|by|from"
    r"|as|about|if|not|no"
    r"|more|other|else|another|different|instead|else|really|very|too|help|recommend|suggest"
    r"|pick|choose|begin|start|again|walk|through|saying"
    r"|non|except|said|say|meant|mean|gonna|interested|after|available|possible|preferably|ideally|make|hey|dear|sir|how"
    r"|much|where|when"
    r"|who|why|hate|up|down|out|now|today|budget|price|priced|prices|cost|costs|costing|don't"
    r"|dont|want|go|let|let's|lets|things?|stuff|items?|products?|(?:whole|entire) (?:shop|store)"
)
_EDGE_ZH = (
    rf"{A_MUST.pattern}|你好|您好|哈喽|嗨|亲亲?|在吗|请问一?下?|请|麻烦|劳驾|帮我|帮忙|帮|给我|替我|我想要?买?"
    r"|我要买?|我需要|我|想要?买?"
    r"|想看看?|要买|要(?!素)|买(?!手)|来(?!电)|找(?:一?下|找)?|搜(?:一?下|索)?|查(?:一?下)?"
    r"|看看|看一?下|看(?!书|板)|有没有|有木有|有无|有没|有(?!机|线|氧|色|声)"
    r"|还有|没有|没|推荐(?:一?下|几款|个)?|介绍(?:一?下)?|选(?:一?下)?|换成|换(?:个|一个|款"
    r"|双|件)?|需要|求|你们?家?(?:店里?)?|店里|家里有|咱们?|这里|这边|卖(?:不卖)?"
    r"|能不能|可不可以|可以|能|行不行|行|好不好|好的?|吧|吗|嘛|么|呢|啊|呀|哦|噢|哈|啦|了|呗"
    r"|喔|哟|的话|的|得|地|那种|这种|什么样?|啥|哪些|哪种|哪款|一些|一点|一下"
    r"|[一几][个款双件台条部本瓶盒包套份张把支种](?!性|人)|个(?!性|人)|款(?!式)|些|都|就|也"
    r"|还|再|先|那|这|和|跟|与|或者?|以及|但是?|不过|最好|尽量|谢谢|谢了|多谢|预算|价格|价位"
    r"|说?回正题|另外|此外|添置?|挑(?!战)|逛逛?"
    r"|价钱|多少钱|几块钱|什么价|怎么卖|讨厌|说的?是?|东西|商品|(?<![\u4e00-\u9fff])用品|全店|整个店|不要|别|不|用|给|是|送(?!礼)|适合|除了?|任何|都行|都可以"
)
_LEADING = re.compile(
    rf"^(?:['’]s(?![a-z0-9])|[\W_]+|(?:{_EDGE_EN})(?![a-z0-9'’-])|(?:{_EDGE_ZH}))+"
)
_TRAILING = re.compile(rf"(?:[\W_]+|(?<![a-z'’-])(?:{_EDGE_EN})|(?:{_EDGE_ZH}))+$")


def search_words(prepared: Shape, slots: Sequence[Slot]) -> str:
    """What is left for product search, in the order of the text.

    Product types stay, and so do words that nothing resolved: they are what search can still
    use. Values that became constraints go (colours, brands, measures the catalogue knows), so do
    prices, sizes, orders, references, everything refused, and courtesy and filler at the edges
    of what remains ("hi, I need …", 有没有…).
    """
    kept = [slot for slot in slots if _is_searched(slot)]
    dropped = [slot for slot in slots if not _is_searched(slot)]
    pieces, last = [], 0
    for start, end, keep in _apart(kept, dropped):
        pieces.append(_trim(prepared.raw[last:start]))
        if keep:
            pieces.append(prepared.raw[start:end])
        last = max(last, end)
    pieces.append(_trim(prepared.raw[last:]))
    return " ".join(piece for piece in pieces if piece)


def leftover(prepared: Shape, slots: Iterable[Slot]) -> str:
    """What neither slots nor courtesy account for; "" for a text that is nothing but values.

    Stricter than :func:`search_words`: question words and verbs that ask for an act remain.
    """
    text = list(prepared.aligned)
    for slot in slots:
        text[slot.start : slot.end] = "," * (slot.end - slot.start)
    rest = "".join(text)
    # "Do you have X?" asks for X alone; any other question with 吗 asks something of it.
    rest = _HAVE_YOU.sub(r"\1", rest)
    return _COURTESY.sub("", rest).strip()


_HAVE_YOU = re.compile(r"^((?:你们?家?|店里)?(?:还|也)?(?:有|卖),+)[吗么][?？]?$")


_COURTESY = re.compile(
    r"(?<![a-z'’-])(?:hi|hello|hey|please|pls|plz|thanks|thx|ok|okay|oh|um|hmm|well|and|or"
    r"|but|then|so|actually"
    r"|i|im|i'm|i'd|we|we'd|want|need|would|like|looking|for|after|something|some|any"
    r"|anything|a|an|the|one|ones"
    r"|show|me|find|in|with|of|to|do|you|have|got|sell|ideally|preferably|maybe|just|only|if"
    r"|possible|bit|made"
    r"|from|by|at|under|not|no|without|is fine|are fine)(?![a-z0-9'’-])"
    r"|你好|您好|亲|请问|麻烦|帮我找|帮我|给我找|给我看看?|给我|有没有|有(?!货)|我想要?买?"
    r"|我要买?|想要?买?|要买?|买|找|来|看看|逛逛|逛一逛|瞧瞧|瞅瞅|添置?|换成|换|就|只|那种|这种|这样的?"
    r"|都行|都可以|也行|就行|就好|即可|不要|除了?|别的?|或者?|和|跟|最好|另外|此外"
    r"|一[个双款件台条部只瓶张套]|个|双|款|件|的|吧|呢|啊|呀|哦|嘛|哈|谢谢|[\W_]"
)


def _is_searched(slot: Slot) -> bool:
    if slot.role != "include" or slot.name in _NEVER_SEARCHED:
        return False
    told = not is_body(slot) and not is_discount(slot)
    return slot.name == "product_type" or (slot.resolved is None and told)


def _apart(kept: Iterable[Slot], dropped: Iterable[Slot]) -> list[tuple[int, int, bool]]:
    """Spans in order without overlaps; where one word says two things, keeping wins."""
    spans: list[tuple[int, int, bool]] = []
    for slots, keep in ((kept, True), (dropped, False)):
        for slot in slots:
            if all(slot.end <= start or slot.start >= end for start, end, _ in spans):
                spans.append((slot.start, slot.end, keep))
    return sorted(spans)


def _trim(words: str) -> str:
    """The words without filler at either edge; case is kept."""
    lowered = words.lower()
    if len(lowered) != len(words):
        lowered = words
    head = _LEADING.match(lowered)
    start = head.end() if head else 0
    tail = _TRAILING.search(lowered[start:])
    end = start + tail.start() if tail else len(words)
    return words[start:end].strip()
