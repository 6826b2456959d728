"""JSON feeds as a stream of values: an array, a document with ``@graph``, or a value a line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import ijson

from catalog.feeds.lines import read_lines
from catalog.feeds.rows import RAW_LENGTH, FeedError, Rejected
from catalog.feeds.source import Source

MAX_LINE = 4_000_000
"""Characters of one line of JSON; a longer one is rejected."""

_BROKEN = (ValueError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One value, the line it stands on (in an array: which it is), and its text."""

    line: int
    value: object
    raw: str


def read_json(source: Source, always_lines: bool = False) -> Iterator[JsonRecord | Rejected]:
    """Every record of a JSON feed; numbers with a point are ``Decimal``.

    An array and the array ``@graph`` of an object are read element by element, any other
    document whole. ``always_lines`` says that what is no array holds one value a line.

    Raises:
        FeedError: An array or document is broken; of lines only the broken ones are rejected.
    """
    head = source.head().decode(source.encoding(), "replace").lstrip("\ufeff \t\r\n")
    if head.startswith("["):
        return _stream(source, "item")
    if always_lines or _has_lines(head):
        return _lines(source)
    return _stream(source, "@graph.item" if '"@graph"' in head else "")


def parse_json(text: str) -> object:
    """The value of a JSON text.

    Raises:
        ValueError: It is not JSON, is nested too deeply, or holds a number that is none.
    """
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("the JSON is nested too deeply") from error
    except (ValueError, ArithmeticError) as error:
        raise ValueError(f"not JSON: {error}") from error


def show_json(value: object) -> str:
    """The beginning of the value as JSON, for a report."""
    try:
        return json.dumps(value, ensure_ascii=False, default=str)[:RAW_LENGTH]
    except RecursionError:
        return "(nested too deeply to show)"


def _has_lines(head: str) -> bool:
    first = head.partition("\n")[0].strip()
    try:
        parse_json(first)
    except ValueError:
        return first.startswith("{") and first.endswith("}")
    return True


def _lines(source: Source) -> Iterator[JsonRecord | Rejected]:
    for line in read_lines(source.text(), MAX_LINE):
        text = line.text.strip()
        if not line.whole:
            yield Rejected(line.number, f"the line is longer than {MAX_LINE:,} characters", text)
        elif text:
            try:
                yield JsonRecord(line.number, parse_json(text), text[:RAW_LENGTH])
            except ValueError as error:
                yield Rejected(line.number, str(error), text)


def _stream(source: Source, prefix: str) -> Iterator[JsonRecord]:
    values = ijson.items(source.utf8(), prefix, multiple_values=not prefix)
    number = 0
    while True:
        try:
            value = next(values)
        except StopIteration:
            return
        except FeedError:
            raise
        except (ijson.JSONError, *_BROKEN) as error:
            raise FeedError(f"the JSON is broken or cut off: {error}", number) from error
        number += 1
        yield JsonRecord(number, value, show_json(value))


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")
