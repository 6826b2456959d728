"""The FAQ of a running shop: edits of its files are in the next answer."""

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from assistant.faq.entries import FaqError, load_faq
from assistant.faq.index import FaqIndex, FaqMatch
from assistant.faq.vectors import Encode
from assistant.types import FaqEntry
from catalog.types import Language

_log = logging.getLogger(__name__)

_Stamp = tuple[tuple[str, int, int], ...]


class Faq:
    """The index of a folder, rebuilt when a file there changed.

    A broken edit changes nothing: the entries of before go on answering and the log says what
    to repair. Safe to use from several threads; while one rebuilds, the others use the old
    index.
    """

    def __init__(self, folder: Path, encode: Encode, cache_folder: Path) -> None:
        self._folder = folder
        self._encode = encode
        self._cache = cache_folder
        self._lock = threading.Lock()
        self._stamp = _stamp(folder)
        self._index = self._build()

    @classmethod
    def open(cls, folder: Path, encode: Encode, cache_folder: Path) -> "Faq":
        """Read ``folder/*.yml`` and index it; without such files nothing can be answered.

        Args:
            folder: Where the shop's files are.
            encode: The text encoder, for questions.
            cache_folder: Where computed vectors are kept.

        Raises:
            FaqError: a file cannot be used; the message says the cure.
        """
        return cls(folder, encode, cache_folder)

    @property
    def entries(self) -> tuple[FaqEntry, ...]:
        """What can be answered now."""
        return self._current().entries

    def search(self, text: str, language: Language, k: int = 3) -> tuple[FaqMatch, ...]:
        """The ``k`` best entries, best first, whatever their score."""
        return self._current().search(text, language, k)

    def best(self, matches: Sequence[FaqMatch]) -> FaqMatch | None:
        """The first match if it is sure enough to be given as the answer."""
        return self._index.best(matches)

    def _current(self) -> FaqIndex:
        stamp = _stamp(self._folder)
        if stamp != self._stamp and self._lock.acquire(blocking=False):
            try:
                self._reload(stamp)
            finally:
                self._lock.release()
        return self._index

    def _reload(self, stamp: _Stamp) -> None:
        # Kept even when the files are broken: they are looked at again once they change.
        self._stamp = stamp
        try:
            self._index = self._build()
        except FaqError as error:
            _log.error("FAQ not reloaded, the entries of before go on answering: %s", error)
        else:
            _log.info("FAQ reloaded: %d entries", len(self._index.entries))

    def _build(self) -> FaqIndex:
        return FaqIndex.build(load_faq(self._folder), self._encode, self._cache)


def _stamp(folder: Path) -> _Stamp:
    """What changes when a file is edited, added or removed."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        try:
            status = path.stat()
        except FileNotFoundError:  # removed between listing and looking
            continue
        found.append((path.name, status.st_mtime_ns, status.st_size))
    return tuple(found)
