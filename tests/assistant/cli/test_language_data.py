"""``daogou data check`` on small data, and on the project's own."""

import json

import pytest
from typer.testing import CliRunner

from assistant.actions import ACTIONS, REPORTED
from assistant.cli import app
from intents import checks
from intents.checks import check_data
from intents.parser import DATA
from tests.intents.labelled import write_examples

SOUND = {"en": {"greet": ["hello", "good day"]}, "zh": {"greet": ["你好", "大家好"]}}


@pytest.fixture(scope="module")
def own():
    """The findings in the project's own data."""
    return check_data(DATA, (*ACTIONS, *REPORTED))


@pytest.fixture
def daogou(tmp_path):
    data = str(tmp_path / "data")
    return lambda *more: CliRunner().invoke(app, ["data", "check", "--data", data, *more])


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes the sound data, where two examples are enough, with more beside them."""
    monkeypatch.setattr(checks, "FEWEST", 2)
    monkeypatch.setattr(checks, "INTENTS", frozenset({"greet"}))

    def files(**more):
        for language, entries in SOUND.items():
            write_examples(tmp_path / "data" / language, language, entries)
        for name, text in more.items():
            language = name[:2]
            path = tmp_path / "data" / language / f"{name}.yml"
            path.write_text(f"nlu:\n- intent: greet\n{text}", "utf-8")

    return files


ERROR = {"en_error": "  examples: |\n    - [red](colr)\n    - hi\n"}
WARNING = {"zh_warning": "  examples: |\n    - 你好！\n"}
HINT = {
    "en_hint": "  examples: |\n" + "".join(f"    - [red](color) x{n}\n" for n in range(3)),
    "en_hint2": "  examples: |\n" + "".join(f"    - a red y{n}\n" for n in range(5)),
    "zh_hint": "  examples: |\n    - [红](color)\n",
}


@pytest.mark.parametrize(
    ("found", "code", "strict_code"),
    [({}, 0, 0), (ERROR, 1, 1), (WARNING, 0, 1), (HINT, 0, 0)],
    ids=["nothing", "error", "warning", "hint"],
)
def test_the_exit_code_says_whether_the_check_failed(daogou, write, found, code, strict_code):
    write(**found)
    assert daogou().exit_code == code
    assert daogou("--fail-on-warnings").exit_code == strict_code
    assert daogou("--json").exit_code == code


def test_a_folder_without_data_is_wrong_use_and_explained(daogou, tmp_path):
    shown = daogou()
    assert shown.exit_code == 2
    assert shown.stdout == ""
    said = "".join(shown.stderr.split())
    assert str(tmp_path / "data") in said
    assert said.endswith("nameanother")
    assert "Traceback" not in shown.output


def test_findings_are_listed_with_place_problem_and_cure(daogou, write):
    write(**ERROR, **WARNING)
    shown = daogou().stdout
    said = "".join(shown.split())
    for words in ("en/en_error.yml:4", "unknownslot'colr'", "useoneof", "takeoneaway"):
        assert words in said
    assert said.index("en_error.yml") < said.index("zh_warning.yml")
    assert shown.splitlines()[-1] == "1 errors · 1 warnings · 0 hints"


def test_counts_are_listed_without_findings_too(daogou, write):
    write()
    lines = [line.split() for line in daogou().stdout.splitlines()]
    assert ["examples", "zh", "2"] in lines
    assert ["intents", "1"] in lines
    assert lines[-1] == ["0", "errors", "·", "0", "warnings", "·", "0", "hints"]


def test_brackets_in_a_problem_are_no_markup(daogou, write):
    write(en_error="  examples: |\n    - hi [bold](colr)\n    - [/red](colr)\n")
    said = "".join(daogou().stdout.split())
    assert "[bold](colr)" in said
    assert "[/red](colr)" in said


def test_hints_can_be_left_out_and_are_counted_all_the_same(daogou, write):
    write(**HINT)
    assert "mark" in daogou().stdout
    short = daogou("--no-hints").stdout
    assert "mark" not in short
    assert short.splitlines()[-1] == "0 errors · 0 warnings · 1 hints"


def test_programs_read_json(daogou, write, tmp_path):
    write(**ERROR, **HINT)
    report = json.loads(daogou("--json").stdout)
    assert (report["counts"]["examples zh"], report["counts"]["slots"]) == (3, 1)
    assert [one["level"] for one in report["findings"]] == ["error", "hint"]
    first = report["findings"][0]
    assert set(first) == {"level", "file", "line", "problem", "cure"}
    assert first["file"] == str(tmp_path / "data" / "en" / "en_error.yml")
    assert first["line"] == 4
    levels = [one["level"] for one in json.loads(daogou("--json", "--no-hints").stdout)["findings"]]
    assert levels == ["error"]


def test_json_keeps_chinese_readable(daogou, write):
    write(**WARNING)
    assert "你好！" in daogou("--json").stdout


@pytest.mark.parametrize("action", ["search_products", "clarify"])
def test_what_the_assistant_does_may_be_a_previous_action(daogou, write, action):
    entry = "  metadata:\n    previous_action: {}\n  examples: |\n    - hm\n    - so\n"
    write(en_context=entry.format(action))
    assert daogou().exit_code == 0
    write(en_context=entry.format("fly_away"))
    shown = daogou()
    assert shown.exit_code == 1
    assert "unknown" in shown.stdout
    assert "'fly_away'" in shown.stdout


def test_the_commands_explain_themselves():
    assert "check" in CliRunner().invoke(app, ["data", "--help"]).stdout
    shown = CliRunner().invoke(app, ["data", "check", "--help"]).stdout
    assert all(option in shown for option in ("--data", "--fail-on-warnings", "--json", "--hints"))


@pytest.mark.parametrize("level", ["error", "warning"])
def test_the_projects_own_data_are_sound(own, level):
    assert [one for one in own.findings if one.level == level] == []


def test_the_projects_own_data_are_all_read(own):
    assert min(own.counts.values()) > 0
    assert own.counts["intents"] == len(checks.INTENTS)


def test_without_a_folder_the_projects_own_data_are_checked(monkeypatch):
    asked = []

    def noted(folder, actions):
        asked.append(folder)
        return checks.Report((), {"examples en": 1})

    monkeypatch.setattr("assistant.cli.language_data.check_data", noted)
    assert CliRunner().invoke(app, ["data", "check"]).exit_code == 0
    assert asked == [DATA]
