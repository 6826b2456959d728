"""Conversations, turns, tickets and orders in the shop's database."""

from assistant.storage.conversations import TurnConflictError
from assistant.storage.database import Storage

__all__ = ["Storage", "TurnConflictError"]
