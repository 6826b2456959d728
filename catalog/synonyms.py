"""Synonyms that the shop keeps in a text file, read again whenever the file changes.

A line is a group of names for the same thing, ``notebook = laptop`` or ``手提电脑 = 笔记本``, or
names that also stand for others, ``kfc => 肯德基, fried chicken``. ``#`` begins a comment.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from catalog.text import fold

Synonyms = Mapping[str, tuple[str, ...]]
"""For each folded name the other names that are looked for too."""

NO_SYNONYMS: Synonyms = MappingProxyType({})
SHIPPED = Path(__file__).with_name("synonyms.txt")
MOST_CHARACTERS = 60
_TRANSLATIONS = ("translations.txt", "search_words.txt")

_EVERY_SECONDS = 1.0
_log = logging.getLogger(__name__)


def read_synonyms(path: Path) -> Synonyms:
    """The synonyms of a file.

    Raises:
        ValueError: the file cannot be read, or lines of it are wrong; all of them are named.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the synonyms in {path} cannot be read: {error}") from error
    return parse_synonyms(text, str(path))


@cache
def translations() -> Synonyms:
    """Names in the other language that ship beside the lexicon, read once.

    Product types that the lexicon lacks, and ordinary words of shop queries.
    """
    folder = SHIPPED.parent / "lexicon"
    text = "\n".join((folder / name).read_text(encoding="utf-8") for name in _TRANSLATIONS)
    return parse_synonyms(text, " and ".join(_TRANSLATIONS))


def parse_synonyms(text: str, name: str) -> Synonyms:
    """The synonyms that lines of text say.

    Raises:
        ValueError: lines are wrong; the message says ``name``, each line's number and the cure.
    """
    found: dict[str, dict[str, None]] = {}
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            for written, other in _pairs(line.partition("#")[0].strip()):
                found.setdefault(written, {})[other] = None
        except ValueError as error:
            wrong.append(f"line {number}: {error}")
    if wrong:
        raise ValueError(f"the synonyms in {name} are wrong: " + "; ".join(wrong))
    return MappingProxyType({written: tuple(others) for written, others in found.items()})


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    if not line:
        return
    left, arrow, right = line.partition("=>")
    if arrow:
        yield from _crossed(_names(left, ","), _names(right, ","))
        return
    if "=" not in line:
        raise ValueError(f'expected "name = name" or "name => name", got {line!r}')
    names = _names(line, "=")
    if len(names) < len(line.split("=")):
        raise ValueError(f"a name stands twice in {line!r}")
    yield from _crossed(names, names)


def _crossed(names: Iterable[str], others: Iterable[str]) -> Iterator[tuple[str, str]]:
    kept = list(others)
    for name in names:
        yield from ((name, other) for other in kept if other != name)


def _names(text: str, separator: str) -> list[str]:
    names = [fold(part) for part in text.replace("，", ",").split(separator)]
    for name in names:
        if not any(map(str.isalnum, name)):
            raise ValueError(f"a name is missing in {text.strip()!r}")
        if len(name) > MOST_CHARACTERS:
            raise ValueError(f"a name is longer than {MOST_CHARACTERS} characters: {name[:20]!r}…")
    return list(dict.fromkeys(names))


@dataclass(slots=True)
class SynonymFile:
    """A file of synonyms, looked at again after a second. Safe to call from several threads.

    A file that is broken or gone while the shop runs leaves the synonyms as they were, with a
    line in the log.
    """

    path: Path
    current: Synonyms
    changed: float
    looked: float = 0.0
    clock: Callable[[], float] = time.monotonic
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, path: Path) -> "SynonymFile":
        """The synonyms of a file, read now.

        Raises:
            ValueError: see :func:`read_synonyms`.
        """
        return cls(path, read_synonyms(path), _changed(path))

    def __call__(self) -> Synonyms:
        """The synonyms as the file has them."""
        with self.lock:
            now = self.clock()
            if now - self.looked >= _EVERY_SECONDS:
                self.looked = now
                self._look()
            return self.current

    def _look(self) -> None:
        changed = _changed(self.path)
        if changed == self.changed:
            return
        self.changed = changed
        try:
            self.current = read_synonyms(self.path)
        except ValueError as error:
            _log.error("the synonyms stay as they were: %s", error)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0.0
