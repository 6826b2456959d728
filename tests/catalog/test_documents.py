from decimal import Decimal

import pytest

from catalog.documents import fields, measure_text, passages, text_hash, vector_id, words_hash
from catalog.types import Attribute, LocalText
from tests.catalog.products import product, variant

HEADPHONES = product(
    "h1",
    "Wave 5 headphones|Wave 5 耳机",
    category="Electronics|数码>Headphones|耳机",
    brand="Nordal|诺达",
    description="Over-ear, for travel.|头戴式，适合出行。",
    color="black|黑色",
    noise_cancelling=True,
    waterproof=False,
    weight=(250, "g"),
    battery_life=(30, "hour"),
    variants=(variant("h1-a", size="one size|均码"),),
)


def test_a_passage_in_each_language_the_title_is_written_in():
    found = passages(HEADPHONES)
    assert found["en"].startswith("Wave 5 headphones, Nordal, Headphones, black")
    assert found["zh"].startswith("Wave 5 耳机，诺达，黑色，头戴式")
    assert set(passages(product("x", "Only English"))) == {"en"}
    assert set(passages(product("x", "|只有中文"))) == {"zh"}


def test_a_part_of_the_title_is_not_said_twice():
    passage = passages(product("x", "Nordal shoes", brand="Nordal"))["en"]
    assert passage == "Nordal shoes"


def test_fields_hold_the_words_of_both_languages_apart():
    found = fields(HEADPHONES)
    assert found["title"] == [["wave", "5", "headphon", "wave5"], ["wave", "5", "耳机", "wave5"]]
    assert found["category"] == [["electron", "headphon"], ["数码", "耳机"]]
    english, chinese = found["attributes"]
    assert {"black", "nois", "h1", "one", "size"} <= set(english)
    assert {"黑色", "均码"} <= set(chinese)


def test_a_number_is_found_with_and_without_a_space_before_its_unit():
    english, _ = fields(HEADPHONES)["attributes"]
    assert {"250", "g", "250g"} <= set(english)


def test_what_a_product_has_not_is_no_word_of_it():
    assert "waterproof" not in fields(HEADPHONES)["attributes"][0]


def test_measures_are_written_as_people_do():
    assert measure_text(Attribute("screen_size", Decimal("15.60"), "inch")) == "15.6 inch"
    assert measure_text(Attribute("size", Decimal(100))) == "100"
    with pytest.raises(ValueError, match="expected a number in color"):
        measure_text(Attribute("color", LocalText("red")))


def test_price_and_stock_are_no_words():
    dear = product("p", "Shirt", variants=(variant("v", "99", stock=0, color="red"),))
    cheap = product("p", "Shirt", variants=(variant("v", "9", color="red"),))
    blue = product("p", "Shirt", variants=(variant("v", "9", color="blue"),))
    assert words_hash(dear) == words_hash(cheap) != words_hash(blue)


def test_hashes_and_ids_are_the_same_in_every_process():
    assert text_hash("shop") == 6065300245485205254
    assert text_hash("导购") != text_hash("导购 ")
    assert [vector_id(7, "en"), vector_id(7, "zh"), vector_id(8, "en")] == [14, 15, 16]
