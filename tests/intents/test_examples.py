import textwrap

import pytest

from intents.examples import ExampleError, load_file, load_folder
from intents.types import Slot

GOOD = """
version: "3.1"
nlu:
  - intent: search_product
    examples: |
      - [red](color) [shoes](product_type)

      - [jeans](product_type), not [blue]{"entity": "color", "role": "exclude"}
  - synonym: trousers
    examples: |
      - slacks
  - intent: greet
    examples: |
      - hello
      # a note
      - hi [1] and (2)
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def test_reads_texts_slots_and_lines(tmp_path):
    examples = load_file(write(tmp_path / "a.yml", GOOD), "en")
    assert [(e.text, e.intent, e.line) for e in examples] == [
        ("red shoes", "search_product", 6),
        ("jeans, not blue", "search_product", 8),
        ("hello", "greet", 14),
        ("hi [1] and (2)", "greet", 16),
    ]
    assert examples[0].slots == (
        Slot("color", "red", "red", 0, 3),
        Slot("product_type", "shoes", "shoes", 4, 9),
    )
    assert examples[1].slots[1] == Slot("color", "blue", "blue", 11, 15, "exclude")
    assert examples[0].language == "en"
    assert examples[0].file.endswith("a.yml")


def test_an_annotated_value_replaces_the_words(tmp_path):
    text = """
    nlu:
    - intent: sort_results
      examples: |
        - [便宜的]{"entity": "sort_key", "value": "price_ascending"}在前
    """
    (example,) = load_file(write(tmp_path / "a.yml", text), "zh")
    assert example.text == "便宜的在前"
    assert (example.slots[0].value, example.slots[0].raw) == ("price_ascending", "便宜的")


def test_a_folder_holds_both_languages(tmp_path):
    two = "nlu:\n- intent: greet\n  examples: |\n    - {}\n    - {} !\n"
    write(tmp_path / "en" / "a.yml", two.format("hi", "hello"))
    write(tmp_path / "zh" / "a.yml", two.format("你好", "您好"))
    assert [e.language for e in load_folder(tmp_path)] == ["en", "en", "zh", "zh"]


ENTRY = "nlu:\n- intent: greet\n  examples: |\n"


@pytest.mark.parametrize(
    "line",
    [
        "in [blue(color)",
        "in [green](color",
        "in [](color)",
        "in [red] (color)",
        "in red](color) please",
        'not [blue]{"entity": "color", role: exclude',
        'not [blue] {"entity": "color"}',
        "[red](color) or [blue(color)",
        "要[蓝色](color",
        "要[蓝色(color)的[鞋](product_type)",
    ],
)
def test_half_an_annotation_is_an_error(tmp_path, line):
    path = tmp_path / "a.yml"
    path.write_text(ENTRY + f"    - {line}\n", encoding="utf-8")
    with pytest.raises(ExampleError, match=r"a\.yml:4: broken annotation.*; write \[words\]\(slot"):
        load_file(path, "en")


@pytest.mark.parametrize(
    "line", ["see [1] (the note)", "a [red] one", "shoes (size 43)", "{red}", ":-] hi", "[红色] 的"]
)
def test_brackets_of_a_text_are_no_annotation(tmp_path, line):
    path = tmp_path / "a.yml"
    path.write_text(ENTRY + f"    - {line}\n", encoding="utf-8")
    (example,) = load_file(path, "en")
    assert (example.text, example.slots) == (line, ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ENTRY + "    - [a](nonsense)\n", r"a\.yml:4: unknown slot 'nonsense'.*use one of"),
        (ENTRY + "    - a\n    b\n", r"a\.yml:5: expected '- text'"),
        (ENTRY + "    -  \n", r"a\.yml:4: expected '- text'"),
        (ENTRY + '    - [a]{"entity": "color", "role": "maybe"}\n', r"a\.yml:4: unknown role"),
        (ENTRY + "    - [a]{entity: color}\n", r"a\.yml:4: broken annotation.*write JSON"),
        ("nlu:\n- intent: x\n  examples: [1, 2]\n", r"a\.yml:2: expected 'intent: name'"),
        ("nlu:\n- just text\n", r"a\.yml:2: expected '- intent: name'"),
        ("nlu:\n  - intent: x\n examples: |\n", r"a\.yml:\d: broken YAML.*mend"),
        ("nlu: [unclosed\n", r"a\.yml:\d: broken YAML"),
        ("rules: []\n", r"a\.yml:1: expected a top-level list 'nlu:'"),
        ("", r"a\.yml:1: expected a top-level list 'nlu:'"),
        ("just words\n", r"a\.yml:1: expected a top-level list 'nlu:'"),
    ],
)
def test_a_broken_file_names_line_and_cure(tmp_path, text, problem):
    path = tmp_path / "a.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExampleError, match=problem):
        load_file(path, "en")


def test_a_wrong_encoding_names_line_and_cure(tmp_path):
    path = tmp_path / "a.yml"
    path.write_bytes("nlu:\n- intent: x\n  examples: |\n    - 你好\n".encode("gbk"))
    with pytest.raises(ExampleError, match=r"a\.yml:4: not UTF-8.*save the file as UTF-8"):
        load_file(path, "zh")


def test_one_example_of_an_intent_is_too_few(tmp_path):
    write(tmp_path / "en" / "a.yml", "nlu:\n- intent: greet\n  examples: |\n    - hi\n")
    with pytest.raises(ExampleError, match=r"a\.yml:4: intent 'greet' has one example in en; add"):
        load_folder(tmp_path)


def test_a_missing_language_is_named(tmp_path):
    with pytest.raises(ExampleError, match="en: no examples found; add"):
        load_folder(tmp_path)
