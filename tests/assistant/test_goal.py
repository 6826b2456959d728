from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.goal import (
    as_named_before,
    clash_in,
    describe,
    for_older,
    goal_filter,
    with_wishes,
    without,
    without_values_of,
)
from assistant.types import SearchGoal
from catalog.types import FlagConstraint, NumberConstraint, TextConstraint
from intents.types import Measure, PriceRange, Slot
from tests.assistant.builders import color, feature, product_type, searching, under


def names(goal):
    return [(wish.name, wish.raw) for wish in goal.wishes]


def test_every_wish_reaches_the_filter():
    goal = searching(
        product_type("shoes"),
        color("blue"),
        color("red", role="exclude"),
        under("80"),
        feature("waterproof"),
        Slot("rating", 4.5, "4.5 stars"),
        Slot("brand", "Strider", "Strider", resolved=TextConstraint("brand", ("strider",))),
    )
    found = goal_filter(goal, "USD")
    assert found.categories == ("shoes",)
    assert found.brands == ("strider",)
    assert found.maximum_price == Decimal("80")
    assert found.minimum_rating == 4.5
    assert found.attributes == (TextConstraint("color", ("blue",)), FlagConstraint("waterproof"))
    assert found.exclusions == (TextConstraint("color", ("red",)),)
    assert found.currency == "USD"


def test_an_unresolved_wish_filters_nothing():
    goal = searching(Slot("material", "unobtainium", "unobtainium"))
    assert goal_filter(goal, "USD") == goal_filter(SearchGoal(), "USD")


def test_a_range_the_wrong_way_round_is_read_the_right_way():
    wish = Slot("price", PriceRange(Decimal(100), Decimal(50)), "100 to 50")
    found = goal_filter(searching(wish), "USD")
    assert (found.minimum_price, found.maximum_price) == (Decimal(50), Decimal(100))


def aged(raw, value="toddler", role="include"):
    resolved = TextConstraint("age_group", (value,))
    return Slot("age_group", value, raw, role=role, resolved=resolved)


@pytest.mark.parametrize(
    ("raw", "years"), [("18 month old", "1.5"), ("一岁半", "1.5"), ("3 year old", "3")]
)
def test_an_age_leaves_out_what_is_for_older_ones(raw, years):
    found = goal_filter(searching(aged(raw)), "USD")
    assert found.attributes == (TextConstraint("age_group", ("toddler",)),)
    (older,) = found.exclusions
    assert (older.name, older.unit, older.maximum) == ("age_from", "year", None)
    assert Decimal(years) < older.minimum < Decimal(years) + Decimal("0.05")


@pytest.mark.parametrize(
    "wish", [aged("toddlers"), aged("3岁以上"), aged("3 year old", role="exclude"), color("3")]
)
def test_what_is_no_exact_age_leaves_no_older_ones_out(wish):
    assert for_older(wish) is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ([aged("两岁"), aged("孩子", "kids")], ["两岁"]),
        ([aged("kids", "kids"), aged("2 year old")], ["2 year old"]),
        ([aged("孩子", "kids")], ["孩子"]),
    ],
)
def test_an_age_says_more_than_the_group_beside_it(said, kept):
    goal = with_wishes(searching(aged("5岁", "kids")), tuple(said))
    assert [wish.raw for wish in goal.wishes] == kept


def test_a_new_colour_takes_the_place_of_the_old_one():
    goal = with_wishes(searching(color("red"), under("80")), (color("blue"),))
    assert names(goal) == [("price", "under 80"), ("color", "blue")]


def test_features_gather_and_exclusions_stay():
    goal = with_wishes(
        searching(feature("waterproof"), color("red", "exclude")),
        (feature("wireless"), color("blue")),
    )
    raws = [wish.raw for wish in goal.wishes]
    assert raws == ["waterproof", "red", "wireless", "blue"]


def test_asking_for_what_was_excluded_lifts_the_exclusion():
    goal = with_wishes(searching(color("red", "exclude")), (color("red"),))
    assert [wish.role for wish in goal.wishes] == ["include"]


def test_a_measure_replaces_only_one_of_the_same_attribute():
    def at_least(name, amount, unit):
        measure = Measure(name, Decimal(amount), None, unit)
        return Slot(
            "measure",
            measure,
            f"{amount} {unit}",
            resolved=NumberConstraint(name, Decimal(amount), None, unit),
        )

    goal = searching(at_least("memory", 8, "GB"), at_least("screen_size", 15, "inch"))
    goal = with_wishes(goal, (at_least("memory", 16, "GB"),))
    assert [wish.raw for wish in goal.wishes] == ["15 inch", "16 GB"]


def test_giving_up_a_wish_starts_the_list_again():
    goal = SearchGoal("shoes", (color("blue"), under("80")), offset=5)
    kept = without(goal, frozenset({"color"}))
    assert names(kept) == [("price", "under 80")]
    assert kept.offset == 0


def test_wishes_that_no_product_fulfils_together_clash():
    low, high = under("50"), Slot("price", PriceRange(Decimal(100), None), "over 100")
    assert clash_in((low, high)) == (low, high)
    assert clash_in((high, low)) is not None
    assert clash_in((under("100"), Slot("price", PriceRange(Decimal(50), None), "over 50"))) is None
    assert clash_in((color("red"), color("red", "exclude"))) is not None
    assert clash_in((color("red"), color("blue", "exclude"))) is None


def test_a_pressed_wish_is_told_by_its_value():
    pressed = replace(color("black"), raw='/refine_search{"color": "black"}')
    assert describe(searching(pressed), "en") == "black"


def test_the_description_is_in_the_shoppers_words():
    assert describe(searching(product_type("跑鞋"), under("300")), "zh") == "跑鞋 · under 300"
    assert describe(SearchGoal(query="gift"), "en") == "gift"


def test_what_is_not_wanted_is_marked():
    goal = searching(color("red", "exclude"))
    assert describe(goal, "en") == "not red"
    assert describe(goal, "zh") == "不要red"


@pytest.mark.parametrize(
    ("raw", "en", "zh"), [("太大", "smaller", "更小"), ("too heavy", "lighter", "更轻")]
)
def test_a_complaint_is_repeated_as_what_it_asks_for(raw, en, zh):
    wish = Slot("measure", Measure("capacity", None, Decimal(30), "l"), raw)
    assert describe(searching(wish), "en") == en
    assert describe(searching(wish), "zh") == zh


def test_a_correction_leaves_no_other_value_of_the_same_attribute():
    slim = Slot("feature", "slim", "slim", resolved=TextConstraint("fit", ("slim", "修身")))
    regular = Slot(
        "feature", "regular", "常规", resolved=TextConstraint("fit", ("regular", "常规"))
    )
    goal = searching(slim, feature("waterproof"), color("blue"))
    assert names(without_values_of(goal, (regular,))) == [
        ("feature", "waterproof"),
        ("color", "blue"),
    ]
    assert without_values_of(goal, (color("red"),)) == goal


def test_a_kind_means_by_its_name_what_it_meant_before():
    pressed = replace(product_type("Sneakers"), resolved=TextConstraint("category", ("sneakers",)))
    wide = TextConstraint("category", ("sneakers", "running shoes"))
    typed = Slot("product_type", "sneakers", "sneakers", resolved=wide)
    before = searching(pressed)
    assert as_named_before(before, typed).resolved == pressed.resolved
    assert as_named_before(searching(), typed) is typed
    other = Slot("product_type", "boots", "boots", resolved=wide)
    assert as_named_before(before, other) is other


def test_a_bound_that_a_button_set_is_told_by_its_amount():
    bound = NumberConstraint("height", maximum=Decimal(110), unit="mm")
    pressed = Slot("measure", Measure("height", None, Decimal(110), "mm"), "/refine_search{}")
    wish = replace(pressed, resolved=bound)
    assert describe(searching(wish), "en") == "110 mm"
    both = replace(wish, resolved=replace(bound, minimum=Decimal(90)))
    assert describe(searching(both), "zh") == "90 mm–110 mm"
