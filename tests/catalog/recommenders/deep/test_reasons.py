"""Parts of a score by hand."""

import numpy as np

from catalog.recommenders.deep.reasons import contributions


def test_the_parts_of_a_sum_are_its_terms():
    worth = {1: 0.5, 2: -1.0, 7: 2.0}
    items, terms = contributions(
        np.array([7, 1, 2]), lambda rows: np.array([sum(worth[one] for one in row) for row in rows])
    )
    assert items.tolist() == [1, 2, 7]
    np.testing.assert_allclose(terms, [0.5, -1.0, 2.0])


def test_two_items_that_say_the_same_share_it():
    _, terms = contributions(
        np.array([3, 4]), lambda rows: np.array([float(len(row) > 0) for row in rows])
    )
    np.testing.assert_allclose(terms, [0.5, 0.5])
