"""The chat page: Gradio serves it, and these functions answer it.

The page is one ``gr.HTML`` whose script calls the server functions below. They return HTML that
is rendered and escaped here; the script only puts it in its place.
"""

import asyncio
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr
from fastapi import FastAPI, HTTPException
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.actions import view_cart
from assistant.cards import COVER
from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.types import Cart, Reply, Turn, Utterance
from assistant.web.checkout_page import add_checkout_page
from assistant.web.headers import ProtectPages
from assistant.web.identity import signed_in
from assistant.web.labels import load_labels
from assistant.web.pace import Pace, address_of
from assistant.web.product_page import add_product_page
from assistant.web.rendering import (
    fill,
    render_cart,
    render_handoff,
    render_reply,
    render_transcript,
)
from assistant.web.sessions import PATTERN, is_session, new_session
from catalog.types import LANGUAGES, Language

STATIC = Path(__file__).parent / "static"

_FONTS = ("system-ui", "sans-serif")
_START = (
    "import(new URL('web/chat.js', document.baseURI)).then((chat) => chat.start(element, server))"
)

_SCRIPT_WORDS = (
    "agent_typing",
    "assistant",
    "cart",
    "close_cart",
    "close_chat",
    "compare_chosen",
    "compare_most",
    "conversation",
    "drop_choice",
    "message",
    "message_hint",
    "not_open",
    "not_sent",
    "open_cart",
    "retry",
    "said_change_quantity",
    "said_compare_products",
    "said_this",
    "send",
    "thinking",
    "too_fast",
    "too_long",
    "you",
)
"""The labels that the page's script writes by itself."""

Fragment = dict[str, Any]
"""What a server function returns: HTML by the place it goes to, and a few numbers."""


_Form = TypeVar("_Form", bound=BaseModel)


class Opening(BaseModel):
    """The page was opened; ``session`` is empty in a browser that was never here.

    ``token`` is who the shop's own page says is there, see :mod:`assistant.web.identity`.
    """

    model_config = ConfigDict(extra="forbid")

    session: str = ""
    language: Language = "en"
    token: str = Field("", max_length=2_000)


class Message(BaseModel):
    """What the shopper sent.

    ``known_turn`` is the last turn the page has; with ``again`` the same message was sent before
    and its answer may have been lost on the way. ``id`` is the page's own for the message.
    """

    model_config = ConfigDict(extra="forbid")

    session: str = Field(pattern=f"^{PATTERN}$")
    text: str = Field(min_length=1)
    known_turn: int = Field(0, ge=0)
    again: bool = False
    id: str = Field("", max_length=64)
    page_product: str = Field("", max_length=255)


def mount_chat(app: FastAPI, assistant: Assistant, settings: Settings, pace: Pace) -> FastAPI:
    """Put the chat page at ``/``, with the product and checkout pages its links lead to."""
    app.add_middleware(
        ProtectPages, names=settings.shop.name.values(), origins=settings.server.origins
    )
    app.mount("/web", StaticFiles(directory=STATIC), name="web")
    add_product_page(app, assistant.services.store, settings)
    add_checkout_page(app, assistant.services.store, settings)
    return _inside_a_loop(lambda: _mount_gradio(app, assistant, settings, pace))


def _mount_gradio(app: FastAPI, assistant: Assistant, settings: Settings, pace: Pace) -> FastAPI:
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        make_page(assistant, settings, pace),
        path="/",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
        theme=gr.themes.Base(font=_FONTS, font_mono=("monospace",)),
    )
    return mounted


def _inside_a_loop(make: Callable[[], FastAPI]) -> FastAPI:
    """Where no event loop runs, Gradio opens one for every lock and closes none: run one."""

    async def made() -> FastAPI:
        return make()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(made())
    return make()


def make_page(assistant: Assistant, settings: Settings, pace: Pace) -> gr.Blocks:
    """The page as Gradio blocks."""
    name = settings.shop.name[settings.shop.default_language]
    page: gr.Blocks = gr.Blocks(title=name, analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(
            render_shell(settings),
            padding=False,
            apply_default_css=False,
            js_on_load=_START,
            server_functions=[
                open_chat(assistant, settings.widget.identity_secret),
                send_message(assistant, pace),
            ],
        )
    return page


def render_shell(settings: Settings) -> str:
    """The page before anything was said, in the shop's default language."""
    labels = load_labels()
    words = {language: labels[language].patterns(_SCRIPT_WORDS) for language in LANGUAGES}
    welcomes = [
        fill("welcome.html", labels[language], examples=settings.shop.examples[language])
        for language in LANGUAGES
    ]
    return fill(
        "shell.html",
        labels[settings.shop.default_language],
        name=settings.shop.name[settings.shop.default_language],
        names=json.dumps(dict(settings.shop.name), ensure_ascii=False),
        words=json.dumps(words, ensure_ascii=False),
        welcomes=welcomes,
        longest=settings.dialogue.message_characters,
    )


def open_chat(assistant: Assistant, secret: str = "") -> Callable[[Fragment], Fragment]:
    """The server function that gives a returning shopper the conversation and the cart."""
    guesses = _guesses(assistant)

    def open_chat(request: Fragment) -> Fragment:
        opening = _read(Opening, request)
        known = is_session(opening.session)
        session = opening.session if known else new_session()
        if opening.token:
            session = signed_in(opening.token, session, secret, assistant)
            known = True
        turns = assistant.storage.turns(session) if known else ()
        language = turns[-1].reply.language if turns else opening.language
        state = assistant.storage.load(session) if turns else None
        cart = view_cart(state, assistant.services.store) if state else None
        return {
            "session": session,
            "turns": render_transcript(turns, guesses),
            **_around(cart, language, turns[-1].reply if turns else None, assistant),
        }

    return open_chat


def send_message(assistant: Assistant, pace: Pace | None = None) -> Callable[..., Fragment]:
    """The server function that answers one message.

    Of one that comes too fast it only gives the seconds to wait, as ``too_fast``.
    """

    def send_message(request: Fragment, sent: gr.Request | None = None) -> Fragment:
        message = _read(Message, request)
        address = address_of(sent.client) if sent else ""
        wait = pace.wait(message.session, address) if pace else 0.0
        if wait:
            return {"too_fast": math.ceil(wait)}
        reply = _answered_already(message, assistant) if message.again else None
        if reply is None:
            reply = assistant.reply(
                Utterance(
                    message.session,
                    message.text,
                    channel="web",
                    message_id=message.id,
                    page_product=message.page_product,
                )
            )
        around = _around(reply.cart, reply.language, reply, assistant)
        return {"reply": render_reply(reply), **_covered(message.text, assistant), **around}

    return send_message


def _covered(text: str, assistant: Assistant) -> Fragment:
    """What the page shows of a message in which a card number was covered."""
    heard = assistant.heard(text)
    return {"said": heard} if heard != text and COVER in heard else {}


def _read(form: type[_Form], request: Fragment) -> _Form:
    try:
        return form.model_validate(request)
    except ValidationError as error:
        raise HTTPException(422, "expected what the chat page sends") from error


def _answered_already(message: Message, assistant: Assistant) -> Reply | None:
    """The answer to a message that was sent before, if that did arrive.

    Taking the conversation's lock waits for an answer that is being made.
    """
    with assistant.locks.holding(message.session):
        turns = assistant.storage.turns(message.session)
    newer = [turn for turn in turns if turn.number > message.known_turn]
    return next((one.reply for one in newer if _is_answer(one, message, assistant)), None)


def _is_answer(turn: Turn, message: Message, assistant: Assistant) -> bool:
    return turn.utterance.text == assistant.heard(message.text)


def _around(
    cart: Cart | None, language: Language, reply: Reply | None, assistant: Assistant
) -> Fragment:
    """What surrounds the conversation after a turn: cart, hand-over line, language."""
    items = cart.items if cart else ()
    products = assistant.services.store.get_many([item.product_id for item in items])
    return {
        "turn": reply.turn if reply else 0,
        "language": language,
        "cart": render_cart(cart, language, products),
        "count": sum(item.quantity for item in items),
        "handoff": render_handoff(reply) if reply else "",
    }


def _guesses(assistant: Assistant) -> Mapping[Language, Mapping[str, str]]:
    """What each intent is called, for buttons of long ago."""
    prefix = "guess_"
    return {
        language: {
            name.removeprefix(prefix): assistant.responses.say(name, language, {})
            for name in assistant.responses.templates[language]
            if name.startswith(prefix)
        }
        for language in LANGUAGES
    }
