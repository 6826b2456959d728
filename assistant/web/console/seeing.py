"""What every address of the console asks first: may the agent see it, and in which language."""

from fastapi import HTTPException, Request

from assistant.desk import Desk
from assistant.settings import Settings
from assistant.tickets import Agent, Ticket
from assistant.web.console.views import console_labels, visible
from assistant.web.labels import Labels
from assistant.web.pages import choose_language


def labels_of(request: Request, settings: Settings) -> Labels:
    """The console's words in the agent's language."""
    return console_labels()[choose_language(request, settings)]


def seen(desk: Desk, ticket_id: str, agent: Agent) -> Ticket:
    """A ticket, if the agent may look at it; an unknown one and a foreign one look alike.

    Raises:
        HTTPException: 404 otherwise.
    """
    found = desk.storage.find_ticket(ticket_id)
    if found is None or not visible(found, agent):
        raise HTTPException(404, "no such ticket")
    return found
