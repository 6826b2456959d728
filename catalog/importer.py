"""Imports a product feed into the shop, batch by batch, and reports on every row."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from catalog.feeds import Accepted, Feed, FeedError, Mapping, Rejected, open_feed
from catalog.store import ProductStore, UpsertCounts
from catalog.types import LocalText, Product


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: rows read, rows rejected, and the part of the file from 0 to 1."""

    read: int
    rejected: int
    fraction: float


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    ``read`` counts rows of the feed; each went into a product or is among ``rejected``. A row
    is a line of a table or of JSON lines, an item of XML, and in JSON-LD a product or variant.
    ``added``, ``changed`` and ``unchanged`` count products, which may be made of several rows; one
    whose rows do not stand together counts each time they come. ``rejects_path`` is the file of
    rejected rows, ``None`` when there is none. ``broken`` says where and why the feed could not
    be read to its end; what stood before is in the shop.
    """

    read: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    rejects_path: Path | None
    warnings: tuple[str, ...] = ()
    broken: str = ""


Progress = Callable[[ImportProgress], None]


def import_feed(
    path: Path,
    store: ProductStore,
    *,
    mapping: Mapping | None = None,
    format: str | None = None,
    rejects_path: Path | None = None,
    progress: Progress | None = None,
    batch_size: int = 500,
    currency: str = "USD",
) -> ImportReport:
    """Add or replace the products of a feed, by id. Products the feed does not have stay.

    Memory does not grow with the feed but for 16 to 32 bytes a product (and a variant, where
    several rows make a product), by which a second one of the same id is known. A batch is one
    transaction: an import that is killed leaves whole batches. The rows of a product stand
    together in most feeds; where they come again later, their variants and pictures are added
    to what this import has stored.

    Args:
        path: The feed, see :func:`catalog.feeds.open_feed` for this and the next two.
        store: The shop.
        mapping: How to read a feed of the shop's own.
        format: The feed's format, when its content should not decide.
        rejects_path: Where rejected rows go, a JSON object a line (``line``, ``reason``,
            ``raw``). The file is made with the first one; an older one is taken away.
        progress: Called after every batch.
        batch_size: Products in one transaction.
        currency: ISO 4217 code of prices that name none.

    Raises:
        FeedError: Not one row of the feed can be read.
        ValueError: ``batch_size`` is below 1, or an argument is wrong in itself.
    """
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, got {batch_size}")
    if rejects_path is not None and rejects_path.resolve() == Path(path).resolve():
        raise ValueError(f"the rejected rows cannot be written over the feed {path}")
    feed = open_feed(path, mapping, format, currency=currency)
    with closing(feed), _RejectsFile(rejects_path) as rejects:
        run = _Import(feed, store, path.name, rejects, progress, batch_size)
        broken = run.read_all()
    return ImportReport(
        read=run.read,
        added=run.counts.added,
        changed=run.counts.changed,
        unchanged=run.counts.unchanged,
        rejected=rejects.count,
        rejects_path=rejects.path if rejects.count else None,
        warnings=feed.warnings,
        broken=broken,
    )


def merge_products(stored: Product, more: Product) -> Product:
    """The stored product with the variants, pictures and attributes of further rows of it.

    A variant that is there already is replaced. Where the new variants have an option that the
    stored ones do not, because their rows all said the same, the stored ones get it from the
    product's attributes.
    """
    options = dict.fromkeys(name for one in more.variants for name, _ in one.options)
    for name in options:
        stored = _as_option(stored, name)
    variants = {one.id: one for one in (*stored.variants, *more.variants)}
    return replace(
        stored,
        variants=tuple(variants.values()),
        attributes=tuple(dict.fromkeys((*stored.attributes, *more.attributes))),
        images=tuple(dict.fromkeys((*stored.images, *more.images))),
        questions=tuple(dict.fromkeys((*stored.questions, *more.questions))),
    )


class _Import:
    """One import under way."""

    def __init__(
        self,
        feed: Feed,
        store: ProductStore,
        source: str,
        rejects: "_RejectsFile",
        progress: Progress | None,
        batch_size: int,
    ) -> None:
        self._feed = feed
        self._store = store
        self._source = source
        self._rejects = rejects
        self._progress = progress
        self._batch_size = batch_size
        self._batch: list[Product] = []
        self.read = 0
        self.counts = UpsertCounts()

    def read_all(self) -> str:
        """Read the feed to its end; says where it broke off, "" when it did not."""
        broken = ""
        try:
            for row in self._feed:
                self._take(row)
        except FeedError as error:
            if not self.read:
                raise
            broken = str(error)
        self._flush()
        return broken

    def _take(self, row: Accepted | Rejected) -> None:
        self.read += 1 if isinstance(row, Rejected) else row.rows
        if isinstance(row, Rejected):
            self._rejects.add(row)
            if self._rejects.count % self._batch_size == 0:
                self._tell()
        elif row.adds:
            self._add_to_stored(row)
        else:
            self._batch.append(row.product)
        if len(self._batch) >= self._batch_size:
            self._flush()

    def _add_to_stored(self, row: Accepted) -> None:
        self._flush()
        stored = self._store.get(row.product.id)
        if stored is not None:
            self._batch.append(merge_products(stored, row.product))
            return
        reason = f"the product {row.product.id!r} was deleted while it was imported"
        for _ in range(row.rows):
            self._rejects.add(Rejected(row.line, reason, ""))

    def _flush(self) -> None:
        if self._batch:
            self.counts += self._store.upsert(self._batch, self._source)
            self._batch = []
        self._tell()

    def _tell(self) -> None:
        if self._progress:
            self._progress(ImportProgress(self.read, self._rejects.count, self._feed.fraction))


class _RejectsFile:
    """The rejected rows as JSON lines; the file is made with the first one."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.count = 0
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        if self.path is not None:
            self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, row: Rejected) -> None:
        """Count the row and write it down."""
        self.count += 1
        if self.path is None:
            return
        if self._file is None:
            # What cannot be encoded, half a character, becomes a question mark.
            self._file = self.path.open("w", encoding="utf-8", errors="replace", newline="\n")
        line = {"line": row.line, "reason": row.reason, "raw": row.raw}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _as_option(product: Product, name: str) -> Product:
    """The product with its one value of an attribute as an option of every variant."""
    values = product.values(name)
    missing = [one for one in product.variants if not one.option(name)]
    if len(values) != 1 or not missing or not isinstance(values[0], LocalText):
        return product
    value = values[0]
    return replace(
        product,
        attributes=tuple(one for one in product.attributes if one.name != name),
        variants=tuple(
            replace(one, options=(*one.options, (name, value))) if one in missing else one
            for one in product.variants
        ),
    )
