"""Orders: who may see them, what may be done with them, and doing it once.

:mod:`~assistant.orders.service` is the contract and the shop's own tables behind it,
:mod:`~assistant.orders.rules` what a shop allows, :mod:`~assistant.orders.plans` what a change
does. What a conversation has to find out first is in :mod:`~assistant.orders.form` (what a message
fills in), :mod:`~assistant.orders.picking` (which items and variants) and
:mod:`~assistant.orders.missing` (what is still to be asked).
"""

from assistant.orders.numbers import (
    NextStep,
    next_step,
    normalize_email,
    normalize_order_id,
)
from assistant.orders.plans import Plan, RefusedError
from assistant.orders.rules import OrderRules, RulesError, load_rules
from assistant.orders.service import (
    Caller,
    OrderService,
    OrderServiceError,
    OutcomeUnknownError,
    OwnOrders,
    StaleError,
)

__all__ = [
    "Caller",
    "NextStep",
    "OrderRules",
    "OrderService",
    "OrderServiceError",
    "OutcomeUnknownError",
    "OwnOrders",
    "Plan",
    "RefusedError",
    "RulesError",
    "StaleError",
    "load_rules",
    "next_step",
    "normalize_email",
    "normalize_order_id",
]
