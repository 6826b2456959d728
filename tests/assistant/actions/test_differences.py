from dataclasses import replace
from decimal import Decimal

from assistant.actions import TurnContext, run_action
from assistant.actions.context import show
from assistant.relative import relative_wishes
from assistant.responses import Responses, render
from assistant.types import Action
from catalog.types import ScoredProduct, TextConstraint
from intents.types import Slot
from tests.assistant.builders import nlu, searching, state

MUGS = Slot("product_type", "mugs", "mugs", resolved=TextConstraint("category", ("mugs",)))
CHEAPER = Slot("comparative", "cheaper", "cheaper")


def asked(services, focus, *comparatives, language="en"):
    """A turn that compares with one product, as the state is when the action runs."""
    product = services.store.get_many([focus])[focus]
    scored = ScoredProduct(product, product.variants[0], 1.0)
    before = show(state(goal=searching(MUGS, query="mugs"), language=language), [scored])
    before = replace(before, focus=before.shown[0])
    said = nlu("refine_search", *comparatives, language=language)
    wishes = (MUGS, *relative_wishes(before, said))
    goal = searching(*wishes, query="mugs")
    return TurnContext(replace(before, goal=goal), said)


def test_each_product_says_how_much_cheaper_it_is_and_the_first_in_words(services):
    context = asked(services, "M3", CHEAPER)
    outcome = run_action(Action("search_products"), context, services)
    assert all(one.variant.price("USD").amount < 20 for one in outcome.products)
    first = outcome.products[0]
    difference = Decimal(20) - first.variant.price("USD").amount
    assert first.reasons[0].name == "cheaper_by"
    assert first.reasons[0].facts["difference"] == f"${difference:.2f}"
    text = render(Responses.load(), outcome, Action("search_products"), context.nlu).text
    assert f"${difference:.2f} cheaper than Glass mug" in text
    assert all(reason.name != "under_price" for one in outcome.products for reason in one.reasons)


def test_in_chinese_too(services):
    context = asked(services, "M3", CHEAPER, language="zh")
    outcome = run_action(Action("search_products"), context, services)
    text = render(Responses.load(), outcome, Action("search_products"), context.nlu).text
    assert "比玻璃杯便宜" in text


def test_better_rated_says_by_how_much(services):
    better = Slot("comparative", "better_rated", "better rated")
    outcome = run_action(Action("search_products"), asked(services, "M2", better), services)
    assert outcome.products[0].reasons[0].name == "rated_higher_by"
    assert outcome.products[0].reasons[0].facts["difference"] == "0.6"


def test_nothing_cheaper_is_said_and_nothing_is_claimed(services):
    context = asked(services, "M2", CHEAPER)
    outcome = run_action(Action("search_products"), context, services)
    assert outcome.response in ("none_cheaper", "none_beyond")
    assert all(reason.name != "cheaper_by" for one in outcome.products for reason in one.reasons)


def test_what_has_no_rating_is_not_compared_and_that_is_said(services):
    better = Slot("comparative", "better_rated", "better rated")
    for language, words in (("en", "the shop's data does not say"), ("zh", "店里的资料没有写")):
        context = asked(services, "M4", better, language=language)
        bare = replace(context.state.focus, numbers=())
        context = replace(context, state=replace(context.state, focus=bare))
        outcome = run_action(Action("search_products"), context, services)
        assert outcome.notes[0].response == "cannot_compare"
        text = render(Responses.load(), outcome, Action("search_products"), context.nlu).text
        assert words in text
