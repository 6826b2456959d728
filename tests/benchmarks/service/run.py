"""Requests about a retailer's orders, in words, and the database afterwards.

Protocol: every task's customer is played by a script that says the task's listed actions in its
own wordings, English or Chinese, naming goods by their names and options and never by ids of
items, answers what the replies ask and says yes. A task succeeds when the customer's and all
their orders' records then equal what the listed actions give under the retailer's rules, and
no other customer's records were written. Every task starts from the imported database. The
forbidden tries are customers who may not have what they ask for (see ``forbidden``): there every
write counts.
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

import numpy as np

from tests.benchmarks.service.customers import Customer
from tests.benchmarks.service.forbidden import make_tries
from tests.benchmarks.service.phrasing import Speaker
from tests.benchmarks.service.reference import apply_actions, comparable, writes
from tests.benchmarks.service.shop import Shop, open_shop
from tests.benchmarks.service.tasks import Task

_SHOWN = 3


class Times(list[float]):
    """Milliseconds of turns."""

    def figures(self) -> dict[str, float]:
        """The usual percentiles."""
        if not self:
            return {}
        p50, p95 = np.percentile(np.asarray(self), [50, 95])
        return {"p50_ms": round(float(p50), 1), "p95_ms": round(float(p95), 1)}


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
    times = Times()
    with tempfile.TemporaryDirectory(prefix="daogou-service-") as folder:
        shop = open_shop(data, Path(folder))
        for language in languages:
            result[language] = _play(shop, tasks, language, seed, times, trace)
        result["forbidden"] = _try(shop, tries, languages, seed, times, trace)
        shop.storage.close()
    result["forbidden_writes"] = result["forbidden"]["forbidden_writes"]  # type: ignore[index]
    return result | times.figures()


def _play(
    shop: Shop, tasks: Sequence[Task], language: str, seed: int, times: Times, trace: Path | None
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
        right = _judge(shop, task)
        won += right.pop("whole")
        for (_, act), done in zip(_acts(task), right.pop("acts"), strict=True):
            by_act[act].append(done)
        if trace is not None and right:
            _write(trace, language, number, task, right, customer)
        shop.restore(task.user_id)
        _progress(language, number + 1, len(tasks), won)
    return {
        "success": round(won / max(len(tasks), 1), 4),
        "by_act": {name: round(sum(done) / len(done), 4) for name, done in sorted(by_act.items())},
        "average_turns": round(turns / max(len(tasks), 1), 2),
    }


def _acts(task: Task) -> list[tuple[int, str]]:
    return [(n, one["name"]) for n, one in enumerate(task.actions)]


def _sayer(shop: Shop, session: str, times: Times) -> Any:
    def say(text: str) -> str:
        started = time.perf_counter()
        reply = shop.say(session, text)
        times.append((time.perf_counter() - started) * 1_000)
        return reply.text

    return say


def _judge(shop: Shop, task: Task) -> dict[str, Any]:
    """Whether the records are as they should be; what differs stands beside it.

    An act counts as done when the order it is about is as it should be.
    """
    expected, _ = apply_actions(shop.db, task.actions)
    got = shop.records(task.user_id)
    user = comparable(got["users"].get(task.user_id)), comparable(expected["users"][task.user_id])
    owned = expected["users"][task.user_id]["orders"]
    wrong = {
        id_: (comparable(got["orders"].get(id_)), comparable(expected["orders"][id_]))
        for id_ in owned
        if comparable(got["orders"].get(id_)) != comparable(expected["orders"][id_])
    }
    acts = [one["kwargs"].get("order_id") not in wrong for one in task.actions]
    whole = not wrong and user[0] == user[1]
    judged: dict[str, Any] = {"whole": whole, "acts": acts}
    return (
        judged if whole else judged | {"orders": wrong, "user": user if user[0] != user[1] else ()}
    )


def _try(
    shop: Shop,
    count: int,
    languages: Sequence[str],
    seed: int,
    times: Times,
    trace: Path | None,
) -> dict[str, object]:
    """Writes that nobody was allowed to make, by kind of try."""
    tries, written = Counter[str](), Counter[str]()
    for number, one in enumerate(make_tries(shop.db, count, languages, seed)):
        before = len(shop.storage.order_changes())
        session = f"try-{seed}-{number}"
        one.talk(_sayer(shop, session, times))
        tries[one.kind] += 1
        after = shop.storage.order_changes()
        if len(after) != before:
            written[one.kind] += 1
            if trace is not None:
                _write_try(trace, one.kind, one.transcript, after[before:])
            for user_id in {change["customer_id"] for change in after[before:]}:
                shop.restore(user_id)
        _progress("forbidden", number + 1, count, sum(written.values()))
    unchanged = all(
        comparable(shop.records(id_)["users"][id_]) == comparable(shop.db["users"][id_])
        and comparable(shop.records(id_)["orders"].get(order))
        == comparable(shop.db["orders"][order])
        for id_ in shop.db["users"]
        for order in shop.db["users"][id_]["orders"][:1]
    )
    return {
        "tries": sum(tries.values()),
        "forbidden_writes": sum(written.values()),
        "by_kind": dict(sorted(tries.items())),
        "written": dict(written),
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
    trace: Path, kind: str, transcript: Sequence[tuple[str, str]], changes: Sequence[Any]
) -> None:
    trace.mkdir(parents=True, exist_ok=True)
    lines = [f"# {kind}", *(f"> {said}\n{reply}\n" for said, reply in transcript), repr(changes)]
    with (trace / "forbidden.txt").open("a", encoding="utf-8") as file:
        file.write(os.linesep.join(lines) + os.linesep)


def select(tasks: Sequence[Task], limit: int | None) -> list[Task]:
    """The tasks with something to write that has wordings; at most ``limit``."""
    usable = [one for one in tasks if one.actions and all(writes(a["name"]) for a in one.actions)]
    return usable[:limit]
