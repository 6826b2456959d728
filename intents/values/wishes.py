"""Wishes relative to what was shown, orders of a list, and star ratings."""

import re
from decimal import Decimal

from catalog.types import SortKey
from intents.shape import NUMBER, Shape, shape
from intents.types import Slot
from intents.values.bounds import compile_bounds, find_bounds, limits
from intents.values.superlatives import SUPERLATIVES

_BIT = r"(?:一?点儿?|一?些|一?丢丢)"
_OPPOSITE = {"便宜": "贵", "贵": "便宜", "大": "小", "小": "大", "轻": "重"}
_MORE = r"(?:更|再|稍微?|还要|还有|比较)"


def _relative(word: str, size: str = "") -> str:
    """The Chinese comparatives of an adjective: 更便宜, 便宜点, 再便宜一些, 大一号."""
    tail = rf"|再?{size}[一两]个?[号码]" if size else ""
    other = _OPPOSITE.get(word, word)
    tail += rf"|又{word}|没(?:那么|这么){other}"
    return rf"{_MORE}{word}(?:的?{_BIT}|的)?|{word}{_BIT}{tail}"


def _excess(word: str) -> str:
    """The complaints that ask for the opposite: 太贵了, 有点重."""
    return (
        rf"(?:太|有点儿?|有些|偏|(?<!最)好){word}了?|{word}了(?:一?点|一?些)|(?:^"
        rf"|[,。，]){word}了(?=$|[,。!，])"
    )


_COMPARATIVES: tuple[tuple[str, str, str], ...] = (
    (
        "cheaper",
        r"cheaper|less expensive|lower[- ]priced|(?:at |for )?an? lower price"
        r"|more affordable"
        r"|(?:bit |little )?(?:too|so|very|pretty|quite) (?:expensive|pricey|dear|costly)"
        r"|too much(?: money| for me|$)"
        r"|not (?:so|as|too|that) (?:expensive|pricey)|less pricey|(?:save|cost)s? less"
        r"|out of my budget|save me (?:some|a bit of|a little) money|(?:too|so) dear"
        r"|(?:down|lower) in price|(?:bit |little |rather |quite )(?:steep|pricey)|steep for me",
        rf"{_relative('便宜')}|(?:换|来|给我)[一个款双件台]*便宜的|{_relative('实惠')}"
        rf"|{_relative('平价')}|{_excess('贵')}|超预算"
        r"|(?:价格|价位|价钱)(?:再|更|往下)*[低降](?:一?点|一?些|一?降|低)|别那么贵"
        r"|不要?(?:那么|这么|太)贵|省(?:一?点儿?|一?些)钱|(?:价格|价位|价钱)(?:有点|太|真)?肉疼",
    ),
    (
        "more_expensive",
        r"more expensive|pricier|dearer|higher[- ](?:end|priced)"
        r"|more (?:premium|luxurious|upmarket)"
        r"|fancier|posher|(?:bit )?higher in price",
        rf"(?<!不)(?:{_relative('贵')}|{_relative('高端')}|{_relative('高档')})",
    ),
    (
        "bigger",
        r"bigger|larger|roomier"
        r"|(?:^|[,.] )(?:family|jumbo|bulk)[- ]?(?:size|pack)(?:ed|s)?(?=$|[,.!])"
        r"|(?:one |a )?sizes? (?:up|bigger|larger)|(?:too|bit|little) small"
        r"|more spacious|oversized? one",
        rf"{_relative('大', '大')}|{_excess('小')}"
        r"|大包装的?(?:那种)?(?=$|[,，。!！])",
    ),
    (
        "smaller",
        r"smaller|more compact|(?:one |a )?sizes? (?:down|smaller)|too (?:big|large|bulky)"
        r"|less bulky",
        rf"{_relative('小', '小')}|{_relative('小巧')}|{_excess('大')}"
        r"|小包装的?(?:那种)?(?=$|[,，。!！])",
    ),
    (
        "lighter",
        r"lighter(?! (?:colou?r|shade|blue|green|red|pink|grey|gray|brown|tone))|less heavy"
        r"|too heavy",
        rf"{_relative('轻')}|{_relative('轻便')}|{_relative('轻薄')}|{_excess('[重沉]')}",
    ),
    (
        "better_rated",
        r"(?:better|higher)[- ](?:rated|reviewed)|(?:an? )?better (?:reviews?|ratings?)"
        r"|(?:an? )?higher ratings?"
        r"|with more (?:good |positive )?reviews",
        r"(?:比[这那它]\S{0,2})?(?:评分|评价|口碑|好评)(?:更|再)(?:高|好|多)(?:一?点|一?些|的)?"
        r"|比[这那它]\S{0,2}(?:评分|评价|口碑|好评)[高好]"
        r"|(?:评分|评价|口碑|好评)(?:高|好|多)(?:一?点|一?些)",
    ),
    (
        "newer",
        r"newer|more recent(?: (?:one|model|version))?|later (?:model|version)"
        r"|more up[- ]to[- ]date",
        rf"{_MORE.replace('更|', '')}新(?:的?{_BIT}|的)?|更新(?=的|款|一?点|$)(?:的|款的?"
        rf"|一?点的?)?|新(?:一?点|一?些|款一?点)",
    ),
)
_COMPARATIVE = tuple(
    (
        name,
        re.compile(
            rf"(?:even |much |a (?:bit|little) |something )?(?<![a-z])(?:{english})(?![a-z])"
            rf"|(?:{chinese})"
        ),
    )
    for name, english, chinese in _COMPARATIVES
)

_BY = (
    r"(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?|arrange[d]?)(?: (?:them|these|it|results"
    r"|the (?:results|list)))? (?:by|from|on)"
)
_FIRST = r"(?:(?: one| ones)?(?: (?:first|on top))?)"
_SORTS: tuple[tuple[SortKey, str], ...] = (
    (
        SortKey.PRICE_DESCENDING,
        r"(?:price )?(?:from )?(?:high(?:est)?(?: price)?(?: to |-)low(?:est)?)(?: price)?"
        r"|most expensive"
        rf"{_FIRST}|priciest{_FIRST}|(?:pricey|expensive|dear)(?:est)? ones first"
        rf"|highest price[d]?{_FIRST}|price desc(?:ending)?"
        r"|(?:按?价格?)?[从由](?:高到低|贵到便宜)|(?:价格?)?(?:降序|由高到低)|最贵的?(?:在前|优先)?"
        r"|高价(?:优先|在前)|贵的(?:排?在?前面?|优先|先)"
        r"|(?:按)?价格降序",
    ),
    (
        SortKey.PRICE_ASCENDING,
        rf"(?:price )?(?:from )?(?:low(?:est)?(?: price)?(?: to |-)high(?:est)?)(?: price)?"
        rf"|cheapest{_FIRST}"
        rf"|lowest[- ]price[d]?{_FIRST}|least expensive{_FIRST}|most affordable{_FIRST}|{_BY} price"
        r"|price asc(?:ending)?|cheap(?:er)? (?:ones )?first|lowest price|cheap|inexpensive"
        r"|affordable"
        r"|(?:按?价格?)?[从由](?:低到高|便宜到贵|平到贵)|(?:价格?)?(?:升序|由低到高)"
        r"|低价(?:优先|在前)|价格?低的?(?:排?在?[前上]面?|优先)"
        r"|按(?:照)?价格?(?:来)?(?:排序?|排列|排一下)?"
        r"|最便宜的?(?:在前|优先|排前面)?|便宜的?(?:在前|优先|排前面|放前面)|最低价的?"
        r"|最实惠的?|价格最低的?"
        r"|(?<!不)便宜的|平价的?|实惠的?|性价比高的?",
    ),
    (
        SortKey.RATING,
        rf"(?:best|top|highest)[- ](?:rated|reviewed){_FIRST}|(?:best|highest) (?:reviews?"
        rf"|ratings?){_FIRST}"
        rf"|{_BY} (?:the )?(?:customer )?(?:ratings?|reviews?|stars?|score)"
        r"|^(?:(?:and|now|then|or) )?by (?:customer )?(?:ratings?|reviews?|stars?)"
        r"|(?:按(?:照)?)(?:好评率?|评分|评价|口碑|星级)(?:来)?(?:高低)?(?:排序?|排列|从高到低)?"
        r"|(?:评分|评价|好评率?|口碑)(?:最[高好多]|优先|在前|从高到低|排序)的?(?:在前|优先"
        r"|排前面)?|好评优先",
    ),
    (
        SortKey.POPULARITY,
        rf"best[- ]?sell(?:ing|ers?){_FIRST}|most popular{_FIRST}|{_BY} (?:popularity|sales"
        rf"|best ?sell\w+)"
        r"|top sell(?:ing|ers?)|trending|number of sales|hottest|most (?:bought|purchased|sold)"
        r"|(?:按(?:照)?)(?:销量|人气|热度|热门)(?:来)?(?:高低)?(?:排序?|排列|从高到低)?"
        r"|(?:销量|人气)(?:最[高好多]|优先|在前|从高到低|排序|高的?(?:在前|优先))的?(?:在前"
        r"|优先|排前面)?"
        r"|最(?:热门|畅销|火|受欢迎|热卖)的?|卖得?最(?:好|多|火)的?|热销的?|热卖的?|爆款|卖得好的?",
    ),
    (
        SortKey.NEWEST,
        rf"(?:newest|latest)(?! (?:order|delivery|news|update)){_FIRST}(?: (?:arrivals?"
        rf"|models?|releases?))?"
        rf"|{_BY} (?:date|newest|newness|release(?: date)?|latest)"
        rf"|most recent(?:ly added)?(?! order){_FIRST}"
        r"|new arrivals?|new(?:er)? ones first"
        r"|按(?:照)?(?:上新|上架|新品|发布|最新)(?:时间)?(?:来)?(?:排序?|排列)?|最新(?!订单"
        r"|进展|消息|物流|状态|动态|优惠)(?:款|上架|上市|到货)?的?(?:在前|优先)?"
        r"|新品(?:优先|在前)?|上新|新款优先|新到的?",
    ),
    (
        SortKey.RELEVANCE,
        rf"{_BY} relevance|reorder by relevance|most relevant{_FIRST}"
        rf"|best match(?:es)?{_FIRST}|综合排序|默认排序|按综合排?序?"
        rf"|按相关度?(?:排序?)?",
    ),
)
_SORT = tuple((key, re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])")) for key, pattern in _SORTS)


THAN_AMOUNT = re.compile(
    rf" than (?:about |around |roughly |some )?(?:us|a|hk)?[$€£¥]? ?(?:rmb ?)?{NUMBER}"
)
"""What makes a comparative the bound of an amount: "lighter than 2 kg"."""


def find_comparatives(shape: Shape) -> list[Slot]:
    """Slots named ``comparative``: "cheaper", 大一号, "too heavy"."""
    found = [
        shape.slot("comparative", name, *match.span())
        for name, pattern in _COMPARATIVE
        for match in pattern.finditer(shape.aligned)
        if not THAN_AMOUNT.match(shape.marked, match.end())
    ]
    return _apart(found)


def find_sort_keys(shape: Shape) -> list[Slot]:
    """Orders of a list and superlatives as slots named ``sort_key``; 比这双便宜的 compares."""
    orders = (*((key.value, pattern) for key, pattern in _SORT), *SUPERLATIVES)
    found = [
        shape.slot("sort_key", order, *match.span())
        for order, pattern in orders
        for match in pattern.finditer(shape.aligned)
        if not _THAN_THAT.search(shape.aligned, 0, match.start())
    ]
    return _apart(found)


_THAN_THAT = re.compile(r"比(?:[这那它第]|刚才)[^，。,;；最]{0,8}$")
"""What makes of 便宜的 a comparison and no order: 比这双."""


_OTHER = re.compile(
    r"(?<![a-z])(?:an)?(?:other|different|more|alternative) (?P<en>colou?rs?|sizes?|brands?|makes?"
    r"|materials?|patterns?|styles?)(?![a-z])"
    r"|(?:别|其他|其它|另外|不同|换)(?:的|一?[个种])?(?:什么)?(?P<zh>颜色|尺码|码数|牌子|品牌|材质|花色|图案|款式)"
)
_KINDS = {
    "colo": "color", "颜色": "color", "size": "size", "尺码": "size", "码数": "size",
    "bran": "brand", "make": "brand", "牌子": "brand", "品牌": "brand",
    "mate": "material", "材质": "material",
    "patt": "pattern", "styl": "pattern", "花色": "pattern", "图案": "pattern", "款式": "pattern",
}  # fmt: skip


def find_others(shape: Shape) -> list[Slot]:
    """What the present product has is refused: "another colour", 别的牌子; the value is ""."""
    return [
        shape.slot(_KINDS[(match["en"] or match["zh"])[:4]], "", *match.span(), "exclude")
        for match in _OTHER.finditer(shape.aligned)
    ]


def _apart(slots: list[Slot]) -> list[Slot]:
    """The slots in order, the longer of two that overlap."""
    kept: list[Slot] = []
    for slot in sorted(slots, key=lambda s: (s.start - s.end, s.start)):
        if all(slot.end <= other.start or slot.start >= other.end for other in kept):
            kept.append(slot)
    return sorted(kept, key=lambda s: s.start)


def _stars(group: int) -> str:
    unit = r"(?: ?-?(?:stars?(?![a-z])|颗?星级?(?:好评)?|分(?=以上|及|或|起|$|的|好评)))"
    half, after = _halves(group)
    return rf"(?P<n{group}>{NUMBER})(?:{half}{unit}{after})" + ("?" if group == 1 else "")


def _rated(group: int) -> str:
    unit = r"(?: ?-?(?:stars?(?![a-z])|颗?星级?|分))"
    half, after = _halves(group)
    return rf"(?P<n{group}>{NUMBER})(?:{half}{unit}{after})?"


def _halves(group: int) -> tuple[str, str]:
    """The half before and behind the unit: "four and a half stars", 四星半."""
    return rf"(?P<h{group}> and a half(?![a-z]))?", rf"(?P<b{group}>半)?"


_RATED = compile_bounds(
    lambda group: _stars(group).removesuffix("?") if group == 1 else _stars(group)
)
_RATED_WORD = re.compile(
    rf"(?:(?<![a-z])(?:rated|ratings?|reviews?|scores?|scored)(?: (?:is|are|of|with|at|above"
    rf"|over|least|at least|more than"
    rf"|higher than|than|better than|from|around))*|(?:评分|星级|评价|好评)(?:要|得|在|是"
    rf"|至少|大于|高于|超过|不低于|达到|>=?)*)"
    rf" ?{_rated(1)}(?: ?(?:\+|以上|及以上|and up|or (?:more|higher|above|better)"
    rf"|and above))?(?![\d.%\ue000])"
)
_BEST = 5
_HALF = Decimal("0.5")


def find_ratings(shape: Shape) -> list[Slot]:
    """The least rating wished for, 1 to 5, as slots named ``rating`` ("4 stars and up")."""
    slots = [
        slot
        for match in _RATED_WORD.finditer(shape.marked)
        if (slot := _rating(shape, match, shape.number(match, "n1").low + _half(match)))
    ]
    rest = shape.without(slots)
    for bound in find_bounds(rest, _RATED):
        number = rest.number(bound.match, "n1")
        said = (number.low + _half(bound.match), number.high + _half(bound.match))
        low, _ = limits(bound.relation, said, said)
        if low is not None and bound.relation != "around":
            slot = _rating(rest, bound.match, low)
            slots += [slot] if slot else []
    return sorted(slots, key=lambda slot: slot.start)


def _half(match: re.Match[str]) -> Decimal:
    return _HALF if match["h1"] or match["b1"] else Decimal(0)


def _rating(shape: Shape, match: re.Match[str], least: Decimal) -> Slot | None:
    if not 1 <= least <= _BEST:
        return None
    return shape.slot("rating", float(least), *match.span())


_STARS = {"一": "1", "两": "2", "二": "2", "三": "3", "四": "4", "五": "5", "满": "5"}
_NUMERAL_OF_STARS = re.compile(rf"[{''.join(_STARS)}](?=颗?[星分])")


def _known(group: int) -> str:
    """A number of stars: "4.2", "5★", "4.2 out of 5", "four and a half stars", 三星半."""
    half = rf"(?P<h{group}> and a half(?![a-z])|(?: ?颗?[星分])?半)"
    unit = rf"(?: ?-?(?:stars?(?![a-z])|★|颗?星级?|分)| ?(?:out of|/) ?(?P<s{group}>{NUMBER}))"
    return rf"(?P<n{group}>{NUMBER}){half}?{unit}?"


_KNOWN = compile_bounds(_known)


def read_ratings(prepared: Shape) -> list[Slot]:
    """The rating that words mean which are known to be one: "4 and up", "over 3.5", 三星半以上.

    An upper bound ("below 3 stars") wishes for no least rating and gives none.
    """
    # 三星 is a brand and 五分 a length of trousers elsewhere.
    said = _NUMERAL_OF_STARS.sub(lambda match: _STARS[match.group()], prepared.aligned)
    known = shape(said)
    for bound in find_bounds(known, _KNOWN):
        if bound.relation == "maximum":
            return []
        match = bound.match
        if match["s1"] and known.number(match, "s1").low != _BEST:
            return []
        least = known.number(match, "n1").low + (_HALF if match["h1"] else 0)
        return [slot] if (slot := _rating(known, match, least)) else []
    return []
