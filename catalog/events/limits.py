"""How fast one sender may send: a bucket of tokens each."""

import threading
import time
from collections.abc import Callable

_MOST_SENDERS = 10_000


class RateLimiter:
    """Token buckets by sender (Turner, 1986, the leaky bucket as a meter).

    A bucket holds ``burst`` tokens and fills with ``per_second`` of them. Kept in memory: several
    processes behind a load balancer allow several times as much. Safe to use from threads.
    """

    def __init__(
        self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start with full buckets.

        Raises:
            ValueError: a rate or a size is not above zero.
        """
        if not (per_second > 0 and burst > 0):
            raise ValueError(f"expected a rate and a burst above 0, got {per_second} and {burst}")
        self._per_second, self._burst, self._clock = per_second, burst, clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, sender: str, count: int) -> float:
        """Take tokens; says how many seconds to wait where there are too few, 0 when taken.

        More than a full bucket is never there at once, so that empties a full one.
        """
        wanted = min(float(count), self._burst)
        with self._lock:
            now = self._clock()
            tokens = self._tokens(sender, now)
            if tokens < wanted:
                return (wanted - tokens) / self._per_second
            self._buckets[sender] = (tokens - wanted, now)
            if len(self._buckets) > _MOST_SENDERS:
                self._forget(now)
            return 0.0

    def _tokens(self, sender: str, now: float) -> float:
        tokens, then = self._buckets.get(sender, (self._burst, now))
        return min(self._burst, tokens + (now - then) * self._per_second)

    def _forget(self, now: float) -> None:
        """Drop the senders whose buckets are full again, else the longest silent half."""
        waiting = {
            sender: bucket
            for sender, bucket in self._buckets.items()
            if self._tokens(sender, now) < self._burst
        }
        if len(waiting) > _MOST_SENDERS:
            newest = sorted(waiting.items(), key=lambda pair: pair[1][1])
            waiting = dict(newest[len(newest) // 2 :])
        self._buckets = waiting
