from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from assistant.cli.parse_view import marked_text, parse_view, write_constraint, write_value
from catalog.types import FlagConstraint, NumberConstraint, TextConstraint
from intents.types import (
    NOTHING_BEFORE,
    DateRange,
    Intent,
    Measure,
    NLUResult,
    ParseContext,
    PriceRange,
    Reference,
    Slot,
)
from tests.intents.labelled import slot, understood


def lines(result, width=80):
    return [line.rstrip() for line in marked_text(result, width).plain.split("\n")]


def shown(result, context=NOTHING_BEFORE, width=110):
    console = Console(width=width, file=StringIO())
    console.print(parse_view(result, context, "model", width))
    return console.file.getvalue()


def test_labels_that_would_touch_hang_lower():
    result = understood("the red shoes not leather", {}, ("color", "red"),
                        ("product_type", "shoes"), ("material", "leather", "exclude"))  # fmt: skip
    assert lines(result) == [
        "the red shoes not leather",
        "    ━━━ ━━━━━     ┄┄┄┄┄┄┄",
        "    │   │         not material",
        "    │   product_type",
        "    color",
    ]


def test_chinese_characters_stand_over_their_labels():
    result = understood("想要红色连衣裙", {}, ("color", "红色"), ("product_type", "连衣裙"))
    _, bars, *labels = lines(result)
    assert bars == " " * cell_len("想要") + "━" * cell_len("红色连衣裙")
    assert labels == ["    │   product_type", "    color"]
    assert bars.index("━") == labels[1].index("color") == 4


def test_spans_that_begin_together_share_a_label():
    result = understood("the red one", {}, ("reference", "the red one"),
                        ("color", "the red", "reference"))  # fmt: skip
    assert lines(result)[2] == "reference, → color"


def test_slots_outside_the_text_and_text_without_slots_are_plain():
    assert lines(NLUResult("hi", "en", slots=(Slot("product_id", "A1"),))) == ["hi"]
    assert lines(NLUResult("", "en")) == [""]


@pytest.mark.parametrize("text", ["red shoes " * 40, "红色的鞋子" * 40, "x" * 400])
@pytest.mark.parametrize("width", [30, 80])
def test_long_texts_are_cut_to_the_width(text, width):
    result = NLUResult(text, "en", slots=(slot(text, "color", text[20:24]),))
    written = lines(result, width)
    assert max(map(cell_len, written)) <= width
    assert [line.strip() for line in written].count("color") == 1


def test_a_span_is_not_cut_when_it_fits():
    text = "I would like something in dark blue"
    cut = lines(understood(text, {}, ("color", "dark blue")), 36)
    assert cut[0].endswith("something in")
    assert cut[1] == "dark blue"


def test_intents_have_bars_and_the_context_is_told():
    result = understood("42", {"select_product": 0.75, "add_to_cart": 0.5}, ("size", "42"))
    text = shown(result, ParseContext("search_products", "size"))
    bars = {line.split()[-3]: line.count("━") for line in text.splitlines() if " 0." in line}
    assert bars == {"select_product": 15, "add_to_cart": 10}
    assert "after      search_products" in text
    assert "asked for  size" in text
    assert "read by    the rules and the joint model" in text


def test_what_was_not_understood_says_so():
    guesses = (Intent("search_product", 0.3),)
    text = shown(NLUResult("blah", "en", out_of_scope=True, guesses=guesses))
    assert "out of scope" in text
    assert "intents   none" in text
    assert "guesses   search_product  0.30" in text


def test_slots_are_a_table_with_roles_constraints_and_scores():
    price = PriceRange(maximum=Decimal(80), currency="USD", spoken_currency=True)
    slots = (
        Slot(
            "material", "silk", "silk", 4, 8, "exclude", 0.87, TextConstraint("fabric", ("silk",))
        ),
        Slot("price", price, "under $80", 9, 18),
    )
    rows = [
        line.split() for line in shown(NLUResult("not silk under $80", "en", (), slots)).split("\n")
    ]
    assert ["material", "silk", "exclude", "silk", "fabric", "=", "silk", "0.87"] in rows
    assert ["price", "under", "$80", "include", "≤", "80", "USD", "—", "1.00"] in rows


def test_markup_in_a_message_is_text():
    text = "[bold]red[/] [/nothing]"
    assert text in shown(understood(text, {}, ("color", "red")))
    assert "[bold]" in shown(
        NLUResult(text, "en", slots=(Slot("color", "[bold]", "[bold]", 0, 6),))
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (PriceRange(Decimal(20), Decimal(50), "CNY"), "20 to 50 CNY?"),
        (PriceRange(maximum=Decimal(80)), "≤ 80"),
        (Measure("memory", Decimal(8), None, "GB"), "memory ≥ 8 GB"),
        (Measure("", Decimal(15), Decimal(15), "inch"), "= 15 inch"),
        (DateRange(None, date(2026, 5, 1)), "≤ 2026-05-01"),
        (Reference((1, -1)), "1, -1"),
        (Reference(first=2), "the first 2"),
        (Reference(everything=True), "all that was shown"),
        (Reference(extreme="dearest"), "the dearest of what was shown"),
        (Reference(), "what was spoken of last"),
        ("red", "red"),
        (2, "2"),
    ],
)
def test_values_are_written_short(value, written):
    assert write_value(value) == written


@pytest.mark.parametrize(
    ("constraint", "written"),
    [
        (None, "—"),
        (TextConstraint("color", ("red", "crimson")), "color = red | crimson"),
        (NumberConstraint("weight", None, Decimal("1.5"), "kg"), "weight ≤ 1.5 kg"),
        (FlagConstraint("waterproof", False), "waterproof = no"),
    ],
)
def test_constraints_are_written_short(constraint, written):
    assert write_constraint(constraint) == written
