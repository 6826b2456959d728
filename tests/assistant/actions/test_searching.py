from dataclasses import replace

import pytest

from assistant.actions.searching import search_goal, search_text
from assistant.types import SearchGoal
from catalog.types import TextConstraint
from intents.types import Slot
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
