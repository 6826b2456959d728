"""Conversations, turns, tickets and orders in the shop's database."""

from assistant.storage.conversations import Said, TurnConflictError
from assistant.storage.database import Storage

__all__ = ["Said", "Storage", "TurnConflictError"]
