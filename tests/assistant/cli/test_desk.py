"""``daogou agents`` and ``export-orders`` in a home where nothing was ever made."""

import json

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.cli.opening import open_storage
from assistant.settings import Settings

PASSWORD = "correct horse battery"


@pytest.fixture
def daogou(tmp_path, monkeypatch):
    monkeypatch.setenv("DAOGOU_HOME", str(tmp_path / "new" / "home"))
    return lambda *arguments, **fields: CliRunner().invoke(app, list(arguments), **fields)


def add(daogou, name, role="agent", password=PASSWORD):
    return daogou("agents", "add", name, "--role", role, "--password-stdin", input=f"{password}\n")


def agents(daogou):
    return {one["name"]: one for one in json.loads(daogou("agents", "list", "--json").stdout)}


def test_the_first_agent_of_a_fresh_home(daogou):
    assert agents(daogou) == {}
    assert add(daogou, "安娜", "supervisor").exit_code == 0
    assert agents(daogou)["安娜"]["role"] == "supervisor"
    assert add(daogou, "安娜").exit_code == 1


def test_who_was_removed_may_come_back(daogou):
    add(daogou, "anna", "supervisor")
    assert daogou("agents", "remove", "anna").exit_code == 0
    assert not agents(daogou)["anna"]["active"]
    assert add(daogou, "anna", password="another long one").exit_code == 0
    found = agents(daogou)["anna"]
    assert (found["active"], found["role"]) == (True, "agent")
    with open_storage(Settings.load()) as storage:
        assert storage.sign_in("anna", PASSWORD) is None
        assert storage.sign_in("anna", "another long one")


def test_nobody_is_removed_who_is_not_there(daogou):
    assert daogou("agents", "remove", "nobody").exit_code == 1


def test_a_fresh_home_has_no_orders_to_export(daogou, tmp_path):
    file = tmp_path / "orders.json"
    done = daogou("export-orders", str(file), "--json")
    assert (done.exit_code, json.loads(done.stdout)["orders"]) == (0, 0)
    assert json.loads(file.read_text("utf-8"))["orders"] == {}
