import struct
import subprocess
import sys

import pytest

from intents.evaluation import evaluate
from intents.names import INTENTS
from intents.plots import confusion_matrix, plot_confidence, plot_confusions
from tests.intents.labelled import example, parser, understood

pytest.importorskip("matplotlib")  # of the extra "train"

NAMES = sorted(INTENTS)


@pytest.fixture(scope="module")
def report():
    """One message an intent; the last is taken for the first, another is not understood."""
    examples = [example(f"say {name}", name) for name in NAMES]
    results = [understood(f"say {name}", {name: 0.9}) for name in NAMES[1:-1]]
    results += [
        understood(f"say {NAMES[0]}", {}),
        understood(f"say {NAMES[-1]}", {NAMES[0]: 0.6}),
    ]
    return evaluate(parser(*results), examples).languages[0]


def size(path):
    """Width and height of a PNG, from its header."""
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:24])


def test_the_matrix_counts_wanted_in_rows_and_got_in_columns(report):
    names, counts = confusion_matrix(report)
    assert names == ["(nothing)", *NAMES]
    assert counts.sum() == len(NAMES)
    assert counts[names.index(NAMES[-1]), names.index(NAMES[0])] == 1
    assert counts[names.index(NAMES[0]), 0] == 1
    assert counts.diagonal().sum() == len(NAMES) - 2


def test_every_intent_has_room_in_the_picture(report, tmp_path):
    width, height = size(plot_confusions(report, tmp_path / "confusion.png"))
    assert min(width, height) > 20 * len(NAMES)


def test_confidence_is_painted(report, tmp_path):
    width, height = size(plot_confidence(report, tmp_path / "confidence.png"))
    assert width > height > 400


def test_serving_and_measuring_do_not_import_matplotlib():
    code = "import sys, intents.reports, intents.plots; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_matplotlib_the_cure_is_told(report, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ValueError, match=r"pip install -e '\.\[train\]'"):
        plot_confusions(report, tmp_path / "confusion.png")
    assert list(tmp_path.iterdir()) == []
