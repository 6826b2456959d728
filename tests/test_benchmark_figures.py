"""The figures of the benchmarks of understanding, with answers known beforehand."""

import json
from decimal import Decimal

import numpy as np
import pytest

from intents.learning.types import Prediction
from intents.tags import Span
from tests.benchmarks.__main__ import main
from tests.benchmarks.understanding import runs
from tests.benchmarks.understanding.constraints import Read, failures, summary, values_found
from tests.benchmarks.understanding.metrics import (
    Answers,
    average,
    choose_threshold,
    cross_fitted_figures,
    scope_figures,
    score,
)
from tests.benchmarks.understanding.neighbours import Neighbours
from tests.benchmarks.understanding.peers import train_crf, train_svm, unit_features
from tests.benchmarks.understanding.recipes import BENCHMARKS, Benchmark
from tests.benchmarks.understanding.requests import Request
from tests.benchmarks.understanding.runs import answers_of, evaluate, mix, reached
from tests.benchmarks.understanding.sets import Mention, Parts, Utterance
from tests.benchmarks.understanding.tags import word_units

WORDS = word_units(["fly", "to", "new", "york"])
FLY = Utterance("fly to new york", "fly", (Mention(7, 15, "city"),), WORDS)
STAY = Utterance("fly to new york", "stay", (), WORDS)


def scoped(count, outside):
    inside = [Utterance(f"in {i}", "ab"[i % 2]) for i in range(count)]
    return inside + [Utterance(f"out {i}", outside=True) for i in range(outside)]


def test_a_frame_needs_its_intent_and_every_tag():
    right, cut = ["O", "O", "B-city", "I-city"], ["O", "O", "B-city", "O"]
    figures = score([FLY, FLY, STAY], Answers(["fly", "fly", "fly"], [right, cut, ["O"] * 4]))
    assert figures["intent_accuracy"] == 66.67
    assert figures["exact_frame"] == 33.33
    assert figures["slot_f1"] == 50.0


def test_domain_and_intent_are_scored_apart_too():
    labelled = [Utterance("a", "map/ROUTE"), Utterance("b", "map/QUERY")]
    figures = score(labelled, Answers(["map/QUERY", "bus/QUERY"]), domains=True)
    assert figures == {
        "intent_accuracy": 0.0,
        "domain_accuracy": 50.0,
        "intent_alone_accuracy": 50.0,
    }


def test_accuracy_leaves_out_what_is_outside():
    assert score([*scoped(1, 1)], Answers(["a", "a"])) == {"intent_accuracy": 100.0}


def test_the_threshold_rejects_few_of_what_is_in_scope():
    rows = scoped(200, 4)
    scope = np.concatenate([np.arange(200.0), [1.0, 4.0, 6.0, 500.0]])
    threshold = choose_threshold(rows, scope)
    figures = scope_figures(rows, scope, threshold)
    assert (threshold, figures["false_rejection"], figures["oos_recall"]) == (5.0, 2.5, 50.0)


def test_ranking_figures_of_known_scores():
    rows = scoped(4, 2)
    figures = scope_figures(rows, np.array([4.0, 3.0, 2.0, 1.0, 2.5, 0.0]), 0.5)
    assert figures["oos_auroc"] == 75.0
    assert figures["oos_fpr95"] == 50.0


def test_cross_fitting_judges_each_half_by_the_other():
    rows = scoped(400, 40)
    scope = np.array([0.0 if u.outside else 1.0 for u in rows])
    figures = cross_fitted_figures(rows, scope)
    assert (figures["oos_recall"], figures["false_rejection"]) == (100.0, 0.0)


def test_thresholds_come_from_validation_where_there_is_a_test_part():
    valid, test = tuple(scoped(100, 10)), (Utterance("x", "a"), Utterance("y", outside=True))

    def predict(utterances):
        scope = [0.5 if u.text == "x" else float(not u.outside) for u in utterances]
        return Answers(["a"] * len(utterances), scopes={"best": np.array(scope)})

    figures = evaluate(BENCHMARKS["clinc150"], Parts((), valid, test), predict)
    assert figures["false_rejection"] == 100.0
    assert figures["intent_accuracy"] == 100.0


def test_predictions_become_word_tags_and_never_the_outside_class():
    found = [
        Prediction(
            (("oos", 0.7), ("fly", 0.2), ("stay", 0.1)), (Span(7, 15, "city"),), familiarity=3.0
        )
    ]
    benchmark = Benchmark(read=None, note="", slots=True)
    answers = answers_of(benchmark, [FLY], found)
    assert answers.intents == ["fly"]
    assert answers.tags == [["O", "O", "B-city", "I-city"]]
    assert answers.scopes["familiarity"] == pytest.approx([3.0])
    assert answers.scopes["not_oos"] == pytest.approx([-0.7])
    assert answers.scopes["margin"] == pytest.approx([-0.5])


UP, RIGHT, DOWN = [0.0, 2.0], [3.0, 0.0], [0.0, -1.0]


def test_neighbours_vote_for_their_class():
    vectors = np.array([UP, UP, RIGHT], np.float32)
    near = Neighbours.of(vectors, ["fly", "fly", "stay"], ["fly", "oos", "stay"], "oos")
    chances = near.chances(np.array([[0.1, 5.0], [5.0, 0.1]], np.float32))
    assert chances.argmax(axis=1).tolist() == [0, 2]
    assert chances.sum(axis=1) == pytest.approx([1, 1])
    assert not chances[:, 1].any()


def test_what_is_near_texts_outside_is_hardly_in_scope():
    vectors = np.array([UP, RIGHT, DOWN], np.float32)
    near = Neighbours.of(vectors, ["fly", "stay", "oos"], ["fly", "oos", "stay"], "oos")
    up, down = near.nearness(np.array([UP, DOWN], np.float32))
    assert up > 0 > down
    inside = Neighbours.of(vectors, ["fly", "stay", "fly"], ["fly", "stay"], "oos")
    assert inside.nearness(np.array([UP], np.float32)) == pytest.approx([0.0])


def test_neighbours_are_heard_beside_the_classifier():
    found = [Prediction((("fly", 0.6), ("stay", 0.4)))]
    (mixed,) = mix(found, np.array([[0.1, 0.9]], np.float32), ["fly", "stay"])
    assert [name for name, _ in mixed.intents] == ["stay", "fly"]
    assert dict(mixed.intents) == pytest.approx({"stay": 0.65, "fly": 0.35})


def test_bars_are_compared_with_the_mean():
    benchmark = Benchmark(read=None, note="", bars={"intent_accuracy": 90.0}, above_crf=3.0)
    mean = average([{"intent_accuracy": 89.0, "slot_f1": 72.0}] * 2)
    result = {"model": {"mean": mean}, "peers": {"crf": {"slot_f1": 69.0}}}
    assert reached(benchmark, result) == {"intent_accuracy": False, "slot_f1_above_crf": True}


def test_the_model_is_trained_once_for_each_seed(tmp_path, monkeypatch):
    seeds = []

    class Model:
        history = ({"epoch": 1.0},)

        def predict(self, texts):
            return [Prediction((("a", 0.9), ("b", 0.1))) for _ in texts]

    def fit(benchmark, parts, folder, seed, progress, quick):
        seeds.append(seed)
        return Model()

    monkeypatch.setattr(runs, "_fit", fit)
    monkeypatch.setattr(runs, "base_folder", lambda base, progress: tmp_path)
    parts = Parts((), (Utterance("x", "a"), Utterance("y", "b")))
    options = runs.Options(tmp_path, seeds=2)
    result = runs.run_model(Benchmark(read=None, note=""), parts, options, lambda *_: None)
    assert seeds == result["seeds"] == [7, 8]
    assert result["mean"] == {"intent_accuracy": 50.0}
    assert [run["seed"] for run in result["per_seed"]] == [7, 8]


def test_a_command_ends_with_one_line_of_json(tmp_path, monkeypatch, capsys):
    for name in ("ecommerce_ner_zh_hccx", "ecommerce_ner_zh_brand_product"):
        (tmp_path / name).mkdir()
        for part in ("train", "dev"):
            (tmp_path / name / f"{part}.txt").write_text("红 O\n鞋 B-HC\n\n" * 3, encoding="utf-8")
    command = ["ecommerce_ner_zh", "--data", str(tmp_path), "--peers-only"]
    monkeypatch.setattr("sys.argv", ["tests.benchmarks", *command])
    main()
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    found = result["sets"]["hccx"]
    assert (found["part"], found["train"], found["scored"]) == ("development", 3, 3)
    assert found["peers"]["crf"]["slot_f1"] == 100.0


def test_missing_data_end_a_command_with_the_cure(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["tests.benchmarks", "banking77", "--data", str(tmp_path)])
    with pytest.raises(SystemExit):
        main()
    assert "expected train.csv" in capsys.readouterr().err


def test_the_svm_tells_texts_in_both_languages_apart():
    for red, blue in (("a red dress", "blue jeans"), ("红色的裙子", "蓝牙耳机")):
        predict = train_svm([Utterance(red, "red"), Utterance(blue, "blue")] * 3)
        assert predict([Utterance(red), Utterance(blue)]).intents == ["red", "blue"]


def test_the_crf_learns_tags_from_neighbours():
    units = word_units(["to", "paris"])
    rows = [
        Utterance(f"to {city}", mentions=(Mention(3, 8, "city"),), units=units)
        for city in ("paris", "tokyo", "milan")
    ]
    assert train_crf(rows)([Utterance("to delhi", units=units)]).tags == [["O", "B-city"]]


def test_features_see_two_neighbours_on_each_side():
    features = unit_features(Utterance("a b c d", units=word_units(list("abcd"))))
    assert {"w-2=<<", "w-1=<", "w0=a", "w1=b", "w2=c"} <= set(features[0])


def request(kind="shoppingbench_shop", prices=(), **wanted):
    return Request(kind, "a red cotton cap above 5", prices, **wanted)


def test_prices_are_exact_when_all_bounds_are_and_no_others():
    low, high = (Decimal(5), None), (None, Decimal(5))
    found = [
        Read(request(prices=(low, high)), (high, low)),
        Read(request(prices=(low,)), (high,)),
        Read(request(prices=(low,)), (low, high)),
        Read(request("webshop_written"), (low,)),
        Read(request("webshop_written"), ()),
    ]
    figures = summary(found)
    assert figures["all"]["price_exact"] == 33.33
    assert figures["shoppingbench"]["amounts_right"] == 66.67
    assert figures["shoppingbench"]["directions_right"] == 33.33
    assert figures["webshop_written"] == {"requests_without_price": 2, "false_price": 50.0}
    assert failures(found) == found[1:4]


def test_values_are_found_by_all_their_words():
    wanted = {
        "options": (("color", "Red"), ("size", "XL")),
        "attributes": (("fabric", "cotton cap"),),
    }
    read = Read(request(**wanted), (), frozenset({"red", "cotton"}), frozenset({"cap"}))
    figures = values_found([read])
    assert figures["options"] == {
        "wanted": 2,
        "said": 1,
        "in_slots": 100.0,
        "in_slots_or_query": 100.0,
    }
    assert figures["attributes"]["in_slots"] == 0.0
    assert figures["attributes"]["in_slots_or_query"] == 100.0
