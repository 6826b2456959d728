"""Products of one shelf, brand and price are alike; what is not known says nothing."""

from dataclasses import replace
from decimal import Decimal

import numpy as np

from catalog.recommenders.product_features import product_facts
from catalog.types import Price
from tests.catalog.products import product


def priced(one, amount, currency="CNY"):
    price = Price(Decimal(amount), currency)
    return replace(one, variants=(replace(one.variants[0], prices=(price,)),))


def likeness(*products):
    rows = product_facts(products)
    return (rows @ rows.T).toarray()


def test_what_is_shared_makes_alike():
    found = likeness(
        product("a", category="厨房>茶具", brand="山月"),
        product("b", category="厨房>茶具", brand="山月"),
        product("c", category="厨房>锅具", brand="Steelo"),
        product("d", category="Garden>Tools", brand="Steelo"),
    )
    assert found[0, 1] > found[0, 2] > found[0, 3]
    assert found[2, 3] > found[0, 3]


def test_prices_count_by_their_band():
    products = [priced(product(str(n)), str(10 * n + 1)) for n in range(10)]
    found = likeness(*products)
    assert found[0, 1] > 0.1
    assert found[0, 9] == 0


def test_what_has_no_price_and_what_is_gone_are_no_error():
    rows = product_facts([product("film", category="电影>科幻"), None])
    assert rows[[0]].nnz == 2 and not rows[[1]].nnz
    assert np.isfinite(rows.data).all()
    assert product_facts([None]).shape == (1, 0)
    assert product_facts([]).shape == (0, 0)


def test_films_and_news_are_alike_without_prices():
    found = likeness(
        product("a", category="电影>科幻", director="Ann"),
        product("b", category="电影>科幻", director="Ann"),
        product("c", category="电影>喜剧", director="Bo"),
        product("d", category="News", author="Cy"),
    )
    assert found[0, 1] > found[0, 2] > found[0, 3] == 0


def test_attributes_count_whatever_their_kind():
    found = likeness(
        product("a", waterproof=True, material="Wool|羊毛"),
        product("b", waterproof=True, material="Wool|羊毛"),
        product("c", waterproof=False, material="Cotton|棉"),
    )
    assert found[0, 1] > found[0, 2]
