"""Pictures of an evaluation: which intents are confused, and what confidence is worth.

matplotlib is imported when a picture is painted, never while serving.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from intents.evaluation import LanguageReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DPI = 110
_CELL = 0.24
"""Inches of one cell of the confusion matrix: 53 intents are about 15 inches."""
_MARGIN = 2.6
_LOW = 0.1
_RIGHT, _WRONG = "#2a7f9e", "#d1495b"
_TRAINED = {"intent": "intent accuracy", "slot_f1": "slot F1", "exact": "exact frame"}


def plot_confusions(report: LanguageReport, path: Path) -> Path:
    """Paints the wanted intents as rows and the understood ones as columns.

    Shade is the share of the row, numbers are counts; what is wrong is red.

    Raises:
        ValueError: matplotlib is not installed.
    """
    names, counts = confusion_matrix(report)
    side = _CELL * len(names) + _MARGIN
    figure = _figure(side, side)
    axes = figure.add_subplot()
    _paint_cells(axes, counts)
    places = range(len(names))
    axes.set_xticks(places, names, rotation=90, fontsize=8)
    axes.set_yticks(places, names, fontsize=8)
    axes.set_xlabel("understood")
    axes.set_ylabel("wanted")
    axes.set_title(
        f"Intents, {report.language}: {100 * report.intent_accuracy:.1f} % of"
        f" {report.examples} right"
    )
    return _save(figure, path)


def plot_confidence(report: LanguageReport, path: Path) -> Path:
    """Paints the confidence of right and wrong answers, and accuracy by confidence.

    Raises:
        ValueError: matplotlib is not installed.
    """
    figure = _figure(11, 4.6)
    left, right = figure.subplots(1, 2)
    _paint_histogram(left, report)
    _paint_reliability(right, report)
    return _save(figure, path)


def confusion_matrix(report: LanguageReport) -> tuple[list[str], NDArray[np.int64]]:
    """The names of rows and columns, and how often each was wanted [row] and got [column]."""
    names = sorted({name for pair in report.pairs for name in pair})
    counts = np.zeros((len(names), len(names)), dtype=np.int64)
    for (wanted, got), count in report.pairs.items():
        counts[names.index(wanted), names.index(got)] = count
    return names, counts


def _paint_cells(axes: "Axes", counts: NDArray[np.int64]) -> None:
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    on_diagonal = np.eye(len(counts), dtype=bool)
    right = np.ma.masked_where(~on_diagonal | (counts == 0), shares)
    wrong = np.ma.masked_where(on_diagonal | (counts == 0), shares)
    axes.imshow(right, cmap="Blues", vmin=-0.2, vmax=1.4)
    axes.imshow(wrong, cmap="Reds", vmin=-0.15, vmax=0.6)
    axes.set_xlim(-0.5, len(counts) - 0.5)
    axes.set_ylim(len(counts) - 0.5, -0.5)
    axes.set_xticks(np.arange(len(counts)) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(counts)) - 0.5, minor=True)
    axes.grid(which="minor", color="#e4e4e4", linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    for row, column in np.argwhere(counts):
        text = str(counts[row, column])
        axes.text(column, row, text, ha="center", va="center", fontsize=7)


def _paint_histogram(axes: "Axes", report: LanguageReport) -> None:
    histogram = report.histogram
    starts = np.array(histogram.edges[:-1])
    width = histogram.edges[1] - histogram.edges[0]
    axes.bar(starts, histogram.right, width, align="edge", color=_RIGHT, label="right")
    # Wrong answers hang below the line: on top of thousands of right ones they would vanish.
    below = -np.array(histogram.wrong)
    axes.bar(starts, below, width, align="edge", color=_WRONG, label="wrong")
    axes.set_yscale("symlog", linthresh=10)
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    axes.axhline(0, color="black", linewidth=0.6)
    axes.set_xlim(0, 1)
    axes.set_xlabel("confidence")
    axes.set_ylabel("messages")
    axes.set_title(f"Confidence, {report.language}")
    axes.legend(loc="upper left")


def _paint_reliability(axes: "Axes", report: LanguageReport) -> None:
    bins = [one for one in report.reliability if one.count]
    axes.plot((0, 1), (0, 1), color="#888888", linestyle="--", linewidth=1, label="calibrated")
    axes.plot(
        [one.confidence for one in bins],
        [one.accuracy for one in bins],
        color=_RIGHT,
        marker="o",
        label="measured",
    )
    for one in bins:
        place = (one.confidence, one.accuracy)
        beside = (5, -11) if one.accuracy > _LOW else (5, 5)
        axes.annotate(str(one.count), place, beside, textcoords="offset points", fontsize=8)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.03)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share right")
    axes.set_title(
        f"Reliability, {report.language}: calibration error {100 * report.calibration_error:.1f} %"
    )
    axes.legend(loc="upper left")


def plot_training(history: Sequence[Mapping[str, float]], path: Path) -> Path:
    """Paints the figures on the validation part epoch by epoch, and the loss below them.

    Args:
        history: An epoch each, as :class:`intents.training.TrainingReport` has them.
        path: Of the picture.

    Raises:
        ValueError: matplotlib is not installed.
    """
    figure = _figure(7.0, 6.0)
    shares, losses = figure.subplots(2, 1, sharex=True, height_ratios=(2, 1))
    epochs = [one["epoch"] for one in history]
    for name, label in _TRAINED.items():
        shares.plot(epochs, [100 * one[name] for one in history], marker="o", label=label)
    shares.set_ylabel("validation, %")
    shares.grid(alpha=0.3)
    shares.legend(loc="lower right")
    losses.plot(epochs, [one["loss"] for one in history], marker="o", color=_WRONG)
    losses.set_ylabel("loss")
    losses.set_xlabel("epoch")
    losses.set_xticks(epochs)
    return _save(figure, path)


def _figure(width: float, height: float) -> "Figure":
    """An empty figure on the Agg canvas, which needs no screen; sizes in inches."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ValueError(
            "pictures are painted by matplotlib, which is not installed: pip install -e '.[train]'"
        ) from error
    figure = Figure(figsize=(width, height), dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _save(figure: "Figure", path: Path) -> Path:
    figure.savefig(path, format="png")
    return path
