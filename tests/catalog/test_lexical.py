import random

import numpy as np
import pytest

from catalog.lexical import LexicalIndex, term_impacts
from catalog.query import Term
from catalog.text import tokens

SHOP = {
    1: {"title": "Red cotton shirt", "brand": "Nordal"},
    2: {"title": "Blue cotton shirt", "description": "goes well with a red tie"},
    3: {"title": "HP Pavilion dv7-1211ea Notebook", "brand": "HP"},
    4: {"title": "红色连衣裙", "description": "纯棉，夏季新款"},
}


def as_fields(document):
    return {name: [tokens(text)] for name, text in document.items()}


def plain(text):
    return [Term(token, (token,)) for token in tokens(text)]


@pytest.fixture
def index():
    made = LexicalIndex()
    for item, document in SHOP.items():
        made.add(item, as_fields(document))
    return made


def best(index, text, size=10):
    found = index.scores(plain(text), size)
    items = np.flatnonzero(found.scores)
    return items[np.argsort(-found.scores[items], kind="stable")].tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red shirts", [1, 2]),
        ("dv7-1211ea", [3]),
        ("DV7", [3]),
        ("连衣裙", [4]),
        ("紅色", [4]),
        ("umbrella", []),
        ("", []),
    ],
)
def test_words_are_found_in_any_field_and_count_more_in_the_title(index, text, expected):
    assert best(index, text) == expected
    index.compact()
    assert best(index, text) == expected


def test_an_extra_term_counts_only_where_the_catalogue_has_it(index):
    terms = [*plain("wave 7"), Term("wave 7", ("wave7",), extra=True)]
    index.add(5, {"title": [["7", "wave"]]})
    assert index.scores(terms, 10).coverage[5] == pytest.approx(1)
    index.add(6, {"title": [["wave", "7", "wave7"]]})
    found = index.scores(terms, 10)
    assert found.coverage[6] == pytest.approx(1)
    assert found.coverage[5] < 0.8
    assert found.scores[6] > found.scores[5]


def test_the_usual_names_of_an_unknown_word_count_in_full_and_other_names_less(index):
    others = (("shirt",), ("notebook",), ("umbrella",))
    term = Term("衬衫", ("衬衫",), others, translations=("notebook", "umbrella"))
    found = index.scores([term], 10)
    alone = index.scores([Term("notebook", ("notebook",))], 10)
    assert found.scores[3] == pytest.approx(alone.scores[3])
    assert 0 < found.scores[1] < 0.7 * found.scores[3]


def test_a_name_of_several_words_counts_less_than_as_many_terms(index):
    name = Term("红衬衫", ("红衬衫",), (("red", "cotton", "shirt"),))
    found = index.scores([name, Term("hp", ("hp",))], 10)
    apart = index.scores(plain("red cotton shirt hp"), 10)
    assert 0.3 < found.coverage[1] < apart.coverage[1] - 0.1


def test_scores_and_coverage_are_shares_of_the_query(index):
    found = index.scores(plain("cotton umbrella"), 10)
    assert found.scores.dtype == np.float32
    assert 0 < found.scores.max() < 1
    assert 0 < found.coverage[1] < 0.5
    assert index.scores(plain("cotton shirt"), 10).coverage[1] == pytest.approx(1)


def test_a_rarer_word_weighs_more(index):
    found = index.scores(plain("blue shirt"), 10)
    assert found.scores[2] > found.scores[1]
    assert found.coverage[1] < 0.5


def test_another_name_counts_less_than_the_one_that_was_written():
    index = LexicalIndex()
    index.add(1, as_fields({"title": "laptop"}))
    index.add(2, as_fields({"title": "notebook computer"}))
    index.add(3, as_fields({"title": "computer desk"}))
    found = index.scores([Term("laptop", ("laptop",), (("notebook", "comput"),))], 5)
    assert found.scores[1] > found.scores[2] > 0
    assert found.scores[3] == 0
    assert found.coverage.tolist() == [0, 1, 1, 0, 0]


def test_a_name_the_catalogue_does_not_know_is_replaced_by_one_it_knows(index):
    found = index.scores([Term("衬衫", ("衬衫",), (("shirt",), ("blous",)))], 10)
    same = index.scores(plain("shirt"), 10)
    assert found.scores[[1, 2]].tolist() == same.scores[[1, 2]].tolist()


def test_a_model_code_in_both_languages_counts_once():
    twice = {"title": [["xm5", "headphon"], ["xm5", "耳机"]]}
    assert term_impacts(twice)["xm5"] == term_impacts({"title": [["xm5", "headphon"]]})["xm5"]


def test_a_longer_field_tells_less():
    short, long = ({"description": [["steel"] + ["word"] * n]} for n in (5, 200))
    assert term_impacts(short)["steel"] > term_impacts(long)["steel"]


def test_an_unknown_field_is_refused(index):
    with pytest.raises(ValueError, match="colour"):
        index.add(9, {"colour": [["red"]]})


def test_a_changed_document_has_only_its_new_words(index):
    index.compact()
    index.add(1, as_fields({"title": "Green linen trousers"}))
    assert best(index, "linen") == [1]
    assert best(index, "cotton shirt") == [2]
    index.compact()
    assert best(index, "linen") == [1]
    assert best(index, "cotton shirt") == [2]
    assert len(index) == 4


def test_a_removed_document_is_gone_and_may_come_back(index):
    index.compact()
    index.remove(3)
    index.remove(3)
    assert best(index, "notebook") == []
    index.add(3, as_fields(SHOP[3]))
    assert best(index, "notebook") == [3]
    index.remove(3)
    index.compact()
    assert best(index, "notebook") == []
    assert len(index) == 3


def test_containing_knows_every_name_of_a_term(index):
    term = Term("shirt", ("shirt",), (("notebook",), ("连衣裙",), ("umbrella",)))
    assert index.containing(term, [1, 3, 4, 77]) == {1, 3, 4}
    assert index.containing(Term("red shirt", ("red", "shirt")), [1, 2, 3]) == {1, 2}
    index.compact()
    index.remove(1)
    assert index.containing(term, [1, 3, 4]) == {3, 4}


def test_changes_one_by_one_equal_building_at_once():
    rng = random.Random(3)
    words = [f"word{n}" for n in range(30)] + ["鞋", "包", "衬衫"]
    grown, shop = LexicalIndex(), {}
    for step in range(300):
        item = rng.randrange(1, 40)
        if rng.random() < 0.25:
            shop.pop(item, None)
            grown.remove(item)
        else:
            shop[item] = {
                "title": [rng.choices(words, k=5)],
                "description": [rng.choices(words, k=9)],
            }
            grown.add(item, shop[item])
        if step % 60 == 0:
            grown.compact()
    grown.compact()
    fresh = LexicalIndex()
    for item, fields in shop.items():
        fresh.add(item, fields)
    for _ in range(50):
        query = plain(" ".join(rng.choices(words, k=3)))
        one, other = grown.scores(query, 40), fresh.scores(query, 40)
        assert one.scores == pytest.approx(other.scores, abs=1e-6)
        assert one.coverage == pytest.approx(other.coverage, abs=1e-6)


def test_what_is_saved_is_read_again(index, tmp_path):
    index.remove(2)
    index.save(tmp_path)
    again = LexicalIndex.load(tmp_path)
    assert best(again, "red shirt") == [1]
    assert best(again, "连衣裙") == [4]
    again.add(2, as_fields(SHOP[2]))
    assert best(again, "red shirts") == [1, 2]


def test_an_empty_index_is_saved_and_read(tmp_path):
    LexicalIndex().save(tmp_path)
    assert best(LexicalIndex.load(tmp_path), "anything") == []


@pytest.mark.parametrize("name", ["manifest.json", "terms.txt", "postings.npz"])
def test_a_damaged_index_is_refused(index, tmp_path, name):
    index.save(tmp_path)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:9])
    with pytest.raises(ValueError, match=r"damaged|expected"):
        LexicalIndex.load(tmp_path)


def test_an_index_with_other_field_weights_is_refused(index, tmp_path):
    index.save(tmp_path)
    path = tmp_path / "manifest.json"
    path.write_text(path.read_text().replace('"brand": [', '"brand": [9, '))
    with pytest.raises(ValueError, match="another format"):
        LexicalIndex.load(tmp_path)
