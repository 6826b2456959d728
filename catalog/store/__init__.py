"""The shop's products, reviews and events in its database: the only true copy of them."""

from catalog.store.database import DatabaseError, hide_password
from catalog.store.events import Stored
from catalog.store.products import Change, ProductStore, UpsertCounts
from catalog.store.reader import EventReader, News

__all__ = [
    "Change",
    "DatabaseError",
    "EventReader",
    "News",
    "ProductStore",
    "Stored",
    "UpsertCounts",
    "hide_password",
]
