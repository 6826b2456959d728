"""A support desk over a small retailer, without a catalogue's index or a model, and its agents."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.testclient import TestClient

from assistant.actions import Services
from assistant.desk import Desk
from assistant.engine import Assistant
from assistant.orders import OwnOrders, load_rules
from assistant.policy import Limits
from assistant.purchases import OrderTalk
from assistant.responses import Responses
from assistant.storage import Storage
from assistant.storage.tickets import TicketDetails
from assistant.tickets import Agent
from assistant.types import Action, Reply, Turn, Utterance
from assistant.web.chat import STATIC
from assistant.web.console import add_console
from assistant.web.live import Hub
from catalog.store import ProductStore
from intents.types import NLUResult
from tests.assistant.builders import CURRENCIES, state
from tests.assistant.orders_shop import fill_shop

PASSWORD = "correct horse battery"
AGENTS = (Agent("anna", shown_as="Anna", capacity=9), Agent("ben"), Agent("boss", "supervisor"))


class Console:
    """A signed-in agent's browser."""

    def __init__(self, app, name):
        self.client = TestClient(app, base_url="https://shop.test", follow_redirects=False)
        self.answer = self.sign_in(name, PASSWORD)
        page = self.client.get("/console").text
        marker = 'data-csrf="'
        self.csrf = page[page.index(marker) + len(marker) :].split('"')[0] if marker in page else ""

    def sign_in(self, name, password, **headers):
        form = urlencode({"name": name, "password": password})
        return self.client.post("/console/sign-in", content=form, headers=headers)

    def do(self, path, body=None, **headers):
        known = {"X-CSRF-Token": self.csrf} | headers
        return self.client.post(f"/console/{path}", json=body or {}, headers=known)


@contextmanager
def open_desk(folder):
    """The desk, with agents and a retailer's orders; the folder may have rules of its own."""
    url = f"sqlite:///{folder / 'desk.db'}"
    store, storage = ProductStore.open(url), Storage.open(url)
    fill_shop(store, storage)
    for agent in AGENTS:
        storage.add_agent(agent, PASSWORD)
    services = Services(
        store=store,
        search=None,
        vocabulary=None,
        recommending=None,
        faq=None,
        orders=OwnOrders(storage, store, load_rules(folder)),
        tickets=storage,
        shop_name={"en": "Shop", "zh": "小店"},
    )
    yield Desk(Assistant(None, services, storage, Responses.load(), Limits(), CURRENCIES))
    storage.close()
    store.close()


def console_app(desk, settings):
    """The console alone."""
    app = FastAPI()
    app.mount("/web", StaticFiles(directory=STATIC), name="web")
    add_console(app, desk, Hub(desk.storage), settings)
    return app


def ask(desk, session, customer="", text="a person please", number=1, **details):
    """Somebody asks for a person; gives the ticket. ``customer`` is who they are known to be."""
    reply = Reply(session, number, details.get("language", "en"), "One moment.")
    nlu = NLUResult(text, reply.language)
    now = datetime.now(UTC)
    turn = Turn(session, number, now, Utterance(session, text), nlu, Action("hand_off"), reply)
    handoff = desk.storage.open_ticket(session, "asked_for", text, TicketDetails(**details))
    known = state(turn=number, language=reply.language, handoff=handoff)
    known = replace(known, session_id=session, orders=OrderTalk(customer_id=customer))
    desk.storage.save(known, turn)
    return handoff.ticket
