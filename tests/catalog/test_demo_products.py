import re
from decimal import Decimal

import pytest

from catalog.demo import demo_products
from catalog.demo.tables import load_tables
from catalog.text import has_chinese
from catalog.types import LocalText, Product
from tests.catalog.demo_shop import products


def texts(product: Product) -> list[LocalText]:
    named = [a.value for a in product.attributes if isinstance(a.value, LocalText)]
    options = [value for v in product.variants for _, value in v.options]
    labels = [a.label for a in product.attributes]
    return [
        product.title,
        product.description,
        product.brand,
        *product.category,
        *labels,
        *named,
        *options,
    ]


def test_the_shop_is_large_and_wide():
    assert len(products()) >= 1600
    assert sum(len(p.variants) for p in products()) < 15_000
    assert len({p.category[0] for p in products()}) >= 14
    assert len({p.category for p in products()}) >= 120
    assert {len(p.category) for p in products()} == {2, 3}
    assert len({p.brand for p in products()}) >= 60


def test_one_seed_makes_one_shop():
    assert tuple(demo_products(7)) == products()
    assert tuple(demo_products(8)) != products()


def test_ids_and_titles_are_unique():
    variants = [v.id for p in products() for v in p.variants]
    assert len(set(variants)) == len(variants)
    for names in (
        [p.id for p in products()],
        [p.title.en for p in products()],
        [p.title.zh for p in products()],
    ):
        assert len(set(names)) == len(names)


def test_ids_urls_and_pictures_are_shaped_as_agreed():
    for product in products():
        assert re.fullmatch(r"[A-Z]{2}-\d{4}", product.id)
        assert product.url == f"/products/{product.id}"
        for variant in product.variants:
            assert re.fullmatch(rf"{product.id}(-[A-Z0-9]+)+", variant.id)
            assert re.fullmatch(r"/media/[a-z]+/[a-z-]+\.svg", variant.image)


def test_every_text_is_in_both_languages():
    for product in products():
        for text in texts(product):
            assert text.en and text.zh, (product.id, text)
            assert not has_chinese(text.en), (product.id, text)
        assert has_chinese(product.title.zh) and has_chinese(product.description.zh)


def test_one_english_value_of_an_attribute_has_one_chinese():
    known: dict[tuple[str, str], str] = {}
    pairs = [
        (a.name, a.value)
        for p in products()
        for a in p.attributes
        if isinstance(a.value, LocalText)
    ]
    for name, value in pairs:
        assert known.setdefault((name, value.en), value.zh) == value.zh


def test_every_variant_has_a_price_point_in_both_currencies():
    for product in products():
        for variant in product.variants:
            dollars, yuan = variant.prices
            assert (dollars.currency, yuan.currency) == ("USD", "CNY")
            assert 0 < dollars.amount < yuan.amount
            assert dollars.amount % 1 in map(
                Decimal, ("0.00", "0.49", "0.50", "0.90", "0.95", "0.99")
            )
            assert yuan.amount % 1 in map(Decimal, ("0.00", "0.50", "0.80", "0.90"))
            for price in variant.prices:
                assert price.list_amount is None or price.list_amount > price.amount


def test_stock_sales_and_ratings_are_lifelike():
    variants = [v for p in products() for v in p.variants]
    assert all(v.available == (v.quantity > 0) and 0 <= v.quantity <= 200 for v in variants)
    assert 0.06 < sum(not v.available for v in variants) / len(variants) < 0.10
    assert 0.015 < sum(not p.available for p in products()) / len(products()) < 0.045
    on_sale = sum(any(v.prices[0].list_amount for v in p.variants) for p in products())
    assert 0.15 < on_sale / len(products()) < 0.25
    rated = [p for p in products() if p.rating is not None]
    assert all(3.1 <= p.rating <= 4.9 and p.review_count > 0 for p in rated)
    unrated = [p for p in products() if p.rating is None]
    assert unrated and all(p.review_count == 0 for p in unrated)
    assert max(p.review_count for p in rated) > 1000


def test_descriptions_have_two_to_four_sentences_and_vary():
    for product in products():
        assert 2 <= len(re.findall(r"[.!?](?= [A-Z0-9]|$)", product.description.en)) <= 6
        assert not re.search(
            r"[{}]", product.description.en + product.description.zh + product.title.en
        )
    for department in {p.category[0] for p in products()}:
        openings = {
            p.description.en.split(" ")[0] for p in products() if p.category[0] == department
        }
        assert len(openings) >= 4


CLAIMS = [
    ("waterproof", "it is waterproof|the waterproof build", "not waterproof"),
    ("noise_cancelling", "noise cancelling (takes|and)", "no active noise"),
    ("dishwasher_safe", "dishwasher does", "wash it by hand to keep"),
    ("induction", "induction included", "not induction"),
    ("sugar_free", "no sugar is added", None),
    ("nickel_free", "nickel-free", None),
    ("gps", "built-in gps", None),
]


@pytest.mark.parametrize(("flag", "yes", "no"), CLAIMS)
def test_flags_in_descriptions_agree_with_the_record(flag: str, yes: str, no: str | None):
    told = 0
    for product in products():
        text = product.description.en.lower()
        if re.search(yes, text):
            assert True in product.values(flag), (product.id, text)
            told += 1
        if no and no in text:
            assert False in product.values(flag), (product.id, text)
    assert told


MEASURES = [
    ("battery_life", r"([\d.]+) hours (?:of use|away)"),
    ("battery_life", r"up to ([\d.]+) hours"),
    ("capacity", r"(?:holds|with) ([\d.]+) (?:ml|liters)"),
    ("weight", r"(?:weighs|comes to) ([\d.]+) k?g"),
    ("pages", r"runs to (\d+) pages"),
    ("net_weight", r"net weight ([\d.]+) k?g"),
    ("screen_size", r"(?<!fits )([\d.]+)-inch (?:screen|phone|tablet)"),
]


@pytest.mark.parametrize(("name", "pattern"), MEASURES)
def test_numbers_in_descriptions_agree_with_the_record(name: str, pattern: str):
    told = 0
    for product in products():
        for number in re.findall(pattern, product.description.en, re.IGNORECASE):
            assert Decimal(number) in product.values(name), (product.id, product.description.en)
            told += 1
    assert told


def test_titles_agree_with_the_record():
    for product in products():
        if "gender" in {a.name for a in product.attributes}:
            genders = {
                value.en for value in product.values("gender") if isinstance(value, LocalText)
            }
            assert not ("Women's" in product.title.en and genders != {"women"})
            assert not ("男款" in product.title.zh and genders != {"men"})
        assert product.title.en.startswith(product.brand.en) or product.category[0].en == "Books"


def test_tables_refer_to_each_other():
    tables = load_tables()
    names = {kind.name for kind in tables.kinds}
    for kind in tables.kinds:
        assert set(kind.goes_with) <= names, kind.name
        assert tables.brands_for(kind.field), kind.name
        assert set(kind.colors + kind.art) <= tables.colors.keys(), kind.name
        assert kind.colors or kind.art, kind.name
        assert len(kind.about) >= 2 and len(kind.closers) >= 4
