"""The queries, grades and texts that the system and its peers are measured on."""

import csv
import gzip
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.benchmarks.search.metrics import Judgments
from tests.benchmarks.understanding.files import find_file, read_text

SET = "chorus_icecat"
FEED = "products.jsonl.gz"
JUDGMENTS = "judgments.csv"
_TRANSLATIONS = Path(__file__).with_name("queries_zh.yml")
_COLUMNS = ("query", "docid", "rating")


@dataclass(frozen=True, slots=True)
class Texts:
    """What the peers read: the id of every product and its title, brand and short description."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]


def read_judgments(data: Path, test: Path | None = None) -> tuple[Judgments, int]:
    """The queries that have a relevant product, and how many have none and are left out.

    Raises:
        ValueError: The file is missing, has other columns or a grade that is no number.
    """
    folders = [test / SET, test] if test else []
    path = find_file([*folders, data / SET], [JUDGMENTS])
    rows = csv.DictReader(io.StringIO(read_text(path)))
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise ValueError(f"expected the columns {_COLUMNS} in {path}, got {rows.fieldnames}")
    grades: dict[str, dict[str, int]] = {}
    for row in rows:
        grades.setdefault(row["query"], {})[row["docid"]] = int(row["rating"])
    useful = {query: found for query, found in grades.items() if max(found.values()) > 0}
    return useful, len(grades) - len(useful)


def read_texts(data: Path) -> Texts:
    """Every product of the catalogue in the order of the feed.

    Raises:
        ValueError: The catalogue is missing.
    """
    path = find_file([data / SET], [FEED])
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    ids = tuple(str(record["id"]) for record in records)
    return Texts(ids, tuple(_text(record) for record in records))


def read_translations() -> Mapping[str, str]:
    """The Chinese of each query, as far as it was translated."""
    read = yaml.safe_load(_TRANSLATIONS.read_text(encoding="utf-8"))
    return {str(english): str(chinese) for english, chinese in read.items()}


def _text(record: Mapping[str, object]) -> str:
    parts = (record.get(name) for name in ("title", "supplier", "short_description"))
    return " ".join(str(part) for part in parts if part)
