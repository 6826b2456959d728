"""The tasks of tau-bench's retail domain, as far as they are about writes."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.service.reference import writes


@dataclass(frozen=True, slots=True)
class Task:
    """One customer's wishes: the listed actions that write."""

    user_id: str
    actions: tuple[Mapping[str, Any], ...]


def read_tasks(path: Path) -> list[Task]:
    """The tasks of a JSON file, gzipped or not.

    Raises:
        ValueError: the file cannot be read or has another form.
    """
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows = json.loads(content)
        return [_task(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} cannot be read as tasks: {error!r}") from error


def _task(row: Mapping[str, Any]) -> Task:
    listed = ({"name": one["name"], "kwargs": one["kwargs"]} for one in row["actions"])
    return Task(row["user_id"], tuple(one for one in listed if writes(one["name"])))
