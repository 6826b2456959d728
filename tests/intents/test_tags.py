from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.tags import OUTSIDE, Span, TagScheme, best_path

SCHEME = TagScheme(("color", "product_type"))
O, B_COLOR, I_COLOR, B_TYPE, I_TYPE = range(5)  # noqa: E741 - the tag's own name

# "dark red running shoes" and 深红跑鞋, a unit for each word or character.
ENGLISH = ((0, 4), (5, 8), (9, 16), (17, 22))
CHINESE = ((0, 1), (1, 2), (2, 3), (3, 4))


@pytest.mark.parametrize(
    ("units", "spans"),
    [
        (ENGLISH, [Span(0, 8, "color"), Span(9, 22, "product_type")]),
        (CHINESE, [Span(0, 2, "color"), Span(2, 4, "product_type")]),
    ],
)
def test_each_span_begins_with_b_and_goes_on_with_i(units, spans):
    assert SCHEME.encode(spans, units) == [B_COLOR, I_COLOR, B_TYPE, I_TYPE]


def test_neighbours_of_one_label_stay_two_spans():
    spans = [Span(0, 4, "color"), Span(5, 8, "color")]
    tags = SCHEME.encode(spans, ENGLISH)
    assert tags == [B_COLOR, B_COLOR, O, O]
    assert SCHEME.decode(tags, ENGLISH) == spans


def test_the_first_character_of_a_unit_decides():
    assert SCHEME.encode([Span(1, 8, "color")], ENGLISH) == [O, B_COLOR, O, O]
    assert SCHEME.encode([Span(5, 6, "color")], ENGLISH) == [O, B_COLOR, O, O]


def test_spans_of_unknown_labels_can_be_left_out():
    spans = [Span(0, 8, "brand"), Span(9, 22, "product_type")]
    assert SCHEME.encode_known(spans, ENGLISH) == [O, O, B_TYPE, I_TYPE]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([I_COLOR, I_COLOR, O, O], [Span(0, 8, "color")]),
        ([B_COLOR, I_TYPE, I_TYPE, O], [Span(0, 4, "color"), Span(5, 16, "product_type")]),
        ([B_COLOR, O, I_COLOR, O], [Span(0, 4, "color"), Span(9, 16, "color")]),
        ([O, O, O, O], []),
    ],
)
def test_an_i_without_its_b_begins_a_span(tags, spans):
    assert SCHEME.decode(tags, ENGLISH) == spans


@st.composite
def labelled_units(draw):
    """Units with gaps, and spans over whole runs of them."""
    count = draw(st.integers(0, 8))
    units, place = [], 0
    for _ in range(count):
        start = place + draw(st.integers(0, 1))
        place = start + draw(st.integers(1, 4))
        units.append((start, place))
    spans, next_unit = [], 0
    while next_unit < count:
        length = draw(st.integers(1, 3))
        run = units[next_unit : next_unit + length]
        if draw(st.booleans()):
            spans.append(Span(run[0][0], run[-1][1], draw(st.sampled_from(SCHEME.labels))))
        next_unit += length
    return units, spans


@given(labelled_units())
def test_encoding_and_decoding_gives_the_spans_back(case):
    units, spans = case
    assert SCHEME.decode(SCHEME.encode(spans, units), units) == spans


def is_allowed(path):
    """BIO in words: an I follows a B or an I of its own label."""
    moves = pairwise((OUTSIDE, *path))
    return all(tag not in (I_COLOR, I_TYPE) or last in (tag - 1, tag) for last, tag in moves)


def total(path, scores, moves, first):
    said = sum(scores[place, tag] for place, tag in enumerate(path))
    return first[path[0]] + said + sum(moves[a, b] for a, b in pairwise(path))


@pytest.mark.parametrize("seed", range(12))
def test_the_best_path_is_the_best_of_all(seed):
    rng = np.random.default_rng(seed)
    scores = rng.standard_normal((4, 5)).astype(np.float32)
    moves, first = rng.standard_normal((5, 5)), rng.standard_normal(5)
    every = product(range(5), repeat=4)
    wanted = max(every, key=lambda path: total(path, scores, moves, first))
    assert best_path(scores, moves, first) == list(wanted)


@pytest.mark.parametrize("seed", range(12))
def test_with_the_schemes_transitions_it_is_the_best_that_bio_allows(seed):
    scores = np.random.default_rng(seed).normal(0, 20, (4, 5)).astype(np.float32)
    moves, first = SCHEME.transitions()
    allowed = [path for path in product(range(5), repeat=4) if is_allowed(path)]
    wanted = max(allowed, key=lambda path: total(path, scores, 0 * moves, 0 * first))
    assert best_path(scores, moves, first) == list(wanted)


def test_transitions_forbid_exactly_what_bio_forbids():
    moves, first = SCHEME.transitions()
    into_i = {(B_COLOR, I_COLOR), (I_COLOR, I_COLOR), (B_TYPE, I_TYPE), (I_TYPE, I_TYPE)}
    for before, after in product(range(5), repeat=2):
        allowed = after not in (I_COLOR, I_TYPE) or (before, after) in into_i
        assert moves[before, after] == (0 if allowed else pytest.approx(-1e4))
    assert first.tolist() == [0, 0, -1e4, 0, -1e4]


def test_no_units_have_no_tags():
    moves, first = SCHEME.transitions()
    assert best_path(np.zeros((0, 5), np.float32), moves, first) == []
    assert SCHEME.decode([], []) == []


def test_units_of_a_span_are_those_that_begin_in_it():
    assert Span(5, 16, "color").units(ENGLISH) == [1, 2]
    assert Span(6, 16, "color").units(ENGLISH) == [2]
