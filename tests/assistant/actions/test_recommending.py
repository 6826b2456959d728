from assistant.actions import run_action
from assistant.types import Action, SearchGoal
from tests.assistant.builders import under


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


def test_gifts_stay_in_the_budget(services, turn):
    context = turn("find_gift", goal=SearchGoal(wishes=(under("13"),)))
    outcome = do(services, context, "find_gifts")
    assert {one.product.id for one in outcome.products} == {"M1", "M2"}
