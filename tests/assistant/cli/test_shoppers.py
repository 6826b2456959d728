import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.storage import Storage
from catalog.store import ProductStore
from tests.assistant.orders_shop import MARA, fill_shop
from tests.catalog.shop import PRODUCTS

CSV = """event,item_id,user_id,timestamp,search_term
view_item,tea-1,u1,2026-05-01T10:00:00Z,
search,,u1,2026-05-01T10:00:01Z,乌龙茶
fly,tea-1,u1,2026-05-01T10:00:02Z,
view_item,gone,u2,2026-05-01T10:00:03Z,
"""


@pytest.fixture
def daogou(tmp_path, monkeypatch):
    monkeypatch.setenv("DAOGOU_HOME", str(tmp_path))
    store = ProductStore.open(f"sqlite:///{tmp_path / 'daogou.db'}")
    store.upsert(PRODUCTS, "test")
    store.close()
    (tmp_path / "events.csv").write_text(CSV, "utf-8")
    return lambda *arguments, **fields: CliRunner().invoke(app, list(arguments), **fields)


def test_an_import_names_every_broken_line_and_runs_twice(daogou, tmp_path):
    file = str(tmp_path / "events.csv")
    first = daogou("import-events", file, "--json")
    report = json.loads(first.stdout)
    assert first.exit_code == 0
    assert (report["read"], report["stored"], report["rejected"]) == (4, 3, 1)
    assert report["not_counted"] == {"unknown_product": 1}
    (line,) = Path(report["rejects_file"]).read_text("utf-8").splitlines()
    rejected = json.loads(line)
    assert rejected["line"] == 4
    assert "fly" in rejected["reason"]
    again = daogou("import-events", file)
    assert "line 4:" in again.stderr
    assert "duplicates" in again.stdout


@pytest.mark.parametrize("content", [None, "", "a,b\n1,2\n"])
def test_what_is_no_file_of_events_ends_with_2(daogou, tmp_path, content):
    path = tmp_path / "wrong.csv"
    if content is not None:
        path.write_text(content, "utf-8")
    failed = daogou("import-events", str(path))
    assert failed.exit_code == 2
    assert "Traceback" not in failed.output


def test_a_rejects_file_never_replaces_the_events(daogou, tmp_path):
    file = str(tmp_path / "events.csv")
    assert daogou("import-events", file, "--rejects", file).exit_code == 2
    assert (tmp_path / "events.csv").read_text("utf-8") == CSV


def test_a_user_is_shown_and_erased(daogou, tmp_path):
    daogou("import-events", str(tmp_path / "events.csv"))
    shown = json.loads(daogou("user", "export", "u1").stdout)
    again = json.loads(daogou("user", "export", "u1", "--json").stdout)
    assert again["events"] == shown["events"]
    assert [one["query"] for one in shown["events"]] == ["", "乌龙茶"]
    assert daogou("user", "erase", "u1", input="n\n").exit_code == 1
    erased = daogou("user", "erase", "u1", "--yes", "--json")
    assert json.loads(erased.stdout) == {
        "watches and saved carts": 0,
        "conversations": 0,
        "reviews": 0,
        "events": 2,
        "trained models": 0,
        "rejected lines": 1,
        "customers and orders": 0,
        "left": {},
    }
    assert json.loads(daogou("user", "export", "u1").stdout)["events"] == []
    assert len(json.loads(daogou("user", "export", "u2").stdout)["events"]) == 1
    assert daogou("user", "export", "").exit_code == 2


def test_a_customer_is_shown_and_erased_by_their_address(daogou, tmp_path):
    url = f"sqlite:///{tmp_path / 'daogou.db'}"
    store, storage = ProductStore.open(url), Storage.open(url)
    fill_shop(store, storage)
    shown = json.loads(daogou("user", "export", MARA.email).stdout)
    assert shown["customers and orders"][0]["customer"]["id"] == "mara"
    erased = json.loads(daogou("user", "erase", MARA.email, "--yes", "--json").stdout)
    assert erased["customers and orders"] > 0
    assert erased["left"] == {}
    assert storage.customer("mara") is None
    assert storage.customer("otto") is not None
    store.close()
    storage.close()
