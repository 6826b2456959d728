"""How many: "two pairs", "make it 4", "x3", "来三件", "改成5个"."""

import re
from decimal import Decimal

from intents.shape import NUMBER, Shape
from intents.types import Slot

_SOME = rf"(?<!all )(?<!these )(?<!those )(?<!first )(?<!last )(?P<n>{NUMBER}|\bone\b)"
_EACH = (
    r"pairs?|pieces?|pcs|units?|boxes|box|packs?|packages?|sets?|bottles?|bags?|copies|copy|cans?"
    r"|tubes?|rolls?|cases?|cartons?|items?"
)
_OTHER = (  # what follows a number that counts something else than products to buy
    r"(?![ -]*(?:%|percent|years?|yrs?|months?|weeks?|days?|nights?|hours?|hrs?|minutes?"
    r"|mins?|stars?"
    r"|persons?|people|players?|dollars?|bucks?|usd|euros?|yuan|rmb|kids?|child(?:ren)?|inch(?:es)?"
    r"|sizes?|way|in[ -]one|seater|door|times?|cores?|ports?|pockets?|piece|pack\b|colou?rs?"
    r"|different"
    r"|more (?:options?|results?|choices?)|[$€£¥℃°]|:\d|'|st\b|nd\b|rd\b|th\b|[a-z]*\d))(?![.,]\d)"
)
_CLASSIFIER = r"[个件双条只台部本瓶盒包袋套份箱支把张对副顶枚罐桶片盏颗卷串打]"
_OTHER_ZH = (
    r"(?!人|月|小时|钟头|星期|礼拜|孩子|宝宝|朋友|口袋|颜色|牌子|问题|都|年|选项|哪|怎么|有什么|呢"
    r"|比较|对比|的区别|区别|(?:哪|谁))"
)
_VERBS = (
    r"add|buy|order|take|get(?: me)?|grab|purchase|remove|delete|drop|want|need|give me|have"
    r"|send(?: me)?"
    r"|i'll have|just|only|put|increase(?: it)? (?:to|by)|reduce(?: it)? (?:to|by)|make (?:it|that)"
    r"|change (?:it|that|this)(?: to)|set (?:it|that) to|another|up to(?= \w+ in my cart)"
)
_CHANGES = (
    r"change|set|update|raise|lower|decrease|reduce|increase|bump|drop|bring|adjust|correct"
    r"|turn|take"
    r"|get|put|reset|edit|modify|switch|cut"
)
_VERBS_ZH = (
    r"加|来|拿|要|买|订|添|下单|再加|再来|再要|再买|多加|多要|减|减少|减掉|去掉|删掉|删|拿掉"
    r"|退掉|给我|改成|改为|变成|换成|调成|调到"
    r"|改到|减到|减为|增加到|增加|加到|只要|就要|只买|各|各要|各来|一共|总共|数量"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:quantity|qty)(?: ?(?:to|of|is|:|=|from {NUMBER} to))* ?{_SOME}",
        rf"数量(?:改|换|调|变|设|增|减)?(?:成|为|到|是|:)?(?:{NUMBER}{_CLASSIFIER}?(?:改"
        rf"|换)成)? ?{_SOME}{_CLASSIFIER}?",
        rf"(?:[x×*](?P<n>{NUMBER})|(?P<m>{NUMBER}) ?[x×*])(?![a-z\d.\ue000]| ?\ue000)",
        rf"{_SOME}(?: more)? (?:of (?:them|these|those|it|each|the|this|that)|each\b"
        rf"|more\b(?! (?:options?|results?|choices?)))",
        rf"{_SOME}(?: of| more)? (?:{_EACH})(?! (?:puzzle|set)\b)(?: of\b|(?=[ ,.!?]|$))",
        rf"(?<![a-z])(?:{_CHANGES})\b[^.?!]{{0,40}}?(?: to| at| by| into) (?:just "
        rf"|only )?{_SOME}{_OTHER}(?= ?(?:$|[ ,.!?]))",
        rf"(?<![a-z])(?:should|must|needs? to|has to) (?:be|say) (?:just "
        rf"|only )?{_SOME}{_OTHER}(?= ?(?:$|[ ,.!?]))",
        rf"(?<![a-z])(?:make|get|want|have) (?:the |my )?[a-z]+ {_SOME}(?= ?(?:please|pls"
        rf"|instead)?\W*$)",
        rf"{_SOME}(?= ?(?:instead|is enough|will do|would do|in total|altogether|extra)(?![a-z]))",
        rf"{_SOME}(?=,? (?:and )?not (?:just |only )?(?:{NUMBER}|one)(?= ?(?:$|[ ,.!?])))",
        rf"(?<![a-z])(?:{_VERBS})(?: just| only| another"
        rf"| all)? {_SOME}{_OTHER}(?: more\b)?(?= |$|[,.!?])",
        rf"(?<![这那哪前后第])(?:{_VERBS_ZH})(?:到|了|我|大概"
        rf"|个)? ?(?P<n>{NUMBER}) ?{_CLASSIFIER}{_OTHER_ZH}",
        rf"(?:{_VERBS_ZH}) ?(?P<n>{NUMBER})(?=$|[,。!吧 ]|到购|进购|放)",
        rf"(?:改成|改为|变成|换成|调成|调到|改到|减到|加到|各|x|乘以?) ?(?P<n>{NUMBER})(?=$"
        rf"|[,。!吧 ])",
        rf"(?<![这那哪前后第\ue000\ue001都])(?P<n>{NUMBER}) ?{_CLASSIFIER}(?=$|[,。!吧 ]|加"
        rf"|放|就|够|一起)",
    )
)
_ARTICLE_ZH = re.compile(r"(?:要|买|来|拿|给我|订) ?一[个件双条只台部本把张款种](?=[^,。!?吧 ]+)")
_GREATEST = 100_000
_DOZEN = 12


def find_quantities(shape: Shape) -> list[Slot]:
    """The quantities of a text, as slots named ``quantity`` with whole numbers from 0."""
    slots: list[Slot] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(shape.marked):
            slot = _slot(shape, match)
            if slot and all(slot.end <= s.start or slot.start >= s.end for s in slots):
                slots.append(slot)
    slots += _dozens(shape.without(slots))
    return sorted(slots, key=lambda slot: slot.start)


def _dozens(shape: Shape) -> list[Slot]:
    """Dozens count things to buy wherever they stand: "a dozen eggs", 半打."""
    return [
        shape.slot("quantity", int(number.low), number.start, number.end)
        for number in shape.numbers.values()
        if number.scale == _DOZEN and re.match(NUMBER, shape.marked[number.start :])
    ]


def _slot(shape: Shape, match: re.Match[str]) -> Slot | None:
    """The slot over the number and its classifier; None for an article (买一个蓝牙耳机)."""
    if _ARTICLE_ZH.match(shape.aligned, match.start()):
        return None
    group = "m" if match.groupdict().get("m") else "n"
    word = match[group]
    amount = Decimal(1) if word == "one" else shape.number(match, group).low
    if amount != int(amount) or amount > _GREATEST:
        return None
    start = match.start() if group == "m" else match.start(group)
    return shape.slot("quantity", int(amount), start, match.end())
