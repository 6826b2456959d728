from dataclasses import replace

import pytest

from assistant.actions import run_action
from assistant.types import Action
from catalog.sizing import SizeGuide
from tests.assistant.builders import reference

FILE = """
charts:
  - name: {en: Mugs, zh: 杯子}
    categories: [Mugs]
    sizes:
      S: {height: [150, 160], weight: [45, 52]}
      M: {height: [160, 168], weight: [52, 60]}
      XL: {height: [180, 190], weight: [80, 90]}
returns:
  - products: [T1]
    sold: 214
    too_small: 31
    too_large: 4
"""


@pytest.fixture
def sized(counter, tmp_path):
    path = tmp_path / "sizes.yml"
    path.write_text(FILE, "utf-8")
    return replace(counter, sizes=SizeGuide.open(path))


def ask(services, context, id_="T1"):
    return run_action(Action("help_with_size", ((id_, ""),)), context, services)


def test_without_measurements_the_chart_is_shown_and_they_are_asked_for(sized, turn):
    outcome = ask(sized, turn("", reference(), text="what size should I take in that?"))
    assert outcome.response == "size_chart"
    assert outcome.table[0] == ("Size", "Height", "Weight")
    assert outcome.table[1] == ("S", "150–160 cm", "45–52 kg")
    assert outcome.facts["measures"] == ("height", "weight")
    assert outcome.state.pending.slot == "measure"
    assert outcome.facts["returned"].facts == {"count": 31, "sold": 214}


@pytest.mark.parametrize(
    ("text", "language", "given"),
    [
        ("I'm 165 cm and 58 kg", "en", ("height 165 cm", "weight 58 kg")),
        ("身高165体重116斤", "zh", ("身高 165 cm", "体重 58 kg")),
    ],
)
def test_measurements_give_a_size_with_a_button(sized, turn, text, language, given):
    outcome = ask(sized, turn(text=text, language=language))
    assert (outcome.response, outcome.facts["size"]) == ("size_advised", "M")
    assert outcome.facts["given"] == given
    assert outcome.suggestions[0].payload == '/add_to_cart{"product_id": "T1", "size": "M"}'


def test_a_size_that_is_not_sold_has_no_button(sized, turn):
    outcome = ask(sized, turn(text="I'm 185 cm, 85 kg"))
    assert outcome.facts["size"] == "XL"
    assert [note.response for note in outcome.notes] == ["size_not_here"]
    assert outcome.suggestions[0].response == "add_it"


def test_outside_the_chart_nothing_is_promised(sized, turn):
    assert ask(sized, turn(text="I'm 210 cm tall")).response == "size_outside"


@pytest.mark.parametrize(
    ("text", "language"), [("I'm 165 cm and 58 kg", "en"), ("身高165体重116斤", "zh")]
)
def test_a_broken_file_leaves_the_conversation_without_charts(
    services, turn, tmp_path, caplog, text, language
):
    (tmp_path / "sizes.yml").write_text("charts: [", "utf-8")
    broken = replace(services, sizes=SizeGuide.open(tmp_path / "sizes.yml"))
    told = ask(broken, turn(text=text, language=language))
    assert told == ask(services, turn(text=text, language=language))
    assert "sizes.yml:1" in caplog.text
