"""Everything that holds a user's id, to be shown to them or erased.

Whatever else comes to hold ids of users joins :func:`holders`; the rest follows.

A user's id is also the id of the customer in the order tables: it is what a shop's signed token
names. People who ask for their data often know no id, so an e-mail address stands for the one
customer who has it (:func:`known_as`). A guest who said in a conversation which customer they are
is found through the audit log, which holds the conversation.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from assistant.storage import Storage
from catalog.events.types import client_of, is_guest
from catalog.recommenders.ids import IdMap
from catalog.recommenders.versions import Versions
from catalog.store import ProductStore

Records = list[dict[str, Any]]
"""Records as JSON objects."""


class HoldsUsers(Protocol):
    """Something that keeps data about single users, under a ``name`` for the report."""

    @property
    def name(self) -> str:
        """What it keeps, as a plural noun."""

    def export_user(self, user_id: str) -> Records:
        """Everything kept about the user."""

    def erase_user(self, user_id: str) -> int:
        """Erase it; says how many records there were."""


def holders(
    store: ProductStore, storage: Storage, versions: Versions, home: Path
) -> tuple[HoldsUsers, ...]:
    """What holds ids of users, in the order it is erased.

    Of orders only the person is erased: a shop has to keep its books. Of what imports rejected
    the files in ``home`` are known, those that were written elsewhere are not.
    """
    # Events come late: they tell which guest the user was. So do customers: their audit log tells
    # which conversations were theirs.
    models = _TrainedModels(store, versions)
    talks = (_Kept(store, storage), _Conversations(store, storage))
    rejected = _Rejected(store, home)
    return (*talks, _Reviews(store), models, rejected, _Events(store), _Customers(storage))


def known_as(user_id: str, storage: Storage) -> tuple[str, ...]:
    """The ids of one person: what was given, and the customer whose e-mail address that is.

    Raises:
        ValueError: several customers have the address, so that it does not say who is meant.
    """
    ids = [one.id for one in storage.customers_by_email(user_id)] if "@" in user_id else []
    if len(ids) > 1:
        raise ValueError(f"expected the id of one of {', '.join(sorted(ids))}, got their e-mail")
    return tuple(dict.fromkeys((user_id, *ids)))


def export_user(
    user_id: str, held: Sequence[HoldsUsers], also: Sequence[str] = ()
) -> dict[str, Records]:
    """Everything about a user, by what holds it; ``also`` are further ids of the same person.

    Raises:
        ValueError: ``user_id`` is empty.
    """
    ids = _checked(user_id, also)
    return {one.name: [row for id_ in ids for row in one.export_user(id_)] for one in held}


def erase_user(
    user_id: str, held: Sequence[HoldsUsers], also: Sequence[str] = ()
) -> dict[str, int]:
    """Erase everything about a user; says how many records of what there were.

    ``also`` are further ids of the same person.

    Raises:
        ValueError: ``user_id`` is empty.
    """
    ids = _checked(user_id, also)
    return {one.name: sum(one.erase_user(id_) for id_ in ids) for one in held}


def _checked(user_id: str, also: Sequence[str]) -> tuple[str, ...]:
    if not user_id:
        raise ValueError("expected the id of a user, got an empty one")
    return tuple(dict.fromkeys((user_id, *also)))


@dataclass(frozen=True, slots=True)
class _Conversations:
    """States, turns and tickets; also of the time before the user signed in."""

    store: ProductStore
    storage: Storage
    name: str = "conversations"

    def export_user(self, user_id: str) -> Records:
        return self.storage.export_user(user_id, self._sessions(user_id))

    def erase_user(self, user_id: str) -> int:
        return self.storage.erase_user(user_id, self._sessions(user_id))

    def _sessions(self, user_id: str) -> list[str]:
        return _guest_sessions(self.store, self.storage, user_id)


@dataclass(frozen=True, slots=True)
class _Kept:
    """Watched products and saved carts; also of the time before the user signed in.

    They go before the conversations, which tell whose a session is.
    """

    store: ProductStore
    storage: Storage
    name: str = "watches and saved carts"

    def export_user(self, user_id: str) -> Records:
        return self.storage.export_kept(user_id, self._sessions(user_id))

    def erase_user(self, user_id: str) -> int:
        return self.storage.erase_kept(user_id, self._sessions(user_id))

    def _sessions(self, user_id: str) -> list[str]:
        guest = _guest_sessions(self.store, self.storage, user_id)
        return [*self.storage.conversations_of(user_id), *guest]


def _guest_sessions(store: ProductStore, storage: Storage, user_id: str) -> list[str]:
    """Conversations of a guest: named after the session, or known to be the customer's."""
    guests = [*store.guests_of(user_id), *([user_id] if is_guest(user_id) else [])]
    return [*(client_of(one) for one in guests), *storage.sessions_of_customer(user_id)]


@dataclass(frozen=True, slots=True)
class _Customers:
    """The customer with address and ways to pay, their orders, and the log of who saw them.

    The orders stay in the books without a person.
    """

    storage: Storage
    name: str = "customers and orders"

    def export_user(self, user_id: str) -> Records:
        return self.storage.export_customer(user_id)

    def erase_user(self, user_id: str) -> int:
        return self.storage.erase_customer(user_id)


@dataclass(frozen=True, slots=True)
class _Reviews:
    """Reviews signed with the user's id; the words stay, the name goes."""

    store: ProductStore
    name: str = "reviews"

    def export_user(self, user_id: str) -> Records:
        return [
            {
                "id": one.id,
                "product_id": one.product_id,
                "author": one.author,
                "rating": one.rating,
                "text": {"en": one.text.en, "zh": one.text.zh},
                "time": one.time.isoformat(),
            }
            for one in self.store.reviews_by(user_id)
        ]

    def erase_user(self, user_id: str) -> int:
        return self.store.erase_author(user_id)


@dataclass(frozen=True, slots=True)
class _Events:
    """Events, and which guest the user was."""

    store: ProductStore
    name: str = "events"

    def export_user(self, user_id: str) -> Records:
        return self.store.export_events(user_id)

    def erase_user(self, user_id: str) -> int:
        return self.store.erase_events(user_id)


@dataclass(frozen=True, slots=True)
class _Rejected:
    """Lines of imported files that were rejected and name a user."""

    store: ProductStore
    home: Path
    name: str = "rejected lines"

    def export_user(self, user_id: str) -> Records:
        named = self._naming(user_id)
        return [
            {"file": path.name, "line": line}
            for path, lines in self._read()
            for line in lines
            if named.search(line)
        ]

    def erase_user(self, user_id: str) -> int:
        erased, named = 0, self._naming(user_id)
        for path, lines in self._read():
            kept = [line for line in lines if not named.search(line)]
            if len(kept) < len(lines):
                path.write_text("".join(f"{line}\n" for line in kept), "utf-8", newline="\n")
                erased += len(lines) - len(kept)
        return erased

    def _naming(self, user_id: str) -> re.Pattern[str]:
        ids = [user_id, *self.store.guests_of(user_id)]
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ids))})(?![\w-])")

    def _read(self) -> Iterator[tuple[Path, list[str]]]:
        for path in sorted(self.home.glob("rejected-*.jsonl")):
            yield path, path.read_text("utf-8", "replace").splitlines()


@dataclass(frozen=True, slots=True)
class _TrainedModels:
    """Whose the rows of trained recommenders are; a row stays, its name goes."""

    store: ProductStore
    versions: Versions
    name: str = "trained models"

    def export_user(self, user_id: str) -> Records:
        return [
            {"version": path.parent.name, "row": row}
            for path, users in self._read()
            for row in users.known(self._ids(user_id))
        ]

    def erase_user(self, user_id: str) -> int:
        erased = 0
        for path, users in self._read():
            if rows := users.known(self._ids(user_id)):
                ids = (f"erased:{n}" if n in rows else id_ for n, id_ in enumerate(users))
                IdMap(ids).save(path)
                erased += len(rows)
        return erased

    def _ids(self, user_id: str) -> list[str]:
        """The user, also as the guests they were."""
        return [user_id, *self.store.guests_of(user_id)]

    def _read(self) -> Iterator[tuple[Path, IdMap]]:
        """Each file of ids; one that a killed process left half written is nobody's yet."""
        for path in self.versions.users_files():
            try:
                yield path, IdMap.load(path)
            except ValueError:
                if path.parent in {one.folder for one in self.versions.all()}:
                    raise
