"""``daogou train nlu`` with a training whose outcome is known."""

import json
import struct
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from assistant.cli import app, training
from intents.calibration import Thresholds
from intents.training import TrainingReport

pytest.importorskip("matplotlib")  # of the extra "train"

HISTORY = (
    {"epoch": 1.0, "loss": 2.5, "intent": 0.8, "slot_f1": 0.7, "exact": 0.6, "total": 2.1},
    {"epoch": 2.0, "loss": 1.25, "intent": 0.9123, "slot_f1": 0.85, "exact": 0.75, "total": 2.5},
    {"epoch": 3.0, "loss": 0.5, "intent": 0.9, "slot_f1": 0.84, "exact": 0.74, "total": 2.48},
)
REPORT = TrainingReport(
    written=11_000,
    shown=60_000,
    validation=1_200,
    history=HISTORY,
    temperature=1.1,
    thresholds=Thresholds(understood=0.41, margin=0.052, out_of_scope=0.63, several=0.774),
    seconds=1830.0,
    bytes=12_345_678,
)


@pytest.fixture
def asked(monkeypatch):
    """What the training was asked for."""
    kept = SimpleNamespace()

    def train(settings, data, out, seed, epochs, progress):
        kept.home, kept.data, kept.out = settings.home, data, out
        kept.seed, kept.epochs = seed, epochs
        progress("training", 1, 1)
        return REPORT

    monkeypatch.setattr(training, "train_nlu", train)
    return kept


@pytest.fixture
def daogou(tmp_path, monkeypatch):
    monkeypatch.setenv("DAOGOU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return lambda *more: CliRunner().invoke(app, ["train", "nlu", *more])


def test_every_epoch_is_a_row_and_the_best_was_kept(daogou, asked):
    shown = daogou()
    assert shown.exit_code == 0, shown.output
    table = [line.split() for line in shown.stdout.splitlines()[1:4]]
    assert table == [
        ["1", "2.500", "80.00", "70.00", "60.00"],
        ["2", "1.250", "91.23", "85.00", "75.00", "kept"],
        ["3", "0.500", "90.00", "84.00", "74.00"],
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("learned from", "11000 written utterances, 60000 an epoch"),
        ("validated on", "1200 written utterances"),
        ("understood from", "0.410"),
        ("a tie up to", "0.052"),
        ("out of scope from", "0.630"),
        ("several from", "0.774"),
        ("size", "12.3 MB"),
        ("time", "30.5 minutes"),
    ],
)
def test_what_came_of_it_is_summed_up(daogou, asked, name, value):
    line = next(one for one in daogou().stdout.splitlines() if one.strip().startswith(name))
    assert line.strip().removeprefix(name).strip() == value


def test_places_are_told_on_standard_error(daogou, asked, tmp_path):
    shown = daogou()
    said = "".join(shown.stderr.split())
    home = tmp_path / "home"
    assert f"picture:{home / 'reports' / 'train-nlu' / 'training.png'}" in said
    assert f"model:{home / 'models' / 'nlu'}" in said
    assert "picture" not in shown.stdout


def test_the_picture_is_painted(daogou, asked, tmp_path):
    daogou()
    head = (tmp_path / "home" / "reports" / "train-nlu" / "training.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert min(struct.unpack(">II", head[16:24])) > 400


def test_programs_read_json_and_nothing_else(daogou, asked, tmp_path):
    shown = daogou("--json", "--out", str(tmp_path / "model"))
    report = json.loads(shown.stdout)
    assert report["history"] == list(HISTORY)
    assert report["thresholds"]["out_of_scope"] == 0.63
    assert (report["bytes"], report["seconds"]) == (12_345_678, 1830.0)
    assert report["folder"] == str(tmp_path / "model")
    assert report["picture"].endswith("training.png")


def test_what_is_chosen_reaches_the_training(daogou, asked, tmp_path):
    data, out = tmp_path / "data", tmp_path / "model"
    daogou("--data", str(data), "--out", str(out), "--seed", "0", "--epochs", "3")
    assert (asked.data, asked.out, asked.seed, asked.epochs) == (data, out, 0, 3)
    assert asked.home == tmp_path / "home"


def test_what_is_not_chosen_is_left_to_the_training(daogou, asked):
    daogou()
    assert (asked.data, asked.out, asked.seed, asked.epochs) == (None, None, None, None)


@pytest.mark.parametrize("options", [("--epochs", "0"), ("--seed", "-1"), ("--epochs", "many")])
def test_wrong_numbers_end_with_2_before_anything_is_trained(daogou, asked, options):
    assert daogou(*options).exit_code == 2
    assert vars(asked) == {}


@pytest.mark.parametrize("error", [ValueError("no examples; add some"), OSError("disk is full")])
def test_what_cannot_be_trained_is_one_line_and_ends_with_2(daogou, monkeypatch, tmp_path, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(training, "train_nlu", fail)
    shown = daogou()
    assert shown.exit_code == 2
    assert f"daogou: {error}" in shown.stderr
    assert shown.stdout == ""
    assert "Traceback" not in shown.output
    assert not (tmp_path / "home" / "reports").exists()


def test_the_commands_explain_themselves(daogou):
    assert "nlu" in CliRunner().invoke(app, ["train", "--help"]).stdout
    shown = daogou("--help").stdout
    assert all(option in shown for option in ("--data", "--out", "--seed", "--epochs", "--json"))
