"""Tickets, and what may become of them. Pure: each act is a function from a ticket to a change.

A conversation is with the assistant until somebody is asked for; then its ticket is ``waiting``,
``with_agent``, ``snoozed`` until a time, and at last ``closed``: resolved, or given back to the
assistant. A closed one can be taken up again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import JsonValue

from catalog.types import Language

Status = Literal["waiting", "with_agent", "snoozed", "closed"]
Outcome = Literal["", "resolved", "returned"]
Role = Literal["agent", "supervisor"]

PRIORITIES = ("low", "normal", "high", "urgent")
LOW, NORMAL, HIGH, URGENT = range(4)


class DeskError(ValueError):
    """The desk does not allow this; ``reason`` is a short name that the console has words for."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who answers shoppers. ``shown_as`` is the name that shoppers see."""

    name: str
    role: Role = "agent"
    shown_as: str = ""
    capacity: int = 4
    online: bool = False
    active: bool = True

    @property
    def is_supervisor(self) -> bool:
        """Whether they see and may change everybody's conversations."""
        return self.role == "supervisor"

    @property
    def signature(self) -> str:
        """The name shoppers see."""
        return self.shown_as or self.name


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request for a person: who asked, why, and what the agent should know.

    ``owed_since`` is when the shopper began to wait for an answer of a person; ``None`` where a
    person spoke last. ``away`` marks one that came outside office hours.
    """

    number: int
    id: str
    session_id: str
    reason: str
    summary: str
    created: datetime
    status: Status = "waiting"
    priority: int = NORMAL
    language: Language = "en"
    topic: str = ""
    agent: str = ""
    wanted_agent: str = ""
    away: bool = False
    contact: str = ""
    card: Mapping[str, JsonValue] = field(default_factory=dict)
    waiting_since: datetime | None = None
    owed_since: datetime | None = None
    first_reply: datetime | None = None
    closed: datetime | None = None
    snoozed_until: datetime | None = None
    outcome: Outcome = ""
    asked_rating: bool = False
    rating: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.status != "closed"


@dataclass(frozen=True, slots=True)
class Change:
    """New values of a ticket's fields, and what the conversation is told: an action's name.

    ``facts`` fill the words of what is told; "" tells nothing.
    """

    values: Mapping[str, Any]
    told: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def claim(ticket: Ticket, agent: Agent, now: datetime, load: int) -> Change:
    """An agent takes a waiting conversation.

    Raises:
        DeskError: somebody has it already, it is closed, or the agent has enough.
    """
    if ticket.status == "closed":
        raise DeskError("closed")
    if ticket.agent and ticket.agent != agent.name:
        raise DeskError("taken", ticket.agent)
    if ticket.agent == agent.name and ticket.status == "with_agent":
        return Change({})
    if load >= agent.capacity and not agent.is_supervisor:
        raise DeskError("capacity")
    values = {"status": "with_agent", "agent": agent.name, "snoozed_until": None}
    return Change(values | {"owed_since": now, "waiting_since": None}, "join_agent", _who(agent))


def hand_to(ticket: Ticket, giver: Agent, taker: Agent, now: datetime) -> Change:
    """Assign a conversation to somebody, or transfer one's own.

    Raises:
        DeskError: it is closed, belongs to a third person, or the taker left.
    """
    _may(ticket, giver)
    if not taker.active:
        raise DeskError("gone", taker.name)
    values = {"status": "with_agent", "agent": taker.name, "snoozed_until": None}
    return Change(values | {"owed_since": now, "waiting_since": None}, "join_agent", _who(taker))


def put_back(ticket: Ticket, agent: Agent | None, now: datetime) -> Change:
    """Back into the queue, ahead of those who came later; ``agent`` is None for the clock.

    Raises:
        DeskError: the conversation is not this agent's.
    """
    if agent is not None:
        _may(ticket, agent)
    values = {"status": "waiting", "agent": "", "snoozed_until": None}
    since = ticket.owed_since or now
    raised = max(ticket.priority, HIGH)
    return Change(values | {"waiting_since": since, "priority": raised}, "leave_agent")


def answer(ticket: Ticket, agent: Agent, now: datetime) -> Change:
    """The agent wrote something.

    Raises:
        DeskError: the conversation is not this agent's.
    """
    _may(ticket, agent)
    if ticket.status != "with_agent" or ticket.agent != agent.name:
        raise DeskError("not_yours")
    return Change({"owed_since": None, "first_reply": ticket.first_reply or now}, "agent_message")


def snooze(ticket: Ticket, agent: Agent, now: datetime, until: datetime) -> Change:
    """Set aside until a time, or until the shopper writes.

    Raises:
        DeskError: the conversation is not this agent's, or the time has passed.
    """
    _may(ticket, agent)
    if until <= now:
        raise DeskError("past")
    return Change({"status": "snoozed", "snoozed_until": until, "agent": agent.name})


def wake(ticket: Ticket, now: datetime) -> Change:
    """A snoozed one goes back to its agent, by time or because the shopper wrote."""
    if ticket.status != "snoozed":
        return Change({})
    return Change({"status": "with_agent", "snoozed_until": None, "owed_since": now})


def resolve(ticket: Ticket, agent: Agent, now: datetime) -> Change:
    """Done. The first time the shopper is asked how it was.

    Raises:
        DeskError: the conversation is not this agent's.
    """
    _may(ticket, agent)
    told = "say_resolved" if ticket.asked_rating else "ask_rating"
    return Change(_closed(now, "resolved") | {"asked_rating": True}, told, _who(agent))


def give_back(ticket: Ticket, agent: Agent, now: datetime) -> Change:
    """The assistant goes on with the conversation.

    Raises:
        DeskError: the conversation is not this agent's.
    """
    _may(ticket, agent)
    return Change(_closed(now, "returned"), "return_to_assistant", _who(agent))


def reopen(ticket: Ticket, now: datetime) -> Change:
    """Somebody writes after it was closed: to the front of the queue, for the same agent."""
    values = {
        "status": "waiting",
        "wanted_agent": ticket.agent,
        "agent": "",
        "outcome": "",
        "closed": None,
        "waiting_since": now,
        "priority": max(ticket.priority, HIGH),
    }
    return Change(values)


def can_reopen(ticket: Ticket, now: datetime, within: timedelta) -> bool:
    """Whether a resolved one is taken up again when the shopper writes now."""
    done = ticket.status == "closed" and ticket.outcome == "resolved" and ticket.closed is not None
    return done and ticket.closed is not None and now - ticket.closed <= within


def is_forgotten(ticket: Ticket, now: datetime, patience: timedelta) -> bool:
    """Whether the shopper has waited too long for the agent who has the conversation."""
    owed = ticket.status == "with_agent" and ticket.owed_since is not None
    return owed and ticket.owed_since is not None and now - ticket.owed_since > patience


def _closed(now: datetime, outcome: Outcome) -> dict[str, Any]:
    values = {"status": "closed", "closed": now, "outcome": outcome}
    return values | {"owed_since": None, "snoozed_until": None, "waiting_since": None}


def _may(ticket: Ticket, agent: Agent) -> None:
    if ticket.status == "closed":
        raise DeskError("closed")
    if ticket.agent not in ("", agent.name) and not agent.is_supervisor:
        raise DeskError("not_yours", ticket.agent)


def _who(agent: Agent) -> dict[str, object]:
    return {"agent": agent.signature}
