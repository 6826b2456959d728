import pytest

from intents.scores import Score, score_by_name, total

WANTED = [{("color", 0, 3), ("size", 4, 5)}, {("color", 2, 6)}, set()]
GOT = [{("color", 0, 3), ("size", 4, 6)}, set(), {("brand", 0, 4)}]


def test_things_are_right_only_as_a_whole():
    scores = score_by_name(zip(WANTED, GOT, strict=True), lambda one: one[0])
    assert list(scores) == ["brand", "color", "size"]
    assert scores["color"] == Score(wanted=2, got=1, right=1)
    assert scores["size"] == Score(wanted=1, got=1, right=0)
    assert scores["brand"] == Score(wanted=0, got=1, right=0)


def test_ratios():
    score = Score(wanted=4, got=3, right=2)
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(1 / 2)
    assert score.f1 == pytest.approx(4 / 7)


def test_nothing_wanted_and_nothing_got_is_zero():
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)


def test_the_total_counts_every_name():
    scores = score_by_name(zip(WANTED, GOT, strict=True), lambda one: one[0])
    assert total(scores) == Score(wanted=3, got=3, right=1)
    assert total({}) == Score()


def test_the_same_thing_twice_counts_once():
    scores = score_by_name([(["a", "a"], ["a", "b", "b"])], str)
    assert scores == {"a": Score(1, 1, 1), "b": Score(0, 1, 0)}
