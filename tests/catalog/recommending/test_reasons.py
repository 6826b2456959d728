"""What is said of a product where nothing better can be said."""

import pytest

from catalog.recommending.reasons import Grounds, recommended_for
from catalog.types import ProductFilter, Reason, ScoredProduct
from tests.catalog.products import product


class Nobody:
    """A history in which nobody did anything."""

    def both(self, product_id, other, buyers_only=False):
        return 0


CHOSEN = product("cup-1", "Blue mug|蓝杯", category="Kitchen|厨房>Mugs|马克杯")


def told(path, near=False, chosen=True, anchors=(CHOSEN,)):
    one = product("x-1", "Something|某物", category=path)
    grounds = Grounds(
        Nobody(),
        anchors,
        frozenset(),
        {"x-1": CHOSEN} if near else {},
        ProductFilter(),
        "en",
        chosen=chosen,
    )
    return recommended_for(ScoredProduct(one, one.variants[0], 1.0), grounds)


MUGS, POTS, FOOD = "Kitchen|厨房>Mugs|马克杯", "Kitchen|厨房>Pots", "Pets>Dog food"


@pytest.mark.parametrize(
    ("path", "fields", "reason"),
    [
        (MUGS, {"near": True}, ("like_your_history", {"title": "Blue mug", "product_id": "cup-1"})),
        (MUGS, {"near": True, "chosen": False}, ("similar_to", {"title": "Blue mug",
                                                                "product_id": "cup-1"})),
        (POTS, {}, ("your_shelf", {"category": "Kitchen"})),
        (POTS, {"chosen": False}, ("from_category", {"category": "Pots"})),
        (FOOD, {}, ("from_category", {"category": "Dog food"})),
        (FOOD, {"anchors": ()}, ("from_category", {"category": "Dog food"})),
    ],
)  # fmt: skip
def test_what_was_chosen_before_is_spoken_of_only_where_it_was(path, fields, reason):
    assert told(path, **fields) == (Reason(*reason),)
