"""Orders as the shop keeps them."""

from collections.abc import Iterable
from datetime import UTC

from pydantic import TypeAdapter
from sqlalchemy import Engine, delete, func, insert, select

from assistant.storage import tables
from assistant.types import Order
from catalog.store.database import writing

_ORDER = TypeAdapter(Order)


class Orders:
    """Look-ups of orders, and their import."""

    _engine: Engine

    def add_orders(self, orders: Iterable[Order]) -> int:
        """Add orders, or replace those of the same id; says how many."""
        rows = [
            {
                "id": one.id,
                "email": one.email.casefold(),
                "status": one.status,
                "placed": one.placed.astimezone(UTC),
                "body": _ORDER.dump_python(one, mode="json"),
            }
            for one in orders
        ]
        table = tables.customer_order
        with writing(self._engine) as connection:
            for start in range(0, len(rows), 500):
                part = rows[start : start + 500]
                connection.execute(delete(table).where(table.c.id.in_([row["id"] for row in part])))
                connection.execute(insert(table), part)
        return len(rows)

    def find_order(self, order_id: str) -> Order | None:
        """The order of that id."""
        table = tables.customer_order
        with self._engine.begin() as connection:
            body = connection.execute(select(table.c.body).where(table.c.id == order_id)).scalar()
        return None if body is None else _ORDER.validate_python(body)

    def orders_of(self, email: str) -> tuple[Order, ...]:
        """The orders of an e-mail address, newest first."""
        table = tables.customer_order
        query = select(table.c.body).where(table.c.email == email.casefold())
        with self._engine.begin() as connection:
            bodies = connection.execute(query.order_by(table.c.placed.desc())).scalars().all()
        return tuple(_ORDER.validate_python(body) for body in bodies)

    def order_count(self) -> int:
        """How many orders there are."""
        with self._engine.begin() as connection:
            query = select(func.count()).select_from(tables.customer_order)
            return int(connection.execute(query).scalar_one())
