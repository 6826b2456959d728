"""The columns of the filters as plain arrays: grown in place, compacted, saved and read."""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.facts import ANY_CURRENCY, UNKNOWN_PRICE
from catalog.files import read_arrays, read_json, write_arrays, write_json

FORMAT_VERSION = 4
"""Counted up also when :mod:`catalog.units` learns a unit: numbers are kept in base units."""
Stored = Mapping[str, NDArray[Any]]

_MANIFEST = "manifest.json"
_NAMES = "names.json"
_ARRAYS = "columns.npz"


@dataclass(slots=True)
class Rows:
    """The columns of the variants; those of one product stand together, in its order.

    A row whose ``item`` is 0 is dead. ``prices`` are ten-thousandths, a column per currency;
    ``texts``, ``flags`` and ``numbers`` list the rows that have a fact.
    """

    item: "array[int]" = field(default_factory=lambda: array("i"))
    available: "array[int]" = field(default_factory=lambda: array("b"))
    prices: dict[str, "array[int]"] = field(default_factory=dict)
    texts: dict[tuple[str, str], "array[int]"] = field(default_factory=dict)
    flags: dict[tuple[str, bool], "array[int]"] = field(default_factory=dict)
    numbers: dict[tuple[str, str], "Numbers"] = field(default_factory=dict)


@dataclass(slots=True)
class Numbers:
    """One measurable attribute in one dimension: rows, base values, values as written."""

    rows: "array[int]" = field(default_factory=lambda: array("i"))
    base: "array[float]" = field(default_factory=lambda: array("d"))
    written: "array[float]" = field(default_factory=lambda: array("d"))


@dataclass(slots=True)
class Items:
    """The columns of the products, by ``item_idx``; ``count`` is 0 where there is none."""

    id: list[str] = field(default_factory=list)
    start: "array[int]" = field(default_factory=lambda: array("i"))
    count: "array[int]" = field(default_factory=lambda: array("i"))
    digest: "array[int]" = field(default_factory=lambda: array("q"))
    rating: "array[float]" = field(default_factory=lambda: array("d"))
    reviews: "array[int]" = field(default_factory=lambda: array("q"))
    family: "array[int]" = field(default_factory=lambda: array("q"))


def view(column: "array[Any]", kind: type[Any]) -> NDArray[Any]:
    """The column as a numpy array over the same memory; not to be kept, as it blocks growth."""
    return np.frombuffer(column, kind) if column else np.zeros(0, kind)


def currencies(rows: Rows) -> dict[str, int]:
    """The currencies that things are sold in, with how many variants have a price in each."""
    alive = view(rows.item, np.int32) > 0
    return {
        currency: int(np.count_nonzero(alive & (view(prices, np.int64) != UNKNOWN_PRICE)))
        for currency, prices in rows.prices.items()
        if currency != ANY_CURRENCY
    }


def within(
    rows: "array[int]", values: "array[float]", bounds: tuple[float, float]
) -> NDArray[np.int32]:
    """The rows whose value lies between the bounds, both included."""
    numbers = view(values, np.float64)
    return view(rows, np.int32)[(numbers >= bounds[0]) & (numbers <= bounds[1])]


def compacted(rows: Rows, alive: NDArray[np.bool_], number: NDArray[np.int32]) -> Rows:
    """The rows that are ``alive``, under their new ``number``; empty columns are left out."""

    def kept(column: "array[Any]", kind: type[Any]) -> "array[Any]":
        return _array(column.typecode, view(column, kind)[alive])

    def posting(column: "array[int]") -> "array[int]":
        old = view(column, np.int32)
        return _array("i", number[old[alive[old]]])

    texts = {key: posting(column) for key, column in rows.texts.items()}
    flags = {key: posting(column) for key, column in rows.flags.items()}
    numbers = {key: _kept_numbers(column, alive, number) for key, column in rows.numbers.items()}
    return Rows(
        item=kept(rows.item, np.int32),
        available=kept(rows.available, np.int8),
        prices={currency: kept(column, np.int64) for currency, column in rows.prices.items()},
        texts={key: column for key, column in texts.items() if column},
        flags={key: column for key, column in flags.items() if column},
        numbers={key: column for key, column in numbers.items() if column.rows},
    )


def save_columns(folder: Path, rows: Rows, items: Items) -> None:
    """Write both into ``folder``: names as JSON, arrays as one npz file."""
    arrays: dict[str, NDArray[Any]] = {
        "item": view(rows.item, np.int32),
        "available": view(rows.available, np.int8),
        "prices": np.array([view(prices, np.int64) for prices in rows.prices.values()]),
        "start": view(items.start, np.int32),
        "count": view(items.count, np.int32),
        "digest": view(items.digest, np.int64),
        "rating": view(items.rating, np.float64),
        "reviews": view(items.reviews, np.int64),
        "family": view(items.family, np.int64),
        "number_base": _joined([n.base for n in rows.numbers.values()], np.float64),
        "number_written": _joined([n.written for n in rows.numbers.values()], np.float64),
    }
    number_rows = [numbers.rows for numbers in rows.numbers.values()]
    for name, postings in (
        ("text", list(rows.texts.values())),
        ("flag", list(rows.flags.values())),
        ("number", number_rows),
    ):
        arrays[f"{name}_rows"] = _joined(postings, np.int32)
        arrays[f"{name}_sizes"] = np.array([len(posting) for posting in postings], np.int64)
    write_arrays(folder / _ARRAYS, arrays)
    names = {
        "ids": items.id,
        "currencies": list(rows.prices),
        "texts": list(rows.texts),
        "flags": list(rows.flags),
        "numbers": list(rows.numbers),
    }
    (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    write_json(folder / _MANIFEST, {"format_version": FORMAT_VERSION})


def load_columns(folder: Path) -> tuple[Rows, Items]:
    """Read what :func:`save_columns` wrote.

    Raises:
        ValueError: if it is missing, cut or of another format.
    """
    if read_json(folder / _MANIFEST) != {"format_version": FORMAT_VERSION}:
        raise ValueError(f"the filter columns in {folder} are of another format; index again")
    names = read_json(folder / _NAMES)
    stored = read_arrays(folder / _ARRAYS)
    try:
        return _rows(names, stored), _items(names, stored)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"the filter columns in {folder} are damaged: {error}") from error


def _rows(names: dict[str, Any], stored: Stored) -> Rows:
    rows = Rows(item=_array("i", stored["item"]), available=_array("b", stored["available"]))
    for currency, prices in zip(names["currencies"], stored["prices"], strict=True):
        rows.prices[currency] = _array("q", prices)
    rows.texts = {(n, v): _array("i", p) for (n, v), p in _postings("text", names, stored)}
    rows.flags = {(n, v): _array("i", p) for (n, v), p in _postings("flag", names, stored)}
    base = _parts("number", "number_base", stored)
    written = _parts("number", "number_written", stored)
    for index, ((name, dimension), posting) in enumerate(_postings("number", names, stored)):
        rows.numbers[name, dimension] = Numbers(
            _array("i", posting), _array("d", base[index]), _array("d", written[index])
        )
    return rows


def _items(names: dict[str, Any], stored: Stored) -> Items:
    return Items(
        id=list(names["ids"]),
        start=_array("i", stored["start"]),
        count=_array("i", stored["count"]),
        digest=_array("q", stored["digest"]),
        rating=_array("d", stored["rating"]),
        reviews=_array("q", stored["reviews"]),
        family=_array("q", stored["family"]),
    )


def _postings(kind: str, names: dict[str, Any], stored: Stored) -> Iterable[tuple[Any, Any]]:
    return zip(names[f"{kind}s"], _parts(kind, f"{kind}_rows", stored), strict=True)


def _parts(kind: str, name: str, stored: Stored) -> list[NDArray[Any]]:
    ends = np.cumsum(stored[f"{kind}_sizes"])
    return np.split(stored[name], ends)[:-1]


def _kept_numbers(column: Numbers, alive: NDArray[np.bool_], number: NDArray[np.int32]) -> Numbers:
    rows = view(column.rows, np.int32)
    kept = alive[rows]
    return Numbers(
        _array("i", number[rows[kept]]),
        _array("d", view(column.base, np.float64)[kept]),
        _array("d", view(column.written, np.float64)[kept]),
    )


def _joined(columns: Sequence["array[Any]"], kind: type[Any]) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, kind), *(view(column, kind) for column in columns)])


def _array(typecode: str, values: NDArray[Any]) -> "array[Any]":
    made = array(typecode)
    made.frombytes(np.ascontiguousarray(values).tobytes())
    return made
