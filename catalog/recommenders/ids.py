"""The one place where outside ids (strings of the shop) become row numbers and back."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from catalog.files import read_json, write_json
from catalog.recommenders.saving import CURE


class IdMap:
    """Ids in a fixed order; the place of an id is its row number.

    Raises:
        ValueError: An id occurs twice.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = tuple(ids)
        self._idx = {id_: idx for idx, id_ in enumerate(self._ids)}
        if len(self._idx) != len(self._ids):
            raise ValueError(f"expected each id once, got {len(self._ids) - len(self._idx)} twice")

    @classmethod
    def load(cls, path: Path) -> "IdMap":
        """The ids that ``save`` wrote.

        Raises:
            ValueError: The file is missing or holds no ids.
        """
        ids = read_json(path).get("ids")
        if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
            raise ValueError(
                f"expected a list of ids in {path}, got {json.dumps(ids)[:60]}; {CURE}"
            )
        return cls(ids)

    def save(self, path: Path) -> None:
        """Write the ids as JSON."""
        write_json(path, {"ids": list(self._ids)})

    @property
    def all(self) -> Sequence[str]:
        """Every id, in the order of the rows."""
        return self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def idx(self, id_: str) -> int:
        """The row number of an id, -1 of one that is not known."""
        return self._idx.get(id_, -1)

    def known(self, ids: Iterable[str]) -> list[int]:
        """The row numbers of the known ones among ``ids``, in their order."""
        return [self._idx[id_] for id_ in ids if id_ in self._idx]

    def id(self, idx: int) -> str:
        """The id of a row number.

        Raises:
            IndexError: There is no such row.
        """
        if idx < 0:
            raise IndexError(f"expected a row number from 0 on, got {idx}")
        return self._ids[idx]
