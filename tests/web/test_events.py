"""``POST /api/v1/events`` over a small shop, without the rest of the pages."""

import json
from datetime import timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.events import add_events
from catalog.store import ProductStore
from tests.catalog.events.builders import NOW, batch, ga4, micros
from tests.catalog.shop import PRODUCTS

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15"


@pytest.fixture
def store(tmp_path):
    opened = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    opened.upsert(PRODUCTS, "test")
    yield opened
    opened.close()


@pytest.fixture
def post(store, tmp_path):
    app = FastAPI()
    add_events(app, store, Settings.load(tmp_path), lambda: NOW)
    client = TestClient(app)

    def post(body, agent=PHONE, **fields):
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"user-agent": agent, "content-type": "text/plain"}
        return client.post("/api/v1/events", content=sent, headers=headers, **fields)

    return post


def rows(store):
    return [(one.kind, one.product_id, one.shopper, one.excluded) for one in store.events()]


def test_a_batch_is_kept_once(post, store):
    shown = ga4("view_item_list", "tea-1", "ink-1", item_list_id="for_you", model="ease")
    chosen = ga4("select_item", "tea-1", item_list_id="for_you")
    answer = post(batch(shown, chosen))
    assert answer.status_code == 200
    assert answer.json() == {
        "received": 2,
        "stored": 3,
        "duplicates": 0,
        "not_counted": {},
        "rejected": [],
    }
    assert post(batch(shown, chosen)).json()["duplicates"] == 3
    assert sorted(rows(store)) == [
        ("select_item", "tea-1", "guest:c1", None),
        ("view_item_list", "ink-1", "guest:c1", None),
        ("view_item_list", "tea-1", "guest:c1", None),
    ]
    assert {one.model for one in store.events(kinds=["view_item_list"])} == {"ease"}


@pytest.mark.parametrize("words", ["oolong tea", "乌龙茶"])
def test_a_search_is_kept_in_its_own_words(post, store, words):
    assert post(batch(ga4("search", "tea-1", search_term=words))).json()["stored"] == 2
    assert next(one for one in store.events() if one.kind == "search").query == words


def test_a_guest_who_signs_in_is_joined(post, store):
    post(batch(ga4("view_item", "tea-1")))
    assert [one.user_id for one in store.interactions()] == ["guest:c1"]
    post(batch(ga4("add_to_cart", "ink-1"), user_id="u1"))
    assert [one.user_id for one in store.interactions()] == ["u1", "u1"]


@pytest.mark.parametrize("own", [{"event_id": "e1"}, {}])
def test_what_is_sent_again_after_a_sign_in_is_kept_once(post, store, own):
    viewed = ga4("view_item", "tea-1") | own
    post(batch(viewed))
    answer = post(batch(viewed, user_id="u1"))
    assert (answer.json()["stored"], answer.json()["duplicates"]) == (0, 1)
    assert [one.user_id for one in store.interactions()] == ["u1"]
    assert post(batch(viewed, client_id="", user_id="u1")).json()["stored"] == 1


def test_what_is_wrong_is_named_and_the_rest_kept(post, store):
    answer = post(batch(ga4("view_item", "tea-1"), ga4("fly", "tea-1")))
    assert answer.status_code == 200
    (refused,) = answer.json()["rejected"]
    assert (refused["event"], refused["field"]) == (1, "name")
    assert "view_item" in refused["reason"]
    assert len(rows(store)) == 1
    alone = post(batch(ga4("fly", "tea-1")))
    assert (alone.status_code, alone.json()["stored"]) == (422, 0)


def test_unknown_products_are_kept_and_do_not_count(post, store):
    assert post(batch(ga4("view_item", "gone"))).json()["not_counted"] == {"unknown_product": 1}
    assert rows(store) == [("view_item", "gone", "guest:c1", "unknown_product")]
    assert list(store.interactions()) == []


def test_the_future_is_refused(post, store):
    ahead = micros(NOW + timedelta(days=1))
    answer = post(batch(ga4("view_item", "tea-1"), timestamp_micros=ahead))
    assert answer.status_code == 422
    assert answer.json()["rejected"][0]["field"] == "timestamp_micros"
    assert rows(store) == []


def test_programs_are_kept_and_do_not_count(post, store):
    answer = post(batch(ga4("view_item", "tea-1"), user_id="u1"), "Googlebot/2.1")
    assert answer.json()["not_counted"] == {"bot_agent": 1}
    assert list(store.interactions()) == []
    assert store.guests_of("u1") == ()


def hurry(number):
    return ga4("view_item", "tea-1") | {"event_id": str(number)}


def test_nobody_looks_at_so_much_in_a_minute(post, store):
    first = post(batch(*map(hurry, range(120))))
    assert first.json()["not_counted"] == {}
    second = post(batch(*map(hurry, range(120, 160))))
    assert second.json()["not_counted"] == {"bot_rate": 40}
    other = post(batch(hurry(1), client_id="c2"))
    assert other.json()["not_counted"] == {}
    assert len(list(store.interactions())) == 121


def test_a_thousand_events_at_once_are_too_many(post, store):
    codes = []
    for start in range(0, 1_000, 100):
        answer = post(batch(*map(hurry, range(start, start + 100))))
        codes.append(answer.status_code)
    assert codes[:2] == [200, 200]
    assert set(codes[3:]) == {429}
    assert int(answer.headers["retry-after"]) >= 1
    assert "again in" in answer.json()["error"]
    assert len(rows(store)) < 400
    assert post(batch(hurry(0), client_id="c2")).status_code == 200


def test_every_product_of_an_event_counts(post, store):
    """A hundred looks at two hundred products each are no hundred events."""
    codes = []
    for start in range(8):
        many = [f"p{start}-{item}" for item in range(200)]
        answer = post(batch(*[ga4("view_item", *many)] * 100))
        codes.append(answer.status_code)
    assert codes[0] == 200
    assert set(codes[1:]) == {429}
    assert len(rows(store)) <= 2_000


def test_nobody_looks_at_so_many_products_in_a_minute(post, store):
    looked = ga4("view_item", *["tea-1"] * 100) | {"event_id": "1"}
    assert post(batch(looked)).json()["not_counted"] == {}
    again = ga4("view_item", *["tea-1"] * 30) | {"event_id": "2"}
    assert post(batch(again)).json()["not_counted"] == {"bot_rate": 1}


@pytest.mark.parametrize("kind", ["view_item_list", "purchase"])
def test_many_products_at_once_are_no_program(post, store, kind):
    for number in range(3):
        more = {"item_list_id": "home"} if kind == "view_item_list" else {}
        one = ga4(kind, *["tea-1"] * 60, **more) | {"event_id": str(number)}
        assert post(batch(one)).json()["not_counted"] == {}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"client_id": NaN}', 400),
        (b"[" * 100_000, 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"client_id": "c", "events": []}', 422),
        (b'{"client_id": "c", "events": {"name": "view_item"}}', 422),
        (b'{"events": [{"name": "view_item"}]}', 422),
    ],
)
def test_what_is_no_report_is_refused_with_a_reason(post, store, body, status):
    answer = post(body)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert rows(store) == []


def test_without_a_time_an_event_is_of_now(post, store):
    post({"client_id": "c1", **ga4("view_item", "tea-1")})
    assert [one.time for one in store.events()] == [NOW]
