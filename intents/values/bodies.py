"""A shopper's height and weight told together: "6 foot 2, 180 lbs", 我一米七，130斤, 170/60kg."""

import re
from decimal import Decimal

from intents.shape import NUMBER, Shape
from intents.types import Measure, Slot
from intents.values.lengths import FEET_AND_INCHES, join_lengths

_LENGTHS = {
    "cm": (r"cms?|centimet(?:er|re)s?|厘米|公分", Decimal(1)),
    "m": (r"m|met(?:er|re)s?|米", Decimal(100)),
    "inch": (FEET_AND_INCHES, Decimal("2.54")),
}
"""Units of a height, how they are written, and what one is in cm."""
_WEIGHTS = {
    "kg": (r"kgs?|kilos?|kilograms?|公斤|千克", Decimal(1)),
    "jin": (r"斤", Decimal("0.5")),
    "lb": (r"lbs?|pounds?|磅", Decimal("0.45359237")),
}
"""Units of a weight, how they are written, and what one is in kg."""


def _written(units: dict[str, tuple[str, Decimal]]) -> str:
    return "|".join(written for written, _ in units.values())


_TALL = rf"(?P<h>{NUMBER})(?: ?(?P<hu>{_written(_LENGTHS)})(?![a-z]))?"
_HEAVY = rf"(?P<w>{NUMBER})[ -]?(?P<wu>{_written(_WEIGHTS)})(?![a-z])"
_SOMEBODY = (
    r"\bi(?:'?m| am)?|\b(?:s?he|who|wife|husband|mum|mom|dad|son|daughter|boyfriend|girlfriend)"
    r"(?:'?s| is)?|[我他她您]|本人|自己|[妈爸哥姐弟妹公婆友娃]|女儿|儿子|老[公婆]|孩子|宝宝"
)
_IS = (
    r"(?:[ ,，、;；/&]|\b(?:and|about|around|at|height|tall|weigh(?:s|ing)?|weight|is|i'?m|i|he|she"
    r"|he's|she's)\b|身高|个子|个儿|体重|高|重|净重|有|是|大概|大约|左右|快|差不多|[和跟我他她])*"
)
_PAIRS = (re.compile(rf"{_TALL}{_IS}{_HEAVY}"), re.compile(rf"{_HEAVY}{_IS}{_TALL}"))
_TALL_ALONE = re.compile(rf"(?P<h>{NUMBER}) ?(?P<hu>{_written(_LENGTHS)})(?![a-z])(?!的)")
_HEAVY_ALONE = re.compile(rf"(?<=[\u4e00-\u9fff]){_HEAVY}(?!的)")
_AFTER = re.compile(rf"(?<![给帮替为])(?:{_SOMEBODY}){_IS}$")
_BEFORE = re.compile(rf"^{_IS}$|{_AFTER.pattern}")
_WORN = re.compile(
    r"\b(?:sizes?|fits?|wear)\b|穿|[尺大中小几什么哪][码号]|多大|合身|衣服|裤子|选.{0,3}码"
)
_TALLEST, _HEAVIEST = (Decimal(120), Decimal(220)), (Decimal(25), Decimal(200))
_PLAIN = (Decimal(140), Decimal(210))
"""Heights in cm and weights in kg of those who tell both; narrower where no unit is said."""


def find_bodies(shape: Shape) -> list[Slot]:
    """Slots ``measure`` of ``body_height`` and ``body_weight``.

    Two measures beside each other describe a body where both can be a grown one's and somebody is
    named before them, nothing stands before them, or a size is asked for. A height alone needs
    somebody and the question: 给我找一米八的床单 is of a bed. A weight alone needs somebody right
    before it, in Chinese: 我130斤, but not 我要50斤大米.
    """
    joined = join_lengths(shape)
    worn = _WORN.search(shape.aligned) is not None
    for pattern in _PAIRS:
        for match in pattern.finditer(joined.marked):
            height, weight = _height(joined, match), _weight(joined, match)
            if height and weight and (worn or _BEFORE.search(shape.aligned[: match.start()])):
                return sorted((height, weight), key=lambda slot: slot.start)
    tall = _TALL_ALONE.finditer(joined.marked) if worn else ()
    heavy = _HEAVY_ALONE.finditer(joined.marked)
    told = (*(_height(joined, match) for match in tall), *(_weight(joined, m) for m in heavy))
    return [slot for slot in told if slot and _AFTER.search(shape.aligned[: slot.start])][:1]


def _height(shape: Shape, match: re.Match[str]) -> Slot | None:
    number = shape.number(match, "h").low
    unit = _unit(match["hu"], _LENGTHS) if match["hu"] else "cm"
    low, high = _TALLEST if match["hu"] else _PLAIN
    if not low <= number * _LENGTHS[unit][1] <= high:
        return None
    end = match.end("hu") if match["hu"] else match.end("h")
    return shape.slot(
        "measure", Measure("body_height", number, number, unit), match.start("h"), end
    )


def _weight(shape: Shape, match: re.Match[str]) -> Slot | None:
    number, unit = shape.number(match, "w").low, _unit(match["wu"], _WEIGHTS)
    kilos = number * _WEIGHTS[unit][1]
    if not _HEAVIEST[0] <= kilos <= _HEAVIEST[1]:
        return None
    if unit == "jin":
        number, unit = kilos, "kg"
    value = Measure("body_weight", number.normalize() + 0, number.normalize() + 0, unit)
    return shape.slot("measure", value, match.start("w"), match.end("wu"))


def _unit(written: str, units: dict[str, tuple[str, Decimal]]) -> str:
    return next(sign for sign, (words, _) in units.items() if re.fullmatch(words, written))
