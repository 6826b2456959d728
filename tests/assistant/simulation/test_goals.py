from decimal import Decimal

import pytest

from assistant.simulation.goals import draw_goals, round_up
from assistant.simulation.records import Records
from assistant.simulation.wishes import fulfils
from tests.assistant.simulation.shop import FACTS, shirt, shop

SHOP = shop(40)


@pytest.mark.parametrize(("language", "currency"), [("en", "USD"), ("zh", "CNY")])
def test_every_target_fulfils_its_goal_and_no_product_the_impossible(language, currency):
    goals = draw_goals(SHOP, language, currency, 200, 3)
    assert len(goals) == 200
    for goal in goals:
        assert fulfils(goal.target, (goal.kind, *goal.wishes)), goal
        assert len({one.name for one in goal.wishes}) == len(goal.wishes)
        if goal.mistaken:
            assert goal.mistaken.name == goal.wishes[0].name
            assert not fulfils(goal.target, (goal.mistaken,))
        if goal.impossible:
            assert not SHOP.any_fulfils((goal.kind, goal.impossible))
    assert any(goal.mistaken for goal in goals)
    assert any(goal.impossible for goal in goals)
    assert any(one.exclude for goal in goals for one in goal.wishes)
    assert len({goal.target.id for goal in goals}) > 30


def test_a_seed_draws_the_same_goals():
    first, again = (draw_goals(SHOP, "en", "USD", 30, 5) for _ in range(2))
    assert first == again
    assert first != draw_goals(SHOP, "en", "USD", 30, 6)


def test_nobody_wishes_for_a_serial_number():
    attributes = tuple(one for one in FACTS if one.name == "style_code")
    products = tuple(shirt(n, attributes=attributes) for n in range(2))
    few = Records((*shop(14).products[2:], *products))
    named = {one.name for goal in draw_goals(few, "en", "USD", 300, 1) for one in goal.wishes}
    assert "color" in named
    assert ("style_code", FACTS[-1].value) in SHOP.shared
    assert all(name != "style_code" for name, _ in Records(products).shared)


def test_of_a_weight_the_less_is_wanted_and_of_a_length_the_more():
    wishes = [one for goal in draw_goals(SHOP, "en", "USD", 300, 1) for one in goal.wishes]
    assert {one.maximum for one in wishes if one.name == "weight"} == {Decimal(150)}
    assert {one.minimum for one in wishes if one.name == "length"} == {Decimal(70)}


def test_a_shop_without_anything_to_choose_from_is_an_error():
    with pytest.raises(ValueError, match="no product of the shop"):
        draw_goals(shop(5), "en", "USD", 1, 1)


@pytest.mark.parametrize(
    ("amount", "said"),
    [("81.90", 85), ("489", 490), ("512", 550), ("12", 13), ("3.50", 5), ("100", 110)],
)
def test_a_sum_is_rounded_up_as_people_say_it(amount, said):
    assert round_up(Decimal(amount)) == said
