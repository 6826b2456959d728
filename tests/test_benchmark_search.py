"""The figures of the search benchmark on rankings small enough to reckon by hand."""

from math import log2
from pathlib import Path
from random import Random

import numpy as np
import pytest

from tests.benchmarks.search import pace
from tests.benchmarks.search.data import read_judgments, read_texts, read_translations
from tests.benchmarks.search.metrics import (
    MRR,
    NDCG,
    NDCG_JUDGED,
    RECALL,
    RECIPROCAL,
    means,
    paired_bootstrap,
    reciprocal_ndcg,
    score_rankings,
)
from tests.benchmarks.search.peers import (
    blend_scores,
    bm25_scores,
    fuse_ranks,
    order_judged,
    order_of,
    tantivy_scores,
)
from tests.catalog.products import product

GRADES = {"mouse pad": {"a": 3, "b": 1, "c": 0}, "鼠标垫": {"d": 2}}


def test_the_gain_is_two_to_the_grade_less_one_and_the_unjudged_count_as_nothing():
    whole = {"mouse pad": ["x", "c", "b", "a"], "鼠标垫": ["d"]}
    judged = {"mouse pad": ["c", "b", "a"], "鼠标垫": ["d"]}
    figures = score_rankings(GRADES, whole, judged)
    ideal = 7 + 1 / log2(3)
    expected = (1 / log2(4) + 7 / log2(5)) / ideal
    assert figures[NDCG].tolist() == pytest.approx([expected, 1.0])
    assert figures[NDCG_JUDGED].tolist() == pytest.approx([(1 / log2(3) + 7 / 2) / ideal, 1.0])
    assert figures[MRR].tolist() == pytest.approx([1 / 3, 1.0])
    assert figures[RECALL].tolist() == pytest.approx([1.0, 1.0])


def test_a_query_without_any_answer_scores_nothing_and_is_not_forgotten():
    whole = {"mouse pad": [], "鼠标垫": ["d"]}
    judged = {"mouse pad": ["a", "b", "c"], "鼠标垫": ["d"]}
    figures = score_rankings(GRADES, whole, judged)
    assert figures[NDCG].tolist() == pytest.approx([0.0, 1.0])
    assert means(figures)[NDCG] == 0.5


def test_only_ten_places_count_for_ndcg_and_a_hundred_for_recall():
    late = [f"x{n}" for n in range(10)]
    missed = [f"x{n}" for n in range(100)]
    whole = {"mouse pad": [*late, "a", "b"], "鼠标垫": [*missed, "d"]}
    figures = score_rankings(GRADES, whole, {"mouse pad": ["a"], "鼠标垫": ["d"]})
    assert figures[NDCG].tolist() == [0.0, 0.0]
    assert figures[RECALL].tolist() == [1.0, 0.0]


def test_queries_without_relevant_products_and_missing_rankings_are_refused():
    with pytest.raises(ValueError, match="relevant product"):
        score_rankings({"q": {"a": 0}}, {"q": ["a"]}, {"q": ["a"]})
    with pytest.raises(ValueError, match="ranking of every query"):
        score_rankings(GRADES, {"mouse pad": ["a"]}, {"mouse pad": ["a"]})


def test_the_reciprocal_formula_wants_ten_products_of_the_top_grade():
    harmonic = sum(1 / rank for rank in range(1, 11))
    assert reciprocal_ndcg({"a": 3, "b": 1}, ["b", "a"]) == pytest.approx(
        (1 + 7 / 2) / (7 * harmonic)
    )
    assert reciprocal_ndcg({str(n): 3 for n in range(10)}, [str(n) for n in range(10)]) == 1.0
    assert RECIPROCAL in score_rankings(GRADES, *[{q: list(g) for q, g in GRADES.items()}] * 2)


def test_the_bootstrap_knows_a_real_difference_from_chance():
    generator = np.random.default_rng(3)
    base = generator.random(60)
    better = paired_bootstrap(base + 0.1 + 0.01 * generator.standard_normal(60), base)
    assert better["difference"] == pytest.approx(0.1, abs=0.01)
    assert better["p"] < 0.001
    noise = paired_bootstrap(base + 0.3 * np.tile([1, -1], 30), base)
    assert noise["p"] > 0.5
    assert paired_bootstrap(base, base) == {"difference": 0.0, "p": 1.0}
    with pytest.raises(ValueError, match="equally long"):
        paired_bootstrap(base, base[:3])


def test_lexical_peers_score_every_product_and_nothing_without_a_word():
    texts = ["red shoes for men", "blue shoes", "a green hat"]
    for scores in (bm25_scores(["shoes", "手表"], texts), tantivy_scores(["shoes", "手表"], texts)):
        assert scores.shape == (2, 3)
        assert scores[0, 1] > scores[0, 0] > scores[0, 2] == 0
        assert scores[1].tolist() == [0, 0, 0]
    assert bm25_scores(["shoe"], texts).sum() == 0
    assert bm25_scores(["shoe"], texts, stemmed=True)[0, 1] > 0


def test_fusions_use_ranks_and_standardised_scores():
    one, other = np.array([[3.0, 2.0, 1.0]]), np.array([[10.0, 0.0, 20.0]])
    assert fuse_ranks(one, other)[0].tolist() == pytest.approx(
        [1 / 61 + 1 / 62, 1 / 62 + 1 / 63, 1 / 63 + 1 / 61]
    )
    blended = blend_scores(one, other, 0.3, 0.7)[0]
    assert blended.sum() == pytest.approx(0.0)
    assert blended.argmax() == 2
    assert blend_scores(np.zeros((1, 3)), other, 0.5, 0.5)[0].argmax() == 2


def test_equal_scores_keep_the_order_of_the_catalogue():
    scores = np.array([0.0, 1.0, 0.0, 1.0])
    assert order_of(scores, ["a", "b", "c", "d"], 3) == ["b", "d", "a"]
    rows = {"a": 0, "b": 1, "c": 2, "d": 3}
    assert order_judged(scores, rows, ["c", "a", "d"]) == ["d", "a", "c"]


def test_other_judgments_are_read_from_the_test_folder(tmp_path):
    data, test = tmp_path / "data", tmp_path / "test"
    for folder, query in ((data / "chorus_icecat", "fan"), (test / "chorus_icecat", "风扇")):
        folder.mkdir(parents=True)
        (folder / "judgments.csv").write_text(
            f"query,docid,rating\n{query},1,3\n{query},2,0\nnothing,1,0\n", encoding="utf-8"
        )
    assert read_judgments(data) == ({"fan": {"1": 3, "2": 0}}, 1)
    assert read_judgments(data, test) == ({"风扇": {"1": 3, "2": 0}}, 1)
    (test / "chorus_icecat" / "judgments.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="columns"):
        read_judgments(data, test)


def test_every_query_with_judgments_has_a_chinese_translation(shared_data):
    judgments, _ = read_judgments(shared_data("chorus_icecat").parent)
    translations = read_translations()
    assert not judgments.keys() - translations.keys()
    texts = read_texts(shared_data("chorus_icecat").parent)
    assert len(texts.ids) == len(set(texts.ids)) == len(texts.texts)
    assert all(texts.texts)


def test_no_query_is_timed_twice_nor_after_it_warmed_up(monkeypatch):
    class Store:
        def iterate(self):
            yield [(n, product(f"P{n}", f"Acme {n} wide screen and more")) for n in range(80)]

    monkeypatch.setattr(pace, "kept_store", lambda data, name: Store())
    monkeypatch.setattr(pace, "read_judgments", lambda data: (GRADES, 0))
    warm, queries = pace._queries(Path("data"), 40, Random(1))
    again = pace._queries(Path("data"), 40, Random(1))
    assert (warm, queries) == again
    assert len(queries) == len(set(queries)) > 40
    assert not set(warm) & set(queries)
    assert {"mouse pad", "鼠标垫"} <= set(queries)
    assert all(len(query.split()) == 4 for query in warm)
