from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.state import new_state, take_in, update_state
from assistant.types import SearchGoal, ShownProduct
from catalog.types import FlagConstraint, NumberConstraint, SortKey, TextConstraint
from intents.types import Measure, Reference, Slot
from tests.assistant.builders import (
    CURRENCIES,
    color,
    nlu,
    product_type,
    reference,
    searching,
    shown,
    state,
    under,
    utterance,
)

LIST = (shown("A", "30"), shown("B", "20"), shown("C", "40"))


def after(before, result, user_id=""):
    return update_state(before, result, utterance(user_id=user_id), CURRENCIES)


def test_a_first_message_sets_language_and_currency():
    en = after(new_state("s1", "en"), nlu("greet"))
    zh = after(new_state("s1", "en"), nlu("greet", language="zh"))
    assert (en.turn, en.language, en.currency) == (1, "en", "USD")
    assert (zh.language, zh.currency) == ("zh", "CNY")


def test_one_more_act_belongs_to_the_same_turn():
    first = after(state(shown=LIST), nlu("add_to_cart", reference(1)), user_id="u1")
    second = take_in(first, nlu("select_product", reference(2)), CURRENCIES)
    assert (second.turn, second.user_id, second.referred) == (1, "u1", (LIST[1],))


def test_the_currency_stays_when_the_language_changes():
    assert after(state(currency="USD"), nlu("thank", language="zh")).currency == "USD"


def test_a_named_currency_wins_if_the_shop_sells_in_it():
    in_yuan = nlu("search_product", under("300", "CNY", spoken=True))
    in_pounds = nlu("search_product", under("300", "GBP", spoken=True))
    assert after(state(), in_yuan).currency == "CNY"
    assert after(state(), in_pounds).currency == "USD"


def test_who_signed_in_stays_signed_in():
    signed_in = after(state(), nlu("greet"), user_id="u1")
    assert after(signed_in, nlu("greet")).user_id == "u1"


def test_a_new_search_forgets_the_old_wishes():
    before = state(goal=searching(product_type("shoes"), color("blue")))
    goal = after(before, nlu("search_product", product_type("mugs"), query="mugs")).goal
    assert goal == SearchGoal("mugs", (product_type("mugs"),))


def test_a_refinement_keeps_the_old_wishes():
    before = state(goal=searching(product_type("shoes"), under("80")))
    goal = after(before, nlu("refine_search", color("blue"), query="")).goal
    assert [wish.name for wish in goal.wishes] == ["product_type", "price", "color"]
    assert goal.query == "shoes"


def test_a_correction_replaces_what_was_wrong():
    before = state(goal=searching(product_type("shoes"), color("red")))
    goal = after(before, nlu("correct_previous", color("blue"))).goal
    assert [wish.raw for wish in goal.wishes if wish.name == "color"] == ["blue"]


@pytest.mark.parametrize(
    ("slots", "left"),
    [
        ((Slot("attribute", "color", "colour"),), ["product_type", "price"]),
        ((Slot("attribute", "budget", "budget"),), ["product_type", "color"]),
        ((), ["product_type"]),
    ],
)
def test_a_wish_can_be_given_up(slots, left):
    before = state(goal=searching(product_type("shoes"), color("blue"), under("80")))
    goal = after(before, nlu("relax_search", *slots)).goal
    assert [wish.name for wish in goal.wishes] == left


def test_after_nothing_was_found_only_the_wish_to_blame_is_given_up():
    wishes = (product_type("shoes"), color("blue"), under("80"))
    before = state(goal=replace(searching(*wishes), failing=("color",)))
    goal = after(before, nlu("relax_search")).goal
    assert [wish.name for wish in goal.wishes] == ["product_type", "price"]
    told = after(before, nlu("relax_search", Slot("attribute", "price", "price"))).goal
    assert [wish.name for wish in told.wishes] == ["product_type", "color"]


def test_what_was_to_blame_is_forgotten_with_the_next_message():
    before = state(
        goal=replace(searching(product_type("shoes"), color("blue")), failing=("color",))
    )
    assert after(before, nlu("show_more")).goal.failing == ()


@pytest.mark.parametrize("intent", ["relax_search", "refine_search"])
@pytest.mark.parametrize("raw", ["black", "黑色"])
def test_a_refused_value_is_excluded_and_not_merely_given_up(intent, raw):
    black = Slot("color", "black", raw, resolved=TextConstraint("color", ("black",)))
    before = state(goal=searching(product_type("shoes"), black))
    goal = after(before, nlu(intent, replace(black, role="exclude"))).goal
    assert [(w.name, w.role) for w in goal.wishes][1:] == [("color", "exclude")]


@pytest.mark.parametrize("raw", ["waterproof", "防水"])
def test_a_feature_that_is_not_needed_is_given_up_and_not_excluded(raw):
    wish = Slot("feature", "waterproof", raw, resolved=FlagConstraint("waterproof"))
    before = state(goal=searching(product_type("shoes"), wish))
    goal = after(before, nlu("relax_search", replace(wish, role="exclude"))).goal
    assert [w.name for w in goal.wishes] == ["product_type"]


def test_start_over_forgets_the_search():
    before = state(goal=searching(color("blue")))
    assert after(before, nlu("start_over")).goal == SearchGoal()


CHEAPER = Slot("comparative", "cheaper", "cheaper")


def test_cheaper_than_the_product_in_focus():
    before = state(goal=searching(), focus=shown("A", "30"))
    goal = after(before, nlu("refine_search", CHEAPER)).goal
    assert goal.wishes[0].value.maximum == Decimal("29.99")


def test_cheaper_without_a_focus_is_cheaper_than_the_list_and_sorts_by_price():
    goal = after(state(goal=searching(), shown=LIST), nlu("refine_search", CHEAPER)).goal
    middle = sorted(one.amount for one in LIST)[1]
    assert [wish.value.maximum for wish in goal.wishes] == [middle - Decimal("0.01")]
    assert goal.sort is SortKey.PRICE_ASCENDING


def test_an_order_that_is_said_goes_before_that_of_a_comparison():
    slots = Slot("comparative", "cheaper", "cheaper"), Slot("sort_key", "rating", "by rating")
    goal = after(state(goal=searching(), shown=LIST), nlu("refine_search", *slots)).goal
    assert goal.sort is SortKey.RATING
    assert [wish.name for wish in goal.wishes] == ["price"]


def test_a_sort_key_is_kept_by_the_next_refinement():
    key = Slot("sort_key", "rating", "best rated")
    sorted_ = after(state(goal=searching()), nlu("sort_results", key))
    assert after(sorted_, nlu("refine_search", color("blue"))).goal.sort is SortKey.RATING


@pytest.mark.parametrize(
    ("slot", "ids"),
    [
        (reference(2), ["B"]),
        (reference(1, 3), ["A", "C"]),
        (reference(-1), ["C"]),
        (reference(first=2), ["A", "B"]),
        (reference(everything=True), ["A", "B", "C"]),
        (reference(7), []),
        (reference(-4), []),
        (reference(), ["A"]),
    ],
)
def test_places_in_the_list_become_products(slot, ids):
    found = after(state(shown=LIST), nlu("select_product", slot)).referred
    assert [one.product_id for one in found] == ids


def test_the_red_one_is_found_by_its_traits():
    red = ShownProduct("R", "R-v", traits=("red", "红色", "strider"))
    blue = ShownProduct("B", "B-v", traits=("blue", "hp"))
    before = state(shown=(blue, red), goal=searching())
    said = after(before, nlu("add_to_cart", color("red", "reference")))
    assert said.referred == (red,)
    assert said.goal == before.goal
    assert after(before, nlu("add_to_cart", color("pink", "reference"))).referred == ()


def test_a_pronoun_means_the_product_in_focus():
    before = state(shown=LIST, focus=LIST[1])
    assert after(before, nlu("add_to_cart", reference())).referred == (LIST[1],)


def test_nothing_shown_means_nothing_referred():
    assert after(state(), nlu("select_product", reference(1))).referred == ()


def test_a_button_names_its_product():
    pressed = Slot("product_id", "B")
    assert after(state(shown=LIST), nlu("add_to_cart", pressed)).referred == (LIST[1],)
    unknown = after(state(), nlu("add_to_cart", Slot("product_id", "Z"))).referred
    assert unknown == (ShownProduct("Z", ""),)


def test_a_button_may_name_its_variant():
    slots = (Slot("product_id", "B"), Slot("variant_id", "B-42"))
    assert after(state(shown=LIST), nlu("add_to_cart", *slots)).referred[0].variant_id == "B-42"


def test_what_was_referred_is_forgotten_by_the_next_turn():
    before = after(state(shown=LIST), nlu("select_product", reference(2)))
    assert after(before, nlu("thank")).referred == ()


def test_the_same_product_named_twice_is_referred_once():
    result = nlu("compare_products", reference(1), reference(1, 2))
    assert [p.product_id for p in after(state(shown=LIST), result).referred] == ["A", "B"]


def test_an_empty_reference_value_is_a_pronoun():
    assert Reference() == Reference(positions=(), first=0, everything=False)


def test_a_description_that_narrows_the_search_is_a_wish():
    before = state(goal=searching(product_type("umbrellas")), shown=LIST)
    goal = after(before, nlu("refine_search", color("red", "reference"))).goal
    assert [(wish.name, wish.role) for wish in goal.wishes] == [
        ("product_type", "include"),
        ("color", "include"),
    ]
    picked = after(before, nlu("select_product", color("red", "reference"))).goal
    assert [wish.name for wish in picked.wishes] == ["product_type"]


def test_that_mask_is_searched_when_nothing_was_shown():
    masks = (reference(), product_type("masks"))
    assert after(state(), nlu("ask_availability", *masks)).goal.wishes == masks[1:]
    busy = state(goal=searching(product_type("phones")), shown=LIST)
    assert after(busy, nlu("ask_availability", *masks)).goal == busy.goal


@pytest.mark.parametrize(("extreme", "ids"), [("cheapest", "B"), ("dearest", "C"), ("middle", "B")])
def test_the_one_that_stands_out_of_the_list_is_meant(extreme, ids):
    slot = Slot("reference", Reference(extreme=extreme))
    referred = after(state(shown=LIST), nlu("select_product", slot)).referred
    assert [one.product_id for one in referred] == list(ids)


def test_nothing_stands_out_of_an_even_list_or_of_two_currencies():
    middle = Slot("reference", Reference(extreme="middle"))
    assert after(state(shown=LIST[:2]), nlu("select_product", middle)).referred == ()
    mixed = (LIST[0], ShownProduct("Z", "Z-v", Decimal(5), "CNY"))
    cheapest = Slot("reference", Reference(extreme="cheapest"))
    assert after(state(shown=mixed), nlu("select_product", cheapest)).referred == ()


def test_one_of_a_brand_that_a_new_search_names_is_a_wish():
    pointed = Slot("brand", "Acme", "Acme's", role="reference")
    begun = after(state(), nlu("search_product", product_type("shoes"), pointed))
    assert [(one.name, one.role) for one in begun.goal.wishes] == [
        ("product_type", "include"),
        ("brand", "include"),
    ]


def test_a_kind_that_was_chosen_means_the_same_when_it_is_said_again():
    chosen = replace(product_type("sneakers"), resolved=TextConstraint("category", ("sneakers",)))
    wide = TextConstraint("category", ("sneakers", "running shoes"))
    typed = replace(product_type("sneakers"), resolved=wide)
    before = state(goal=searching(chosen))
    again = after(before, nlu("search_product", typed, color("red")))
    assert again.goal.wishes[0].resolved == chosen.resolved
    corrected = after(before, nlu("correct_previous", typed, color("red")))
    assert corrected.goal.wishes[0].resolved == chosen.resolved
    pressed = after(state(goal=searching(typed)), nlu("refine_search", chosen))
    assert pressed.goal.wishes == (chosen,)


def test_a_bound_on_what_is_named_moves_it_and_gives_up_nothing():
    bound = NumberConstraint("capacity", Decimal("1.8"), None, "l")
    measure = Slot("measure", "1.8", "1.8 L", resolved=bound)
    before = state(goal=searching(product_type("kettles"), color("red")))
    said = nlu("relax_search", Slot("attribute", "capacity", "容量"), measure)
    assert [one.name for one in after(before, said).goal.wishes] == [
        "product_type",
        "color",
        "measure",
    ]


def test_a_body_is_no_wish_of_a_product():
    tall = Slot("measure", Measure("body_height", Decimal(2), Decimal(2), "m"), "2米")
    heavy = Slot("measure", Measure("body_weight", Decimal(90), Decimal(90), "kg"), "90公斤")
    found = after(state(), nlu("search_product", product_type("clothes"), tall, heavy))
    assert found.goal.wishes == (product_type("clothes"),)
