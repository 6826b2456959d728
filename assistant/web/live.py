"""What happens in conversations, sent to browsers as it happens (server-sent events, WHATWG HTML).

A browser that lost the connection says the last thing it has, and gets everything since.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.responses import StreamingResponse

from assistant.storage import Storage
from assistant.storage.changes import EVERYTHING

HEARTBEAT = 15.0
_MOST_WAITING = 100
TYPING = "typing:"

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Hub:
    """Wakes the streams of this process when their topic changes."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._queues: dict[str, set[asyncio.Queue[str]]] = defaultdict(set)
        self._loops: dict[asyncio.Queue[str], asyncio.AbstractEventLoop] = {}
        storage.changes.listen(self._hear)

    @asynccontextmanager
    async def listening(self, *topics: str) -> AsyncIterator[asyncio.Queue[str]]:
        """A queue of what changed among the topics, and of who types in them."""
        self._storage.changes.watch()
        queue: asyncio.Queue[str] = asyncio.Queue(_MOST_WAITING)
        self._loops[queue] = asyncio.get_running_loop()
        self.follow(queue, *topics)
        try:
            yield queue
        finally:
            self._loops.pop(queue, None)
            self.leave(queue, *[one for one, those in self._queues.items() if queue in those])

    def follow(self, queue: asyncio.Queue[str], *topics: str) -> None:
        """Wake the stream by these topics too, from now on."""
        for topic in topics:
            self._queues[topic].add(queue)

    def leave(self, queue: asyncio.Queue[str], *topics: str) -> None:
        """Wake the stream by these topics no more."""
        for topic in topics:
            self._queues[topic].discard(queue)
            if not self._queues[topic]:
                del self._queues[topic]

    def _hear(self, topic: str) -> None:
        """Called from any thread."""
        whose = topic.rpartition(":")[2] if topic.startswith(TYPING) else topic
        for queue in list(self._loops if topic == EVERYTHING else self._queues.get(whose, ())):
            loop = self._loops.get(queue)
            if loop is not None and not loop.is_closed():
                loop.call_soon_threadsafe(_put, queue, topic)


def _put(queue: asyncio.Queue[str], topic: str) -> None:
    """A full queue has enough to wake its stream; the stream reads what is new itself."""
    if not queue.full():
        queue.put_nowait(topic)


async def next_topics(queue: asyncio.Queue[str]) -> set[str]:
    """What changed since; empty after a heartbeat's time of silence."""
    try:
        found = {await asyncio.wait_for(queue.get(), HEARTBEAT)}
    except TimeoutError:
        return set()
    while not queue.empty():
        found.add(queue.get_nowait())
    return found


def event(kind: str, data: Any, number: int | None = None) -> str:  # noqa: ANN401  # any JSON
    """One event on the wire; ``number`` comes back as Last-Event-ID."""
    lines = [f"event: {kind}", f"data: {json.dumps(data, ensure_ascii=False)}"]
    if number is not None:
        lines.insert(0, f"id: {number}")
    return "\n".join(lines) + "\n\n"


BEAT = ": still here\n\n"


def stream(events: AsyncIterator[str]) -> StreamingResponse:
    """An answer that goes on."""
    return StreamingResponse(events, media_type="text/event-stream", headers=_HEADERS)


def typing_topic(who: str, session_id: str) -> str:
    """The topic that says that somebody types."""
    return f"{TYPING}{who}:{session_id}"
