"""The contract of every vector index, as one test class."""

import numpy as np
import pytest


def unit(rows):
    vectors = np.asarray(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def ids_of(*numbers):
    return np.array(numbers, np.int64)


def add(index, ids, vectors):
    """Add vectors; the number of each is its id and seven."""
    index.add(ids, vectors, ids + 7)


class VectorIndexContract:
    """What every vector index must do.

    A subclass gives ``make(dimension)``, an empty index, ``save(index, folder)`` and
    ``load(folder, dimension)``; and how far a score may be from the exact one.
    """

    tolerance = 1e-5

    @pytest.fixture
    def index(self):
        made = self.make(2)
        add(made, ids_of(10, 20, 30, 40), unit([[1, 0], [1, 1], [0, 1], [-1, 0]]))
        return made

    def test_the_best_come_first_and_higher_is_better(self, index):
        scores, ids = index.search(unit([[1, 0.1]]), 3)
        assert ids.tolist() == [[10, 20, 30]]
        assert scores[0, 0] == pytest.approx(0.995, abs=1e-3)
        assert (np.diff(scores[0]) <= 0).all()

    def test_several_vectors_at_once(self, index):
        _, ids = index.search(unit([[1, 0], [0, 1], [-1, 0]]), 1)
        assert ids.tolist() == [[10], [30], [40]]

    def test_a_filter_never_leaves_fewer_than_there_are(self, index):
        allowed = np.zeros(50, np.bool_)
        allowed[[30, 40, 45]] = True
        scores, ids = index.search(unit([[1, 0]]), 10, allowed)
        assert ids.tolist() == [[30, 40]]
        assert scores.shape == (1, 2)

    def test_ids_beyond_the_end_of_the_filter_are_not_allowed(self, index):
        _, ids = index.search(unit([[1, 0]]), 10, np.ones(25, np.bool_))
        assert ids.tolist() == [[10, 20]]

    def test_an_empty_filter_and_an_empty_index_give_nothing(self, index):
        for empty, allowed in ((index, np.zeros(50, np.bool_)), (self.make(2), None)):
            scores, ids = empty.search(unit([[1, 0]]), 5, allowed)
            assert scores.shape == ids.shape == (1, 0)

    def test_a_removed_vector_is_gone_and_its_id_free_again(self, index):
        assert index.remove(ids_of(10, 77)) == 1
        assert index.search(unit([[1, 0]]), 1)[1].tolist() == [[20]]
        add(index, ids_of(10), unit([[0, -1]]))
        assert index.search(unit([[0, -1]]), 1)[1].tolist() == [[10]]
        assert len(index) == 4

    def test_vectors_come_back_by_id(self, index):
        assert index.vectors(ids_of(40, 10)) == pytest.approx(unit([[-1, 0], [1, 0]]))
        with pytest.raises(KeyError):
            index.vectors(ids_of(11))

    def test_wrong_shapes_and_ids_are_refused(self, index):
        with pytest.raises(ValueError, match=r"expected vectors of shape \(1, 2\)"):
            add(index, ids_of(50), unit([[1, 0, 0]]))
        with pytest.raises(ValueError, match="expected ids from 0"):
            add(index, ids_of(-1), unit([[1, 0]]))

    def test_every_filter_is_exact(self):
        rng = np.random.default_rng(5)
        vectors = unit(rng.standard_normal((400, 16)))
        ids = rng.permutation(1_000)[:400].astype(np.int64)
        index = self.make(16)
        add(index, ids, vectors)
        index = index.prepare_rebuild()()
        for share in (0.9, 0.3, 0.02):
            allowed = rng.random(1_000) < share
            query = unit(rng.standard_normal((1, 16)))
            scores, found = index.search(query, 20, allowed)
            inside = allowed[ids]
            expected = np.sort(vectors[inside] @ query[0])[::-1][:20]
            assert scores[0] == pytest.approx(expected, abs=self.tolerance)
            assert allowed[found[0]].all()

    def test_every_id_has_its_number(self, index):
        assert index.hashes() == {10: 17, 20: 27, 30: 37, 40: 47}
        assert sorted(index.ids().tolist()) == [10, 20, 30, 40]

    def test_a_rebuild_begins_with_what_was_there(self, index):
        build = index.prepare_rebuild()
        made = build()
        assert made.search(unit([[1, 0]]), 2)[1].tolist() == [[10, 20]]
        assert made.hashes() == index.hashes()

    def test_what_is_saved_is_read_again(self, index, tmp_path):
        self.save(index, tmp_path / "index")
        again = self.load(tmp_path / "index", 2)
        assert again.search(unit([[1, 0]]), 2)[1].tolist() == [[10, 20]]
        assert again.hashes() == index.hashes()
        add(again, ids_of(50), unit([[1, 0.01]]))
        assert len(again) == 5
