"""What kind of product each item is, and whether that is the kind a query asks for.

"Laptop" asks for laptops: a laptop bag names the word too but is a thing for laptops, and stands
below unless a bag was asked for. Kinds are the product types of the bilingual lexicon, so that
笔记本 and "notebook PC" are the same one.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.documents import text_hash
from catalog.files import read_arrays, read_json, write_arrays, write_json
from catalog.lexicon import Kind, Lexicon, load_lexicon
from catalog.titled import titled_kinds
from catalog.types import Product
from catalog.words.product_types import lexicon_types, types_said

WANTED, UNKNOWN, OTHER, ACCESSORY = 0, 1, 2, 3
"""How an item's kind fits what a query asks for; the least of an item's kinds counts."""

_MOST = 8
_ROOM = 1_024
_NONE = ACCESSORY + 1
_KIND: Kind = "product_type"
_ARRAYS, _NAMES = "kinds.npz", "kinds.json"

Fits = NDArray[np.int8]


class ItemKinds:
    """Up to eight product types of every item, by ``item_idx``. Not safe for several threads."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}
        self._kinds = np.zeros((0, _MOST), np.int16)

    def update(self, item_idx: int, product: Product) -> None:
        """Remember what a product is, or put it in the place of what was there."""
        if item_idx >= len(self._kinds):
            grown = np.zeros((max(_ROOM, 2 * item_idx), _MOST), np.int16)
            grown[: len(self._kinds)] = self._kinds
            self._kinds = grown
        found = [self._number(kind) for kind in sorted(kinds_of(product))[:_MOST]]
        self._kinds[item_idx] = found + [0] * (_MOST - len(found))

    def remove(self, item_idx: int) -> None:
        """Forget an item; nothing happens when there is none."""
        if item_idx < len(self._kinds):
            self._kinds[item_idx] = 0

    def fits(self, items: NDArray[np.int64], asked: frozenset[str]) -> Fits:
        """For each of ``items`` one of :data:`WANTED`, :data:`ACCESSORY`, and so on.

        Args:
            items: of the catalogue.
            asked: product types of a query; when empty, every item is unknown.
        """
        if not asked or not len(self._kinds):
            return np.full(len(items), UNKNOWN, np.int8)
        known = items < len(self._kinds)
        kinds = self._kinds[np.where(known, items, 0)]
        kinds[~known] = 0
        found = np.where(kinds == 0, _NONE, self._marks(asked)[kinds]).min(axis=1)
        return np.asarray(np.where(found == _NONE, UNKNOWN, found), np.int8)

    def save(self, folder: Path) -> None:
        """Write the kinds into ``folder``, which must exist."""
        write_arrays(folder / _ARRAYS, {"kinds": self._kinds})
        write_json(folder / _NAMES, {"names": list(self._numbers), "lexicon": _lexicon_version()})

    @classmethod
    def load(cls, folder: Path) -> "ItemKinds":
        """Read what :meth:`save` wrote.

        Raises:
            ValueError: if it is missing or damaged, or was read with another lexicon.
        """
        loaded = cls()
        manifest = read_json(folder / _NAMES)
        if manifest.get("lexicon") != _lexicon_version():
            raise ValueError(f"the kinds in {folder} are of another lexicon; index again")
        names = manifest.get("names")
        kinds = read_arrays(folder / _ARRAYS).get("kinds")
        if not isinstance(names, list) or kinds is None or kinds.ndim != 2:
            raise ValueError(f"the kinds in {folder} are damaged; index again")
        if kinds.max(initial=0) >= len(names):
            raise ValueError(f"the kinds in {folder} are damaged: a number without a name")
        loaded._numbers = {name: number for number, name in enumerate(names)}
        loaded._kinds = kinds
        return loaded

    def _number(self, kind: str) -> int:
        return self._numbers.setdefault(kind, len(self._numbers))

    def _marks(self, asked: frozenset[str]) -> Fits:
        """How each known kind fits, by its number."""
        fits = _fits_of(asked)
        marks = np.full(len(self._numbers), OTHER, np.int8)
        for name, fit in fits.items():
            if (number := self._numbers.get(name)) is not None:
                marks[number] = fit
        return marks


def kinds_of(product: Product) -> frozenset[str]:
    """The product types a product is, by its category and its titles.

    What its category says holds; of the titles only what agrees with it.
    """
    filed = titled_kinds(product.category[-1]) if product.category else frozenset[str]()
    titled = titled_kinds(product.title)
    if not filed:
        return titled
    return titled & _within(filed, load_lexicon()) or filed


def may_be(product: Product, asked: frozenset[str]) -> bool:
    """Whether a product can be of one of the types: it is one, or its own name is a wider one."""
    fits = _fits_of(asked)
    kinds = kinds_of(product)
    return not kinds or any(fits.get(kind, OTHER) <= UNKNOWN for kind in kinds)


def kinds_asked(text: str) -> frozenset[str]:
    """The product types a query asks for; none when it names no product."""
    return types_said(text, lexicon_types(), load_lexicon())


def _within(kinds: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(chain.from_iterable(lexicon.within(_KIND, kind) for kind in kinds))


@lru_cache(maxsize=256)
def _fits_of(asked: frozenset[str]) -> Mapping[str, int]:
    """Wanted are the kinds asked for and those below them.

    Accessories are those of a wanted kind or of what it is a kind of: toner is for printers, so
    it is no laser printer. A wider name says nothing: what is only called headphones may well be
    wireless ones.
    """
    lexicon = load_lexicon()
    wanted = _within(asked, lexicon)
    wider = {above for one in asked for above in lexicon.above(_KIND, one)}
    hosts = wanted | wider
    found = {one: ACCESSORY for one in lexicon.of(_KIND) if lexicon.hosts(one) & hosts}
    return found | dict.fromkeys(wider, UNKNOWN) | dict.fromkeys(wanted, WANTED)


@cache
def _lexicon_version() -> int:
    """A number that changes with the names of the product types and what they are kinds of."""
    told = [
        "\x1f".join((*one.surfaces(), *one.parents, *one.accessory_of))
        for one in load_lexicon().of(_KIND).values()
    ]
    return text_hash("\n".join(told))
