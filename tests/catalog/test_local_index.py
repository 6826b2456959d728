import json

import numpy as np
import pytest

from catalog.local_index import LocalIndex
from catalog.vectors import IndexFolderError
from tests.catalog.vector_indexes import VectorIndexContract, add, ids_of, unit


class TestFlat(VectorIndexContract):
    def make(self, dimension):
        return LocalIndex(dimension, "encoder-a")

    def save(self, index, folder):
        index.save(folder)

    def load(self, folder, dimension):
        return LocalIndex.load(folder, dimension, "encoder-a")

    def test_the_files_may_go_while_they_are_mapped(self, index, tmp_path):
        index.save(tmp_path / "index")
        again = self.load(tmp_path / "index", 2)
        index.remove(ids_of(10))
        index.save(tmp_path / "index")
        assert again.search(unit([[1, 0]]), 1)[1].tolist() == [[10]]
        assert again.remove(ids_of(20)) == 1
        assert sorted(again.ids().tolist()) == [10, 30, 40]


class TestGraph(VectorIndexContract):
    """An index that a rebuild makes a graph of as soon as it holds more than 100 vectors."""

    tolerance = 1e-3

    def make(self, dimension):
        return LocalIndex(dimension, "encoder-a", flat_up_to=100)

    def save(self, index, folder):
        index.save(folder)

    def load(self, folder, dimension):
        return LocalIndex.load(folder, dimension, "encoder-a", flat_up_to=100)


def clustered(count, dimension=128, seed=3):
    """Vectors near fifty directions, as products are near their kinds."""
    kinds = np.random.default_rng(2).standard_normal((50, dimension))
    rng = np.random.default_rng(seed)
    return unit(kinds[rng.integers(0, 50, count)] + 0.5 * rng.standard_normal((count, dimension)))


def recall(index, vectors, queries, allowed=None, k=10):
    ids = np.arange(len(vectors)) if allowed is None else np.flatnonzero(allowed)
    exact = ids[np.argsort(-(queries @ vectors[ids].T), axis=1)[:, :k]]
    _, found = index.search(queries, k, allowed)
    assert found.shape == exact.shape
    shared = [len(set(a) & set(b)) for a, b in zip(found.tolist(), exact.tolist(), strict=True)]
    return np.mean(shared) / k


@pytest.fixture(scope="module")
def many():
    return clustered(12_000)


@pytest.fixture(scope="module")
def built(many):
    index = LocalIndex(128, "encoder-a", flat_up_to=6_000)
    add(index, np.arange(12_000), many)
    assert (index.kind, index.outgrown) == ("flat", True)
    return index.prepare_rebuild()()


@pytest.fixture
def graph(built, tmp_path):
    """A graph of the test's own, to write to."""
    built.save(tmp_path / "index")
    return LocalIndex.load(tmp_path / "index", 128, "encoder-a", flat_up_to=6_000)


class TestLarge:
    def test_the_kind_follows_the_size(self, built):
        assert (built.kind, built.outgrown, len(built)) == ("hnsw", False, 12_000)

    def test_nearly_all_of_the_best_are_found(self, built, many):
        assert recall(built, many, clustered(50, seed=9)) >= 0.97

    @pytest.mark.parametrize("share", [0.9, 0.7])
    def test_a_wide_filter_is_held_to_and_finds_as_well(self, built, many, share):
        allowed = np.random.default_rng(1).random(12_000) < share
        queries = clustered(30, seed=9)
        assert recall(built, many, queries, allowed) >= 0.97
        assert allowed[built.search(queries, 50, allowed)[1]].all()

    def test_a_strict_filter_finds_all_there_is(self, built, many):
        allowed = np.zeros(30_000, np.bool_)
        allowed[[5, 17, 11_345, 25_000]] = True
        _, found = built.search(many[:3], 10, allowed)
        assert [sorted(row) for row in found.tolist()] == [[5, 17, 11_345]] * 3

    def test_a_filter_against_the_query_finds_as_many_as_are_asked_for(self, built, many):
        """Nothing near the query is allowed."""
        query = many[:1]
        allowed = (many @ query[0]) < np.quantile(many @ query[0], 0.75)
        scores, found = built.search(query, 400, allowed)
        assert found.shape == (1, 400)
        assert allowed[found].all()
        assert (np.diff(scores[0]) <= 0).all()

    def test_as_many_as_there_are_may_be_asked_for(self, built, many):
        assert sorted(built.search(many[:1], 50_000)[1][0].tolist()) == list(range(12_000))

    def test_it_changes_in_place(self, graph, many):
        assert graph.remove(np.arange(0, 12_000, 2)) == 6_000
        assert graph.remove(np.arange(0, 12_000, 2)) == 0
        odd = np.arange(12_000) % 2 == 1
        assert recall(graph, many, clustered(30, seed=9), odd) >= 0.97
        assert graph.search(many[::500], 1)[1].ravel()[0] % 2 == 1
        fresh = clustered(500, seed=21)
        add(graph, np.arange(40_000, 40_500), fresh)
        assert graph.search(fresh, 1)[1].ravel().tolist() == list(range(40_000, 40_500))
        assert len(graph) == 6_500

    def test_what_is_saved_finds_the_same(self, built, graph, many):
        queries = clustered(20, seed=9)
        for one, other in zip(built.search(queries, 10), graph.search(queries, 10), strict=True):
            assert np.array_equal(one, other)
        assert graph.hashes() == {id_: id_ + 7 for id_ in range(12_000)}

    def test_worn_it_is_outgrown_and_shrunk_it_is_flat_again(self, graph):
        graph.remove(np.arange(4_500))
        assert graph.outgrown
        fresh = graph.prepare_rebuild()()
        assert (fresh.kind, fresh.outgrown, len(fresh)) == ("hnsw", False, 7_500)
        graph.remove(np.arange(2_000, 12_000))
        assert len(graph) == 0
        fresh.remove(np.arange(6_500, 12_000))
        small = fresh.prepare_rebuild()()
        assert (small.kind, small.outgrown, len(small)) == ("flat", False, 2_000)
        assert small.hashes()[6_499] == 6_506

    def test_an_id_that_is_used_again_is_the_new_vector(self, graph, many):
        graph.remove(ids_of(5))
        add(graph, ids_of(5), -many[:1])
        assert graph.search(-many[:1], 1)[1].tolist() == [[5]]
        assert 5 not in graph.search(many[5:6], 10)[1]
        assert graph.vectors(ids_of(5)) == pytest.approx(-many[:1], abs=1e-3)

    def test_rebuilding_moves_no_vector(self, graph):
        ids = np.arange(0, 12_000, 97)
        again = graph.prepare_rebuild()().prepare_rebuild()()
        assert again.kind == "hnsw"
        assert np.array_equal(again.vectors(ids), graph.vectors(ids))

    def test_a_rebuild_does_not_see_what_changes_after_it_began(self, graph, many):
        build = graph.prepare_rebuild()
        graph.remove(np.arange(5_000))
        assert len(build()) == 12_000

    def test_a_damaged_graph_is_refused(self, graph, tmp_path):
        for name in ("graph.faiss", "hashes.npz"):
            graph.save(tmp_path / name)
            path = tmp_path / name / name
            path.write_bytes(path.read_bytes()[:-100])
            with pytest.raises(IndexFolderError, match=r"bytes, got.*daogou index"):
                LocalIndex.load(tmp_path / name, 128, "encoder-a")
            forge_sizes(tmp_path / name)
            with pytest.raises(IndexFolderError, match="daogou index"):
                LocalIndex.load(tmp_path / name, 128, "encoder-a")


def forge_sizes(folder):
    """A manifest that agrees with the files, however they are."""
    manifest = folder / "manifest.json"
    values = json.loads(manifest.read_text())
    values["sizes"] = {name: (folder / name).stat().st_size for name in values["sizes"]}
    manifest.write_text(json.dumps(values))


@pytest.fixture
def saved(tmp_path):
    index = LocalIndex(2, "encoder-a")
    add(index, ids_of(1, 2), unit([[1, 0], [0, 1]]))
    index.save(tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize(
    ("dimension", "encoder", "message"),
    [(2, "encoder-b", "should have encoder 'encoder-b'"), (3, "encoder-a", "dimension 3")],
)
def test_an_index_of_another_encoder_is_refused(saved, dimension, encoder, message):
    with pytest.raises(IndexFolderError, match=f"{message}.*daogou index"):
        LocalIndex.load(saved, dimension, encoder)


def test_a_missing_or_cut_index_is_refused(saved, tmp_path):
    with pytest.raises(IndexFolderError, match="no vector index"):
        LocalIndex.load(tmp_path / "elsewhere", 2, "encoder-a")
    path = saved / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(IndexFolderError, match="bytes, got"):
        LocalIndex.load(saved, 2, "encoder-a")
    forge_sizes(saved)
    with pytest.raises(IndexFolderError, match=r"damaged.*daogou index"):
        LocalIndex.load(saved, 2, "encoder-a")


def test_names_of_other_vectors_are_refused(saved, tmp_path):
    fewer = LocalIndex(2, "encoder-a")
    add(fewer, ids_of(1), unit([[1, 0]]))
    fewer.save(tmp_path / "fewer")
    (saved / "hashes.npz").write_bytes((tmp_path / "fewer" / "hashes.npz").read_bytes())
    forge_sizes(saved)
    with pytest.raises(IndexFolderError, match="do not fit their names"):
        LocalIndex.load(saved, 2, "encoder-a")


def test_an_unknown_kind_is_refused(saved):
    manifest = saved / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"flat"', '"round"'))
    with pytest.raises(IndexFolderError, match="should be flat or hnsw, got 'round'"):
        LocalIndex.load(saved, 2, "encoder-a")
