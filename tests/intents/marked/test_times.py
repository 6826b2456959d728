import pytest

from intents.marked.times import read_time


@pytest.mark.parametrize("words", ["at noon", "5pm", "by 5:30", "下午三点", "晚上", "凌晨"])
def test_an_hour_stays_text(words):
    assert read_time(words) == words


@pytest.mark.parametrize("words", ["on day one", "red", "几月", ""])
def test_words_of_no_time_are_none(words):
    assert read_time(words) is None
