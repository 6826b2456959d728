"""Product feeds: every format comes out as the same rows, accepted or rejected.

A new format is one module with a function that gives :data:`FeedRow` s, named in
:data:`FORMATS` and in :func:`_reader` below, and told from the others in ``detect.py``.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from catalog.feeds import woocommerce
from catalog.feeds.detect import Format, detect_format
from catalog.feeds.google import read_google_table
from catalog.feeds.google_xml import read_google_xml
from catalog.feeds.mapped import read_mapped
from catalog.feeds.mapping import Mapping, load_mapping, mapping_names
from catalog.feeds.movielens import read_movielens
from catalog.feeds.rows import Accepted, FeedError, FeedRow, Rejected
from catalog.feeds.schema_org import read_schema_html, read_schema_json
from catalog.feeds.shopify import read_shopify
from catalog.feeds.source import Source
from catalog.feeds.woocommerce import read_woocommerce
from catalog.money import precision

__all__ = [
    "FORMATS",
    "Accepted",
    "Feed",
    "FeedError",
    "FeedRow",
    "Mapping",
    "Rejected",
    "load_mapping",
    "mapping_names",
    "open_feed",
]

FORMATS = ("google", "shopify", "woocommerce", "schema_org", "movielens")
"""What ``format`` may be; without it the content decides."""


class Feed(Iterator[FeedRow]):
    """The rows of one feed, read as they are asked for; made by :func:`open_feed`."""

    def __init__(self, source: Source, rows: Iterator[FeedRow]) -> None:
        self._source = source
        self._rows = rows
        self._line = 0

    def __next__(self) -> FeedRow:
        """The next row.

        Raises:
            FeedError: The feed cannot be read any further.
        """
        try:
            row = next(self._rows)
        except StopIteration:
            self._source.close()
            raise
        except FeedError as error:
            error.line = error.line or self._line
            self._source.close()
            raise
        except (UnicodeDecodeError, OSError) as error:
            self._source.close()
            raise FeedError(f"the file cannot be read on: {error}", self._line) from error
        self._line = max(self._line, row.line)
        return row

    @property
    def fraction(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return self._source.fraction

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is worth knowing about the feed as a whole, so far."""
        return tuple(dict.fromkeys(self._source.warnings))

    def close(self) -> None:
        """Close the file before the end."""
        self._source.close()


def open_feed(
    path: Path,
    mapping: Mapping | None = None,
    format: str | None = None,
    *,
    currency: str = "USD",
    now: datetime | None = None,
) -> Feed:
    """Open a product feed, plain or gzipped.

    Args:
        path: The file. UTF-8, UTF-16 with its mark, or GB18030; XML as it declares itself.
        mapping: How to read a feed of the shop's own; without it the formats are known ones.
        format: One of :data:`FORMATS`, when the content should not decide.
        currency: ISO 4217 code of prices that name none.
        now: The time at which sale prices with dates are judged; by default the present.

    Raises:
        FeedError: The file cannot be read at all, or is none of the known formats.
        ValueError: ``format`` or ``currency`` is not a known one, or both ``format`` and
            ``mapping`` are given.
    """
    if format is not None and (mapping or format not in FORMATS):
        wanted = "no format beside a mapping" if mapping else f"one of {', '.join(FORMATS)}"
        raise ValueError(f"expected {wanted}, got the format {format!r}")
    precision(currency)
    source = Source(Path(path))
    time = now or datetime.now(UTC)
    if mapping:
        return Feed(source, _begin(partial(read_mapped, source, mapping, currency)))
    found = detect_format(source, format)
    source.passes = woocommerce.PASSES if found == "woocommerce" else 1
    return Feed(source, _begin(_reader(found, source, currency, time)))


def _reader(
    format: Format, source: Source, currency: str, now: datetime
) -> Callable[[], Iterator[FeedRow]]:
    readers: dict[Format, Callable[[], Iterator[FeedRow]]] = {
        "google_xml": partial(read_google_xml, source, currency, now),
        "google_table": partial(read_google_table, source, currency, now),
        "shopify": partial(read_shopify, source, currency),
        "woocommerce": partial(read_woocommerce, source, currency, now),
        "schema_json": partial(read_schema_json, source, currency),
        "schema_html": partial(read_schema_html, source, currency),
        "movielens": partial(read_movielens, source),
    }
    return readers[format]


def _begin(read: Callable[[], Iterator[FeedRow]]) -> Iterator[FeedRow]:
    # Headers are read with the first row, so that every error comes from one place.
    yield from read()
