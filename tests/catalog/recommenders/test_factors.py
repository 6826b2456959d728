"""Factors by hand, and what folding in and reasons have in common with the scores."""

import numpy as np
import pytest

from catalog.recommenders.factors import Factors, FoldIn, train_als
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Interactions
from tests.catalog.recommenders.test_models import checkerboard, hole


def by_hand(alpha):
    """Three items of one taste or the other, the last factor of each as a bias would be."""
    items = np.array([[1.0, 0.0, -2.0], [1.0, 0.0, 3.0], [0.0, 1.0, -2.0]], np.float32)
    nobody = Interactions.of([], [], user_count=0, item_count=3)
    return Factors(np.zeros((0, 3), np.float32), items, Histories.of(nobody), FoldIn(alpha, 0.1))


def test_the_bias_of_an_item_counts_for_a_session_with_its_own_sign():
    scores = by_hand(alpha=0.0).for_session([0])
    np.testing.assert_allclose(scores, [1.0 - 2.0, 1.0 + 3.0, -2.0])


def test_the_bias_of_an_item_says_nothing_of_likeness():
    assert by_hand(alpha=0.0).for_item(0).tolist() == [0.0, 1.0, 0.0]
    assert by_hand(alpha=1.0).for_item(0)[1] < 0.0 < by_hand(alpha=1.0).for_item(0)[2]


def test_reasons_of_als_add_up_to_the_score_of_a_session():
    data = checkerboard()
    model = train_als(data, factors=4, regularization=0.1)
    score = model.for_session(data.of_user(3).tolist())[hole(3)]
    assert sum(one.weight for one in model.explain(3, hole(3), k=99)) == pytest.approx(
        score, rel=1e-4
    )


def test_fold_in_agrees_with_what_als_learned():
    data = checkerboard()
    model = train_als(data, factors=4, regularization=0.1, iterations=50)
    session = model.for_session(data.of_user(3).tolist())
    np.testing.assert_allclose(session, model.for_users(np.array([3]))[0], atol=0.05)
