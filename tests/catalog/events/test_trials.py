"""Two versions against each other: who counts, and when a difference is one."""

from datetime import timedelta

import pytest

from catalog.events.trials import Arm, count_arms, judge
from tests.catalog.events.builders import event

FIRST = event("view_item_list", "A", 0).time
LISTS = frozenset({"for_you"})


def shown(shopper, version, seconds=0, list_id="for_you"):
    where = {"list_id": list_id, "position": 0}
    return event("view_item_list", "A", seconds, shopper=shopper, version=version, **where)


def test_shoppers_count_once_and_each_by_what_they_did():
    events = [
        shown("安", "v1"),
        shown("安", "v1", 10),
        event("select_item", "A", 11, shopper="安", list_id="for_you"),
        event("purchase", "A", 20, shopper="安"),
        shown("bo", "v1"),
        shown("cy", ""),
        event("add_to_cart", "A", 5, shopper="cy"),
        shown("dee", "v9"),
        shown("eve", "v1", list_id="search_products"),
    ]
    found = count_arms(events, ("", "v1"), LISTS, FIRST)
    assert found == (Arm("", 1, 0, 1, 0), Arm("v1", 2, 1, 0, 1))


def test_who_was_served_by_both_or_before_the_start_is_left_out():
    events = [shown("安", ""), shown("安", "v1", 60), shown("bo", "v1"), shown("cy", "v1", 60)]
    found = count_arms(events, ("", "v1"), LISTS, FIRST + timedelta(seconds=1))
    assert [one.shoppers for one in found] == [0, 2]
    found = count_arms(events, ("", "v1"), LISTS, FIRST)
    assert [one.shoppers for one in found] == [0, 2]


def test_a_large_difference_is_none_of_chance():
    found = judge((30, 300), (60, 300), least=200)
    assert found.difference == pytest.approx(0.1)
    # z = 0.1 / sqrt(0.15 * 0.85 * 2 / 300) = 3.430
    assert found.chance == pytest.approx(0.000603, rel=0.01)
    assert found.low > 0
    assert found.significant


def test_few_shoppers_decide_nothing_however_they_differ():
    found = judge((0, 20), (20, 20), least=200)
    assert found.chance < 0.001
    assert not found.enough
    assert not found.significant


def test_equal_and_empty_arms_differ_by_chance():
    assert judge((10, 300), (10, 300), 200).chance == pytest.approx(1.0)
    for nothing in (((0, 0), (0, 0)), ((0, 9), (0, 9)), ((9, 9), (9, 9)), ((0, 0), (5, 9))):
        found = judge(*nothing, 1)
        assert found.chance == 1.0
        assert not found.significant
        assert -1 <= found.low <= found.high <= 1.1


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="at most"):
        judge((3, 2), (0, 2), 1)
