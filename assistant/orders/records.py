"""What belongs to a customer, and which of their orders an act is possible for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.orders.reading.items import Line
from assistant.orders.rules import OrderRules
from assistant.orders.service import Caller, OrderService
from assistant.purchases import Customer, Order, OrderTask
from catalog.types import Product

SWAPS = frozenset({"change_items", "exchange_items"})
WITH_ITEMS = SWAPS | {"return_items"}
WITH_METHOD = WITH_ITEMS | {"change_payment"}
WITH_ADDRESS = frozenset({"change_order_address", "change_default_address"})
WITHOUT_ORDER = frozenset({"change_default_address", "list_orders", ""})


@dataclass(frozen=True, slots=True)
class Records:
    """What belongs to the customer, as it is now."""

    customer: Customer
    orders: tuple[Order, ...]
    products: Mapping[str, Product]
    rules: OrderRules

    def order(self, order_id: str) -> Order | None:
        """The customer's order of that id, in any case of letters."""
        wanted = order_id.upper().replace("-", "")
        return next((o for o in self.orders if o.id.upper().replace("-", "") == wanted), None)

    def lines(self, orders: Sequence[Order]) -> list[Line]:
        """The items of orders."""
        return [
            Line(one.id, place, item, self.products.get(item.product_id))
            for one in orders
            for place, item in enumerate(one.items)
        ]


def read_records(customer: Customer, service: OrderService, caller: Caller) -> Records:
    """Everything about the customer as it is now; the look is in the audit log.

    Raises:
        OrderServiceError: the service does not answer.
    """
    orders = service.orders(customer, caller)
    ids = {item.product_id for one in orders for item in one.items}
    return Records(customer, orders, service.products(ids), service.rules)


def possible_orders(task: OrderTask, records: Records) -> list[Order]:
    """The customer's orders that the act is possible for, by their status."""
    rules = records.rules.acts
    if task.act in SWAPS:
        statuses = {*rules["change_items"].statuses, *rules["exchange_items"].statuses}
    elif task.act in rules:
        statuses = {*rules[task.act].statuses}
    else:
        return list(records.orders)
    return [one for one in records.orders if one.status in statuses]
