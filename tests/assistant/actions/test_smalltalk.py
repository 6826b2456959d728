"""Courtesies whose answer depends on what the shop has written down."""

import pytest

from assistant.actions import run_action
from assistant.types import Action


@pytest.mark.parametrize(
    ("language", "text"), [("en", "how long does shipping take"), ("zh", "几天能到货")]
)
def test_a_complaint_that_the_shop_has_an_answer_to_gets_it(services, turn, language, text):
    outcome = run_action(Action("apologise"), turn(language=language, text=text), services)
    assert outcome.response == "faq"
    assert [note.response for note in outcome.notes] == ["sorry"]
    assert len(outcome.suggestions) == 1


@pytest.mark.parametrize(("language", "text"), [("en", "this is awful"), ("zh", "太差劲了")])
def test_any_other_complaint_gets_an_apology_and_a_person(services, turn, language, text):
    outcome = run_action(Action("apologise"), turn(language=language, text=text), services)
    assert outcome.response == "apologise"
    assert len(outcome.suggestions) == 1
