"""Pictures of a training: how good each part is, of what kind its lists are, and for whom.

matplotlib is imported when a picture is painted, never while serving.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.recommenders.evaluation import HISTORIES, Quality

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DPI = 110
_BAR, _OTHER = "#2a7f9e", "#d1495b"
_COLOURS, _MARKERS = 10, "os^Dv"
"""matplotlib names so many colours, C0 to C9; each comes again with another mark."""
_BEYOND = {
    "coverage": "coverage of the catalogue",
    "novelty": "novelty, bits",
    "diversity": "diversity in a list",
    "popularity": "popularity of what is shown (0.5: no bias)",
    "gini": "inequality of what is shown (Gini)",
    "cold_items": "recall of new items",
}


def plot_quality(qualities: Mapping[str, Quality], folder: Path) -> tuple[Path, ...]:
    """Paint ``accuracy.png``, ``beyond.png`` and ``cold_start.png`` into a folder.

    Raises:
        ValueError: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ValueError("pictures need matplotlib: pip install -e '.[train]'") from error
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / f"{name}.png" for name in ("accuracy", "beyond", "cold_start"))
    figures = [Figure(figsize=size, layout="constrained") for size in ((10, 4), (12, 8), (9, 4.5))]
    left, right = figures[0].subplots(1, 2)
    _bars(left, qualities, "ndcg", "nDCG@10")
    _bars(right, qualities, "recall", "recall@10")
    for axes, (name, title) in zip(figures[1].subplots(2, 3).flat, _BEYOND.items(), strict=True):
        _bars(axes, qualities, name, title)
    draw_lines(figures[2].subplots(), qualities)
    for figure, path in zip(figures, paths, strict=True):
        figure.savefig(path, dpi=_DPI)
    return paths


def _bars(axes: "Axes", qualities: Mapping[str, Quality], name: str, title: str) -> None:
    known = {
        key: value for key, one in qualities.items() if (value := getattr(one, name)) is not None
    }
    colours = [_OTHER if key == "blend" else _BAR for key in known]
    axes.barh(list(known), list(known.values()), color=colours)
    axes.invert_yaxis()
    axes.set_title(title, fontsize=10)


def draw_lines(axes: "Axes", qualities: Mapping[str, Quality]) -> None:
    """NDCG of users by how much was known of them, a line for each model."""
    there = {group for one in qualities.values() for group in one.by_history}
    groups: Sequence[str] = [group for group in HISTORIES if group in there]
    for number, (name, one) in enumerate(qualities.items()):
        known = [(at, one.by_history[g]) for at, g in enumerate(groups) if g in one.by_history]
        if known:
            places, values = zip(*known, strict=True)
            mark = _MARKERS[number // _COLOURS % len(_MARKERS)]
            style = "-" if number < _COLOURS else "--"
            width = 2.5 if name == "blend" else 1
            look = f"C{number % _COLOURS}{mark}{style}"
            axes.plot(places, values, look, label=name, linewidth=width)
    axes.set_xticks(range(len(groups)), groups)
    axes.set_xlabel("events of the user before")
    axes.set_ylabel("nDCG@10")
    axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))
