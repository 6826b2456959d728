import numpy as np
import pytest

from catalog.recommenders.histories import Histories
from catalog.recommenders.ids import IdMap
from catalog.recommenders.interactions import Interactions


def test_events_are_sorted_by_user_and_time_whatever_their_order():
    data = Interactions.of(
        [1, 0, 1, 0], [3, 2, 1, 0], [1, 2, 3, 4], [9, 8, 7, 6], user_count=3, item_count=4
    )
    assert data.of_user(0).tolist() == [0, 2]
    assert data.of_user(1).tolist() == [1, 3]
    assert data.of_user(2).tolist() == data.of_user(-1).tolist() == data.of_user(9).tolist() == []
    assert data.weights.tolist() == [4, 2, 3, 1]


def test_repeated_events_add_up_in_the_matrix():
    data = Interactions.of([0, 0], [1, 1], [1, 2], user_count=1, item_count=2)
    assert data.matrix().toarray().tolist() == [[0, 3]]
    assert data.item_counts().tolist() == [0, 2]


def test_an_item_chosen_again_stands_once_at_its_last_place():
    data = Interactions.of(
        [0, 0, 0, 1], [2, 1, 2, 2], [5, 3, 1, 9], [1, 2, 3, 0], user_count=3, item_count=4
    )
    once = data.once()
    assert once.of_user(0).tolist() == [1, 2]
    assert once.of_user(1).tolist() == [2]
    assert once.weights.tolist() == [1, 1, 1]
    assert once.times.tolist() == [2, 3, 0]
    assert (once.user_count, once.item_count) == (3, 4)
    assert len(data.part(np.zeros(0, np.int64)).once()) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0], [0, 1]), "as many users, items"),
        (([2], [0]), r"users in \[0, 2\)"),
        (([0], [-1]), r"items in \[0, 2\)"),
        (([0], [0], [float("nan")]), "finite weights"),
        (([0], [0], [0.0]), "above zero"),
        (([0], [0], [1.0], [float("inf")]), "finite times"),
    ],
)
def test_broken_events_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Interactions.of(*arguments, user_count=2, item_count=2)


def test_profiles_fade_with_the_steps():
    data = Interactions.of([0, 0, 0, 1], [0, 1, 2, 1], user_count=2, item_count=3)
    profiles = Histories.of(data, recency=1.0).profiles(np.array([1, 0, 7]))
    np.testing.assert_allclose(profiles.toarray(), [[0, 1, 0], [1 / 3, 1 / 2, 1], [0, 0, 0]])
    session = Histories.of(data, recency=1.0).session([0, 99, 2])
    np.testing.assert_allclose(session.toarray(), [[1 / 2, 0, 1]])


class TestIdMap:
    def test_ids_become_rows_and_come_back(self, tmp_path):
        ids = IdMap(["茶-1", "run-1", "cup"])
        assert [ids.idx(one) for one in ("茶-1", "cup", "gone")] == [0, 2, -1]
        assert ids.known(["cup", "gone", "茶-1"]) == [2, 0]
        assert list(ids.all) == list(ids)
        ids.save(tmp_path / "ids.json")
        assert list(IdMap.load(tmp_path / "ids.json")) == ["茶-1", "run-1", "cup"]

    def test_an_id_twice_is_an_error(self):
        with pytest.raises(ValueError, match="each id once"):
            IdMap(["a", "a"])

    def test_a_row_that_is_not_there_is_an_error(self):
        for row in (-1, 1):
            with pytest.raises(IndexError):
                IdMap(["a"]).id(row)

    def test_a_broken_file_says_what_to_run(self, tmp_path):
        (tmp_path / "ids.json").write_text('{"ids": [1]}')
        with pytest.raises(ValueError, match="daogou train recommenders"):
            IdMap.load(tmp_path / "ids.json")
