import numpy as np
import pytest

from intents.ngrams import NgramSpace

TEXTS = ["red shoes", "red shirt", "蓝色的鞋", "蓝色的包"]


def test_rows_have_unit_length_and_equal_texts_agree():
    rows = NgramSpace.fit(TEXTS).vectors(["red shoes", "RED  ＳＨＯＥＳ", "蓝色的鞋"])
    assert np.asarray(rows.multiply(rows).sum(axis=1)).ravel() == pytest.approx([1, 1, 1])
    assert (rows[0] @ rows[1].T).toarray()[0, 0] == pytest.approx(1)
    assert (rows[0] @ rows[2].T).toarray()[0, 0] == 0


def test_rare_pieces_weigh_more():
    space = NgramSpace.fit([*TEXTS, "red", "red bag"])
    rarity = dict(zip(space.grams, space.rarity, strict=True))
    assert rarity["sh"] > rarity["red"]


def test_a_piece_of_one_text_only_is_left_out():
    assert "hoe" not in NgramSpace.fit(TEXTS).grams


@pytest.mark.parametrize("text", ["", "   ", "zzzz"])
def test_a_text_without_known_pieces_is_all_zero(text):
    assert NgramSpace.fit(TEXTS).vectors([text]).nnz == 0


def test_no_texts_give_no_rows():
    assert NgramSpace.fit(TEXTS).vectors([]).shape[0] == 0
