"""Everything about a customer's orders, from "who are you" to a change that is done once."""

from assistant.actions.ordering.serving import serve_orders

__all__ = ["serve_orders"]
