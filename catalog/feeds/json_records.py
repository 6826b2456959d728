"""JSON feeds as a stream of values: an array, a document with ``@graph``, or a value a line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO, Literal

import ijson

from catalog.feeds.lines import read_lines
from catalog.feeds.rows import RAW_LENGTH, FeedError, Rejected
from catalog.feeds.source import Source

MAX_LINE = 4_000_000
"""Characters of one line of JSON; a longer one is rejected."""

# The faster one in C crashes the process on a number of 4,301 digits (ijson 3.6).
_IJSON = ijson.get_backend("python")
_DEEPEST = 200
_Place = Literal["document", "array", "graph"]


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
        return _stream(source, "array")
    if always_lines or _has_lines(head):
        return _lines(source)
    return _stream(source, "graph" if '"@graph"' in head else "document")


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


def _stream(source: Source, place: _Place) -> Iterator[JsonRecord]:
    stream = _EndingStream(source.utf8())
    events = _IJSON.basic_parse(stream, multiple_values=place == "document")
    values = _values(events, place)
    number = 0
    while True:
        try:
            value = next(values)
        except StopIteration:
            break
        except (ijson.JSONError, ValueError, ArithmeticError) as error:
            if stream.error:
                break
            raise FeedError(f"the JSON is broken or cut off: {error}", number) from error
        number += 1
        yield JsonRecord(number, value, show_json(value))
    if stream.error:
        raise FeedError(str(stream.error), number) from stream.error


class _EndingStream:
    """A stream that ends where it breaks, and keeps the reason: ijson cannot be interrupted."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except (FeedError, UnicodeDecodeError, OSError) as error:
            self.error = error
            return b""


def _values(events: Iterable[tuple[str, object]], place: _Place) -> Iterator[object]:
    """The values that stand at one place of a document, built from its events."""
    open_: list[str] = []
    key: object = None
    builder: ijson.ObjectBuilder | None = None
    base = 0
    for event, value in events:
        if event.startswith("end_"):
            open_.pop()
        elif event == "map_key":
            key = value if len(open_) == 1 else key
        elif builder is None and _is_at(place, open_, key):
            builder, base = ijson.ObjectBuilder(), len(open_)
        if builder is not None:
            builder.event(event, value)
        if event.startswith("start_"):
            open_.append(event)
            if len(open_) > _DEEPEST:
                raise ValueError(f"more than {_DEEPEST} objects or arrays within each other")
        if builder is not None and event != "map_key" and len(open_) == base:
            yield builder.value
            builder = None


def _is_at(place: _Place, open_: list[str], key: object) -> bool:
    if place == "document":
        return not open_
    if place == "array":
        return open_ == ["start_array"]
    return key == "@graph" and open_ == ["start_map", "start_array"]


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")
