import json

import httpx
import pytest
from pydantic import TypeAdapter

from assistant.orders import (
    Caller,
    OrderServiceError,
    OutcomeUnknownError,
    RefusedError,
    StaleError,
    load_rules,
)
from assistant.orders.remote import RemoteOrders
from assistant.purchases import Change, Customer, Order
from catalog.types import Product
from tests.assistant.orders_shop import MARA, ORDERS, OTTO, PENDING, PRODUCTS

CALLER = Caller("s1")
CANCEL = Change("cancel_order", "mara", "W1000001", reason="no longer needed")


def dump(kind, values):
    return TypeAdapter(tuple[kind, ...]).dump_json(tuple(values))


class Shop:
    """The other side: answers from the records, and keeps what it was sent."""

    def __init__(self, answer=None):
        self.answer = answer
        self.seen = []

    def __call__(self, request):
        self.seen.append(request)
        if self.answer is not None:
            return self.answer(request) if callable(self.answer) else self.answer
        if request.url.path == "/customers":
            query = dict(request.url.params)
            found = [one for one in (MARA, OTTO) if query.get("email", "").casefold() == one.email]
            found += [one for one in (MARA, OTTO) if query.get("id") == one.id]
            return httpx.Response(200, content=dump(Customer, found))
        if request.url.path == "/orders":
            mine = [o for o in ORDERS if o.customer_id == request.url.params["customer_id"]]
            return httpx.Response(200, content=dump(Order, mine))
        if request.url.path == "/products":
            return httpx.Response(200, content=dump(Product, PRODUCTS))
        return httpx.Response(200, json={"done": True})


def remote(shop, log=None):
    client = httpx.Client(base_url="http://shop.test", transport=httpx.MockTransport(shop))
    return RemoteOrders(client, load_rules(), log.append if log is not None else lambda *_: None)


def logged(shop):
    log = []
    client = httpx.Client(base_url="http://shop.test", transport=httpx.MockTransport(shop))
    return RemoteOrders(client, load_rules(), lambda *said: log.append(said)), log


def test_look_ups_give_the_records_and_are_logged():
    service, log = logged(Shop())
    assert service.customer_by_email("Mara.Lind@example.com", CALLER) == MARA
    assert [one.id for one in service.orders(MARA, CALLER)] == ["W1000001", "W1000002", "W1000003"]
    assert service.products(["bottle"]) == {"bottle": PRODUCTS[0]}
    assert service.customer_by_email("nobody@example.com", CALLER) is None
    assert log == [
        ("customer", "s1", "mara", "identify"),
        ("customer", "s1", "mara", "read_orders"),
    ]


def test_a_change_is_sent_with_its_key_and_what_was_shown():
    shop = Shop()
    service, log = logged(shop)
    service.carry_out(service.plan(CANCEL, MARA, PENDING, CALLER), "key-1", CALLER)
    sent = shop.seen[-1]
    assert (sent.method, sent.url.path) == ("POST", "/changes")
    assert sent.headers["Idempotency-Key"] == "key-1"
    body = json.loads(sent.content)
    assert (body["act"], body["moves"]) == ("cancel_order", [["card-1", "-110.00"]])
    assert log[-1] == ("customer", "s1", "mara", "cancel_order")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(404),
        httpx.Response(200, text="<html>maintenance</html>"),
        httpx.Response(200, json={"id": "mara"}),
        httpx.Response(200, json=[{"id": "mara"}]),
        httpx.Response(200, content=dump(Customer, [OTTO])),
        httpx.Response(200, content=b"[" + b" " * 6_000_000 + b"]"),
    ],
)
def test_an_answer_that_makes_no_sense_is_no_data(answer):
    with pytest.raises(OrderServiceError):
        remote(Shop(answer)).customer_by_email(MARA.email, CALLER)


def test_somebody_elses_orders_are_an_error():
    answer = httpx.Response(200, content=dump(Order, ORDERS))
    with pytest.raises(OrderServiceError, match="another customer"):
        remote(Shop(answer)).orders(MARA, CALLER)


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError]
)
def test_a_service_that_is_down_or_slow_is_an_error(error):
    def fail(request):
        raise error("no", request=request)

    with pytest.raises(OrderServiceError):
        remote(Shop(fail)).orders(MARA, CALLER)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(409, json={"reason": "stale"}), StaleError),
        (httpx.Response(409, json={"reason": "shipped"}), RefusedError),
        (httpx.Response(422), OrderServiceError),
        (httpx.Response(503), OutcomeUnknownError),
        (httpx.Response(200, json={"done": False}), OutcomeUnknownError),
        (httpx.Response(200, text="ok"), OutcomeUnknownError),
    ],
)
def test_a_change_counts_as_done_only_when_the_answer_says_so(answer, error):
    plan = remote(Shop()).plan(CANCEL, MARA, PENDING, CALLER)
    with pytest.raises(error):
        remote(Shop(answer)).carry_out(plan, "key-1", CALLER)


@pytest.mark.parametrize(
    ("raised", "error"),
    [(httpx.ReadTimeout, OutcomeUnknownError), (httpx.ConnectError, OrderServiceError)],
)
def test_a_change_without_an_answer_may_be_done_unless_it_was_never_sent(raised, error):
    def fail(request):
        raise raised("no", request=request)

    plan = remote(Shop()).plan(CANCEL, MARA, PENDING, CALLER)
    with pytest.raises(error) as caught:
        remote(Shop(fail)).carry_out(plan, "key-1", CALLER)
    assert type(caught.value) is error


def test_the_description_names_every_field_that_is_sent_and_read():
    from pathlib import Path

    import yaml

    import assistant.orders

    path = Path(assistant.orders.__file__).with_name("openapi.yaml")
    schemas = yaml.safe_load(path.read_text("utf-8"))["components"]["schemas"]
    for kind, name in ((Customer, "Customer"), (Change, "Change")):
        fields = {one for one in kind.__dataclass_fields__}
        assert fields <= schemas[name]["properties"].keys()
    assert set(schemas["Order"]["required"]) <= Order.__dataclass_fields__.keys()
