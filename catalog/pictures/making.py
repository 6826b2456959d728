"""From products to their looks. Read :func:`look_at` first."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from catalog.files import Progress, no_progress
from catalog.pictures.cache import VectorCache, key_of
from catalog.pictures.looks import Looks
from catalog.pictures.network import Pixels, Vectors
from catalog.pictures.reading import (
    PictureError,
    Trouble,
    picture_file,
    read_bytes,
    read_pixels,
)
from catalog.types import Product

_log = logging.getLogger(__name__)

_BATCH = 32
_NAMED_BY_ID = (".jpg", ".jpeg", ".png", ".webp")

Encode = Callable[[Pixels], Vectors]


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of looking at a shop's pictures.

    Args:
        products: How many there are.
        with_picture: How many of them have a look now.
        new: How many pictures the network had to be asked about.
        troubles: How many pictures could not be used, by what is wrong with them; a product of
            which an address was given and no file is there is one ``missing``.
    """

    products: int
    with_picture: int
    new: int
    troubles: dict[Trouble, int]

    @property
    def left_out(self) -> int:
        """How many pictures could not be used."""
        return sum(self.troubles.values())


@dataclass(eq=False)
class _Round:
    """One pass over the products."""

    folder: Path
    cache: VectorCache
    encode: Encode
    keys: dict[str, bytes] = field(default_factory=dict)
    troubles: Counter[Trouble] = field(default_factory=Counter)
    waiting: dict[bytes, Pixels] = field(default_factory=dict)
    new: int = 0

    def look(self, product: Product) -> None:
        """Take the first of a product's pictures that can be used."""
        files = _files(product, self.folder)
        if not files and _addresses(product):
            self.troubles["missing"] += 1
        key = next(filter(None, (self._key(path, product.id) for path in files)), None)
        if key is not None:
            self.keys[product.id] = key
        if len(self.waiting) >= _BATCH:
            self.finish()

    def _key(self, path: Path, product_id: str) -> bytes | None:
        try:
            data = read_bytes(path)
            key = key_of(data)
            if key not in self.cache and key not in self.waiting:
                self.waiting[key] = read_pixels(data)
        except PictureError as error:
            self.troubles[error.trouble] += 1
            _log.warning("picture %s of product %s is left out: %s", path, product_id, error)
            return None
        return key

    def finish(self) -> None:
        """Ask the network about what waits."""
        if self.waiting:
            self.cache.add(list(self.waiting), self.encode(np.stack(list(self.waiting.values()))))
            self.new += len(self.waiting)
            self.waiting.clear()


def look_at(
    products: Iterable[Product],
    folder: Path,
    home: Path,
    encode: Encode,
    *,
    total: int = 0,
    progress: Progress = no_progress,
) -> tuple[Looks, Seen]:
    """The looks of all products that have a picture in the shop's folder.

    Pictures that were looked at before are not looked at again, also after a kill. What cannot be
    used is counted and logged, and the product's next picture is tried.

    Args:
        products: Of the shop.
        folder: Where the shop's picture files lie.
        home: Where vectors are kept by the hash of a picture.
        encode: Pixels → vectors, such as that of ``PictureEncoder``.
        total: How many products there are, for the progress.
        progress: Told about the phase ``pictures``.

    Raises:
        ValueError: ``folder`` is no folder.
    """
    if not folder.is_dir():
        raise ValueError(f"expected a folder with the shop's pictures, got {folder}")
    now = _Round(folder, VectorCache(home), encode)
    count = 0
    for product in products:
        now.look(product)
        count += 1
        if count % _BATCH == 0:
            progress("pictures", count, max(total, count))
    now.finish()
    progress("pictures", count, count)
    seen = Seen(count, len(now.keys), now.new, dict(now.troubles))
    if seen.troubles:
        told = ", ".join(f"{number} {name}" for name, number in sorted(seen.troubles.items()))
        _log.warning("pictures left out: %s", told)
    return Looks.of(list(now.keys), now.cache.vectors(now.keys.values())), seen


def _files(product: Product, folder: Path) -> list[Path]:
    """The files of a product's pictures, else those that are named like its id."""
    found = [picture_file(one, folder) for one in _addresses(product)]
    if not any(found) and "/" not in product.id:
        found = [picture_file(product.id + ending, folder) for ending in _NAMED_BY_ID]
    return [one for one in found if one]


def _addresses(product: Product) -> tuple[str, ...]:
    own = (*product.images, *(variant.image for variant in product.variants))
    return tuple(dict.fromkeys(one for one in own if one))
