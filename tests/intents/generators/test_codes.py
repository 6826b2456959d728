"""Codes are read to the letter: what was made is what is understood."""

import re

import pytest

from catalog.types import LANGUAGES
from intents.generators import GENERATORS
from tests.intents.generators.making import made, misread, read

BOTH = pytest.mark.parametrize("language", LANGUAGES)


@BOTH
def test_e_mails_are_read_to_the_letter(language):
    texts = made(GENERATORS[language]["email"])
    assert misread("email", texts, lambda words, value: value == words.lower()) == []


@BOTH
def test_phones_keep_all_their_digits(language):
    def fits(words, value):
        return re.sub(r"\D", "", value) == re.sub(r"\D", "", words)

    texts = made(GENERATORS[language]["phone"])
    assert misread("phone", texts, fits) == []


@BOTH
def test_phones_keep_their_country(language):
    texts = [one for one in made(GENERATORS[language]["phone"]) if one.startswith("+")]
    assert texts
    assert misread("phone", texts, lambda _, value: value.startswith("+")) == []


@BOTH
def test_postal_codes_are_read_to_the_letter(language):
    texts = made(GENERATORS[language]["postal_code"])
    assert len(texts) > 400
    assert misread("postal_code", texts, lambda words, value: value == words.upper()) == []


def test_chinese_postal_codes_have_six_digits():
    assert all(re.fullmatch(r"[1-9]\d{5}", one) for one in made(GENERATORS["zh"]["postal_code"]))


@BOTH
def test_order_numbers_of_one_piece_are_read_to_the_letter(language):
    def fits(words, value):
        return value == words.removeprefix("order").removeprefix("#").upper()

    whole = re.compile(r"(order)?#?([A-Za-z]{0,4}-?\d+)")
    texts = [one for one in made(GENERATORS[language]["order_id"]) if whole.fullmatch(one)]
    assert len(texts) > 400
    assert misread("order_id", texts, fits) == []


@BOTH
def test_order_numbers_are_no_counts(language):
    for words in made(GENERATORS[language]["order_id"]):
        assert len(re.sub(r"\D", "", words)) >= 4, words


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("order_id", (r"#\d+", r"W\d+", r"ORD-\d+", r"INV-\d+", r"\d{4}-\d{4}-\d{4}")),
        ("phone", (r"\(\d{3}\) \d{3}-\d{4}", r"\+44 7.*", r"\+86 13.*", r"07.*")),
        (
            "postal_code",
            (r"\d{5}", r"\d{5}-\d{4}", r"[A-Z]{2}\d [0-9][A-Z]{2}", r"[A-Z]\d[A-Z] .*"),
        ),
    ],
)
def test_english_knows_the_usual_forms(name, forms):
    texts = made(GENERATORS["en"][name])
    assert [form for form in forms if not any(re.fullmatch(form, one) for one in texts)] == []


def test_chinese_mobiles_begin_as_mobiles_do():
    mobile = re.compile(r"1\d{10}")
    mobiles = [one for one in made(GENERATORS["zh"]["phone"]) if mobile.fullmatch(one)]
    assert mobiles
    assert {one[1] for one in mobiles} == set("35789")
    assert all(read("phone", one) == one for one in mobiles)
