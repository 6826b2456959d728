"""Rows of items by hand: what is learned from, what is held out, what is drawn."""

import numpy as np
import pytest

from catalog.recommenders.deep.sampling import Negatives, batches
from catalog.recommenders.deep.sequences import NOTHING, Sequences, hold_out, last_items, steps_of
from catalog.recommenders.interactions import Interactions


def events(*rows, weights=None):
    users = [user for user, row in enumerate(rows) for _ in row]
    items = [item for row in rows for item in row]
    return Interactions.of(users, items, weights, user_count=len(rows), item_count=10)


def test_after_each_item_comes_the_next():
    steps = steps_of(events([1, 2, 3], [4], [5, 6]), longest=5)
    assert steps.inputs.tolist() == [[1, 2], [5, NOTHING]]
    assert steps.targets.tolist() == [[2, 3], [6, NOTHING]]
    assert steps.weights.tolist() == [[1, 1], [1, 0]]
    assert steps.lengths.tolist() == [2, 1]


def test_only_the_last_steps_are_read():
    steps = steps_of(events([1, 2, 3, 4, 5]), longest=2)
    assert steps.inputs.tolist() == [[3, 4]]
    assert steps.targets.tolist() == [[4, 5]]


def test_what_repeats_itself_is_one_step_and_what_comes_back_is_no_target():
    steps = steps_of(events([1, 1, 1, 2, 1, 3], weights=[1, 3, 5, 2, 1, 4]), longest=9)
    assert steps.inputs.tolist() == [[1, 2, 1]]
    assert steps.targets.tolist() == [[2, 1, 3]]
    assert steps.weights.tolist() == [[2, 0, 4]]


def test_nothing_happened_is_no_error():
    assert steps_of(events([], []), longest=3).inputs.shape[0] == 0
    assert hold_out(events([], []), 0.5, 0)[1] is None


def test_the_last_item_of_some_is_held_out_if_it_is_new():
    data = events([1, 2, 3], [4, 5, 4], [6, 7], [8, 9, 1])
    rest, held = hold_out(data, 1.0, seed=0)
    assert held.targets.tolist() == [3, 1]
    assert held.windows.tolist() == [[1, 2], [8, 9]]
    assert [rest.of_user(user).tolist() for user in range(4)] == [[1, 2], [4, 5, 4], [6, 7], [8, 9]]
    assert len(hold_out(data, 0.5, seed=0)[1].targets) == 1


def test_last_items_are_filled_at_their_end():
    rows = [np.array([1, 2, 3]), np.array([], np.int64), np.array([4, 4])]
    assert last_items(rows, 2).tolist() == [[2, 3], [NOTHING, NOTHING], [4, NOTHING]]


def test_batches_hold_every_row_once_and_no_more_steps_than_asked():
    lengths = [1, 5, 2, 4, 1, 3]
    inputs = np.full((6, 5), NOTHING)
    for row, length in enumerate(lengths):
        inputs[row, :length] = row
    all_rows = Sequences(inputs, inputs.copy(), (inputs >= 0).astype(np.float32))
    found = list(batches(all_rows, 6, np.random.default_rng(0)))
    assert sorted(row for _, rows in found for row in rows) == list(range(6))
    for part, rows in found:
        assert part.lengths.tolist() == [lengths[row] for row in rows]
        assert part.inputs.shape[1] == part.lengths.max()
        assert part.lengths.sum() <= 6 + 5


def test_what_has_no_events_is_never_drawn():
    negatives = Negatives(np.array([0, 1, 0, 3]), power=1.0)
    drawn = negatives.draw(4000, np.random.default_rng(0))
    assert set(drawn.tolist()) == {1, 3}
    assert (drawn == 3).mean() == pytest.approx(0.75, abs=0.03)
    np.testing.assert_allclose(np.exp(negatives.log_expected(8)), [1, 2, 1, 6], rtol=1e-6)
