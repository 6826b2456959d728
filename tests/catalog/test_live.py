"""Indexes that are rebuilt, absent or stale, seen through the search that uses them."""

import shutil
import threading

import pytest

from catalog.local_index import LocalIndex
from catalog.search import ProductSearch
from catalog.types import ProductFilter
from catalog.vectors import IndexUnavailableError
from tests.catalog.encoders import WordEncoder
from tests.catalog.products import product
from tests.catalog.shop import near

TEXTS = 14


class Source:
    """Local indexes that are made a graph of early, behind a gate, or that do not answer."""

    def __init__(self, flat_up_to=20):
        self.flat_up_to = flat_up_to
        self.gone = False
        self.entered, self.gate = threading.Event(), threading.Event()
        self.gate.set()

    def __call__(self, dimension, encoder_id):
        self._answer()
        return _Watched(self, LocalIndex(dimension, encoder_id, self.flat_up_to))

    def load(self, folder, dimension, encoder_id):
        self._answer()
        return _Watched(self, LocalIndex.load(folder, dimension, encoder_id, self.flat_up_to))

    def _answer(self):
        if self.gone:
            raise IndexUnavailableError("the server at 10.0.0.7 does not answer")


class _Watched:
    def __init__(self, source, index):
        self._source, self._index = source, index

    def __len__(self):
        self._source._answer()
        return len(self._index)

    def __getattr__(self, name):
        if name in ("add", "remove", "search", "vectors", "hashes", "ids"):
            self._source._answer()
        return getattr(self._index, name)

    def prepare_rebuild(self):
        build = self._index.prepare_rebuild()

        def slow():
            self._source.entered.set()
            assert self._source.gate.wait(30)
            return _Watched(self._source, build())

        return slow


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def words():
    return WordEncoder()


@pytest.fixture
def search(store, words, source, tmp_path):
    opened = ProductSearch.open(store, words, tmp_path / "index", source=source)
    yield opened
    opened.close()


def ids(result):
    return [one.product.id for one in result.products]


def vases(count, start=0):
    return [product(f"vase-{n}", f"Glass vase {n}|玻璃花瓶{n}") for n in range(start, count)]


def test_the_kind_of_the_index_is_said(search):
    status = search.status()
    assert (status.kind, status.vectors, status.pending, status.problem) == ("flat", TEXTS, 0, "")


def test_a_shop_that_starts_large_starts_with_a_graph(store, words, tmp_path):
    opened = ProductSearch.open(store, words, tmp_path / "index", source=Source(flat_up_to=10))
    assert opened.status().kind == "hnsw"
    assert ids(opened.search("running shoes"))[:2] == ["run-1", "run-2"]
    assert ids(opened.search("跑步鞋"))[:2] == ["run-1", "run-2"]
    fresh = WordEncoder()
    again = ProductSearch.open(store, fresh, tmp_path / "index", source=Source(flat_up_to=10))
    assert (again.status().kind, fresh.passages) == ("hnsw", [])


def test_an_outgrown_index_is_rebuilt_behind_and_no_answer_is_wrong_meanwhile(
    search, store, source, words, tmp_path
):
    source.gate.clear()
    store.upsert(vases(40), "test")
    search.sync()
    search._live._worker.join()
    search.sync()
    assert source.entered.wait(30)
    store.upsert([product("lamp", "Reading lamp|阅读灯")], "test")
    store.delete(["vase-3"])
    assert search.status().kind == "flat"
    assert near(search, "vase-5", 50)[0].startswith("vase-")
    assert ids(search.search("阅读灯"))[0] == "lamp"
    source.gate.set()
    search.finish()
    assert (search.status().kind, search.status().vectors) == ("hnsw", TEXTS + 2 * 40)
    assert ids(search.search("reading lamp"))[0] == "lamp"
    found = near(search, "vase-5", 100)
    assert "lamp" in found
    assert "vase-3" not in found
    computed = len(words.passages)
    again = ProductSearch.open(store, words, tmp_path / "index", source=source)
    assert (again.status().kind, len(words.passages)) == ("hnsw", computed)


def test_searches_while_it_is_swapped_all_find_what_is_there(search, store, source):
    store.upsert(vases(40), "test")
    wrong = []
    done = threading.Event()

    def ask():
        while not done.is_set():
            found = search.search("running shoes", ProductFilter(brands=("Veloq",)), 5)
            if ids(found)[:2] != ["run-1", "run-3"] or not found.complete:
                wrong.append(ids(found))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    search.sync()
    search.finish()
    search.sync()
    search.finish()
    done.set()
    for thread in threads:
        thread.join()
    assert search.status().kind == "hnsw"
    assert wrong == []


def test_a_rebuild_that_fails_leaves_the_index_that_serves(search, store, source, caplog):
    def fail():
        raise RuntimeError("no memory")

    store.upsert(vases(40), "test")
    search.sync()
    search._live._worker.join()
    search._live.indexes.vectors.index.prepare_rebuild = lambda: fail
    search.sync()
    search.finish()
    assert "could not be rebuilt: no memory" in caplog.text
    assert search.status().kind == "flat"
    assert ids(search.search("glass vase"))[0].startswith("vase-")


def test_without_an_answer_words_find_and_the_result_says_it_may_lack_some(search, source):
    assert search.search("running shoes").complete
    source.gone = True
    for text in ("running shoes", "跑步鞋"):
        found = search.search(text)
        assert ids(found)[:2] == ["run-1", "run-2"]
        assert not found.complete
    assert search.search("", k=3).complete
    assert not search.search("zzzz").relevant
    assert "does not answer" in search.status().problem
    source.gone = False
    assert search.status().problem == ""
    assert search.search("running shoes").complete


def test_what_changes_while_nobody_answers_is_written_afterwards(search, store, source):
    source.gone = True
    store.upsert([product("lamp", "Reading lamp|阅读灯")], "test")
    store.delete(["ear-2"])
    assert ids(search.search("reading lamp"))[0] == "lamp"
    source.gone = False
    assert search.search("阅读灯").complete
    found = near(search, "ear-1", 100)
    assert "lamp" in found
    assert "ear-2" not in found
    assert search.status().vectors == TEXTS


def test_a_start_without_an_answer_computes_nothing_and_goes_on_later(
    store, words, source, tmp_path
):
    source.gone = True
    search = ProductSearch.open(store, words, tmp_path / "index", source=source)
    found = search.search("跑步鞋")
    assert ids(found)[:2] == ["run-1", "run-2"]
    assert not found.complete
    assert words.passages == []
    assert search.status().kind == "absent"
    source.gone = False
    search.sync()
    search.finish()
    assert len(words.passages) == TEXTS
    assert search.search("running shoes").complete
    assert search.status().kind == "flat"


@pytest.mark.parametrize("name", ["vectors", "vectors/manifest.json", "vectors/hashes.npz"])
def test_a_missing_or_cut_index_is_made_again(store, search, tmp_path, caplog, name):
    path = tmp_path / "index" / name
    shutil.rmtree(path) if path.is_dir() else path.write_bytes(path.read_bytes()[:-20])
    fresh = WordEncoder()
    again = ProductSearch.open(store, fresh, tmp_path / "index")
    assert len(fresh.passages) == TEXTS
    assert "computed anew" in caplog.text
    assert len(near(again, "run-1", 3)) == 3


def test_an_index_older_than_the_database_is_brought_up_to_date(store, search, tmp_path):
    shutil.copytree(tmp_path / "index", tmp_path / "older")
    store.upsert([product("lamp", "Reading lamp|阅读灯")], "test")
    store.delete(["ear-2"])
    fresh = WordEncoder()
    again = ProductSearch.open(store, fresh, tmp_path / "older")
    assert sorted(fresh.passages) == ["Reading lamp", "阅读灯"]
    found = near(again, "ear-1", 100)
    assert "lamp" in found
    assert "ear-2" not in found
