"""``daogou simulate`` on a copy of the demo shop, which it must leave as it is."""

import json
import shutil
import sqlite3

import pytest
from typer.testing import CliRunner

from assistant.cli import app


@pytest.fixture(scope="module")
def home(kept_demo_home, tmp_path_factory):
    return shutil.copytree(kept_demo_home, tmp_path_factory.mktemp("sim") / "home", symlinks=True)


@pytest.fixture
def daogou(home, monkeypatch):
    monkeypatch.setenv("DAOGOU_HOME", str(home))
    return lambda *arguments: CliRunner().invoke(app, ["simulate", *arguments])


def kept(home):
    """How many conversations, tickets and events the shop holds."""
    with sqlite3.connect(home / "daogou.db") as database:
        tables = ("conversation", "turn", "ticket", "interaction")
        return [database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables]


def test_a_run_is_reported_kept_out_of_the_shop_and_the_same_again(daogou, home, tmp_path):
    before = kept(home)
    folder = tmp_path / "out"
    first = daogou("--goals", "2", "--seed", "3", "--json", "--out", str(folder))
    assert first.exit_code == 0, first.output
    found = json.loads(first.stdout)
    assert {"success@5", "success@10", "average_turns", "constraint_violations",
            "unbacked_claims", "languages", "peers"} <= found.keys()  # fmt: skip
    assert found["goals"] == 4
    assert {"en", "zh"} == found["languages"].keys()
    assert found["languages"]["zh"]["goals"] == 2
    assert list(found["peers"]) == ["search_only", "random_question"]
    for peer in found["peers"].values():
        for against in (peer["against"], *peer["against"]["languages"].values()):
            for figure in ("success@5", "success@10", "turns"):
                assert 0 <= against[f"{figure}_p"] <= 1
    lines = (folder / "assistant-zh.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["goal"] for line in lines] == [0, 1]
    assert json.loads((folder / "figures.json").read_text())["seed"] == 3
    assert kept(home) == before

    daogou("--goals", "2", "--seed", "3", "--no-peers", "--out", str(tmp_path / "again"))
    for language in ("en", "zh"):
        name = f"assistant-{language}.jsonl"
        assert (tmp_path / "again" / name).read_text("utf-8") == (folder / name).read_text("utf-8")


def test_the_baselines_are_told_of_and_shown_with_their_tests(daogou):
    told = " ".join(daogou("--help").output.split())
    assert "search_only" in told
    assert "random_question" in told
    shown = daogou("--goals", "1", "--language", "zh").output
    for name in ("search_only", "random_question"):
        assert f"against {name}: success@5 p = " in shown


def test_wrong_use_ends_with_2(daogou):
    failed = daogou("--language", "fr")
    assert failed.exit_code == 2
    assert "expected languages among en, zh" in " ".join(failed.stderr.split())
    assert daogou("--goals", "0").exit_code == 2
