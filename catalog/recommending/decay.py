"""Sums that halve with time, without ever looking at an old term again."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

_DAY = 86_400.0
_MOST = 500.0
"""Half-lives ahead of the landmark at which it moves; 2 to that power is still a float."""


class Decayed:
    """S(i) = Σ weight · 0.5 ^ (age / half life), per id.

    Every term is kept as of a fixed landmark in time, so a new event is one addition (forward
    decay, Cormode et al., 2009). ``ids`` never change their place.
    """

    def __init__(self, half_life_days: float) -> None:
        self.half_life_days = half_life_days
        self.ids: list[str] = []
        self._place: dict[str, int] = {}
        self._sums = np.zeros(64)
        self._landmark: datetime | None = None

    def add(self, id_: str, weight: float, time: datetime) -> None:
        """Count an event of any time, also one older than others."""
        if self._landmark is None:
            self._landmark = time
        ahead = self._half_lives(time)
        if ahead > _MOST:
            self._sums *= 0.5**ahead
            self._landmark, ahead = time, 0.0
        place = self._place_of(id_)
        self._sums[place] += weight * 2.0 ** max(ahead, -_MOST)

    def sums(self, now: datetime) -> NDArray[np.float64]:
        """Each id's sum as of ``now``, in the order of ``ids``."""
        factor = 0.0 if self._landmark is None else 0.5 ** self._half_lives(now)
        return self._sums[: len(self.ids)] * factor

    def _half_lives(self, time: datetime) -> float:
        assert self._landmark is not None
        return (time - self._landmark).total_seconds() / _DAY / self.half_life_days

    def _place_of(self, id_: str) -> int:
        place = self._place.get(id_)
        if place is None:
            place = self._place[id_] = len(self.ids)
            self.ids.append(id_)
            if place == len(self._sums):
                self._sums = np.concatenate([self._sums, np.zeros(place)])
        return place
