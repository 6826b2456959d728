"""The retailer's shop: its database imported, its catalogue indexed, the assistant over both."""

import gzip
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.orders.importing import Retailer, read_retailer, write_retailer
from assistant.purchases import Customer, Order
from assistant.settings import Settings
from assistant.storage import Storage
from assistant.storage import order_tables as tables
from assistant.types import Reply, Utterance
from catalog.store import ProductStore
from tests.benchmarks.understanding.encoders import base_folder, cache_folder

Db = dict[str, Any]


Rows = Mapping[str, frozenset[str]]
"""All that is kept of customers and of their orders: each customer's rows, as text."""

_OF_CUSTOMERS = (tables.customer_address, tables.payment_method, tables.purchase)
_OF_ORDERS = (tables.purchase_item, tables.fulfilment, tables.payment, tables.purchase_return)


def read_rows(storage: Storage) -> Rows:
    """The rows as they are now."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    with storage._engine.begin() as connection:  # thousands of times, so nothing is made of them
        bought = tables.purchase.c
        orders = connection.execute(select(bought.id, bought.customer_id))
        owners = {row.id: row.customer_id for row in orders}
        for row in connection.execute(select(tables.customer)):
            found[row.id].add(repr(row))
        for table in _OF_CUSTOMERS:
            for row in connection.execute(select(table)):
                found[row.customer_id].add(f"{table.name} {row!r}")
        for table in _OF_ORDERS:
            for row in connection.execute(select(table)):
                found[owners[row.purchase_id]].add(f"{table.name} {row!r}")
    return {customer: frozenset(rows) for customer, rows in found.items()}


@dataclass(frozen=True, slots=True)
class Imported:
    """What was imported: to compare with, and to put back."""

    customers: Mapping[str, Customer]
    orders: tuple[Order, ...]
    rows: Rows

    @classmethod
    def into(cls, storage: Storage, retailer: Retailer) -> "Imported":
        """Import a retailer's customers and orders."""
        storage.add_customers(retailer.customers)
        storage.add_orders(retailer.orders)
        customers = {one.id: one for one in retailer.customers}
        return cls(customers, retailer.orders, read_rows(storage))


@dataclass(frozen=True, slots=True)
class Shop:
    """The assistant, the database it is asked about, and the records as they were imported."""

    assistant: Assistant
    storage: Storage
    db: Mapping[str, Any]
    imported: Imported

    def say(self, session: str, text: str) -> Reply:
        """One message of a customer."""
        return self.assistant.reply(Utterance(session, text))

    def records(self, user_id: str) -> Db:
        """A customer's records as they are now, in the form of the database."""
        customer = self.storage.customer(user_id)
        owned = self.storage.orders_of_customer(user_id)
        return write_retailer([customer] if customer else [], owned)

    def written(self) -> frozenset[str]:
        """The customers of whom any row is not as it was imported, is new or is gone."""
        then, now = self.imported.rows, read_rows(self.storage)
        return frozenset(one for one in then.keys() | now.keys() if then.get(one) != now.get(one))

    def changes(self) -> dict[str, str]:
        """Whose records each change in the log was about, by its key."""
        return {str(one["key"]): str(one["customer_id"]) for one in self.storage.order_changes()}

    def restore(self, customer_ids: Collection[str]) -> None:
        """Put the records of these customers back as they were imported.

        Raises:
            ValueError: the database is not as it was imported afterwards.
        """
        if not customer_ids:
            return
        customers, orders = self.imported.customers, self.imported.orders
        self.storage.add_customers(customers[one] for one in customer_ids if one in customers)
        self.storage.add_orders(one for one in orders if one.customer_id in customer_ids)
        if left := self.written():
            raise ValueError(f"expected the imported database, got other records of {sorted(left)}")


def open_shop(data: Path, home: Path) -> Shop:
    """Import the database into a new home and build the assistant over it.

    Raises:
        ValueError: the database is missing or broken.
    """
    path = next((p for p in (data / "db.json.gz", data / "db.json") if p.exists()), None)
    if path is None:
        raise ValueError(f"expected db.json or db.json.gz in {data}")
    retailer = read_retailer(path, "USD")
    if retailer.rejected:
        raise ValueError(f"expected records that can be read, {retailer.rejected[0]}")
    _link_encoder(home)
    (home / "daogou.toml").write_text("[shop]\ndemo = false\n", "utf-8")
    settings = Settings.load(home)
    store = ProductStore.open(settings.database_url)
    store.upsert(list(retailer.products), "retailer")
    store.close()
    assistant = build_assistant(settings)
    imported = Imported.into(assistant.storage, retailer)
    return Shop(assistant, assistant.storage, _db(path), imported)


def _link_encoder(home: Path) -> None:
    """The encoder and what is made of the model, kept between runs."""
    kept = cache_folder() / "service-nlu"
    kept.mkdir(parents=True, exist_ok=True)
    home.mkdir(parents=True, exist_ok=True)
    (home / "nlu").symlink_to(kept)
    (home / "encoder").mkdir()
    (home / "encoder" / "multilingual-e5-small").symlink_to(base_folder("e5"))


def _db(path: Path) -> Mapping[str, Any]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    loaded: Mapping[str, Any] = json.loads(content)
    return loaded
