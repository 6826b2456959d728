"""The database as commands open it: there is a home folder, and the tables are up to date."""

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.settings import Settings
from assistant.storage import Storage
from catalog.store import ProductStore


@contextmanager
def open_store(settings: Settings) -> Iterator[ProductStore]:
    """The catalogue, closed again afterwards.

    Raises:
        ValueError: the database's address is none.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    store = ProductStore.open(settings.database_url)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_storage(settings: Settings) -> Iterator[Storage]:
    """Conversations, orders and the desk, closed again afterwards.

    Raises:
        ValueError: the database's address is none.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    storage = Storage.open(settings.database_url)
    try:
        yield storage
    finally:
        storage.close()
