from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.events.reading import MOST_EVENTS, MOST_PRODUCTS, Clock, EventError, read_report
from tests.catalog.events.builders import NOW, batch, ga4, micros

CLOCK = Clock(NOW, oldest=timedelta(days=30))


def read(*events, **fields):
    return read_report(batch(*events, **fields), CLOCK)


def test_a_list_that_was_shown_keeps_its_places_and_its_model():
    sent = ga4("view_item_list", "A", "B", item_list_id="for_you", model="ease", model_version="3")
    report = read(sent, session_id="s1")
    assert report.guest == "guest:c1" == report.shopper
    first, second = report.events
    assert (first.product_id, second.product_id) == ("A", "B")
    assert (first.position, second.position) == (0, 1)
    assert (second.list_id, second.model, second.version) == ("for_you", "ease", "3")
    assert (second.session_id, second.time, second.source) == ("s1", NOW, "api")
    assert (second.kind, second.shopper) == ("view_item_list", "guest:c1")


def test_an_item_names_its_own_place_and_list():
    item = {"item_id": 17, "index": "4", "item_list_id": "own"}
    sent = {"name": "select_item", "params": {"items": [item], "item_list_id": "for_you"}}
    (one,) = read(sent).events
    assert (one.product_id, one.position, one.list_id) == ("17", 4, "own")


@pytest.mark.parametrize("name", ["search", "view_search_results"])
@pytest.mark.parametrize("words", ["red shoes", "红色跑鞋"])
def test_a_search_comes_with_what_it_showed(name, words):
    search, *found = read(ga4(name, "A", "B", search_term=words)).events
    assert (search.kind, search.query, search.product_id) == ("search", words, "")
    assert [(one.kind, one.position, one.list_id) for one in found] == [
        ("view_item_list", 0, "search_results"),
        ("view_item_list", 1, "search_results"),
    ]


def test_one_event_needs_no_batch():
    alone = {"user_id": "u1", **ga4("purchase", "A", transaction_id="T1")}
    report = read_report(alone, CLOCK)
    assert (report.user_id, report.guest, report.count) == ("u1", "", 1)
    assert (report.events[0].transaction_id, report.events[0].time) == ("T1", NOW)


def test_the_event_of_an_own_time_wins_over_the_batch():
    earlier = NOW - timedelta(hours=1)
    sent = ga4("view_item", "A") | {"timestamp_micros": micros(earlier)}
    assert [one.time for one in read(sent, ga4("view_item", "B")).events] == [earlier, NOW]


def test_a_clock_a_little_ahead_is_set_right_and_one_far_ahead_refused():
    ahead = read(ga4("view_item", "A"), timestamp_micros=micros(NOW + timedelta(minutes=9)))
    assert ahead.events[0].time == NOW
    future = read(ga4("view_item", "A"), timestamp_micros=micros(NOW + timedelta(hours=3)))
    assert future.events == ()
    assert future.refused[0].field == "timestamp_micros"
    assert "3:00:00 ahead" in future.refused[0].reason
    old = read(ga4("view_item", "A"), timestamp_micros=micros(NOW - timedelta(days=31)))
    assert "30 days ago" in old.refused[0].reason


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (ga4("page_view", "A"), "name"),
        (ga4("view_item"), "params.items"),
        (ga4("view_item", ""), "params.items.0.item_id"),
        (ga4("view_item", "x" * 256), "params.items.0.item_id"),
        (ga4("view_item", "x\0"), "params.items.0.item_id"),
        (ga4("search", search_term="\ud800"), "params.search_term"),
        (ga4("view_item_list", "A"), "params.item_list_id"),
        (ga4("search"), "params.search_term"),
        (ga4("search", search_term="  "), "params.search_term"),
        (ga4("rate", "A"), "params.rating"),
        (ga4("rate", "A", rating=6), "params.rating"),
        (ga4("rate", "A", rating="NaN"), "params.rating"),
        ({"params": {}}, "name"),
        ("view_item", ""),
        (None, ""),
        ({"name": "dismiss", "params": {"items": [{"index": 1}]}}, "params.items.0.item_id"),
        (
            {"name": "view_item", "params": {"items": [{"item_id": "A", "index": -1}]}},
            "params.items.0.index",
        ),
    ],
)
def test_a_wrong_event_is_named_and_the_others_are_taken(sent, field):
    report = read(ga4("view_item", "A"), sent, ga4("dismiss", "B"))
    assert [one.product_id for one in report.events] == ["A", "B"]
    (refused,) = report.refused
    assert (refused.event, refused.field) == (1, field)
    assert refused.reason


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], ""),
        ("x", ""),
        ({}, "events"),
        (batch(), "events"),
        (batch(ga4("view_item", "A"), client_id=""), "client_id"),
        (batch(ga4("view_item", "A"), client_id="x" * 300), "client_id"),
        (batch(ga4("view_item", "A"), user_id="guest:c2"), "user_id"),
        (batch(ga4("view_item", "A"), timestamp_micros="soon"), "timestamp_micros"),
        (batch(ga4("view_item", "A"), timestamp_micros=10**30), "timestamp_micros"),
        (batch(*[ga4("view_item", "A")] * (MOST_EVENTS + 1)), "events"),
    ],
)
def test_a_wrong_report_is_refused_whole(body, field):
    with pytest.raises(EventError) as caught:
        read_report(body, CLOCK)
    assert caught.value.field == field


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "params", "items", "item_id", "x"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_JSON, min_size=1, max_size=3))
def test_any_json_is_taken_or_refused_with_a_reason(events):
    report = read_report({"client_id": "c", "events": events}, CLOCK)
    assert len({one.event for one in report.refused}) == len(report.refused)
    assert all(one.reason for one in report.refused)


def test_a_report_names_only_so_many_products():
    shown = ga4("view_item_list", *[f"p{item}" for item in range(200)], item_list_id="home")
    report = read_report(batch(*[shown] * 12), CLOCK)
    assert (len(report.events), report.count, report.acts) == (MOST_PRODUCTS, 12, 12)
    assert [one.event for one in report.refused] == [10, 11]
    assert "2000 products" in report.refused[0].reason
