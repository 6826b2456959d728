"""Shoppers and agents write at once through two processes, and one of them is killed.

Whoever got no answer sends the same message again, under its id, through the other process, as
the pages do. Afterwards every conversation must hold every message once, in the order it was sent.
"""

import multiprocessing
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, cast

from assistant.actions import Services
from assistant.desk import Desk
from assistant.engine import Assistant
from assistant.policy import Limits
from assistant.responses import Responses
from assistant.storage import Storage
from assistant.tickets import Agent
from assistant.types import Utterance
from catalog.store import ProductStore
from intents.types import Intent, NLUResult
from tests.benchmarks.percentiles import percentiles

_PASSWORD = "a password of the benchmark"
_THREADS = 16


class _AsksForAPerson:
    """Stands for the model, which does not read what is said to a person."""

    kind, failures, problem = "benchmark", 0, ""

    def parse(self, text: str, _: object) -> NLUResult:
        return NLUResult(text, "en", (Intent("request_human", 1.0),))


def open_desk(url: str) -> Desk:
    """A desk over a database, without a catalogue or a model."""
    storage = Storage.open(url)
    nothing = cast(Any, None)
    services = Services(
        store=ProductStore.open(url),
        search=nothing,
        vocabulary=nothing,
        recommending=nothing,
        faq=nothing,
        orders=nothing,
        tickets=storage,
    )
    assistant = Assistant(
        nlu=_AsksForAPerson(),
        services=services,
        storage=storage,
        responses=Responses.load(),
        limits=Limits(),
        currencies={"en": "USD", "zh": "CNY"},
    )
    return Desk(assistant, automatic=False)


def serve(url: str, ends: list[Connection]) -> None:
    """One process: answer what comes through the pipes, and tell what changed."""
    desk = open_desk(url)
    with ThreadPoolExecutor(len(ends)) as pool:
        list(pool.map(lambda end: _serve_one(desk, end), ends))


def _serve_one(desk: Desk, end: Connection) -> None:
    while True:
        try:
            kind, session, ticket, agent, text = end.recv()
        except EOFError:
            return
        if kind == "shopper":
            desk.assistant.reply(Utterance(session, text, message_id=text))
        elif kind == "agent":
            desk.say(ticket, Agent(agent), text, text)
        end.send(text)


@dataclass
class _Process:
    """A process with several pipes; a broken one says that it is gone."""

    url: str
    pipes: list[tuple[Connection, Lock]] = field(default_factory=list)

    def start(self) -> None:
        pairs = [multiprocessing.Pipe() for _ in range(_THREADS)]
        context = multiprocessing.get_context("spawn")
        self.process = context.Process(target=serve, args=(self.url, [there for _, there in pairs]))
        self.process.start()
        for here, there in pairs:
            there.close()
            self.pipes.append((here, Lock()))

    def send(self, at: int, message: tuple[str, ...]) -> bool:
        pipe, lock = self.pipes[at % _THREADS]
        with lock:
            try:
                pipe.send(message)
                pipe.recv()
            except (EOFError, OSError):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Load:
    """How many conversations for so many agents, how long, and each side ``every`` so often.

    Both times are in seconds.
    """

    conversations: int
    agents: int
    seconds: float
    every: float


def run(url: str, load: Load) -> dict[str, object]:
    """Write for so long, kill one process in the middle, and count what went wrong."""
    desk = open_desk(url)
    for number in range(load.agents):
        name = f"agent{number}"
        desk.storage.add_agent(Agent(name, capacity=load.conversations), _PASSWORD)
    tickets = {}
    for number in range(load.conversations):
        session = f"bench-{number}"
        reply = desk.assistant.reply(Utterance(session, "a person, please"))
        assert reply.handoff is not None
        tickets[session] = reply.handoff.ticket
        agent = Agent(f"agent{number % load.agents}", capacity=load.conversations)
        desk.claim(reply.handoff.ticket, agent)
    processes = [_Process(url), _Process(url)]
    for one in processes:
        one.start()
    for one in processes:
        if not one.send(0, ("are you there", "", "", "", "yes")):
            raise OSError("a process of the benchmark did not start")
    heard: dict[str, float] = {}
    began = time.monotonic()
    wrote = _write(processes, tickets, load, began, heard)
    for one in processes:
        one.process.kill()
    found = _counted(desk, wrote) | _delays(wrote, heard)
    desk.storage.close()
    desk.assistant.services.store.close()
    return found


Wrote = dict[str, dict[str, list[tuple[str, float]]]]


def _write(
    processes: list[_Process],
    tickets: dict[str, str],
    load: Load,
    began: float,
    heard: dict[str, float],
) -> Wrote:
    """Both sides of every conversation write, each waiting for its own answer."""
    wrote: Wrote = defaultdict(lambda: {"shopper": [], "agent": []})
    until, half = began + load.seconds, began + load.seconds / 2
    jobs = [(at, one, kind) for at, one in enumerate(tickets) for kind in ("shopper", "agent")]

    def side(number: int, job: tuple[int, str, str]) -> None:
        at, session, kind = job
        ticket, agent = tickets[session], f"agent{int(session.split('-')[1]) % load.agents}"
        time.sleep(load.every * number / len(jobs))
        for said in count():
            if time.monotonic() > until:
                return
            text = f"{kind[0]}{said}"
            wrote[session][kind].append((text, time.monotonic()))
            for attempt in count(at):
                if processes[attempt % 2].send(at, (kind, session, ticket, agent, text)):
                    break
            heard[f"{session}/{text}"] = time.monotonic()
            time.sleep(load.every)

    def kill() -> None:
        time.sleep(max(half - time.monotonic(), 0))
        processes[0].process.kill()

    with ThreadPoolExecutor(len(jobs) + 1) as pool:
        killing = pool.submit(kill)
        list(pool.map(side, count(), jobs))
        killing.result()
    return wrote


def _counted(desk: Desk, wrote: Wrote) -> dict[str, object]:
    lost = doubled = reordered = sent = 0
    for session, sides in wrote.items():
        turns = desk.storage.turns(session)
        said = [one.utterance.text for one in turns if one.utterance.text.startswith("s")]
        answered = [one.reply.text for one in turns if one.action.name == "agent_message"]
        for kind, kept in (("shopper", said), ("agent", answered)):
            wanted = [text for text, _ in sides[kind]]
            sent += len(wanted)
            lost += len(set(wanted) - set(kept))
            doubled += len(kept) - len(set(kept))
            reordered += list(dict.fromkeys(kept)) != [one for one in wanted if one in set(kept)]
    return {"messages": sent, "lost": lost, "doubled": doubled, "reordered": reordered}


def _delays(wrote: Wrote, heard: dict[str, float]) -> dict[str, float]:
    delays = [
        1_000 * (heard[f"{session}/{text}"] - sent)
        for session, sides in wrote.items()
        for side in sides.values()
        for text, sent in side
    ]
    return percentiles(delays)
