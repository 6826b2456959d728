"""``/live/{session}``: what a shopper's open page is told: agents' messages, the queue, typing."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query, Request
from starlette.responses import Response, StreamingResponse

from assistant.desk import is_from_desk
from assistant.engine import Assistant
from assistant.storage import Storage
from assistant.storage.changes import DESK, EVERYTHING
from assistant.web.labels import load_labels
from assistant.web.live import BEAT, Hub, event, next_topics, stream, typing_topic
from assistant.web.pace import Pace, address_of
from assistant.web.payloads import PressedButtons
from assistant.web.rendering import render_handoff_line, render_turn
from assistant.web.sessions import is_session

_TYPED_A_SECOND = 1.0
_TYPED_AT_ONCE = 10
_OF_AN_ADDRESS = 20
"""So many may type at one address as fast as that."""
_LOOKED_EVERY = 3.0
_BUTTONS_FROM = 3


def add_shopper_live(app: FastAPI, assistant: Assistant, hub: Hub) -> None:
    """Serve the stream of one conversation, and hear that its shopper types."""
    pace = Pace.of(
        _TYPED_A_SECOND,
        _TYPED_AT_ONCE,
        _OF_AN_ADDRESS * _TYPED_A_SECOND,
        _OF_AN_ADDRESS * _TYPED_AT_ONCE,
    )

    @app.get("/live/{session}")
    async def live(
        request: Request, session: str, after: Annotated[int, Query(ge=0)] = 0
    ) -> StreamingResponse:
        _check(session)
        seen = request.headers.get("last-event-id", "")
        start = int(seen) if seen.isdecimal() else after
        return stream(_events(assistant, hub, session, start))

    @app.post("/live/{session}/typing", status_code=204)
    def typing(request: Request, session: str) -> Response:
        _check(session)
        if not pace.wait(session, address_of(request.client)):
            assistant.storage.changes.send(typing_topic("shopper", session))
        return Response(status_code=204)


def _check(session: str) -> None:
    if not is_session(session):
        raise HTTPException(404, "no such conversation")


async def _events(assistant: Assistant, hub: Hub, session: str, after: int) -> AsyncIterator[str]:
    """Every turn beyond ``after``, then each as it comes, and the line about the queue.

    The queue changes all the time: whoever waits in it is told every few seconds at most.
    """
    line: str | None = None
    looked = 0.0
    storage, typing = assistant.storage, typing_topic("agent", session)
    async with hub.listening(session) as queue:
        topics = {session}
        while True:
            mine = bool(topics & {session, EVERYTHING})
            if mine:
                for turn in await asyncio.to_thread(live_turns, storage, session, after):
                    yield event("turn", turn, turn["turn"])
                    after = turn["turn"]
            if mine or (line and time.monotonic() - looked > _LOOKED_EVERY):
                looked = time.monotonic()
                told = str(await asyncio.to_thread(render_handoff_line, storage, session))
                if told != line:
                    line = told
                    (hub.follow if line else hub.leave)(queue, DESK)
                    yield event("handoff", line)
            if typing in topics:
                yield event("typing", "agent")
            topics = await next_topics(queue)
            if not topics:
                yield BEAT


def live_turns(storage: Storage, session: str, after: int) -> list[dict[str, Any]]:
    """The turns beyond a number as pages put them in; a pressed button says its title."""
    pressed, found = PressedButtons(), []
    for turn in storage.turns(session, max(after - _BUTTONS_FROM, 0)):
        if turn.number > after:
            labels = load_labels()[turn.reply.language]
            text = pressed.title(turn.utterance.text, labels, {})
            found.append(
                {
                    "turn": turn.number,
                    "desk": is_from_desk(turn),
                    "language": turn.reply.language,
                    "html": str(render_turn(turn, text)),
                }
            )
        pressed.see(turn.reply)
    return found
