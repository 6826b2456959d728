"""A second encoder for the English texts, seen through the search that uses it."""

import shutil

import numpy as np
import pytest

from catalog.embedding import TextVectors
from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.text import has_chinese
from catalog.vectors import IndexUnavailableError
from tests.catalog.encoders import WordEncoder
from tests.catalog.products import product
from tests.catalog.shop import PRODUCTS
from tests.catalog.test_live import TEXTS, Source, ids


class ThingEncoder(WordEncoder):
    """Knows what a "snorgle" is: the thing it was told, and no word says so."""

    def __init__(self, thing, id_="things"):
        super().__init__(id_, 24)
        self._thing = thing

    def encode(self, texts, kind, max_tokens=None):
        return super().encode([self._thing if "snorgle" in t else t for t in texts], kind)


@pytest.fixture
def store(tmp_path):
    opened = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    opened.upsert([*PRODUCTS, product("kite", "|蓝色大风筝")], "test")
    yield opened
    opened.close()


@pytest.fixture
def opened(store, tmp_path):
    """A function that opens search over one folder; what it opened is closed in the end."""
    made = []

    def open_(both=None, english=None, name="index", **others):
        folder = tmp_path / name
        made.append(
            ProductSearch.open(store, both or WordEncoder(), folder, english=english, **others)
        )
        return made[-1]

    yield open_
    for one in made:
        one.close()


def test_it_reads_the_english_texts_alone_and_each_once(opened):
    both, english = WordEncoder(), WordEncoder("english", 24)
    search = opened(both, english)
    assert len(both.passages) == TEXTS + 1
    assert sorted(english.passages) == sorted(t for t in both.passages if not has_chinese(t))
    assert (search.status().vectors, search.status().pending) == (TEXTS + 1, 0)
    fresh = WordEncoder(), WordEncoder("english", 24)
    opened(*fresh)
    assert [one.passages for one in fresh] == [[], []]


@pytest.mark.parametrize("text", ["snorgle", "snorgle wibble"])
def test_english_queries_are_understood_by_it_and_chinese_ones_go_on_without(opened, text):
    search = opened(english=ThingEncoder("black HP ink cartridge"))
    assert ids(search.search(text))[0] == "ink-1"
    assert ids(search.search("收音机"))[0] == "old-1"
    assert ids(search.search("大风筝"))[0] == "kite"


def test_what_either_encoder_finds_near_is_relevant_where_no_word_is_known(opened):
    alone = opened(name="alone").search("snorgle", k=100)
    both = opened(english=ThingEncoder("black HP ink cartridge")).search("snorgle", k=100)
    assert set(ids(both)) == {*ids(alone), "ink-1"}


def test_it_decides_alone_of_english_words_where_it_has_read_all(opened, store, monkeypatch):
    search = opened(english=WordEncoder("english", 24))
    searched = []
    looked = TextVectors.search

    def noted(vectors, vector, *others):
        searched.append(len(vector))
        return looked(vectors, vector, *others)

    monkeypatch.setattr(TextVectors, "search", noted)
    general = WordEncoder().dimension

    def asked(text):
        searched.clear()
        search.search(text)
        return sorted(searched)

    # Neither the kite nor the old radio has an English text.
    assert asked("running shoes") == [24, general]
    store.delete(["kite", "old-1"])
    assert asked("running shoes") == [24]
    assert asked("wibble") == [24, general]
    assert general in asked("跑步鞋")


def test_what_has_no_english_text_is_still_found_by_the_other_encoder(opened):
    search = opened(english=WordEncoder("english", 24))
    assert "kite" in ids(search.search("风筝 kite", k=100))
    assert ids(search.search("蓝色大风筝"))[0] == "kite"


@pytest.mark.parametrize("name", ["", "manifest.json", "hashes.npz"])
def test_a_missing_or_cut_index_of_it_is_made_again_and_the_other_one_kept(
    opened, tmp_path, caplog, name
):
    opened(english=WordEncoder("english", 24))
    path = tmp_path / "index" / "english" / name
    shutil.rmtree(path) if path.is_dir() else path.write_bytes(path.read_bytes()[:-20])
    both, english = WordEncoder(), WordEncoder("english", 24)
    search = opened(both, english)
    assert both.passages == []
    assert english.passages
    assert "computed anew" in caplog.text
    assert search.status().pending == 0


def test_another_encoder_reads_the_english_texts_anew(opened):
    opened(english=WordEncoder("english", 24))
    both, other = WordEncoder(), WordEncoder("another", 24)
    opened(both, other)
    assert (both.passages, len(other.passages)) == ([], TEXTS // 2)


def test_it_can_be_switched_off_and_on(opened):
    both, english = WordEncoder(), WordEncoder("english", 24)
    without = opened(both)
    assert ids(without.search("running shoes"))[:2] == ["run-1", "run-2"]
    both.passages.clear()
    search = opened(both, english)
    assert (both.passages, len(english.passages)) == ([], TEXTS // 2)
    assert ids(search.search("running shoes"))[:2] == ["run-1", "run-2"]
    search.save()
    assert ids(opened().search("running shoes"))[:2] == ["run-1", "run-2"]


def test_changes_reach_both_indexes(opened, store):
    english = ThingEncoder("Reading lamp")
    search = opened(english=english)
    store.upsert([product("lamp", "Reading lamp|阅读灯")], "test")
    store.delete(["ear-2"])
    assert ids(search.search("snorgle"))[0] == "lamp"
    assert english.passages[-1] == "Reading lamp"
    store.delete(["lamp"])
    assert "lamp" not in ids(search.search("snorgle", k=100))


def test_many_changes_are_embedded_behind_by_both(opened, store):
    both, english = WordEncoder(), WordEncoder("english", 24)
    search = opened(both, english)
    before = len(both.passages), len(english.passages)
    store.upsert([product(f"v{n}", f"Glass vase {n}|玻璃花瓶{n}") for n in range(40)], "test")
    search.sync()
    search.finish()
    assert (len(both.passages), len(english.passages)) == (before[0] + 80, before[1] + 40)
    assert search.status().pending == 0


def test_a_large_shop_has_a_graph_of_each(opened):
    search = opened(english=WordEncoder("english", 24), source=Source(flat_up_to=5))
    kinds = {name: v.index.kind for name, v in search._live.indexes.spaces().items()}
    assert kinds == {"vectors": "hnsw", "english": "hnsw"}
    assert ids(search.search("running shoes"))[:2] == ["run-1", "run-2"]


def test_an_outgrown_index_of_it_is_rebuilt_behind(opened, store):
    search = opened(english=WordEncoder("english", 24), source=Source(flat_up_to=20))
    store.upsert([product(f"v{n}", f"Glass vase {n}|玻璃花瓶{n}") for n in range(40)], "test")
    for _ in range(4):
        search.sync()
        search.finish()
    kinds = {name: v.index.kind for name, v in search._live.indexes.spaces().items()}
    assert kinds == {"vectors": "hnsw", "english": "hnsw"}


def test_a_start_without_an_answer_computes_nothing_and_both_go_on_later(opened):
    source, both, english = Source(), WordEncoder(), WordEncoder("english", 24)
    source.gone = True
    search = opened(both, english, source=source)
    assert not search.search("running shoes").complete
    assert (both.passages, english.passages) == ([], [])
    source.gone = False
    search.sync()
    search.finish()
    assert (len(both.passages), len(english.passages)) == (TEXTS + 1, TEXTS // 2)
    assert search.search("running shoes").complete


def test_where_it_alone_is_out_of_reach_the_answer_says_so(opened):
    search = opened(english=WordEncoder("english", 24))
    index = search._live.indexes.english

    def silent(*_):
        raise IndexUnavailableError("no answer")

    index._index.search = silent
    found = search.search("running shoes")
    assert ids(found)[:2] == ["run-1", "run-2"]
    assert not found.complete


def test_words_count_less_for_a_phrase_that_it_has_read(opened):
    search = opened(english=WordEncoder("english", 24))
    phrase, word = search._understand("running shoes"), search._understand("shoes")
    assert (phrase.phrase, word.phrase) == (True, False)
    assert np.isclose(np.linalg.norm(phrase.english), 1)
