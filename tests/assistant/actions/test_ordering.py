"""Conversations about orders, turn by turn, without a model: the words and the records decide."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.actions import Services, TurnContext, run_action
from assistant.actions.ordering.course import ACTION_OF
from assistant.orders import OrderServiceError, OutcomeUnknownError, OwnOrders, load_rules
from assistant.policy import Limits, next_action
from assistant.purchases import Payment
from assistant.responses import Responses, render
from assistant.state import update_state
from assistant.storage import Storage
from assistant.types import Utterance
from catalog.store import ProductStore
from intents.language import detect_language
from intents.types import NLUResult
from tests.assistant.builders import CURRENCIES, state
from tests.assistant.orders_shop import DELIVERED, ORDERS, PENDING, fill_shop

RESPONSES = Responses.load()


class Talk:
    """A conversation with the orders of the small retailer."""

    def __init__(self, services, **fields):
        self.services = services
        self.state = state(**fields)
        self.storage = services.tickets

    def say(self, text, intent="", user_id="", proven=False):
        from intents.types import Intent

        language = detect_language(text, self.state.language if self.state.turn else None)
        intents = (Intent(intent, 0.9),) if intent else ()
        nlu = NLUResult(text, language, intents, out_of_scope=not intents)
        utterance = Utterance("s1", text, user_id, proven=proven)
        self.state = update_state(self.state, nlu, utterance, CURRENCIES)
        action = next_action(self.state, nlu, Limits())
        outcome = run_action(action, TurnContext(self.state, nlu), self.services)
        self.state = outcome.state
        self.reply = render(RESPONSES, outcome, action, nlu)
        return self.reply.text

    def order(self, id_="W1000001"):
        return self.storage.find_order(id_)

    def unchanged(self):
        return self.storage.order_changes() == [] and all(
            self.storage.find_order(one.id) == one for one in ORDERS
        )


class NoFaq:
    """A shop without entries."""

    entries = ()

    def search(self, *_):
        return ()

    def best(self, _):
        return None


@pytest.fixture
def talk(tmp_path):
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    store, storage = ProductStore.open(url), Storage.open(url)
    fill_shop(store, storage)
    services = Services(
        store=store, search=None, vocabulary=None, recommending=None,
        faq=NoFaq(), orders=OwnOrders(storage, store, load_rules()),
        tickets=storage, order_attempts=3, shop_name={"en": "Shop", "zh": "小店"},
    )  # fmt: skip
    yield Talk(services)
    storage.close()
    store.close()


WHO = {"en": "My email is mara.lind@example.com", "zh": "我的邮箱是mara.lind@example.com"}
YES = {"en": "yes please", "zh": "是的，确认"}
NO = {"en": "no, leave it", "zh": "算了，不用了"}
SHOWN = {"en": "(yes or no)", "zh": "（是/否）"}
CANCEL = {
    "en": "please cancel order #W1000001, I ordered it by mistake",
    "zh": "帮我取消订单W1000001，下错单了",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_order_is_cancelled_after_a_yes_and_not_before(talk, language):
    assert "110" not in talk.say(CANCEL[language])
    shown = talk.say(WHO[language])
    assert SHOWN[language] in shown
    assert "110" in shown
    assert talk.unchanged()
    talk.say(YES[language])
    assert (talk.order().status, talk.order().cancel_reason) == ("cancelled", "ordered by mistake")
    assert talk.reply.action == "cancel_order"
    talk.say(YES[language])
    assert len(talk.storage.order_changes()) == 1


def paid(amount, method, kind="payment"):
    return Payment(kind, Decimal(amount), method)


BACK = {
    "en": ("$80.00 goes back", "ending in 4242 ($40.00), PayPal ($40.00)", "5–7"),
    "zh": ("US$80.00退回", "（尾号4242） US$40.00、PayPal US$40.00", "5–7"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_way_that_money_goes_back_is_named_and_what_went_back_before_is_not(talk, language):
    payments = (paid(70, "card-1"), paid(40, "pp-1"), paid(30, "card-1", "refund"))
    talk.storage.add_orders([replace(talk.order(), payments=payments)])
    talk.say(WHO[language])
    shown = talk.say(CANCEL[language])
    done = talk.say(YES[language])
    assert all(word in text for word in BACK[language] for text in (shown, done))
    refunds = [(one.method_id, one.amount) for one in talk.order().payments[3:]]
    assert refunds == [("card-1", 40), ("pp-1", 40)]


@pytest.mark.parametrize(
    ("language", "word"), [("en", "no money of it left"), ("zh", "没有需要退回的款项")]
)
def test_an_order_that_was_paid_back_already_is_cancelled_without_money(talk, language, word):
    payments = (paid(110, "card-1"), paid(110, "card-1", "refund"))
    talk.storage.add_orders([replace(talk.order(), payments=payments)])
    talk.say(WHO[language])
    assert word in talk.say(CANCEL[language])
    assert "4242" not in talk.say(YES[language])
    assert (talk.order().status, talk.order().payments) == ("cancelled", payments)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "answer",
    [
        {"en": "no, leave it", "zh": "算了，不用了"},
        {"en": "hmm, let me think about it", "zh": "我再想想"},
        {"en": "what would it cost?", "zh": "要多少钱？"},
        {"en": "yes, but can I keep the boots?", "zh": "可以，但是靴子能留下吗？"},
        {"en": "", "zh": "…"},
    ],
)
def test_anything_but_a_plain_yes_changes_nothing(talk, language, answer):
    talk.say(WHO[language])
    assert SHOWN[language] in talk.say(CANCEL[language])
    talk.say(answer[language])
    assert talk.unchanged()


def test_a_yes_that_comes_after_something_else_shows_it_again(talk):
    talk.say(WHO["en"])
    talk.say(CANCEL["en"])
    talk.say("hello there", "greet")
    assert "(yes or no)" in talk.say("yes")
    assert talk.unchanged()
    talk.say("yes")
    assert talk.order().status == "cancelled"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In order W1000001 change the bottle to a red one and pay with paypal", "en"),
        ("swap the blue water bottle for red in #W1000001, use PayPal", "en"),
        ("订单W1000001的水瓶换成红色的，差价用PayPal", "zh"),
        ("把W1000001里的Water Bottle改成红色，用贝宝结算差价", "zh"),
    ],
)
def test_items_of_a_pending_order_are_changed(talk, text, language):
    talk.say(WHO[language])
    shown = talk.say(text)
    assert SHOWN[language] in shown
    assert "2" in shown
    talk.say(YES[language])
    order = talk.order()
    assert (order.items[0].variant_id, order.status) == ("b-red-500", "pending_changed")
    assert order.payments[-1].method_id == "pp-1"


def test_what_is_missing_is_asked_for_one_after_the_other(talk):
    assert "e-mail" in talk.say("I'd like to exchange something in my order", "exchange_item")
    assert "Which order" in talk.say("mara.lind@example.com")
    assert "Which items" in talk.say("W1000002")
    assert "which one would you like" in talk.say("the white lamp")
    assert "payment methods" in talk.say("the black one with AC adapter")
    assert "(yes or no)" in talk.say("the card ending in 4242")
    talk.say("yes")
    (noted,) = talk.order("W1000002").returns
    assert (noted.variants, noted.new_variants) == (("l-white-usb",), ("l-black-ac",))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("return the white lamp and the bottle from W1000002, refund to my gift card", "en"),
        ("我要退W1000002里的白色台灯和水瓶，退到礼品卡", "zh"),
    ],
)
def test_goods_are_returned(talk, text, language):
    talk.say(WHO[language])
    talk.say(text)
    talk.say(YES[language])
    order = talk.order("W1000002")
    assert order.status == "return_requested"
    assert set(order.returns[0].variants) == {"l-white-usb", "b-red-500"}
    assert order.returns[0].method_id == "gift-1"


def test_of_two_that_look_alike_the_customer_is_asked(talk):
    talk.say(WHO["en"])
    reply = talk.say("return the lamp from W1000002 to my card")
    assert "Which items" in reply
    assert "Bottle" not in reply
    talk.say("the second one")
    talk.say("yes")
    assert talk.order("W1000002").returns[0].variants == ("l-black-usb",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "ship order W1000001 to 77 Oak Avenue, Apt 5, Dallas, TX 75201 instead, new address",
            "en",
        ),
        ("订单W1000001的收货地址改成77 Oak Avenue, Apt 5, Dallas, TX 75201", "zh"),
    ],
)
def test_the_address_of_an_order_is_changed(talk, text, language):
    talk.say(WHO[language])
    assert "77 Oak Avenue" in talk.say(text)
    talk.say(YES[language])
    address = talk.order().address
    assert (address.line, address.line2, address.city) == ("77 Oak Avenue", "Apt 5", "Dallas")
    assert (address.region, address.postal_code) == ("TX", "75201")
    assert talk.storage.customer("mara").address != address


def test_the_default_address_is_changed_and_parts_that_lack_are_asked_for(talk):
    talk.say(WHO["en"])
    assert "postal code" in talk.say("change my default address to 77 Oak Avenue, Dallas, TX")
    talk.say("75201")
    talk.say("yes")
    assert talk.storage.customer("mara").address.postal_code == "75201"
    assert talk.order().address == PENDING.address


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("cancel order W1000002, I no longer need it", "return or exchange"),
        ("cancel order W1000003, I no longer need it", "on its way"),
        ("return the bottle from W1000001", "cancel it"),
        ("return the bottle from W1000003", "not been delivered"),
        ("change the address of W1000002 to 77 Oak Avenue, Dallas, TX 75201", "return or exchange"),
        ("取消订单W1000002，不需要了", "退货或换货"),
        ("W1000003的水瓶要退货", "还没有送达"),
    ],
)
def test_what_the_rules_forbid_is_refused_with_an_alternative(talk, text, word):
    talk.say(WHO["en"])
    assert word in talk.say(text)
    assert any(one.payload == "/request_human" for one in talk.reply.suggestions)
    talk.say("yes")
    assert talk.unchanged()


@pytest.mark.parametrize(
    ("foreign", "unknown"),
    [
        ("cancel order W2000001, no longer needed", "cancel order W9999999, no longer needed"),
        ("取消订单W2000001，不需要了", "取消订单W9999999，不需要了"),
    ],
)
def test_a_foreign_and_an_unknown_order_get_the_same_answer(talk, foreign, unknown):
    talk.say(WHO["en"])
    assert talk.say(foreign) == talk.say(unknown)
    talk.say("yes")
    assert talk.unchanged()


@pytest.mark.parametrize("number", ["W2000001", "W9999999", "W1000002"])
@pytest.mark.parametrize(
    "text",
    [
        "I'd like order #{} to be delivered to 77 Oak Avenue, Apt 5, Dallas, TX 75201.",
        "订单{}的收货地址改成77 Oak Avenue, Apt 5, Dallas, TX 75201",
    ],
)
def test_another_order_never_takes_the_place_of_the_one_that_was_named(talk, text, number):
    for line in (text.format(number), WHO["en"], text.format(number), "yes please", "是的，确认"):
        talk.say(line)
    assert talk.unchanged()


@pytest.mark.parametrize(
    ("first", "then", "reason", "language"),
    [
        ("I want to cancel my order", "cancel order W1000002", "I ordered it by mistake", "en"),
        ("我想取消订单", "取消订单W1000002", "下错单了", "zh"),
    ],
)
def test_the_only_order_that_fits_is_left_once_another_is_named(
    talk, first, then, reason, language
):
    talk.say(WHO[language])
    assert "W1000001" in talk.say(first)
    for line in (then, reason, YES[language]):
        talk.say(line)
    assert talk.unchanged()


def test_tries_are_limited_and_then_even_the_right_one_is_not_answered(talk):
    for n in range(3):
        talk.say(f"my order please, email a{n}@example.com")
    assert "too many tries" in talk.reply.text
    assert "too many tries" in talk.say("my order please, mara.lind@example.com")
    assert talk.state.orders.customer_id == ""


def test_a_conversation_is_about_one_customer(talk):
    talk.say(WHO["en"])
    assert "one customer" in talk.say("and for my friend: otto.berg@example.com, cancel W2000001")
    assert talk.state.orders.customer_id == "mara"
    assert talk.unchanged()


@pytest.mark.parametrize("text", ["I'm Mara Lind, zip 78704", "我是Mara Lind，邮编78704"])
def test_name_and_postal_code_identify_too(talk, text):
    talk.say(text)
    assert talk.state.orders.customer_id == "mara"


def test_only_an_identity_that_the_shop_has_signed_counts_without_a_question(talk):
    talk.say("where is my order W1000002?", user_id="mara")
    assert talk.state.orders.customer_id == ""
    assert "delivered" in talk.say("where is my order W1000002?", user_id="mara", proven=True)
    assert talk.state.orders.customer_id == "mara"


def test_several_requests_of_one_message_are_done_one_after_the_other(talk):
    talk.say(WHO["en"])
    talk.say(
        "Cancel order W1000001 because I no longer need it."
        " Return the bottle from W1000002 to my card."
    )
    talk.say("yes")
    assert talk.order().status == "cancelled"
    assert "(yes or no)" in talk.reply.text
    talk.say("yes")
    assert talk.order("W1000002").status == "return_requested"


def test_a_detail_before_the_yes_is_shown_again(talk):
    talk.say(WHO["en"])
    talk.say("return the bottle from W1000002 to my card")
    assert "Desk Lamp" in talk.say("yes, and the white lamp too")
    assert talk.unchanged()
    talk.say("yes")
    assert len(talk.order("W1000002").returns[0].variants) == 2


class Broken:
    """An order service that fails where it is told to."""

    def __init__(self, service, error, at):
        self.service, self.error, self.at = service, error, at

    def __getattr__(self, name):
        if name == self.at:
            raise_ = self.error

            def fail(*_, **__):
                raise raise_

            return fail
        return getattr(self.service, name)


class FailsOnce(Broken):
    """An order service that fails at something only after it has been done so often."""

    def __init__(self, service, error, at, after):
        super().__init__(service, error, at)
        self.after = after

    def __getattr__(self, name):
        if name == self.at and self.after:
            self.after -= 1
            return getattr(self.service, name)
        return super().__getattr__(name)


TWO = {
    "en": "Cancel order W1000001 because I no longer need it."
    " Return the bottle from W1000002 to my card ending in 4242.",
    "zh": "取消订单W1000001，不需要了。把W1000002里的水瓶退货，退到尾号4242的信用卡。",
}
DONE = {
    "en": ("Done: order W1000001 is cancelled", "This was not done", "W1000002: return items"),
    "zh": ("已取消订单W1000001", "还没有办理", "W1000002：退货"),
}
NOTHING = {"en": "no order was changed", "zh": "订单没有任何改动"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("at", "after"), [("customer", 1), ("orders", 1), ("plan", 1)])
def test_a_reply_says_what_was_done_before_the_service_failed(talk, language, at, after):
    talk.say(WHO[language])
    talk.say(TWO[language])
    down = OrderServiceError("down")
    failing = FailsOnce(talk.services.orders, down, at, after)
    talk.services = replace(talk.services, orders=failing)
    reply = talk.say(YES[language])
    assert [word for word in DONE[language] if word not in reply] == []
    assert NOTHING[language] not in reply
    assert talk.order().status == "cancelled"
    assert talk.reply.handoff.status == "waiting"
    assert talk.reply.action == "cancel_order"
    assert [one.act for one in talk.state.orders.tasks] == ["return_items"]
    talk.services = replace(talk.services, orders=failing.service)
    assert SHOWN[language] in talk.say({"en": "and the return?", "zh": "那退货呢"}[language])
    talk.say(YES[language])
    assert talk.order("W1000002").status == "return_requested"
    assert len(talk.storage.order_changes()) == 2


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("act", ACTION_OF)
def test_every_act_that_is_left_can_be_said(act, language):
    assert RESPONSES.say(f"left_{act}", language, {"order": ""})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_nothing_was_done_the_reply_says_that(talk, language):
    talk.say(WHO[language])
    down = Broken(talk.services.orders, OrderServiceError("down"), "plan")
    talk.services = replace(talk.services, orders=down)
    assert NOTHING[language] in talk.say(CANCEL[language])
    assert talk.reply.action == "track_order"
    assert talk.unchanged()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_service_that_is_down_is_said_and_a_person_gets_the_request(talk, language):
    down = Broken(talk.services.orders, OrderServiceError("down"), "customer_by_email")
    talk.services = replace(talk.services, orders=down)
    talk.say(CANCEL[language])
    talk.say(WHO[language])
    assert talk.reply.handoff.status == "waiting"
    assert talk.state.orders.tasks[0].act == "cancel_order"
    assert talk.unchanged()


def test_a_change_without_an_answer_is_not_called_done(talk):
    talk.say(WHO["en"])
    talk.say(CANCEL["en"])
    lost = Broken(talk.services.orders, OutcomeUnknownError("lost"), "carry_out")
    talk.services = replace(talk.services, orders=lost)
    reply = talk.say("yes")
    assert "don't know whether it was done" in reply
    assert talk.reply.handoff.status == "waiting"


class Lossy:
    """An order service that does what it is told, and whose first answer to that is lost."""

    def __init__(self, service):
        self.service, self.keys = service, []

    def __getattr__(self, name):
        return getattr(self.service, name)

    def carry_out(self, plan, key, caller):
        self.keys.append(key)
        self.service.carry_out(plan, key, caller)
        if len(self.keys) == 1:
            raise OutcomeUnknownError("lost")


MOVE = {
    "en": "Ship order W1000001 to 77 Oak Avenue, Apt 5, Dallas, TX 75201 instead, new address",
    "zh": "订单W1000001的收货地址改成77 Oak Avenue, Apt 5, Dallas, TX 75201",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_yes_that_is_said_again_is_done_once(talk, language):
    lossy = Lossy(talk.services.orders)
    talk.services = replace(talk.services, orders=lossy)
    talk.say(WHO[language])
    talk.say(MOVE[language])
    assert talk.say(YES[language])
    assert SHOWN[language] in talk.say(YES[language])
    assert "77 Oak Avenue" in talk.say(YES[language])
    assert talk.state.orders.tasks == ()
    assert len(set(lossy.keys)) == 1
    assert len(lossy.keys) == 2
    assert len(talk.storage.order_changes()) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_another_change_has_a_key_of_its_own(talk, language):
    lossy = Lossy(talk.services.orders)
    talk.services = replace(talk.services, orders=lossy)
    talk.say(WHO[language])
    talk.say(MOVE[language])
    talk.say(YES[language])
    talk.say(MOVE[language].replace("77", "79"))
    talk.say(YES[language])
    assert talk.order().address.line == "79 Oak Avenue"
    assert len(set(lossy.keys)) == 2


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("list all my orders", "W1000003"),
        ("what's the status of W1000002?", "99887766|delivered"),
        ("I need an invoice for W1000002", "103"),
        ("where is the refund for W1000002?", "No refund"),
        ("我有哪些订单", "W1000003"),
        ("订单W1000002到哪了", "签收"),
        ("给我开W1000002的发票", "103"),
        ("W1000002的退款什么时候到账", "没有退款"),
    ],
)
def test_questions_about_orders_are_answered(talk, text, word):
    import re

    talk.say(WHO["en"])
    assert re.search(word, talk.say(text))
    assert DELIVERED.id == "W1000002"
    assert talk.unchanged()


def test_what_is_not_about_orders_goes_its_own_way(talk):
    talk.say(WHO["en"])
    talk.say("hello there", "greet")
    assert talk.reply.action == "greet"
    talk.say("thanks, bye", "goodbye")
    assert talk.reply.action == "say_goodbye"
