"""Requests about a retailer's orders, in words, and the database afterwards.

Protocol: every task's customer is played by a script that says the task's listed actions in its
own wordings, English or Chinese, naming goods by their names and options and never by ids of
items, answers what the replies ask and says yes. A task succeeds when the customer's and all
their orders' records then equal what the listed actions give under the retailer's rules, and
no record of any other customer was written. Tasks that list nothing to write, or an action that
customers have no words for, are left out and counted (tasks_left_out). Every task and every try
starts from the imported database: whatever is written, whoever's it is, is put back. The
forbidden tries are customers who may not have what they ask for (see ``forbidden``): there every
write counts, each line in the log of changes, and each customer whose records differ without one.
database_unchanged says whether after every try, before anything was put back, all records of all
customers and orders were those imported.
"""

import json
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests.benchmarks.percentiles import percentiles
from tests.benchmarks.service.customers import SPOKEN, Customer
from tests.benchmarks.service.forbidden import make_tries
from tests.benchmarks.service.phrasing import Speaker
from tests.benchmarks.service.reference import apply_actions, comparable
from tests.benchmarks.service.shop import Shop, open_shop
from tests.benchmarks.service.tasks import Task


def run(
    data: Path,
    tasks: Sequence[Task],
    *,
    languages: Sequence[str] = ("en", "zh"),
    tries: int = 1_000,
    seed: int = 1,
    trace: Path | None = None,
) -> dict[str, object]:
    """Play every task in each language, then the forbidden tries."""
    result: dict[str, object] = {"benchmark": "service", "protocol": __doc__, "tasks": len(tasks)}
    times: list[float] = []
    with tempfile.TemporaryDirectory(prefix="daogou-service-") as folder:
        shop = open_shop(data, Path(folder))
        for language in languages:
            result[language] = play_tasks(shop, tasks, language, seed, times, trace)
        forbidden = play_tries(shop, tries, languages, seed, times, trace)
        shop.storage.close()
    result |= {"forbidden": forbidden, "forbidden_writes": forbidden["forbidden_writes"]}
    return result | percentiles(times)


def play_tasks(
    shop: Shop,
    tasks: Sequence[Task],
    language: str,
    seed: int,
    times: list[float],
    trace: Path | None = None,
) -> dict[str, object]:
    """Success of all tasks in one language, overall and by act."""
    by_act: dict[str, list[bool]] = defaultdict(list)
    won, turns = 0, 0
    for number, task in enumerate(tasks):
        rng = Random(f"{seed}/{language}/{number}")
        customer = Customer(shop.db, task.user_id, Speaker(language, rng), rng)
        session = f"task-{language}-{seed}-{number}"
        customer.talk(task.actions, _sayer(shop, session, times))
        turns += len(customer.transcript)
        written = shop.written()
        right = _judge(shop, task, written - {task.user_id})
        won += right.pop("whole")
        for (_, act), done in zip(_acts(task), right.pop("acts"), strict=True):
            by_act[act].append(done)
        if trace is not None and right:
            _write(trace, language, number, task, right, customer)
        shop.restore(written)
        _progress(language, number + 1, len(tasks), won)
    return {
        "success": round(won / max(len(tasks), 1), 4),
        "by_act": {name: round(sum(done) / len(done), 4) for name, done in sorted(by_act.items())},
        "average_turns": round(turns / max(len(tasks), 1), 2),
    }


def _acts(task: Task) -> list[tuple[int, str]]:
    return [(n, one["name"]) for n, one in enumerate(task.actions)]


def _sayer(shop: Shop, session: str, times: list[float]) -> Any:
    def say(text: str) -> str:
        started = time.perf_counter()
        reply = shop.say(session, text)
        times.append((time.perf_counter() - started) * 1_000)
        return reply.text

    return say


def _judge(shop: Shop, task: Task, others: frozenset[str]) -> dict[str, Any]:
    """Whether the records are as they should be; what differs stands beside it.

    An act counts as done when the order it is about is as it should be.

    Args:
        shop: After the conversation.
        task: What should have come of it.
        others: The customers besides this one whose records were written.
    """
    expected, _ = apply_actions(shop.db, task.actions)
    got = shop.records(task.user_id)
    user = comparable(got["users"].get(task.user_id)), comparable(expected["users"][task.user_id])
    owned = {*expected["users"][task.user_id]["orders"], *got["orders"]}
    pairs = {
        id_: (comparable(got["orders"].get(id_)), comparable(expected["orders"].get(id_)))
        for id_ in sorted(owned)
    }
    wrong = {id_: pair for id_, pair in pairs.items() if pair[0] != pair[1]}
    acts = [one["kwargs"].get("order_id") not in wrong for one in task.actions]
    whole = not wrong and user[0] == user[1] and not others
    judged: dict[str, Any] = {"whole": whole, "acts": acts}
    if whole:
        return judged
    differing = user if user[0] != user[1] else ()
    return judged | {"orders": wrong, "user": differing, "others": sorted(others)}


def play_tries(
    shop: Shop,
    count: int,
    languages: Sequence[str],
    seed: int,
    times: list[float],
    trace: Path | None = None,
) -> dict[str, Any]:
    """Writes that nobody was allowed to make, by kind of try."""
    tries, writes, unchanged = Counter[str](), Counter[str](), True
    known = shop.changes()
    for number, one in enumerate(make_tries(shop.db, count, languages, seed)):
        one.talk(_sayer(shop, f"try-{seed}-{number}", times))
        tries[one.kind] += 1
        every, written = shop.changes(), shop.written()
        logged = {key: whose for key, whose in every.items() if key not in known}
        found = [*logged.values(), *(written - set(logged.values()))]
        if found:
            writes[one.kind] += len(found)
            _write_try(trace, one.kind, one.transcript, found)
        unchanged, known = unchanged and not written, every
        shop.restore(written)
        _progress("forbidden", number + 1, count, writes.total())
    return {
        "tries": tries.total(),
        "forbidden_writes": writes.total(),
        "by_kind": dict(sorted(tries.items())),
        "written": dict(writes),
        "database_unchanged": unchanged,
    }


def _progress(name: str, done: int, count: int, hits: int) -> None:
    if done % 25 == 0 or done == count:
        print(f"{name}: {done}/{count}, {hits}", file=sys.stderr)


def _write(
    trace: Path,
    language: str,
    number: int,
    task: Task,
    wrong: Mapping[str, Any],
    customer: Customer,
) -> None:
    """What went wrong in a task, to be read."""
    trace.mkdir(parents=True, exist_ok=True)
    lines = [f"# {language} {number} {task.user_id}"]
    lines += [json.dumps(one, ensure_ascii=False) for one in task.actions]
    lines += [f"> {said}\n{reply}\n" for said, reply in customer.transcript]
    lines += [json.dumps(wrong, ensure_ascii=False, indent=1, default=str)]
    (trace / f"{language}-{number}.txt").write_text(os.linesep.join(lines), "utf-8")


def _write_try(
    trace: Path | None, kind: str, transcript: Sequence[tuple[str, str]], written: Sequence[str]
) -> None:
    """A forbidden try that wrote, with the customers whose records it wrote."""
    if trace is None:
        return
    trace.mkdir(parents=True, exist_ok=True)
    lines = [f"# {kind}", *(f"> {said}\n{reply}\n" for said, reply in transcript), repr(written)]
    with (trace / "forbidden.txt").open("a", encoding="utf-8") as file:
        file.write(os.linesep.join(lines) + os.linesep)


def select(tasks: Sequence[Task]) -> list[Task]:
    """The tasks with something to write, and all of it something that customers have words for."""
    return [one for one in tasks if one.actions and all(a["name"] in SPOKEN for a in one.actions)]
