"""Alembic's entry point for the assistant's tables."""

from catalog.store.database import run_migrations

run_migrations()
