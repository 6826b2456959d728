"""What pictures add to texts, and when they are said to have decided."""

import numpy as np

from catalog.pictures.looks import LOOKS, Looks
from catalog.recommending.looks import Alike, ShopLooks, decided

ITEMS = np.arange(1, 7)


def alike(*scores):
    """Likeness of the items 1, 2, …; ``None`` for one without a picture."""
    known = np.array([False, *(one is not None for one in scores)])
    return Alike(np.array([0, *(one or 0 for one in scores)], np.float32), known)


class TestRearranged:
    PLAIN = np.array([6, 5, 4, 3, 2, 1], np.float32)

    def test_pictures_and_texts_together_make_the_order(self):
        found = alike(0, 9, 0, 0, 0, 12).rearranged(ITEMS, self.PLAIN, 0.5)
        assert found.tolist() == [4, 6, 3, 2, 1, 5]

    def test_a_product_without_a_picture_keeps_its_place(self):
        found = alike(0, None, 9, None, 12, 0).rearranged(ITEMS, self.PLAIN, 1.0)
        assert found.tolist() == [2, 5, 4, 3, 6, 1]

    def test_products_with_equal_texts_stand_in_the_order_of_their_pictures(self):
        equal = np.array([2, 2, 2, 2, 2, 1], np.float32)
        found = alike(1, 3, None, 2, 4, 0).rearranged(ITEMS, equal, 1.0)
        assert np.argsort(-found, kind="stable").tolist() == [2, 4, 1, 3, 0, 5]
        np.testing.assert_allclose(found, equal, atol=1e-5)

    def test_without_a_weight_or_a_picture_nothing_moves(self):
        seen = alike(0, 9, 0, 0, 0, 12)
        assert seen.rearranged(ITEMS, self.PLAIN, 0.0).tolist() == self.PLAIN.tolist()
        none = alike(*[None] * 6)
        assert none.rearranged(ITEMS, self.PLAIN, 1.0).tolist() == self.PLAIN.tolist()


class TestDecided:
    SCORES = np.array([9, 8, 1, 7, 2, 3], np.float32)
    PLAIN = np.array([9, 3, 4, 5, 2, 1], np.float32)

    def test_only_what_would_not_be_shown_without_its_picture_and_is_striking(self):
        seen = alike(5, 4, 0, 3, 0, 0)
        assert decided(ITEMS, self.SCORES, self.PLAIN, seen, 2) == {2}
        assert decided(ITEMS, self.SCORES, self.PLAIN, seen, 1) == frozenset()
        faint = alike(5, 1.9, 0, 3, 0, 0)
        assert decided(ITEMS, self.SCORES, self.PLAIN, faint, 2) == frozenset()

    def test_nothing_without_pictures(self):
        assert decided(ITEMS, self.SCORES, self.PLAIN, None, 2) == frozenset()


class Numbered:
    """A shelf on which products have given numbers."""

    def __init__(self, **numbers):
        self.known = numbers
        self.revision = 1

    def numbers(self, ids):
        return np.array([self.known.get(one, 0) for one in ids], np.int64)


def looks(**vectors):
    rows = np.array(list(vectors.values()), np.float32)
    return Looks(list(vectors), rows / np.linalg.norm(rows, axis=1, keepdims=True))


class TestShopLooks:
    def test_scores_stand_at_the_numbers_of_the_shelf(self, tmp_path):
        looks(a=[1, 0], b=[1, 0.2], c=[0, 1], gone=[1, 1]).save(tmp_path)
        shop = ShopLooks(tmp_path, Numbered(a=3, b=1, c=2))
        found = shop.like({"a": 1.0}, 5)
        assert found.known.tolist() == [False, True, True, True, False]
        assert found.scores[3] > found.scores[1] > found.scores[2]
        assert sorted(found.nearest(np.ones(5, bool), 2).tolist()) == [1, 3]
        assert shop.like({"none": 1.0}, 5) is None
        assert shop.nearest_of(["b"], ["c", "a"]) == {"b": "a"}
        assert shop.nearest_of(["b"], ["none"]) == {}

    def test_new_ones_and_a_new_catalogue_count_at_once(self, tmp_path):
        shelf = Numbered(a=1, b=2)
        shop = ShopLooks(tmp_path, shelf)
        assert shop.like({"a": 1.0}, 4) is None
        looks(a=[1, 0], b=[0, 1]).save(tmp_path)
        assert shop.like({"a": 1.0}, 4).known.tolist() == [False, True, True, False]
        shelf.known["c"], shelf.revision = 3, 2
        looks(a=[1, 0], b=[0, 1], c=[1, 1]).save(tmp_path)
        assert shop.like({"a": 1.0}, 4).known.all() == np.False_
        assert shop.like({"c": 1.0}, 4).known.tolist() == [False, True, True, True]
        del shelf.known["b"]
        shelf.revision = 3
        assert shop.like({"a": 1.0}, 4).known.tolist() == [False, True, False, True]
        (tmp_path / LOOKS).unlink()
        assert shop.like({"a": 1.0}, 4) is None

    def test_damaged_ones_leave_those_that_served(self, tmp_path, caplog):
        looks(a=[1, 0], b=[0, 1]).save(tmp_path)
        shop = ShopLooks(tmp_path, Numbered(a=1, b=2))
        assert shop.like({"a": 1.0}, 3) is not None
        (tmp_path / LOOKS).write_bytes(b"damaged")
        assert shop.like({"a": 1.0}, 3) is not None
        assert "cannot be read" in caplog.text
