"""What looks like what was chosen, beside what reads like it."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.pictures.looks import LOOKS, Looks
from catalog.shelf import Items, Scores, Shelf, best

_log = logging.getLogger(__name__)

_APART = 1e-6
WEIGHT = 0.5
"""Of pictures beside texts in "similar to". `python -m tests.benchmarks pictures` finds it on one
half of a fashion shop's products and tests it on the other."""
STRIKING = 2.0
"""Deviations above the mean of all pictures from which on two products look alike."""


@dataclass(frozen=True, eq=False)
class Alike:
    """Likeness of pictures by ``item_idx``.

    Args:
        scores: In deviations above the mean of the catalogue's pictures; 0 without a picture.
        known: Which items have a picture.
    """

    scores: Scores
    known: NDArray[np.bool_]

    def rearranged(self, items: Items, plain: Scores, weight: float) -> Scores:
        """Scores of candidates by which those with a picture stand in the order of both.

        They share out among themselves the scores they have without pictures. So a product
        without a picture keeps its place exactly.

        Args:
            items: The candidates.
            plain: Of each without its picture.
            weight: Of the likeness of pictures beside that.
        """
        places = np.flatnonzero(self.known[items])
        both = plain[places] + np.float32(weight) * self.scores[items[places]]
        shared = np.sort(plain[places])[::-1]
        # Equal scores, as of equal titles, are told apart by the pictures too.
        repeated = np.arange(len(shared)) - np.searchsorted(-shared, -shared)
        found = plain.copy()
        found[places[np.argsort(-both, kind="stable")]] = shared - (_APART * repeated).astype(
            np.float32
        )
        return found

    def nearest(self, mask: NDArray[np.bool_], k: int) -> Items:
        """The ``k`` items with a picture that pass a mask and look most alike, in no order."""
        return best(self.scores, mask & self.known, k)


def decided(
    items: Items, scores: Scores, plain: Scores, alike: Alike | None, k: int
) -> frozenset[int]:
    """Of the ``k`` best items those that owe it to their pictures, which are strikingly alike.

    Args:
        items: The candidates.
        scores: Of each.
        plain: Of each without its picture.
        alike: How they look.
        k: How many are shown.
    """
    if alike is None:
        return frozenset()
    first, otherwise = _first(items, scores, k), _first(items, plain, k)
    return frozenset(one for one in first - otherwise if alike.scores[one] >= STRIKING)


def _first(items: Items, scores: Scores, k: int) -> set[int]:
    return set(items[np.lexsort((items, -scores))[:k]].tolist())


class ShopLooks:
    """The looks that were made last, by the numbers of the shelf. Safe for several threads.

    Whether they were made anew is looked at with every question. Damaged ones are logged, and
    what served before them stays.
    """

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        self._folder = folder
        self._shelf = shelf
        self._lock = threading.Lock()
        self._state: tuple[int, int] = (0, 0)
        self._looks: Looks | None = None
        self._revision = -1
        self._numbers: Items = np.zeros(0, np.int64)

    def like(self, weights: Mapping[str, float], size: int) -> Alike | None:
        """What looks like products; ``None`` where none of them has a picture.

        Args:
            weights: How much each product says, by id.
            size: One more than the highest ``item_idx``.
        """
        with self._lock:
            looks, numbers = self._open()
        scores = looks.likeness(weights) if looks is not None else None
        if scores is None:
            return None
        there = (numbers > 0) & (numbers < size)
        found, known = np.zeros(size, np.float32), np.zeros(size, np.bool_)
        found[numbers[there]], known[numbers[there]] = scores[there], True
        return Alike(found, known)

    def nearest_of(self, ids: Sequence[str], others: Sequence[str]) -> dict[str, str]:
        """Of other products that one which each product looks like most; none without pictures."""
        with self._lock:
            looks, _ = self._open()
        if looks is None or not others:
            return {}
        cosines = looks.rows(ids) @ looks.rows(others).T
        places = cosines.argmax(axis=1)
        return {
            id_: others[int(place)]
            for id_, place, row in zip(ids, places, cosines, strict=True)
            if row[place] > 0
        }

    def _open(self) -> tuple[Looks | None, Items]:
        state, revision = _state_of(self._folder / LOOKS), self._shelf.revision
        if state != self._state:
            self._state = state
            self._load()
            self._revision = -1
        if self._looks is not None and revision != self._revision:
            self._numbers = self._shelf.numbers(self._looks.ids)
            self._revision = revision
        return self._looks, self._numbers

    def _load(self) -> None:
        if self._state == (0, 0):
            self._looks = None
            return
        try:
            self._looks = Looks.load(self._folder)
        except ValueError as error:
            _log.error("what products look like cannot be read: %s", error)


def _state_of(path: Path) -> tuple[int, int]:
    """What changes with the file; zeros where there is none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
