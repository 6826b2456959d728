import pytest

from catalog.events.figures import count_lists, count_positions
from catalog.events.types import Excluded
from tests.catalog.events.builders import event

DAY = 86_400


def shown(product="A", seconds=0, list_id="for_you", model="ease", version="1", **fields):
    fields = {"position": 0} | fields
    return event(
        "view_item_list", product, seconds, list_id=list_id, model=model, version=version, **fields
    )


def figures(*events):
    return {
        (one.list_id, one.model, one.version): (
            one.impressions,
            one.clicks,
            one.carts,
            one.purchases,
        )
        for one in count_lists(events).lists
    }


def test_a_product_is_shown_chosen_and_bought():
    found = count_lists(
        [
            shown(),
            shown("B", position=1),
            event("select_item", seconds=5, list_id="for_you"),
            event("view_item", seconds=6),
            event("add_to_cart", seconds=7),
            event("purchase", seconds=90),
        ]
    )
    (one,) = found.lists
    assert (one.list_id, one.model, one.version) == ("for_you", "ease", "1")
    assert (one.impressions, one.clicks, one.carts, one.purchases) == (2, 1, 1, 1)
    assert (one.click_through, one.conversion) == (0.5, 1.0)


def test_the_order_of_arrival_does_not_matter():
    events = [shown(), event("select_item", seconds=5), event("purchase", seconds=9)]
    assert figures(*events[::-1]) == figures(*events) == {("for_you", "ease", "1"): (1, 1, 0, 1)}


def test_what_was_not_shown_earns_nothing():
    found = count_lists([shown(), event("select_item", "B", 5), event("purchase", "B", 6)])
    assert (found.lists[0].clicks, found.lists[0].purchases, found.unshown) == (0, 0, 1)
    before = count_lists([event("select_item", seconds=-5), shown()])
    assert (before.lists[0].clicks, before.unshown) == (0, 1)
    late = figures(shown(), event("select_item", seconds=DAY + 1))
    assert late == {("for_you", "ease", "1"): (1, 0, 0, 0)}
    other = figures(shown(), event("select_item", seconds=5, shopper="u2"))
    assert other == {("for_you", "ease", "1"): (1, 0, 0, 0)}


def test_two_clicks_on_one_impression_are_one():
    clicks = [event("select_item", seconds=n) for n in (1, 2, 3)]
    assert figures(shown(), *clicks) == {("for_you", "ease", "1"): (1, 1, 0, 0)}


def test_a_click_belongs_to_the_list_it_names_and_a_cart_to_the_click():
    found = figures(
        shown(list_id="search_products", model="search", version=""),
        shown(seconds=1),
        event("select_item", seconds=2, list_id="search_products"),
        event("add_to_cart", seconds=3),
    )
    assert found == {
        ("search_products", "search", ""): (1, 1, 1, 0),
        ("for_you", "ease", "1"): (1, 0, 0, 0),
    }


def test_two_versions_are_apart():
    found = figures(
        shown(),
        shown(seconds=1, version="2", shopper="u2"),
        event("select_item", seconds=2, shopper="u2"),
    )
    assert found == {("for_you", "ease", "1"): (1, 0, 0, 0), ("for_you", "ease", "2"): (1, 1, 0, 0)}


def test_programs_do_not_count():
    bots = [
        shown(shopper="bot", excluded=Excluded.BOT_AGENT),
        event("select_item", seconds=1, shopper="bot", excluded=Excluded.BOT_AGENT),
    ]
    assert figures(*bots) == {}
    assert count_lists([]).lists == ()


def test_places_have_their_own_figures():
    events = [
        shown(position=0),
        shown("B", position=1),
        shown("C", position=1, shopper="u2"),
        event("select_item", "B", 3),
    ]
    assert count_positions(events) == {0: (1, 0), 1: (2, 1)}


@pytest.mark.parametrize("kind", ["select_item", "view_item"])
def test_a_view_without_a_choice_is_a_click_too(kind):
    assert figures(shown(), event(kind, seconds=1)) == {("for_you", "ease", "1"): (1, 1, 0, 0)}
