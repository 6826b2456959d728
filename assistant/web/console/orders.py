"""``/console/tickets/{id}/orders``: an agent acts for the customer of their conversation.

A form says what is wanted, the answer shows exactly what will happen, and a second form under a
key does it once. Why not is said in words.
"""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse

from assistant.desk import Desk
from assistant.desk_orders import OrderDesk, new_key
from assistant.orders import OrderServiceError, OutcomeUnknownError, RefusedError, StaleError
from assistant.settings import Settings
from assistant.storage.agents import AgentSession
from assistant.web.console.access import Access
from assistant.web.console.order_forms import Form, read_change
from assistant.web.console.order_views import refusal, render_orders, render_plan
from assistant.web.console.seeing import labels_of, seen
from assistant.web.labels import Labels

_LONGEST_FORM = 20_000


async def _form(request: Request) -> Form:
    body = await request.body()
    if len(body) > _LONGEST_FORM:
        raise HTTPException(413, "the form is too large")
    return parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)


def add_orders(app: FastAPI, desk: Desk, access: Access, settings: Settings) -> None:
    """Serve the customer's orders to the agent who has the conversation."""
    counter = OrderDesk(desk.storage, desk.assistant.services.orders)
    reader, writer = access.reader(), access.writer()
    _add_refusals(app, settings)

    def words(request: Request) -> Labels:
        return labels_of(request, settings)

    @app.get("/console/tickets/{ticket_id}/orders")
    def orders(
        request: Request, ticket_id: str, session: Annotated[AgentSession, Depends(reader)]
    ) -> HTMLResponse:
        ticket = seen(desk, ticket_id, session.agent)
        records = counter.records(ticket, session.agent)
        return HTMLResponse(render_orders(records, words(request)))

    @app.post("/console/tickets/{ticket_id}/orders/plan")
    def plan(
        request: Request,
        ticket_id: str,
        form: Annotated[Form, Depends(_form)],
        session: Annotated[AgentSession, Depends(writer)],
    ) -> HTMLResponse:
        ticket = seen(desk, ticket_id, session.agent)
        records = counter.records(ticket, session.agent)
        change = read_change(form, records)
        found = counter.plan(ticket, session.agent, change, records)
        key = new_key(ticket, found)
        return HTMLResponse(render_plan(found, records, form, key, words(request)))

    @app.post("/console/tickets/{ticket_id}/orders/change")
    def change(
        request: Request,
        ticket_id: str,
        form: Annotated[Form, Depends(_form)],
        session: Annotated[AgentSession, Depends(writer)],
    ) -> HTMLResponse:
        ticket = seen(desk, ticket_id, session.agent)
        records = counter.records(ticket, session.agent)
        wanted = read_change(form, records)
        key = next(iter(form.get("key", ())), "")
        done = counter.carry_out(ticket, session.agent, wanted, records, key)
        if done is not None:
            desk.tell_done(ticket.id, session.agent, done, records, key)
        now = counter.records(ticket, session.agent)
        return HTMLResponse(render_orders(now, words(request), wanted.act))


def _add_refusals(app: FastAPI, settings: Settings) -> None:
    def said(request: Request, error: str, words: str, status: int) -> JSONResponse:
        return JSONResponse({"error": error, "words": words}, status)

    @app.exception_handler(RefusedError)
    def refused(request: Request, error: RefusedError) -> JSONResponse:
        return said(request, error.reason, refusal(error, labels_of(request, settings)), 409)

    @app.exception_handler(StaleError)
    def stale(request: Request, _: StaleError) -> JSONResponse:
        words = labels_of(request, settings)("order_stale")
        return said(request, "stale", words, 409)

    @app.exception_handler(OrderServiceError)
    def down(request: Request, error: OrderServiceError) -> JSONResponse:
        unknown = isinstance(error, OutcomeUnknownError)
        name = "order_outcome_unknown" if unknown else "order_service_down"
        return said(request, name, labels_of(request, settings)(name), 503)
