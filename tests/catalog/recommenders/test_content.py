"""What is like what was chosen, by what records say: scores by hand, and reasons that are true."""

import numpy as np
import pytest

from catalog.recommenders.content import attribute_vectors, train_content
from catalog.recommenders.interactions import Interactions

TEA, WOOL, RED, CHEAP = range(4)
ATTRIBUTES = [[TEA, CHEAP], [TEA], [WOOL, RED], [WOOL, CHEAP], [], [RED, RED]]


def model(dense=False):
    """User 0 chose a cheap tea and something of red wool, user 1 nothing."""
    data = Interactions.of([0, 0], [0, 2], [1.0, 3.0], user_count=2, item_count=6)
    vectors = attribute_vectors(ATTRIBUTES)
    return train_content(data, vectors.toarray() if dense else vectors)


def test_an_attribute_counts_by_its_rarity_however_often_it_is_said():
    rare, common = np.log1p(6 / 1), np.log1p(6 / 2)
    vectors = attribute_vectors([[0, 1], [0, 0], [], [], [], []]).toarray()
    np.testing.assert_allclose(vectors[:2], [[common, rare], [common, 0]], rtol=1e-6)
    assert not vectors[2:].any()
    assert attribute_vectors([[], []]).shape == (2, 0)


def test_sparse_vectors_say_what_dense_ones_say():
    sparse, dense = model(), model(dense=True)
    users = np.arange(3)
    np.testing.assert_allclose(sparse.for_users(users), dense.for_users(users), atol=1e-6)
    np.testing.assert_allclose(sparse.for_item(3), dense.for_item(3), atol=1e-6)
    np.testing.assert_allclose(sparse.for_session([3, 5]), dense.for_session([3, 5]), atol=1e-6)


def test_a_reason_is_something_chosen_that_shares_an_attribute():
    scores = model().for_users(np.array([0]))[0]
    for item, own in enumerate(ATTRIBUTES):
        reasons = model().explain(0, item, k=9)
        shared = [one for one in (0, 2) if set(own) & set(ATTRIBUTES[one])]
        assert sorted(one.idx for one in reasons) == shared
        assert sum(one.weight for one in reasons) == pytest.approx(scores[item], abs=1e-6)
    assert [one.idx for one in model().explain(0, 3)] == [2, 0]
    assert model().explain(1, 0) == ()


def test_new_items_get_scores_from_content_alone():
    data = Interactions.of([0], [0], user_count=1, item_count=3)
    vectors = attribute_vectors([[0, 1], [0, 2], [3]])
    scores = train_content(data, vectors).for_users(np.array([0]))[0]
    assert scores[1] > 0 == scores[2]
