"""The rules of a list, on candidates with a known answer."""

from dataclasses import replace

import numpy as np
import pytest

from catalog.recommending.reranking import Candidates, Dials, miscalibration, rerank

OFF = Dials(0.0, 0.0, 0.0)


def candidates(relevance, vectors=None, categories=None, popularity=None):
    count = len(relevance)
    return Candidates(
        np.array(relevance, np.float32),
        np.eye(count, dtype=np.float32) if vectors is None else np.array(vectors, np.float32),
        [(one,) for one in categories] if categories else [()] * count,
        np.zeros(count, np.float32) if popularity is None else np.array(popularity, np.float32),
    )


def test_with_every_dial_off_relevance_decides_and_ties_keep_their_order():
    assert rerank(candidates([1, 3, 2, 3]), 3, OFF) == [1, 3, 2]
    assert rerank(candidates([1, 3]), 9, OFF) == [1, 0]
    assert rerank(candidates([]), 3, Dials()) == []


def test_a_twin_of_what_stands_there_waits():
    twins = [[1, 0], [1, 0], [0, 1]]
    found = candidates([1.0, 0.9, 0.5], twins)
    assert rerank(found, 3, OFF) == [0, 1, 2]
    assert rerank(found, 3, Dials(0.9, 0, 0)) == [0, 2, 1]


def test_the_dial_of_popularity_favours_what_few_know():
    found = candidates([1.0, 0.8, 0.0], popularity=[0.9, 0.1, 0.5])
    assert rerank(found, 1, OFF) == [0]
    assert rerank(found, 1, Dials(0, 0.5, 0)) == [1]


def test_the_mix_follows_the_shoppers_own():
    found = candidates([1.0, 0.95, 0.9, 0.85, 0.1], categories=["茶", "茶", "茶", "书", "书"])
    taste = {"茶": 0.5, "书": 0.5}
    chosen = rerank(found, 2, Dials(0, 0, 0.5), taste)
    assert {found.categories[at] for at in chosen} == {("茶",), ("书",)}
    assert rerank(found, 2, Dials(0, 0, 0.5)) == [0, 1]


def test_miscalibration_is_the_divergence_of_both_mixes():
    even = {"a": 0.5, "b": 0.5}
    assert miscalibration(even, {"a": 1, "b": 1}) == pytest.approx(0.0, abs=1e-9)
    assert miscalibration(even, {"a": 4}) > miscalibration(even, {"a": 3, "b": 1}) > 0
    missing = 0.5 * np.log(0.5 / (0.99 + 0.005)) + 0.5 * np.log(0.5 / 0.005)
    assert miscalibration(even, {"a": 4}) == pytest.approx(missing)


def test_what_has_no_vector_is_like_nothing():
    found = candidates([1.0, 0.9, 0.5], [[0, 0], [0, 0], [0, 1]])
    assert rerank(found, 3, Dials(0.9, 0, 0)) == [0, 1, 2]


def test_the_last_places_are_kept_for_what_few_have_chosen_yet():
    found = replace(candidates([9, 8, 7, 6, 5, 4, 3]), newcomers={4, 5, 6})
    kept = Dials(0, 0, 0, 0.5)
    assert rerank(found, 4, kept) == [0, 1, 4, 5]
    assert rerank(found, 3, kept) == [0, 1, 4]
    assert rerank(found, 4, OFF) == [0, 1, 2, 3]
    assert rerank(found, 7, kept) == [0, 1, 2, 3, 4, 5, 6]


def test_newcomers_that_earned_a_place_of_their_own_count_for_the_kept_ones():
    found = replace(candidates([9, 8, 7, 6, 5]), newcomers={0, 4})
    assert rerank(found, 4, Dials(0, 0, 0, 0.5)) == [0, 1, 2, 4]
    assert rerank(found, 4, Dials(0, 0, 0, 0.25)) == [0, 1, 2, 3]


def test_no_place_stays_empty_for_newcomers_there_are_not():
    found = candidates([9, 8, 7, 6])
    assert rerank(found, 3, Dials(0, 0, 0, 1.0)) == [0, 1, 2]
    assert rerank(replace(found, newcomers={3}), 3, Dials(0, 0, 0, 1.0)) == [0, 1, 3]


def test_of_newcomers_too_a_twin_waits():
    twins = [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]
    found = replace(candidates([1.0, 0.9, 0.8, 0.7], twins), newcomers={2, 3})
    assert rerank(found, 3, Dials(0.9, 0, 0, 0.34)) == [0, 1, 3]
