import pytest

from assistant.actions import run_action
from assistant.responses import Responses, render
from assistant.types import Action, CartLine, Ranking, SearchGoal
from catalog.types import Interaction, SortKey
from intents.types import Slot
from tests.assistant.builders import shown, under
from tests.assistant.conftest import NOW


def do(services, context, name, *ids):
    return run_action(Action(name, tuple((id_, "") for id_ in ids)), context, services)


def test_a_guest_gets_what_is_popular_and_in_stock(services, turn):
    outcome = do(services, turn("recommend_product"), "recommend_products")
    ids = [one.product.id for one in outcome.products]
    assert outcome.response == "recommended_popular"
    assert set(ids[:2]) == {"M1", "M2"}
    assert "M3" not in ids


def test_a_known_shopper_gets_what_suits_and_nothing_bought(services, turn):
    outcome = do(services, turn("recommend_product", user_id="u1"), "recommend_products")
    assert outcome.response == "recommended_personal"
    assert not {"M1", "M2"} & {one.product.id for one in outcome.products}


def test_a_budget_holds(services, turn):
    context = turn("recommend_product", goal=SearchGoal(wishes=(under("10"),)))
    outcome = do(services, context, "recommend_products")
    assert [one.product.id for one in outcome.products] == ["M2"]


def test_similar_and_bought_together(services, turn):
    similar = do(services, turn(), "find_similar", "M1")
    assert similar.response == "similar_products"
    assert "M1" not in [one.product.id for one in similar.products]
    together = do(services, turn(), "find_complements", "M1")
    assert [one.product.id for one in together.products] == ["M2"]
    assert do(services, turn(), "find_complements", "T1").response == "nothing_bought_with"


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Steel travel mug but lighter", "M2"),
        ("不锈钢随行杯但是轻一点", "M2"),
        ("good but lighter", ""),
    ],
)
def test_only_a_title_before_a_wish_is_what_things_are_to_be_like(services, turn, text, like):
    asked = turn("refine_search", text=text, language="zh" if "杯" in text else "en")
    outcome = do(services, asked, "ask_what_to_find")
    assert outcome.response == ("similar_products" if like else "ask_what_to_find")
    assert like not in [one.product.id for one in outcome.products]


def test_where_things_have_prices_cheaper_ones_are_looked_for(services, turn):
    cheaper = Slot("comparative", "cheaper", "cheaper")
    goal = SearchGoal("mug", (), sort=SortKey.PRICE_ASCENDING)
    context = turn("refine_search", cheaper, text="cheaper", goal=goal)
    assert do(services, context, "search_products").response != "nothing_priced"


def test_gifts_stay_in_the_budget(services, turn):
    context = turn("find_gift", goal=SearchGoal(wishes=(under("13"),)))
    outcome = do(services, context, "find_gifts")
    assert {one.product.id for one in outcome.products} == {"M1", "M2"}


def test_each_kind_of_request_is_understood_from_the_words(services, turn):
    zh = do(
        services, turn("recommend_product", text="最近什么火", language="zh"), "recommend_products"
    )
    assert zh.response in ("recommended_trending", "recommended_popular")
    sells = turn("recommend_product", text="最近什么卖得好？", language="zh", user_id="u1")
    popular = do(services, sells, "recommend_products")
    assert popular.response == "recommended_popular"  # u1 has what sells best
    again = turn("recommend_product", text="what should I buy again", user_id="u1")
    outcome = do(services, again, "recommend_products")
    assert outcome.response == "buy_again"
    assert {one.product.id for one in outcome.products} == {"M1", "M2"}
    nobody = do(
        services, turn("recommend_product", text="回购", language="zh"), "recommend_products"
    )
    assert nobody.response == "nothing_to_buy_again"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what are your best sellers?", "en"),
        ("what does everybody buy?", "en"),
        ("which ones sell the best?", "en"),
        ("什么卖得最好", "zh"),
        ("大家都在买什么", "zh"),
        ("哪些销量高", "zh"),
    ],
)
def test_best_sellers_are_what_was_bought(services, turn, text, language):
    bought = [Interaction(f"u{n}", "T1", "purchase", NOW) for n in range(5, 15)]
    viewed = [Interaction(f"v{n}", "M2", "view_item", NOW) for n in range(90)]
    services.store.add_interactions([*bought, *viewed])
    context = turn("recommend_product", text=text, language=language)
    outcome = do(services, context, "recommend_products")
    assert outcome.response == "recommended_best_selling"
    assert outcome.products[0].product.id == "T1"
    assert {one.name for shown in outcome.products for one in shown.reasons} == {"bought_by"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("what's popular?", "en"), ("最近什么热门", "zh"), ("哪些比较受欢迎", "zh")],
)
def test_what_is_popular_is_not_said_to_be_bought(services, turn, text, language):
    viewed = [Interaction(f"v{n}", "T1", "view_item", NOW) for n in range(40)]
    services.store.add_interactions(viewed)
    context = turn("recommend_product", text=text, language=language)
    outcome = do(services, context, "recommend_products")
    assert outcome.response == "recommended_popular"
    assert outcome.products[0].product.id == "T1"


def test_what_a_guest_looked_at_in_this_conversation_counts_at_once(services, turn):
    guest = Interaction("guest:s1", "M1", "view_item", NOW)
    before = do(services, turn("recommend_product"), "recommend_products")
    services.store.add_interactions([guest])
    after = do(services, turn("recommend_product"), "recommend_products")
    assert (before.response, after.response) == ("recommended_popular", "recommended_personal")
    assert "M1" not in [one.product.id for one in after.products]


def test_a_guest_who_looks_at_a_product_is_told_why_these(services, turn):
    context = turn("recommend_product", focus=shown("M1"))
    outcome = do(services, context, "recommend_products")
    assert outcome.response == "recommended_because"
    assert outcome.facts["title"].en == "Clay mug"
    gone = do(services, turn("recommend_product", focus=shown("gone")), "recommend_products")
    assert gone.response == "nothing_to_recommend"


def test_what_lies_in_the_cart_is_not_recommended(services, turn):
    context = turn("recommend_product", cart=(CartLine("M1", "M1-one", 1),))
    outcome = do(services, context, "recommend_products")
    assert "M1" not in [one.product.id for one in outcome.products]


def test_a_gift_for_somebody_described(services, turn):
    goal = SearchGoal("something warm to drink from")
    outcome = do(services, turn("find_gift", goal=goal), "find_gifts")
    assert outcome.response == "gift_ideas"
    assert outcome.ranking == Ranking("search")


def test_reasons_are_put_into_words_in_both_languages(services, turn):
    for language, wording in (("en", "cheaper"), ("zh", "便宜")):
        context = turn("find_similar", language=language, currency="USD")
        outcome = do(services, context, "find_similar", "M1")
        replied = render(Responses.load(), outcome, Action("find_similar"), context.nlu)
        said = [reason for card in replied.products for reason in card.reasons]
        assert any(wording in one for one in said)
        assert all(said)


def test_words_that_took_no_part_take_none_in_what_follows(services, turn):
    context = turn("recommend_product", goal=SearchGoal("点啥"), language="zh")
    assert do(services, context, "recommend_products").state.goal.query == ""


def test_what_is_in_the_cart_is_not_looked_at(services, turn):
    cart = (CartLine("M1", "M1-0", 1),)
    context = turn("recommend_product", focus=shown("M1"), cart=cart)
    assert do(services, context, "recommend_products").response != "recommended_because"
    context = turn("recommend_product", focus=shown("M1"))
    assert do(services, context, "recommend_products").response == "recommended_because"
