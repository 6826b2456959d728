import pytest

from assistant.policy import Limits, next_action
from assistant.types import Action, Handoff, PendingQuestion
from intents.types import Slot
from tests.assistant.builders import color, nlu, product_type, searching, shown, state

LIMITS = Limits(failed_turns=2)
LIST = (shown("A"), shown("B"), shown("C"))


def act(result, **fields):
    return next_action(state(**fields), result, LIMITS)


@pytest.mark.parametrize(
    ("intent", "action"),
    [
        ("greet", "greet"),
        ("help", "show_help"),
        ("thank", "say_welcome"),
        ("show_cart", "show_cart"),
        ("checkout", "check_out"),
        ("request_human", "hand_off"),
        ("ask_faq_shipping", "answer_faq"),
        ("cancel_order", "cancel_order"),
        ("express_self_harm", "comfort"),
        ("express_hate", "decline_abuse"),
        ("override_rules", "decline_override"),
        ("show_more", "show_more"),
        ("affirm", "acknowledge"),
    ],
)
def test_simple_intents(intent, action):
    assert act(nlu(intent)).name == action


def test_every_intent_has_an_action():
    from intents.names import INTENTS

    for intent in INTENTS:
        name = act(nlu(intent), shown=LIST, goal=searching(color("blue"))).name
        assert name != "fall_back" or intent == "out_of_scope", intent


def test_every_action_of_the_policy_can_be_run():
    from assistant.actions import ACTIONS
    from assistant.policy import _ABOUT_PRODUCT, _SIMPLE

    assert {*_SIMPLE.values(), *_ABOUT_PRODUCT.values()} <= ACTIONS.keys()


def test_a_search_needs_something_to_search_for():
    assert act(nlu("search_product")).name == "ask_what_to_find"
    assert act(nlu("refine_search", color("blue"))).name == "ask_what_to_find"
    assert act(nlu("search_product"), goal=searching()).name == "search_products"


def test_a_question_about_a_pointed_product():
    pointed = state(shown=LIST, referred=(LIST[1],))
    asked = Slot("attribute", "battery_life", "battery life")
    action = next_action(pointed, nlu("ask_product_detail", asked), LIMITS)
    assert action.name == "show_product_detail"
    assert action.products == (("B", "B-v"),)
    assert action.args == {"attribute": "battery_life", "asked": "battery life"}


def test_without_pointing_the_focus_is_meant_then_the_first():
    assert act(nlu("ask_price"), shown=LIST, focus=LIST[2]).products == (("C", "C-v"),)
    assert act(nlu("ask_price"), shown=LIST).products == (("A", "A-v"),)
    assert act(nlu("ask_price")).name == "ask_what_to_find"


def test_a_question_that_names_a_kind_is_a_search():
    assert act(nlu("ask_availability", product_type("mugs"))).name == "search_products"


def test_whether_a_product_has_something_is_not_whether_it_is_in_stock():
    slot = Slot("feature", "SD card slot", "an SD card slot")
    action = act(nlu("ask_availability", slot), shown=LIST, referred=(LIST[0],))
    assert action.name == "show_product_detail"
    assert action.args["asked"] == "an SD card slot"


def test_pointing_past_the_list_is_told():
    wrong = nlu("select_product", Slot("reference", "x", "the ninth"))
    assert act(wrong, shown=LIST).name == "report_unknown_reference"


def test_add_to_cart_carries_quantity_and_size():
    slots = (Slot("quantity", 2, "two"), Slot("size", "42", "size 42"))
    action = act(nlu("add_to_cart", *slots), shown=LIST)
    assert action.args == {"quantity": "2", "size": "42"}


@pytest.mark.parametrize(
    ("referred", "expected"),
    [((), ("A", "B")), ((LIST[1], LIST[2]), ("B", "C")), ((LIST[2],), ("A", "B"))],
)
def test_what_is_compared(referred, expected):
    action = act(nlu("compare_products"), shown=LIST, referred=referred)
    assert action.name == "compare_products"
    assert tuple(id_ for id_, _ in action.products) == expected


def test_one_product_is_compared_with_the_one_in_focus():
    action = act(nlu("compare_products"), shown=LIST, referred=(LIST[2],), focus=LIST[0])
    assert [id_ for id_, _ in action.products] == ["C", "A"]


@pytest.mark.parametrize("text", ["which would you get for the beach?", "你推荐哪款"])
def test_which_of_those_shown_to_take_is_a_comparison(text):
    weighed = act(nlu("recommend_product", text=text), shown=tuple(map(shown, "ABCDEF")))
    assert weighed.name == "compare_products"
    assert [id_ for id_, _ in weighed.products] == ["A", "B", "C", "D"]
    assert act(nlu("recommend_product", text=text)).name == "recommend_products"
    kind = nlu("recommend_product", product_type("tents"), text="which tents do you recommend?")
    assert act(kind, shown=LIST).name == "recommend_products"


def test_no_more_than_four_are_compared():
    six = tuple(shown(letter) for letter in "ABCDEF")
    assert len(act(nlu("compare_products"), shown=six, referred=six).products) == 4


SIZE = PendingQuestion("size", Action("add_to_cart", (("A", "A-v"),), {"quantity": "2"}))


def test_the_answer_to_a_question_goes_on_with_it():
    action = act(nlu("refine_search", Slot("size", "42", "42")), pending=SIZE, shown=LIST)
    assert action == Action("add_to_cart", (("A", "A-v"),), {"quantity": "2", "size": "42"})


def test_another_wish_leaves_the_question():
    assert act(nlu("show_cart"), pending=SIZE).name == "show_cart"
    assert act(nlu("deny"), pending=SIZE).name == "drop_question"


@pytest.mark.parametrize(
    ("result", "fields", "action"),
    [
        (
            nlu("ask_availability", Slot("size", "42", "42")),
            {"focus": LIST[0]},
            "show_availability",
        ),
        (nlu("search_product", product_type("shirts"), Slot("size", "M", "M")), {}, None),
        (nlu("add_to_cart", Slot("size", "40", "40")), {"referred": (LIST[1],)}, "add_to_cart"),
    ],
)
def test_another_wish_with_the_asked_slot_is_no_answer(result, fields, action):
    goal = searching(product_type("shirts"))
    chosen = act(result, pending=SIZE, shown=LIST, goal=goal, **fields)
    assert chosen.name == (action or "search_products")
    assert chosen.args.get("quantity") is None


def test_number_and_address_in_one_message_are_both_taken():
    asked = PendingQuestion("order_id", Action("track_order"))
    said = nlu("", Slot("order_id", "W1", "W1"), Slot("email", "a@b.example", "a@b.example"))
    action = act(said, pending=asked)
    assert action == Action("track_order", args={"order_id": "W1", "email": "a@b.example"})


@pytest.mark.parametrize(
    ("text", "intent", "asked"),
    [
        ("ann@example.com", "", "email"),
        ("Ann Lee, zip 90210", "search_product", "email"),
        ("我叫王芳，邮编310000", "chitchat", "email"),
        ("Ann Lee", "", "person"),
        ("王芳", "out_of_scope", "person"),
        ("90210", "", "postal_code"),
    ],
)
def test_who_says_who_they_are_goes_on_with_the_order_that_is_wanted_again(text, intent, asked):
    wanted = Action("reorder", args={"order_id": "W1000001"})
    assert act(nlu(intent, text=text), pending=PendingQuestion(asked, wanted)) == wanted


@pytest.mark.parametrize(
    ("text", "intent", "action"),
    [
        ("show my cart", "show_cart", "show_cart"),
        ("看看购物车", "show_cart", "show_cart"),
        ("no, leave it", "deny", "drop_question"),
        ("算了", "deny", "drop_question"),
        ("cancel order W1000002", "cancel_order", "cancel_order"),
        ("取消订单W1000002", "cancel_order", "cancel_order"),
    ],
)
@pytest.mark.parametrize("asked", ["email", "person", "postal_code"])
def test_who_asks_for_something_else_is_followed(text, intent, action, asked):
    pending = PendingQuestion(asked, Action("reorder", args={"order_id": "W1000001"}))
    assert act(nlu(intent, text=text), pending=pending).name == action


def test_the_dearest_of_the_whole_shop_needs_no_subject():
    dearest = Slot("sort_key", "price_descending", "most expensive")
    assert act(nlu("sort_results", dearest)).name == "search_products"
    assert act(nlu("refine_search")).name == "ask_what_to_find"


def test_yes_and_no_answer_an_offer():
    offer = PendingQuestion("confirm", Action("hand_off", args={"reason": "not_understood"}))
    assert act(nlu("affirm"), pending=offer) == offer.action
    assert act(nlu("deny"), pending=offer).name == "drop_question"


def test_unclear_input_is_asked_about_and_then_a_person_offered():
    unclear = nlu(out_of_scope=True)
    assert act(unclear).name == "fall_back"
    assert act(unclear, failed_turns=1).name == "offer_person"
    assert act(nlu()).name == "fall_back"


@pytest.mark.parametrize("intent", ["affirm", "deny", "refine_search", "select_product"])
def test_what_relates_to_nothing_after_what_was_not_understood_is_not_understood(intent):
    said = nlu(intent, color("purple")) if intent == "refine_search" else nlu(intent)
    assert act(said, failed_turns=1).name == "offer_person"
    assert act(said).name != "offer_person"
    asked = PendingQuestion("confirm", Action("clear_cart"))
    assert act(said, failed_turns=1, pending=asked).name != "offer_person"


def test_what_relates_to_something_is_answered_after_what_was_not_understood():
    goal = searching(product_type("shoes"))
    assert act(nlu("refine_search"), failed_turns=1, goal=goal).name == "search_products"
    assert act(nlu("select_product"), failed_turns=1, shown=LIST).name == "show_product_detail"
    told = {"failed_turns": 1, "previous_action": "report_out_of_scope"}
    assert act(nlu("affirm"), **told).name == "acknowledge"


def test_silent_while_a_person_has_the_conversation():
    with_agent = Handoff("T1", "with_agent")
    waiting = Handoff("T1", "waiting", 1)
    assert act(nlu("greet"), handoff=with_agent).name == "stay_silent"
    assert act(nlu("greet"), handoff=waiting).name == "greet"


def test_the_shops_own_action_goes_first():
    limits = Limits(custom_actions={"greet": "action_hello"})
    assert next_action(state(), nlu("greet"), limits).name == "action_hello"


@pytest.mark.parametrize("text", ["and for sale items?", "那打折的呢"])
def test_a_question_after_an_answer_goes_on_with_it(text):
    wish = nlu("refine_search", text=text)
    assert act(wish, previous_action="answer_faq").name == "answer_faq"
    assert act(wish, previous_action="search_products", shown=LIST).name != "answer_faq"
    pointing = nlu("refine_search", Slot("reference", 1, "that", 0, 4), text=text)
    assert act(pointing, previous_action="answer_faq", shown=LIST).name != "answer_faq"
    assert act(nlu("show_cart", text=text), previous_action="answer_faq").name == "show_cart"


def test_a_product_goes_on_with_the_question_only_as_what_it_is_about():
    asked = nlu("search_product", product_type("socks"), text="and for socks?")
    assert act(asked, previous_action="answer_faq").name == "answer_faq"
    wished = nlu("search_product", product_type("socks"), text="how about socks")
    assert act(wished, previous_action="answer_faq").name != "answer_faq"


@pytest.mark.parametrize(
    ("said", "quantities"), [(("2", "3"), "2,3"), (("2", "3", "4"), "1,1"), (("2", "2"), None)]
)
def test_different_numbers_go_with_the_products_in_their_order(said, quantities):
    slots = [Slot("quantity", int(one), one) for one in said]
    known = state(shown=(shown("A"), shown("B")), referred=(shown("A"), shown("B")))
    action = next_action(known, nlu("add_to_cart", *slots), Limits())
    assert action.args.get("quantities") == quantities


@pytest.mark.parametrize("text", ["全部加入购物车", "都要了，加购物车", "add all of them"])
def test_everything_shown_may_go_in_at_once(text):
    known = state(shown=(shown("A"), shown("B")))
    action = next_action(known, nlu("add_to_cart", text=text), Limits())
    assert action.products == (("A", "A-v"), ("B", "B-v"))


@pytest.mark.parametrize("text", ["compare the first two", "对比前两个"])
def test_nothing_is_compared_with_itself(text):
    one = shown("A")
    asked = nlu("compare_products", text=text)
    alone = act(asked, shown=(one,), referred=(one,), focus=one)
    assert len({id_ for id_, _ in alone.products}) == len(alone.products) != 1
