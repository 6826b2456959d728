"""The FAQ of a running shop: edits of its files are in the next answer."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.faq.entries import FaqError, load_faq
from assistant.faq.index import PASSAGE_CALIBRATION, FaqIndex, FaqMatch
from assistant.faq.pages import SUFFIXES, load_pages
from assistant.faq.vectors import Encode, Vectors
from assistant.types import FaqEntry
from catalog.types import LANGUAGES, Language

_log = logging.getLogger(__name__)

_FILES = (".yml", *SUFFIXES)

_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Indexes:
    """What was answered in advance, and the passages of the pages by their language."""

    entries: FaqIndex
    pages: Mapping[Language, FaqIndex]


class Faq:
    """The entries and pages of a folder, indexed anew when a file there changed.

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
        self._indexes = self._build()

    @classmethod
    def open(cls, folder: Path, encode: Encode, cache_folder: Path) -> "Faq":
        """Read the entries in ``*.yml`` and the pages in ``*.md`` and ``*.html`` and index them.

        Without such files nothing can be answered.

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
        return self._current().entries.entries

    def search(self, text: str, language: Language, k: int = 3) -> tuple[FaqMatch, ...]:
        """The ``k`` best entries, best first, whatever their score."""
        return self._current().entries.search(text, language, k)

    def best(self, matches: Sequence[FaqMatch]) -> FaqMatch | None:
        """The first match if it is sure enough to be given as the answer."""
        return self._indexes.entries.best(matches)

    def passage(self, text: str, language: Language) -> FaqMatch | None:
        """The passage of a page that says something about it, if one is sure enough.

        Pages in the shopper's language come first; where the shop has none, the others are read.
        """
        pages = self._current().pages
        other: Language = "en" if language == "zh" else "zh"
        index = pages.get(language) or pages.get(other)
        return index.best(index.search(text, language, 1)) if index else None

    def place(self, texts: Sequence[str], language: Language) -> Vectors:
        """Texts as vectors of length 1, [texts, dimension], near where they ask for the same."""
        space = self._current().entries.space
        return space.place(self._encode(texts), [language] * len(texts))

    def _current(self) -> _Indexes:
        stamp = _stamp(self._folder)
        if stamp != self._stamp and self._lock.acquire(blocking=False):
            try:
                self._reload(stamp)
            finally:
                self._lock.release()
        return self._indexes

    def _reload(self, stamp: _Stamp) -> None:
        # Kept even when the files are broken: they are looked at again once they change.
        self._stamp = stamp
        try:
            self._indexes = self._build()
        except FaqError as error:
            _log.error("FAQ not reloaded, the entries of before go on answering: %s", error)
        else:
            _log.info("FAQ reloaded: %d entries", len(self._indexes.entries.entries))

    def _build(self) -> _Indexes:
        entries = FaqIndex.build(load_faq(self._folder), self._encode, self._cache)
        passages = load_pages(self._folder)
        pages = {}
        for language in LANGUAGES:
            those = [one for one in passages if getattr(one.answer, language)]
            if those:
                folder = self._cache / f"pages-{language}"
                calibration = PASSAGE_CALIBRATION[language]
                pages[language] = FaqIndex.build(those, self._encode, folder, calibration)
        return _Indexes(entries, pages)


def _stamp(folder: Path) -> _Stamp:
    """What changes when a file is edited, added or removed."""
    found = []
    for path in sorted(one for one in folder.glob("*") if one.suffix.lower() in _FILES):
        try:
            status = path.stat()
        except FileNotFoundError:  # removed between listing and looking
            continue
        found.append((path.name, status.st_mtime_ns, status.st_size))
    return tuple(found)
