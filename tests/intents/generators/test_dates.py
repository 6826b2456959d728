"""Dates are days that exist, and ranges that do not run backwards."""

import re
from datetime import date, timedelta

import pytest

from catalog.types import LANGUAGES
from intents.generators import GENERATORS
from tests.intents.generators.making import TODAY, made, misread, read

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BOTH = pytest.mark.parametrize("language", LANGUAGES)


def texts_of(language, pattern, seeds=6000):
    return [one for one in made(GENERATORS[language]["date"], seeds) if re.fullmatch(pattern, one)]


@BOTH
def test_no_range_is_empty_or_runs_backwards(language):
    values = [read("date", words) for words in made(GENERATORS[language]["date"], 1500)]
    found = [value for value in values if value is not None]
    assert len(found) > 100
    assert all(value.start or value.end for value in found)
    assert all(value.start <= value.end for value in found if value.start and value.end)


@BOTH
def test_written_days_are_those_days(language):
    texts = texts_of(language, r"\d{4}-\d{2}-\d{2}")
    assert len(texts) > 5

    def fits(words, value):
        return value.start == value.end == date.fromisoformat(words)

    assert misread("date", texts, fits) == []


def test_a_chinese_day_with_its_year_is_that_day():
    texts = texts_of("zh", r"\d{4}年\d+月\d+日")
    assert len(texts) > 20

    def fits(words, value):
        return value.start == value.end == date(*map(int, re.findall(r"\d+", words)))

    assert misread("date", texts, fits) == []


def test_a_chinese_day_of_a_month_is_in_that_month():
    texts = texts_of("zh", r"\d+月\d+[号日]?")
    assert len(texts) > 20

    def fits(words, value):
        return [value.start.month, value.start.day] == [*map(int, re.findall(r"\d+", words))]

    assert misread("date", texts, fits) == []


def test_days_by_name_exist():
    """No 30 February: the model would learn it and the reader cannot read it."""
    named = (
        r"(?P<a>[A-Z][a-z]+) (?P<b>\d+)(th|st|nd|rd|, \d+)?"
        r"|(?P<c>\d+)(th|st|nd|rd)?( of)? (?P<d>[A-Z][a-z]+)"
    )
    impossible = []
    for words in texts_of("en", named):
        found = re.fullmatch(named, words)
        month, day = found["a"] or found["d"], int(found["b"] or found["c"])
        if month[:3].lower() == "feb" and day > 29:
            impossible.append(words)
    assert impossible == []


def test_an_english_day_of_a_month_is_that_day():
    named = r"(?P<month>January|March|May|July|August|October|December) (?P<day>\d+)(th|st|nd|rd)?"
    texts = texts_of("en", named)
    assert len(texts) > 20

    def fits(words, value):
        found = re.fullmatch(named, words)
        month = MONTHS.index(found["month"][:3].lower()) + 1
        return (value.start.month, value.start.day) == (month, int(found["day"]))

    assert misread("date", texts, fits) == []


@pytest.mark.parametrize(
    ("language", "pattern", "sign"),
    [("en", r"(\d+) days ago", -1), ("zh", r"(\d+)天前", -1), ("zh", r"(\d+)天内", 1)],
)
def test_days_are_counted_from_today(language, pattern, sign):
    texts = texts_of(language, pattern)
    assert len(texts) > 4

    def fits(words, value):
        day = TODAY + sign * timedelta(days=int(re.fullmatch(pattern, words)[1]))
        return (value.end if sign > 0 else value.start) == day

    assert misread("date", texts, fits) == []


def test_english_ordinals_have_their_ending():
    ordinals = {
        found for one in made(GENERATORS["en"]["date"], 4000)
        for found in re.findall(r"\b\d+(?:st|nd|rd|th)\b", one)
    }  # fmt: skip
    assert {"1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd"} <= ordinals
    assert not ordinals & {"1th", "11st", "12nd", "13rd", "21th", "2th", "3th"}


@BOTH
def test_a_preposition_belongs_to_the_value(language):
    led = {"en": r"(by|before|until|since|on|in) .*", "zh": r".*(之前|以前|前|之后|左右)"}
    assert len(texts_of(language, led[language], 600)) > 20
