import numpy as np
import pytest

from catalog.asking import QueryReader
from catalog.synonyms import NO_SYNONYMS
from tests.catalog.encoders import WordEncoder


@pytest.fixture
def english():
    return WordEncoder("english", 24)


@pytest.fixture
def reader(english):
    return QueryReader(WordEncoder(), lambda: NO_SYNONYMS, english)


def test_an_english_query_is_read_by_both_encoders(reader, english):
    query = reader("  gaming mouse pad ")
    assert (query.translated, query.phrase) == (False, True)
    assert np.array_equal(query.english, english.encode(["gaming mouse pad"], "query")[0])
    assert query.vector.shape == (32,)
    assert query.kinds == {"mouse pad"}


def test_a_chinese_query_is_read_in_english_where_every_word_has_a_name(reader, english):
    query = reader("外置光驱")
    assert (query.translated, query.phrase) == (True, True)
    assert np.array_equal(query.english, english.encode(["optical drive"], "query")[0])
    unknown = reader("嘎嘎光驱")
    assert unknown.english is None
    assert unknown.vector is not None


@pytest.mark.parametrize(
    ("text", "phrase"), [("printer", False), ("打印机", False), ("HP 打印机", True)]
)
def test_a_phrase_has_several_words(reader, text, phrase):
    assert reader(text).phrase is phrase


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_is_asked_by_an_empty_text(reader, text):
    query = reader(text)
    assert (query.vector, query.english, query.terms) == (None, None, ())


def test_without_an_english_encoder_there_is_one_vector(english):
    query = QueryReader(WordEncoder(), lambda: NO_SYNONYMS)("mouse pad")
    assert query.english is None
    assert (query.translated, query.phrase) == (False, False)


@pytest.mark.parametrize("text", ["x" * 100_000, "鼠" * 50_000, "\x00\u202e😀", "'; DROP TABLE--"])
def test_no_text_is_too_strange(reader, text):
    assert reader(text).vector is not None
