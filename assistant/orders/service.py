"""Where customers and orders are looked up and changed: the contract, and the shop's own tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from assistant.orders.plans import Plan, RefusedError, Shelf, carry_out, make_plan
from assistant.orders.rules import OrderRules
from assistant.purchases import Actor, Change, Customer, Order
from catalog.types import Product

Decide = Callable[[Customer, Order | None], tuple[Customer, Order | None, Mapping[str, Any]]]


class OrderServiceError(RuntimeError):
    """The order service does not answer, or answers what makes no sense; nothing was changed."""


class OutcomeUnknownError(OrderServiceError):
    """A change was sent and no answer came: it may be done. The same key asks again safely."""


class StaleError(RuntimeError):
    """The records are no longer as they were when the change was shown."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, for the audit log: ``who`` is "customer" or an agent's name."""

    session_id: str
    who: str = "customer"

    @property
    def actor(self) -> Actor:
        """The role that the rules know."""
        return "customer" if self.who == "customer" else "agent"


class OrderService(Protocol):
    """Looks customers and orders up, and changes them. Every access names who asks.

    Every method raises :class:`OrderServiceError` when it cannot answer.
    """

    @property
    def rules(self) -> OrderRules:
        """What the shop allows."""
        ...

    def customer(self, customer_id: str, caller: Caller) -> Customer | None:
        """The customer of that id."""
        ...

    def customer_by_email(self, email: str, caller: Caller) -> Customer | None:
        """The one customer with that e-mail address, in any case of letters."""
        ...

    def customer_by_name(self, name: str, postal_code: str, caller: Caller) -> Customer | None:
        """The one customer of that name at that postal code; ``None`` also for several."""
        ...

    def orders(self, customer: Customer, caller: Caller) -> tuple[Order, ...]:
        """The customer's orders, newest first."""
        ...

    def products(self, ids: Iterable[str]) -> Mapping[str, Product]:
        """The products of those ids as they are sold now, without those that are gone."""
        ...

    def plan(self, change: Change, customer: Customer, order: Order | None, caller: Caller) -> Plan:
        """What the change would do.

        Raises:
            RefusedError: the rules forbid it.
        """
        ...

    def carry_out(self, plan: Plan, key: str, caller: Caller) -> None:
        """Do what was shown, once however often it is called with one key.

        Raises:
            RefusedError: the rules forbid it by now.
            StaleError: it would do something else than was shown.
        """
        ...


class OrderRecords(Protocol):
    """The tables that :class:`OwnOrders` reads and writes."""

    def customer(self, customer_id: str) -> Customer | None:
        """The customer of that id."""
        ...

    def customers_by_email(self, email: str) -> tuple[Customer, ...]:
        """The customers with that e-mail address."""
        ...

    def customers_at(self, postal_code: str) -> tuple[Customer, ...]:
        """The customers at that postal code."""
        ...

    def orders_of_customer(self, customer_id: str) -> tuple[Order, ...]:
        """The customer's orders, newest first."""
        ...

    def change_once(
        self,
        key: str,
        customer_id: str,
        order_id: str,
        actor: str,
        decide: Decide,
        session_id: str = "",
    ) -> Mapping[str, Any]:
        """Change the records in one transaction, once for each key."""
        ...

    def log_access(
        self, actor: str, session_id: str, customer_id: str, what: str, order_id: str = ""
    ) -> None:
        """Note that somebody looked at a customer's data."""
        ...


class Goods(Protocol):
    """Where products are looked up."""

    def get_many(self, ids: Iterable[str]) -> Mapping[str, Product]:
        """The products of those ids."""
        ...


@dataclass(frozen=True, slots=True)
class OwnOrders:
    """The order service over the assistant's own tables."""

    records: OrderRecords
    goods: Goods
    rules: OrderRules

    def customer(self, customer_id: str, caller: Caller) -> Customer | None:
        """See :class:`OrderService`."""
        return self._seen(self.records.customer(customer_id), "read_customer", caller)

    def customer_by_email(self, email: str, caller: Caller) -> Customer | None:
        """See :class:`OrderService`."""
        found = self.records.customers_by_email(email)
        return self._seen(found[0] if len(found) == 1 else None, "identify", caller)

    def customer_by_name(self, name: str, postal_code: str, caller: Caller) -> Customer | None:
        """See :class:`OrderService`."""
        named = [one for one in self.records.customers_at(postal_code) if has_name(one, name)]
        return self._seen(named[0] if len(named) == 1 else None, "identify", caller)

    def orders(self, customer: Customer, caller: Caller) -> tuple[Order, ...]:
        """See :class:`OrderService`."""
        self._seen(customer, "read_orders", caller)
        return self.records.orders_of_customer(customer.id)

    def products(self, ids: Iterable[str]) -> Mapping[str, Product]:
        """See :class:`OrderService`."""
        return self.goods.get_many(ids)

    def plan(self, change: Change, customer: Customer, order: Order | None, caller: Caller) -> Plan:
        """See :class:`OrderService`."""
        return make_plan(change, self._shelf(customer, order, caller))

    def carry_out(self, plan: Plan, key: str, caller: Caller) -> None:
        """See :class:`OrderService`."""
        change = plan.change

        def decide(
            customer: Customer, order: Order | None
        ) -> tuple[Customer, Order | None, Mapping[str, Any]]:
            shelf = self._shelf(customer, order, caller)
            now = make_plan(change, shelf)
            if (now.moves, now.swaps) != (plan.moves, plan.swaps):
                raise StaleError("the change would do something else than was shown")
            done = carry_out(now, shelf)
            return *done, note_of(now)

        try:
            self.records.change_once(
                key, change.customer_id, change.order_id, caller.who, decide, caller.session_id
            )
        except LookupError as error:
            raise RefusedError("no_order") from error

    def _shelf(self, customer: Customer, order: Order | None, caller: Caller) -> Shelf:
        ids = [item.product_id for item in order.items] if order else []
        now = datetime.now(UTC)
        return Shelf(customer, order, self.products(ids), self.rules, now, caller.actor)

    def _seen(self, customer: Customer | None, what: str, caller: Caller) -> Customer | None:
        if customer is not None:
            self.records.log_access(caller.who, caller.session_id, customer.id, what)
        return customer


def has_name(customer: Customer, name: str) -> bool:
    """Whether a name is the customer's, in either order of its parts and any case."""
    said = "".join(name.casefold().split())
    given, family = ("".join(one.casefold().split()) for one in (customer.given, customer.family))
    return bool(said) and said in (given + family, family + given, f"{family},{given}")


def note_of(plan: Plan) -> dict[str, Any]:
    """What was done, as JSON for the books."""
    change = plan.change
    return {
        "act": change.act,
        "order_id": change.order_id,
        "reason": change.reason,
        "lines": list(change.lines),
        "variants": list(change.variants),
        "method_id": change.method_id,
        "moves": [[one.method_id, str(one.amount)] for one in plan.moves],
    }
