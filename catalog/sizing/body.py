"""What a shopper says of their body: "I'm 175 cm and 70 kg", 身高一米七体重130斤, "foot 24.5cm"."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from catalog.sizing.charts import Measure
from catalog.text import fold

Body = Mapping[Measure, float]
"""Lengths in cm, weight in kg."""

_INCH, _POUND = 2.54, 0.45359237
_HAN = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_HAN_NUMBER = re.compile(rf"[{''.join(_HAN)}十百]+")
_NUMBER = r"(\d{1,3}(?:\.\d{1,2})?)"
_GIRTH = rf"\D{{0,6}}?{_NUMBER} ?(cm|厘米|公分|in(?:ch(?:es)?)?|英寸|\")?(?! ?寸)"

_Read = Callable[[re.Match[str]], float]


def _length(match: re.Match[str]) -> float:
    inches = (match[2] or "").startswith(("in", "英寸", '"'))
    return float(match[1]) * (_INCH if inches else 1)


def _weight(match: re.Match[str]) -> float:
    number, unit = float(match[1]), match[2] or ""
    if unit.startswith(("lb", "pound", "磅")):
        return number * _POUND
    # Without a unit a Chinese weight above 90 is in jin, half kilos.
    return number / 2 if unit == "斤" or (not unit and number > 90) else number


def _foot(match: re.Match[str]) -> float:
    if match[2] in ("mm", "毫米") or (not match[2] and float(match[1]) >= 100):
        return float(match[1]) / 10
    return _length(match)


def _feet_and_inches(match: re.Match[str]) -> float:
    return int(match[1]) * 12 * _INCH + float(match[2] or 0) * _INCH


def _metres(match: re.Match[str]) -> float:
    part = match[2] or "0"
    return int(match[1]) * 100 + float(part) * (10 if len(part) == 1 else 1)


_PATTERNS: tuple[tuple[Measure, str, _Read], ...] = (
    ("foot", rf"(?:脚长|脚|足长|foot(?: length)?|feet)(?: (?:is|are|measures?))?\D{{0,8}}?"
     rf"{_NUMBER} ?"
     r"(cm|mm|厘米|毫米|公分|in(?:ch(?:es)?)?)", _foot),
    ("foot", rf"(?:脚长|足长|foot length)\D{{0,4}}{_NUMBER}()", _foot),
    ("chest", rf"(?:胸围|胸|\bchest|\bbust){_GIRTH}", _length),
    ("waist", rf"(?:腰围|腰|\bwaist){_GIRTH}", _length),
    ("hips", rf"(?:臀围|臀|\bhips?){_GIRTH}", _length),
    ("height", r"(\d) ?(?:'|’|ft|feet|foot) ?(\d{1,2}(?:\.\d)?)? ?(?:\"|”|''|in(?:ch(?:es)?)?)?",
     _feet_and_inches),
    ("height", r"(?<!\d)([12]) ?(?:米|m)(?![a-z²]) ?(\d{1,2})?(?!\d)", _metres),
    ("height", r"(?<![\d.])([12])\.(\d{2}) ?(?:米|m(?![a-z]))", _metres),
    ("height", r"(?:身高|个子|height|tall)\D{0,6}?(\d{2,3})(?!\d| ?(?:kg|公斤|斤|lb))"
     r"(?: ?cm| ?厘米| ?公分)?()", _length),
    ("height", r"(?<![\d.])(1[2-9]\d|2[01]\d|[6-9]\d|1[01]\d) ?(cm|厘米|公分)", _length),
    ("weight", rf"{_NUMBER} ?(kgs?|kilos?(?:grams?)?|公斤|千克|斤|lbs?|pounds?|磅)", _weight),
    ("weight", rf"(?:体重|weigh(?:t|s)?|重)\D{{0,5}}?{_NUMBER}(?! ?(?:cm|厘米|g\b))()", _weight),
    ("height", r"(?:^|\bi'?m |\bi am |我|宝宝|孩子)\D{0,3}?(1[4-9]\d|20\d)(?![\d.])()"
     r"(?=[ ,，、/和]|$)", _length),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern), read) for name, pattern, read in _PATTERNS)
_POSSIBLE: Mapping[Measure, tuple[float, float]] = {
    "height": (45, 230),
    "weight": (2, 250),
    "chest": (40, 180),
    "waist": (35, 180),
    "hips": (40, 190),
    "foot": (8, 35),
}


def read_body(text: str) -> Body:
    """The measurements that a text names, each once; empty where it names none."""
    found: dict[Measure, float] = {}
    for name, value in _matches(_HAN_NUMBER.sub(_digits, fold(text))):
        low, high = _POSSIBLE[name]
        if name not in found and low <= value <= high:
            found[name] = round(value, 1)
    return MappingProxyType(found)


def _digits(match: re.Match[str]) -> str:
    """A Chinese number in digits: 一百三十 as 130, 六五 as 65; a lone 十 or 百 is 10 or 100."""
    said = match[0]
    if not set(said) & set("十百"):
        return "".join(str(_HAN[one]) for one in said)
    total, digit, unit = 0, 0, 1
    for one in said:
        if one in "十百":
            unit = 10 if one == "十" else 100
            total, digit = total + (digit or 1) * unit, 0
        else:
            digit, unit = _HAN[one], unit if _HAN[one] else 1
    # 一百三 is 130: what follows a hundred alone counts tens.
    return str(total + digit * (unit // 10 if unit == 100 and digit else 1))


def _matches(folded: str) -> Iterator[tuple[Measure, float]]:
    taken: list[tuple[int, int]] = []
    for name, pattern, read in _COMPILED:
        for match in pattern.finditer(folded):
            if not any(a < match.end(1) and match.start(1) < b for a, b in taken):
                taken.append(match.span())
                yield name, read(match)
