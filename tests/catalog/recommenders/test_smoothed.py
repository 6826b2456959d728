"""What follows, carried over to what is alike, by hand."""

import numpy as np
import pytest

from catalog.recommenders.interactions import Interactions
from catalog.recommenders.smoothed import alike_by_lists, alike_by_vectors, train_smoothed
from catalog.recommenders.transitions import train_transitions

TEA, MUG, OTHER_TEA, OTHER_MUG, LAMP = range(5)
LISTS = [[OTHER_TEA], [OTHER_MUG], [], [], []]


def bought():
    """Two users took tea and a mug; nobody had the others."""
    return Interactions.of([0, 0, 1, 1], [TEA, MUG, TEA, MUG], user_count=2, item_count=5)


def test_what_follows_an_item_follows_those_like_it():
    counted = train_transitions(bought(), backward=1.0, gap_decay=0.9).for_item(TEA)[MUG]
    model = train_smoothed(bought(), alike_by_lists(LISTS))
    np.testing.assert_allclose(model.for_item(TEA), [0, counted, 0, counted, 0], rtol=1e-5)
    np.testing.assert_allclose(model.for_item(OTHER_TEA), [0, counted, 0, counted, 0], rtol=1e-5)
    assert not model.for_item(LAMP).any()


def test_nothing_is_carried_where_nothing_is_alike():
    alone = train_smoothed(bought(), alike_by_lists([[]] * 5))
    counted = train_transitions(bought(), backward=1.0, gap_decay=0.9)
    for item in range(5):
        np.testing.assert_allclose(alone.for_item(item), counted.for_item(item), rtol=1e-6)


def test_being_alike_is_no_reason_to_go_together():
    assert train_smoothed(bought(), alike_by_lists(LISTS)).for_item(TEA)[OTHER_TEA] == 0


def test_the_nearest_by_vectors():
    vectors = np.array([[1, 0], [0.9, 0.1], [0, 1], [-1, 0], [0, 0]], np.float32)
    alike = alike_by_vectors(vectors, k=1).toarray()
    assert alike[0].argmax() == 1 and alike[1].argmax() == 0
    assert alike[0, 1] == pytest.approx(0.9 / np.hypot(0.9, 0.1))
    assert not alike[3].any() and not alike[4].any()
    assert not np.diag(alike).any()


@pytest.mark.parametrize(
    ("alike", "more", "message"),
    [
        (alike_by_lists([[]] * 4), {}, "likeness from 0 of 5 items"),
        (-alike_by_lists(LISTS), {}, "likeness from 0 that is finite"),
        (alike_by_lists(LISTS) * np.nan, {}, "likeness from 0 that is finite"),
        (alike_by_lists(LISTS) * np.inf, {}, "likeness from 0 that is finite"),
        (alike_by_lists(LISTS), {"carried": -1.0}, "carried from 0"),
        (alike_by_lists(LISTS), {"carried": np.nan}, "carried from 0"),
        (alike_by_lists(LISTS), {"recency": np.nan}, "recency of at least 0"),
        (alike_by_lists(LISTS), {"keep": 0}, "keep from 1"),
    ],
)
def test_wrong_settings_are_refused(alike, more, message):
    with pytest.raises(ValueError, match=message):
        train_smoothed(bought(), alike, **more)
