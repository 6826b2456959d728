import random
from decimal import Decimal

import numpy as np
import pytest

from catalog.columns import FilterColumns
from catalog.types import (
    Attribute,
    Availability,
    FlagConstraint,
    LocalText,
    NumberConstraint,
    Price,
    Product,
    ProductFilter,
    TextConstraint,
    Variant,
)
from tests.catalog.products import passes, product, variant

SHIRT = product(
    "shirt",
    "Cotton shirt|纯棉衬衫",
    category="Fashion|服饰>Shirts|衬衫",
    brand="Nordal|诺达",
    material="cotton|棉",
    waterproof=False,
    weight=(200, "g"),
    variants=(
        variant("s1", "19.90", color="red|红色", size="M"),
        variant("s2", "24.90", color="blue|蓝色", size="L", stock=0),
    ),
)
LAPTOP = product(
    "laptop",
    "Laptop|笔记本电脑",
    category="Computers|电脑>Laptops|笔记本",
    brand="Zento",
    memory=(16, "GB"),
    weight=(1.4, "kg"),
    screen_size=(15.6, "inch"),
    waterproof=True,
    variants=(variant("l1", "899", storage="512 GB"), variant("l2", "999", storage="1 TB")),
)
UNPRICED = product("sample", "Sample", category="Fashion|服饰")


@pytest.fixture
def columns():
    made = FilterColumns()
    for number, one in enumerate((SHIRT, LAPTOP, UNPRICED), 1):
        made.update(number, one)
    return made


def found(columns, **wanted):
    return np.flatnonzero(columns.mask(ProductFilter(**wanted)).items).tolist()


def text(name, *values):
    return TextConstraint(name, values)


def number(name, low, high, unit=""):
    bounds = (None if bound is None else Decimal(bound) for bound in (low, high))
    return NumberConstraint(name, *bounds, unit)


def test_an_empty_filter_lets_everything_pass(columns):
    assert found(columns) == [1, 2, 3]
    assert columns.mask(ProductFilter()).count == len(columns) == 3


@pytest.mark.parametrize("name", ["fashion", "服饰", "SHIRTS", "衬衫", "襯衫"])
def test_a_category_is_found_anywhere_on_the_path_in_both_languages(columns, name):
    assert 1 in found(columns, categories=(name,))
    assert 2 not in found(columns, categories=(name,))


def test_several_categories_or_brands_are_alternatives(columns):
    assert found(columns, categories=("衬衫", "laptops")) == [1, 2]
    assert found(columns, brands=("诺达", "zento")) == [1, 2]
    assert found(columns, brands=("nobody",)) == []


def test_both_price_bounds_are_included_and_unknown_prices_do_not_pass(columns):
    assert found(columns, minimum_price=Decimal("24.90"), maximum_price=Decimal(899)) == [1, 2]
    assert found(columns, maximum_price=Decimal("19.89")) == []
    assert found(columns, minimum_price=Decimal(0)) == [1, 2]
    assert found(columns, maximum_price=Decimal(9999), currency="CNY") == []


def test_price_option_and_stock_hold_for_one_and_the_same_variant(columns):
    blue = (text("color", "blue"),)
    assert found(columns, attributes=blue) == [1]
    assert found(columns, attributes=blue, maximum_price=Decimal(20)) == []
    assert found(columns, attributes=blue, available_only=True) == []
    assert found(columns, attributes=(text("color", "红色"),), available_only=True) == [1]


def test_an_option_stands_in_the_place_of_the_products_attribute():
    columns = FilterColumns()
    both = product("p", color="red", variants=(variant("a", color="blue"), variant("b")))
    columns.update(1, both)
    matching = columns.mask(ProductFilter(attributes=(text("color", "red"),)))
    assert columns.best_variants(matching, [1], "") == {1: 1}


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (number("weight", None, "1", "kg"), [1]),
        (number("weight", "0.4", None, "斤"), [1, 2]),
        (number("weight", "1400", "1400", "g"), [2]),
        (number("weight", "1", "2"), [2]),
        (number("screen_size", "39.624", "39.624", "cm"), [2]),
        (number("screen_size", "15", "16", "英寸"), [2]),
        (number("memory", "16384", None, "MB"), [2]),
        (number("memory", "8", None, "kg"), []),
        (number("storage", "1000", None, "GB"), [2]),
        (number("nonsense", "1", None), []),
    ],
)
def test_numbers_are_compared_in_any_unit_of_their_dimension(columns, constraint, expected):
    assert found(columns, attributes=(constraint,)) == expected


def test_flags_must_be_known(columns):
    assert found(columns, attributes=(FlagConstraint("waterproof"),)) == [2]
    assert found(columns, attributes=(FlagConstraint("waterproof", False),)) == [1]


def test_exclusions_reject_what_they_would_accept(columns):
    assert found(columns, exclusions=(text("brand", "zento"),)) == [1, 3]
    assert found(columns, exclusions=(text("category", "服饰"),)) == [2]
    assert found(columns, exclusions=(text("color", "red"), text("color", "blue"))) == [2, 3]
    assert found(columns, exclusions=(text("color", "red"),)) == [1, 2, 3]
    assert found(columns, excluded_products=("shirt", "unknown")) == [2, 3]


def test_a_minimum_above_the_maximum_is_refused(columns):
    with pytest.raises(ValueError, match="weight: minimum 5 is above maximum 3"):
        found(columns, attributes=(number("weight", "5", "3", "kg"),))


def test_rating(columns):
    rated = Product("rated", LocalText("Rated"), (Variant("v"),), rating=4.5, review_count=7)
    columns.update(9, rated)
    assert found(columns, minimum_rating=4.5) == [9]
    assert found(columns, minimum_rating=4.6) == []
    ratings, reviews = columns.ratings(np.array([9, 1]))
    assert (ratings[0], reviews[0], columns.most_reviews) == (4.5, 7, 7)
    assert np.isnan(ratings[1])


def test_an_item_is_available_when_one_of_its_variants_is(columns):
    columns.update(9, product("gone", variants=(variant("a", stock=0), variant("b", stock=0))))
    assert columns.available(np.array([1, 9, 3])).tolist() == [True, False, True]


def test_the_cheapest_variant_that_can_be_ordered_is_shown(columns):
    everything = columns.mask(ProductFilter())
    assert columns.best_variants(everything, [1, 2, 3], "USD") == {1: 0, 2: 0, 3: 0}
    large = columns.mask(ProductFilter(attributes=(text("size", "L"),)))
    assert columns.best_variants(large, [1, 2], "USD") == {1: 1}


def test_lowest_prices_are_those_of_matching_variants(columns):
    large = columns.mask(ProductFilter(attributes=(text("storage", "1 TB"),)))
    assert columns.lowest_prices(large, "USD")[2] == 999
    everything = columns.lowest_prices(columns.mask(ProductFilter()), "USD")
    assert everything[1:3].tolist() == [19.9, 899]
    assert np.isnan(everything[3])


def test_a_new_price_and_stock_are_written_in_place(columns):
    rows = len(columns.rows.item)
    cheap = Variant("l1", (("storage", LocalText("512 GB")),), (Price(Decimal(5), "CNY"),))
    sold_out = Variant(
        "l2", (("storage", LocalText("1 TB")),), availability=Availability.OUT_OF_STOCK
    )
    changed = Product(
        "laptop",
        LAPTOP.title,
        (cheap, sold_out),
        brand=LAPTOP.brand,
        category=LAPTOP.category,
        attributes=LAPTOP.attributes,
    )
    columns.update(2, changed)
    assert len(columns.rows.item) == rows
    assert found(columns, maximum_price=Decimal(5), currency="CNY") == [2]
    assert found(columns, maximum_price=Decimal(9999), currency="USD") == [1]
    assert found(columns, attributes=(text("storage", "1 TB"),), available_only=True) == []


def test_changed_facts_replace_the_old_ones(columns):
    columns.update(2, product("laptop", category="Garden", memory=(8, "GB")))
    assert found(columns, categories=("laptops",)) == []
    assert found(columns, categories=("garden",)) == [2]
    assert found(columns, attributes=(number("memory", "16", None, "GB"),)) == []
    assert len(columns) == 3


def test_a_removed_product_is_gone_and_may_come_back(columns):
    columns.remove(1)
    columns.remove(1)
    columns.remove(77)
    assert found(columns) == [2, 3]
    assert columns.index_of("shirt") is None
    columns.update(1, SHIRT)
    assert found(columns, brands=("nordal",)) == [1]


def test_what_is_saved_is_read_again(columns, tmp_path):
    columns.remove(3)
    columns.save(tmp_path)
    again = FilterColumns.load(tmp_path)
    assert found(again, attributes=(number("weight", "1400", None, "g"),)) == [2]
    assert found(again, attributes=(FlagConstraint("waterproof", False),)) == [1]
    assert again.index_of("laptop") == 2
    again.update(4, SHIRT)
    assert found(again, attributes=(text("color", "蓝色"),)) == [1, 4]


def test_nothing_is_saved_and_read_as_nothing(tmp_path):
    FilterColumns().save(tmp_path)
    assert found(FilterColumns.load(tmp_path)) == []


@pytest.mark.parametrize("name", ["manifest.json", "names.json", "columns.npz"])
def test_damaged_columns_are_refused(columns, tmp_path, name):
    columns.save(tmp_path)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:20])
    with pytest.raises(ValueError, match=name.split(".")[0] + "|damaged"):
        FilterColumns.load(tmp_path)


COLORS = ("red|红色", "blue|蓝色", "black|黑色")
SIZES = ("S", "M", "42", "128 GB", "1 TB", "500 g")
UNITS = ("g", "kg", "斤", "cm", "inch", "", "sheets", "GB")
NODES = ("Shoes|鞋", "Bags|包", "Fashion|服饰", "Computers|电脑")


def random_product(rng, number_):
    attributes = []
    for _ in range(rng.randrange(5)):
        name = rng.choice(("weight", "size", "memory", "color", "brand"))
        value = Decimal(rng.randrange(1, 3000)) / rng.choice((1, 2, 10))
        attributes.append(Attribute(name, value, rng.choice(UNITS)))
    for _ in range(rng.randrange(4)):
        name = rng.choice(("color", "material", "waterproof", "weight"))
        texts = LocalText(*rng.choice(COLORS + SIZES).split("|"))
        attributes.append(Attribute(name, rng.choice((texts, True, False))))
    return Product(
        f"p{number_}",
        LocalText(f"product {number_}"),
        tuple(random_variant(rng, f"{number_}-{n}") for n in range(rng.randrange(1, 4))),
        brand=LocalText(*rng.choice(("Nordal|诺达", "Zento", "")).split("|")),
        category=tuple(LocalText(*node.split("|")) for node in rng.sample(NODES, rng.randrange(3))),
        attributes=tuple(attributes),
        rating=rng.choice((None, 3.5, 4.0, 4.8)),
    )


def random_variant(rng, id_):
    options = []
    if rng.random() < 0.6:
        options.append(("color", LocalText(*rng.choice(COLORS).split("|"))))
    if rng.random() < 0.6:
        options.append(("size", LocalText(rng.choice(SIZES))))
    prices = [
        Price(Decimal(rng.randrange(10_000)) / 100, currency)
        for currency in rng.sample(("USD", "CNY", "JPY"), rng.randrange(3))
    ]
    quantity = rng.choice((None, 0, 3))
    return Variant(id_, tuple(options), tuple(prices), rng.choice(list(Availability)), quantity)


def random_constraint(rng):
    name = rng.choice(("weight", "size", "memory", "color", "material", "brand", "category"))
    kind = rng.randrange(3)
    if kind == 0:
        values = rng.sample((*COLORS, *SIZES, *NODES, "Zento", "2.5"), rng.randrange(3))
        return TextConstraint(name, tuple(rng.choice(value.split("|")) for value in values))
    if kind == 1:
        return FlagConstraint(rng.choice((name, "waterproof")), rng.random() < 0.5)
    low = Decimal(rng.randrange(2000)) / rng.choice((1, 4))
    high = low + rng.randrange(2000)
    bounds = (rng.choice((None, low)), rng.choice((None, high)))
    return NumberConstraint(name, *bounds, rng.choice(UNITS))


def random_filter(rng):
    low, high = sorted(Decimal(rng.randrange(12_000)) / 100 for _ in range(2))
    some = rng.random() < 0.4
    return ProductFilter(
        categories=tuple(n.split("|")[0] for n in rng.sample(NODES, rng.choice((0, 0, 1, 2)))),
        brands=rng.choice(((), (), ("诺达",), ("zento", "nordal"))),
        minimum_price=rng.choice((None, low)) if some else None,
        maximum_price=rng.choice((None, high)) if some else None,
        currency=rng.choice(("", "USD", "CNY", "EUR")),
        minimum_rating=rng.choice((None, None, 4.0)),
        attributes=tuple(random_constraint(rng) for _ in range(rng.choice((0, 0, 1, 2)))),
        exclusions=tuple(random_constraint(rng) for _ in range(rng.choice((0, 0, 1)))),
        excluded_products=("p3",) if rng.random() < 0.2 else (),
        available_only=rng.random() < 0.3,
    )


@pytest.mark.parametrize("seed", range(4))
def test_every_filter_gives_exactly_what_the_definition_says(seed):
    """A thousand random filters a seed, with products changed and removed in between."""
    rng = random.Random(seed)
    columns, shop = FilterColumns(), {}
    empty = 0
    for _ in range(20):
        for number_ in rng.sample(range(1, 121), 40):
            shop[number_] = random_product(rng, number_)
            columns.update(number_, shop[number_])
        for number_ in rng.sample(sorted(shop), 5):
            columns.remove(number_)
            del shop[number_]
        for _ in range(50):
            wanted = random_filter(rng)
            expected = sorted(n for n, one in shop.items() if passes(one, wanted))
            assert np.flatnonzero(columns.mask(wanted).items).tolist() == expected, wanted
            empty += not expected
        if rng.random() < 0.3:
            columns.compact()
    assert empty < 700
