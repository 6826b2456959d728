"""``/insights`` over a shop with one list and a trial, in both languages, and who may see it."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.build import recommender_versions
from assistant.settings import Settings
from assistant.web.insights_page import mount_insights
from catalog.events.log import EventLog
from catalog.events.types import Event
from catalog.recommenders.versions import Trial
from catalog.store import ProductStore
from tests.catalog.products import product

NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("DAOGOU_HOME", raising=False)
    settings = Settings.load(tmp_path)
    store = ProductStore.open(settings.database_url)
    store.upsert([product("茶-1")], "test")
    log = EventLog(store)
    for number in range(8):
        shown = Event(
            f"u{number}", "view_item_list", NOW - timedelta(hours=2), "茶-1",
            list_id="recommend_products", position=0, model="blend",
            version="v0002" if number % 2 else "",
        )  # fmt: skip
        log.record([shown])
    log.record([Event("u1", "select_item", NOW - timedelta(hours=1), "茶-1")])
    recommender_versions(settings).add(lambda folder: None, {})
    recommender_versions(settings).add(lambda folder: None, {})
    started = (NOW - timedelta(days=1)).isoformat()
    recommender_versions(settings).start_trial(Trial("t", "v0002", 0.5, started))
    yield settings, store
    store.close()


def client(home, token="", host="testclient"):
    settings, store = home
    chosen = settings.model_copy(
        update={"insights": settings.insights.model_copy(update={"token": token})}
    )
    app = FastAPI()
    mount_insights(app, store, chosen)
    return TestClient(app, client=(host, 1))


def test_the_figures_are_counted_and_the_trial_is_too_young(home):
    found = client(home).get("/insights.json").json()
    one, two = found["lists"]
    assert (one["version"], one["impressions"], one["clicks"]) == ("", 4, 0)
    assert (two["version"], two["impressions"], two["clicks"]) == ("v0002", 4, 1)
    assert two["click_through"] == 0.25
    arms = found["trial"]["arms"]
    assert [(arm["shoppers"], arm["clicked"]) for arm in arms] == [(4, 0), (4, 1)]
    assert found["trial"]["clicked"]["enough"] is False
    assert found["positions"] == [{"position": 0, "impressions": 8, "clicks": 1}]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Figures", "Too early to tell", "25.0 %")),
        ("zh", ("经营数据", "样本还不够", "点击率")),
    ],
)
def test_the_page_says_so_in_both_languages_with_plots(home, language, words):
    answer = client(home).get("/insights", params={"lang": language})
    assert answer.status_code == 200
    assert all(word in answer.text for word in words)
    assert answer.text.count("<rect") >= 6
    assert answer.headers["cache-control"] == "no-store"


def test_an_empty_shop_has_a_page_too(tmp_path, monkeypatch):
    monkeypatch.delenv("DAOGOU_HOME", raising=False)
    settings = Settings.load(tmp_path)
    store = ProductStore.open(settings.database_url)
    page = client((settings, store)).get("/insights", params={"lang": "zh"})
    assert page.status_code == 200
    assert "没有展示记录" in page.text
    store.close()


class TestWhoMaySee:
    @pytest.mark.parametrize("path", ["/insights", "/insights.json"])
    def test_without_a_token_only_this_machine_and_not_through_a_proxy(self, home, path):
        assert client(home, host="127.0.0.1").get(path).status_code == 200
        assert client(home, host="203.0.113.9").get(path).status_code == 403
        proxied = {"X-Forwarded-For": "203.0.113.9"}
        assert client(home, host="127.0.0.1").get(path, headers=proxied).status_code == 403

    def test_with_a_token_only_who_says_it(self, home):
        guarded = client(home, token="口令-1")
        assert guarded.get("/insights").status_code == 401
        wrong = b64encode(b"shop:nonsense").decode()
        right = b64encode("shop:口令-1".encode()).decode()
        for said, status in ((wrong, 401), (right, 200), ("%%%", 401)):
            answer = guarded.get("/insights", headers={"Authorization": f"Basic {said}"})
            assert answer.status_code == status
        assert "WWW-Authenticate" in guarded.get("/insights").headers
        plain = client(home, token="plain")
        bearer = {"Authorization": "Bearer plain"}
        assert plain.get("/insights.json", headers=bearer).status_code == 200
