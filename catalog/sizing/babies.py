"""Sizes of baby clothes by age: what is sold for 6 to 9 months is 73 or 74 cm.

After the charts that clothes are labelled by, in Europe (steps of 6 cm) and in China (of 7).
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from catalog.text import fold

_ROWS = (
    (0, 1, (56, 52)),
    (1, 3, (62, 59)),
    (3, 6, (68, 66)),
    (6, 9, (74, 73)),
    (9, 12, (80,)),
    (12, 18, (86, 80)),
    (18, 24, (92, 90)),
)
"""From and to how many months, and the size in cm in Europe and in China."""
_LABEL = re.compile(r"(\d{2,3}) ?(?:cm|厘米)?码?")


def sizes_for_months(low: Decimal, high: Decimal, sold: Iterable[str]) -> tuple[str, ...]:
    """The sizes on sale for an age in months, the smallest first; none that no chart tells.

    One age between two rows is of both.
    """
    labelled = {int(match[1]): one for one in sold if (match := _LABEL.fullmatch(fold(one)))}
    found: dict[str, None] = {}
    for start, end, sizes in _ROWS:
        of_it = start <= low <= end if low == high else start < high and low < end
        there = [labelled[size] for size in sizes if size in labelled]
        if of_it and there and high <= _ROWS[-1][1]:
            found[there[0]] = None
    return tuple(found)
