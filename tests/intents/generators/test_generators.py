"""What holds of every generator: variety, one result for a seed, and words that are understood."""

import re
from random import Random

import pytest

from catalog.text import has_chinese
from catalog.types import LANGUAGES
from intents.generators import BODIES, GENERATORS
from intents.names import SLOTS
from tests.intents.generators.making import ALL, GENERATED, made, read

NAMES = [f"{language}-{name}" for language, name in GENERATED] + [f"{one}-body" for one in BODIES]
EVERY = pytest.mark.parametrize(("language", "name", "make"), ALL, ids=NAMES)

LEAST_READ = {
    "en": {"price": 0.99, "measure": 0.97, "quantity": 1.0, "rating": 0.92, "order_id": 1.0,
           "email": 1.0, "phone": 1.0, "postal_code": 1.0, "date": 0.93},
    "zh": {"price": 0.99, "measure": 0.99, "quantity": 0.97, "rating": 0.71, "order_id": 1.0,
           "email": 1.0, "phone": 1.0, "postal_code": 1.0, "date": 0.94},
}  # fmt: skip
"""The least share of different texts that give a value, a little under what was measured.

The rest are words without a number ("good ratings"), hours where days count, and shares of good
reviews, which are no stars.
"""


def test_both_languages_make_values_of_the_same_known_slots():
    assert set(GENERATORS) == set(BODIES) == set(LANGUAGES)
    assert set(GENERATORS["en"]) == set(GENERATORS["zh"]) <= SLOTS


@EVERY
def test_a_seed_gives_the_same_and_seeds_differ(language, name, make):
    first, again = ([make(Random(seed)) for seed in range(60)] for _ in range(2))
    assert first == again
    assert len(set(first)) > 20


@EVERY
def test_all_chance_comes_from_the_given_source(language, name, make):
    rng, other = Random(3), Random(3)
    assert [make(rng) for _ in range(40)] == [make(other) for _ in range(40)]
    assert rng.getstate() == other.getstate()


@EVERY
def test_words_are_tidy(language, name, make):
    for words in made(make):
        assert words == words.strip() != ""
        assert "  " not in words
        assert not re.search(r"[{}|\\\n]", words), words


@EVERY
def test_english_has_no_chinese_words(language, name, make):
    chinese = [words for words in made(make) if has_chinese(words)]
    written_in_letters = ("order_id", "email", "phone", "postal_code")
    assert bool(chinese) == (language == "zh" and name not in written_in_letters)


@EVERY
def test_most_of_what_is_made_is_read(language, name, make):
    texts = made(make)
    unread = [words for words in texts if read(name, words) is None]
    assert 1 - len(unread) / len(texts) >= LEAST_READ[language][name], unread
