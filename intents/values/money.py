"""Wishes about price: "under $50", "三百块以内", "a hundred to two hundred euros", "预算500"."""

import re
from dataclasses import replace
from decimal import Decimal

from intents.numbers import Number
from intents.shape import NUMBER, Shape
from intents.types import PriceRange, Slot
from intents.values.bounds import BOUNDED, Bound, compile_bounds, find_bounds, limits

SUM = re.compile(r"[¥￥$€£块元]")
"""What makes an amount a sum, whatever else a number may be."""
_CENT = Decimal("0.01")
_NEAR = 24
"""Characters before a number in which a word of money makes it an amount."""
_JUST_AFTER = 7
_LEAST_RANGE = 15
_THOUSAND = 1000

# What a currency is called before and after its amount; "" is money of any currency.
_NAMES: tuple[tuple[str, str, str], ...] = (
    ("USD", r"us ?\$|usd|美元|美金|\$", r"us ?dollars?|dollars?|bucks?|usd|\$|美元|美金|美刀|刀"),
    ("CNY", r"rmb|cny|人民币|¥", r"rmb|cny|yuan|kuai|元人民币|块钱人民币|人民币|元钱?|圆|¥"),
    ("EUR", r"eur|欧元|€", r"euros?|eur|€|欧元|欧"),
    ("GBP", r"gbp|英镑|£", r"pounds? sterling|gbp|quid|£|英镑|pounds?"),
    ("HKD", r"hk ?\$|hkd|港币|港元", r"hkd|hk dollars?|港币|港元|港纸"),
    ("TWD", r"nt ?\$|twd|新台币|台币", r"twd|ntd|新台币|台币"),
    ("CAD", r"ca?\$|cad", r"cad|canadian dollars?|加元|加币"),
    ("AUD", r"au?\$|aud", r"aud|australian dollars?|澳元"),
    ("SGD", r"s\$|sgd", r"sgd|新加坡元"),
    ("JPY", r"jpy|日元|日币", r"jpy|yen|日元|日币"),
    ("KRW", r"krw|₩|韩元|韩币", r"krw|won|韩元|韩币"),
    ("INR", r"inr|₹|rs\.?", r"inr|rupees?|卢比"),
    ("PHP", r"php|₱", r"php|pesos?|比索"),
    ("", r"", r"块钱|块|快(?=钱)"),
)
_BEFORE = {code: re.compile(before) for code, before, _ in _NAMES if before}
_AFTER = {code: re.compile(after) for code, _, after in _NAMES}
_ALL_BEFORE = "|".join(b for code, b, _ in _NAMES if b and code != "USD") + "|" + _NAMES[0][1]
_WORDS_AFTER = "|".join(a for code, _, a in _NAMES if code != "USD") + "|" + _NAMES[0][2]


_WORD_AFTER = rf" ?-?(?:{_WORDS_AFTER})(?![a-z])"


def _amount(group: int) -> str:
    """An amount of money: a number with a currency before, after, or neither; 9块9 is 9.9.

    The currency may follow a "-ish", which is then no end of the amount: "30ish dollars".
    """
    return (
        rf"(?:(?<![a-z])(?P<c{group}>{_ALL_BEFORE}) ?)?(?P<n{group}>{NUMBER})"
        rf"(?:(?: ?-?ish)? ?-?(?P<u{group}>(?:{_WORDS_AFTER})(?![a-z]))"
        rf"(?:(?<=[块元])(?P<t{group}>{NUMBER}))?|(?! ?-?ish{_WORD_AFTER}))"
    )


_BUDGET = (
    r"(?:my |the |a )?(?:budget|price (?:limit|cap|ceiling)|spending limit)"
    r"(?: ?(?:is|of|:|would be|only|just|around|about|'s))*"
    r"|(?:i (?:only )?have|spend|pay|afford)(?: (?:only|about|around|up to))?"
    r"|(?:我的)?(?:预算|价位|价格|价钱|人均)(?:大概|大约|也?就|只有|是|为|在|有|:|，|,| )*"
)
_PATTERNS = compile_bounds(
    _amount, lead=r"(?:spending |paying |price |the )?", budget=f"(?:{_BUDGET})"
)
_DECADE = re.compile(rf"in the (?:low |mid |high )?(?P<c1>[$€£¥])?(?P<n1>{NUMBER})'?s\b")

# After a bound without a currency: what shows that a price was meant, and what shows it was not.
_FREE = re.compile(
    r"\W*$| ?[,.;!?。，！？；、)…]| (?:please|thanks|thx|pls|with|for|in|and|or|that|but|if"
    r"|to|at|from"
    r"|is|are|on|which|so|would|per|each|total|altogether|tax|including|incl|only|max|it|any|do|can"
    r"|i|the|my|as|by|shipped|delivered|without|not|no|then|also|too|ok|okay|plus|ideally"
    r"|preferably)\b"
    r"| ?(?:[的吧呢啊呀嘛哦吗就能可要有都也我给买和且又但还这那送]|预算|价|或|钱)"
)
_COUNTED = re.compile(
    r"[ -]?(?:%|percent|years?|yrs?|months?|weeks?|days?|nights?|hours?|hrs?|minutes?|mins?"
    r"|seconds?"
    r"|people|persons?|players?|users?|guests?|kids|children|items?|pieces?|pcs|packs?|products?"
    r"|options?|results?|pairs?|units?|boxes|bottles?|pages?|colou?rs?|reviews?|ratings?|stars?"
    r"|points?|steps|miles|calories|cores?|ports?|pockets?|seats?|sizes?|of|more(?! than)|watts?"
    r"|volts?|degrees|lumens?|db|decibels?|points|mp|fps|dpi|hz|[x×]|gb|tb|mb|kg|cm|mm|m|g|l|ml|oz"
    r"|lbs?|inch(?:es)?|in"
    r"|ft|feet|foot|pounds?|liters?|litres?|gallons?|quarts?|yards?|sheets?|square|btu|rpm|psi"
    r"|carats?|w|v|mah|am|pm|o'clock|st|nd|rd|th)(?![a-z])|[ ]?[\"″'’]"
    rf"| ?(?:by|x|[×*+/]) ?{NUMBER}"
)
_STRONG = re.compile(
    r"under|sub\b|below|less than|cheaper than|budget|spend|pay|afford|预算|价|贵|便宜"
)
_NOT_BEFORE = re.compile(
    r"(?:spf|(?:wo)?mens?|(?:wo)?men's|boys|girls|kids|toddlers?|sizes?"
    r"|age[sd]?|aged|eu|us|uk|码|号|岁|龄|rated?|rating|评分|好评率?|#|no\.|number|page|room|step"
    r"|iphone|galaxy|ps|windows|version|model|level|order|订单号?|编号|ram|memory|内存|storage"
    r"|weighs?|weight|重量?|screen|屏幕?|尺寸|身高|体重|tall|高度|长度|宽度|容量|续航|功率"
    r"|quantity|qty|数量|bump(?: \w+)?|increase|raise|reduce|decrease|lower|turn|made? it)"
    r"(?: ?(?:is|of|:|是|在|为|at|for))? ?$"
)
_CHOICE = re.compile(r" or |或")
_MONEY_WORD = re.compile(r"price|cost|spend|budget|pay|cheap|money|价|预算|钱|贵|便宜|花")


def find_prices(shape: Shape, asked: bool = False) -> list[Slot]:
    """The price wishes of a text, as slots named ``price``.

    Args:
        shape: the prepared text.
        asked: whether the assistant has just asked for a price, which makes a bare number one.
    """
    slots = [
        _slot(shape, bound, asked)
        for bound in find_bounds(shape, _PATTERNS)
        if _is_price(shape, bound, asked)
    ]
    slots += [_decade(shape, match) for match in _DECADE.finditer(shape.marked)]
    return _joined(shape, sorted(_unnested(slots), key=lambda slot: slot.start))


def _unnested(slots: list[Slot]) -> list[Slot]:
    """The slots that lie in no other one."""
    return [
        s
        for s in slots
        if not any(o is not s and o.start <= s.start < s.end <= o.end for o in slots)
    ]


def _is_price(shape: Shape, bound: Bound, asked: bool) -> bool:
    """Whether the amount is money: by its currency, or by the words around a bare number."""
    groups = bound.match.groupdict()
    after = shape.marked[bound.match.end() : bound.match.end() + 24]
    if any(groups.get(name) is not None for name in ("c1", "u1", "c2", "u2")):
        return not _is_pieces(shape, bound, after)
    before = shape.marked[max(0, bound.match.start() - 24) : bound.match.start()]
    if _COUNTED.match(after) or _NOT_BEFORE.search(before):
        return False
    if asked:
        return True
    choice = bound.relation == "range" and _CHOICE.search(bound.match.group())
    if bound.relation == "bare":
        return _is_named(shape, bound, after)
    if choice or not _plausible(shape, bound):
        return False
    return any(
        (
            _FREE.match(after),
            BOUNDED.match(after),
            _STRONG.search(bound.match.group()),
            bound.match.group()[-1] in "内下上右起",
        )
    )


def _is_named(shape: Shape, bound: Bound, after: str) -> bool:
    """Whether a bare number names a price: "3000的手机", "299那款", "99包邮", a lone "1k5"."""
    number = shape.number(bound.match, "n1")
    if after.startswith("包邮"):
        return True
    alone = not shape.marked.replace(bound.match.group(), "", 1).strip(" .,!?。，！？的吧")
    said = shape.aligned[number.start : number.end]
    rough = number.low != number.high or (number.scale == _THOUSAND and "k" in said)
    if not (re.match(r"的|那[个款双件]", after) or (alone and rough)) or number.high > 100_000:
        return False
    size = number.low == int(number.low) and int(number.low).bit_count() == 1
    year = number.scale == 1 and 1900 <= number.low <= 2100
    return number.high >= 100 and not size and not year


def _is_pieces(shape: Shape, bound: Bound, after: str) -> bool:
    """Whether 块 counts pieces: "加两块" and "两块巧克力" are no prices."""
    match = bound.match
    if bound.relation != "bare" or match["u1"] != "块" or match["t1"] is not None:
        return False
    return shape.number(match, "n1").high < 10 and not re.match(r" ?[的以左上下起]", after)


def _plausible(shape: Shape, bound: Bound) -> bool:
    """Whether bare numbers can be prices: not tiny, a range rising, and no year or clock."""
    match = bound.match
    first = shape.number(match, "n1")
    if bound.relation != "range":
        from_year = bound.match.group().startswith("from") and 1900 <= first.low <= 2100
        return first.high >= 5 and not from_year
    second = shape.number(match, "n2")
    near = shape.aligned[max(0, match.start() - _NEAR) : match.end() + _JUST_AFTER]
    named = _MONEY_WORD.search(near) is not None
    rising = first.low < second.high
    year = second.scale == 1 and 1900 <= second.high <= 2100
    return rising and (named or (second.high >= _LEAST_RANGE and not year))


def _slot(shape: Shape, bound: Bound, asked: bool) -> Slot:
    match = bound.match
    first = _value(shape, match, "1")
    second = first
    if bound.relation == "range":
        second = _value(shape, match, "2")
        first = _lend_scale(shape.number(match, "n1"), shape.number(match, "n2"), first)
    relation = bound.relation
    if relation == "bare" and first[0] == first[1]:
        relation = "maximum" if asked else "around"
    minimum, maximum = limits(relation, first, second)
    currency = _currency(match)
    value = PriceRange(_tidy(minimum), _tidy(maximum), currency or "", bool(currency))
    return shape.slot("price", value, *match.span())


def _value(shape: Shape, match: re.Match[str], group: str) -> tuple[Decimal, Decimal]:
    """The least and the greatest amount that one number stands for."""
    number = shape.number(match, f"n{group}")
    if match[f"t{group}"] is not None:
        tail = shape.number(match, f"t{group}")
        part = tail.low / 10 ** len(str(tail.low))
        return number.low + part, number.high + part
    return number.low, number.high


def _lend_scale(
    first: Number, second: Number, value: tuple[Decimal, Decimal]
) -> tuple[Decimal, Decimal]:
    """The first number with the multiplier of the second: "2-3k", 一到两千."""
    if first.scale == 1 and second.scale > 1 and first.high * second.scale < second.high:
        return value[0] * second.scale, value[1] * second.scale
    return value


def _currency(match: re.Match[str]) -> str | None:
    """The code of the currency that was named, "" for 块, None for none at all."""
    groups = match.groupdict()
    for names, kind in ((_BEFORE, "c"), (_AFTER, "u")):
        for group in ("1", "2"):
            said = groups.get(kind + group)
            if said:
                code = next((c for c, p in names.items() if p.fullmatch(said)), "")
                if code:
                    return code
    return None


def _tidy(amount: Decimal | None) -> Decimal | None:
    """The amount in cents, without trailing zeros."""
    if amount is None:
        return None
    tidy = amount.quantize(_CENT).normalize() if abs(amount) < 10**15 else amount
    return tidy.quantize(Decimal(1)) if tidy == tidy.to_integral_value() and tidy < 10**15 else tidy


def _decade(shape: Shape, match: re.Match[str]) -> Slot:
    """The slot of "in the 50s": from 50 to just under 60."""
    low = shape.number(match, "n1").low
    step = Decimal(10 if low < 100 else 100)
    currency = next((c for c, p in _BEFORE.items() if match["c1"] and p.fullmatch(match["c1"])), "")
    value = PriceRange(low, low + step - _CENT, currency, bool(currency))
    return shape.slot("price", value, *match.span())


def _joined(shape: Shape, slots: list[Slot]) -> list[Slot]:
    """The slots with half-open neighbours made one, and of a correction what stands.

    "Over 20 but under 50" is a range, and "$50, not $500" is 50.
    """
    joined: list[Slot] = []
    for slot in slots:
        previous = joined[-1] if joined else None
        both = previous and _both(shape, previous, slot)
        stands = previous and _corrected(shape, previous, slot)
        if previous and both:
            span = (previous.start, slot.end)
            joined[-1] = replace(shape.slot("price", both, *span), score=previous.score)
        elif stands:
            joined[-1] = stands
        else:
            joined.append(slot)
    return joined


_LINK = re.compile(r"[ ,，、]*(?:and|but|yet|且|并且|而且|但是?|又|也|同时)?[ ,，]*")
_SAID = r"(?:i (?:said|meant?)|that is|我说的?是?|的?意思)?"
_NOT_THAT = re.compile(rf"[ ,，、;.]*{_SAID}[ ,，、;.]*(?:and |而)?(?:not |不是|没说)?")
_BUT_THIS = re.compile(rf"的?[ ,，、;.]*(?:but|而?是)?[ ,，]*{_SAID} ?")


def _both(shape: Shape, first: Slot, second: Slot) -> PriceRange | None:
    """The two half-open wishes as one range, where they can be one."""
    one, two = first.value, second.value
    if not (isinstance(one, PriceRange) and isinstance(two, PriceRange)):
        return None
    if not _LINK.fullmatch(shape.aligned[first.end : second.start]):
        return None
    if len({one.currency, two.currency} - {""}) > 1:
        return None
    if (one.minimum is None) == (two.minimum is None) or (one.maximum is None) == (
        two.maximum is None
    ):
        return None
    low, high = one.minimum or two.minimum, one.maximum or two.maximum
    if low is None or high is None or low > high:
        return None
    return PriceRange(
        low, high, one.currency or two.currency, one.spoken_currency or two.spoken_currency
    )


def _corrected(shape: Shape, first: Slot, second: Slot) -> Slot | None:
    """What stands of two wishes of which one is denied: "under 50, not under 500"."""
    between = shape.aligned[first.end : second.start]
    if _NOT_THAT.fullmatch(between) and _is_denied(shape, second, first):
        return first
    return second if _BUT_THIS.fullmatch(between) and _is_denied(shape, first, second) else None


def _is_denied(shape: Shape, slot: Slot, beside: Slot) -> bool:
    """Whether a wish is what was not said: after "not", or with one that shuts out the other."""
    value, other = slot.value, beside.value
    if re.search(r"(?:(?<![a-z])not |不是|没说)$", shape.aligned[: slot.start]):
        return True
    if not (isinstance(value, PriceRange) and isinstance(other, PriceRange)):
        return False
    if not slot.raw.lower().startswith("not "):
        return False
    ends = (value.minimum, other.maximum), (other.minimum, value.maximum)
    return any(low is not None and high is not None and low > high for low, high in ends)
