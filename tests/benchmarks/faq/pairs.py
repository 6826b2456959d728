"""Chinese question pairs: two texts, tab, and whether they mean the same."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = "faq_matching_zh"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two questions and whether one answer serves both."""

    first: str
    second: str
    same: bool


def read_pairs(data: Path, test: Path | None, name: str) -> tuple[Pair, ...]:
    """The pairs of a set, from ``--test`` where that has it.

    Raises:
        ValueError: the file is missing or a line is malformed; the message names the line.
    """
    found = [
        folder / FOLDER / file
        for folder in (test, data)
        if folder is not None
        for file in (f"{name}_test.txt.gz", f"{name}_dev.txt.gz")
    ]
    path = next((one for one in found if one.is_file()), None)
    if path is None:
        raise ValueError(f"expected {name}_dev.txt.gz in {data / FOLDER}")
    return tuple(_pairs(path))


def _pairs(path: Path) -> Iterator[Pair]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            parts = line.rstrip("\n").split("\t")
            if len(parts) != 3 or parts[2] not in ("0", "1"):
                raise ValueError(f"{path.name}, line {number}: expected two texts and 0 or 1")
            yield Pair(parts[0], parts[1], parts[2] == "1")
