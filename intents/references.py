"""Products pointed at: "the second one", "the first two", "both", 第一款和第三款, 这个."""

import re

from intents.numbers import Number
from intents.shape import NUMBER, Shape
from intents.types import Reference, Slot
from intents.values.demands import DEMANDS

_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_ORDINALS = {word: place for place, word in enumerate(_ORDINAL_WORDS, start=1)}
_GREATEST = 50
_WORD = "|".join(_ORDINALS)
_TH = r"(?:st|nd|rd|th)"
_NOUN = (
    r"(?: (?:one|ones|item|items|product|products|option|options|choice|result|results|pair"
    r"|model|models"
    r"|version|of (?:them|these|those)))?"
)
_CL = r"(?:个|款|件|双|台|条|种|只|部|本|瓶|张|套|盒|样|把|支|项|箱|家|号|项商品|个商品)"
_ORDINAL = rf"(?:{_WORD}|{NUMBER}{_TH}(?![a-z]))"
_PLACE_ZH = rf"第 ?{NUMBER}{_CL}?"
_AND = r"(?: ?(?:,|，|、|&|\+|/|and|or|with|和|跟|与|还有|及|以及|或) ?)+(?:the )?"
_NUMBERED = (
    rf"(?:(?:number|no\.?|nr\.?|option|item|product|#) ?{NUMBER}|(?:number|option|item) one)(?!\w)"
)
_NOT_OF = (
    r"(?! (?:time|order|day|week|month|name|page|floor|half|hand|chance|place|class|aid"
    r"|person|thing|of all|delivery))"
)

_LAST_N = re.compile(
    rf"(?<![a-z])(?:the )?last (?P<n>{NUMBER})(?! (?:days?|weeks?|months?|years?|orders?"
    rf"|times?)){_NOUN}(?![a-z])|最后(?P<m>{NUMBER}){_CL}"
)
_FIRST_N = re.compile(
    rf"(?<![a-z])(?:the )?(?:first|top) (?P<n>{NUMBER})(?! (?:days?|weeks?|months?|years?"
    rf"|orders?|times?)){_NOUN}(?![a-z])"
    rf"|[前头] ?(?P<m>{NUMBER}){_CL}?(?!天|年|个月|页|周)"
    rf"|(?<![a-z])all (?P<a>{NUMBER})(?: of (?:them|these|those))?(?! ?(?:days|sizes|colou?rs))"
    rf"|(?<![a-z])(?:these|those|the) (?P<t>{NUMBER})(?=$| ?[,.?!]| (?:ones|products|items"
    rf"|options|of)\b)"
    rf"|[这那] ?(?P<z>{NUMBER})(?:个|款|件|双|台|条|种|只|部|本|瓶|样)"
    rf"|上面(?:的)?(?P<u>{NUMBER}){_CL}"
    rf"|(?<![这那前后第\ue000\ue001])(?P<d>{NUMBER})(?:个|款|件|双|台|条|种|只|部|本|瓶"
    rf"|样)(?=(?:商品|产品)?(?:都|全|有(?:什么|啥)(?:区别|不同|差别)|的区别|哪[个款]"
    rf"|(?:之间)?(?:比较|对比|比一?[下比])))"
)
_BOTH = re.compile(
    r"(?<![a-z])both(?: of (?:them|these|those))?(?! (?:sides|hands|feet|men))(?![a-z])"
    r"|俩都?|二者|两者"
)
_ALL = re.compile(
    r"(?<![a-z])(?:all of (?:them|these|those|it)|all these|all those|them all|these all"
    r"|everything(?: you (?:have )?show(?:ed|n)(?: me)?)?"
    r"|every one of (?:them|these)|each of (?:them|these)|all the (?:above|items"
    r"|products))(?![a-z])"
    r"|全部(?!订单|商品分类)|全都|全要|所有的?(?!订单|商品|产品|颜色|尺码)|(?<!\ue002)都要(?=$"
    r"|[,。!?吧了])|(?<!\ue002)都(?=加|买|放|删|退)|这些"
)
_SECOND_LAST = re.compile(
    rf"(?<![a-z])(?:the )?(?:(?:second|next)[- ](?:to[- ])?last|last but one|penultimate){_NOUN}"
    rf"|倒数第 ?(?P<n>{NUMBER}){_CL}?"
)
_LAST = re.compile(
    rf"(?<![a-z])(?:the )?(?:very )?last(?: one| item| product| option| result| of (?:them"
    rf"|these|those))(?![a-z])"
    r"|(?<![a-z])the bottom one(?![a-z])|最下面的?(?:那|这)?(?:一)?个"
    rf"|(?<![a-z])the last(?= ?(?:$|[,.?!]))|最后(?:那|这)?(?:一)?{_CL}|最后的那?[个款]"
    rf"|最后(?={NUMBER}$)"
)
_TOP = re.compile(
    r"(?<![a-z])(?:the )?top (?:one|item|result)(?![a-z])|最上面的?(?:那|这)?(?:一)?个"
)
_PLACES = re.compile(
    rf"(?<![a-z])(?:the )?(?:{_ORDINAL}|{_NUMBERED})(?:{_NOUN}{_AND}(?:{_ORDINAL}"
    rf"|{_NUMBERED}|{NUMBER}))*{_NOT_OF}{_NOUN}(?![a-z])"
    rf"|{_PLACE_ZH}(?:商品|产品|那[个款])?(?:{_AND}(?:{_PLACE_ZH}|{NUMBER}{_CL}?))*(?!次|天"
    rf"|年|季|方|代|一次|页|时间|人|名|步)"
)
_BARE = re.compile(
    rf"(?:(?<![a-z])(?:compare|between|versus|vs|select|choose|pick|show(?: me)?|open"
    rf"|details? (?:of|on|for|about)|about"
    rf"|tell me (?:more )?about|remove|delete|difference between|对比|比较|比一?[下比]|看看?"
    rf"|选|要看|打开|删掉?)(?: ?(?:一下|下|商品|products?|items?|numbers?|the))* ?)?"
    rf"(?P<list>{NUMBER}{_CL}?(?:(?: ?(?:,|，|、|&|\+|/|and|vs\.?|versus|with|or|和|跟|与"
    rf"|或) ?)+{NUMBER}{_CL}?)*)"
    rf"(?: ?(?:怎么样|呢|吧|吗|号|please|pls|有什么区别|哪个好|which is better|的区别"
    rf"|的对比))*[ .?!。？！]*"
)
_NOT_PRONOUN = (
    r"(?! (?:week(?:end)?|month|year|morning|afternoon|evening|time|order|point|cart|basket"
    r"|bag|trolley"
    r"|parcel|package|delivery|shipment|refund|code|coupon|voucher|promotion|website|page|app"
    r"|agent|account|issue|problem"
    r"|way|much|many|kind|sort|shop|store|site|chat|company|conversation|summer|winter"
    r"|spring|autumn"
    r"|fall|christmas|address|is (?:the|a|an|all|my|not|what|why|how)|works?|would"
    r"|will)\b)(?!['a-z])"
)
_NO_PRODUCT_ZH = (
    r"问题|情况|订单|单子|快递|包裹|物流|地址|客服|店|活动|优惠|折扣|页面|网站|链接"
    r"|账[号户]|退款|申请"
)
NO_PRODUCT = re.compile(
    rf"(?:{_NO_PRODUCT_ZH})| (?:orders?|parcels?|packages?|deliver(?:y|ies)|shipments?|refunds?"
    r"|codes?|coupons?|vouchers?|promotions?|address(?:es)?|(?:web)?sites?|pages?|apps?|shops?"
    r"|stores?|chat|agents?|accounts?|issues?|problems?)\b"
)
"""What may be pointed at and is no product: 这个订单, "this parcel"."""
_PRONOUN = re.compile(
    r"(?<![a-z])(?:(?:this|that|the same|same) (?:one|item|product|pair)|it|them|they"
    r"|these(?: ones)?"
    rf"|those(?: ones)?|this{_NOT_PRONOUN}"
    r"|that(?=$| ?[,.?!]| (?:to|in|for|and|please|too|come|comes|available|one)\b)"
    r"|(?<=(?:add|get|buy) )that|(?<=(?:take|want|like) )that|(?<=remove )that)(?!['a-z])"
    r"|[这那][一]?(?:个|款|双|件|台|条|只|部|本|瓶|张|套|盒|样|种)(?:商品|产品)?"
    r"(?!月|星期|周|时候|年|礼拜|价位|价格区间|意思|人|东西都|一"
    rf"|{_NO_PRODUCT_ZH}|[两二三四五六七八九十\ue000]|{DEMANDS.pattern})"
    r"|它们?|刚才(?:那|这)?[个款件双台]|刚刚那?[个款]|就(?:这|那|它)个?|上一个|同款"
)
_OTHER = re.compile(
    r"(?<![a-z])(?:the other(?: one| ones)?|a different one|another option|something else"
    r"|not (?:this|that)(?: one)?)(?![a-z])|另外?(?:那|一)?(?:个|款|件|双|台|种)|不(?:是|要"
    r"|喜欢)(?:这|那)(?:个|款|双|件|台|种)|换一?(?:个|款|双|批)别?的?(?=$|[,。!?吧])"
    r"|别的(?=$|[,。!?吧吗呢])"
)
_NAMED = re.compile(
    rf"(?<![a-z])(?:{_WORD}|(?<=number )one|(?<=option )one|(?<=item )one)(?![a-z])"
)


def find_references(shape: Shape, bare: bool = False) -> list[Slot]:
    """What a text points at, as slots named ``reference``; exclude for "the other one".

    Args:
        shape: the prepared text.
        bare: whether a lone number may be a place in the list ("2", "1和3").
    """
    found: list[Slot] = []
    for read in (_read_last_many, _read_first_many, _read_everything, _read_last, _read_places):
        found += read(shape.without(found))
    if bare and not found:
        found += _read_bare(shape)
    rest = shape.without(found)
    found += [
        rest.slot("reference", Reference(), *m.span(), "exclude")
        for m in _OTHER.finditer(rest.aligned)
    ]
    if not found:
        matches = _PRONOUN.finditer(shape.aligned)
        found = [shape.slot("reference", Reference(), *m.span()) for m in matches]
    return sorted(found, key=lambda slot: slot.start)


def _read_last_many(shape: Shape) -> list[Slot]:
    """Places from the end: "the last two", 倒数第二个."""
    slots = []
    for match in _LAST_N.finditer(shape.marked):
        many = _count(shape, match)
        if many:
            places = tuple(range(-many, 0))
            slots.append(shape.slot("reference", Reference(places), *match.span()))
    for match in _SECOND_LAST.finditer(shape.marked):
        place = int(shape.number(match, "n").low) if match["n"] else 2
        slots.append(shape.slot("reference", Reference((-place,)), *match.span()))
    return slots


def _read_first_many(shape: Shape) -> list[Slot]:
    """So many from the start: "the first two", "all three", "these two", 前两个, 两款都."""
    slots = []
    for match in _FIRST_N.finditer(shape.marked):
        many = _count(shape, match)
        if many:
            slots.append(shape.slot("reference", Reference(first=many), *match.span()))
    return slots


def _read_everything(shape: Shape) -> list[Slot]:
    both = [
        shape.slot("reference", Reference(first=2), *m.span())
        for m in _BOTH.finditer(shape.aligned)
    ]
    everything = Reference(everything=True)
    rest = shape.without(both)
    return both + [
        shape.slot("reference", everything, *m.span()) for m in _ALL.finditer(rest.aligned)
    ]


def _read_last(shape: Shape) -> list[Slot]:
    return [
        shape.slot("reference", Reference((place,)), *match.span())
        for place, pattern in ((-1, _LAST), (1, _TOP))
        for match in pattern.finditer(shape.aligned)
    ]


def _read_places(shape: Shape) -> list[Slot]:
    """Places: "the second one", "the first and the third", "number 2", 第一款和第三款."""
    slots = []
    for match in _PLACES.finditer(shape.marked):
        places = _places(shape, *match.span())
        if places:
            slots.append(shape.slot("reference", Reference(places), *match.span()))
    return slots


def _read_bare(shape: Shape) -> list[Slot]:
    """A text that is nothing but places: "2", "1 and 3", 对比1和3."""
    match = _BARE.fullmatch(shape.marked.strip())
    if match is None:
        return []
    shift = len(shape.marked) - len(shape.marked.lstrip())
    start, end = match.start("list") + shift, match.end("list") + shift
    places = _places(shape, start, end)
    return [shape.slot("reference", Reference(places), start, end)] if places else []


def _places(shape: Shape, start: int, end: int) -> tuple[int, ...]:
    """The places named in ``[start:end]``, in order, or nothing when one is no place."""
    named = [
        (start + m.start(), _ORDINALS.get(m.group(), 1))
        for m in _NAMED.finditer(shape.aligned[start:end])
    ]
    counted = [(n.start, _whole(n)) for n in shape.numbers.values() if start <= n.start < end]
    places = tuple(place for _, place in sorted(named + counted))
    return places if places and all(1 <= place <= _GREATEST for place in places) else ()


def _count(shape: Shape, match: re.Match[str]) -> int:
    """The number in whichever group matched, 0 where it is no small whole number."""
    group = next(name for name, text in match.groupdict().items() if text is not None)
    many = _whole(shape.number(match, group))
    return many if 2 <= many <= _GREATEST else 0


def _whole(number: Number) -> int:
    """The number as a count, 0 where it is none."""
    return int(number.low) if number.low == int(number.low) else 0
