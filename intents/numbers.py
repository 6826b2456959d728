"""Numbers as people write and speak them, in English and Chinese.

Texts come in *aligned* form (:func:`align`): folded character by character, so that a place in
the aligned text is the same place in the raw one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from catalog.text import fold


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``text[start:end]``.

    ``high`` differs from ``low`` where a spread was said ("两三百", "200多"). ``scale`` is the
    multiplier that ended it ("3k" is 1000), so that "2-3k" can lend it to the 2.
    """

    low: Decimal
    high: Decimal
    start: int
    end: int
    scale: int = 1


def align(text: str) -> str:
    """The text in lower case, half width and simplified characters, of the same length.

    A Chinese comma between two numbers parts them, and marks no thousands: 尺码38，700块封顶.
    """
    return "".join(map(_align, _BETWEEN_NUMBERS.sub(";", text) if "，" in text else text))


_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])，(?=[0-9])")


@lru_cache(maxsize=16_384)
def _align(character: str) -> str:
    if character.isspace():
        return " "
    if character in "‘’‛":
        return "'"
    if "\ue000" <= character <= "\uf8ff":  # private use: marks of ours must not come from outside
        return " "
    folded = fold(character)
    return folded if len(folded) == 1 else character


_SMALL_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(_SMALL_WORDS)}
_TENS = {word: value for value, word in zip(range(20, 100, 10), _TENS_WORDS, strict=True)}
_MULTIPLIERS = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 1_000_000, "k": 1000}
_UNIT = "one|two|three|four|five|six|seven|eight|nine"
_TEN = "|".join(_TENS)
_BELOW_100 = rf"(?:(?:{_TEN})(?:[ -](?:{_UNIT})\b)?|(?:{'|'.join(reversed(_SMALL))}))"
_BELOW_1000 = (
    rf"(?:(?:(?:an?|{_BELOW_100}) )?hundred\b(?: (?:and )?{_BELOW_100}\b)?"
    rf"|(?:{_UNIT}) (?:{_TEN})\b(?:[ -](?:{_UNIT})\b)?"  # "two fifty" is 250
    rf"|{_BELOW_100})"
)
_ENGLISH = (
    rf"\b(?:half a dozen|(?:(?:an?|{_BELOW_100}) )?dozen|a couple(?= of\b)"
    rf"|(?:(?:an?|{_BELOW_1000}) )?(?:thousand|grand|million)\b(?:(?:,? and|,)? {_BELOW_1000}\b)?"
    rf"|{_BELOW_1000})\b(?!')"
)

_DIGITS = {c: v for v, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_DIGITS |= {c: v for v, c in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000}
_PLACES |= {"k": 1000, "w": 10_000}
_DIGIT = "[零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_PLACE = "[十拾百佰千仟万]"
# Words that only look like numbers.
_NOT_NUMBERS = (
    r"一(?:点|下|起|些|样|定|直|般|共|会|边|面|旦|切|律|次性|向|致|体|流|键|方面|线|再"
    r"|不小心|路|如)"
    r"|万(?:一|能|分|圣|用|宝)|统一|唯一|同一|专一|之一|十分(?!钟|之)|十足|千万(?=别|不|要)|百分之?"
    r"|三星(?!级|以上|及|好评|评)|三只松鼠|三明治|三文鱼|三角|三脚|四季|五金|五一(?=[^\d]|$)|六一"
    r"|双十一|双十二|七夕|二手|二维|七匹狼|百(?:搭|货|合|褶|叶|事)|千(?:层|斤顶)"
    r"|[五七八九]分(?=[裤袖])"
    r"|半(?!打|[斤两升米里]|公斤|个?(?:小时|钟头))"
)
# A lone numeral counts only where something to count, or a bound, stands beside it.
_AFTER_ONE = (
    "[个件双条只台部本瓶盒包袋套份箱支把张对副顶枚罐桶片块元毛角刀斤克寸尺英公厘毫米升瓦小天码"
    "号星折年月"
    "岁周口人款种美欧日港打到至以左上之和、,盏辆床颗粒根卷串]"
)
# The weight of 二两茶叶, and neither "one or two" (一两个) nor two of something (四两点).
_LIANG = (
    "两(?![个件双条只台部本瓶盒袋套份箱支把张对副顶枚罐桶片块元毛角刀斤克寸公分厘毫升天码号星年月岁"
    "周口人款种盏辆床颗粒根卷串杯碗位名家句遍次回趟处样晚日季秒点间层门组头匹架幅册排岸侧边者百千万"
    r"十\d]|包(?![装子])|米(?![饭粉线])|小(?![米麦]))"
)
_NUMERALS = f"(?:{_DIGIT.replace('两', '')}|{_PLACE})"
_BEFORE_ONE = "[第前头后块元选成为到至和与跟、]"
_LONE = (
    rf"(?<={_BEFORE_ONE}){_DIGIT}|(?!(?<=[\d半]|{_NUMERALS}){_LIANG})"
    rf"[二两三四五六七八九十壹贰叁肆伍陆柒捌玖](?=\s*(?:"
    rf"{_AFTER_ONE}|$|[\s!?。,]|(?:kg|ml|cm|mm|l)(?![a-z])))"
    rf"|一(?=\s*{_AFTER_ONE})"
    r"|[百千万](?=元|块)|[十百千](?=[来几][块元个件]|把[块元])"
    r"|(?<![一二两三四五六七八九十\d]个)半(?=[斤两升米里]|公斤|个?(?:小时|钟头))"
)
_CHINESE = (
    rf"半打|{_NUMERALS}+(?={_LIANG})|{_DIGIT}+打(?![折包开印电])"
    # "三百５十" mixes both kinds of digits.
    rf"|{_DIGIT}[百佰千仟万]\d(?:{_PLACE}(?:{_DIGIT}|{_PLACE}|\d)*|(?=[块元以左上之]))(?!\d)"
    rf"|(?:{_DIGIT}|{_PLACE}|廿){{2,}}|\d+(?:\.\d+)?\s?[百千万](?:{_DIGIT}|{_PLACE}|\d)*(?![\d])"
    rf"|{_LONE}"
)
# Letters glued to the end of a number that leave it a number; others make it a model code.
_GLUED = (
    "gb|g|tb|t|mb|m|mah|wh|w|db|hz|khz|mhz|ghz|v|inch(?:es)?|in|cm|mm|km|kg|kgs|lbs?|oz|ml|l|ft|hrs?|h"
    "|hours?|usd|rmb|cny|eur|gbp|hkd|php|pcs|pc|pack|pk|x|yuan|bucks?|dollars?|kuai|s|ish|mp"
    "|stars?|us|uk|eu|cups?|st|nd|rd|th|pounds?|gigs?|grams?|lit(?:er|re)s?|met(?:er|re)s?|kilos?"
    "|ounces?|watts?|minutes?|mins?|foot|feet|pieces?|lumens?|megapixels?|persons|people"
    "|yards?|gallons?|quarts?|square|btu|rpm|dpi|psi"
)
_FILLED = r"\d+(?:\.\d+)? ?(?:ml|cl|l|g|kg|oz)(?![a-z0-9])"  # of six in 6x330ml
_ASCII = (
    r"(?:(?<![a-z0-9_])(?<![a-z][-.])(?<!\d[.,:])|(?<=rmb)|(?<=cny)|(?<=usd)|(?<=eur)|(?<=php)"
    r"|(?<=\bus)|(?<=\beu)|(?<=\buk)|(?<=\bx)|(?<=\bsub-)"
    rf"|(?<=\dx)(?={_FILLED}))"
    r"(?>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?![.,:]\d|-in-)"
    r"(?:k\d?(?=(?:rmb|cny|usd|eur|ish)?(?![a-z0-9]))|(?<!\d\d)w(?=[块元左以的到~-]|$)"
    r"|(?<!\d\d\d)w\d(?![a-z0-9])"  # 1w2 is 12000
    r"| (?:hundred|thousand|grand|million|dozen)\b"
    rf"|(?=x{_FILLED})|(?={_GLUED})(?=(?:{_GLUED})(?![a-z0-9]))|(?![a-z0-9_]))"
)
# "1.299,00" is written so nowhere but in Europe; "35,50" and "1.299" need the euro beside them.
_EUROPEAN = (
    r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+,\d\d(?![\d.,]*\d)"
    r"|(?:\d+,\d\d|\d{1,3}(?:\.\d{3})+)(?= ?(?:€|eur(?![a-z])|euros?(?![a-z])|欧元)))"
    r"|(?:(?<=€)|(?<=€ )|(?<=eur)|(?<=eur ))(?:\d+,\d\d|\d{1,3}(?:\.\d{3})+(?:,\d\d)?)(?![\d.,]*\d)"
)
_NUMBER = re.compile(
    rf"(?P<skip>{_NOT_NUMBERS})|(?P<european>{_EUROPEAN})|(?P<chinese>{_CHINESE})|(?P<ascii>{_ASCII})|(?P<english>{_ENGLISH})"
)
_PERCENT = re.compile(r"\s?(?:%|折|percent)")
_SOME = re.compile(r"\s?[来把](?=块|元|刀|美|人民币|港)")
_MORE = re.compile(r"\s?(?:多|来|几)(?=块|元|刀|美|人民币|个|件|港)|\s?多(?=的|$|[ ,。!?吧])")


def find_numbers(aligned: str) -> Iterator[Number]:
    """Every number of an aligned text, from left to right, without overlaps."""
    for match in _NUMBER.finditer(aligned):
        if match.lastgroup == "skip" or match.group() in ("one", "zero"):
            continue
        if _PERCENT.match(aligned, match.end()):
            continue
        read = {"chinese": _chinese, "ascii": _ascii, "european": _european, "english": _english}[
            match.lastgroup or ""
        ]
        found = read(match.group())
        if found is not None:
            yield _spread(aligned, match, *found)


def _spread(aligned: str, match: re.Match[str], low: Decimal, high: Decimal, scale: int) -> Number:
    """Adds the "and some" of "200多": up to the next round number of the same size.

    Money of 三百来块 lies on either side of the sum, by a fifth.
    """
    some = _SOME.match(aligned, match.end())
    if some is not None and low == high:
        fifth = low / 5
        return Number(low - fifth, low + fifth, match.start(), some.end(), scale)
    more = _MORE.match(aligned, match.end())
    if more is None or low != high:
        return Number(low, high, match.start(), match.end(), scale)
    step = Decimal(10)
    while low and low % (step * 10) == 0:
        step *= 10
    return Number(low, low + step, match.start(), more.end(), scale)


def _ascii(raw: str) -> tuple[Decimal, Decimal, int] | None:
    """Digits: "1,299.00", "2.5k", "1k5" (1500), "2 thousand", "1.5w"."""
    parts = re.fullmatch(r"([\d.,]+)\s?(k|w|[a-z]+)?(\d?)", raw)
    if parts is None:
        return None
    digits, word, tail = parts.groups()
    scale = {"w": 10_000, "dozen": 12}.get(word or "") or _MULTIPLIERS.get(word or "", 1)
    value = Decimal(digits.replace(",", "")) * scale
    if tail:
        value += int(tail) * (scale // 10)
    return value, value, scale


def _european(raw: str) -> tuple[Decimal, Decimal, int]:
    """Digits with dots between thousands and a comma before the cents: "1.299,00"."""
    value = Decimal(raw.replace(".", "").replace(",", "."))
    return value, value, 1


def _english(raw: str) -> tuple[Decimal, Decimal, int] | None:
    """Words: "two hundred and fifty", "half a dozen", "a couple", "two fifty" (250)."""
    if raw in ("half a dozen", "a couple"):
        return (Decimal(6), Decimal(6), 12) if "dozen" in raw else (Decimal(2), Decimal(2), 1)
    total = current = 0
    scale = 1
    for word in re.split(r"[ ,-]+", raw):
        if word in ("and", "a", "an"):
            continue
        scale = 12 if word == "dozen" else _MULTIPLIERS.get(word, 1)
        if scale == 1:
            current = _add_word(current, word)
        elif scale <= 100:
            current = (current or 1) * scale
        else:
            total, current = total + (current or 1) * scale, 0
    return Decimal(total + current), Decimal(total + current), scale


def _add_word(current: int, word: str) -> int:
    """Adds one small number; "two fifty" counts its first word as hundreds."""
    if word in _TENS and 0 < current < 10:
        return current * 100 + _TENS[word]
    return current + (_TENS[word] if word in _TENS else _SMALL[word])


def _chinese(raw: str) -> tuple[Decimal, Decimal, int] | None:
    """Chinese numerals, alone or after digits: 三百, 一百五, 1千5, 两三百, 二〇二四, 半打."""
    if raw.endswith("打"):
        dozens = Decimal("0.5") if raw[0] == "半" else _plain(raw[:-1])
        return None if dozens is None else (dozens * 12, dozens * 12, 12)
    raw = raw.replace("廿", "二十").replace(" ", "")
    spread = re.fullmatch(
        rf"(?P<head>(?:{_DIGIT}{_PLACE})*)(?P<a>[一二两三四五六七八])(?P<b>[二两三四五六七八"
        rf"九])(?P<unit>{_PLACE}*)",
        raw,
    )
    if spread and _neighbours(spread["a"], spread["b"]):
        low = _plain(spread["head"] + spread["a"] + spread["unit"])
        high = _plain(spread["head"] + spread["b"] + spread["unit"])
        if low is None or high is None:
            return None
        return min(low, high), max(low, high), _scale(raw)
    value = Decimal("0.5") if raw == "半" else _plain(raw)
    return None if value is None else (value, value, _scale(raw))


def _scale(raw: str) -> int:
    return _PLACES.get(raw[-1], 1)


def _neighbours(first: str, second: str) -> bool:
    """Whether two numerals in a row mean "a or b": 两三, 七八, 三五, 三两."""
    return _DIGITS[second] - _DIGITS[first] == 1 or first + second in ("三五", "三两")


def _plain(raw: str) -> Decimal | None:
    """The value of one Chinese numeral, or None where the characters make none."""
    if all(character in _DIGITS for character in raw):
        return Decimal("".join(str(_DIGITS[character]) for character in raw))
    total = section = Decimal(0)
    current: Decimal | None = None
    last_place = 0
    for token in re.findall(r"\d+(?:\.\d+)?|.", raw):
        place = _PLACES.get(token)
        if place is None:
            if current:
                return None
            current = Decimal(_DIGITS[token]) if token in _DIGITS else Decimal(token)
            last_place = 1 if current == 0 else last_place
        elif place == 10_000:
            total, section = (section + (current or 0) or Decimal(1)) * place + total, Decimal(0)
            current, last_place = None, place
        else:
            section += (current or Decimal(1)) * place
            current, last_place = None, place
    if current is not None and last_place >= 100 and current < 10:
        current *= last_place // 10  # 一百五 is 150, 一百零五 stays 105
    return total + section + (current or 0)
