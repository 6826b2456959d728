"""Customers and their orders as the shop keeps them, and the log of who saw or changed what."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, RowMapping, Table, delete, func, insert, select, update
from sqlalchemy.sql import Select

from assistant.purchases import WRITES, Customer, Order
from assistant.storage import order_tables as tables
from assistant.storage.desk import audit
from assistant.storage.order_rows import (
    Row,
    customer_row,
    make_customer,
    make_order,
    method_rows,
    order_row,
    part_rows,
)
from catalog.store.database import writing
from catalog.store.rows import as_utc

Decide = Callable[[Customer, Order | None], tuple[Customer, Order | None, Mapping[str, Any]]]
"""From the records as they are to the records as they shall be, and what to note of it."""

_BATCH = 500
_CUSTOMER = TypeAdapter(Customer)
_ORDERS = TypeAdapter(tuple[Order, ...])
_PARTS: Mapping[str, tuple[Table, str]] = {
    "purchase_item": (tables.purchase_item, "line"),
    "fulfilment": (tables.fulfilment, "number"),
    "payment": (tables.payment, "number"),
    "purchase_return": (tables.purchase_return, "number"),
}
_ABOUT_A_CUSTOMER = (
    *(tables.customer_address, tables.payment_method),
    *(tables.purchase_change, tables.customer_access),
)
_PERSONAL = (
    *("customer_id", "email", "name", "line", "line2", "city", "region", "postal_code"),
    *("tracking", "cancel_reason"),
)
"""What of an order says whose it was."""
_PERSONAL_PARTS: Sequence[tuple[Table, Mapping[str, Any]]] = (
    (tables.fulfilment, {"tracking": []}),
    (tables.payment, {"method_id": ""}),
    (tables.purchase_return, {"method_id": ""}),
)


class Orders:
    """Look-ups and changes of customers and orders, and their import."""

    _engine: Engine

    def add_customers(self, customers: Iterable[Customer]) -> int:
        """Add customers, or replace those of the same id; says how many."""
        count = 0
        with writing(self._engine) as connection:
            for one in customers:
                _put_customer(connection, one)
                count += 1
        return count

    def add_orders(self, orders: Iterable[Order]) -> int:
        """Add orders, or replace those of the same id; says how many.

        An order without a customer belongs to the one with its e-mail address, who is added
        where there is none.
        """
        count = 0
        with writing(self._engine) as connection:
            for one in orders:
                if not one.customer_id:
                    one = replace(one, customer_id=_owner(connection, one))
                _put_order(connection, one)
                count += 1
        return count

    def find_order(self, order_id: str) -> Order | None:
        """The order of that id."""
        query = select(tables.purchase).where(tables.purchase.c.id == order_id)
        return next(iter(self._orders(query)), None)

    def orders_of_customer(self, customer_id: str) -> tuple[Order, ...]:
        """The orders of a customer, newest first; those without a date stay in their order."""
        table = tables.purchase
        query = select(table).where(table.c.customer_id == customer_id)
        return tuple(self._orders(query.order_by(table.c.placed.desc(), table.c.id)))

    def orders_of(self, email: str) -> tuple[Order, ...]:
        """The orders of an e-mail address, newest first."""
        found = (self.orders_of_customer(one.id) for one in self.customers_by_email(email))
        return tuple(order for orders in found for order in orders)

    def order_count(self) -> int:
        """How many orders there are."""
        with self._engine.begin() as connection:
            query = select(func.count()).select_from(tables.purchase)
            return int(connection.execute(query).scalar_one())

    def customer(self, customer_id: str) -> Customer | None:
        """The customer of that id."""
        query = select(tables.customer).where(tables.customer.c.id == customer_id)
        with self._engine.begin() as connection:
            return next(iter(_customers(connection, query)), None)

    def customers_by_email(self, email: str) -> tuple[Customer, ...]:
        """The customers with an e-mail address; case does not matter."""
        query = select(tables.customer).where(tables.customer.c.email == email.casefold())
        with self._engine.begin() as connection:
            return tuple(_customers(connection, query))

    def customers_at(self, postal_code: str) -> tuple[Customer, ...]:
        """The customers who live under a postal code."""
        table, address = tables.customer, tables.customer_address
        query = select(table).join(address, address.c.customer_id == table.c.id)
        with self._engine.begin() as connection:
            return tuple(_customers(connection, query.where(address.c.postal_code == postal_code)))

    def all_customers(self) -> tuple[Customer, ...]:
        """Every customer, by id."""
        with self._engine.begin() as connection:
            query = select(tables.customer).order_by(tables.customer.c.id)
            return tuple(_customers(connection, query))

    def all_orders(self) -> tuple[Order, ...]:
        """Every order, by id."""
        return tuple(self._orders(select(tables.purchase).order_by(tables.purchase.c.id)))

    def change_once(
        self,
        key: str,
        customer_id: str,
        order_id: str,
        actor: str,
        decide: Decide,
        session_id: str = "",
    ) -> Mapping[str, Any]:
        """Change a customer's records in one transaction; the same key changes nothing again.

        Args:
            key: Names the change; of a key that was used before the first answer is given.
            customer_id: Whose records.
            order_id: Which order, or "" for none.
            actor: Who does it, for the log: "customer" or an agent's name.
            decide: Called inside the transaction with the newest records. What it raises
                leaves everything as it was.
            session_id: The conversation it is done in.

        Raises:
            LookupError: there is no such customer, or the order is not theirs.
        """
        done = tables.purchase_change
        now = datetime.now(UTC)
        with writing(self._engine) as connection:
            found = connection.execute(select(done.c.body).where(done.c.key == key)).scalar()
            if found is not None:
                return dict(found)
            customer, order = _locked(connection, customer_id, order_id)
            new_customer, new_order, note = decide(customer, order)
            if new_customer != customer:
                _put_customer(connection, new_customer)
            if new_order is not None and new_order != order:
                _put_order(connection, new_order)
            row = {"key": key, "customer_id": customer_id, "body": dict(note), "time": now}
            connection.execute(insert(done).values(**row))
            what = str(note.get("act", "change"))
            _log_access(connection, actor, session_id, customer_id, what, order_id, now)
        return dict(note)

    def was_changed(self, key: str) -> bool:
        """Whether the change of that key was made."""
        table = tables.purchase_change
        with self._engine.begin() as connection:
            found = connection.execute(select(table.c.key).where(table.c.key == key)).scalar()
        return found is not None

    def log_access(
        self, actor: str, session_id: str, customer_id: str, what: str, order_id: str = ""
    ) -> None:
        """Note that somebody looked at a customer's data."""
        with writing(self._engine) as connection:
            now = datetime.now(UTC)
            _log_access(connection, actor, session_id, customer_id, what, order_id, now)

    def accesses(self, customer_id: str) -> list[Row]:
        """Who looked at or changed a customer's data, oldest first."""
        table = tables.customer_access
        query = select(table).where(table.c.customer_id == customer_id).order_by(table.c.number)
        with self._engine.begin() as connection:
            return [
                dict(row) | {"time": as_utc(row["time"]).isoformat()}
                for row in connection.execute(query).mappings()
            ]

    def sessions_of_customer(self, customer_id: str) -> tuple[str, ...]:
        """The conversations in which somebody was known as the customer."""
        table = tables.customer_access
        theirs = (table.c.customer_id == customer_id) & (table.c.session_id != "")
        query = select(table.c.session_id).where(theirs).distinct().order_by(table.c.session_id)
        with self._engine.begin() as connection:
            return tuple(connection.execute(query).scalars())

    def order_changes(self, customer_id: str = "") -> list[Row]:
        """Every change that was made, or a customer's, oldest first."""
        table = tables.purchase_change
        with self._engine.begin() as connection:
            query = select(table).order_by(table.c.time, table.c.key)
            if customer_id:
                query = query.where(table.c.customer_id == customer_id)
            return [
                dict(row) | {"time": as_utc(row["time"]).isoformat()}
                for row in connection.execute(query).mappings()
            ]

    def export_customer(self, customer_id: str) -> list[Row]:
        """What is kept about a customer, as JSON: one object, or none where nothing is.

        It holds ``customer`` (``None`` where the shop's own system keeps it), ``orders``,
        ``changes`` and ``accesses``. Reading it is itself noted as an access of "operator".
        """
        customer = self.customer(customer_id)
        found: Row = {
            "customer": customer and _CUSTOMER.dump_python(customer, mode="json"),
            "orders": _ORDERS.dump_python(self.orders_of_customer(customer_id), mode="json"),
            "changes": self.order_changes(customer_id),
            "accesses": self.accesses(customer_id),
        }
        if not any(found.values()):
            return []
        self.log_access("operator", "", customer_id, "export")
        return [found]

    def erase_customer(self, customer_id: str) -> int:
        """Take a customer's name, addresses and ways to pay away; says how many records changed.

        The orders stay in the books without a person: sums, goods, dates and the country, as
        taxes need them, but no name, no address, no tracking number and no words of theirs.
        """
        table = tables.purchase
        with writing(self._engine) as connection:
            mine = table.c.customer_id == customer_id
            theirs = select(table.c.id).where(mine)
            for part, nothing in _PERSONAL_PARTS:
                of_them = part.c.purchase_id.in_(theirs)
                connection.execute(update(part).where(of_them).values(**nothing))
            gone = update(table).where(mine).values(dict.fromkeys(_PERSONAL, ""))
            count = connection.execute(gone).rowcount
            for about in _ABOUT_A_CUSTOMER:
                known = about.c.customer_id == customer_id
                count += connection.execute(delete(about).where(known)).rowcount
            one = delete(tables.customer).where(tables.customer.c.id == customer_id)
            return count + connection.execute(one).rowcount

    def _orders(self, query: Select[Any]) -> list[Order]:
        with self._engine.begin() as connection:
            return _read_orders(connection, query)


def _read_orders(connection: Connection, query: Select[Any]) -> list[Order]:
    rows = connection.execute(query).mappings().all()
    parts = _parts_of(connection, [row["id"] for row in rows])
    return [make_order(row, parts[row["id"]]) for row in rows]


def _parts_of(
    connection: Connection, ids: Sequence[str]
) -> Mapping[str, Mapping[str, list[RowMapping]]]:
    """The rows that belong to orders, by order and table."""
    found: dict[str, dict[str, list[RowMapping]]] = {
        one: {name: [] for name in _PARTS} for one in ids
    }
    for name, (table, position) in _PARTS.items():
        for start in range(0, len(ids), _BATCH):
            some = table.c.purchase_id.in_(ids[start : start + _BATCH])
            query = select(table).where(some).order_by(table.c.purchase_id, table.c[position])
            for row in connection.execute(query).mappings():
                found[row["purchase_id"]][name].append(row)
    return found


def _customers(connection: Connection, query: Select[Any]) -> Iterator[Customer]:
    rows = connection.execute(query).mappings().all()
    ids = [row["id"] for row in rows]
    addresses = {row["customer_id"]: row for row in _of(connection, tables.customer_address, ids)}
    methods: dict[str, list[RowMapping]] = defaultdict(list)
    for row in _of(connection, tables.payment_method, ids):
        methods[row["customer_id"]].append(row)
    for row in rows:
        own = sorted(methods[row["id"]], key=lambda one: int(one["position"]))
        yield make_customer(row, addresses[row["id"]], own)


def _of(connection: Connection, table: Table, ids: Collection[str]) -> list[RowMapping]:
    """The rows of a table that belong to customers."""
    found: list[RowMapping] = []
    wanted = list(ids)
    for start in range(0, len(wanted), _BATCH):
        some = table.c.customer_id.in_(wanted[start : start + _BATCH])
        found.extend(connection.execute(select(table).where(some)).mappings())
    return found


def _locked(
    connection: Connection, customer_id: str, order_id: str
) -> tuple[Customer, Order | None]:
    """The records to be changed; nobody else changes them before this transaction ends."""
    table, orders = tables.customer, tables.purchase
    query = select(table).where(table.c.id == customer_id).with_for_update()
    customer = next(iter(_customers(connection, query)), None)
    if customer is None:
        raise LookupError("expected the id of a customer")
    if not order_id:
        return customer, None
    own = (orders.c.id == order_id) & (orders.c.customer_id == customer_id)
    found = _read_orders(connection, select(orders).where(own).with_for_update())
    if not found:
        raise LookupError("expected the id of an order of this customer")
    return customer, found[0]


def _owner(connection: Connection, order: Order) -> str:
    """The id of the customer with the order's e-mail address; added where there is none."""
    table = tables.customer
    email = order.email.casefold()
    found = connection.execute(select(table.c.id).where(table.c.email == email)).scalar()
    if found is not None:
        return str(found)
    given, _, family = order.address.name.rpartition(" ")
    _put_customer(
        connection,
        Customer(email, email, given, family, order.address, order.currency),
    )
    return email


def _put_customer(connection: Connection, customer: Customer) -> None:
    row, methods = customer_row(customer), method_rows(customer)
    address = {"customer_id": customer.id} | {
        name: getattr(customer.address, name)
        for name in ("name", "line", "line2", "city", "region", "postal_code", "country")
    }
    connection.execute(delete(tables.customer).where(tables.customer.c.id == customer.id))
    connection.execute(insert(tables.customer).values(**row))
    for table in (tables.customer_address, tables.payment_method):
        connection.execute(delete(table).where(table.c.customer_id == customer.id))
    connection.execute(insert(tables.customer_address).values(**address))
    if methods:
        connection.execute(insert(tables.payment_method), methods)


def _put_order(connection: Connection, order: Order) -> None:
    connection.execute(delete(tables.purchase).where(tables.purchase.c.id == order.id))
    connection.execute(insert(tables.purchase).values(**order_row(order)))
    for name, rows in part_rows(order).items():
        table, _ = _PARTS[name]
        connection.execute(delete(table).where(table.c.purchase_id == order.id))
        if rows:
            connection.execute(insert(table), rows)


def _log_access(
    connection: Connection,
    actor: str,
    session_id: str,
    customer_id: str,
    what: str,
    order_id: str,
    time: datetime,
) -> None:
    row = {
        "time": time,
        "actor": actor,
        "session_id": session_id,
        "customer_id": customer_id,
        "what": what,
        "purchase_id": order_id,
    }
    connection.execute(insert(tables.customer_access).values(**row))
    if actor != "customer" and what in WRITES:
        audit(connection, actor, what, session_id, order_id)
