from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.actions.searching import measured_here, search_goal, search_text
from assistant.types import SearchGoal
from catalog.types import NumberConstraint, TextConstraint
from intents.types import Measure, Slot
from tests.assistant.builders import color, under

MUG = Slot("product_type", "mug", "mugs", resolved=TextConstraint("category", ("mugs", "马克杯")))
LOOSE = Slot("feature", "handmade", "handmade")


def found(turn, services, *wishes, query):
    goal = SearchGoal(query=query, wishes=wishes)
    return search_goal(goal, turn("search_product", goal=goal), services)


@pytest.mark.parametrize(
    "query", ["could you walk me through the steel mugs", "帮忙看看玻璃的杯子"]
)
def test_politeness_leaves_no_product_of_the_kind_out(turn, services, query):
    assert found(turn, services, MUG, query=query).total == 5
    assert found(turn, services, MUG, under(13), query=query).total == 2


def test_of_a_wider_shelf_only_what_the_words_name_is_shown(turn, services):
    narrower = replace(MUG, value="espresso cup", raw="espresso cups")
    assert found(turn, services, narrower, query="steel espresso cups").total < 5


def test_words_the_catalogue_has_no_value_for_still_choose(turn, services):
    assert found(turn, services, MUG, LOOSE, query="steel mug").total < 5
    assert found(turn, services, query="steel mug").total < 5


def test_the_text_is_the_subject_and_what_is_left_to_words():
    goal = SearchGoal(query="mug", wishes=(MUG, color("blue"), under(20), LOOSE))
    assert search_text(goal) == "mug handmade"
    assert search_text(replace(goal, query="handmade mug")) == "handmade mug"


class Measuring:
    """A shop that measures its creams by volume and its bottles by capacity."""

    def __init__(self, *measured):
        self.measured = measured

    def vocabulary(self):
        return self

    @property
    def search(self):
        return self

    def alike(self, name):
        return ("capacity", "volume") if name in ("capacity", "volume") else (name,)

    def measured_in(self, unit):
        names = {"m": ("height", "width"), "floz": ("capacity",), "oz": ("net_weight",)}
        return names.get(unit, ())

    def most_measured(self, wanted, names):
        return next((one for one in names if one in self.measured), None)


def bound(name, low, high=None, unit="ml"):
    wanted = NumberConstraint(name, Decimal(low), high and Decimal(high), unit)
    return Slot("measure", "", "40", resolved=wanted)


@pytest.mark.parametrize(("measured", "name"), [("volume", "volume"), ("capacity", "capacity")])
def test_a_bound_is_on_what_such_products_are_measured_by(turn, measured, name):
    goal = SearchGoal(wishes=(MUG, bound("capacity", 40)))
    kept = measured_here(goal, turn("refine_search", goal=goal), Measuring(measured))
    assert kept.wishes[1].resolved.name == name
    assert kept.wishes[0] == MUG


def test_a_length_may_be_the_size_that_a_thing_is_sold_in(turn):
    goal = SearchGoal(wishes=(MUG, bound("screen_size", 20, 20, "inch")))
    turned = turn("refine_search", goal=goal)
    assert measured_here(goal, turned, Measuring("size")).wishes[1].resolved.name == "size"
    assert measured_here(goal, turned, Measuring("screen_size", "size")) == goal
    volume = SearchGoal(wishes=(MUG, bound("volume", 20)))
    assert measured_here(volume, turned, Measuring("size")) == volume


def test_how_many_a_thing_is_for_rules_nothing_out_where_nobody_counts(turn):
    goal = SearchGoal(wishes=(MUG, bound("people", 4, 4, "")))
    turned = turn("refine_search", goal=goal)
    assert measured_here(goal, turned, Measuring("people")) == goal
    assert measured_here(goal, turned, Measuring()).wishes[1].resolved is None
    anything = SearchGoal("play", goal.wishes[1:])
    assert measured_here(anything, turned, Measuring("people")).wishes[0].resolved is None


@pytest.mark.parametrize(
    ("unit", "measured", "expected"),
    [
        ("m", ("width",), ("width", "m")),
        ("m", ("width", "height"), None),
        ("m", (), None),
        ("oz", ("capacity", "net_weight"), ("capacity", "floz")),
        ("oz", ("net_weight",), ("net_weight", "oz")),
        ("cups", ("capacity",), None),
        ("", ("capacity",), None),
    ],
)
def test_a_bare_unit_is_of_the_one_attribute_that_such_things_have_in_it(
    turn, unit, measured, expected
):
    amount = Decimal(12)
    wish = Slot("measure", Measure("", amount, amount, unit), "12")
    goal = SearchGoal(wishes=(MUG, wish))
    kept = measured_here(goal, turn("refine_search", goal=goal), Measuring(*measured))
    bound = expected and NumberConstraint(expected[0], amount, amount, expected[1])
    assert kept.wishes[1].resolved == bound


def test_a_bare_unit_without_a_kind_of_thing_stays_open(turn):
    wish = Slot("measure", Measure("", None, Decimal(2), "m"), "2 m")
    goal = SearchGoal("long", (wish,))
    assert measured_here(goal, turn("refine_search", goal=goal), Measuring("width")) == goal
