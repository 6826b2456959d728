"""Figures of lists, on lists whose figures are known."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from catalog.recommenders.evaluation import evaluate, gini
from catalog.recommenders.interactions import Interactions
from catalog.recommenders.plots import draw_lines, plot_quality

ITEMS = 40


def data(pairs, users=4):
    return Interactions.of(*zip(*pairs, strict=True), user_count=users, item_count=ITEMS)


def figures(scores, vectors=None):
    """Of models by name, from scores with a row for each user."""
    rows = ((name, np.asarray(one, np.float32)[USERS]) for name, one in scores.items())
    found = evaluate(rows, SEEN, HELD, USERS, vectors)
    return {name: one.quality for name, one in found.items()}


# Items 0-9 are what everybody has; user 0 and 1 want one of the new items each.
SEEN = data([(user, item) for user in range(4) for item in range(10)] + [(0, 10)] * 5)
HELD = data([(0, 30), (1, 31), (1, 10)])
USERS = np.array([0, 1])


def test_a_list_that_is_right_and_one_that_is_popular():
    right = np.zeros((4, ITEMS))
    right[0, 30:40], right[1, 31:40], right[1, 10] = 1, 1, 2
    popular = np.tile(-np.arange(ITEMS, dtype=float), (4, 1))
    found = figures({"right": right, "popular": popular})
    assert found["right"].recall == 1.0
    assert found["right"].cold_items == 1.0
    assert found["popular"].cold_items == 0.0
    assert found["right"].coverage == pytest.approx(11 / ITEMS, abs=1e-4)
    assert found["right"].novelty > 2.0
    assert found["right"].diversity is None
    assert found["right"].by_history == {"10+": found["right"].ndcg}


def test_diversity_is_how_little_the_texts_of_a_list_are_alike():
    same, apart = np.ones((ITEMS, 3), np.float32), np.eye(ITEMS, dtype=np.float32)
    model = {"one": np.random.default_rng(0).random((4, ITEMS))}
    assert figures(model, same)["one"].diversity == pytest.approx(0, abs=1e-3)
    assert figures(model, apart)["one"].diversity == 1.0


def test_showing_the_same_to_all_is_uneven_and_popular():
    found = figures({"top": np.tile(np.arange(ITEMS), (4, 1))})
    assert found["top"].gini == pytest.approx(0.75, abs=0.01)
    assert gini(np.array([3, 3, 3])) == pytest.approx(0.0)
    assert gini(np.array([0, 0, 9])) == pytest.approx(2 / 3)
    assert gini(np.zeros(3, np.int64)) == 0.0


def test_what_is_not_a_number_is_refused_instead_of_coming_first():
    scores = np.zeros((4, ITEMS))
    scores[1, 31] = np.nan
    with pytest.raises(ValueError, match="lost: expected scores that are numbers, got NaN for 1"):
        figures({"fine": np.zeros((4, ITEMS)), "lost": scores})
    scores[1, 31] = -np.inf
    assert figures({"never": scores})["never"].ndcg < 1.0


def test_no_two_models_look_the_same():
    one = figures({"blend": np.zeros((4, ITEMS))})["blend"]
    axes = Figure().subplots()
    draw_lines(axes, {f"model {number}": one for number in range(14)})
    looks = {(line.get_color(), line.get_marker(), line.get_linestyle()) for line in axes.lines}
    assert len(looks) == 14
    assert [label.get_text() for label in axes.get_xticklabels()] == list(one.by_history)


def test_the_pictures_are_painted(tmp_path):
    found = figures({"blend": np.zeros((4, ITEMS))})
    for path in plot_quality(found, tmp_path / "report"):
        assert path.stat().st_size > 1_000
