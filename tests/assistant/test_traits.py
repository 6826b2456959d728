from decimal import Decimal

from assistant.traits import facts_of, in_base, names_of, numbers_of, traits_of, words_of
from assistant.types import ShownNumber
from tests.assistant.shelf import HEADPHONES, LIGHTS


def test_words_are_stems_measures_and_pairs_of_characters():
    assert list(words_of("the wooden lamps")) == ["wooden", "lamp"]
    assert list(words_of("碧螺春")) == ["碧螺", "螺春"]
    assert "a字" in list(words_of("A字裙"))
    assert list(words_of("the one, the ones")) == []
    assert "1700ml" in list(words_of("a 1.7 litre one"))
    assert "1700ml" in list(words_of("1.7升"))


def test_the_traits_of_a_product_come_from_its_whole_record():
    traits = traits_of(HEADPHONES[0])
    for word in ("sonaro", "声朗", "atlas", "black", "黑色", "降噪", "245g", "headphon"):
        assert word in traits
    assert "降噪" not in traits_of(HEADPHONES[1])


def test_its_names_are_what_only_its_title_says():
    assert names_of(HEADPHONES[0]) == ("atlas",)
    assert "heron" in names_of(LIGHTS[0])
    assert "lamp" not in names_of(LIGHTS[0])


def test_its_numbers_with_their_labels():
    found = {one.name: one for one in numbers_of(HEADPHONES[0])}
    assert found["weight"] == ShownNumber("weight", Decimal(245), "g", "weight|重量")
    assert found["rating"].value == Decimal("4.9")
    assert in_base(ShownNumber("weight", Decimal("1.2"), "kg")) == Decimal(1200)


def test_brand_and_colour_are_known_in_both_languages():
    facts = facts_of(HEADPHONES[1], HEADPHONES[1].variants[0])
    assert ("brand", "tidewave") in facts
    assert ("color", "红色") in facts
