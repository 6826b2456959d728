"""Units of measure, in English and Chinese, and conversion between those of one dimension."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from catalog.text import fold

# Every factor is exact in decimal, so equal lengths in cm and inch become equal numbers.
# Memory is sold in powers of two up to the gigabyte, drives in powers of ten from there on.
_DIMENSIONS: dict[str, dict[str, str]] = {
    "length": {
        "1": "mm millimeter millimeters millimetre millimetres 毫米",
        "10": "cm centimeter centimeters centimetre centimetres 厘米 公分",
        "100": "dm decimeter decimetre 分米",
        "1000": "m meter meters metre metres 米 公尺",
        "1000000": "km kilometer kilometers kilometre kilometres 公里 千米",
        "25.4": 'in inch inches " ″ 英寸 吋 寸',
        "304.8": "ft foot feet ' ′ 英尺 呎",
        "914.4": "yd yard yards 码",
        "1609344": "mi mile miles 英里",
        "0.001": "µm um micron microns 微米",
        "0.000001": "nm nanometer nanometers 纳米",
    },
    "mass": {
        "0.001": "mg milligram milligrams 毫克",
        "1": "g gram grams gramme grammes gr 克",
        "1000": "kg kgs kilo kilos kilogram kilograms 公斤 千克",
        "1000000": "t ton tons tonne tonnes 吨",
        "500": "斤 市斤 jin",
        "50": "两 liang",
        "453.59237": "lb lbs pound pounds 磅",
        "28.349523125": "oz ounce ounces 盎司",
    },
    "volume": {
        "1": "ml milliliter milliliters millilitre millilitres cc 毫升",
        "10": "cl centiliter centilitre 厘升",
        "1000": "l liter liters litre litres 升 公升",
        "29.5735295625": "floz fl.oz fl.oz. fluidounce fluidounces 液盎司 液体盎司",
        "473.176473": "pt pint pints 品脱",
        "946.352946": "qt quart quarts 夸脱",
        "3785.411784": "gal gallon gallons 加仑",
        "1000000": "m³ 立方米",
        "0.001": "µl microliter microlitre 微升",
    },
    "data": {
        "0.0009765625": "kb kilobyte kilobytes",
        "1": "mb megabyte megabytes 兆",
        "1024": "gb gigabyte gigabytes gigs gig",
        "1024000": "tb terabyte terabytes",
    },
    "time": {
        "0.001": "ms millisecond milliseconds 毫秒",
        "1": "s sec secs second seconds 秒 秒钟",
        "60": "min mins minute minutes 分 分钟",
        "3600": "h hr hrs hour hours 小时 钟头",
        "86400": "d day days 天 日",
        "604800": "wk week weeks 周 星期",
        "2592000": "mo month months 月 个月",
        "31536000": "y yr yrs year years 年",
    },
    "power": {
        "0.001": "mw milliwatt milliwatts 毫瓦",
        "1": "w watt watts 瓦 瓦特",
        "1000": "kw kilowatt kilowatts 千瓦",
        "735.49875": "hp horsepower 马力 匹",
    },
    "energy": {"1": "wh whr 瓦时", "1000": "kwh 千瓦时 度"},
    "charge": {"1": "mah 毫安时 毫安", "1000": "ah 安时"},
    "voltage": {"0.001": "mv 毫伏", "1": "v volt volts 伏 伏特", "1000": "kv 千伏"},
    "current": {"1": "ma milliamp milliamps", "1000": "a amp amps ampere amperes 安 安培"},
    "frequency": {
        "1": "hz hertz 赫兹 赫",
        "1000": "khz 千赫",
        "1000000": "mhz 兆赫",
        "1000000000": "ghz 吉赫",
    },
    "area": {
        "1": "cm² 平方厘米",
        "10000": "m² sqm 平方米 平米 平方",
        "929.0304": "ft² sqft 平方英尺",
    },
    "pressure": {"1": "pa 帕", "1000": "kpa 千帕", "100000": "bar 巴"},
    "speed": {"1": "rpm 转 转/分", "60": "rps"},
    "rate": {"1": "kbps", "1000": "mbps", "1000000": "gbps"},
    "throughput": {"0.001": "kb/s", "1": "mb/s", "1000": "gb/s"},
    "resistance": {"1": "ohm ohms Ω 欧 欧姆", "1000": "kohm kΩ 千欧"},
    "apparent power": {"1": "va 伏安", "1000": "kva 千伏安"},
    "loudness": {"1": "db decibel decibels 分贝"},
    "light": {"1": "lm lumen lumens 流明"},
    "pixels": {"0.01": "万像素", "1": "mp megapixel megapixels 百万像素", "100": "亿像素"},
    "pieces": {"1": "piece pieces pc pcs ct count 件 片 个 只 支 粒 枚"},
    "pages": {"1": "page pages 页"},
    "sheets": {"1": "sheet sheets 张"},
    "share": {"1": "% percent 百分比"},
}


def _table() -> dict[str, tuple[str, Decimal]]:
    return {
        fold(name): (dimension, Decimal(factor))
        for dimension, units in _DIMENSIONS.items()
        for factor, names in units.items()
        for name in names.split()
    }


_UNITS = _table()
_MEASURE = re.compile(r"(?P<number>[+-]?\d+(?:[.,]\d+)*|[+-]?\.\d+)\s*-?\s*(?P<unit>\D.{0,19})?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def to_base(value: Decimal, unit: str) -> tuple[str, Decimal]:
    """The dimension of ``unit``, and ``value`` in that dimension's own base unit.

    A unit that is not known is a dimension of its own ("sheets" compares with "sheets"), and so
    is no unit at all.
    """
    name = _name(unit)
    dimension, factor = _UNITS.get(name, (name, Decimal(1)))
    return dimension, value * factor


def dimension(unit: str) -> str:
    """What ``unit`` measures ("length", "mass", …), or its own folded name when unknown."""
    name = _name(unit)
    return _UNITS[name][0] if name in _UNITS else name


def unit_names(dimension: str) -> tuple[str, ...]:
    """Every folded name of a unit that measures this."""
    return tuple(name for name, (measured, _) in _UNITS.items() if measured == dimension)


def all_unit_names() -> tuple[str, ...]:
    """Every folded name of a unit."""
    return tuple(_UNITS)


def convert(value: Decimal, unit: str, target: str) -> Decimal | None:
    """``value`` in ``target``; ``None`` when the two units do not measure the same."""
    (source, base), (wanted, one) = to_base(value, unit), to_base(Decimal(1), target)
    return base / one if source == wanted else None


@lru_cache(maxsize=65_536)
def plain_number(value: Decimal) -> str:
    """The number without trailing zeros and without an exponent: 8.0 is "8", 1E+2 "100"."""
    return format(value.normalize(), "f")


@lru_cache(maxsize=65_536)
def parse_measure(text: str) -> tuple[Decimal, str] | None:
    """The number and the unit when the whole text is one: "128 GB", "15.6英寸", "42".

    ``None`` for anything else; the unit must be known, or absent ("").
    """
    match = _MEASURE.fullmatch(fold(text))
    if match is None:
        return None
    unit = _name(match["unit"] or "")
    number = _number(match["number"])
    return (number, unit) if number is not None and (not unit or unit in _UNITS) else None


def _name(unit: str) -> str:
    """The unit as the table writes it. Case is no help: feeds write GB, Gb and gb alike."""
    folded = fold(unit).replace(" ", "")
    return folded if folded in _UNITS else folded.rstrip(".")


def _number(text: str) -> Decimal | None:
    if "," in text:
        if not _THOUSANDS.fullmatch(text):
            return None
        text = text.replace(",", "")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
