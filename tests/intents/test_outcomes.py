from dataclasses import replace
from pathlib import Path

import pytest

from intents.outcomes import ASKED, NOTHING, Outcome, find_mistake, run
from intents.types import Intent, ParseContext, Slot
from tests.intents.labelled import example, parser, understood

TEXT = "red socks not silk"
LABELLED = example(TEXT, "search_product", ("color", "red"), ("material", "silk", "exclude"))
NAMES = {"color", "material"}


def outcome(intents, *slots, of=LABELLED, **fields):
    return Outcome(of, understood(of.text, intents, *slots, **fields), 1.0)


GUESSES = (Intent("refine_search", 0.4), Intent("search_product", 0.3))


@pytest.mark.parametrize(
    ("intents", "fields", "decision", "got"),
    [
        ({"search_product": 0.9}, {}, "decided", "search_product"),
        ({}, {"guesses": GUESSES}, "asked", ASKED),
        ({}, {"guesses": GUESSES, "out_of_scope": True}, "nothing", NOTHING),
        ({}, {}, "nothing", NOTHING),
        ({"out_of_scope": 0.8}, {"out_of_scope": True}, "decided", "out_of_scope"),
    ],
)
def test_what_was_decided(intents, fields, decision, got):
    one = outcome(intents, **fields)
    assert (one.decision, one.got) == (decision, got)
    assert one.is_right == (got == "search_product")


def test_the_best_of_several_intents_may_be_any_that_was_wanted():
    both = example("add it and pay", "add_to_cart+checkout")
    assert outcome({"checkout": 0.9}, of=both).wanted == "checkout"
    assert outcome({"greet": 0.9}, of=both).wanted == "add_to_cart"
    assert outcome({"checkout": 0.9, "add_to_cart": 0.8}, of=both).all_intents == {
        "add_to_cart", "checkout",
    }  # fmt: skip


def test_confidence_is_that_of_the_answer_or_of_the_question():
    assert outcome({"search_product": 0.9}).confidence == 0.9
    assert outcome({}, guesses=GUESSES).confidence == 0.4
    assert outcome({}).confidence == 0


def test_what_is_as_labelled_is_no_mistake():
    right = outcome({"search_product": 0.9}, ("color", "red"), ("material", "silk", "exclude"))
    assert find_mistake(right, NAMES) is None


def test_a_wrong_role_is_missing_and_extra():
    mistake = find_mistake(
        outcome({"search_product": 0.9}, ("color", "red"), ("material", "silk")), NAMES
    )
    assert [s.role for s in mistake.missing] == ["exclude"]
    assert [s.role for s in mistake.extra] == ["include"]
    assert not mistake.is_wrong_intent
    assert mistake.place == "shop.yml:1"


def test_slots_that_nobody_annotates_do_not_count():
    found = understood(TEXT, {"search_product": 1.0}, ("color", "red"), ("feature", "socks"))
    pressed = Slot("color", "blue")  # of a button: nowhere in the text
    found = replace(found, slots=(*found.slots, pressed))
    mistake = find_mistake(Outcome(LABELLED, found, 1.0), NAMES)
    assert (mistake.extra, [s.name for s in mistake.missing]) == ((), ["material"])


def test_one_intent_too_many_is_a_mistake():
    mistake = find_mistake(outcome({"search_product": 0.9, "greet": 0.6}), ())
    assert mistake.is_wrong_intent
    assert mistake.got == ("search_product", "greet")


def test_examples_are_parsed_in_their_context_and_timed():
    seen, told = [], []
    context = ParseContext("search_products", "size")

    def parse(text, context):
        seen.append((text, context))
        return understood(text, {"select_product": 0.9})

    labelled = [example("42", "select_product", context=context), example("hi", "greet")]
    outcomes = run(parse, labelled, lambda done, count: told.append((done, count)))
    assert seen == [("42", context), ("hi", ParseContext())]
    assert told == [(1, 2), (2, 2)]
    assert all(one.milliseconds > 0 for one in outcomes)


def test_a_parser_by_heart_is_always_right():
    result = understood("hi", {"greet": 1.0})
    assert run(parser(result), [example("hi", "greet")])[0].is_right


def test_places_are_told_from_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inside = replace(LABELLED, file=str(tmp_path / "data" / "en.yml"), line=7)
    mistake = find_mistake(outcome({}, of=inside), NAMES)
    assert mistake.place == str(Path("data") / "en.yml") + ":7"
