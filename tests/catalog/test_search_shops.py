"""Search and filters over whole catalogues: the demo shop and a part of a public one."""

import random
from itertools import islice

import numpy as np
import pytest

from catalog.columns import FilterColumns
from catalog.demo import demo_products
from catalog.feeds import Accepted, load_mapping, open_feed
from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.types import (
    BRAND,
    FlagConstraint,
    LocalText,
    NumberConstraint,
    ProductFilter,
    TextConstraint,
)
from tests.catalog.encoders import WordEncoder
from tests.catalog.products import passes


@pytest.fixture(scope="module")
def demo():
    return list(demo_products())


@pytest.fixture(scope="module")
def icecat(shared_data):
    path = shared_data("chorus_icecat") / "products.jsonl.gz"
    rows = islice(open_feed(path, load_mapping("icecat")), 1_500)
    return [row.product for row in rows if isinstance(row, Accepted)]


def some_constraint(rng, one):
    """A constraint that this product fulfils, or nearly."""
    choices = [
        TextConstraint(name, value.all()) for name, value in rng.choice(one.variants).options
    ]
    for attribute in one.attributes:
        if isinstance(attribute.value, bool):
            choices.append(FlagConstraint(attribute.name, attribute.value))
        elif isinstance(attribute.value, LocalText):
            choices.append(TextConstraint(attribute.name, attribute.value.all()[:1]))
        else:
            low = attribute.value * rng.randrange(1, 12) / 10
            high = rng.choice((None, low * 2))
            choices.append(NumberConstraint(attribute.name, low, high, attribute.unit))
    if one.brand:
        choices.append(TextConstraint(BRAND, one.brand.all()))
    return rng.choice(choices) if choices else FlagConstraint("nothing")


def some_filter(rng, products):
    one = rng.choice(products)
    prices = rng.choice(one.variants).prices
    price = rng.choice(prices) if prices and rng.random() < 0.5 else None
    node = rng.choice(one.category) if one.category and rng.random() < 0.6 else LocalText()
    return ProductFilter(
        categories=node.all()[:1],
        maximum_price=price.amount if price else None,
        currency=price.currency if price else "",
        minimum_rating=rng.choice((None, None, 4.0)),
        attributes=tuple(some_constraint(rng, one) for _ in range(rng.randrange(3))),
        exclusions=tuple(
            some_constraint(rng, rng.choice(products)) for _ in range(rng.randrange(2))
        ),
        available_only=rng.random() < 0.4,
    )


def check_filters(products, seed, count):
    rng = random.Random(seed)
    columns = FilterColumns()
    for number, one in enumerate(products, 1):
        columns.update(number, one)
    found_some = 0
    for _ in range(count):
        wanted = some_filter(rng, products)
        expected = [n for n, one in enumerate(products, 1) if passes(one, wanted)]
        assert np.flatnonzero(columns.mask(wanted).items).tolist() == expected, wanted
        found_some += bool(expected)
    assert found_some > count / 2


def test_filters_are_exact_on_the_demo_shop(demo):
    check_filters(demo, 1, 150)


def test_filters_are_exact_on_public_electronics(icecat):
    check_filters(icecat, 2, 60)


def test_the_demo_shop_is_found_in_both_languages(demo, tmp_path):
    store = ProductStore.open(f"sqlite:///{tmp_path / 'demo.db'}")
    store.upsert(demo, "demo")
    search = ProductSearch.open(store, WordEncoder(), tmp_path / "index")
    rng = random.Random(4)
    for one in rng.sample(demo, 40):
        for language in ("en", "zh"):
            found = search.search(one.title.get(language), k=10, language=language)
            titles = [hit.product.title.get(language) for hit in found.products]
            assert one.title.get(language) in titles, (language, titles)
    store.close()


@pytest.mark.parametrize(
    ("english", "chinese"),
    [("hp toner cartridge", "惠普硒鼓"), ("keyboard", "键盘"), ("laptop", "笔记本电脑")],
)
def test_chinese_finds_what_english_finds_in_an_english_catalogue(
    icecat, encoder, cache_folder, english, chinese
):
    store = ProductStore.open(f"sqlite:///{cache_folder / 'icecat-300.db'}")
    store.upsert(icecat[:300], "icecat")
    search = ProductSearch.open(store, encoder, cache_folder / f"icecat-300-{encoder.id}")
    ours, theirs = (
        {hit.product.id for hit in search.search(text, k=10).products}
        for text in (english, chinese)
    )
    assert len(ours & theirs) >= min(5, len(ours))
    store.close()
