"""One lock per conversation, so that two messages at once are answered one after the other."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary


class SessionLocks:
    """Locks by session id; a lock nobody holds or waits for is forgotten."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: WeakValueDictionary[str, _Lock] = WeakValueDictionary()

    @contextmanager
    def holding(self, session_id: str) -> Iterator[None]:
        """Hold the lock of a conversation."""
        with self._guard:
            lock = self._locks.setdefault(session_id, _Lock())
        with lock.inner:
            yield


class _Lock:
    """A lock that a weak reference can point at."""

    def __init__(self) -> None:
        self.inner = threading.Lock()
