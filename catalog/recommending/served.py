"""The trained version that serves, opened anew when another is promoted, without a restart."""

import hashlib
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.recommenders.blend import Blend
from catalog.recommenders.contract import Model
from catalog.recommenders.ids import IdMap
from catalog.recommenders.versions import ITEMS, MODEL, Trial, Version, Versions

_log = logging.getLogger(__name__)

Loaders = Mapping[str, Callable[[Path], Model]]


@dataclass(frozen=True, eq=False)
class Served:
    """A version in memory: its name, its model, and whose products the rows are."""

    name: str
    blend: Blend
    items: IdMap

    @classmethod
    def load(cls, version: Version, loaders: Loaders) -> "Served":
        """Open a version.

        Raises:
            ValueError: It is missing, damaged, or its parts do not fit together.
        """
        blend = Blend.load(version.folder / MODEL, loaders)
        items = IdMap.load(version.folder / ITEMS)
        if blend.item_count != len(items):
            raise ValueError(
                f"expected a model of {len(items)} items in {version.name}, got {blend.item_count}"
            )
        return cls(version.name, blend, items)


class ServedModels:
    """What serves whom: the promoted version, or the one on trial. Safe for several threads.

    Which versions are promoted and on trial lies in two small files, looked at (not read) with
    every question. When they change, the new version is opened in the background while the old
    one goes on serving. One that cannot be opened is logged and counted, and what served before
    it stays: at a start that is the version promoted before it, or none.
    """

    def __init__(self, versions: Versions, loaders: Callable[[], Loaders]) -> None:
        self._versions = versions
        self._loaders = loaders
        self._lock = threading.Lock()
        self._seen: tuple[object, ...] = ()
        self._promoted: Served | None = None
        self._trial: tuple[Trial, Served | None] | None = None
        self.failures = 0
        self.problem = ""
        self._seen = versions.state()
        self._open()

    def of(self, shopper: str) -> Served | None:
        """The version that serves a shopper; ``None`` where none is trained or it is popularity.

        Who has the one on trial is decided by a hash of the trial and the shopper's id, so it
        stays the same as long as the trial goes on.
        """
        self._look()
        trial = self._trial
        if trial is not None and in_trial(trial[0], shopper):
            return trial[1]
        return self._promoted

    @property
    def promoted(self) -> str:
        """The name of the version that serves those outside of a trial; "" for none."""
        return self._promoted.name if self._promoted else ""

    def wait(self) -> None:
        """Return once everything that changed before is served."""
        self._look()
        with self._lock:
            pass

    def _look(self) -> None:
        state = self._versions.state()
        if state != self._seen and self._lock.acquire(blocking=False):
            self._seen = state
            threading.Thread(target=self._reopen, name="recommender", daemon=True).start()

    def _reopen(self) -> None:
        try:
            self._open()
        finally:
            self._lock.release()

    def _open(self) -> None:
        self.problem = ""
        try:
            self._promoted = self._first_usable(self._versions.history())
            self._trial = self._on_trial(self._versions.trial())
        except ValueError as error:
            self._failed("the versions of the recommender cannot be read: %s", error)

    def _first_usable(self, history: list[str]) -> Served | None:
        """The newest promoted version that can be opened, or what serves now."""
        serving = self._promoted
        for name in reversed(history):
            if serving is not None and serving.name == name:
                return serving
            opened = self._load(name)
            if opened is not None or serving is not None:
                return opened or serving
        return None

    def _on_trial(self, trial: Trial | None) -> tuple[Trial, Served | None] | None:
        if trial is None:
            return None
        if trial.version == "":
            return trial, None
        opened = self._load(trial.version)
        return None if opened is None else (trial, opened)

    def _load(self, name: str) -> Served | None:
        """Open a version, unless it is open already: a version never changes."""
        on_trial = self._trial[1] if self._trial else None
        for one in (self._promoted, on_trial):
            if one is not None and one.name == name:
                return one
        try:
            return Served.load(self._versions.get(name), self._loaders())
        except Exception as error:  # whatever a damaged file does, what serves must go on
            self._failed("version %s of the recommender cannot serve: %s", name, error)
            return None

    def _failed(self, message: str, *facts: object) -> None:
        self.failures += 1
        self.problem = message % facts
        _log.error(message, *facts)


def in_trial(trial: Trial, shopper: str) -> bool:
    """Whether a shopper is among the share of a trial that gets the version on trial."""
    digest = hashlib.sha256(f"{trial.name}\n{shopper}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64 < trial.share
