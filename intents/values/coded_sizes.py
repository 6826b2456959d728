"""Sizes written as a code: 160/84A, "32x34" jeans, a 34C bra, "W32 L34", 38码半, "size 5T"."""

import re

from intents.shape import Shape
from intents.types import Slot

_CODES: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = tuple(
    (re.compile(code), re.compile(beside) if beside else None)
    for code, beside in (
        (r"(?<![a-z0-9/.])(?:0[5-9]\d|[5-9]\d|1[0-9]\d)/\d{2,3}[abcy](?![a-z0-9/])", ""),
        (r"(?<![a-z0-9/.])1[4-9]\d/(?:[6-9]\d|1[0-3]\d)(?![a-z0-9/])", ""),
        (r"(?<![a-z0-9])w ?[2-5]\d ?[/x]? ?l ?[2-4]\d(?![a-z0-9])", ""),
        (
            r"(?<![a-z0-9.])(?:2[4-9]|3\d|4[0-8]) ?[x/] ?(?:2[6-9]|3[0-8])"
            r"(?![a-z0-9.]| ?(?:cm|in|\"|″))",
            r"jean|pant|trouser|chino|waist|size|leg\b|levi|牛仔|裤|尺码",
        ),
        (
            r"(?<![a-z0-9.])(?:2[8-9]|3[0-9]|4[0-8]|6[05]|7[05]|8[05]|9[05])(?:[a-h]|dd|ddd)(?![a-z0-9])",
            r"\bbras?\b|bralette|cups?\b|size|文胸|内衣|胸罩|罩杯|尺码|^\W*\w{3,5}\W*$",
        ),
        (r"(?<![a-z0-9.])[2-6]t(?![a-z0-9])", r"size|kid|toddler|girl|boy|child|童|宝宝"),
    )
)
_HALF = re.compile(
    r"(?<![a-z0-9.])(?:sizes? )?(?P<n>\d{1,2}) ?(?P<f>1/2|½|and a half)"
    r"(?! ?(?:inch|cm|cup|lb|oz|\"))"
    r"|(?<![\d.])(?P<z>\d{2})(?:码半|号半|半码)"
)
_SIZED = re.compile(r"size|shoe|boot|sneaker|sandal|heel|\bus\b|\buk\b|\beu\b|码|号|鞋")


def find_coded_sizes(shape: Shape) -> list[Slot]:
    """Sizes that are a code as slots named ``size``, in capitals and without spaces."""
    slots = [_half(shape, match) for match in _HALF.finditer(shape.aligned)]
    if not _SIZED.search(shape.aligned):
        slots = []
    for code, beside in _CODES:
        if beside is not None and not beside.search(shape.aligned):
            continue
        for match in code.finditer(shape.aligned):
            if all(match.end() <= s.start or match.start() >= s.end for s in slots):
                slots.append(shape.slot("size", _value(match.group()), *match.span()))
    return sorted(slots, key=lambda slot: slot.start)


def _half(shape: Shape, match: re.Match[str]) -> Slot:
    return shape.slot("size", f"{match['n'] or match['z']}.5", *match.span())


def _value(code: str) -> str:
    """The code as labels print it: "W32L34" and "32x34" alike are 32x34."""
    waist = re.fullmatch(r"w? ?(\d+) ?[/x]? ?(?:l ?|(?<=[/x] )|(?<=[/x]))(\d+)", code)
    if waist and len(waist[1]) == len(waist[2]) == 2:
        return f"{waist[1]}x{waist[2]}"
    return code.replace(" ", "").upper()
