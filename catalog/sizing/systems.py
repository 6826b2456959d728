"""Shoe sizes in the systems of other countries: US 10, UK 9, and a foot of 270 mm are all EU 43.

After the conversion that ISO/TS 19407 describes and shoe shops print, in whole EU sizes. Half sizes
lie halfway between two rows.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from catalog.text import fold

System = Literal["EU", "US", "UK", "CN"]
"""CN is the length of the foot in mm, 250, as labels in China have it."""
Wearer = Literal["men", "women"]

_COLUMNS: tuple[System, ...] = ("EU", "US", "UK", "CN")
_ROWS: Mapping[Wearer, tuple[tuple[int, int, int, int], ...]] = {
    "men": (
        (38, 5, 4, 240), (39, 6, 5, 245), (40, 7, 6, 250), (41, 8, 7, 255), (42, 9, 8, 260),
        (43, 10, 9, 265), (44, 11, 10, 270), (45, 12, 11, 275), (46, 13, 12, 280),
        (47, 14, 13, 285), (48, 15, 14, 290),
    ),
    "women": (
        (34, 3, 1, 220), (35, 4, 2, 225), (36, 5, 3, 230), (37, 6, 4, 235), (38, 7, 5, 240),
        (39, 8, 6, 245), (40, 9, 7, 250), (41, 10, 8, 255), (42, 11, 9, 260), (43, 12, 10, 265),
    ),
}  # fmt: skip
_BARE: Mapping[System, tuple[int, int]] = {"EU": (33, 50), "CN": (215, 310)}
"""Numbers that tell their system by themselves."""
_WRITTEN = re.compile(
    r"(?:(?P<before>eu|us|uk)[ .]?)?(?P<number>\d{1,3}(?:\.\d)?)"
    r"(?: ?(?P<after>eu|us|uk|mm))?[码号]?"
)
_NEAR = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class ShoeSize:
    """A number and the system it is of."""

    system: System
    number: Decimal


def read_shoe_size(text: str) -> ShoeSize | None:
    """The size that a label or a wish names; ``None`` where its system stays open, as of 9."""
    match = _WRITTEN.fullmatch(fold(text))
    if match is None:
        return None
    number = Decimal(match["number"])
    said = (match["before"] or match["after"] or "").replace("mm", "cn").upper()
    for system in _COLUMNS:
        low, high = _BARE.get(system, (0, 0))
        if said == system or (not said and low <= number <= high):
            return ShoeSize(system, number)
    return None


def sizes_like(said: ShoeSize, sold: Iterable[str], wearer: Wearer) -> tuple[str, ...]:
    """The sizes on sale that fit who wears the one that was said.

    Where it lies halfway between two, both; none where no chart tells.
    """
    wanted = _in_eu(said, wearer)
    read = ((text, read_shoe_size(text)) for text in sold)
    placed = [(text, _in_eu(size, wearer)) for text, size in read if size is not None]
    if wanted is None:
        return ()
    apart = [(text, abs(place - wanted)) for text, place in placed if place is not None]
    nearest = min((distance for _, distance in apart), default=_NEAR + 1)
    return tuple(text for text, one in apart if one == nearest <= _NEAR)


def _in_eu(size: ShoeSize, wearer: Wearer) -> Decimal | None:
    """Where a size lies among the EU sizes; ``None`` beyond the chart."""
    rows, column = _ROWS[wearer], _COLUMNS.index(size.system)
    if not rows[0][column] <= size.number <= rows[-1][column]:
        return None
    step = rows[1][column] - rows[0][column]
    return rows[0][0] + (size.number - rows[0][column]) / step
