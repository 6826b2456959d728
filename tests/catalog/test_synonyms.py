"""The shop's synonyms: the file's lines, its mistakes, and its changes while the shop runs."""

import os

import pytest

from catalog.correction import Corrector
from catalog.query import query_terms
from catalog.synonyms import SHIPPED, SynonymFile, parse_synonyms, read_synonyms
from catalog.vocabulary import Vocabulary
from tests.catalog.correction_shop import corrector
from tests.catalog.small_shops import BILINGUAL


def test_a_group_goes_every_way():
    found = parse_synonyms("Notebook = laptop = 手提電腦\n", "x")
    assert found["notebook"] == ("laptop", "手提电脑")
    assert found["手提电脑"] == ("notebook", "laptop")


def test_an_arrow_goes_one_way():
    found = parse_synonyms("kfc, 肯德基 => 炸鸡，fried chicken  # comment\n\n# only a comment", "x")
    assert found == {"kfc": ("炸鸡", "fried chicken"), "肯德基": ("炸鸡", "fried chicken")}


def test_several_lines_about_one_name_add_up():
    assert parse_synonyms("a1 = b1\na1 => c1", "x")["a1"] == ("b1", "c1")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("notebook laptop", r'line 1: expected "name = name"'),
        ("a = b\n\nc =", "line 3: a name is missing"),
        ("a => ", "line 1: a name is missing"),
        ("=> b", "line 1: a name is missing"),
        ("sofa = Sofa", "line 1: a name stands twice"),
        ("a = " + "x" * 61, "line 1: a name is longer than 60"),
        ("x\ny", "line 1: .*line 2: "),
    ],
)
def test_wrong_lines_are_named_with_their_numbers(text, wrong):
    with pytest.raises(ValueError, match=f"(?s)shop.txt.*{wrong}"):
        parse_synonyms(text, "shop.txt")


def test_a_missing_or_garbled_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="cannot be read"):
        read_synonyms(tmp_path / "none.txt")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="cannot be read"):
        read_synonyms(tmp_path / "bad.txt")


def test_the_shipped_file_is_right():
    found = read_synonyms(SHIPPED)
    assert "laptop" in found["notebook"]
    assert "笔记本" in found["手提电脑"]


def test_a_change_is_picked_up_and_a_broken_one_changes_nothing(tmp_path, caplog):
    path = tmp_path / "synonyms.txt"
    path.write_text("a = b")
    now = [0.0]
    synonyms = SynonymFile.open(path)
    synonyms.clock = lambda: now[0]

    def write(text, seconds):
        path.write_text(text)
        os.utime(path, (seconds, seconds))

    write("a = c", 1_000)
    now[0] = 2.0
    assert synonyms()["a"] == ("c",)
    write("a c", 2_000)
    assert synonyms()["a"] == ("c",)
    now[0] = 4.0
    assert synonyms()["a"] == ("c",)
    assert "line 1" in caplog.text
    path.unlink()
    now[0] = 6.0
    assert synonyms()["a"] == ("c",)


def test_synonyms_are_other_names_of_what_was_written():
    synonyms = parse_synonyms("floofer = vacuum flask = 暖水壶\n水瓶子 => thermos", "x")
    (term,) = query_terms("floofer", synonyms)
    assert ("vacuum", "flask") in term.others
    assert ("保温", "壶") in term.others  # what the lexicon calls a vacuum flask
    (term,) = query_terms("暖水壶", synonyms)
    assert ("floofer",) in term.others
    (term,) = query_terms("水瓶子", synonyms)
    assert ("thermo",) in term.others
    assert query_terms("floofer")[0].others == ()


def test_the_longest_synonym_wins():
    synonyms = parse_synonyms("big red thing = lamp", "x")
    assert [term.words for term in query_terms("a big red thing", synonyms)] == ["big red thing"]


def test_the_vocabulary_understands_a_synonym_as_what_it_stands_for():
    synonyms = parse_synonyms("floofer = heels = 恨天高", "x")
    shop = Vocabulary.from_products(BILINGUAL, synonyms)
    for text in ("red floofers", "想要恨天高"):
        (found,) = [m for m in shop.find(text) if m.name == "product_type"]
        assert (found.value, found.constraint) == ("heels", shop.find("heels")[0].constraint)
    assert not [m for m in Vocabulary.from_products(BILINGUAL).find("floofers") if m.constraint]


def test_a_synonym_is_no_misspelling():
    shop = corrector()
    known = Corrector(shop._known, shop._index, parse_synonyms("sumsung = 三醒手机", "x"))
    assert known.correct("sumsung").changes == ()
    assert known.correct("三醒手机").changes == ()
    assert shop.correct("sumsung").changes
