import numpy as np
import pytest

from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.types import ProductFilter
from catalog.vectors import IndexUnavailableError
from tests.catalog.encoders import WordEncoder
from tests.catalog.products import product
from tests.catalog.shop import PRODUCTS, near
from tests.catalog.vector_indexes import VectorIndexContract, add, ids_of, unit

pytest.importorskip("pymilvus", reason="the extra milvus is not installed")
pytest.importorskip("milvus_lite", reason="the extra milvus is not installed")

from milvus_lite import server_manager_instance

from catalog.milvus import MilvusServer, collection_name


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """One Milvus for all tests; a collection each."""
    path = tmp_path_factory.mktemp("milvus") / "vectors.db"
    yield path
    server_manager_instance.release_server(str(path))


@pytest.fixture
def server(path):
    return MilvusServer(str(path), seconds=30.0, retry_after=0.0)


class TestMilvusIndex(VectorIndexContract):
    @pytest.fixture(autouse=True)
    def _server(self, server):
        self.server = server

    def make(self, dimension):
        return self.server(dimension, "encoder-a")

    def save(self, index, folder):
        index.save(folder)

    def load(self, folder, dimension):
        return self.server.load(folder, dimension, "encoder-a")

    def test_another_process_finds_what_was_added_and_with_it_its_numbers(self, index, path):
        other = MilvusServer(str(path), seconds=30.0).load(path.parent, 2, "encoder-a")
        assert other.hashes() == {10: 17, 20: 27, 30: 37, 40: 47}
        assert other.search(unit([[0, 1]]), 1)[1].tolist() == [[30]]

    def test_adding_again_changes_nothing(self, index):
        add(index, ids_of(10), unit([[1, 0]]))
        assert len(index) == 4

    def test_vectors_of_another_encoder_are_not_seen(self, index, tmp_path):
        other = self.server.load(tmp_path, 2, "encoder-b")
        assert len(other) == 0
        assert len(index) == 4
        assert collection_name(2, "encoder-a") != collection_name(2, "encoder-b")

    @pytest.mark.parametrize("most_named", [20_000, 3])
    def test_filters_of_every_width_are_exact(self, monkeypatch, most_named):
        """Named by what may be found, by what may not, or sifted when both are too many."""
        monkeypatch.setattr("catalog.milvus._MOST_NAMED", most_named)
        monkeypatch.setattr("catalog.milvus._LEAST_FETCHED", 8)
        rng = np.random.default_rng(4)
        vectors = unit(rng.standard_normal((60, 4)))
        index = self.make(4)
        add(index, np.arange(60), vectors)
        for share in (0.97, 0.5, 0.05):
            allowed = rng.random(60) < share
            scores, found = index.search(vectors[:1], 5, allowed)
            expected = np.sort(vectors[allowed] @ vectors[0])[::-1][:5]
            assert scores[0] == pytest.approx(expected, abs=1e-5)
            assert allowed[found[0]].all()


def test_a_server_that_is_gone_is_said_to_be_and_found_again(tmp_path):
    path = tmp_path / "vectors.db"
    server = MilvusServer(str(path), seconds=8.0, retry_after=0.0)
    index = server(2, "encoder-a")
    add(index, ids_of(1), unit([[1, 0]]))
    server_manager_instance.release_server(str(path))
    with pytest.raises(IndexUnavailableError, match=r"Milvus at .*vectors\.db does not answer"):
        index.search(unit([[1, 0]]), 1)
    assert index.search(unit([[1, 0]]), 1)[1].tolist() == [[1]]
    server_manager_instance.release_server(str(path))


def test_nobody_waits_for_a_server_that_failed_a_moment_ago(tmp_path):
    server = MilvusServer("http://127.0.0.1:1", seconds=1.0, retry_after=60.0)
    with pytest.raises(IndexUnavailableError, match=r"127\.0\.0\.1:1 does not answer"):
        server.load(tmp_path, 2, "encoder-a")
    asked = []
    with pytest.raises(IndexUnavailableError):
        server.ask(lambda *_: asked.append(1))
    assert asked == []


@pytest.fixture
def store(tmp_path):
    opened = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    opened.upsert(PRODUCTS, "test")
    yield opened
    opened.close()


def test_a_shop_searches_in_milvus_and_a_second_process_computes_nothing(store, server, tmp_path):
    words = WordEncoder("shop-words")
    search = ProductSearch.open(store, words, tmp_path / "one", source=server)
    status = search.status()
    assert (status.kind, status.vectors, status.problem) == ("milvus", 14, "")
    for text in ("running shoes", "跑步鞋"):
        found = search.search(text, ProductFilter(brands=("Veloq",)), 5)
        assert [one.product.id for one in found.products][:2] == ["run-1", "run-3"]
        assert found.complete
    store.upsert([product("lamp", "Reading lamp|阅读灯")], "test")
    store.delete(["ear-2"])
    found = near(search, "ear-1", 100)
    assert "lamp" in found
    assert "ear-2" not in found
    fresh = WordEncoder("shop-words")
    again = ProductSearch.open(store, fresh, tmp_path / "two", source=server)
    assert fresh.passages == []
    assert again.status().vectors == 14


def test_the_english_texts_have_a_collection_of_their_own(store, server, tmp_path):
    both, english = WordEncoder("both-words"), WordEncoder("english-words", 24)
    search = ProductSearch.open(store, both, tmp_path / "one", source=server, english=english)
    assert (search.status().vectors, search.status().pending) == (14, 0)
    assert set(english.passages) < set(both.passages)
    assert search.search("running shoes").products[0].product.id == "run-1"
    fresh = WordEncoder("both-words"), WordEncoder("english-words", 24)
    ProductSearch.open(store, fresh[0], tmp_path / "two", source=server, english=fresh[1])
    assert [one.passages for one in fresh] == [[], []]


def test_a_shop_whose_milvus_is_gone_searches_by_words_and_says_so(store, tmp_path):
    gone = MilvusServer("http://127.0.0.1:1", seconds=1.0)
    search = ProductSearch.open(store, WordEncoder(), tmp_path / "index", source=gone)
    for text in ("running shoes", "跑步鞋"):
        found = search.search(text)
        assert [one.product.id for one in found.products][:2] == ["run-1", "run-2"]
        assert not found.complete
    assert "127.0.0.1:1 does not answer" in search.status().problem
