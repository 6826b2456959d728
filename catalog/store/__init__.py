"""The shop's products, reviews and events in its database: the only true copy of them."""

from catalog.store.database import DatabaseError, hide_password
from catalog.store.products import Change, ProductStore, UpsertCounts

__all__ = ["Change", "DatabaseError", "ProductStore", "UpsertCounts", "hide_password"]
