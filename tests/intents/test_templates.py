import textwrap
from collections import Counter
from itertools import islice
from random import Random

import pytest

from intents.examples import ExampleError
from intents.templates import expand, load_lexicons, load_templates
from intents.types import ParseContext, Slot

TEMPLATES = """
version: "3.1"
nlu:
  - intent: search_product
    weight: 3
    examples: |
      - (show me|find) a {color} {product_type}
      - {product_type#plural} but not {color!exclude}
  - intent: add_to_cart+search_product
    metadata:
      previous_action: search_products
      requested_slot: size
    examples: |
      - add [the first](reference) and show {product_type#plural} {price}
"""
CHINESE = """
nlu:
  - intent: search_product
    examples: |
      - 有没有{color@en}的{product_type}
"""
ENGLISH_WORDS = "color: [red, olive, blue]\nproduct_type: [armchair, coffee, headphones, knife]\n"
LEXICONS = {
    "en": {"color": ("red", "olive", "blue"), "product_type": ("armchair", "headphones", "knife")},
    "zh": {"product_type": ("扶手椅", "台灯")},
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "en.yml").write_text(TEMPLATES, encoding="utf-8")
    (tmp_path / "zh.yml").write_text(CHINESE, encoding="utf-8")
    return tmp_path


def one_template(tmp_path, *lines, intent="search_product"):
    block = "".join(f"    - {line}\n" for line in lines)
    text = f"nlu:\n- intent: {intent}\n  examples: |\n{block}"
    (tmp_path / "en.yml").write_text(textwrap.dedent(text), encoding="utf-8")
    return load_templates(tmp_path)


def test_spans_are_where_the_words_are(folder):
    for language in ("en", "zh"):
        examples = list(expand(load_templates(folder), LEXICONS, 30, language, Random(1)))
        assert examples
        for example in examples:
            for slot in example.slots:
                assert example.text[slot.start : slot.end] == slot.raw == slot.value


def test_intent_context_role_and_place_are_kept(folder):
    examples = list(expand(load_templates(folder), LEXICONS, 40, "en", Random(1)))
    both = next(e for e in examples if "+" in e.intent)
    assert both.context == ParseContext("search_products", "size")
    assert both.slots[0] == Slot("reference", "the first", "the first", 4, 13)
    assert (both.line, both.file) == (14, str(folder / "en.yml"))
    excluded = [s for e in examples for s in e.slots if s.role == "exclude"]
    assert {slot.name for slot in excluded} == {"color"}


def test_weight_decides_how_often(folder):
    examples = list(islice(expand(load_templates(folder), LEXICONS, 16, "en", Random(1)), 16))
    assert Counter(e.intent for e in examples)["search_product"] == 12


def test_a_seed_gives_the_same_examples_and_none_twice(folder):
    first, again, other = (
        [e.text for e in expand(load_templates(folder), LEXICONS, 30, "en", Random(seed))]
        for seed in (1, 1, 2)
    )
    assert first == again != other
    assert len(set(first)) == len(first)


def test_ends_when_there_is_no_more_to_say(tmp_path):
    templates = one_template(tmp_path, "(hi|hello)", "hey", intent="greet")
    assert {e.text for e in expand(templates, {}, 50, "en", Random(1))} == {"hi", "hello", "hey"}


def test_every_value_is_used_before_one_comes_again(tmp_path):
    templates = one_template(tmp_path, "{color} (one|two|three|four)")
    texts = [e.slots[0].raw for e in expand(templates, LEXICONS, 3, "en", Random(5))]
    assert sorted(texts) == ["blue", "olive", "red"]


def test_articles_plurals_and_spaces_are_right(tmp_path):
    line = "I want (a|an)  {product_type} , ( |)an {color} one(|, please)"
    templates = one_template(tmp_path, line, "{product_type#plural}")
    texts = {e.text for e in expand(templates, LEXICONS, 60, "en", Random(1))}
    assert {"armchairs", "headphones", "knives"} <= texts
    assert "I want an armchair, an olive one, please" in texts
    assert any(text.startswith("I want headphones, ") for text in texts)
    assert not [text for text in texts if "  " in text or " ," in text or text != text.strip()]


def test_chinese_takes_english_words_where_told(folder):
    texts = {e.text for e in expand(load_templates(folder), LEXICONS, 20, "zh", Random(1))}
    assert texts == {
        f"有没有{c}的{p}" for c in ("red", "olive", "blue") for p in ("扶手椅", "台灯")
    }


def test_a_bound_is_not_said_twice(tmp_path):
    templates = one_template(tmp_path, "{product_type} under {price}")
    for example in expand(templates, LEXICONS, 60, "en", Random(1)):
        price = example.slots[1].raw
        assert not price.startswith(("under", "below", "max", "between", "over", "from"))


def test_a_date_takes_its_preposition_into_its_span(tmp_path):
    templates = one_template(tmp_path, "can it be here by {date}")
    for example in expand(templates, LEXICONS, 20, "en", Random(1)):
        assert example.slots[0].raw == example.text.removeprefix("can it be here ")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{nonsense}", r"en\.yml:4: unknown slot 'nonsense'.*use one of"),
        ("[it](nonsense)", r"en\.yml:4: unknown slot 'nonsense'"),
        ("(a|b", r"en\.yml:4: '\(' without '\)'"),
        ("{material}", r"en\.yml:4: nothing fills 'material'.*add 'material' to the en lexicon"),
    ],
)
def test_a_broken_template_names_place_and_cure(tmp_path, line, problem):
    with pytest.raises(ExampleError, match=problem):
        list(expand(one_template(tmp_path, line), LEXICONS, 1, "en", Random(1)))


def test_a_weight_is_a_number_from_1(tmp_path):
    text = "nlu:\n- intent: greet\n  weight: 0\n  examples: |\n    - hi\n"
    (tmp_path / "en.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ExampleError, match=r"en\.yml:3: expected 'weight:' with a number from 1"):
        load_templates(tmp_path)


def test_lexicons_are_read_by_language(tmp_path):
    (tmp_path / "en.yml").write_text(ENGLISH_WORDS, encoding="utf-8")
    lexicons = load_lexicons(tmp_path)
    assert lexicons["en"]["color"] == ("red", "olive", "blue")
    assert "zh" not in lexicons


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("colour: [red]\n", r"en\.yml:1: unknown slot 'colour'.*use one of"),
        ("color: red\n", r"en\.yml:1: expected a list of values of 'color'"),
        ("color: []\n", r"en\.yml:1: expected a list of values of 'color'"),
        ("color:\n- red\n- [blue]\n", r"en\.yml:3: expected a text in 'color'"),
        ("color:\n- red\n- blue\n- red\n", r"en\.yml:2: 'red' is in 'color' twice"),
        ("- red\n", r"en\.yml:1: expected 'slot:' with a list"),
        ("", r"en\.yml:1: expected 'slot:' with a list"),
        ("color: [red\n", r"en\.yml:\d: broken YAML"),
    ],
)
def test_a_broken_lexicon_names_place_and_cure(tmp_path, text, problem):
    (tmp_path / "en.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ExampleError, match=problem):
        load_lexicons(tmp_path)
