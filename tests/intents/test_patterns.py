from random import Random

import pytest

from intents.examples import ExampleError
from intents.patterns import Choice, Fill, Fixed, fills, flatten, parse_pattern


def test_reads_fills_with_role_language_and_form():
    assert parse_pattern("a {color!exclude@en} {product_type#plural}", "x:1") == (
        "a ",
        Fill("color", "exclude", "en"),
        " ",
        Fill("product_type", plural=True),
    )


def test_reads_nested_choices_and_annotated_words():
    pattern = parse_pattern(r"(hi (there|{brand})|) [(it|this)](reference)\(x\)", "x:1")
    assert pattern == (
        Choice((("hi ", Choice((("there",), (Fill("brand"),)))), ())),
        " ",
        Fixed((Choice((("it",), ("this",))),), "(reference)"),
        "(x)",
    )
    assert [fill.name for fill in fills(pattern)] == ["brand"]


def test_flatten_makes_every_choice():
    pattern = parse_pattern("(a|b(c|d))", "x:1")
    seen = {"".join(flatten(pattern, Random(seed))) for seed in range(60)}
    assert seen == {"a", "bc", "bd"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("(a|b", r"x\.yml:7: '\(' without '\)'.*close it"),
        ("a)", r"x\.yml:7: '\)' without '\('"),
        ("a|b", r"x\.yml:7: '\|' without '\('"),
        ("{color", r"x\.yml:7: '{' without its partner"),
        ("color}", r"x\.yml:7: '}' without its partner"),
        ("{}", r"x\.yml:7: no slot named"),
        ("{color!maybe}", r"x\.yml:7: unknown role 'maybe'.*use one of exclude"),
        ("{color@fr}", r"x\.yml:7: unknown language 'fr'"),
        ("{color#dual}", r"x\.yml:7: unknown form 'dual'"),
        ("[{color}](color)", r"x\.yml:7: a slot within a slot"),
    ],
)
def test_a_broken_line_names_place_and_cure(line, problem):
    with pytest.raises(ExampleError, match=problem):
        parse_pattern(line, "x.yml:7")
