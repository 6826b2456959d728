import numpy as np
import pytest

from assistant.faq.words import WordOverlap, terms

OVERLAP = WordOverlap.build(
    [["free shipping?", "包邮吗"], ["return an item", "怎么退货"], ["return in store", "门店退货"]]
)


@pytest.mark.parametrize(
    ("text", "entry"),
    [("is shipping free", 0), ("store returns", 2), ("这个包邮不", 0), ("可以去门店退吗", 2)],
)
def test_the_entry_that_knows_the_words_covers_most(text, entry):
    assert np.argmax(OVERLAP.coverage(text)) == entry


def test_coverage_is_a_share_and_unknown_words_lower_it():
    full, part = OVERLAP.coverage("free shipping?")[0], OVERLAP.coverage("free parking?")[0]
    assert full == pytest.approx(1.0)
    assert 0 < part < full


def test_a_rare_word_weighs_more_than_a_common_one():
    coverage = OVERLAP.coverage("return store")
    assert coverage[2] > 0.9
    assert coverage[1] < 0.6


@pytest.mark.parametrize("text", ["", "!!!", "😀"])
def test_a_text_without_words_covers_nothing(text):
    assert not OVERLAP.coverage(text).any()


def test_a_typo_and_traditional_characters_still_share_terms():
    assert len(terms("shiping") & terms("shipping")) >= 3
    assert terms("退貨") == terms("退货")
