"""The baseline of random questions: the same rules, the same buttons, another choice."""

from collections import Counter
from random import Random

import pytest

from assistant.narrowing import QuestionRules
from assistant.simulation.buttons import narrowing
from assistant.simulation.chance import AskingByChance, RandomQuestions
from assistant.simulation.shopper import Message
from assistant.simulation.systems import apart
from assistant.types import SearchGoal
from catalog.splits import Split
from tests.assistant.builders import color, product_type

RULES = {"weights": {"brand": 1.0, "color": 0.01, "sleeve": 0.0}}
BRAND, COLOR = Split("brand", (10, 10), 20), Split("color", (19, 1), 20)
SLEEVE, SAME = Split("sleeve", (10, 10), 20), Split("material", (20,), 20)
BAGS = SearchGoal("bags", (product_type("bags"),))


def drawn(*divided, goal=BAGS, times=300):
    rules = RandomQuestions(**RULES, rng=Random(1))
    return Counter(rules.choose(goal, divided) for _ in range(times))


def test_what_an_answer_tells_counts_for_nothing():
    assert QuestionRules(**RULES).choose(BAGS, (BRAND, COLOR)) == "brand"
    found = drawn(BRAND, COLOR)
    assert found.keys() == {"brand", "color"}
    assert found["color"] > 100


def test_what_is_known_forbidden_or_the_same_for_all_is_not_asked():
    assert drawn(BRAND, SLEEVE, SAME).keys() == {"brand"}
    known = SearchGoal("bags", (product_type("bags"), color("red")), asked=("brand",))
    assert drawn(BRAND, COLOR, SLEEVE, SAME, goal=known).keys() == {None}


@pytest.mark.parametrize(("language", "text"), [("en", "I need a shirt"), ("zh", "想买件衬衫")])
def test_a_seed_draws_the_same_questions_with_buttons(demo_assistant, language, text):
    def asked(seed, sessions):
        with apart(demo_assistant) as alone:
            system = AskingByChance(alone, seed)
            replies = [
                system.answer(f"{language}-{one}", language, Message(text, "open", ()))
                for one in sessions
            ]
        return [tuple(one.wish.name for one in narrowing(r.reply.suggestions)) for r in replies]

    first = asked(1, range(12))
    assert all(first), "each has a question with buttons"
    assert len({one[0] for one in first}) > 1
    assert asked(1, reversed(range(12))) == first[::-1]
    assert asked(2, range(12)) != first
