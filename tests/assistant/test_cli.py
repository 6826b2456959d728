"""The command line as a shop's developer and a program use it, on a copy of the demo shop."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.cli.serving import model_problem
from assistant.settings import Settings

COMMANDS = ("serve", "chat", "parse", "test", "search", "recommend", "import", "index")
COMMANDS += ("actions", "doctor", "inspect")


@pytest.fixture(scope="module")
def home(kept_demo_home, tmp_path_factory):
    return shutil.copytree(kept_demo_home, tmp_path_factory.mktemp("cli") / "home", symlinks=True)


@pytest.fixture
def daogou(home, monkeypatch):
    monkeypatch.setenv("DAOGOU_HOME", str(home))
    return lambda *arguments, **fields: CliRunner().invoke(app, list(arguments), **fields)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(daogou, command):
    shown = daogou(command, "--help")
    assert shown.exit_code == 0
    assert "Usage: " in shown.stdout


def test_wrong_use_ends_with_2(daogou, tmp_path):
    assert daogou("fly").exit_code == 2
    assert daogou("import", str(tmp_path / "none.csv")).exit_code == 2
    assert daogou("test", str(tmp_path / "none.yml")).exit_code == 2
    assert daogou("recommend", "--language", "fr").exit_code == 2


def test_a_wrong_setting_is_one_clear_line(daogou, monkeypatch):
    monkeypatch.setenv("DAOGOU_SERVER__PORT", "many")
    failed = daogou("search", "mug")
    assert failed.exit_code == 2
    assert "server.port = 'many'" in failed.stderr
    assert "Traceback" not in failed.output


def test_doctor_says_where_things_are(daogou, home):
    shown = daogou("doctor", "--json")
    report = json.loads(shown.stdout)
    assert report["places"]["home"] == str(home)
    assert int(report["places"]["products"]) > 1_500
    assert shown.exit_code == (1 if report["problems"] else 0)
    kind = "examples" if report["understanding"]["problem"] else "model"
    assert report["understanding"]["kind"] == kind


@pytest.mark.parametrize("manifest", [None, "{", '{"format": 0}', '{"format": 1}'])
def test_doctor_names_the_command_for_a_model_that_is_not_whole(
    daogou, home, tmp_path, monkeypatch, manifest
):
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, "utf-8")
    assert "daogou train nlu" in model_problem(Settings.load(home), tmp_path)
    assert "daogou train nlu" in model_problem(Settings.load(tmp_path / "new"), tmp_path)
    problem = f"there is no model in {tmp_path}; run `daogou train nlu`"
    monkeypatch.setattr("assistant.cli.serving.model_problem", lambda _: problem)
    shown = daogou("doctor", "--json")
    assert shown.exit_code == 1
    assert ["model", problem] in json.loads(shown.stdout)["problems"]


def test_chat_reads_and_writes_lines(daogou):
    lines = [
        {"session": "en", "text": "running shoes under $80"},
        {"session": "zh", "text": "300块以内的蓝牙耳机"},
        {"session": "en", "text": "compare the first two", "user": "user-001"},
        {"session": "en"},
        {"session": "zh", "text": "第一个怎么样"},
    ]
    written = "\n".join([json.dumps(line) for line in lines] + ["not json", ""])
    shown = daogou("chat", "--json", input=written)
    replies = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [one.get("action") for one in replies] == [
        "search_products", "search_products", "compare_products", None,
        "show_product_detail", None,
    ]  # fmt: skip
    assert "text" in replies[3]["error"]
    assert replies[2]["turn"] == 2
    assert replies[4]["products"][0]["id"] == replies[1]["products"][0]["id"]
    assert {"session", "turn", "language", "text", "products", "suggestions", "action", "intents",
            "slots", "cart", "handoff", "timings_ms"} == replies[0].keys()  # fmt: skip


def test_parse_search_and_recommend_write_json(daogou):
    parsed = json.loads(daogou("parse", "--json", "红色的连衣裙，M码").stdout)
    assert {slot["name"] for slot in parsed["slots"]} >= {"color", "product_type", "size"}
    found = json.loads(daogou("search", "--json", "-k", "3", "waterproof jacket").stdout)
    assert len(found["products"]) == 3
    advised = json.loads(daogou("recommend", "--json", "user-001").stdout)
    assert advised[0]["id"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--minimum-price", "50", "--maximum-price", "20"), "50.0 is above maximum_price 20.0"),
        (("--where", "memroy>=8 GB"), "no product has the attribute 'memroy'"),
        (("--where", "memory>=16 GB", "--where", "memory<=8 GB"), "minimum 16 is above maximum 8"),
        (("--sort", "cheap"), "expected an order"),
    ],
)
def test_a_filter_that_cannot_hold_is_one_clear_line(daogou, arguments, said):
    failed = daogou("search", "laptop", *arguments)
    assert failed.exit_code == 2
    assert said in " ".join(failed.stderr.split())
    assert "Traceback" not in failed.output


def test_conditions_orders_and_facets_of_a_search(daogou):
    options = ("--where", "memory>=16 GB", "--sort", "weight:ascending", "--facets", "--json")
    found = json.loads(daogou("search", "笔记本电脑", *options).stdout)
    assert found["total"] > 3
    brands = next(one for one in found["facets"] if one["name"] == "brand")
    assert all(value["count"] <= found["total"] for value in brands["values"])
    shown = daogou("search", "laptop", "-k", "1", "--facets").stdout
    assert "Price: " in shown


def test_doctor_names_what_a_merchandising_file_names_in_vain(daogou, home, monkeypatch):
    monkeypatch.setenv("DAOGOU_SHOP__MERCHANDISING", "rules.yml")
    (home / "rules.yml").write_text("rules: [{pin: [none-1]}]", "utf-8")
    problems = json.loads(daogou("doctor", "--json").stdout)["problems"]
    assert ["merchandising", "rules.yml: no product 'none-1' in the shop"] in problems
    (home / "rules.yml").write_text("rules: [{pinn: [x]}]", "utf-8")
    assert "unknown key pinn" in daogou("doctor", "--json").stdout
    assert daogou("search", "mug").exit_code == 2


def test_what_is_for_people_is_a_table(daogou):
    assert "¥" in daogou("search", "--sort", "price_ascending", "-k", "2", "跑步鞋").stdout


def test_scripted_conversations_pass_or_fail_with_1(daogou, tmp_path):
    script = """
test_cases:
- test_case: a search
  steps:
  - user: running shoes
  - action_executed: {action}
"""
    good, bad = tmp_path / "good.yml", tmp_path / "bad.yml"
    good.write_text(script.format(action="search_products"), "utf-8")
    bad.write_text(script.format(action="show_cart"), "utf-8")
    assert daogou("test", str(good)).exit_code == 0
    failed = daogou("test", str(good), str(bad), "--json")
    assert failed.exit_code == 1
    results = json.loads(failed.stdout)
    assert (results["passed"], results["failed"]) == (1, 1)
    assert [len(one["failures"]) for one in results["cases"]] == [0, 1]
    wrong = results["cases"][1]["failures"][0]
    assert (wrong["expected"], wrong["got"]) == ("action show_cart", "search_products")
    assert wrong["text"].startswith(("Here", "I found", "running shoes"))
    counts = results["coverage"]["actions"]["counts"]
    assert (counts["search_products"], counts["greet"]) == (2, 0)
    assert "greet" in results["coverage"]["actions"]["never"]
    assert "found" not in results["coverage"]["responses"]["never"]
    assert "search_product" not in results["coverage"]["intents"]["never"]


def test_a_failing_conversation_is_shown_as_a_difference_and_in_junit(daogou, tmp_path):
    script = tmp_path / "bad.yml"
    script.write_text(
        "test_cases: [{test_case: '看鞋 [x]', steps: [{user: 跑步鞋}, {language: en}]}]", "utf-8"
    )
    shown = daogou("test", str(script), "--junit", str(tmp_path / "out" / "junit.xml"))
    assert shown.exit_code == 1
    lines = [line.strip() for line in shown.stdout.splitlines()]
    assert lines[0] == "✗ 看鞋 [x]"
    assert "» 跑步鞋" in lines
    assert lines[-2:] == ["- language en", "+ zh"]
    told = " ".join(shown.stderr.split())
    assert "0 passed, 1 failed" in told
    assert "actions: 1 of" in told
    assert 'failures="1"' in (tmp_path / "out" / "junit.xml").read_text("utf-8")


def test_a_recorded_conversation_passes_as_a_test_and_can_be_inspected(daogou, tmp_path):
    record = tmp_path / "recorded.yml"
    said = [
        {"session": "rec-en", "text": "running shoes under $80, not red"},
        {"session": "rec-zh", "text": "有没有300块以内的蓝牙耳机"},
        {"session": "rec-en", "text": "add the second one in size 42 to my cart"},
        {"session": "rec-zh", "text": "第二个怎么样"},
        {"session": "rec-zh", "text": "qwrtzp"},
    ]
    lines = "\n".join(json.dumps(one) for one in said)
    assert daogou("chat", "--json", "--record", str(record), input=lines).exit_code == 0
    assert daogou("test", str(record)).exit_code == 0
    again = daogou("chat", "--json", "--record", str(record), input=lines)
    assert again.exit_code == 2
    assert "is there already" in " ".join(again.stderr.split())
    text = record.read_text("utf-8")
    record.write_text(text.replace("action_executed: add_to_cart", "action_executed: greet"))
    assert daogou("test", str(record)).exit_code == 1

    told = json.loads(daogou("inspect", "rec-en", "--json").stdout)
    assert [one["text"] for one in told["turns"]] == [said[0]["text"], said[2]["text"]]
    assert told["turns"][1]["decided"]["action"] == "add_to_cart"
    assert any("'the second one' points at" in why for why in told["turns"][1]["why"])
    assert told["state"]["cart"][0]["quantity"] == 1
    shown = daogou("inspect", "rec-zh").stdout
    assert "有没有300块以内的蓝牙耳机" in shown
    assert "search_product" in shown
    assert daogou("inspect", "nobody").exit_code == 2


FEED = """id,title,price,link
A1,Copper kettle,39.90 USD,https://shop.example/a1
A2,,12 USD,https://shop.example/a2
A3,Brass kettle,-5 USD,https://shop.example/a3
"""


def test_an_import_reports_and_is_found_at_once(daogou, tmp_path, monkeypatch, encoder_folder):
    own = tmp_path / "own"
    (own / "encoder").mkdir(parents=True)
    (own / "encoder" / "multilingual-e5-small").symlink_to(encoder_folder)
    monkeypatch.setenv("DAOGOU_HOME", str(own))
    feed = tmp_path / "feed.csv"
    feed.write_text(FEED, "utf-8")
    report = json.loads(daogou("import", str(feed), "--format", "google", "--json").stdout)
    assert (report["read"], report["added"], report["rejected"]) == (3, 1, 2)
    rejects = Path(report["rejects_file"]).read_text("utf-8").splitlines()
    rejected = [json.loads(line) for line in rejects]
    assert sorted(one["line"] for one in rejected) == [3, 4]
    found = json.loads(daogou("search", "--json", "kettle").stdout)
    assert [one["id"] for one in found["products"]] == ["A1"]
    assert found["products"][0]["price"] == 3990
    rebuilt = json.loads(daogou("index", "--rebuild", "--json").stdout)
    assert rebuilt["products"] == 1


def test_doctor_names_what_the_shops_own_files_lack(daogou, home):
    (home / "responses").mkdir()
    (home / "responses" / "en.yml").write_text("removed: Gone.", "utf-8")
    (home / "sizes.yml").write_text("charts: [", "utf-8")
    (home / "bundles.yml").write_text("- name: {en: Camping, zh: 露营}\n  words: 3", "utf-8")
    shown = daogou("doctor", "--json")
    problems = json.loads(shown.stdout)["problems"]
    assert any("removed" in text for name, text in problems if name == "responses")
    sizes, bundles = (text for name, text in problems if name == "files")
    assert "sizes.yml:1: broken YAML" in sizes
    assert "bundles.yml:2: 0.words" in bundles
    assert all(text.endswith("mend this line") for text in (sizes, bundles))
    assert shown.exit_code == 1
