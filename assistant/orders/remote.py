"""A shop's own order system behind HTTP, as openapi.yaml describes it.

What it answers is checked before it is believed: another customer's record, an order of somebody
else or a body of another form is an error, never data.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from assistant.orders.plans import Plan, RefusedError, Shelf, make_plan
from assistant.orders.rules import OrderRules
from assistant.orders.service import (
    Caller,
    OrderServiceError,
    OutcomeUnknownError,
    StaleError,
    has_name,
    note_of,
)
from assistant.purchases import STATUSES, Change, Customer, Order
from catalog.types import Product

LogAccess = Callable[[str, str, str, str], None]
"""Notes who (actor, session id) saw which customer's data, and what of it."""

_CUSTOMERS = TypeAdapter(tuple[Customer, ...])
_ORDERS = TypeAdapter(tuple[Order, ...])
_PRODUCTS = TypeAdapter(tuple[Product, ...])
_CHANGE = TypeAdapter(Change)
_LARGEST = 5_000_000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class RemoteOrders:
    """The order service of a shop that keeps its orders elsewhere.

    ``log_access`` keeps the audit log on this side too.
    """

    client: httpx.Client
    rules: OrderRules
    log_access: LogAccess = field(default=lambda *_: None)

    @classmethod
    def open(
        cls, url: str, token: str, timeout: float, rules: OrderRules, log_access: LogAccess
    ) -> "RemoteOrders":
        """Ready to ask; ``timeout`` in seconds is the longest wait for one answer."""
        logging.getLogger("httpx").addFilter(without_query)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        client = httpx.Client(base_url=url, headers=headers, timeout=timeout)
        return cls(client, rules, log_access)

    def customer(self, customer_id: str, caller: Caller) -> Customer | None:
        """See :class:`~assistant.orders.service.OrderService`."""
        found = self._customers({"id": customer_id}, caller)
        return self._one(found, "read_customer", caller, lambda one: one.id == customer_id)

    def customer_by_email(self, email: str, caller: Caller) -> Customer | None:
        """See :class:`~assistant.orders.service.OrderService`."""
        found = self._customers({"email": email}, caller)
        wanted = email.casefold()
        return self._one(found, "identify", caller, lambda one: one.email.casefold() == wanted)

    def customer_by_name(self, name: str, postal_code: str, caller: Caller) -> Customer | None:
        """See :class:`~assistant.orders.service.OrderService`."""
        found = self._customers({"name": name, "postal_code": postal_code}, caller)

        def fits(one: Customer) -> bool:
            return has_name(one, name) and one.address.postal_code == postal_code

        return self._one(found, "identify", caller, fits)

    def orders(self, customer: Customer, caller: Caller) -> tuple[Order, ...]:
        """See :class:`~assistant.orders.service.OrderService`."""
        body = self._get("/orders", {"customer_id": customer.id}, caller)
        found = _read(_ORDERS, body)
        if any(one.customer_id != customer.id for one in found):
            raise OrderServiceError("the order service gave an order of another customer")
        if any(one.status not in STATUSES for one in found):
            raise OrderServiceError("the order service gave an order with an unknown status")
        self.log_access(caller.who, caller.session_id, customer.id, "read_orders")
        return found

    def products(self, ids: Iterable[str]) -> Mapping[str, Product]:
        """See :class:`~assistant.orders.service.OrderService`."""
        wanted = sorted(set(ids))
        if not wanted:
            return {}
        found = _read(_PRODUCTS, self._get("/products", {"id": wanted}, None))
        return {one.id: one for one in found if one.id in wanted}

    def plan(self, change: Change, customer: Customer, order: Order | None, caller: Caller) -> Plan:
        """See :class:`~assistant.orders.service.OrderService`."""
        ids = [item.product_id for item in order.items] if order else []
        goods, now = self.products(ids), datetime.now(UTC)
        return make_plan(change, Shelf(customer, order, goods, self.rules, now, caller.actor))

    def carry_out(self, plan: Plan, key: str, caller: Caller) -> None:
        """See :class:`~assistant.orders.service.OrderService`."""
        body = _CHANGE.dump_python(plan.change, mode="json") | {"moves": note_of(plan)["moves"]}
        headers = _caller_headers(caller) | {"Idempotency-Key": key}
        try:
            answer = self.client.post("/changes", json=body, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise OrderServiceError(f"the order service cannot be reached: {error}") from error
        except httpx.HTTPError as error:
            raise OutcomeUnknownError(f"the order service did not answer: {error!r}") from error
        _check_done(answer)
        self.log_access(caller.who, caller.session_id, plan.change.customer_id, plan.change.act)

    def _customers(self, query: Mapping[str, str], caller: Caller) -> tuple[Customer, ...]:
        return _read(_CUSTOMERS, self._get("/customers", query, caller))

    def _one(
        self,
        found: tuple[Customer, ...],
        what: str,
        caller: Caller,
        fits: Callable[[Customer], bool],
    ) -> Customer | None:
        """The one customer who was asked for; somebody else is no answer."""
        if not all(fits(one) for one in found):
            raise OrderServiceError("the order service gave a customer who was not asked for")
        if len(found) != 1:
            return None
        self.log_access(caller.who, caller.session_id, found[0].id, what)
        return found[0]

    def _get(self, path: str, query: Mapping[str, Any], caller: Caller | None) -> bytes:
        headers = _caller_headers(caller) if caller else {}
        try:
            answer = self.client.get(path, params=dict(query), headers=headers)
        except httpx.HTTPError as error:
            raise OrderServiceError(f"the order service does not answer: {error!r}") from error
        if answer.status_code != httpx.codes.OK:
            raise OrderServiceError(f"the order service answered {answer.status_code}")
        if len(answer.content) > _LARGEST:
            raise OrderServiceError(f"the order service sent {len(answer.content)} bytes")
        return answer.content


def without_query(record: logging.LogRecord) -> bool:
    """Take the query off the addresses that httpx logs: it holds e-mails, names, postal codes."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            one.copy_with(query=None) if isinstance(one, httpx.URL) else one for one in record.args
        )
    return True


def _caller_headers(caller: Caller) -> dict[str, str]:
    """Who asks, in ASCII as headers need it."""
    return {
        "X-Actor": caller.who.encode("ascii", "replace").decode(),
        "X-Session": caller.session_id.encode("ascii", "replace").decode(),
    }


def _read(adapter: TypeAdapter[_T], body: bytes) -> _T:
    try:
        return adapter.validate_json(body)
    except ValidationError as error:
        # Not "from error": its words quote the customer's record, and a log shows causes.
        raise OrderServiceError(
            f"the order service answered what makes no sense: {error.error_count()} errors"
        ) from None


def _check_done(answer: httpx.Response) -> None:
    """Whether a change was done.

    Raises:
        RefusedError: the shop's system forbids it.
        StaleError: it would do something else than was shown.
        OutcomeUnknownError: the answer does not say whether it was done.
    """
    try:
        body = answer.json()
    except ValueError:
        body = None
    said = body if isinstance(body, dict) else {}
    if answer.status_code == httpx.codes.OK and said.get("done") is True:
        return
    if answer.status_code == httpx.codes.CONFLICT:
        if said.get("reason") == "stale":
            raise StaleError("the order service would do something else than was shown")
        raise RefusedError("not_allowed")
    if answer.status_code in (400, 401, 403, 404, 422):
        raise OrderServiceError(f"the order service refused the request: {answer.status_code}")
    raise OutcomeUnknownError(f"the order service answered {answer.status_code}")
