"""Which known word a misspelt one was meant to be, and when it is left alone."""

import pytest

from catalog.matching import cut_tokens
from catalog.words.spelling import Spelling, everyday_words, ordinary_words, real_words

KNOWN = Spelling.of(
    ["headphone", "sneaker", "laptop", "adida", "samsung", "waterproof", "shirt", "bag", "watch"],
    others=["thunderbolt"],
)


def nearest(word):
    return KNOWN.nearest(cut_tokens(word)[0])


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("headfones", "headphone"),
        ("hedphones", "headphone"),
        ("sneekers", "sneaker"),
        ("labtop", "laptop"),
        ("lpatop", "laptop"),
        ("addidas", "adida"),
        ("sumsung", "samsung"),
        ("watrproof", "waterproof"),
        ("waterprof", "waterproof"),
        ("wathces", "watch"),
    ],
)
def test_one_edit_in_a_short_word_and_two_in_a_long_one_are_mended(word, meant):
    found = nearest(word)
    assert found is not None
    assert found[0] == meant
    assert 0.5 < found[1] < 1


@pytest.mark.parametrize(
    "word",
    [
        "laptop",  # known
        "thunderbolts",  # known, and nobody's misspelling
        "thunderbold",
        "shift",  # a real word beside "shirt"
        "sheet",
        "bga",  # too short
        "lbptap",  # too far
        "eadphones",  # another first letter
        "laptop2",  # a code
        "耳",
    ],
)
def test_other_words_are_left_alone(word):
    assert nearest(word) is None


def test_of_two_words_as_near_the_one_that_ends_alike_is_meant():
    near = Spelling.of(("weigh", "weight"))
    assert near.corrected(cut_tokens("net weigt")) == ("net", "weight")


def test_the_same_stem_is_the_same_word():
    assert nearest("waterproofing")[0] == "waterproof"


def test_fewer_edits_score_higher():
    assert nearest("headphnoe")[1] > nearest("haedphnoe")[1]


def test_everyday_words_are_ordinary_and_ordinary_words_are_real():
    assert everyday_words() < ordinary_words() < real_words()
    assert "apple" in ordinary_words()
    assert "sony" not in ordinary_words()
