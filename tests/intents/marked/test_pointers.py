import pytest

from intents.marked.pointers import read_pointer
from intents.types import Reference


@pytest.mark.parametrize(
    ("words", "reference"),
    [
        ("the one at the bottom", Reference((-1,))),
        ("the one on the right", Reference((-1,))),
        ("the last but one", Reference((-2,))),
        ("the top one", Reference((1,))),
        ("the one in the middle", Reference(extreme="middle")),
        ("the most expensive one", Reference(extreme="dearest")),
        ("the cheapest", Reference(extreme="cheapest")),
        ("1 and 3", Reference((1, 3))),
        ("each", Reference(everything=True)),
        ("最下面的", Reference((-1,))),
        ("最末一个", Reference((-1,))),
        ("头一个", Reference((1,))),
        ("中间那个", Reference(extreme="middle")),
        ("最贵的", Reference(extreme="dearest")),
        ("最便宜的那款", Reference(extreme="cheapest")),
        ("1和3", Reference((1, 3))),
        ("三号", Reference((3,))),
        ("二", Reference((2,))),
    ],
)
def test_a_place_or_an_extreme_is_read(words, reference):
    assert read_pointer(words) == reference


@pytest.mark.parametrize(
    "words", ["the previous one", "this", "that lamp", "上一个", "这", "这把", "呢款", "佢", "这单"]
)
def test_a_pronoun_means_what_was_spoken_of_last(words):
    assert read_pointer(words) == Reference()


@pytest.mark.parametrize("words", ["the lighter one", "轻一点的那个"])
def test_a_description_stays_text(words):
    assert read_pointer(words) == words


@pytest.mark.parametrize("words", ["that price", "leather", "价格", ""])
def test_what_points_at_nothing_is_none(words):
    assert read_pointer(words) is None
