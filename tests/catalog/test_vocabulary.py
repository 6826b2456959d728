"""What a message's words mean in a shop's catalogue, in both languages."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from catalog.columns import FilterColumns
from catalog.types import (
    BRAND,
    CATEGORY,
    Attribute,
    FlagConstraint,
    LocalText,
    ProductFilter,
    TextConstraint,
)
from catalog.vocabulary import Vocabulary
from tests.catalog.products import product
from tests.catalog.small_shops import BILINGUAL, CHINESE, ENGLISH

CASES = yaml.safe_load(Path(__file__).with_name("vocabulary_cases.yml").read_text("utf-8"))


def cases(name):
    """The (text, expected) pairs of one table."""
    return [pair for case in CASES[name] for pair in case.items()]


@pytest.fixture(scope="module")
def shop():
    return Vocabulary.from_products(BILINGUAL)


@pytest.fixture(scope="module")
def english_shop():
    return Vocabulary.from_products(iter(ENGLISH))


@pytest.fixture(scope="module")
def chinese_shop():
    return Vocabulary.from_products(CHINESE)


def found(shop, text):
    return [(match.name, match.value) for match in shop.find(text)]


def categories(shop, text):
    """The English category names that a message asks for, sorted."""
    return sorted(
        value
        for match in shop.find(text)
        if match.name == "product_type" and match.constraint
        for value in match.constraint.values
        if value.isascii()
    )


def values(shop, text, name):
    """What the constraint of the first match of that name lists."""
    match = next(match for match in shop.find(text) if match.name == name)
    return None if match.constraint is None else set(match.constraint.values)


@pytest.mark.parametrize(("text", "expected"), cases("covers"))
def test_product_types_cover_the_right_categories(shop, text, expected):
    assert categories(shop, text) == expected


def test_a_category_is_named_in_every_language_it_has(shop):
    match = shop.find("laptop")[0]
    assert match.constraint == TextConstraint(CATEGORY, ("laptops", "笔记本电脑"))
    assert (match.value, match.label.zh) == ("laptop", "笔记本电脑")


@pytest.mark.parametrize(("text", "expected"), cases("slots"))
def test_words_fill_slots(shop, text, expected):
    assert found(shop, text) == [slot for pair in expected for slot in pair.items()]


@pytest.mark.parametrize("text", CASES["nothing"])
def test_nothing_is_found_where_nothing_is_said(shop, text):
    assert shop.find(text) == []


@pytest.mark.parametrize(("text", "expected"), cases("accepts"))
def test_a_wish_accepts_its_family_and_what_passes_for_it(shop, text, expected):
    for name, accepted in expected.items():
        assert values(shop, text, name) == (None if accepted is None else set(accepted))


@pytest.mark.parametrize(
    ("text", "constraint"),
    [
        ("noise cancelling headphones", FlagConstraint("noise_cancelling")),
        ("降噪耳机", FlagConstraint("noise_cancelling")),
        ("wireless", FlagConstraint("wireless")),
        ("fast charging phone", FlagConstraint("fast_charging")),
        ("快充的手机", FlagConstraint("fast_charging")),
        ("long sleeves", TextConstraint("sleeve_length", ("long sleeve", "长袖"))),
        ("A5 notebook", TextConstraint("paper_size", ("a5",))),
        ("A5笔记本", TextConstraint("paper_size", ("a5",))),
        ("bluetooth charger", TextConstraint("connector", ("bluetooth", "蓝牙"))),
        # Headphones have no connector here: a filter on it would leave none of them.
        ("bluetooth over-ear headphones", None),
        ("dishwasher safe", None),
        ("可机洗", None),
    ],
)
def test_features_demand_what_the_catalogue_can_tell(shop, text, constraint):
    assert next(m for m in shop.find(text) if m.name == "feature").constraint == constraint


@pytest.mark.parametrize(("text", "meant"), cases("misspelt"))
def test_near_spellings_are_understood_but_less_sure(shop, text, meant):
    matches = [m for m in shop.find(text) if {m.name: m.value} == meant]
    assert len(matches) == 1
    assert 0.4 < matches[0].score <= 0.95


@pytest.mark.parametrize(
    "text", ["shipping", "warranty", "retune", "cheaper", "canada", "price", "manual labor"]
)
def test_real_words_are_no_misspellings(shop, text):
    assert shop.find(text) == []


def test_a_near_spelling_scores_below_the_word_itself(shop):
    assert shop.find("headfones")[0].score < shop.find("headphones")[0].score


@pytest.mark.parametrize(
    ("text", "raws"),
    [
        ("  Red, running SHOES!", ["Red", "running SHOES"]),
        ("我想要ＮＡＶＹ的跑鞋", ["ＮＡＶＹ", "跑鞋"]),
        ("👟 紅色 跑鞋👟", ["紅色", "跑鞋"]),
        ("noise-cancelling\theadphones", ["noise-cancelling", "headphones"]),
        ("Pavane’s heels", ["Pavane’s", "heels"]),
        ("女鞋", ["女", "鞋"]),
    ],
)
def test_places_index_the_text_as_given(shop, text, raws):
    assert [text[m.start : m.end] for m in shop.find(text)] == raws


def test_no_phone_in_second_hand_machines(shop):
    assert found(shop, "二手机器") == [("feature", "refurbished")]


def test_ordinary_words_are_brands_only_in_a_names_place(english_shop):
    brands = {
        text: [value for name, value in found(english_shop, text) if name == "brand"]
        for text in ("brother printer", "toner for my Brother", "gift for my brother", "by brother")
    }
    assert brands["brother printer"] == brands["toner for my Brother"] == ["Brother"]
    assert brands["by brother"] == ["Brother"]
    assert brands["gift for my brother"] == []
    assert found(english_shop, "gift for my brother") == [("recipient", "brother")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hp", {"hp", "hewlett-packard"}), ("惠普", {"hp", "hewlett-packard"}),
        ("Hewlett Packard", {"hp", "hewlett-packard"}), ("金士顿", {"kingston technology"}),
        ("kingston", {"kingston technology"}), ("索尼", {"sony"}), ("飞利浦", {"philips"}),
        ("联想", None), ("Lenovo", None),
    ],
)  # fmt: skip
def test_brands_are_found_under_every_name(english_shop, text, expected):
    match = english_shop.find(text)[0]
    assert match.name == "brand"
    assert (
        match.constraint is None if expected is None else set(match.constraint.values) == expected
    )
    assert match.constraint is None or match.constraint.name == BRAND


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "黑色的惠普墨盒",
            [("color", "black"), ("brand", "HP"), ("product_type", "ink cartridge")],
        ),
        ("惠普笔记本电脑", [("brand", "HP"), ("product_type", "laptop")]),
        (
            "HP laptop with at least 8GB RAM under 700",
            [("brand", "HP"), ("product_type", "laptop")],
        ),
        ("带触摸屏的笔记本", [("feature", "touchscreen"), ("product_type", "laptop")]),
        ("浅蓝色的耳机", [("color", "light blue"), ("product_type", "headphones")]),
    ],
)
def test_chinese_works_over_an_english_catalogue(english_shop, text, expected):
    assert found(english_shop, text) == expected


def test_parts_of_a_color_count(english_shop):
    assert values(english_shop, "银色", "color") == {"silver", "black,silver"}
    assert values(english_shop, "blue", "color") == {"light blue", "cyan"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Huawei noise cancelling earbuds",
            [("brand", "华为"), ("feature", "noise_cancelling"), ("product_type", "earbuds")],
        ),
        (
            "bluetooth headphones in black",
            [("product_type", "bluetooth headphones"), ("color", "black")],
        ),
        ("rice cooker", [("product_type", "rice cooker")]),
        ("genuine leather shoes", [("material", "genuine leather"), ("product_type", "shoes")]),
    ],
)
def test_english_works_over_a_chinese_catalogue(chinese_shop, text, expected):
    assert found(chinese_shop, text) == expected
    assert all(
        m.constraint is not None for m in chinese_shop.find(text) if m.name != "product_type"
    )


def test_attributes_with_chinese_names_are_filtered_under_those_names(chinese_shop):
    headphones, color = chinese_shop.find("bluetooth headphones in black")
    assert headphones.constraint == TextConstraint(CATEGORY, ("蓝牙耳机",))
    assert color.constraint == TextConstraint("颜色", ("黑色",))


@pytest.mark.parametrize(("words", "expected"), cases("attributes"))
def test_attributes_are_found_by_what_shoppers_call_them(shop, words, expected):
    assert shop.attribute(words) == expected


def test_what_has_the_very_name_comes_before_what_is_used_more():
    black = [Attribute("black_toner_page_yield", Decimal(3000), "page")] * 3
    drums = [
        replace(product(f"p{i}", f"Imaging drum {i}"), attributes=(one,))
        for i, one in enumerate([*black, Attribute("page_yield", Decimal(2000), "page")])
    ]
    vocabulary = Vocabulary.from_products(drums)
    assert vocabulary.attribute("打印页数") == "page_yield"
    assert vocabulary.attribute("black toner page yield") == "black_toner_page_yield"


def test_units_that_a_good_part_of_the_numbers_have_count():
    units = [*["GB"] * 60, *["W"] * 20, "m"]
    numbers = [Attribute("capacity", Decimal(10), unit) for unit in units]
    shop = [
        replace(product(f"p{i}", f"Speaker {i}"), attributes=(one,))
        for i, one in enumerate(numbers)
    ]
    assert Vocabulary.from_products(shop).units("capacity") == ("GB", "W")


def test_a_yes_or_no_is_known_by_all_names_of_its_attribute():
    phone = product("1", category="Phones|手机", front_camera=True)
    found = Vocabulary.from_products([phone]).find("前置摄像头")
    assert [one.constraint for one in found] == [FlagConstraint("front_camera")]


def test_a_value_is_found_however_its_dash_is_written():
    plugs = [
        replace(product(f"p{i}", f"Cord {i}"), attributes=(Attribute("plug", LocalText(one)),))
        for i, one in enumerate(("NEMA 5-15P", "NEMA 5–15P", "-5 A", "5 A"))
    ]
    vocabulary = Vocabulary.from_products(plugs)
    (found,) = vocabulary.find("plug: NEMA 5–15P")
    assert set(found.constraint.values) == {"nema 5-15p", "nema 5–15p"}
    (minus,) = vocabulary.find("plug: -5 A")
    assert minus.constraint.values == ("-5 a",)


def test_a_long_value_is_found_beside_its_attributes_name():
    series = "Intel Pentium E2000 series for Desktop"
    chip = replace(product("1", "Chip"), attributes=(Attribute("series", LocalText(series)),))
    (found,) = Vocabulary.from_products([chip]).find(f"series: {series}")
    assert found.constraint.values == (series.lower(),)


def test_what_can_be_measured_and_in_what(shop):
    assert shop.is_measurable("battery_life")
    assert not shop.is_measurable("color")
    assert not shop.is_measurable("nonsense")
    assert shop.units("battery_life") == ("hour",)
    assert shop.units("color") == ()
    assert shop.measured_in("minute") == shop.measured_in("h") == ("battery_life",)
    assert shop.measured_in("pound") == ("weight",)
    assert shop.measured_in("cups") == ()


@pytest.mark.parametrize(
    "words", ["laptop", "笔记本电脑", "earbuds", "跑鞋", "tops", "phone case", "labtop"]
)
def test_what_the_shop_carries(shop, words):
    assert shop.carries(words)


@pytest.mark.parametrize(
    "words", ["apron", "围裙", "sofa", "电视", "ink cartridge", "red", "", "jeans"]
)
def test_what_the_shop_does_not_carry(shop, words):
    assert not shop.carries(words)


def test_titles_show_what_is_carried_where_categories_do_not(english_shop):
    assert english_shop.carries("墨盒")
    assert english_shop.carries("usb stick")
    assert english_shop.find("墨盒")[0].constraint.values == ("~ink cartridge", "~墨盒")
    assert not english_shop.carries("dress")


def test_accessories_that_are_carried(shop):
    assert {a.value for a in shop.accessories("phone")} >= {"phone case", "charger"}
    laptop = {a.value for a in shop.accessories("gaming laptop")}
    assert laptop == {"laptop bag", "keyboard", "computer accessories"}
    assert shop.accessories("cookies") == ()


def test_a_shelf_of_few_products_takes_in_those_whose_titles_say_the_same():
    feed = [product(f"p{i}", f"Canon laser printer {i}") for i in range(9)]
    feed.append(product("x", "Old printer", category="Printer"))
    columns = FilterColumns()
    for at, one in enumerate([*feed, product("y", "Canon scanner")], 1):
        columns.update(at, one)
    constraint = Vocabulary.from_products(feed).find("printer")[0].constraint
    assert columns.mask(ProductFilter(categories=constraint.values)).count == 10
    assert columns.mask(ProductFilter(categories=("printer",))).count == 1


def test_whom_a_thing_is_for_may_stand_in_its_category():
    feed = [
        product("1", "Shirt", category="Men>Men's shirts", brand="Oak"),
        product("2", "Shirt", category="Women>Women's shirts", brand="Oak"),
    ]
    shop = Vocabulary.from_products(feed)
    assert values(shop, "something for men", "gender") == {"men", "men's shirts"}
    assert categories(shop, "women's shirts") == ["women's shirts"]
    assert categories(shop, "shirts") == ["men's shirts", "women's shirts"]


def test_a_type_without_a_shelf_is_its_family_with_what_its_name_says():
    feed = [product("1", "Sonaro One", category="Headphones", wireless=True, bluetooth=True)]
    shop = Vocabulary.from_products(feed)
    matches = shop.find("蓝牙耳机")
    assert [m.constraint for m in matches] == [
        TextConstraint(CATEGORY, ("headphones",)),
        FlagConstraint("bluetooth"),
        FlagConstraint("wireless"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("size 9", {"us 9", "uk 9"}),
        ("US 9", {"us 9"}),
        ("42码", {"42码"}),
        ("欧码42", {"42码"}),
        ("size 175/92A", {"175/92a"}),
        ("XL", {"xl (180/96a)"}),
        ("加大码", {"xl (180/96a)"}),
    ],
)
def test_sizes_of_every_system(text, expected):
    sizes = ("US 9", "UK 9", "42码", "175/92A", "XL (180/96A)")
    shop = Vocabulary.from_products([product("1", "Shoes", size=size) for size in sizes])
    assert values(shop, text, "size") == expected


def test_famous_brands_by_their_sound_in_a_names_place(shop):
    assert found(shop, "华维手机") == [("brand", "Huawei"), ("product_type", "phone")]
    assert found(shop, "我化为乌有") == []


def test_an_empty_shop_still_knows_the_world():
    shop = Vocabulary.from_products([])
    assert found(shop, "red HP laptop") == [
        ("color", "red"), ("brand", "HP"), ("product_type", "laptop"),
    ]  # fmt: skip
    assert all(match.constraint is None for match in shop.find("red HP laptop"))
    assert not shop.carries("laptop")


@pytest.mark.parametrize(
    "text", ["red shoes " * 20_000, "红色的鞋" * 30_000, "x" * 100_000, "蓝" * 50_000]
)
def test_endless_messages_are_cut(shop, text):
    assert len(shop.find(text)) <= 2_000


def test_the_same_products_give_the_same_vocabulary(shop):
    again = Vocabulary.from_products(list(reversed(BILINGUAL)))
    for text in ("red running shoes", "蓝牙耳机", "blue", "notebook", "tops"):
        assert [(m.name, m.value, m.score) for m in again.find(text)] == [
            (m.name, m.value, m.score) for m in shop.find(text)
        ]
        assert categories(again, text) == categories(shop, text)


def test_a_type_that_titles_only_borrow_is_not_carried():
    borrowed = Vocabulary.from_products(
        [
            product("w1", "Florabelle milk body wash|牛奶沐浴露", category="Body wash|沐浴露"),
            product("w2", "Silkara rose body wash|玫瑰沐浴露", category="Body wash|沐浴露"),
            product("w3", "Silkara mint body wash|薄荷沐浴露", category="Body wash|沐浴露"),
            product("d1", "Ladder pine desk|梯形松木书桌", category="Desks|书桌"),
            product("d2", "Oak desk|橡木书桌", category="Desks|书桌"),
            product("d3", "Walnut desk|胡桃木书桌", category="Desks|书桌"),
            product("c1", "Truffle chocolate|松露巧克力", category="Food|食品>Chocolate|巧克力"),
        ]
    )
    for absent in ("whole milk", "牛奶", "step ladder", "梯子"):
        assert not borrowed.carries(absent), absent
    for present in ("body wash", "沐浴露", "desk", "dark chocolate", "黑巧克力"):
        assert borrowed.carries(present), present


def test_words_that_name_only_kinds_the_shop_has_not_are_told():
    shop = Vocabulary.from_products(BILINGUAL)
    for absent in ("adjustable wrench", "可调扳手", "electric piano"):
        assert shop.lacks(absent), absent
    for other in ("running shoes", "跑步鞋", "wibble", "", "dishwasher safe"):
        assert not shop.lacks(other), other
