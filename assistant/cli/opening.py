"""The database as commands open it: there is a home folder, and the tables are up to date."""

from contextlib import AbstractContextManager, closing

from assistant.settings import Settings
from assistant.storage import Storage
from catalog.store import ProductStore


def open_store(settings: Settings) -> AbstractContextManager[ProductStore]:
    """The catalogue, closed again afterwards.

    Raises:
        ValueError: the database's address is none.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    return closing(ProductStore.open(settings.database_url))


def open_storage(settings: Settings) -> AbstractContextManager[Storage]:
    """Conversations, orders and the desk, closed again afterwards.

    Raises:
        ValueError: the database's address is none.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    return closing(Storage.open(settings.database_url))
