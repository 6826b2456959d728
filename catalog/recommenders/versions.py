"""Trained models by version, and which of them is the promoted one."""

import os
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from catalog.files import read_json, replace_folder, write_json

USERS = "users.json"
"""In a version's folder: whose the rows of the model are."""
MODEL, ITEMS = "model", "items.json"
"""In a version's folder: the blend, and which products its columns are."""
_POINTER, _TRIAL = "promoted.json", "trial.json"
_REPORT = "report.json"
_NAME = re.compile(r"v\d{4,}")


@dataclass(frozen=True, slots=True)
class Version:
    """One trained model: its name, its folder, and what was measured when it was trained."""

    name: str
    folder: Path
    report: dict[str, object]


@dataclass(frozen=True, slots=True)
class Trial:
    """A version that a share of the shoppers gets, to be compared with the promoted one.

    Args:
        name: Of the trial; another one divides the shoppers anew.
        version: What they get; "" is no trained version at all, the baseline.
        share: Of the shoppers, above 0 and below 1.
        started: When, in ISO 8601; what was shown before does not count.
    """

    name: str
    version: str
    share: float
    started: str

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise ValueError(f"expected a share of the shoppers between 0 and 1, got {self.share}")


class Versions:
    """A folder with a folder for each version and files that name the promoted and tried ones.

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
        return tuple(self._version(name) for name in self._names())

    def promoted(self) -> Version | None:
        """The promoted version; None when none was promoted.

        Raises:
            ValueError: The promoted version is no longer there.
        """
        history = self.history()
        return self.get(history[-1]) if history else None

    def state(self) -> tuple[object, ...]:
        """Something that changes when a version is promoted, rolled back or tried; cheap."""
        return tuple(_stamp(self._folder / name) for name in (_POINTER, _TRIAL))

    def get(self, name: str) -> Version:
        """A version by its name.

        Raises:
            ValueError: There is none (the message lists those there are), or it is damaged.
        """
        if name not in self._names():
            raise ValueError(f"expected a version of {self._names()}, got {name!r}")
        return self._version(name)

    def add(self, write: Callable[[Path], None], report: dict[str, object]) -> Version:
        """Let ``write`` fill the folder of the next version; it is not promoted by that."""
        taken = [one.name for one in self._folder.glob("v*") if _NAME.fullmatch(one.name)]
        last = max((int(name[1:]) for name in taken), default=0)
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
        history = self.history()
        if not history or history[-1] != name:
            self._write([*history, name])
        return version

    def rollback(self) -> Version | None:
        """Go back to the version promoted before; None when that was none.

        Raises:
            ValueError: No version is promoted.
        """
        history = self.history()
        if not history:
            raise ValueError("expected a promoted version to go back from, there is none")
        if len(history) > 1:
            self.get(history[-2])
        self._write(history[:-1])
        return self.promoted()

    def users_files(self) -> tuple[Path, ...]:
        """Whose the rows are, of every version and of what a killed process left half written."""
        return tuple(sorted(self._folder.glob(f"*/{USERS}")))

    def _names(self) -> list[str]:
        """The versions there are; a folder without its report, which is written last, is none."""
        reports = self._folder.glob(f"v*/{_REPORT}")
        found = [one.parent.name for one in reports if _NAME.fullmatch(one.parent.name)]
        return sorted(found, key=lambda name: int(name[1:]))

    def _version(self, name: str) -> Version:
        folder = self._folder / name
        return Version(name, folder, read_json(folder / _REPORT))

    def trial(self) -> Trial | None:
        """The trial that goes on; None when there is none.

        Raises:
            ValueError: Its file is damaged.
        """
        path = self._folder / _TRIAL
        if not path.exists():
            return None
        told = read_json(path)
        try:
            names = (str(told[key]) for key in ("name", "version", "started"))
            name, version, started = names
            return Trial(name, version, float(str(told["share"])), started)
        except KeyError as error:
            raise ValueError(f"expected {error} in {path}") from error

    def start_trial(self, trial: Trial) -> None:
        """Let a share of the shoppers get a version from now on, instead of any other trial.

        Raises:
            ValueError: There is no such version.
        """
        if trial.version:
            self.get(trial.version)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._replace(_TRIAL, asdict(trial))

    def end_trial(self) -> Trial | None:
        """Let everybody get the promoted version again; says what the trial was."""
        ended = self.trial()
        (self._folder / _TRIAL).unlink(missing_ok=True)
        return ended

    def history(self) -> list[str]:
        """The names of the promoted versions, the one promoted last at the end.

        Raises:
            ValueError: The file is damaged.
        """
        path = self._folder / _POINTER
        if not path.exists():
            return []
        names = read_json(path).get("promoted")
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            raise ValueError(f"expected names of versions in {path}, got {names!r}")
        return names

    def _write(self, history: list[str]) -> None:
        self._replace(_POINTER, {"promoted": history})

    def _replace(self, name: str, value: object) -> None:
        work = self._folder / f".{name}.{os.getpid()}"
        write_json(work, value)
        work.replace(self._folder / name)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What tells one writing of a file from the next; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
