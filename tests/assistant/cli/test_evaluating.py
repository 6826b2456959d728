"""``daogou evaluate nlu`` on small data, with a parser whose answers are known."""

import json
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

from assistant.cli import app, evaluating
from assistant.cli.evaluating import nearest_examples, remembering
from intents.evaluation import load_labelled
from tests.intents.encoding import encode
from tests.intents.labelled import understood, write_examples
from tests.intents.words import Words

pytest.importorskip("matplotlib")  # of the extra "train"

PARSED = {
    "hello": understood("hello", {"greet": 0.9}),
    "red socks": understood("red socks", {"search_product": 0.9}, ("color", "red")),
    "see you": understood("see you", {"greet": 0.6}),
    "你好": understood("你好", {"greet": 0.9}),
}
FILES = {"report.md", "report.json", "errors.txt", "slots.csv", "confusion-en.png",
         "confusion-zh.png", "confidence-en.png", "confidence-zh.png"}  # fmt: skip


@pytest.fixture
def daogou(tmp_path, monkeypatch):
    monkeypatch.setenv("DAOGOU_HOME", str(tmp_path / "home"))
    nlu = SimpleNamespace(kind="model", parse=lambda text, context: PARSED[text])
    monkeypatch.setattr(evaluating, "open_assistant", lambda: SimpleNamespace(nlu=nlu))
    out = str(tmp_path / "out")
    return lambda *more: CliRunner().invoke(app, ["evaluate", "nlu", "--out", out, *more])


@pytest.fixture
def data(tmp_path):
    english = {"greet": ["hello"], "search_product": ["[red](color) socks"], "goodbye": ["see you"]}
    write_examples(tmp_path / "data", "en", english)
    write_examples(tmp_path / "data", "zh", {"greet": ["你好"]})
    return str(tmp_path / "data")


def test_the_commands_explain_themselves(daogou):
    assert "nlu" in CliRunner().invoke(app, ["evaluate", "--help"]).stdout
    assert "--cross-validate" in daogou("--help").stdout


def test_a_report_is_written_and_summed_up(daogou, data, tmp_path):
    shown = daogou("--data", data)
    assert shown.exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    row = next(line for line in shown.stdout.splitlines() if "intent accuracy" in line)
    assert row.split()[-3:] == ["66.67", "100.00", "-33.33"]
    assert "report.md" in shown.stderr
    report = (tmp_path / "out" / "report.md").read_text("utf-8")
    assert "Measured: the rules and the joint model." in report
    errors = (tmp_path / "out" / "errors.txt").read_text("utf-8")
    assert "en.yml:10" in errors
    assert "wanted goodbye, got greet (0.60)" in errors


def test_programs_read_json(daogou, data):
    figures = json.loads(daogou("--data", data, "--json").stdout)
    assert figures["en"]["intent_accuracy"] == 66.67
    assert figures["zh"].keys() >= {"intent_accuracy", "slot_f1", "exact", "oos_recall", "p50_ms"}


@pytest.mark.parametrize(("least", "code"), [("0.6", 0), ("0.7", 1)])
def test_a_check_fails_under_its_bar_in_either_language(daogou, data, tmp_path, least, code):
    shown = daogou("--data", data, "--fail-under", least)
    assert shown.exit_code == code
    assert ("0.6667 in en is below 0.7" in shown.stderr) == bool(code)
    assert (tmp_path / "out" / "report.md").exists()


def test_wrong_use_ends_with_2(daogou, data, tmp_path):
    missing = daogou("--data", str(tmp_path / "none"))
    assert missing.exit_code == 2
    assert "no labelled examples; expected en.yml" in " ".join(missing.stderr.split())
    assert daogou("--data", data, "--fail-under", "95").exit_code == 2
    assert CliRunner().invoke(app, ["evaluate", "nlu"]).exit_code == 2


@pytest.fixture
def training_data(tmp_path):
    words = {
        "en": {"greet": "hello good day", "checkout": "pay now please"},
        "zh": {"greet": "你好 大家 好", "checkout": "我要 结账 付款"},
    }
    endings = {"en": ("", "ok", "then", "soon", "again"), "zh": ("", "啊", "呢", "吧", "哦")}
    for language, intents in words.items():
        entries = {
            intent: [f"{text} {ending}".strip() for ending in endings[language]]
            for intent, text in intents.items()
        }
        write_examples(tmp_path / "train" / language, language, entries)
    return str(tmp_path / "train")


def test_cross_validation_trains_on_the_rest_of_the_data(
    daogou, training_data, monkeypatch, tmp_path
):
    encoder = SimpleNamespace(encode=lambda texts, kind: encode(texts))
    catalogue = SimpleNamespace(encoder=encoder, vocabulary=Words())
    monkeypatch.setattr(evaluating, "build_catalogue", lambda *_: catalogue)
    shown = daogou("--data", training_data, "--cross-validate", "5", "--json")
    assert shown.exit_code == 0, shown.output
    figures = json.loads(shown.stdout)
    assert figures["en"]["intent_accuracy"] >= 80
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert "trained anew for each fold" in report["measured"]
    assert [(one["fold"], one["examples"]) for one in report["folds"]] == [
        (n, 4) for n in range(1, 6)
    ]


def test_what_is_measured_is_encoded_anew_and_what_is_learned_once(training_data):
    asked = []

    def counting(texts):
        asked.append(list(texts))
        return encode(texts)

    train = nearest_examples(counting, Words())
    examples = load_labelled(Path(training_data))
    train(examples[2:])
    parse = train(examples)
    assert sorted(chain(*asked)) == sorted(example.text for example in examples)
    asked.clear()
    parse(examples[0].text, examples[0].context)
    assert asked == [[examples[0].text]]


def test_more_folds_than_examples_are_refused(daogou, training_data, monkeypatch):
    catalogue = SimpleNamespace(encoder=SimpleNamespace(encode=encode), vocabulary=Words())
    monkeypatch.setattr(evaluating, "build_catalogue", lambda *_: catalogue)
    refused = daogou("--data", training_data, "--cross-validate", "50")
    assert refused.exit_code == 2
    assert "expected between 2 folds" in refused.stderr


def test_a_text_is_encoded_once():
    asked = []

    def counting(texts):
        asked.append(list(texts))
        return encode(texts)

    remembered = remembering(counting)
    first = remembered(["a", "b", "a"])
    again = remembered(["b", "c"])
    assert asked == [["a", "b"], ["c"]]
    assert np.array_equal(first, encode(["a", "b", "a"]))
    assert np.array_equal(again, encode(["b", "c"]))
