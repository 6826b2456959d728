"""The picture of a training: figures by epoch, and the loss below them."""

import struct
import sys

import pytest

from intents.plots import plot_training

matplotlib = pytest.importorskip("matplotlib")  # of the extra "train"

HISTORY = (
    {"epoch": 1.0, "loss": 2.5, "intent": 0.8, "slot_f1": 0.7, "exact": 0.6, "total": 2.1},
    {"epoch": 2.0, "loss": 1.0, "intent": 0.9, "slot_f1": 0.85, "exact": 0.75, "total": 2.5},
    {"epoch": 3.0, "loss": 0.5, "intent": 0.92, "slot_f1": 0.84, "exact": 0.74, "total": 2.5},
)


@pytest.fixture
def painted(tmp_path, monkeypatch):
    """The two parts of the picture, as they were when it was written."""
    from matplotlib.figure import Figure

    figures = []
    monkeypatch.setattr(Figure, "savefig", lambda self, *_, **__: figures.append(self))

    def paint(history):
        plot_training(history, tmp_path / "training.png")
        return figures.pop().axes

    return paint


@pytest.mark.parametrize("epochs", [1, 3])
def test_a_picture_is_written_where_it_was_asked_for(tmp_path, epochs):
    path = tmp_path / "training.png"
    assert plot_training(HISTORY[:epochs], path) == path
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert min(struct.unpack(">II", head[16:24])) > 400


def test_figures_are_percentages_by_epoch(painted):
    shares, _ = painted(HISTORY)
    lines = {line.get_label(): line for line in shares.get_lines()}
    assert {label: list(line.get_ydata()) for label, line in lines.items()} == {
        "intent accuracy": pytest.approx([80, 90, 92]),
        "slot F1": pytest.approx([70, 85, 84]),
        "exact frame": pytest.approx([60, 75, 74]),
    }
    assert all(list(line.get_xdata()) == [1, 2, 3] for line in lines.values())
    assert shares.get_legend() is not None


def test_the_loss_is_below_on_the_same_epochs(painted):
    shares, losses = painted(HISTORY)
    (line,) = losses.get_lines()
    assert (list(line.get_xdata()), list(line.get_ydata())) == ([1, 2, 3], [2.5, 1.0, 0.5])
    assert (losses.get_ylabel(), losses.get_xlabel()) == ("loss", "epoch")
    assert losses.get_position().y1 < shares.get_position().y0
    assert list(losses.get_xticks()) == [1, 2, 3]


def test_without_matplotlib_the_cure_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ValueError, match=r"pip install -e '\.\[train\]'"):
        plot_training(HISTORY, tmp_path / "training.png")
    assert list(tmp_path.iterdir()) == []
