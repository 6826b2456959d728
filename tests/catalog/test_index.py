import json

import numpy as np
import pytest

from catalog.index import IndexFolderError, VectorIndex


def unit(rows):
    vectors = np.asarray(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def ids_of(*numbers):
    return np.array(numbers, np.int64)


class VectorIndexContract:
    """What every vector index must do; a subclass gives ``make(dimension)``, an empty index."""

    @pytest.fixture
    def index(self):
        made = self.make(2)
        made.add(ids_of(10, 20, 30, 40), unit([[1, 0], [1, 1], [0, 1], [-1, 0]]))
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
        index.add(ids_of(10), unit([[0, -1]]))
        assert index.search(unit([[0, -1]]), 1)[1].tolist() == [[10]]
        assert len(index) == 4

    def test_vectors_come_back_by_id(self, index):
        assert index.vectors(ids_of(40, 10)) == pytest.approx(unit([[-1, 0], [1, 0]]))
        with pytest.raises(KeyError):
            index.vectors(ids_of(11))

    def test_wrong_shapes_and_ids_are_refused(self, index):
        with pytest.raises(ValueError, match=r"expected vectors of shape \(1, 2\)"):
            index.add(ids_of(50), unit([[1, 0, 0]]))
        with pytest.raises(ValueError, match="expected ids from 0"):
            index.add(ids_of(-1), unit([[1, 0]]))

    def test_every_filter_is_exact(self):
        rng = np.random.default_rng(5)
        vectors = unit(rng.standard_normal((400, 16)))
        ids = rng.permutation(1_000)[:400].astype(np.int64)
        index = self.make(16)
        index.add(ids, vectors)
        for share in (0.9, 0.3, 0.02):
            allowed = rng.random(1_000) < share
            query = unit(rng.standard_normal((1, 16)))
            scores, found = index.search(query, 20, allowed)
            inside = allowed[ids]
            expected = np.sort(vectors[inside] @ query[0])[::-1][:20]
            assert scores[0] == pytest.approx(expected, abs=1e-5)
            assert allowed[found[0]].all()

    def test_what_is_saved_is_read_again(self, index, tmp_path):
        self.save(index, tmp_path / "index")
        again = self.load(tmp_path / "index", 2)
        assert again.search(unit([[1, 0]]), 2)[1].tolist() == [[10, 20]]
        again.add(ids_of(50), unit([[1, 0.01]]))
        assert len(again) == 5


class TestVectorIndex(VectorIndexContract):
    def make(self, dimension):
        return VectorIndex(dimension, "encoder-a")

    def save(self, index, folder):
        index.save(folder)

    def load(self, folder, dimension):
        return VectorIndex.load(folder, dimension, "encoder-a")

    @pytest.mark.parametrize(
        ("dimension", "encoder", "message"),
        [(2, "encoder-b", "should have encoder 'encoder-b'"), (3, "encoder-a", "dimension 3")],
    )
    def test_an_index_of_another_encoder_is_refused(
        self, index, tmp_path, dimension, encoder, message
    ):
        index.save(tmp_path / "index")
        with pytest.raises(IndexFolderError, match=f"{message}.*daogou index"):
            VectorIndex.load(tmp_path / "index", dimension, encoder)

    def test_a_missing_or_cut_index_is_refused(self, index, tmp_path):
        with pytest.raises(IndexFolderError, match="no vector index"):
            self.load(tmp_path / "index", 2)
        index.save(tmp_path / "index")
        path = tmp_path / "index" / "vectors.faiss"
        path.write_bytes(path.read_bytes()[:-8])
        with pytest.raises(IndexFolderError, match="bytes, got"):
            self.load(tmp_path / "index", 2)
        manifest = tmp_path / "index" / "manifest.json"
        values = json.loads(manifest.read_text())
        manifest.write_text(json.dumps({**values, "size": path.stat().st_size}))
        with pytest.raises(IndexFolderError, match="damaged"):
            self.load(tmp_path / "index", 2)
