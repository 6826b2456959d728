import numpy as np
import pytest

from catalog.recommending.sources import add_among, on_scale

COUNT = 30_000


class Some:
    """A net whose scores are given; it says of some items what it says of all."""

    def __init__(self, scores):
        self.scores = scores

    def for_session_of(self, items, among):
        return self.scores[among]


@pytest.fixture
def drawn():
    random = np.random.default_rng(0)
    return random.normal(size=(2, COUNT)).astype(np.float32)


def test_candidates_get_nearly_what_they_would_get_among_all(drawn):
    base, scores = drawn
    whole = base + 0.5 * on_scale(scores)
    total = base.copy()
    add_among(total, [(Some(scores), 0.5)], [1])
    best = np.argsort(-whole)[:20]
    changed = np.flatnonzero(total != base)
    assert len(changed) == 2_000
    assert set(best) <= set(changed)
    assert np.abs(total - whole)[changed].max() < 0.2
    assert len(set(np.argsort(-total)[:20]) & set(best)) >= 19


def test_a_net_that_says_the_same_of_all_changes_nothing(drawn):
    total = drawn[0].copy()
    add_among(total, [(Some(np.full(COUNT, 0.3, np.float32)), 1.0)], [1])
    assert (total == drawn[0]).all()


def test_few_items_are_all_candidates():
    scores = np.array([0.0, 1.0, 2.0, 3.0], np.float32)
    total = np.zeros(4, np.float32)
    add_among(total, [(Some(scores), 2.0)], [])
    assert np.allclose(total, 2.0 * on_scale(scores))
