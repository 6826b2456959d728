import json

import pytest

from intents.evaluation import evaluate, load_labelled, make_report
from intents.examples import ExampleError
from intents.outcomes import ASKED, Outcome
from intents.scores import Score
from intents.types import Intent
from tests.intents.labelled import example, parser, understood, write_examples

EXAMPLES = [
    example("red socks", "search_product", ("color", "red"), ("product_type", "socks"), line=1),
    example("blue hats", "search_product", ("color", "blue"), ("product_type", "hats"), line=2),
    example("not silk", "refine_search", ("material", "silk", "exclude"), line=3),
    example("add it and pay", "add_to_cart+checkout", line=4),
    example("who won the cup", "out_of_scope", line=5),
    example(
        "红色袜子", "search_product", ("color", "红色"), ("product_type", "袜子"), language="zh"
    ),
    example("你好", "greet", language="zh", line=2),
]
RESULTS = [
    understood("red socks", {"search_product": 0.95}, ("color", "red"), ("product_type", "socks")),
    understood("blue hats", {"refine_search": 0.55}, ("color", "blue"), ("product_type", "hat")),
    understood("not silk", {}, ("material", "silk"), guesses=(Intent("refine_search", 0.32),)),
    understood("add it and pay", {"checkout": 0.8, "add_to_cart": 0.7}),
    understood("who won the cup", {"out_of_scope": 0.9}, out_of_scope=True),
    understood("红色袜子", {"search_product": 0.9}, ("color", "红色"), ("product_type", "袜子")),
    understood("你好", {}, out_of_scope=True),
]


@pytest.fixture(scope="module")
def report():
    return evaluate(parser(*RESULTS), EXAMPLES)


@pytest.fixture(scope="module")
def english(report):
    return report.languages[0]


def test_languages_are_measured_apart(report):
    assert [(one.language, one.examples) for one in report.languages] == [("en", 5), ("zh", 2)]


def test_intent_figures(english):
    assert english.intent_accuracy == pytest.approx(3 / 5)
    assert english.exact_intents == pytest.approx(3 / 5)
    assert (english.several, english.several_accuracy) == (1, 1.0)
    assert english.clarifications == pytest.approx(1 / 5)
    assert english.not_understood == 0
    assert english.intents["search_product"] == Score(wanted=2, got=1, right=1)
    assert english.intents["refine_search"] == Score(wanted=1, got=1, right=0)
    assert english.intents["add_to_cart"] == Score(1, 1, 1)


def test_confusions_name_questions_too(english):
    assert english.confusions == (
        ("refine_search", ASKED, 1),
        ("search_product", "refine_search", 1),
    )


def test_slots_are_right_by_name_and_place_and_then_by_role(english):
    assert english.slots["color"] == Score(2, 2, 2)
    assert english.slots["product_type"] == Score(2, 2, 1)  # "hat" is not "hats"
    assert english.slots["material"] == Score(1, 1, 1)
    assert english.slots_with_role["material"] == Score(1, 1, 0)
    assert english.slot == Score(5, 5, 4)
    assert english.slot_with_role == Score(5, 5, 3)


def test_the_whole_frame(english):
    assert english.exact == pytest.approx(3 / 5)
    assert [one.example.line for one in english.mistakes] == [2, 3]


def test_out_of_scope_counts_what_was_not_understood(report):
    english, chinese = report.languages
    assert english.out_of_scope == Score(1, 1, 1)
    assert english.false_rejection == 0
    assert chinese.out_of_scope == Score(0, 1, 0)
    assert chinese.false_rejection == pytest.approx(1 / 2)
    assert chinese.not_understood == pytest.approx(1 / 2)


def test_every_answer_is_in_the_histogram_once(english):
    histogram = english.histogram
    assert sum(histogram.right) == 3
    assert sum(histogram.wrong) == 2
    assert len(histogram.edges) == len(histogram.right) + 1
    assert histogram.wrong[6] == 1  # the question asked at 0.32


def test_calibration_is_of_decisions_only(english):
    assert sum(one.count for one in english.reliability) == 4
    gaps = (0.05 + 0.1 + 0.2 - 0.0, 0.55)
    assert english.calibration_error == pytest.approx(sum(gaps) / 4, abs=1e-6)


def test_the_difference_is_english_minus_chinese(report):
    difference = report.difference()
    assert difference["intent_accuracy"] == pytest.approx(10)
    assert difference["slot_f1"] == pytest.approx(-20)
    assert "oos_recall" not in difference  # nothing Chinese was out of scope
    assert evaluate(parser(*RESULTS), EXAMPLES[:5]).difference() == {}


def test_json_holds_everything(report):
    written = json.loads(json.dumps(report.to_json()))
    english = written["languages"]["en"]
    assert english["intent_accuracy"] == 60
    assert english["slots"]["product_type"]["f1"] == 50
    assert english["confusions"][0] == {"wanted": "refine_search", "got": ASKED, "count": 1}
    assert [one["place"] for one in english["errors"]] == ["shop.yml:2", "shop.yml:3"]
    assert english["errors"][1]["extra"][0]["role"] == "include"
    assert written["languages"]["zh"]["oos_recall"] is None
    assert written["folds"] == []


def test_times_are_percentiles():
    outcomes = [Outcome(EXAMPLES[0], RESULTS[0], float(ms)) for ms in range(1, 101)]
    english = make_report(outcomes).languages[0]
    assert english.p50_ms == pytest.approx(50.5)
    assert english.p95_ms == pytest.approx(95.05)


def test_no_examples_are_an_error():
    with pytest.raises(ValueError, match="got none"):
        evaluate(parser(), [])


def test_labelled_examples_lie_in_files_or_folders(tmp_path):
    write_examples(tmp_path, "zh", {"greet": ["你好"]})
    (tmp_path / "en").mkdir()
    write_examples(tmp_path / "en", "en", {"greet": ["hi"], "search_product": ["[red](color)"]})
    found = load_labelled(tmp_path)
    assert [(e.language, e.text) for e in found] == [("en", "hi"), ("en", "red"), ("zh", "你好")]


def test_a_folder_without_examples_is_named(tmp_path):
    with pytest.raises(ExampleError, match=r"no labelled examples; expected en\.yml and zh\.yml"):
        load_labelled(tmp_path)
