"""Measures in running text, however they are written."""

import pytest

from catalog.documents import fields
from catalog.lexical import LexicalIndex
from catalog.measures import measure_terms
from catalog.query import query_terms
from tests.catalog.products import product


@pytest.mark.parametrize(
    ("same", "term"),
    [
        (["15 inch", '15"', "15-inch", "15in", "15英寸", "15寸", "15''", "15″"], "381mm"),
        (["38.1 cm", "381mm", "38.1厘米", "15 inches"], "381mm"),
        (["1.5L", "1.5 l", "1500ml", "1500 毫升", "1.5升", "1.5 litres"], "1500ml"),
        (["500g", "0.5kg", "500 克", "1斤", "一斤", "0.5 公斤", "500 grams", "10两"], "500g"),
        (["半斤", "250g", "五两"], "250g"),
        (["1TB", "1 tb", "1000GB"], "1024000mb"),
        (["10Ah", "10000mAh", "10,000 mAh", "10000毫安时"], "10000mah"),
        (["2.4GHz", "2400 MHz"], "2400000000hz"),
        (["1.5kW", "1500W", "1500瓦"], "1500w"),
    ],
)  # fmt: skip
def test_every_way_to_write_a_measure_is_one_term(same, term):
    assert {text: measure_terms(text) for text in same} == {text: [term] for text in same}


@pytest.mark.parametrize(
    "text",
    [
        "2 in 1", "5-in-1 tool", "size 10 in black", "iphone 5s", "3d printer", "dv7-1211ea",
        "006R90321", "i5-8250U", "4k tv", "1080p", "windows 10", "一双", "两个", "10 a day",
        "usb 3.0", "m2", "2019", "size 42", "一两个",
    ],
)  # fmt: skip
def test_other_numbers_are_no_measures(text):
    assert measure_terms(text) == []


def test_all_measures_of_a_title_are_found():
    title = 'Acer 15.6" laptop, 8 GB RAM, 256GB SSD, 2.1kg 笔记本 65瓦'
    assert measure_terms(title) == ["396.24mm", "8192mb", "262144mb", "2100g", "65w"]


@pytest.mark.parametrize("query", ["0.5 kg coffee", "一斤 coffee", "500克咖啡", "coffee 500g"])
def test_a_query_finds_the_measure_in_any_unit(query):
    index = LexicalIndex()
    index.add(0, fields(product("a", "Coffee beans 500 g")))
    index.add(1, fields(product("b", "Coffee beans 250 g")))
    scores = index.scores(query_terms(query), 2)
    assert scores.scores[0] > scores.scores[1] > 0
    assert scores.coverage[0] > scores.coverage[1]


def test_the_words_stay_as_the_shopper_wrote_them():
    (size, laptop) = query_terms('15" laptop')
    assert (size.words, size.written, laptop.words) == ('15"', ("381mm",), "laptop")
    assert [t.words for t in query_terms("i need a 16GB laptop")] == ["16gb", "laptop"]
