"""An agent acts for the customer: by the assistant's rules, shown first, done once, in the log."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from assistant import orders
from assistant.orders import OrderServiceError
from assistant.tickets import Agent, DeskError
from assistant.web.console.views import console_labels
from tests.assistant.orders_shop import DELIVERED, MARA, ORDERS, OTTOS, PENDING
from tests.web.small_desk import PASSWORD, Console, ask, console_app, open_desk

LANGUAGES = ["en", "zh"]
NEW_HOME = {
    "name": "Mara Lind", "line": "5 Elm Street", "line2": "", "city": "Dallas", "region": "TX",
    "postal_code": "75201", "country": "USA",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path):
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def app(desk, shop_settings):
    return console_app(desk, shop_settings)


@pytest.fixture
def counter(app, desk):
    return Counter(app, desk, ask(desk, "web-m", "mara"))


class Counter:
    """Anna's browser, at a conversation that she has taken."""

    def __init__(self, app, desk, ticket, name="anna"):
        self.console, self.storage, self.ticket = Console(app, name), desk.storage, ticket
        desk.claim(ticket, desk.storage.find_agent(name))

    def orders(self, language="en"):
        return self.console.client.get(f"/console/tickets/{self.ticket}/orders?lang={language}")

    def send(self, step, fields, language="en", **headers):
        path = f"/console/tickets/{self.ticket}/orders/{step}?lang={language}"
        known = {"X-CSRF-Token": self.console.csrf} | headers
        body = urlencode(fields, doseq=True)
        return self.console.client.post(path, content=body, headers=known)

    def plan(self, act, order="", language="en", **fields):
        return self.send("plan", {"act": act, "order": order, **fields}, language)

    def confirm(self, shown, language="en", **changed):
        """Press the button under what was shown."""
        hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', shown.text)
        fields = [(name, unescape(value)) for name, value in hidden]
        fields = [(name, changed.get(name, value)) for name, value in fields]
        return self.send("change", fields, language)

    def do(self, act, order="", language="en", **fields):
        shown = self.plan(act, order, language, **fields)
        assert shown.status_code == 200, shown.text
        return self.confirm(shown, language)

    def order(self, id_):
        return self.storage.find_order(id_)

    def unchanged(self):
        return self.storage.order_changes() == [] and all(
            self.storage.find_order(one.id) == one for one in ORDERS
        )


CANCEL = {"act": "cancel_order", "order": PENDING.id, "reason": "no longer needed"}
SHOWN = {
    "en": ("Cancel the order", "Refund $110.00", "no longer needed", "5–7 working days"),
    "zh": ("取消订单", "退款 US$110.00", "不再需要", "5–7个工作日"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_order_is_cancelled_once_it_was_shown_and_confirmed(counter, language):
    assert PENDING.id in counter.orders(language).text
    shown = counter.plan(**CANCEL, language=language)
    for words in (*SHOWN[language], PENDING.id, "Hiking Boots"):
        assert words in shown.text
    assert counter.unchanged()
    done = counter.confirm(shown, language)
    assert console_labels()[language]("done_change") in done.text
    found = counter.order(PENDING.id)
    assert (found.status, found.cancel_reason) == ("cancelled", "no longer needed")


def test_what_is_sent_twice_is_done_once(counter):
    shown = counter.plan(**CANCEL)
    assert [counter.confirm(shown).status_code for _ in range(2)] == [200, 200]
    assert len(counter.storage.order_changes()) == 1
    refunds = [one for one in counter.order(PENDING.id).payments if one.kind == "refund"]
    assert len(refunds) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shopper_hears_once_what_the_agent_did(app, desk, language):
    counter = Counter(app, desk, ask(desk, "web-m", "mara", language=language))
    shown = counter.plan(**CANCEL)
    before = len(counter.storage.turns("web-m"))
    for _ in range(2):
        assert counter.confirm(shown).status_code == 200
    (told,) = counter.storage.turns("web-m")[before:]
    assert {"en": "is cancelled", "zh": "已取消"}[language] in told.reply.text
    assert all(words in told.reply.text for words in (PENDING.id, "110"))
    assert told.action.args["name"] == "anna"


def test_the_logs_name_the_agent(counter):
    counter.do(**CANCEL)
    changed = [one for one in counter.storage.accesses("mara") if one["what"] == "cancel_order"]
    assert [(one["actor"], one["session_id"]) for one in changed] == [("anna", "web-m")]
    looked = {one["actor"] for one in counter.storage.accesses("mara")}
    assert looked == {"anna"}
    audited = [(one["who"], one["act"], one["detail"]) for one in counter.storage.audited("web-m")]
    told, changed = ("anna", "say", counter.ticket), ("anna", "cancel_order", PENDING.id)
    assert audited[:2] == [told, changed]


def test_every_other_act(counter):
    counter.do("change_order_address", PENDING.id, **NEW_HOME)
    assert counter.order(PENDING.id).address.line == "5 Elm Street"
    counter.do("change_payment", PENDING.id, method="pp-1")
    assert counter.order(PENDING.id).paid_with == "pp-1"
    swap = {"line": "0", "variant-0": "b-red-500", "method": "card-1"}
    assert "Charge $2.00" in counter.plan("change_items", PENDING.id, **swap).text
    counter.do("change_items", PENDING.id, **swap)
    assert counter.order(PENDING.id).items[0].variant_id == "b-red-500"
    counter.do("return_items", DELIVERED.id, line=["0", "1"], method="card-1")
    assert counter.order(DELIVERED.id).returns[0].variants == ("l-white-usb", "b-red-500")
    counter.do("change_default_address", **NEW_HOME)
    assert counter.storage.customer("mara").address.city == "Dallas"


def test_an_exchange(counter):
    fields = {"line": "2", "variant-2": "l-black-ac", "method": "card-1"}
    shown = counter.plan("exchange_items", DELIVERED.id, **fields)
    assert "Charge $1.00" in shown.text
    assert console_labels()["en"]("money_later") in shown.text
    counter.confirm(shown)
    assert counter.order(DELIVERED.id).returns[0].new_variants == ("l-black-ac",)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("wanted", "reason", "facts"),
    [
        ({**CANCEL, "reason": "bored"}, "wrong_reason", {}),
        ({**CANCEL, "order": DELIVERED.id}, "wrong_status", {}),
        ({**CANCEL, "order": OTTOS.id}, "no_order", {}),
        ({"act": "return_items", "order": DELIVERED.id, "method": "card-1"}, "no_items", {}),
        (
            {"act": "return_items", "order": DELIVERED.id, "line": "0", "method": "pp-1"},
            "wrong_refund_way",
            {},
        ),
        (
            {"act": "change_payment", "order": PENDING.id, "method": "gift-1"},
            "low_balance",
            {"en": "$30.00", "zh": "30.00"},
        ),
        (
            {"act": "change_order_address", "order": PENDING.id, **NEW_HOME, "city": ""},
            "no_address",
            {},
        ),
        ({"act": "track_order", "order": PENDING.id}, "not_allowed", {}),
    ],
)
def test_what_the_rules_forbid_is_said_with_the_reason(counter, language, wanted, reason, facts):
    answer = counter.send("plan", wanted, language)
    assert (answer.status_code, answer.json()["error"]) == (409, reason)
    words = answer.json()["words"]
    assert words
    assert (max(words) >= "一") is (language == "zh")
    assert facts.get(language, "") in words
    assert counter.unchanged()


def test_a_form_that_is_not_possible_says_why_instead(counter):
    page = unescape(counter.orders().text)
    assert "Not possible for an order that is delivered." in page
    assert "订单状态为“已签收”，不能办理。" in unescape(counter.orders("zh").text)


def test_every_reason_of_a_refusal_has_words():
    folder = Path(orders.__file__).parent
    text = "".join(one.read_text("utf-8") for one in folder.glob("*.py"))
    reasons = set(re.findall(r'RefusedError\(\s*"(\w+)"', text))
    assert len(reasons) > 10
    for labels in console_labels().values():
        assert [one for one in reasons if not labels.knows(f"refused_{one}")] == []


def test_what_changed_since_it_was_shown_is_not_done(counter):
    shown = counter.plan(**CANCEL)
    counter.do("change_payment", PENDING.id, method="pp-1")
    answer = counter.confirm(shown)
    assert (answer.status_code, answer.json()["error"]) == (409, "stale")
    assert counter.order(PENDING.id).status == "pending"


def test_only_what_was_shown_is_done(counter):
    shown = counter.plan(**CANCEL)
    assert counter.confirm(shown, reason="ordered by mistake").json()["error"] == "stale"
    for key in ("", "desk/T9/x/y", "web-m/1/cancel_order/W1000001"):
        assert counter.confirm(shown, key=key).status_code == 409
    assert counter.unchanged()


def test_requests_from_other_sites_do_nothing(counter):
    shown = counter.plan(**CANCEL)
    fields = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', shown.text)
    for headers in ({"X-CSRF-Token": "guessed"}, {"Origin": "https://evil.test"}):
        assert counter.send("plan", CANCEL, **headers).status_code == 403
        assert counter.send("change", fields, **headers).status_code == 403
    assert counter.unchanged()


def test_only_the_agent_who_has_the_conversation_acts(app, desk, counter):
    ben, boss = Console(app, "ben"), Console(app, "boss")
    path = f"/console/tickets/{counter.ticket}/orders"
    assert ben.client.get(path).status_code == 404
    assert boss.client.get(path).json()["error"] == "not_yours"
    desk.resolve(counter.ticket, desk.storage.find_agent("anna"))
    assert counter.orders().json()["error"] == "not_yours"
    assert counter.plan(**CANCEL).json()["error"] == "not_yours"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_shown_of_somebody_who_is_not_identified(app, desk, language):
    guest = Counter(app, desk, ask(desk, "web-g", language=language))
    answer = guest.orders(language)
    assert answer.json()["words"] == console_labels()[language]("error_no_customer")
    page = guest.console.client.get(f"/console/tickets/{guest.ticket}").text
    assert "data-orders" not in page
    assert PENDING.id not in page


def test_what_customers_may_not_do_an_agent_may(tmp_path, shop_settings):
    (tmp_path / "orders.toml").write_text('[cancel_order]\nwho = ["agent"]\n', "utf-8")
    with open_desk(tmp_path) as desk:
        counter = Counter(console_app(desk, shop_settings), desk, ask(desk, "web-m", "mara"))
        counter.do(**CANCEL)
        assert counter.order(PENDING.id).status == "cancelled"


def test_what_agents_may_not_do_is_refused(tmp_path, shop_settings):
    (tmp_path / "orders.toml").write_text('[cancel_order]\nwho = ["customer"]\n', "utf-8")
    with open_desk(tmp_path) as desk:
        counter = Counter(console_app(desk, shop_settings), desk, ask(desk, "web-m", "mara"))
        assert counter.plan(**CANCEL).json()["error"] == "not_allowed"


def test_an_order_system_that_does_not_answer_is_said(counter, monkeypatch):
    def down(*_):
        raise OrderServiceError("no answer")

    monkeypatch.setattr("assistant.orders.service.OwnOrders.orders", down)
    answer = counter.orders("zh")
    assert answer.status_code == 503
    assert answer.json()["words"] == console_labels()["zh"]("order_service_down")


def test_words_of_customers_stay_text(counter, desk):
    bad = replace(MARA.address, line='"><img src=x onerror=alert(1)>')
    desk.storage.add_customers([replace(MARA, address=bad)])
    assert "<img src=x" not in counter.orders().text


@pytest.mark.parametrize("name", ["customer", "operator"])
def test_no_agent_is_called_as_the_logs_call_others(desk, name):
    with pytest.raises(DeskError, match="name_taken"):
        desk.storage.add_agent(Agent(name), PASSWORD)
