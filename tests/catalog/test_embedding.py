import numpy as np
import pytest

from catalog.embedding import TextVectors
from catalog.local_index import LocalIndex
from catalog.vectors import AbsentIndex, IndexUnavailableError
from tests.catalog.encoders import WordEncoder

ENCODER = WordEncoder()


def empty():
    return TextVectors(LocalIndex(ENCODER.dimension, ENCODER.id))


def loaded(folder):
    return TextVectors(LocalIndex.load(folder, ENCODER.dimension, ENCODER.id))


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


def test_it_tells_whether_it_covers_items(vectors):
    def covers(*items):
        mask = np.zeros(10, np.bool_)
        mask[list(items)] = True
        return vectors.covers(mask)

    assert covers(1, 2, 3)
    assert covers()
    assert not covers(1, 9)
    vectors.want(2, {})
    assert covers(1, 3)
    assert not covers(2)
    vectors.want(9, {"en": "green hat"})
    assert not covers(9)
    embed(vectors)
    assert covers(1, 3, 9)


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
    again = loaded(tmp_path / "vectors")
    again.want_again(vectors.wanted_pairs())
    assert (len(again), again.pending, again.missing_items()) == (4, 0, [])
    assert nearest(again, "猫粮") == [3]


def test_after_a_kill_the_missing_are_known(vectors, tmp_path):
    vectors.save(tmp_path / "vectors")
    vectors.want(2, {"en": "garden hose"})
    vectors.want(5, {"en": "green tea"})
    vectors.want(3, {})
    again = loaded(tmp_path / "vectors")
    again.want_again(vectors.wanted_pairs())
    again.forget_unwanted()
    assert again.missing_items() == [2, 5]
    assert again.of_item(3) == {}


class Failing(LocalIndex):
    """An index whose server can be made to go away."""

    gone = False

    def add(self, *given):
        self._answer()
        super().add(*given)

    def search(self, *given):
        self._answer()
        return super().search(*given)

    def vectors(self, ids):
        self._answer()
        return super().vectors(ids)

    def _answer(self):
        if self.gone:
            raise IndexUnavailableError("nobody answers")


@pytest.fixture
def failing():
    index = Failing(ENCODER.dimension, ENCODER.id)
    made = TextVectors(index)
    made.want(1, {"en": "red shoes", "zh": "红色 鞋"})
    assert embed(made) == 2
    return made, index


def test_an_index_that_does_not_answer_finds_nothing_and_says_why(failing):
    vectors, index = failing
    query = ENCODER.encode(["red shoes"], "query")[0]
    index.gone = True
    assert nearest(vectors, "red shoes") == []
    assert vectors.problem == "nobody answers"
    assert vectors.scores(query, np.array([1]), 0.25).tolist() == [0.25]
    assert vectors.of_item(1) == {}
    assert vectors.background(query) == (0.0, 1.0)
    index.gone = False
    assert nearest(vectors, "red shoes") == [1]
    assert vectors.problem == ""


def test_what_could_not_be_written_is_written_later(failing):
    vectors, index = failing
    index.gone = True
    vectors.want(2, {"en": "garden hose", "zh": "红色 鞋"})
    assert embed(vectors) == 2
    assert vectors.unwritten == 2
    index.gone = False
    vectors.flush()
    assert (vectors.unwritten, len(vectors)) == (0, 4)
    assert nearest(vectors, "garden hose") == [2]


def test_what_changes_during_a_rebuild_is_in_the_index_that_follows(vectors):
    build = vectors.begin_rebuild()
    before = vectors.index
    vectors.want(2, {"en": "garden hose"})
    vectors.want(3, {})
    vectors.want(4, {"zh": "绿茶"})
    embed(vectors)
    rebuilt = build()
    assert nearest(vectors, "garden hose") == [2]
    vectors.end_rebuild(rebuilt)
    assert vectors.index is rebuilt is not before
    texts = ("red shoes", "garden hose", "绿茶")
    assert [nearest(vectors, text, range(1, 5)) for text in texts] == [[1], [2], [4]]
    assert nearest(vectors, "猫粮", items=(3,)) == []
    assert rebuilt.hashes() == before.hashes()
    assert len(vectors) == len(rebuilt) == 4


def test_a_rebuild_that_is_given_up_changes_nothing(vectors):
    before = vectors.index
    vectors.begin_rebuild()
    vectors.end_rebuild(None)
    assert vectors.index is before


def test_an_absent_index_takes_nothing_and_loses_nothing():
    vectors = TextVectors(AbsentIndex(ENCODER.dimension, ENCODER.id, "not there"))
    vectors.want(1, {"en": "red shoes"})
    assert nearest(vectors, "red shoes") == []
    assert (vectors.pending, vectors.problem) == (1, "not there")
    vectors.check()
    assert vectors.problem == "not there"
