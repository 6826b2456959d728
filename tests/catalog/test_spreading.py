import numpy as np
import pytest

from catalog.spreading import FIRST, family, spread
from tests.catalog.products import product, variant


def order(scores, families):
    return spread(np.array(scores, np.float32), np.array(families, np.int64)).tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            product("a", "Acme mug 300 ml, red", brand="Acme", color="red"),
            product("b", "Acme mug 500 ml, blue", brand="Acme", color="blue"),
        ),
        (
            product("a", "|轻羽 跑步鞋 黑色", brand="|轻羽", color="|黑色"),
            product("b", "|轻羽 跑步鞋 白色", brand="|轻羽", color="|白色"),
        ),
        (
            product("a", "Acme shirt M", brand="Acme", variants=(variant("1", size="M"),)),
            product("b", "Acme shirt L", brand="Acme", variants=(variant("2", size="L"),)),
        ),
    ],
)
def test_colours_sizes_and_numbers_of_one_thing_are_a_family(one, other):
    assert family(one) == family(other)


def test_another_brand_or_thing_is_another_family():
    mugs = [
        product("a", "Acme mug", brand="Acme"),
        product("b", "Acme mug", brand="Other"),
        product("c", "Acme tall mug", brand="Acme"),
        product("d", "300"),
        product("e", "301"),
    ]
    assert len({family(one) for one in mugs}) == 5


def test_a_third_of_a_family_waits_for_what_fits_nearly_as_well():
    assert order([1.0, 0.99, 0.98, 0.97], [7, 7, 7, 8]) == [0, 1, 3, 2]


def test_nothing_waits_for_what_fits_much_less():
    assert order([1.0, 0.99, 0.98, 0.5], [7, 7, 7, 8]) == [0, 1, 2, 3]
    assert order([0.0, 0.0, 0.0], [7, 7, 7]) == [0, 1, 2]


def test_different_products_keep_their_order_and_the_rest_its_place():
    scores = np.linspace(1.0, 0.9, 200)
    assert order(scores, range(200)) == list(range(200))
    alike = order(scores, [1] * 100 + list(range(2, 102)))
    assert alike[FIRST:] == list(range(FIRST, 200))
    assert sorted(alike) == list(range(200))


def test_an_empty_ranking_stays_empty():
    assert order([], []) == []
