"""``GET /api/v1/recommendations/{user_id}`` over a small shop."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.responses import Responses
from assistant.web.recommendations_api import mount_recommendations
from catalog.complements import BoughtTogether
from catalog.recommending.history import History
from catalog.recommending.service import Recommending
from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.types import Interaction
from tests.catalog.encoders import WordEncoder
from tests.catalog.shop import PRODUCTS

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SHOP = SimpleNamespace(currency={"en": "USD", "zh": "CNY"}, default_language="en")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    store = ProductStore.open(f"sqlite:///{folder / 'shop.db'}")
    store.upsert(PRODUCTS, "test")
    bought = [("安", "ear-1"), ("bo", "run-1"), ("bo", "tea-1"), ("cy", "run-1"), ("cy", "tea-1")]
    store.add_interactions(Interaction(who, what, "purchase", NOW) for who, what in bought)
    search = ProductSearch.open(store, WordEncoder(), folder / "index")
    goes = BoughtTogether(store)
    recommending = Recommending(store, search, History(store, followers=(goes.follow,)), goes)
    services = SimpleNamespace(recommending=recommending)
    app = FastAPI()
    assistant = SimpleNamespace(services=services, responses=Responses.load())
    mount_recommendations(app, assistant, SimpleNamespace(shop=SHOP))
    with TestClient(app) as opened:
        yield opened
    search.close()
    store.close()


def get(client, user, **params):
    return client.get(f"/api/v1/recommendations/{user}", params=params)


def ids(answer):
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["products"]]


def test_a_known_user_gets_theirs_in_the_agreed_form(client):
    answer = get(client, "安", k=9, language="zh")
    found = answer.json()
    assert "ear-1" not in ids(answer)
    told = {name: found[name] for name in ("user_id", "kind", "language", "personal", "version")}
    assert told == {
        "user_id": "安", "kind": "for_you", "language": "zh", "personal": True, "version": "",
    }  # fmt: skip
    (one,) = [one for one in found["products"] if one["id"] == "ear-2"]
    assert (one["price"], one["currency"], one["available"]) == (26900, "CNY", True)
    assert one["title"] == "卵石蓝牙耳机"
    assert any("静听无线耳机" in reason for reason in one["reasons"])
    assert found["model"] and found["list_id"]


def test_reasons_are_true_sentences_in_the_language(client):
    (one,) = get(client, "x", kind="complement", product_id="run-1").json()["products"]
    assert (one["id"], one["reasons"]) == ("tea-1", ["bought together 2 times"])
    (one,) = get(client, "x", kind="complement", product_id="run-1", language="zh").json()[
        "products"
    ]
    assert one["reasons"] == ["一起买过2次"]


def test_an_unknown_user_gets_what_is_popular(client):
    answer = get(client, "nobody", k=1)
    assert ids(answer) == ["run-1"]
    assert answer.json()["personal"] is False


@pytest.mark.parametrize("kind", ["for_you", "trending", "popular", "gift", "reorder"])
def test_kinds_without_a_product(client, kind):
    assert get(client, "安", kind=kind).status_code == 200


@pytest.mark.parametrize("kind", ["viewed", "similar"])
def test_kinds_from_a_product(client, kind):
    found = ids(get(client, "x", kind=kind, product_id="ear-1", k=9))
    assert "ear-2" in found
    assert "ear-1" not in found


def test_categories_narrow(client):
    assert ids(get(client, "x", category="Tea")) == ["tea-1"]


@pytest.mark.parametrize(
    ("params", "status", "word"),
    [
        ({"kind": "similar"}, 422, "product_id"),
        ({"kind": "similar", "product_id": "没有"}, 404, "没有"),
        ({"kind": "nonsense"}, 422, "for_you"),
        ({"k": 0}, 422, "k"),
        ({"k": 101}, 422, "k"),
        ({"k": "many"}, 422, "k"),
        ({"language": "fr"}, 422, "language"),
        ({"currency": "dollars"}, 422, "currency"),
        ({"described": "x" * 501}, 422, "described"),
    ],
)
def test_what_is_wrong_is_named(client, params, status, word):
    answer = get(client, "安", **params)
    assert answer.status_code == status
    assert word in answer.text


def test_an_id_that_is_too_long_is_refused(client):
    assert get(client, "x" * 256).status_code == 422
