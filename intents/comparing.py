"""More or less of something that products are measured by: "longer battery life", 屏幕大一点."""

import re

from catalog.types import AttributeOrder
from intents.attributes import find_attributes
from intents.resolve import Words
from intents.shape import NUMBER, Shape
from intents.types import Slot
from intents.values.wishes import THAN_AMOUNT

_UP_EN = r"more|higher|longer|larger|bigger|greater|better|faster|stronger|wider|taller"
_DOWN_EN = r"less|lower|shorter|smaller|fewer|slower|thinner|narrower"
_BEFORE = re.compile(
    rf"(?<![a-z])(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN}))(?: of)?[ -]$"
    r"|更(?:(?P<zh_up>[大高长多强久快])|(?P<zh_down>[小低短少慢]))的?$"
)
_AFTER = re.compile(
    r"(?:能|可以|要|得)?(?P<more>再|更|稍微?|还要)?"
    r"(?:(?P<up>[大高长多强久快])|(?P<down>[小低短少慢]))"
    r"(?P<bit>(?:一?点儿?|一?些)的?|的(?![是话时])|$|(?=[,，。!！]))"
)
_OTHERS: tuple[tuple[AttributeOrder, re.Pattern[str]], ...] = (
    (
        AttributeOrder("weight", descending=True),
        re.compile(r"(?<![a-z])heavier(?![a-z])|[更再]重|重一?[点些]|太轻"),
    ),
    (
        AttributeOrder("brightness", descending=True),
        re.compile(r"(?<![a-z])brighter(?![a-z])|[更再]亮|亮一?[点些]|太暗"),
    ),
    (
        AttributeOrder("brightness"),
        re.compile(r"(?<![a-z])(?:dimmer|less bright)(?![a-z])|[更再]暗|暗一?[点些]|太亮"),
    ),
    (
        AttributeOrder("power", descending=True),
        re.compile(r"(?<![a-z])more powerful(?![a-z])"),
    ),
    (
        AttributeOrder("noise_level"),
        re.compile(r"(?<![a-z])(?:quieter|less noisy|too loud)(?![a-z])|安静一?[点些]|更安静|太吵"),
    ),
    (
        AttributeOrder("thickness"),
        re.compile(r"(?<![a-z])(?:thinner|slimmer)(?![a-z])|[更再]薄|薄一?[点些]|太厚"),
    ),
    (
        AttributeOrder("battery_life", descending=True),
        re.compile(r"(?<![a-z])longer[- ]lasting(?![a-z])|更耐用|续航更[久长好强]"),
    ),
)
# Where a shop writes them as choices ("256 GB") they can still be compared.
_NUMBERS = frozenset({"price", "storage", "memory", "capacity"})
_FIXED = frozenset({"rating", "brand", "product_type", "feature"})

_THAN_ZH = re.compile(rf"比 ?{NUMBER} ?(?:[a-z]+|[\u4e00-\u9fff]{{1,3}})? ?$")
"""What makes of 更重 the bound of an amount: 比2公斤更重."""


def find_comparisons(prepared: Shape, vocabulary: Words) -> list[Slot]:
    """Slots ``comparative`` whose value is the order that the words wish for.

    An attribute counts that the catalogue keeps numbers of; ``battery_life:descending`` is a
    longer battery life than before. Prices and ratings are left to the other rules.
    """
    found = [
        prepared.slot("comparative", str(order), *match.span())
        for order, pattern in _OTHERS
        for match in pattern.finditer(prepared.aligned)
        if not _is_bound(prepared, *match.span())
    ]
    for attribute in find_attributes(prepared.without(found), (), vocabulary):
        name = str(attribute.value)
        if name in _FIXED or not (vocabulary.is_measurable(name) or name in _NUMBERS):
            continue
        span = _span(prepared.aligned, attribute)
        if span is not None:
            start, end, descending = span
            order = str(AttributeOrder(name, descending))
            if name == "price":
                order = "more_expensive" if descending else "cheaper"
            found.append(prepared.slot("comparative", order, start, end))
    return found


def _is_bound(prepared: Shape, start: int, end: int) -> bool:
    """Whether words compare with an amount, and not with what was shown."""
    than = THAN_AMOUNT.match(prepared.marked, end) or _THAN_ZH.search(prepared.marked[:start])
    return than is not None


def _span(aligned: str, attribute: Slot) -> tuple[int, int, bool] | None:
    """Where a comparison of an attribute stands, and whether more of it is wished for."""
    before = _BEFORE.search(aligned[: attribute.start])
    if before is not None:
        return before.start(), attribute.end, bool(before["up"] or before["zh_up"])
    after = _AFTER.match(aligned, attribute.end)
    if after is not None and (after["more"] or after["bit"]):
        return attribute.start, after.end(), bool(after["up"])
    return None
