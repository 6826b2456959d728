"""No Chinese phrase is found inside another word."""

import pytest

from catalog.matching import cut_tokens
from catalog.words.segments import segment


def segments(text, *phrases):
    """A message in which these phrases are known, wherever they occur."""
    tokens = cut_tokens(text)
    words = "".join(token.word for token in tokens)
    spans = [
        (at, at + len(phrase))
        for phrase in phrases
        for at in range(len(words))
        if words.startswith(phrase, at)
    ]
    return segment(tokens, spans)


@pytest.mark.parametrize(
    ("text", "phrases", "start", "end"),
    [
        ("红色的鞋", ["红色", "鞋"], 0, 2),
        ("红色的鞋", ["红色", "鞋"], 3, 4),
        ("女鞋", ["女", "鞋"], 0, 1),
        ("防水平板", ["防水", "平板"], 0, 2),
        ("防水平板", ["防水", "平板"], 2, 4),
        ("要降噪的", ["降噪"], 1, 3),
        ("运动鞋子", ["运动鞋"], 0, 3),
    ],
)
def test_a_phrase_fits_where_the_rest_is_accounted_for(text, phrases, start, end):
    assert segments(text, *phrases).fits(start, end)


@pytest.mark.parametrize(
    ("text", "phrases", "start", "end"),
    [
        ("皮卡丘", ["皮"], 0, 1),
        ("红包", ["红", "包"], 0, 1),
        ("二手机器", ["手机"], 1, 3),
        ("小时", ["小"], 0, 1),
        ("价格", ["格"], 1, 2),
        ("行家的", ["行"], 0, 1),
        ("挑灯夜读", ["灯"], 1, 2),
    ],
)
def test_a_phrase_does_not_fit_inside_another_word(text, phrases, start, end):
    assert not segments(text, *phrases).fits(start, end)


def test_a_word_for_something_else_blocks_english_too():
    tokens = cut_tokens("black friday shoes")
    assert not segment(tokens, [(0, 1), (2, 3)]).fits(0, 1)
    assert segment(tokens, [(0, 1), (2, 3)]).fits(2, 3)


def test_what_is_known_is_covered_without_a_gap():
    found = segments("白色的耳机盒", "白色", "耳机")
    assert found.known(0, 5)
    assert not found.known(0, 6)
