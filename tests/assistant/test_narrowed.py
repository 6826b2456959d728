from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.narrowed import read_narrowing
from assistant.types import SearchGoal
from catalog.types import FlagConstraint, NumberConstraint
from intents.types import Intent, Slot
from tests.assistant.builders import color, nlu, product_type
from tests.assistant.shelf import one_list

CHEAPER = Slot("comparative", "cheaper", "cheaper")
SONY = Slot("brand", "Sony", "Sony")
HEEL = Slot("measure", "3 cm", "3 cm", resolved=NumberConstraint("heel_height", None, Decimal(3)))
OTHER = Slot("brand", "", "another brand", role="exclude")
QUIET = Slot("feature", "noise cancelling", "noise cancelling", resolved=FlagConstraint("quiet"))


def focused():
    return one_list(focus=one_list().shown[1])


@pytest.mark.parametrize(
    ("text", "intent", "slot"),
    [
        ("something like this but cheaper", "find_similar", CHEAPER),
        ("跟这个差不多但便宜点的", "find_similar", CHEAPER),
        ("椅子换个便宜点的", "exchange_item", CHEAPER),
        ("these are too expensive for me", "", CHEAPER),
        ("cheaper than this?", "compare_products", CHEAPER),
        ("like these but in black", "find_similar", color("black")),
        ("another brand", "find_similar", OTHER),
        ("in black", "ask_availability", color("black")),
        ("另外最好黑色的", "search_product", color("black")),
        ("anything from Sony?", "search_product", SONY),
        ("anything from apple?", "search_product", Slot("product_type", "apple", "apple", 14, 19)),
        ("有没有索尼的", "ask_availability", SONY),
        ("with noise cancelling", "ask_product_detail", QUIET),
        ("noise cancelling is enough", "", QUIET),
        ("oh, and one of Sony's", "add_to_cart", replace(SONY, resolved=color("Sony").resolved)),
        ("a heel of 3 cm at most", "search_product", HEEL),
        ("鞋跟高度别超3 cm", "search_product", HEEL),
    ],
)
def test_what_narrows_by_its_form_narrows(text, intent, slot):
    assert read_narrowing(focused(), nlu(intent, slot, text=text)).intent == "refine_search"


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("the cheaper one", "select_product", (CHEAPER,)),
        ("compare them by price", "compare_products", ()),
        ("in red", "ask_availability", (color("red"),)),  # the one talked about is red
        ("does it come in black?", "ask_availability", (color("black"),)),
        ("something similar", "find_similar", ()),
        ("我买的椅子想换个便宜点的", "exchange_item", (CHEAPER,)),
        ("show me everything of Sony", "search_product", (SONY,)),
        ("show my cart", "show_cart", ()),
    ],
)
def test_what_asks_or_points_stays_as_it_is(text, intent, slots):
    said = nlu(intent, *slots, text=text)
    assert read_narrowing(focused(), said) is said


def test_without_a_list_there_is_nothing_to_narrow():
    from assistant.types import DialogueState

    said = nlu("find_similar", CHEAPER, text="something like this but cheaper")
    assert read_narrowing(DialogueState("s"), said) is said


def test_a_wish_goes_on_with_the_search_that_something_came_between():
    asked = replace(
        focused(), previous_action="clarify", goal=SearchGoal("", (product_type("bag"),))
    )
    said = nlu("search_product", color("red"), text="I was thinking of red")
    assert read_narrowing(asked, said).intent == "refine_search"
    other = nlu("search_product", product_type("shoes"), color("red"), text="red shoes")
    assert read_narrowing(asked, other) is other
    nothing = replace(asked, goal=SearchGoal())
    assert read_narrowing(nothing, said) is said


def test_and_also_begins_a_wish_and_asks_for_no_more_of_the_list():
    several = (Intent("refine_search", 0.8), Intent("show_more", 0.7))
    said = replace(nlu("refine_search", color("black"), text="哦还有，黑色的"), intents=several)
    assert [one.name for one in read_narrowing(focused(), said).intents] == ["refine_search"]
    more = replace(nlu("refine_search", color("black"), text="黑色的还有吗"), intents=several)
    assert read_narrowing(focused(), more) is more
