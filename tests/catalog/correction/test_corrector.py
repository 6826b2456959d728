"""What a misspelt query is taken for, and what is left as it was written."""

import time

import pytest

from catalog.correction import Change
from tests.catalog.correction_shop import SHOP, corrector
from tests.catalog.products import product


@pytest.fixture(scope="module")
def shop():
    return corrector()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sumsung", "samsung"),
        ("addidas", "adidas"),
        ("wireles headphnoes", "wireless headphones"),
        ("hedphones", "headphones"),
        ("runing sheos", "running shoes"),
        ("wathces", "watches"),
        ("SUMSUNG phone", "samsung phone"),
        ("iphonecase", "iphone case"),
        ("head phones", "headphones"),
        ("sam sung", "samsung"),
    ],
)
def test_english_slips_are_put_right(shop, written, meant):
    found = shop.correct(written)
    assert found.text == meant
    assert found.changes


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("华维", "华为"),  # the lexicon knows the brand, though this shop does not carry it
        ("华维手机", "华为手机"),
        ("保文杯", "保温杯"),  # same sound
        ("保温怀", "保温杯"),  # same shape
        ("充电保", "充电宝"),
        ("苹国手机", "苹果手机"),
        ("三醒手机", "三星手机"),
        ("笔记本店脑", "笔记本电脑"),
        ("红色的保文杯", "红色的保温杯"),
    ],
)
def test_chinese_slips_are_put_right(shop, written, meant):
    found = shop.correct(written)
    assert found.text == meant
    assert found.changes


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("lanya erji", "蓝牙耳机"),
        ("lanyaerji", "蓝牙耳机"),
        ("shouji ke", "手机壳"),
        ("sony lanya erji", "sony 蓝牙耳机"),
        ("baowenbei", "保温杯"),
    ],
)
def test_pinyin_becomes_chinese(shop, written, meant):
    assert shop.correct(written).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "samsung phone",
        "dv7-1211ea",
        "006R90321",
        "i5-8250U",
        "500g",
        "apron",  # a real word that the shop does not sell
        "jeans",
        "ke",
        "",
        "   ",
        "!?",
        "who is it",
        "经典",  # sounds like 景点
        "景点",
        "手机可以防水吗",
        "我要买鞋",
        "适合送女朋友的",
        "保温",
        "'; DROP TABLE--",
        "<b>x</b>",
    ],
)
def test_what_is_right_or_strange_is_left_as_it_is(shop, text):
    found = shop.correct(text)
    assert found.text == text
    assert found.changes == ()


def test_a_word_that_the_catalogue_has_is_never_changed():
    own = product(
        "x", "Sumsung Lanya speaker|索妮 音箱", category="Audio|影音", brand="Sumsung|索妮"
    )
    shop = corrector((*SHOP, own))
    for text in ("sumsung", "lanya", "索妮", "索妮音箱", "sumsung lanya"):
        assert shop.correct(text).changes == ()


def test_of_two_that_are_as_near_the_commoner_is_meant():
    bags = [product(f"b{n}", f"Canvas bolder {n}") for n in range(5)]
    shop = corrector((*bags, product("h", "Canvas holder"), product("f", "Canvas folder")))
    assert shop.correct("colder bxlder").text == "colder bolder"


def test_spaces_inside_of_a_chinese_name_are_left_out_silently(shop):
    found = shop.correct("蓝 牙 耳机")
    assert found.text == "蓝牙耳机"
    assert found.changes == ()
    assert shop.correct("耳机 蓝牙").text == "耳机 蓝牙"


def test_each_change_is_told(shop):
    found = shop.correct("sumsung shouji ke, 保文杯")
    assert found.text == "samsung 手机壳, 保温杯"
    assert found.changes == (
        Change("sumsung", "samsung"),
        Change("shouji ke", "手机壳"),
        Change("保文杯", "保温杯"),
    )


def test_traditional_characters_and_full_width_are_read(shop):
    assert shop.correct("ｓｕｍｓｕｎｇ　藍芽耳機").text == "samsung 蓝芽耳机"


def test_a_long_text_is_left_alone(shop):
    text = "sumsung " * 2_000
    assert shop.correct(text).text == text


def test_a_new_product_brings_its_words():
    own = product("q", "Quixotron lamp")
    assert corrector().correct("quixotrn").changes == ()
    assert corrector((*SHOP, own)).correct("quixotrn").text == "quixotron"


def test_a_query_takes_little_time(shop):
    queries = ["sumsung headphnoes", "华维手机 保文杯", "lanya erji", "wireles iphonecase"]
    shop.correct(queries[0])
    started = time.process_time()
    for query in queries:
        shop.correct(query)
    assert (time.process_time() - started) / len(queries) < 0.01
