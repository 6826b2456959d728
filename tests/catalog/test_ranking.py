from dataclasses import replace

import numpy as np
import pytest

from catalog.columns import FilterColumns
from catalog.kinds import ACCESSORY, OTHER, UNKNOWN, WANTED
from catalog.ranking import LEXICAL_WEIGHT, Evidence, blend, popularities
from tests.catalog.products import product
from tests.catalog.shop import rated


def evidence(words, meaning, kinds=None):
    items = np.arange(1, len(words) + 1)
    fits = np.array(kinds or [UNKNOWN] * len(words), np.int8)
    weights = np.full(len(items), LEXICAL_WEIGHT, np.float32)
    words, meaning = np.array(words, np.float32), np.array(meaning, np.float32)
    return Evidence(items, words, meaning, fits, weights, meaning)


def test_words_weigh_as_much_as_the_catalogue_knows_them():
    both = evidence([1, 0], [0, 1])
    assert blend(both, 1.0) == pytest.approx([LEXICAL_WEIGHT, 1 - LEXICAL_WEIGHT])
    assert blend(both, 0.25) == pytest.approx([LEXICAL_WEIGHT / 4, 1 - LEXICAL_WEIGHT / 4])
    assert blend(both, 0.0).tolist() == [0, 1]


def test_words_and_meaning_weigh_differently_from_item_to_item():
    both = replace(evidence([1, 1], [0, 0]), weights=np.array([0.9, 0.7], np.float32))
    assert blend(both, 1.0) == pytest.approx([0.9, 0.7])
    assert blend(both, 0.5) == pytest.approx([0.45, 0.35])


def test_of_equal_evidence_the_thing_itself_comes_before_other_kinds_and_its_accessories_last():
    wanted, unknown, other, accessory = blend(
        evidence([1, 1, 1, 1], [1, 1, 1, 1], [WANTED, UNKNOWN, OTHER, ACCESSORY]), 1.0
    )
    assert wanted == unknown == pytest.approx(1.0)
    assert unknown > other > accessory


def test_popularity_needs_both_a_good_rating_and_many_of_them():
    columns = FilterColumns()
    ratings = [(4.8, 500), (5.0, 1), (2.0, 500), (None, 0)]
    for item, (rating, count) in enumerate(ratings, 1):
        columns.update(item, rated(product(f"p{item}"), rating, count))
    loved, lucky, bad, unknown = popularities(columns, np.arange(1, 5))
    assert loved > bad > lucky > unknown
    assert unknown >= 0
    assert loved <= 1
