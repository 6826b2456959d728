"""Prices mean the amounts that are written in them, on the side that the words say."""

import re
from decimal import Decimal
from random import Random

import pytest

from catalog.types import LANGUAGES
from intents.generators import GENERATORS
from intents.generators.money import amount, chinese_number, chinese_range, english_range
from intents.spelling import spell_chinese
from tests.intents.generators.making import made, misread, read

BOTH = pytest.mark.parametrize("language", LANGUAGES)
SAYS_MORE_OR_LESS = re.compile("[kKwW千万百多几十余]|hundred|thousand|grand|块\\d")


def amounts(words):
    return [Decimal(one.replace(",", "")) for one in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", words)]


def plain(language, seeds=1500):
    """Prices whose amounts stand there in digits."""
    texts = made(GENERATORS[language]["price"], seeds)
    return [one for one in texts if amounts(one) and not SAYS_MORE_OR_LESS.search(one)]


def test_amounts_are_from_5_to_20000():
    values = [amount(Random(seed)) for seed in range(3000)]
    assert min(values) == 5
    assert 10_000 <= max(values) <= 20_000
    for low, high in ((5, 50), (50, 500), (500, 5000)):
        assert sum(low <= value < high for value in values) > 300


@BOTH
def test_the_amounts_lie_within_the_wish(language):
    def fits(words, value):
        low, high = value.minimum or Decimal(0), value.maximum or Decimal(10**9)
        return all(low <= one <= high for one in amounts(words))

    texts = plain(language)
    assert len(texts) > 400
    assert misread("price", texts, fits) == []


@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        ("en", r"(under|below|less than|max|up to|no more than|at most|cheaper than) \D{0,4}\d.*"),
        ("zh", r"(预算)?\D?\d+\D*(以内|以下|之内)|(不超过|最多|低于|最高)\D?\d+\D*"),
    ],
)
def test_an_upper_bound_is_one(language, pattern):
    texts = [one for one in plain(language) if re.fullmatch(pattern, one)]
    assert len(texts) > 20

    def fits(words, value):
        return (value.minimum, value.maximum) == (None, amounts(words)[0])

    assert misread("price", texts, fits) == []


@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        ("en", r"(over|above|more than|at least|no less than|minimum) .*"),
        ("zh", r"\D?\d+\D{0,2}(以上|起|往上)|(高于|至少|起码|不低于)\d+\D*"),
    ],
)
def test_a_lower_bound_is_one(language, pattern):
    texts = [one for one in plain(language) if re.fullmatch(pattern, one)]
    assert len(texts) > 10

    def fits(words, value):
        return (value.minimum, value.maximum) == (amounts(words)[0], None)

    assert misread("price", texts, fits) == []


@pytest.mark.parametrize("make", [english_range, chinese_range], ids=["en", "zh"])
def test_a_range_rises_from_its_first_amount_to_its_second(make):
    texts = [one for one in made(make) if len(amounts(one)) == 2]
    assert len(texts) > 200

    def fits(words, value):
        low, high = amounts(words)
        return low < high and (value.minimum, value.maximum) == (low, high)

    assert misread("price", texts, fits) == []


@pytest.mark.parametrize(
    ("language", "sign", "code"),
    [("en", "$", "USD"), ("en", "£", "GBP"), ("en", "€", "EUR"), ("zh", "美元", "USD"),
     ("zh", "欧元", "EUR"), ("zh", "元", "CNY"), ("zh", "日元", "JPY"), ("zh", "rmb", "CNY")],
)  # fmt: skip
def test_a_currency_that_was_said_is_understood(language, sign, code):
    amount_first = rf"\d+{sign}" if sign.isalpha() else rf"[^\w]*{re.escape(sign)}\d+"
    pattern = rf"(under |below |不超过|最多|预算)?{amount_first}( max|以内|左右)?"
    texts = [one for one in plain(language, 12_000) if re.fullmatch(pattern, one)]
    assert len(texts) > 4
    assert misread("price", texts, lambda _, value: value.currency == code) == []


@pytest.mark.parametrize(
    "writing",
    [r"\d+", r"[一二两三四五六七八九十百千万零]+", r"\d+[kK千]\d?", r"\d+(\.\d+)?[wW万]\d?"],
)
def test_chinese_numbers_are_written_in_every_way(writing):
    texts = [one for one in made(chinese_number, 3000) if re.fullmatch(writing, one)]
    assert len(texts) > 2
    assert misread("price", [f"{one}以内" for one in texts], lambda _, v: v.maximum >= 10) == []


def test_chinese_numerals_are_the_amounts_that_were_meant():
    for seed in range(0, 3000, 7):
        value = amount(Random(seed)) * 10
        bound = read("price", f"{spell_chinese(value)}块以内")
        assert bound.maximum == value
