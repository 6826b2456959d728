"""What the console shows, as HTML. The templates escape whatever is put into them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median

from markupsafe import Markup
from pydantic import JsonValue

from assistant.actions import view_cart
from assistant.desk import Desk
from assistant.desk_orders import OrderDesk
from assistant.responses import Responses
from assistant.storage.agents import AgentSession
from assistant.storage.notes import CannedReply
from assistant.storage.tickets import Wanted
from assistant.tickets import PRIORITIES, Agent, Ticket
from assistant.web.console.order_views import status_of
from assistant.web.labels import Labels
from assistant.web.rendering import fill, render_transcript
from catalog.types import LANGUAGES, Language

FOLDER = Path(__file__).parent / "labels"
QUEUES = ("open", "waiting", "mine", "snoozed", "closed")
_STATUSES: Mapping[str, tuple[str, ...]] = {
    "open": ("waiting", "with_agent"),
    "waiting": ("waiting",),
    "mine": ("with_agent", "snoozed"),
    "snoozed": ("snoozed",),
    "closed": ("closed",),
}
PAGE = 50
"""Tickets on one page of a list."""

_LATELY = 500
"""So many closed tickets count for the supervisor's figures."""

_ORDERS = 5
_HOUR = 60
_DAY = 24 * _HOUR


@cache
def console_labels() -> Mapping[Language, Labels]:
    """The console's words in both languages.

    Raises:
        ResponseError: a file is broken, or the two do not have the same labels.
    """
    words = Responses.load(FOLDER)
    return {language: Labels(words, language) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which tickets of the queue are shown, "" for all, and which page of them, from 0."""

    queue: str = "open"
    priority: str = ""
    language: str = ""
    topic: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of tickets; ``more`` says whether others follow."""

    tickets: tuple[Ticket, ...]
    page: int = 0
    more: bool = False

    @classmethod
    def read(cls, found: Callable[[int, int], tuple[Ticket, ...]], page: int) -> "Listed":
        """The page, from what gives so many tickets beyond so many."""
        tickets = found(PAGE + 1, page * PAGE)
        return cls(tickets[:PAGE], page, len(tickets) > PAGE)


def visible(ticket: Ticket, agent: Agent) -> bool:
    """Agents see what nobody has and their own; supervisors see everything."""
    return agent.is_supervisor or ticket.agent in ("", agent.name)


def queue_of(desk: Desk, agent: Agent, filters: Filters) -> Listed:
    """A page of a queue, in order."""
    wanted = Wanted(
        agent=agent.name if filters.queue == "mine" else None,
        seen_by=None if agent.is_supervisor else agent.name,
        priority=PRIORITIES.index(filters.priority) if filters.priority else None,
        language=filters.language,
        topic=filters.topic,
    )
    statuses = _STATUSES[filters.queue]
    return Listed.read(
        lambda most, skip: desk.storage.tickets(statuses, wanted, most, skip), filters.page
    )


def history_of(desk: Desk, agent: Agent, words: str, page: int) -> Listed:
    """A page of the conversations that hold the words, the newest first."""
    eyes = None if agent.is_supervisor else agent.name
    return Listed.read(
        lambda most, skip: desk.storage.search_tickets(words, eyes, most, skip), page
    )


def render_queue(listed: Listed, labels: Labels, late: timedelta, chosen: str = "") -> Markup:
    """The list on the left; a wait longer than ``late`` stands out."""
    now = datetime.now(UTC)
    rows = [(one, waited(one, now, labels), _is_late(one, now, late)) for one in listed.tickets]
    return fill(
        "console_queue.html", labels, rows=rows, priorities=PRIORITIES, chosen=chosen, listed=listed
    )


def render_ticket(desk: Desk, ticket: Ticket, session: AgentSession, labels: Labels) -> Markup:
    """Everything about one conversation: what was said, the card, notes, what can be done."""
    storage, services = desk.storage, desk.assistant.services
    store = services.store
    state = storage.load(ticket.session_id)
    turns = storage.turns(ticket.session_id)
    cart = view_cart(state, store) if state else None
    card = dict(ticket.card)
    ids = [str(one) for one in _listed(card.get("shown"))]
    known = store.get_many([*ids, *([str(card["focus"])] if card.get("focus") else [])])
    email = str(card.get("email") or "") or (state.verified_email if state else "")
    orders = storage.orders_of(email) if email else ()
    others = _others(desk, ticket, state.user_id if state else "")
    return fill(
        "console_ticket.html",
        labels,
        ticket=ticket,
        me=session.agent,
        mine=ticket.agent == session.agent.name,
        may=ticket.agent in ("", session.agent.name) or session.agent.is_supervisor,
        agents=[one for one in storage.agents() if one.active],
        transcript=render_transcript(turns, _NO_GUESSES),
        last=turns[-1].number if turns else 0,
        card=card,
        steps=[str(one) for one in _listed(card.get("steps"))],
        shown=[known[one].title.get(labels.language) for one in ids if one in known],
        cart=cart,
        orders=[(one.id, status_of(one, labels.language)) for one in orders[:_ORDERS]],
        email=email,
        understood=_understood(card, desk, labels),
        identified=bool(OrderDesk(storage, services.orders).customer_of(ticket.session_id)),
        others=others,
        notes=storage.notes_of(ticket.session_id),
        timers=timers(ticket, labels),
        priorities=PRIORITIES,
        canned=[
            filled(one, desk, ticket, session.agent) for one in storage.canned(ticket.language)
        ],
        when=_clock,
    )


def _understood(card: Mapping[str, JsonValue], desk: Desk, labels: Labels) -> list[str]:
    """What the assistant understood: intents as shoppers are asked about them, then slots."""
    responses, language = desk.assistant.responses, labels.language
    found = []
    for one in map(str, _listed(card.get("intents"))):
        asked = f"guess_{one}" in responses.templates[language]
        words = responses.say(f"guess_{one}", language, {}) if asked else ""
        found.append(words or labels.named("intent", one))
    for one in map(str, _listed(card.get("slots"))):
        name, _, said = one.partition(": ")
        found.append(f"{labels.named('slot', name)}: {said}")
    return found


_NO_GUESSES: Mapping[Language, Mapping[str, str]] = {"en": {}, "zh": {}}


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _others(desk: Desk, ticket: Ticket, user_id: str) -> list[Ticket]:
    """Earlier tickets of the same conversation or customer."""
    sessions = {ticket.session_id, *(desk.storage.conversations_of(user_id) if user_id else ())}
    return [one for one in desk.storage.tickets_of(sessions) if one.id != ticket.id]


def filled(reply: CannedReply, desk: Desk, ticket: Ticket, agent: Agent) -> CannedReply:
    """A canned reply with its variables filled in; an unknown one stays as it is written."""
    facts = {
        "{ticket}": ticket.id,
        "{agent}": agent.signature,
        "{shop}": str(desk.assistant.services.shop_name.get(ticket.language, "")),
        "{customer}": str(ticket.card.get("email") or ticket.contact or ""),
    }
    text = reply.text
    for name, value in facts.items():
        text = text.replace(name, value)
    return CannedReply(reply.name, reply.language, text)


def timers(ticket: Ticket, labels: Labels) -> list[tuple[str, str]]:
    """How long the first reply and the solution took, or have taken by now."""
    now = datetime.now(UTC)
    first = (ticket.first_reply or now) - ticket.created
    whole = (ticket.closed or now) - ticket.created
    return [
        (labels("first_reply"), duration(first.total_seconds(), labels)),
        (labels("resolution"), duration(whole.total_seconds(), labels)),
    ]


def waited(ticket: Ticket, now: datetime, labels: Labels) -> str:
    """How long the shopper has waited for a person's words."""
    since = ticket.owed_since if ticket.status == "with_agent" else ticket.waiting_since
    if ticket.status == "closed":
        return labels(f"outcome_{ticket.outcome or 'resolved'}")
    return "" if since is None else duration((now - since).total_seconds(), labels)


def _is_late(ticket: Ticket, now: datetime, late: timedelta) -> bool:
    since = ticket.owed_since or ticket.waiting_since
    return ticket.is_open and since is not None and now - since > late


def duration(seconds: float, labels: Labels) -> str:
    """Rounded down, in the largest two units that say something."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return labels("seconds", count=max(int(seconds), 0))
    if minutes < _HOUR:
        return labels("minutes", count=minutes)
    if minutes < _DAY:
        return labels("hours", count=minutes // _HOUR, rest=minutes % _HOUR or "")
    return labels("days", count=minutes // _DAY, rest=minutes % _DAY // _HOUR or "")


def render_overview(desk: Desk, labels: Labels) -> Markup:
    """The supervisor's view: who has how much, how long people wait, how it was found."""
    storage, now = desk.storage, datetime.now(UTC)
    opened = storage.tickets(("waiting", "with_agent", "snoozed"))
    closed = storage.tickets(("closed",), most=_LATELY)
    waits = [(now - (one.waiting_since or now)).total_seconds() for one in opened if not one.agent]
    firsts = [(one.first_reply - one.created).total_seconds() for one in closed if one.first_reply]
    wholes = [(one.closed - one.created).total_seconds() for one in closed if one.closed]
    stars = [one.rating for one in closed if one.rating]
    figures = [
        ("waiting", str(len(waits))),
        ("longest_wait", duration(max(waits, default=0.0), labels)),
        ("first_reply", duration(median(firsts), labels) if firsts else "–"),
        ("resolution", duration(median(wholes), labels) if wholes else "–"),
        ("satisfaction", f"{sum(stars) / len(stars):.1f} / 5 ({len(stars)})" if stars else "–"),
    ]
    loads = [(one, sum(t.agent == one.name for t in opened)) for one in storage.agents()]
    done = {one.name: sum(t.agent == one.name for t in closed) for one, _ in loads}
    audited = storage.audited(most=50)
    return fill(
        "console_overview.html",
        labels,
        figures=figures,
        loads=loads,
        done=done,
        audited=audited,
        when=_clock,
    )


def _clock(time: object) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M}" if isinstance(time, datetime) else ""
