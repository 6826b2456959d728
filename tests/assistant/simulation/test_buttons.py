import json
from decimal import Decimal

import pytest

from assistant.simulation.buttons import drops, leaves_open, narrowing, true_of
from assistant.types import Suggestion
from tests.assistant.simulation.shop import BRANDS, COLORS, color, shirt

SHIRT = shirt(1, "20", COLORS[:1], BRANDS[0])


def button(slots, title="x", intent="/refine_search"):
    return Suggestion(title, intent + json.dumps(slots, ensure_ascii=False))


@pytest.mark.parametrize(
    ("slots", "is_true"),
    [
        ({"color": "red"}, True),
        ({"color": "black"}, False),
        ({"brand": "Acme"}, True),
        ({"brand": "Bolt"}, False),
        ({"product_type": "T-shirts"}, True),
        ({"product_type": "shoes"}, False),
        ({"price": {"minimum": "10", "maximum": "20", "currency": "USD"}}, True),
        ({"price": {"minimum": "21", "currency": "USD"}}, False),
        ({"measure": {"attribute": "length", "maximum": "80", "unit": "cm"}}, True),
        ({"measure": {"attribute": "length", "minimum": "80", "unit": "cm"}}, False),
        ({"feature": {"attribute": "stretch", "value": True}}, True),
        ({"feature": {"attribute": "waterproof", "value": True}}, False),
        ({"feature": {"attribute": "season", "value": "all seasons"}}, True),
    ],
)
def test_a_button_is_true_of_a_record_or_not(slots, is_true):
    (found,) = narrowing((button(slots),))
    assert true_of(found, SHIRT, ()) is is_true


def test_a_button_must_go_with_what_was_told():
    both = shirt(1, colors=COLORS, sizes=("M",))
    (red,) = narrowing((button({"color": "burgundy"}),))
    assert true_of(red, both, (color(COLORS[0]),))
    (black,) = narrowing((button({"color": "black"}),))
    assert not true_of(black, both, (color(COLORS[0]),))


@pytest.mark.parametrize(
    "suggestion",
    [
        Suggestion("Show more", "/show_more"),
        Suggestion("Compare", "/compare_products"),
        Suggestion("Any", "/refine_search"),
        button({"comparative": "cheaper"}),
        button({"attribute": "price"}, intent="/relax_search"),
        button({"color": "red", "brand": "Acme"}),
        button({"price": {"maximum": "many", "currency": "USD"}}),
        Suggestion("broken", "/refine_search{"),
    ],
)
def test_other_buttons_are_no_answers(suggestion):
    assert narrowing((suggestion,)) == []


def test_the_ways_out_are_found():
    any_, drop = (
        Suggestion("Any", "/refine_search"),
        button({"attribute": "price"}, "", "/relax_search"),
    )
    assert leaves_open((drop, any_)) is any_
    assert leaves_open((drop,)) is None
    assert drops((any_, drop), "price") is drop
    assert drops((any_, drop), "brand") is None


def test_bounds_are_read_as_numbers():
    (one,) = narrowing((button({"price": {"minimum": "10.50", "currency": "USD"}}, "from $10.50"),))
    assert (one.wish.minimum, one.wish.maximum, one.title) == (
        Decimal("10.50"),
        None,
        "from $10.50",
    )
