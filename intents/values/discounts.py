"""Wishes for a reduced price: "half price", "at least 30% off", 半价, 打八折, "on sale"."""

import re
from decimal import Decimal

from intents.shape import Shape
from intents.types import Measure, Slot

ON_SALE = "on_sale"
"""The value of a wish for anything that is reduced."""
DISCOUNT = "discount"
"""The attribute of a wish for a reduction by some percent of the list price."""

_PERCENT = re.compile(
    r"(?<![a-z])(?:(?:at least|over|more than|min(?:imum)?|up to) )?(?P<n>\d{1,2}) ?(?:%|percent) ?"
    r"(?:off|reduction|reduced|cheaper|discounted)(?: or more)?(?![a-z])"
    r"|(?:至少|超过)?(?:优惠|立减|便宜|降价?)(?P<m>\d{1,2})%(?:以上)?"
)
_HALF = re.compile(
    r"(?<![a-z])(?:(?:for |at )?half[- ](?:the )?(?:price|off|cost)|half[- ]priced?)(?![a-z])"
    r"|半价的?|(?:打)?(?:对折|(?<![一二三四五六七八九.\d])[五5]折)(?:的|以下)?"
)
_FOLD = re.compile(
    r"打?(?P<z>[一二三四五六七八九1-9](?:\.?[一二三四五六七八九1-9])?)折(?:以下|以内|左右|起|的)?(?!叠|扣|旧|腾|断|现|射|返)"
)
_PLAIN = re.compile(
    r"(?<![a-z])(?:(?:that are |which are |items |ones |things )?on (?:sale|special|offer"
    r"|clearance)|with (?:a |some )?discounts?|discounted|marked down|reduced(?: in price)?"
    r"|clearance)"
    r"(?![a-z]| (?:for|by|code|noise|sugar|fat|sodium|salt))"
    r"|(?:正在|在|有)?(?:打折|特价|促销|降价|折扣|清仓|有优惠)的(?!吗|能|可以)(?:款|商品|东西)?"
)
_QUESTION = re.compile(r"(?<![a-z])(?:is|are|was|were|when|will|does)(?! there)\b[^,.]*$")
_ZH = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")}


def find_discounts(shape: Shape) -> list[Slot]:
    """Wishes for a reduced price as slots named ``feature``.

    The value is a :class:`Measure` of the attribute ``discount`` in percent where an amount was
    said (八折 is 20 % off), else :data:`ON_SALE`. "Is it on sale?" asks, and wishes for nothing.
    """
    slots = [_slot(shape, m, Decimal(m["n"] or m["m"])) for m in _PERCENT.finditer(shape.aligned)]
    slots += [_slot(shape, m, Decimal(50)) for m in _HALF.finditer(shape.aligned)]
    rest = shape.without(slots)
    slots += [_slot(shape, m, _off(m["z"])) for m in _FOLD.finditer(rest.aligned)]
    rest = shape.without(slots)
    slots += [
        shape.slot("feature", ON_SALE, *match.span())
        for match in _PLAIN.finditer(rest.aligned)
        if not _QUESTION.search(rest.aligned[: match.start()])
    ]
    return sorted(slots, key=lambda slot: slot.start)


def is_discount(slot: Slot) -> bool:
    """Whether a slot is a wish for a reduced price, which no product's text tells."""
    measured = isinstance(slot.value, Measure) and slot.value.attribute == DISCOUNT
    return measured or slot.value == ON_SALE


def _slot(shape: Shape, match: re.Match[str], percent: Decimal) -> Slot:
    return shape.slot("feature", Measure(DISCOUNT, percent, None, "%"), *match.span())


def _off(fold: str) -> Decimal:
    """What 八折 and 八五折 take off in percent: 20 and 15."""
    digits = [_ZH.get(c, int(c) if c.isdigit() else 0) for c in fold if c != "."]
    paid = digits[0] * 10 + (digits[1] if len(digits) > 1 else 0)
    return Decimal(100 - paid)
