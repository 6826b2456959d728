"""The retailer's shop: its database imported, its catalogue indexed, the assistant over both."""

import gzip
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.orders.importing import Retailer, read_retailer, write_retailer
from assistant.purchases import Customer, Order
from assistant.settings import Settings
from assistant.storage import Storage
from assistant.types import Reply, Utterance
from catalog.store import ProductStore
from tests.benchmarks.understanding.encoders import base_folder, cache_folder

Db = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shop:
    """The assistant with the records as they were imported."""

    assistant: Assistant
    storage: Storage
    db: Mapping[str, Any]
    customers: Mapping[str, Customer]
    orders: Mapping[str, Sequence[Order]]

    def say(self, session: str, text: str) -> Reply:
        """One message of a customer."""
        return self.assistant.reply(Utterance(session, text))

    def records(self, user_id: str) -> Db:
        """A customer's records as they are now, in the form of the database."""
        customer = self.storage.customer(user_id)
        owned = self.storage.orders_of_customer(user_id)
        return write_retailer([customer] if customer else [], owned)

    def restore(self, user_id: str) -> None:
        """Put a customer's records back as they were imported."""
        self.storage.add_customers([self.customers[user_id]])
        self.storage.add_orders(self.orders[user_id])


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
    storage = assistant.storage
    storage.add_customers(retailer.customers)
    storage.add_orders(retailer.orders)
    return Shop(assistant, storage, _db(path), *_by_customer(retailer))


def _by_customer(retailer: Retailer) -> tuple[dict[str, Customer], dict[str, list[Order]]]:
    customers = {one.id: one for one in retailer.customers}
    orders: dict[str, list[Order]] = {one: [] for one in customers}
    for one in retailer.orders:
        orders[one.customer_id].append(one)
    return customers, orders


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


def clean_up(home: Path) -> None:
    """Remove the home."""
    shutil.rmtree(home, ignore_errors=True)
