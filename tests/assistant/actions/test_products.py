import pytest

from assistant.actions import run_action
from assistant.types import Action


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
        ("color", "attribute_known", "Blue"),
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


def test_price_and_reviews(services, turn):
    price = do(services, turn(), "show_price", "M1")
    assert (price.response, str(price.facts["price"].amount)) == ("price", "12.50")
    assert do(services, turn(), "show_reviews", "M1").facts["quotes"] == ("★★★★★ Keeps warm.",)
    assert do(services, turn(), "show_reviews", "M2").response == "rating_only"
    assert do(services, turn(), "show_reviews", "T1").response == "no_reviews"


def test_a_comparison_has_differences_first(services, turn):
    outcome = do(services, turn(), "compare_products", "M1", "M2")
    header, *rows = outcome.table
    assert header == ("", "Clay mug", "Steel travel mug")
    assert rows[0] == ("Price", "$12.50", "$9.00")
    differs = [len(set(row[1:])) > 1 for row in rows]
    assert differs == sorted(differs, reverse=True)
    assert [note.response for note in outcome.notes] == ["compare_cheapest", "compare_best"]
    assert [one.product_id for one in outcome.state.shown] == ["M1", "M2"]


def test_what_is_gone_cannot_be_compared(services, turn):
    services.store.delete(["M2"])
    assert do(services, turn(), "compare_products", "M1", "M2").response == "compare_what"


@pytest.mark.parametrize(
    "name", ["show_product_detail", "show_price", "show_availability", "show_reviews"]
)
def test_an_unknown_product_is_told(services, turn, name):
    assert do(services, turn(), name, "Z9").response == "product_gone"
