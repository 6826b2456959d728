import csv
import json

import pytest

from intents.evaluation import Fold, evaluate, make_report
from intents.outcomes import run
from intents.reports import annotated, columns_of, errors_text, headline, markdown, write_report
from intents.types import Intent, ParseContext
from tests.intents.labelled import example, parser, slot, understood

pytest.importorskip("matplotlib")  # of the extra "train"

AFTER = ParseContext("search_products", "size")
EXAMPLES = [
    example("red socks", "search_product", ("color", "red"), ("product_type", "socks"), line=3),
    example("no silk", "refine_search", ("material", "silk", "exclude"), line=4, context=AFTER),
    example("你好", "greet", language="zh", line=2),
]
RESULTS = [
    understood("red socks", {"search_product": 0.95}, ("color", "red"), ("product_type", "socks")),
    understood("no silk", {}, ("material", "silk"), guesses=(Intent("deny", 0.4),)),
    understood("你好", {"greet": 0.99}),
]


@pytest.fixture(scope="module")
def report():
    return evaluate(parser(*RESULTS), EXAMPLES)


def test_headlines_stand_side_by_side(report):
    rows = {row[0]: row[1:] for row in headline(report)}
    assert columns_of(report) == ("English", "Chinese", "difference")
    assert rows["intent accuracy"] == ("50.00", "100.00", "-50.00")
    assert rows["clarifying questions"] == ("50.00", "0.00", "+50.00")
    assert rows["exact set, several intents wanted"] == ("—", "—", "—")


def test_one_language_has_no_difference():
    alone = evaluate(parser(*RESULTS), EXAMPLES[:2])
    assert columns_of(alone) == ("English",)
    assert all(len(row) == 2 for row in headline(alone))


def test_markdown_has_a_row_for_every_intent_and_slot(report):
    lines = markdown(report).splitlines()
    assert "| refine_search | 1 | 0.0 | 0.0 | 0.0 | 0 | — | — | — | — |" in lines
    assert lines.count("| material | 1 | 100.0 | 100.0 | 100.0 | 0 | — | — | — | — |") == 1
    assert "| refine_search | (asked) | 1 |" in lines
    assert "| 0.9 to 1.0 | 1 | 95.0 | 100.0 |" in lines
    assert not any(line.startswith("## Cross-validation") for line in lines)


def test_tables_are_even(report):
    for block in markdown(report).split("\n\n"):
        if block.startswith("|"):
            assert len({line.count("|") for line in block.splitlines()}) == 1


def test_folds_are_told():
    outcomes = run(parser(*RESULTS), EXAMPLES)
    told = markdown(make_report(outcomes, [Fold(1, 2, 0.5, 0.75), Fold(2, 1, 1.0, 0.0)]))
    assert "## Cross-validation in 2 folds" in told
    assert "| 1 | 2 | 50.0 | 75.0 |" in told


def test_every_error_is_listed_with_its_place(report):
    assert errors_text(report) == (
        "English: 1 of 2 not as labelled\n"
        "\n"
        "shop.yml:4\n"
        '  text     no [silk]{"entity": "material", "role": "exclude"}\n'
        "  after    search_products size\n"
        "  intent   wanted refine_search, got (asked) (0.40)\n"
        "  missing  material 'silk' at 3 to 7, exclude\n"
        "  extra    material 'silk' at 3 to 7\n"
        "\n"
        "Chinese: 0 of 1 not as labelled\n"
    )


def test_text_is_annotated_as_in_the_training_data():
    text = "the red silk one"
    slots = [slot(text, "material", "silk"), slot(text, "color", "the red", "reference"),
             slot(text, "color", "red")]  # fmt: skip
    assert annotated(text, slots) == (
        '[the red]{"entity": "color", "role": "reference"} [silk](material) one'
    )


def test_every_file_is_written(report, tmp_path):
    written = write_report(report, tmp_path / "new" / "report")
    assert {path.name for path in written} == {
        "report.md", "report.json", "errors.txt", "slots.csv",
        "confusion-en.png", "confusion-zh.png", "confidence-en.png", "confidence-zh.png",
    }  # fmt: skip
    folder = written[0].parent
    figures = json.loads((folder / "report.json").read_text("utf-8"))
    assert figures["languages"]["zh"]["intent_accuracy"] == 100
    with (folder / "slots.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["language"], row["slot"]): row for row in csv.DictReader(file)}
    assert rows["en", "material"]["f1"] == "100.0"
    assert rows["en", "material"]["role_f1"] == "0.0"
    for name in ("confusion-en.png", "confidence-zh.png"):
        assert f"({name})" in (folder / "report.md").read_text("utf-8")
