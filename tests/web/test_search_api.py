"""``GET /api/v1/search`` over a small shop, without the rest of the assistant."""

from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.web.search_api import mount_search
from catalog.search import ProductSearch
from catalog.store import ProductStore
from tests.catalog.encoders import WordEncoder
from tests.catalog.shop import PRODUCTS

SETTINGS = SimpleNamespace(shop=SimpleNamespace(currency={"en": "USD", "zh": "CNY"}))


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    store = ProductStore.open(f"sqlite:///{folder / 'shop.db'}")
    store.upsert(PRODUCTS, "test")
    search = ProductSearch.open(store, WordEncoder(), folder / "index")
    app = FastAPI()
    mount_search(app, SimpleNamespace(services=SimpleNamespace(search=search)), SETTINGS)
    with TestClient(app) as opened:
        yield opened
    search.close()
    store.close()


def found(client, **params):
    answer = client.get("/api/v1/search", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(answer):
    return [one["id"] for one in answer["products"]]


def test_words_filters_and_order_together(client):
    answer = found(client, q="running shoes", maximum_price=100, sort="price_ascending")
    assert ids(answer) == ["run-3", "run-1", "run-2"]
    assert (answer["total"], answer["matching"]) == (3, 6)
    assert answer["products"][0]["price"] == 4900
    chinese = found(client, q="跑步鞋", where=["color=蓝色"], available=True)
    assert ids(chinese) == ["run-1"]
    assert (chinese["products"][0]["price"], chinese["products"][0]["currency"]) == (45900, "CNY")


def test_conditions_on_attributes_of_every_kind(client):
    assert ids(found(client, where=["battery_life>=10 hour"])) == ["ear-1"]
    assert ids(found(client, where=["noise_cancelling=no"])) == ["ear-2"]
    assert ids(found(client, where=["weight<=0.25 kg", "color!=black"])) == ["run-1"]
    assert ids(found(client, sort="weight:descending", k=1)) == ["run-2"]


def test_pages_go_on_where_the_last_ended(client):
    whole = ids(found(client, k=8))
    pages = [ids(found(client, k=3, offset=at)) for at in (0, 3, 6)]
    assert [id_ for page in pages for id_ in page] == whole
    assert len(set(whole)) == 8


def test_facets_come_when_they_are_asked_for(client):
    assert "facets" not in found(client, q="shoes")
    facets = {one["name"]: one for one in found(client, q="跑步鞋", facets=True)["facets"]}
    assert {one["label"]: one["count"] for one in facets["brand"]["values"]} == {
        "维洛": 2,
        "诺达": 1,
    }
    assert facets["price"]["unit"] == "CNY"
    for part in facets["price"]["ranges"]:
        bounds = {f"{side}_price": part[side] for side in ("minimum", "maximum")}
        assert found(client, q="跑步鞋", **bounds)["total"] == part["count"]


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"minimum_price": 50, "maximum_price": 20}, "minimum_price 50 is above maximum_price 20"),
        (
            {"where": "wieght<=1 kg"},
            "no product has the attribute 'wieght'; the nearest are weight",
        ),
        ({"where": ["weight>=2 kg", "weight<=1 kg"]}, "minimum 2 is above maximum 1"),
        ({"where": "heavy"}, "expected a condition"),
        ({"sort": "cheap"}, "expected an order"),
    ],
)
def test_what_cannot_be_asked_is_said(client, params, said):
    answer = client.get("/api/v1/search", params=params)
    assert answer.status_code == 422
    assert said in answer.json()["error"]


@pytest.mark.parametrize(
    "params",
    [{"k": 0}, {"k": 101}, {"offset": -1}, {"minimum_price": -1}, {"minimum_rating": 6}],
)
def test_numbers_out_of_range_are_refused(client, params):
    assert client.get("/api/v1/search", params=params).status_code == 422


@pytest.mark.parametrize(
    "text",
    [
        *("a", "的", "鞋", "the and of", "的了吗", "x" * 10_000, "鞋" * 1_111, " ", "!!!", "\x00"),
        *("'; DROP TABLE product; --", '" OR 1=1', "<script>alert(1)</script>", "**b** [x](y)"),
    ],
)
def test_odd_texts_are_answered_and_hold_the_filter(client, text):
    answer = found(client, q=text, brand="Veloq")
    assert ids(answer)
    assert set(ids(answer)) <= {"run-1", "run-3"}
    assert answer["matching"] == 2
