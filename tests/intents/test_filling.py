from collections import Counter
from random import Random

import pytest

from intents.filling import Turns, Values, jars
from intents.patterns import Fill

LEXICONS = {
    "en": {"color": ("red", "olive", "blue"), "product_type": ("mug", "knife", "headphones")},
    "zh": {"color": ("红色", "蓝色"), "product_type": ("杯子", "T恤")},
}


@pytest.fixture
def values():
    return Values(LEXICONS, Random(1))


def taken(turns, count):
    return Counter(turns.next() for _ in range(count))


@pytest.mark.parametrize(
    ("weights", "parts"), [((1, 1, 1), (4, 4, 4)), ((3, 1), (9, 3)), ((0.5, 1), (4, 8))]
)
def test_turns_are_shared_by_weight(weights, parts):
    assert taken(Turns(weights), 12) == dict(enumerate(parts))


def test_turns_alternate_rather_than_run():
    turns = Turns((1, 1))
    assert [turns.next() for _ in range(4)] == [0, 1, 0, 1]


def test_the_heaviest_has_the_first_turn():
    assert Turns((1, 2, 3)).next() == 2


def test_a_place_that_is_taken_out_has_no_more_turns():
    turns = Turns((1, 1, 2))
    turns.drop(2)
    assert set(taken(turns, 10)) == {0, 1}
    turns.drop(0)
    assert turns
    turns.drop(1)
    assert not turns
    assert not Turns(())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_value_is_used_before_one_comes_again(values, language):
    listed = LEXICONS[language]["color"]
    for _ in range(3):
        drawn = [values.draw(Fill("color"), language, "", "") for _ in listed]
        assert sorted(drawn) == sorted(listed)


def test_languages_and_slots_are_drawn_apart(values):
    english = {values.draw(Fill("color"), "en", "", "") for _ in range(3)}
    assert {values.draw(Fill("color"), "zh", "", "") for _ in range(2)} == {"红色", "蓝色"}
    assert english == {"red", "olive", "blue"}


def test_a_seed_draws_the_same():
    def drawn(seed):
        values = Values(LEXICONS, Random(seed))
        return [values.draw(Fill(name), "en", "", "") for name in ("color", "price") * 20]

    assert drawn(1) == drawn(1) != drawn(2)


def test_a_plural_is_drawn_in_english_only(values):
    many = {values.draw(Fill("product_type", plural=True), "en", "", "") for _ in range(3)}
    assert many == {"mugs", "knives", "headphones"}
    chinese = {values.draw(Fill("product_type", plural=True), "zh", "", "") for _ in range(2)}
    assert chinese == {"杯子", "T恤"}


def test_a_slot_without_a_lexicon_is_generated(values):
    drawn = {values.draw(Fill("email"), "zh", "", "") for _ in range(20)}
    assert len(drawn) > 15
    assert all("@" in one for one in drawn)


def test_a_slot_with_both_draws_from_either():
    values = Values({"en": {"date": ("on my birthday",)}}, Random(1))
    drawn = Counter(values.draw(Fill("date"), "en", "", "") for _ in range(200))
    assert 60 < drawn["on my birthday"] < 140
    assert len(drawn) > 30


@pytest.mark.parametrize(
    ("language", "before", "after", "wrong"),
    [
        ("en", "under ", "", ("under", "below", "over", "at", "max", "from", "between", "around")),
        ("zh", "预算", "", ("预算", "不超过", "最多", "大概", "至少")),
    ],
)
def test_a_bound_is_not_drawn_twice(values, language, before, after, wrong):
    drawn = [values.draw(Fill("price"), language, before, after) for _ in range(200)]
    assert [one for one in drawn if one.startswith(wrong)] == []


def test_a_chinese_value_does_not_end_as_what_follows_begins(values):
    drawn = [values.draw(Fill("price"), "zh", "", "以内的") for _ in range(200)]
    assert [one for one in drawn if one.endswith(("以内", "以下", "左右", "元", "块", "多"))] == []


def test_where_nothing_fits_a_value_is_drawn_all_the_same():
    values = Values({"en": {"color": ("red",)}}, Random(1))
    assert values.draw(Fill("color"), "en", "red and ", "") == "red"


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("shoes under ", "under $50", ""),
        ("Deliver By", "on Monday", ""),
        ("no more than ", "at least 5", ""),
        ("预算", "预算500", ""),
        ("价格不超过 ", "最多三百", ""),
        ("", "300元以内", "左右"),
        ("", "五百块", "元的"),
        ("red and ", "Red", ""),
        ("要红色款和", "红色款", ""),
    ],
)
def test_what_says_a_thing_twice_jars(before, words, after):
    assert jars(before, words, after)


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("shoes under ", "$50", ""),
        ("shoes ", "under $50", " please"),
        ("the bytes ", "on Monday", ""),
        ("预算", "500", ""),
        ("", "300元以内", "的鞋"),
        ("不超过", "三百", "块"),
        ("", "", ""),
        ("size 42, ", "42", ""),
        ("red and ", "blue", ""),
    ],
)
def test_what_is_said_once_does_not_jar(before, words, after):
    assert not jars(before, words, after)
