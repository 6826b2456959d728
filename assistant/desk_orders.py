"""What agents do for customers with their orders: by the plans and rules the assistant goes by."""

import secrets
from dataclasses import dataclass

from assistant.orders import Caller, OrderService, Plan, StaleError
from assistant.orders.plans import fingerprint
from assistant.orders.records import Records, read_records
from assistant.purchases import Change
from assistant.storage import Storage
from assistant.tickets import Agent, DeskError, Ticket


@dataclass(frozen=True, slots=True)
class OrderDesk:
    """Orders of the customers whom agents talk with.

    Only the agent who has the conversation may look at them, and only once the conversation has
    proven whose orders they are. Every method raises
    :class:`~assistant.orders.OrderServiceError` when the order service does not answer.
    """

    storage: Storage
    orders: OrderService

    def customer_of(self, session_id: str) -> str:
        """The id of the customer a conversation is known to be with; "" for none."""
        state = self.storage.load(session_id)
        if state is None:
            return ""
        signed = state.user_proven and "token" in self.orders.rules.identify.ways
        return state.orders.customer_id or (state.user_id if signed else "")

    def records(self, ticket: Ticket, agent: Agent) -> Records:
        """The customer with their orders, as they are now.

        Raises:
            DeskError: the conversation is not this agent's, or nobody knows who the customer is.
        """
        if ticket.agent != agent.name or ticket.status != "with_agent":
            raise DeskError("not_yours", ticket.agent)
        known, caller = self.customer_of(ticket.session_id), _caller(ticket, agent)
        customer = self.orders.customer(known, caller) if known else None
        if customer is None:
            raise DeskError("no_customer")
        return read_records(customer, self.orders, caller)

    def plan(self, ticket: Ticket, agent: Agent, change: Change, records: Records) -> Plan:
        """What a change would do.

        Raises:
            RefusedError: the rules forbid it.
        """
        order = records.order(change.order_id) if change.order_id else None
        return self.orders.plan(change, records.customer, order, _caller(ticket, agent))

    def carry_out(
        self, ticket: Ticket, agent: Agent, change: Change, records: Records, key: str
    ) -> Plan | None:
        """Do what was shown under a key of :func:`new_key`, once however often it is asked for.

        Returns:
            What was done; None if it had been done before.

        Raises:
            DeskError: the key is not one of this conversation.
            RefusedError: the rules forbid it by now.
            StaleError: it would do something else than was shown.
        """
        shown, _, mine = key.removeprefix(f"desk/{ticket.id}/").partition("/")
        if not (key.startswith(f"desk/{ticket.id}/") and mine):
            raise DeskError("unknown", "the key of a change that was shown")
        if self.storage.was_changed(key):
            return None
        plan = self.plan(ticket, agent, change, records)
        if fingerprint(plan) != shown:
            raise StaleError("the records have changed since it was shown")
        self.orders.carry_out(plan, key, _caller(ticket, agent))
        return plan


def new_key(ticket: Ticket, plan: Plan) -> str:
    """What a change that is shown will be done under; it names what was shown."""
    return f"desk/{ticket.id}/{fingerprint(plan)}/{secrets.token_urlsafe(12)}"


def _caller(ticket: Ticket, agent: Agent) -> Caller:
    return Caller(ticket.session_id, agent.name)
