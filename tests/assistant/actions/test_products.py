from datetime import UTC, datetime

import pytest

from assistant.actions import run_action
from assistant.types import Action
from catalog.types import LocalText, Review
from intents.types import Reference, Slot


def do(services, context, name, *ids, **args):
    return run_action(Action(name, tuple((id_, "") for id_ in ids), args), context, services)


def test_details_come_from_the_record(services, turn):
    outcome = do(services, turn(language="zh"), "show_product_detail", "M1")
    assert outcome.facts["attributes"] == ("容量：350 ml", "可微波：是")
    assert outcome.state.focus.product_id == "M1"


@pytest.mark.parametrize(
    ("asked", "response", "value"),
    [
        ("capacity", "attribute_known", "350 ml"),
        ("microwave_safe", "attribute_known", "yes"),
        ("color", "attribute_known", ("Blue",)),
        ("warranty", "attribute_unknown", None),
    ],
)
def test_an_attribute_is_answered_only_if_the_record_has_it(services, turn, asked, response, value):
    outcome = do(services, turn(), "show_product_detail", "M1", attribute=asked, asked=asked)
    assert outcome.response == response
    assert outcome.facts.get("value") == value


@pytest.mark.parametrize(
    ("id_", "args", "response"),
    [
        ("M1", {}, "in_stock"),
        ("M3", {}, "sold_out"),
        ("T1", {"size": "M"}, "in_stock_few"),
        ("T1", {"size": "XXL"}, "option_unknown"),
    ],
)
def test_availability(services, turn, id_, args, response):
    assert do(services, turn(), "show_availability", id_, **args).response == response


@pytest.mark.parametrize(
    ("color", "response", "en", "zh"),
    [("blue", "in_stock_few", "Blue", "蓝色"), ("white", "option_unknown", "white", "白色")],
)
def test_a_colour_is_repeated_in_the_shoppers_language(services, turn, color, response, en, zh):
    for language, said in (("en", en), ("zh", zh)):
        told = do(services, turn(language=language), "show_availability", "T1", color=color)
        assert (told.response, told.facts["asked"]) == (response, (said,))


def test_price_and_reviews(services, turn):
    price = do(services, turn(), "show_price", "M1")
    assert (price.response, str(price.facts["price"].amount)) == ("price", "12.50")
    assert do(services, turn(), "show_reviews", "M1").facts["quotes"] == ("★★★★★ Bought it.",)
    assert do(services, turn(), "show_reviews", "M2").response == "rating_only"
    assert do(services, turn(), "show_reviews", "T1").response == "no_reviews"


def test_a_comparison_has_differences_first(services, turn):
    outcome = do(services, turn(), "compare_products", "M1", "M2")
    header, *rows = outcome.table
    assert header == ("", "Clay mug", "Steel travel mug")
    assert rows[0] == ("Price", "$12.50", "$9.00")
    differs = [len(set(row[1:])) > 1 for row in rows]
    assert differs == sorted(differs, reverse=True)
    advice = outcome.facts["advice"]
    assert [note.response for note in advice] == ["compare_cheapest", "compare_best"]
    assert [one.product_id for one in outcome.state.shown] == ["M1", "M2"]


def test_what_is_gone_cannot_be_compared(services, turn):
    services.store.delete(["M2"])
    assert do(services, turn(), "compare_products", "M1", "M2").response == "compare_what"


@pytest.mark.parametrize(
    "name", ["show_product_detail", "show_price", "show_availability", "show_reviews"]
)
def test_an_unknown_product_is_told(services, turn, name):
    assert do(services, turn(), name, "Z9").response == "product_gone"


@pytest.mark.parametrize(
    ("question", "language", "response", "fact"),
    [
        ("can I put it in the microwave?", "en", "answer_yes", "Microwave safe: yes"),
        ("能进微波炉吗", "zh", "answer_yes", "可微波：是"),
        ("does it hold 500 ml?", "en", "answer_no", "Capacity: 350 ml"),
        ("装得下500毫升吗", "zh", "answer_no", "容量：350 ml"),
    ],
)
def test_a_question_is_answered_with_the_fact_quoted(
    services, turn, question, language, response, fact
):
    asking = turn("ask_product_detail", text=question, language=language)
    outcome = do(services, asking, "show_product_detail", "M1")
    assert (outcome.response, outcome.facts["record"]) == (response, fact)
    assert outcome.facts["description"] == outcome.facts["answered"] == ""
    assert outcome.state.focus.product_id == "M1"


@pytest.mark.parametrize(
    ("question", "word"),
    [("能进微波炉吗", "能的"), ("可以微波吗", "可以的"), ("装得下500毫升吗", "装不下"),
     ("有没有绿色", "没有"), ("是蓝色的吗", "是的")],
)  # fmt: skip
def test_chinese_yes_and_no_take_up_the_verb(services, turn, question, word):
    asking = turn("ask_product_detail", text=question, language="zh")
    assert do(services, asking, "show_product_detail", "M1").facts["word"].zh == word


@pytest.mark.parametrize(
    ("question", "language"), [("does it come with a spoon?", "en"), ("送勺子吗？", "zh")]
)
def test_an_unanswered_question_offers_a_person(services, turn, question, language):
    asking = turn("ask_product_detail", text=question, language=language)
    outcome = do(services, asking, "show_product_detail", "M1")
    assert outcome.response == "answer_unknown"
    assert [one.response for one in outcome.suggestions] == ["ask_person"]


def test_the_words_that_point_at_a_product_are_no_part_of_the_question(services, turn):
    pointer = Slot("reference", Reference((1,)), "the first mug", 5, 18)
    asking = turn("ask_product_detail", pointer, text="does the first mug hold 300 ml?")
    assert do(services, asking, "show_product_detail", "M1").response == "answer_yes"


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("ask_product_detail", "tell me more about it"),
        ("ask_product_detail", "详细介绍一下"),
        ("ask_product_detail", '/show_product_detail{"product_id": "M1"}'),
        ("select_product", "is the mug with the handle there?"),
    ],
)
def test_without_a_question_everything_is_told(services, turn, intent, text):
    outcome = do(services, turn(intent, text=text), "show_product_detail", "M1")
    assert outcome.response == "product_detail"


def test_an_absent_attribute_is_called_by_its_name(services, turn):
    asking = turn("ask_product_detail", text="how heavy is it?")
    outcome = do(services, asking, "show_product_detail", "M1", attribute="weight", asked="heavy")
    assert outcome.response == "attribute_unknown"
    assert outcome.facts["attribute"].all() == ("weight", "重量")


@pytest.mark.parametrize(
    ("language", "quote"), [("en", "Very sturdy, no leaks."), ("zh", "做工扎实，一点不漏。")]
)
def test_reviews_are_counted_by_aspect(counter, turn, language, quote):
    written = LocalText("Very sturdy, no leaks.", "做工扎实，一点不漏。")
    counter.store.add_reviews(
        [
            Review(f"n{n}", "M1", "Bob", 5, written, datetime(2026, 1, n + 1, tzinfo=UTC))
            for n in (0, 1)
        ]
    )
    outcome = do(counter, turn(language=language), "show_reviews", "M1")
    assert (outcome.response, outcome.facts["count"]) == ("review_digest", 2)
    told = {note.facts["aspect"].en: note.facts for note in outcome.facts["pros"]}
    assert {name: facts["count"] for name, facts in told.items()} == {
        "Quality": 2,
        "Rain and leaks": 2,
    }
    assert told["Quality"]["quote"] == quote
