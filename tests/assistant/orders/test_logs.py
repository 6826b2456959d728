"""Nothing that is logged about orders names a person, their address or their card."""

import logging
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from assistant.orders import Caller, OrderServiceError, load_rules
from assistant.orders.remote import RemoteOrders
from tests.assistant.actions.test_ordering import talk  # noqa: F401  (a fixture)
from tests.assistant.orders.test_remote import Shop
from tests.assistant.orders_shop import HOME, MARA

CALLER = Caller("s1")
SOMEBODY = MARA.email
PERSONAL = (
    *("mara.lind", "Mara", "Lind", "78704", "4242"),
    *(HOME.line, HOME.city, "Elm", "02139", "南京西路", "200040", "王小明"),
)
MESSAGES = {
    "en": (
        "change the address of order W1000001 to 5 Elm Road, Cambridge, MA 02139",
        "my name is Mara Lind, 78704",
        "my email is mara.lind@example.com",
        "yes please",
        "pay order W1000001 with my visa ending in 4242",
        "yes please",
        "where is order W1000002?",
    ),
    "zh": (
        "把订单W1000001的地址改成上海市南京西路100号，200040，收件人王小明",
        "我叫Mara Lind，邮编78704",
        "我的邮箱是mara.lind@example.com",
        "是的，确认",
        "订单W1000001改用尾号4242的信用卡付款",
        "是的，确认",
        "订单W1000002到哪了？",
    ),
}


def named_in(logged):
    """The personal data in a log, also as an address of the web writes it."""
    return [one for one in PERSONAL if one.casefold() in logged.casefold()]


def log_failure(error):
    """As the engine logs what an action raised."""
    logging.getLogger("assistant.engine").error("it failed: %s", error, exc_info=error)


@pytest.fixture
def remote():
    def make(answer=None):
        rules = load_rules()
        RemoteOrders.open("http://shop.test", "token-1", 1.0, rules, lambda *_: None)
        transport = httpx.MockTransport(Shop(answer))
        client = httpx.Client(base_url="http://shop.test", transport=transport)
        return RemoteOrders(client, rules)

    return make


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_conversation_leaves_no_person_in_the_log(talk, language, caplog):  # noqa: F811
    caplog.set_level(logging.DEBUG)
    for message in MESSAGES[language]:
        talk.say(message)
    assert talk.state.orders.customer_id == "mara"
    assert named_in(caplog.text) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_conversation_with_another_system_leaves_none_either(talk, remote, language, caplog):  # noqa: F811
    caplog.set_level(logging.DEBUG)
    talk.services = replace(talk.services, orders=remote())
    for message in MESSAGES[language]:
        talk.say(message)
    assert talk.state.orders.customer_id == "mara"
    assert "http://shop.test/customers" in caplog.text
    assert named_in(caplog.text) == []


def test_an_error_of_the_database_names_no_value(service, storage, caplog):
    with storage._engine.begin() as connection:
        connection.execute(text("DROP TABLE customer"))
    with pytest.raises(OperationalError) as caught:
        service.customer_by_email(SOMEBODY, CALLER)
    log_failure(caught.value)
    assert "no such table: customer" in caplog.text
    assert named_in(caplog.text) == []


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, json=[{"id": "mara", "email": MARA.email, "given": "Mara"}]),
        httpx.Response(200, text="Mara Lind, visa 4242"),
        httpx.Response(500, text=MARA.email),
        httpx.Response(200, content=b"[]" + b" " * 6_000_000),
    ],
)
def test_an_answer_without_sense_is_not_quoted(remote, answer, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(OrderServiceError) as caught:
        remote(answer).customer_by_email(SOMEBODY, CALLER)
    log_failure(caught.value)
    assert "it failed: the order service" in caplog.text
    assert named_in(caplog.text) == []
