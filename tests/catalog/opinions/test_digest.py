from datetime import UTC, datetime

import pytest

from catalog.opinions import digest_reviews
from catalog.types import LocalText, Review

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def review(text, stars=3, language="en", number=0):
    return Review(f"r{number}", "P", "Ann", stars, LocalText(**{language: text}), NOW)


def sides(text, stars=3, language="en"):
    digest = digest_reviews([review(text, stars, language)], language)
    return {one.name for one in digest.pros}, {one.name for one in digest.cons}


@pytest.mark.parametrize(
    ("text", "language", "pros", "cons"),
    [
        ("They are very comfortable to walk in.", "en", {"comfort"}, set()),
        ("Not comfortable at all.", "en", set(), {"comfort"}),
        ("No blisters after ten miles.", "en", {"comfort"}, set()),
        ("The battery dies by noon.", "en", set(), {"battery"}),
        ("Great sound, but the battery drains fast.", "en", {"sound"}, {"battery"}),
        ("It leaked in my bag.", "en", set(), {"water"}),
        ("Never leaks.", "en", {"water"}, set()),
        ("Very noisy at night.", "en", set(), {"sound"}),
        ("穿着很舒服。", "zh", {"comfort"}, set()),
        ("穿着不舒服。", "zh", set(), {"comfort"}),
        ("续航差，充电快。", "zh", {"works"}, {"battery"}),
        ("颜值高，就是有点贵。", "zh", {"look"}, {"price"}),
        ("一点都不漏，很好清洗。", "zh", {"water", "ease"}, set()),
        ("噪音大，晚上吵。", "zh", set(), {"sound"}),
        ("The screen is easy on the eyes.", "en", {"comfort"}, set()),
        ("多开软件也不卡。", "zh", {"works"}, set()),
        ("快递小哥周二来的。", "zh", set(), set()),
        ("The parcel came on Tuesday.", "en", set(), set()),
        ("周二到的。", "zh", set(), set()),
    ],
)
def test_words_and_negations_judge_an_aspect(text, language, pros, cons):
    assert sides(text, 3, language) == (pros, cons)


@pytest.mark.parametrize(
    ("text", "language", "aspect"),
    [("About the sole.", "en", "quality"), ("说说续航。", "zh", "battery")],
)
def test_stars_decide_where_words_do_not(text, language, aspect):
    assert sides(text, 5, language) == ({aspect}, set())
    assert sides(text, 1, language) == (set(), {aspect})
    assert sides(text, 3, language) == (set(), set())


def test_counts_are_of_reviews_and_the_frequent_complaint_comes_first():
    rust = [review("The cover is torn.", 1, number=n) for n in range(2)]
    straps = [review("The strap digs in. It digs in!", 1, number=10 + n) for n in range(9)]
    digest = digest_reviews([*rust, *straps])
    assert digest.read == 11
    assert [(one.name, one.count) for one in digest.cons] == [("comfort", 9), ("quality", 2)]
    assert digest.cons[0].quote == "The strap digs in."
    assert digest.pros == ()


def test_sentences_in_the_language_of_the_shopper_are_quoted_first():
    both = [review("Very quiet.", 5), review("很安静。", 5, "zh", 1)]
    assert digest_reviews(both, "zh").pros[0].quote == "很安静。"
    assert digest_reviews(both, "en").pros[0].quote == "Very quiet."
    assert digest_reviews(both, "zh").pros[0].count == 2
    assert digest_reviews(both[:1], "zh").pros[0].quote == "Very quiet."


def test_a_review_in_both_languages_counts_once():
    one = Review("r", "P", "Ann", 5, LocalText("Very quiet.", "很安静。"), NOW)
    assert [a.count for a in digest_reviews([one], "zh").pros] == [1]


def test_no_reviews_say_nothing():
    digest = digest_reviews([])
    assert (digest.read, digest.pros, digest.cons) == (0, (), ())
