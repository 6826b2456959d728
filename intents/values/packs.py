"""How many come together, and how large on each side: "pack of 6", 一箱24瓶, "30 x 40 cm"."""

import re
from decimal import Decimal

from intents.shape import NUMBER, Shape
from intents.types import Measure, Slot

_HOLDERS = r"packs?|packages?|boxes|box|cases?|sets?|bundles?|cartons?|bags?|trays?|rolls?"
_FILLED = r"ml|cl|l|g|kg|oz|fl\.? ?oz|毫升|升|克|公斤|千克|斤"
"""What one piece of several holds: 6 x 330 ml, 500毫升*12瓶."""
_NOT_TAKEN = "".join(
    f"(?<!{verb})"
    for verb in ("add ", "buy ", "order ", "get ", "take ", "want ", "need ", *"加买要来拿订")
)
"""Nothing that says how many packs are taken: "add 2 x 500ml shampoo"."""
_PACKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![a-z])(?P<h>{_HOLDERS}) of (?P<n>{NUMBER})(?![a-z%$€£]| ?(?:gb|kg|cm|inch))",
        rf"(?P<n>{NUMBER})[ -]?(?:packs?|pk|count|ct|pcs?(?= (?:set|pack)))"
        rf"(?![a-z]| of {NUMBER})",
        rf"(?P<n>{NUMBER}) ?[片支只个块粒袋瓶包条罐抽枚颗双件入卷杯盒张](?:独立)?装",
        rf"(?P<n>{NUMBER}) ?[片支只个块粒袋瓶包条罐抽枚颗双卷杯听盒]"
        rf"(?: ?/ ?|每|(?P<o>{NUMBER}))[箱盒包袋提组套板](?!装)",
        rf"(?P<w>{NUMBER}|每|整)(?P<h>[箱盒包袋提组套板])(?:有|里|是|装)?(?P<n>{NUMBER}) ?"
        r"[片支只个块粒袋瓶包条罐抽枚颗双卷杯听]",
        rf"{_NOT_TAKEN}(?P<n>{NUMBER}) ?[x×*](?= ?{NUMBER} ?(?:{_FILLED})(?![a-z]))",
        rf"(?<=[lg升克])[x×*](?P<n>{NUMBER})[瓶罐袋包盒支听条]?(?![a-z])",
    )
)
_COUNTED = re.compile(rf"{NUMBER} $")
_UNIT = r"mm|cms?|inch(?:es)?|in|feet|foot|ft|m|\"|″|'|毫米|厘米|公分|英寸|寸|米"
_SIDE = r"\d{1,4}(?:\.\d{1,3})?"
_TIMES = r" ?(?:[x×*✕]|by) ?"
_SIDES = re.compile(
    rf"(?<![\w.$€£-])(?P<a>{_SIDE}) ?(?P<u1>{_UNIT})?{_TIMES}(?P<b>{_SIDE}) ?(?P<u2>{_UNIT})?"
    rf"(?:{_TIMES}(?P<c>{_SIDE}) ?(?P<u3>{_UNIT})?)?(?![\w.]*\d)(?![a-z])"
)
_SIGNS = {
    "mm": "mm", "毫米": "mm", "cm": "cm", "cms": "cm", "厘米": "cm", "公分": "cm", "m": "m",
    "米": "m", "in": "inch", "inch": "inch", "inches": "inch", '"': "inch", "″": "inch",
    "英寸": "inch", "寸": "inch", "ft": "ft", "foot": "ft", "feet": "ft", "'": "ft",
}  # fmt: skip
_MOST = 10_000
DIMENSION = "dimension"
"""The attribute of one side of several; which one is open."""


def find_packs(shape: Shape) -> list[Slot]:
    """How many pieces one pack holds, as slots ``measure`` of ``pack_size`` in pieces."""
    slots: list[Slot] = []
    for pattern in _PACKS:
        for match in pattern.finditer(shape.marked):
            apart = all(match.end() <= s.start or match.start() >= s.end for s in slots)
            apart = apart and (not match.groupdict().get("o") or shape.number(match, "o").low == 1)
            amount = shape.number(match, "n").low
            if apart and 1 < amount <= _MOST and amount == int(amount):
                value = Measure("pack_size", amount, amount, "piece")
                slots.append(shape.slot("measure", value, _begin(shape, match), match.end()))
    return sorted(slots, key=lambda slot: slot.start)


def _begin(shape: Shape, match: re.Match[str]) -> int:
    """Where the slot begins: "2 packs of 6" and 两箱24瓶 leave how many packs to the quantity."""
    groups = match.groupdict()
    if groups.get("w"):
        several = match.start("w") in shape.numbers and shape.number(match, "w").low != 1
        return match.end("h") if several else match.start()
    counted = _COUNTED.search(shape.marked[: match.start()])
    return match.end("h") if counted and groups.get("h") else match.start()


def find_dimensions(shape: Shape) -> list[Slot]:
    """The sides of "30 x 40 cm", each as a slot ``measure`` of ``dimension``.

    Without a unit "20x20" stays text: it may be inches, pixels or pieces.
    """
    slots: list[Slot] = []
    for match in _SIDES.finditer(shape.aligned):
        units = [match["u1"], match["u2"], match["u3"]]
        said = next((unit for unit in reversed(units) if unit), None)
        if said is None:
            continue
        for group, own in zip("abc", units, strict=True):
            if match[group] is not None:
                end = match.end(f"u{'abc'.index(group) + 1}") if own else match.end(group)
                slots.append(_side(shape, match, group, end, _SIGNS[own or said]))
    return slots


def _side(shape: Shape, match: re.Match[str], group: str, end: int, unit: str) -> Slot:
    size = Decimal(match[group])
    return shape.slot("measure", Measure(DIMENSION, size, size, unit), match.start(group), end)
