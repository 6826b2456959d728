"""Counts and ratings mean the number that is written in them."""

import re

import pytest

from catalog.types import LANGUAGES
from intents.generators import GENERATORS
from intents.spelling import spell_chinese, spell_english
from tests.intents.generators.making import made, misread, read

BOTH = pytest.mark.parametrize("language", LANGUAGES)


def digits(texts):
    return [one for one in texts if re.search(r"\d", one)]


@BOTH
def test_a_count_in_digits_is_that_count(language):
    def fits(words, value):
        return value == int(re.search(r"\d+", words).group())

    texts = digits(made(GENERATORS[language]["quantity"]))
    assert len(texts) > 40
    assert misread("quantity", texts, fits) == []


@pytest.mark.parametrize(
    ("language", "spell"), [("en", spell_english), ("zh", lambda n: f"{spell_chinese(n)}个")]
)
def test_a_count_in_words_is_that_count(language, spell):
    texts = made(GENERATORS[language]["quantity"], 2000)
    said = {n: spell(n) for n in range(3, 12)}
    assert [words for words in said.values() if words not in texts] == []
    assert {n: read("quantity", words) for n, words in said.items()} == {n: n for n in said}


@BOTH
def test_counts_are_whole_from_1_to_500(language):
    values = [read("quantity", words) for words in made(GENERATORS[language]["quantity"])]
    assert all(type(value) is int and 1 <= value <= 500 for value in values if value is not None)


def test_two_before_a_classifier_is_liang():
    texts = made(GENERATORS["zh"]["quantity"], 2000)
    assert "两个" in texts
    assert [one for one in texts if re.match("二.(?!十)", one) and not one.startswith("二十")] == []


@BOTH
def test_a_rating_in_digits_is_that_rating(language):
    """Of forms in digits; words are in ``test_unread.py``."""

    def fits(words, value):
        return value == float(re.search(r"\d(\.\d)?", words).group())

    named = {
        "en": r"(at least |over |above |more than )?\d(\.\d)?(\+|★| stars)?( .*)?",
        "zh": r"\d(\.\d)?[分星](|起|以上|及以上)",
    }
    texts = made(GENERATORS[language]["rating"], 2000)
    texts = [one for one in texts if re.fullmatch(named[language], one)]
    assert len(texts) > 4
    assert misread("rating", texts, fits) == []


@BOTH
def test_ratings_are_on_a_scale_of_5(language):
    values = [read("rating", words) for words in made(GENERATORS[language]["rating"], 1500)]
    found = [value for value in values if value is not None]
    assert len(set(found)) > 5
    assert all(1 <= value <= 5 for value in found)
