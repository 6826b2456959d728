import numpy as np
import pytest

from catalog.embedding import TextVectors
from catalog.index import VectorIndex
from tests.catalog.encoders import WordEncoder

ENCODER = WordEncoder()


def empty(id_=ENCODER.id):
    return TextVectors(VectorIndex(ENCODER.dimension, id_))


def embed(vectors):
    count = 0
    while batch := vectors.take(2):
        vectors.put(batch, ENCODER.encode([one.text for one in batch], "passage"))
        count += len(batch)
    return count


def nearest(vectors, text, items=(1, 2, 3)):
    allowed = np.zeros(10, np.bool_)
    allowed[list(items)] = True
    _, found = vectors.search(ENCODER.encode([text], "query")[0], 1, allowed)
    return found.tolist()


@pytest.fixture
def vectors():
    made = empty()
    made.want(1, {"en": "red shoes", "zh": "红色 鞋"})
    made.want(2, {"en": "blue shirt"})
    made.want(3, {"zh": "猫粮"})
    assert embed(made) == 4
    return made


def test_an_item_is_found_by_any_of_its_languages(vectors):
    assert [nearest(vectors, text) for text in ("red shoes", "红色 鞋", "猫粮")] == [[1], [1], [3]]
    assert nearest(vectors, "red shoes", items=(2,)) == [2]


def test_an_item_scores_as_its_better_language(vectors):
    query = ENCODER.encode(["红色 鞋"], "query")[0]
    scores = vectors.scores(query, np.array([1, 2, 9]), default=-0.5)
    assert scores[0] == pytest.approx(1, abs=1e-5)
    assert scores[1] < scores[0]
    assert scores[2] == np.float32(-0.5)


def test_what_is_known_is_not_computed_again(vectors):
    vectors.want(1, {"en": "red shoes", "zh": "红色 鞋"})
    vectors.want(7, {"en": "blue shirt"})
    vectors.flush()
    assert vectors.pending == 0
    assert nearest(vectors, "blue shirt", items=(7,)) == [7]


def test_a_changed_text_replaces_the_old_one(vectors):
    vectors.want(2, {"en": "garden hose"})
    assert embed(vectors) == 1
    query = ENCODER.encode(["garden hose"], "query")[0]
    assert vectors.scores(query, np.array([2]), 0.0)[0] == pytest.approx(1, abs=1e-5)
    assert len(vectors) == 4


def test_a_text_that_changes_while_it_is_computed_is_not_put(vectors):
    vectors.want(2, {"en": "garden hose"})
    batch = vectors.take(5)
    vectors.want(2, {"en": "green tea"})
    vectors.put(batch, ENCODER.encode(["garden hose"], "passage"))
    assert vectors.pending == 1
    embed(vectors)
    assert vectors.of_item(2)["en"] == pytest.approx(ENCODER.encode(["green tea"], "query")[0])


def test_an_item_without_texts_is_taken_out(vectors):
    vectors.want(1, {})
    vectors.flush()
    assert nearest(vectors, "red shoes", items=(1,)) == []
    assert vectors.of_item(1) == {}
    assert len(vectors) == 2


def test_the_background_is_what_most_texts_score():
    vectors = empty()
    for item in range(200):
        vectors.want(item + 1, {"en": f"thing {item}"})
    embed(vectors)
    query = ENCODER.encode(["thing 5"], "query")[0]
    mean, deviation = vectors.background(query)
    everything = vectors.scores(query, np.arange(1, 201), 0.0)
    assert mean == pytest.approx(everything.mean(), abs=0.05)
    assert deviation == pytest.approx(everything.std(), abs=0.05)
    assert empty().background(query) == (0.0, 1.0)


def test_saved_vectors_are_read_and_not_computed_again(vectors, tmp_path):
    vectors.save(tmp_path / "vectors")
    again = empty()
    again.load(tmp_path / "vectors")
    again.want_again(vectors.wanted_pairs())
    assert (len(again), again.pending, again.missing_items()) == (4, 0, [])
    assert nearest(again, "猫粮") == [3]


def test_after_a_kill_the_missing_are_known(vectors, tmp_path):
    vectors.save(tmp_path / "vectors")
    vectors.want(2, {"en": "garden hose"})
    vectors.want(5, {"en": "green tea"})
    vectors.want(3, {})
    again = empty()
    again.load(tmp_path / "vectors")
    again.want_again(vectors.wanted_pairs())
    assert again.missing_items() == [2, 5]
    assert again.of_item(3) == {}


def test_vectors_of_another_encoder_are_refused(vectors, tmp_path):
    vectors.save(tmp_path / "vectors")
    with pytest.raises(ValueError, match="encoder 'other'"):
        empty("other").load(tmp_path / "vectors")


def test_vectors_that_do_not_fit_their_names_are_refused(vectors, tmp_path):
    vectors.save(tmp_path / "vectors")
    names = tmp_path / "vectors" / "hashes.npz"
    vectors.want(3, {})
    vectors.flush()
    vectors.save(tmp_path / "fewer")
    names.write_bytes((tmp_path / "fewer" / "hashes.npz").read_bytes())
    with pytest.raises(ValueError, match="do not fit"):
        empty().load(tmp_path / "vectors")
