"""Candidates with scores: what the trained models say, and what the live log and texts say."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.recommenders.blend import scaled
from catalog.recommenders.contexts import (
    CONTENT,
    FEW,
    MANY,
    NONE,
    ONE,
    PICTURES,
    POPULARITY,
    SESSIONS,
    context_of,
)
from catalog.recommenders.contract import ScoresSome, only_row
from catalog.recommending.history import History
from catalog.recommending.looks import Alike, ShopLooks
from catalog.recommending.neighbours import around
from catalog.recommending.served import Served
from catalog.shelf import Items, Scores, Shelf

LIVE = frozenset({POPULARITY, SESSIONS, CONTENT, PICTURES})
"""Parts of a blend that are not asked: log, index and pictures say the same as of now."""

UNTRAINED: Mapping[str, Mapping[str, float]] = {
    NONE: {POPULARITY: 1.0},
    ONE: {SESSIONS: 1.0, CONTENT: 1.0, PICTURES: 0.5, POPULARITY: 0.1},
    FEW: {SESSIONS: 1.0, CONTENT: 0.75, PICTURES: 0.35, POPULARITY: 0.1},
    MANY: {SESSIONS: 1.0, CONTENT: 0.5, PICTURES: 0.25, POPULARITY: 0.1},
}
"""Until a version is trained: the fewer events, the more the texts say. By judgment, not fitted,
but for the pictures' half of what texts say, see ``looks.WEIGHT``."""

NEW_PRODUCT = 0.5
"""The least weight of texts for a product that the trained models do not know."""

SHORTLIST = 40
"""Candidates that are looked at as products, at least."""
_RATED = 1e-3
"""What ratings say where nothing else does."""


@dataclass(frozen=True, eq=False)
class Scored:
    """Every item's score by ``item_idx``, and what there is to say of its texts and its picture.

    Args:
        base: Of the trained parts, the live neighbours and popularity, on a common scale.
        popular: How popular each is, as ``Sources.popular`` has it.
        profile: The vector of what was chosen, of length 1, or ``None``.
        content: The weight of likeness to the profile.
        untrained: Which items the trained models do not know; content weighs at least
            ``NEW_PRODUCT`` for them.
        alike: What looks like what was chosen, or ``None``.
        looks: The weight of that.
    """

    base: Scores
    popular: Scores
    profile: Scores | None
    content: float
    untrained: NDArray[np.bool_]
    alike: Alike | None = None
    looks: float = 0.0


class Sources:
    """Gathers scores. Safe to use from several threads."""

    def __init__(self, history: History, shelf: Shelf, looks: ShopLooks | None = None) -> None:
        self._history = history
        self._shelf = shelf
        self._looks = looks
        self._numbers = _Numbers(shelf)
        self._rated: tuple[tuple[int, int], Scores] = ((-1, 0), np.zeros(0, np.float32))

    def for_session(
        self, weights: Mapping[str, float], shopper: str, served: Served | None, size: int
    ) -> Scored:
        """Scores for somebody who chose products, with how much each says, the last one last.

        Args:
            weights: Above 0, by product id; none for somebody unknown.
            shopper: Their id, "" if there is none.
            served: The trained version, if there is one.
            size: One more than the highest ``item_idx``.
        """
        session = list(weights)
        mix = _mix(served, context_of(len(session)))
        rated, popularity = self._of_ratings(size), self._popularity(size)
        base = rated.copy()
        untrained = np.ones(size, np.bool_)
        if served is not None:
            base += self._trained(served, session, mix, size)
            known = self._numbers.of(served.name, served.items.all)
            untrained[known[known < size]] = False
        if session and mix.get(SESSIONS):
            near = around(self._history, session, shopper)
            weight = np.float32(mix[SESSIONS] * near.confidence)
            base += weight * self._of_ids(near.scores, size)
        base += np.float32(mix.get(POPULARITY, 0.0)) * popularity
        profile = self.profile(weights)
        looks = mix.get(PICTURES, 0.0)
        alike = self.alike(weights, size) if looks else None
        content = mix.get(CONTENT, 0.0)
        return Scored(base, popularity + rated, profile, content, untrained, alike, looks)

    def alike(self, weights: Mapping[str, float], size: int) -> Alike | None:
        """What looks like products; ``None`` where the shop's pictures say nothing of them."""
        return self._looks.like(weights, size) if self._looks is not None and weights else None

    def add_content(self, found: Scored, items: Items) -> tuple[Scores, Scores]:
        """The whole score of some items, and that of it which is not owed to their pictures.

        To the base comes how near their texts are to the profile, and how alike they look.
        """
        texts = np.zeros(len(items), np.float32)
        if found.profile is not None:
            cosines, mean, deviation = self._shelf.cosines(found.profile, items)
            texts = (cosines - np.float32(mean)) / np.float32(deviation)
        weights = np.where(
            found.untrained[items], max(found.content, NEW_PRODUCT), found.content
        ).astype(np.float32)
        plain = np.asarray(found.base[items] + weights * texts, np.float32)
        if found.alike is None:
            return plain, plain
        return found.alike.rearranged(items, plain, found.looks), plain

    def profile(self, weights: Mapping[str, float]) -> Scores | None:
        """P = Σ w·v(j) of what was chosen, of length 1; ``None`` where there are no vectors.

        The profile of content-based recommendation (Lops, de Gemmis and Semeraro, 2011).
        """
        if not weights:
            return None
        items = self._shelf.numbers(list(weights))
        vectors = self._shelf.vectors(items)
        total = np.array(list(weights.values()), np.float32) @ vectors
        length = float(np.linalg.norm(total))
        return np.asarray(total / length, np.float32) if length > 0 else None

    def popular(self, size: int) -> Scores:
        """How popular every item is, by the log first and by ratings."""
        return self._popularity(size) + self._of_ratings(size)

    def _trained(
        self, served: Served, session: Sequence[str], mix: Mapping[str, float], size: int
    ) -> Scores:
        rows = served.items.known(session)
        weights = {name: weight for name, weight in mix.items() if weight and name not in LIVE}
        parts = [part for part in served.blend.parts if part.name in weights]
        total = np.zeros(served.blend.item_count, np.float32)
        nets = {one.name: one.model for one in parts if isinstance(one.model, ScoresSome)}
        late = nets if len(total) > _ALL and len(nets) < len(parts) else {}
        for part in (one for one in parts if one.name not in late):
            total += np.float32(weights[part.name]) * on_scale(part.model.for_session(rows))
        if late:
            add_among(total, [(model, weights[name]) for name, model in late.items()], rows)
        return _scatter(self._numbers.of(served.name, served.items.all), total, size)

    def _popularity(self, size: int) -> Scores:
        ids, sums = self._history.popularity()
        values = np.maximum(sums, 0.0).astype(np.float32)
        numbers = self._numbers.of(POPULARITY, ids)[: len(values)]
        return on_scale(_scatter(numbers, values, size))

    def _of_ratings(self, size: int) -> Scores:
        """A little for good ratings, computed when the catalogue changes; not to be written to."""
        state = self._shelf.revision, size
        if self._rated[0] != state:
            found = np.asarray(_RATED * self._shelf.popularity(np.arange(size)), np.float32)
            self._rated = state, found
        return self._rated[1]

    def _of_ids(self, scores: Mapping[str, float], size: int) -> Scores:
        numbers = self._shelf.numbers(list(scores))
        values = np.fromiter(scores.values(), np.float32, len(scores))
        return on_scale(_scatter(numbers, values, size))


class _Numbers:
    """The ``item_idx`` of lists of ids that only grow, looked up once.

    An id that was not in the shop is looked up again when the catalogue has changed. Another list
    of the same name starts anew.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._kept: dict[str, tuple[Sequence[str], int, Items]] = {}
        self._lock = threading.Lock()

    def of(self, name: str, ids: Sequence[str]) -> Items:
        """The numbers of ``ids``, of which ``name`` is the name; 0 for what is not there."""
        with self._lock:
            revision = self._shelf.revision
            of, seen, known = self._kept.get(name, (ids, -1, np.zeros(0, np.int64)))
            if of is not ids:
                seen, known = -1, known[:0]
            if seen != revision and not known.all():
                missing = np.flatnonzero(known == 0)
                known[missing] = self._shelf.numbers([ids[at] for at in missing.tolist()])
            count = len(ids)
            if len(known) < count:
                known = np.concatenate([known, self._shelf.numbers(ids[len(known) : count])])
            self._kept[name] = ids, revision, known
            return known


def _mix(served: Served | None, context: str) -> Mapping[str, float]:
    if served is None or context == NONE:
        return UNTRAINED[context]
    return served.blend.mix(context)


def _scatter(numbers: Items, values: Scores, size: int) -> Scores:
    """Values by ``item_idx``; the rest, and what is not in the shop, have 0."""
    found = np.zeros(size, np.float32)
    there = (numbers > 0) & (numbers < size)
    found[numbers[there]] = values[there]
    return found


def shares_below(popular: Scores, items: Items) -> Scores:
    """For each item the share of the catalogue that is less popular, in [0, 1)."""
    others = popular[1:]
    places = [np.count_nonzero(others < popular[item]) for item in items.tolist()]
    return np.asarray(np.array(places, np.float32) / max(len(others), 1), np.float32)


def add_among(
    total: Scores, parts: Sequence[tuple[ScoresSome, float]], rows: Sequence[int]
) -> None:
    """Add models that score items one by one to those of the best that others found, in place.

    Candidates first and a ranking of them then, as in Covington, Adams and Sargin (2016). Mean
    and deviation, which bring a model to the scale of a blend, are those of every n-th item.

    Args:
        total: The scores of the other parts.
        parts: Models with their weights.
        rows: What was chosen, the last one last.
    """
    sample = np.arange(0, len(total), max(1, len(total) // _SAMPLE))
    best = np.argpartition(-total, min(_AMONG, len(total)) - 1)[:_AMONG]
    among = np.concatenate([sample, best])
    for model, weight in parts:
        scores = model.for_session_of(rows, among)
        told, found = scores[: len(sample)], scores[len(sample) :]
        if (size := float(told.std())) > _EQUAL:
            total[best] += np.float32(weight) * (found - told.mean()) / np.float32(size)


_ALL, _AMONG, _SAMPLE = 10_000, 2_000, 1_000
"""Products from which on nets rank candidates; how many of them; of how many the scale is told."""
_EQUAL = 1e-9


def on_scale(values: Scores) -> Scores:
    """The scale of a blend: 0 is the mean; equal scores are all 0."""
    if not len(values):
        return values
    return only_row(scaled(values[None]))


def union(*parts: Iterable[int]) -> Items:
    """Item numbers, each once, sorted."""
    return np.array(sorted({one for part in parts for one in part}), np.int64)


def pairs(items: Items, scores: Iterable[float]) -> list[tuple[int, float]]:
    """The items with their scores, without what is no item."""
    return [
        (item, float(score)) for item, score in zip(items.tolist(), scores, strict=True) if item > 0
    ]


def shortlist(scores: Mapping[int, float], k: int) -> dict[int, float]:
    """The best of scored items, as many as are worth looking at as products."""
    kept = sorted(scores, key=lambda item: (-scores[item], item))[: max(SHORTLIST, 3 * k)]
    return {item: scores[item] for item in kept}
