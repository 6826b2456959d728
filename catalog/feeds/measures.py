"""Numbers as feeds write them: with a unit, as yes or no, as a count."""

import re
from decimal import Decimal
from typing import Final

_MOST_DIGITS = 15
_FINEST = Decimal("1E-12")
_MOST_COUNTED = 2_000_000_000
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{1,40})?|\.\d{1,40})")
_MEASURE = re.compile(rf"(?P<number>{_NUMBER.pattern})\s*(?P<unit>[^\d\s.,;:x×/-][^\d;:]{{0,19}})?")

_UNITS: Final = {
    "inch": 'inch inches in in. " ″ ” 英寸 寸 inh',
    "ft": "ft foot feet fot 英尺",
    "m": "m meter meters metre metres mtr 米",
    "cm": "cm cmt centimeter centimeters centimetre centimetres 厘米",
    "mm": "mm mmt millimeter millimeters millimetre millimetres 毫米",
    "g": "g gram grams gramme grammes grm 克",
    "kg": "kg kgs kilogram kilograms kgm 公斤 千克",
    "lb": "lb lbs pound pounds lbr 磅",
    "oz": "oz ounce ounces onz 盎司",
    "ml": "ml milliliter milliliters millilitre millilitres mlt 毫升",
    "L": "l liter liters litre litres ltr 升",
    "GB": "gb gigabyte gigabytes",
    "TB": "tb terabyte terabytes",
    "MB": "mb megabyte megabytes",
    "GHz": "ghz",
    "MHz": "mhz",
    "Hz": "hz hertz",
    "W": "w watt watts wtt 瓦",
    "Wh": "wh whr",
    "V": "v volt volts vlt 伏",
    "mAh": "mah 毫安时 毫安",
    "MP": "mp megapixel megapixels",
    "hour": "h hr hrs hour hours hur 小时",
    "minute": "min mins minute minutes 分钟",
    "day": "day days 天",
    "dB": "db decibel decibels 分贝",
    "percent": "% percent p1",
    "piece": "piece pieces pc pcs ct count 件 片",
    "page": "page pages 页",
    "sheet": "sheet sheets 张",
}
_SIGNS = {written: sign for sign, all_ in _UNITS.items() for written in all_.split()}

_YES = frozenset(("true", "yes", "y", "1", "on", "是", "有"))
_NO = frozenset(("false", "no", "n", "0", "off", "否", "无", "没有"))


def as_number(value: object) -> Decimal | None:
    """The number a value is or spells, to 12 digits after the point; ``None`` when it is none.

    Raises:
        ValueError: It is a number, but of more than 15 digits before the point.
    """
    if isinstance(value, str):
        text = value.strip()
        return _rounded(Decimal(text)) if _NUMBER.fullmatch(text) else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return None
    if number and number.adjusted() >= _MOST_DIGITS:
        raise ValueError(f"expected a number from -10^15 to 10^15, got {str(value)[:40]}")
    return _rounded(number)


def _rounded(number: Decimal) -> Decimal:
    if number and number.adjusted() < _FINEST.adjusted():
        return Decimal(0)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < _FINEST.adjusted():
        return number.quantize(_FINEST)
    return number


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 8.0 is 8, 1E+2 is 100."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == number else number.normalize()


def as_measure(text: str) -> tuple[Decimal, str] | None:
    """A number and the sign of its unit, of "3.5 kg" or "17 inches"; ``None`` for other text."""
    match = _MEASURE.fullmatch(text.strip())
    if match is None:
        return None
    unit = unit_sign(match["unit"] or "")
    return None if unit is None else (plain(Decimal(match["number"])), unit)


def unit_sign(written: str) -> str | None:
    """The sign of a unit: "lbs" and "磅" are ``lb``. ``""`` without one, ``None`` if unknown."""
    return _SIGNS.get(written.strip().casefold()) if written.strip() else ""


def as_flag(value: object) -> bool | None:
    """Yes or no, in English or Chinese; ``None`` when the value is neither."""
    if isinstance(value, bool):
        return value
    text = str(value).strip().casefold() if isinstance(value, str | int) else ""
    if text in _YES:
        return True
    return False if text in _NO else None


def as_count(value: object, what: str) -> int | None:
    """A whole number from 0, ``None`` for an empty value.

    Raises:
        ValueError: It is not one; ``what`` names it in the message.
    """
    if value is None or value == "":
        return None
    number = as_number(value)
    if number is None or number != int(number) or not 0 <= number <= _MOST_COUNTED:
        raise ValueError(f"{what} must be a whole number from 0, got {str(value)[:40]!r}")
    return int(number)


def as_rating(value: object, scale: Decimal) -> float | None:
    """A rating brought to the scale of 5 stars, ``None`` for an empty value.

    Raises:
        ValueError: It is no number from 0 to ``scale``.
    """
    if value is None or value == "":
        return None
    number = as_number(value)
    if number is None or not 0 <= number <= scale:
        raise ValueError(f"a rating must lie from 0 to {scale}, got {str(value)[:40]!r}")
    return float(number * 5 / scale)
