"""Trained models by version, and which of them is the promoted one."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from catalog.files import read_json, replace_folder, write_json

USERS = "users.json"
"""In a version's folder: whose the rows of the model are."""
_POINTER = "promoted.json"
_REPORT = "report.json"
_NAME = re.compile(r"v\d{4,}")


@dataclass(frozen=True, slots=True)
class Version:
    """One trained model: its name, its folder, and what was measured when it was trained."""

    name: str
    folder: Path
    report: dict[str, object]


class Versions:
    """A folder with a folder for each version and a file that names the promoted ones.

    A version appears whole or not at all, and the file is replaced in one step, so a killed
    process leaves what was there before.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> tuple[Version, ...]:
        """Every version, the oldest first.

        Raises:
            ValueError: A version's report is damaged.
        """
        names = sorted(
            (one.name for one in self._folder.glob("v*") if _NAME.fullmatch(one.name)),
            key=lambda name: int(name[1:]),
        )
        return tuple(self._version(name) for name in names)

    def promoted(self) -> Version | None:
        """The promoted version; None when none was promoted.

        Raises:
            ValueError: The promoted version is no longer there.
        """
        history = self._history()
        return self.get(history[-1]) if history else None

    def get(self, name: str) -> Version:
        """A version by its name.

        Raises:
            ValueError: There is none; the message lists those there are.
        """
        known = {one.name: one for one in self.all()}
        if name not in known:
            raise ValueError(f"expected a version of {sorted(known)}, got {name!r}")
        return known[name]

    def add(self, write: Callable[[Path], None], report: dict[str, object]) -> Version:
        """Let ``write`` fill the folder of the next version; it is not promoted by that."""
        last = max((int(one.name[1:]) for one in self.all()), default=0)
        name = f"v{last + 1:04d}"
        with replace_folder(self._folder / name) as work:
            write(work)
            write_json(work / _REPORT, report)
        return self.get(name)

    def promote(self, name: str) -> Version:
        """Make a version the promoted one.

        Raises:
            ValueError: There is no such version.
        """
        version = self.get(name)
        history = self._history()
        if not history or history[-1] != name:
            self._write([*history, name])
        return version

    def rollback(self) -> Version | None:
        """Go back to the version promoted before; None when that was none.

        Raises:
            ValueError: No version is promoted.
        """
        history = self._history()
        if not history:
            raise ValueError("expected a promoted version to go back from, there is none")
        if len(history) > 1:
            self.get(history[-2])
        self._write(history[:-1])
        return self.promoted()

    def _version(self, name: str) -> Version:
        folder = self._folder / name
        return Version(name, folder, read_json(folder / _REPORT))

    def _history(self) -> list[str]:
        path = self._folder / _POINTER
        if not path.exists():
            return []
        names = read_json(path).get("promoted")
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            raise ValueError(f"expected names of versions in {path}, got {names!r}")
        return names

    def _write(self, history: list[str]) -> None:
        work = self._folder / f".{_POINTER}.{os.getpid()}"
        write_json(work, {"promoted": history})
        work.replace(self._folder / _POINTER)
