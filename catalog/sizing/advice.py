"""The size that fits a body by a chart, and what returns say of a product. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.sizing.body import Body
from catalog.sizing.charts import Chart, Measure, Returns

_LEAST = 5
_SHARE = 0.05
_TIMES = 2
"""Returns tell something when at least so many of one kind came back, at least so large a share
of what was sold, and at least so many times as often as for the other reason."""


@dataclass(frozen=True, slots=True)
class SizeAdvice:
    """The advised size, and what it rests on.

    Attributes:
        size: A size of the chart.
        used: The measures that were compared.
        also: Another size that a measure points at, where they do not agree.
        outside: Whether a measure lies below the smallest or above the largest size.
    """

    size: str
    used: tuple[Measure, ...]
    also: str = ""
    outside: bool = False


def advise_size(chart: Chart, body: Body) -> SizeAdvice | None:
    """The size that fits every measure, the larger one where they differ.

    ``None`` where nothing of the body is on the chart.
    """
    used = tuple(one for one in chart.measures() if one in body)
    if not used:
        return None
    sizes = list(chart.sizes)
    places, outside = [], False
    for measure in used:
        place, inside = _place(chart, sizes, measure, body[measure])
        places.append(place)
        outside = outside or not inside
    largest, smallest = max(places), min(places)
    also = sizes[smallest] if smallest != largest else ""
    return SizeAdvice(sizes[largest], used, also, outside)


def _place(chart: Chart, sizes: Sequence[str], measure: Measure, value: float) -> tuple[int, bool]:
    """The first size that is wide enough, and whether the value lies on the chart."""
    ranges = [(n, chart.sizes[size].get(measure)) for n, size in enumerate(sizes)]
    known = [(n, one) for n, one in ranges if one is not None]
    for number, (_, high) in known:
        if value <= high:
            return number, value >= known[0][1][0]
    return known[-1][0], False


def runs(returns: Returns | None) -> str:
    """``small``, ``large``, or "" where returns say neither, or are too few to say it."""
    if returns is None:
        return ""
    small, large = returns.too_small, returns.too_large
    least = max(_LEAST, returns.sold * _SHARE)
    if small >= least and small >= _TIMES * large:
        return "small"
    return "large" if large >= least and large >= _TIMES * small else ""
