from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from assistant.actions import run_action
from assistant.actions.asking import with_question
from assistant.narrowing import QuestionRules
from assistant.responses import Responses, render
from assistant.types import Action, Outcome, SearchGoal
from catalog.results import SearchResult
from catalog.splits import Choice, Choices
from catalog.types import LocalText, TextConstraint
from intents.payloads import read_payload
from intents.types import PriceRange, Slot
from tests.assistant.builders import searching
from tests.intents.words import Match

MUGS = Slot("product_type", "mugs", "mugs", resolved=TextConstraint("category", ("mugs",)))
ONLY_PRICE = QuestionRules(least_products=3, other_weight=0.0, weights={"price": 1.0})


@pytest.fixture
def asking(services):
    return replace(services, questions=ONLY_PRICE)


def search(services, context):
    return run_action(Action("search_products"), context, services)


def test_the_list_comes_with_one_question_and_its_answers_as_buttons(asking, turn):
    outcome = search(asking, turn("search_product", goal=searching(MUGS, query="mugs")))
    assert len(outcome.products) == 5
    assert outcome.state.question.slot == "price"
    assert outcome.state.goal.asked == ("price",)
    reply = render(Responses.load(), outcome, Action("search_products"), turn().nlu)
    assert "budget" in reply.text or "spend" in reply.text
    titles = [one.title for one in reply.suggestions]
    assert titles[:2] == ["under $15", "over $15"]
    price = read_payload(reply.suggestions[0].payload).slots[0].value
    assert price == PriceRange(None, Decimal(15), "USD", True)


def test_in_chinese_too(asking, turn):
    context = turn(
        "search_product", language="zh", goal=searching(MUGS, query="杯子"), currency="CNY"
    )
    outcome = search(
        replace(asking, questions=replace(ONLY_PRICE, weights={"category": 1.0})), context
    )
    assert outcome.closing == ()  # all are sold for the same price and lie on one shelf


def test_it_is_not_asked_twice_nor_when_few_are_left(asking, turn):
    goal = replace(searching(MUGS, query="mugs"), asked=("price",))
    assert search(asking, turn("search_product", goal=goal)).closing == ()
    few = replace(asking, questions=replace(ONLY_PRICE, least_products=6))
    assert search(few, turn("search_product", goal=searching(MUGS, query="mugs"))).closing == ()


def test_an_order_of_the_list_is_no_time_to_ask(asking, turn):
    goal = SearchGoal("mugs", (MUGS,))
    context = turn("sort_results", Slot("sort_key", "price_ascending", "cheapest"), goal=goal)
    assert search(asking, context).closing == ()


def test_a_shop_may_ask_first_and_show_later(asking, turn):
    alone = replace(asking, questions=replace(ONLY_PRICE, with_list=False))
    outcome = search(alone, turn("search_product", goal=searching(MUGS, query="mugs")))
    assert (outcome.products, outcome.state.shown, outcome.response) == ((), (), "")
    assert outcome.closing


def test_a_shop_may_word_the_question_about_any_attribute_itself(asking, turn):
    outcome = search(asking, turn("search_product", goal=searching(MUGS, query="mugs")))
    assert outcome.closing[0].special == "ask_price"
    responses = Responses.load()
    templates = {"en": {**responses.templates["en"], "ask_price": {"other": ["Money?"]}}}
    own = Responses({**responses.templates, **templates})
    assert "Money?" in render(own, outcome, Action("search_products"), turn().nlu).text


@dataclass(frozen=True)
class Names:
    """What names mean in a shop, each as surely as ``score`` says."""

    constraint: TextConstraint
    score: float = 0.95

    def named(self, name, words, language="en"):
        return Match(name, words, self.constraint, 0, len(words), self.score)


def answers(services, turn, name, labels, names, kind=MUGS):
    """What each answer to a question demands."""
    choices = tuple(Choice(TextConstraint(name, (label.zh,)), 3, label) for label in labels)
    found = SearchResult((), 0, choices=Choices(name, LocalText(name), choices))
    context = turn("search_product", goal=searching(kind))
    asked = with_question(
        Outcome("", context.state), found, context, replace(services, vocabulary=lambda: names)
    )
    return [set(one.slot.resolved.values) for one in asked.state.question.answers]


CHARGERS = [LocalText("Chargers", "充电器"), LocalText("Cables", "数据线")]


def test_an_answer_means_what_its_name_means_where_it_is_typed(services, turn):
    wide = Names(TextConstraint("category", ("chargers", "充电器", "wireless chargers")))
    found = answers(services, turn, "category", CHARGERS, wide)
    assert found == [set(wide.constraint.values), {"数据线"}]
    red = Names(TextConstraint("color", ("red", "红色", "burgundy")))
    labels = [LocalText("red", "红色"), LocalText("burgundy", "酒红色")]
    assert answers(services, turn, "color", labels, red)[0] == {"red", "红色", "burgundy"}


def test_a_kind_has_the_shelves_that_are_called_by_its_name_and_no_others(services, turn):
    wide = Names(TextConstraint("category", ("chargers", "充电器", "power banks")))
    assert answers(services, turn, "category", CHARGERS, wide)[0] == {"chargers", "充电器"}


def test_a_kind_stays_within_what_was_asked_about(services, turn):
    wide = Names(TextConstraint("category", ("chargers", "充电器", "travel mugs")))
    mugs = [LocalText("Mugs", "充电器"), LocalText("Cables", "数据线")]
    goal = replace(MUGS, resolved=TextConstraint("category", ("nothing here",)))
    counted = {"travel mugs": 3}

    class Search:
        def count(self, wanted):
            inside = "nothing here" in wanted.categories
            return 0 if inside else counted.get(wanted.attributes[0].values[0], 0)

    shop = replace(services, search=Search())
    assert answers(shop, turn, "category", mugs, wide, goal)[0] == {"充电器"}
    counted.clear()
    assert answers(shop, turn, "category", mugs, wide, goal)[0] == {"充电器", "travel mugs"}


def test_a_likeness_of_a_name_adds_nothing(services, turn):
    unsure = Names(TextConstraint("category", ("chargers", "充电器", "wireless chargers")), 0.8)
    assert answers(services, turn, "category", CHARGERS, unsure)[0] == {"充电器"}


def test_a_kind_wider_than_what_is_looked_for_is_no_answer(services, turn):
    def asked(*labels):
        choices = tuple(Choice(TextConstraint("category", (one.zh,)), 3, one) for one in labels)
        found = SearchResult((), 0, choices=Choices("category", LocalText("Kind"), choices))
        cable = Slot("product_type", "kvm cable", "kvm cable")
        context = turn("search_product", goal=searching(cable))
        return with_question(Outcome("", context.state), found, context, services).state

    wide, server = LocalText("cable", "线缆"), LocalText("server", "服务器")
    switch = LocalText("kvm switch", "切换器")
    raws = [one.slot.raw for one in asked(wide, server, switch).question.answers]
    assert raws == ["server", "kvm switch"]
    nothing = asked(wide, server)
    assert nothing.question is None
    assert nothing.goal.asked == ("category",)
