"""The product store: what the shop sells, with a revision that grows with every change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, RowMapping, Table, delete, func, insert, select, update
from sqlalchemy.sql import ColumnElement

from catalog.store import tables
from catalog.store.database import migrate, open_engine, writing
from catalog.store.events import Events
from catalog.store.feedback import Feedback
from catalog.store.rows import (
    Row,
    digest,
    make_product,
    price_rows,
    product_body,
    variant_rows,
)
from catalog.store.shoppers import Shoppers
from catalog.types import Availability, Price, Product

_BATCH = 500
_LAST_ITEM = 2**31 - 1  # the largest integer of PostgreSQL


@dataclass(frozen=True, slots=True)
class UpsertCounts:
    """What an upsert did, in products."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "UpsertCounts") -> "UpsertCounts":
        return UpsertCounts(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A product as it is since ``revision``; ``product`` is ``None`` once it is deleted."""

    item_idx: int
    product_id: str
    revision: int
    product: Product | None


class ProductStore(Feedback, Events, Shoppers):
    """Products, reviews and interactions over SQLAlchemy.

    Every write is one transaction and raises the revision, so that an index can ask for what
    changed since it last looked, also when another process wrote it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> "ProductStore":
        """Open the database at ``url`` and bring its tables up to date.

        Raises:
            ValueError: ``url`` is not a database URL.
        """
        engine = open_engine(url)
        scripts = Path(__file__).parent / "migrations"
        migrate(engine, scripts, "catalog_version", tables.metadata)
        return cls(engine)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def upsert(self, products: Sequence[Product], source: str) -> UpsertCounts:
        """Add or replace products by id, in one transaction; the last of equal ids wins."""
        wanted = {one.id: one for one in products}
        with writing(self._engine) as connection:
            known = _known(connection, list(wanted))
            rows = {id_: _Rows.of(one) for id_, one in wanted.items()}
            stale = [
                id_ for id_ in rows if id_ not in known or known[id_].digest != rows[id_].digest
            ]
            if not stale:
                return UpsertCounts(unchanged=len(wanted))
            revision = _next_revision(connection)
            added = 0
            for id_ in stale:
                old = known.get(id_)
                added += old is None or old.deleted
                _write(connection, rows[id_], source, revision, old)
        return UpsertCounts(added, len(stale) - added, len(wanted) - len(stale))

    def delete(self, ids: Iterable[str]) -> int:
        """Take products out of the shop; says how many there were."""
        with writing(self._engine) as connection:
            known = _known(connection, list(ids))
            gone = [row.item_idx for row in known.values() if not row.deleted]
            if gone:
                revision = _next_revision(connection)
                for table in (tables.price, tables.variant):
                    connection.execute(delete(table).where(table.c.item_idx.in_(gone)))
                connection.execute(
                    update(tables.product)
                    .where(tables.product.c.item_idx.in_(gone))
                    .values(deleted=True, revision=revision, digest="", body={})
                )
        return len(gone)

    def update_stock(
        self,
        variant_id: str,
        availability: Availability | None = None,
        quantity: int | None = None,
    ) -> None:
        """Set a variant's availability, its counted stock, or both.

        Raises:
            ValueError: no variant has that id, or ``quantity`` is negative.
        """
        if quantity is not None and quantity < 0:
            raise ValueError(f"quantity must be 0 or more, got {quantity}")
        values: dict[str, object] = {}
        if availability is not None:
            values["availability"] = availability.value
        if quantity is not None:
            values["quantity"] = quantity
        if not values:
            raise ValueError("update_stock needs an availability or a quantity, got neither")
        with writing(self._engine) as connection:
            item_idx = _touch_variant(connection, variant_id)
            table = tables.variant
            where = (table.c.item_idx == item_idx) & (table.c.id == variant_id)
            connection.execute(update(table).where(where).values(**values))

    def update_price(self, variant_id: str, price: Price) -> None:
        """Set a variant's price in that price's currency.

        Raises:
            ValueError: no variant has that id, or the amount is negative.
        """
        if price.amount < 0:
            raise ValueError(f"a price must be 0 or more, got {price.amount}")
        row = price_rows(variant_id, [price])[0]
        table = tables.price
        with writing(self._engine) as connection:
            item_idx = _touch_variant(connection, variant_id)
            mine = (table.c.item_idx == item_idx) & (table.c.variant_id == variant_id)
            known = connection.execute(select(table.c.currency).where(mine)).scalars().all()
            if price.currency in known:
                where = mine & (table.c.currency == price.currency)
                values = {"amount": row["amount"], "list_amount": row["list_amount"]}
                connection.execute(update(table).where(where).values(**values))
            else:
                row |= {"item_idx": item_idx, "position": len(known)}
                connection.execute(insert(table).values(**row))

    def get(self, product_id: str) -> Product | None:
        """The product of that id."""
        return self.get_many([product_id]).get(product_id)

    def get_many(self, ids: Iterable[str]) -> dict[str, Product]:
        """The products that exist among ``ids``."""
        return {one.product_id: one.product for one in self.records(ids) if one.product is not None}

    def records(self, ids: Iterable[str]) -> list[Change]:
        """The products that exist among ``ids``, each as of its last change."""
        found: list[Change] = []
        wanted = list(dict.fromkeys(ids))
        with self._engine.begin() as connection:
            for start in range(0, len(wanted), _BATCH):
                where = tables.product.c.id.in_(wanted[start : start + _BATCH])
                found += _load(connection, where & ~tables.product.c.deleted)
        return found

    def get_by_variants(self, variant_ids: Iterable[str]) -> dict[str, Product]:
        """The products that exist, by the ids of their variants among ``variant_ids``."""
        wanted = list(dict.fromkeys(variant_ids))
        found: dict[str, Product] = {}
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            mine = select(tables.variant.c.item_idx).where(tables.variant.c.id.in_(batch))
            with self._engine.begin() as connection:
                changes = _load(connection, tables.product.c.item_idx.in_(mine))
            products = [one.product for one in changes if one.product is not None]
            found |= {id_: one for one in products for id_ in batch if one.variant(id_)}
        return found

    def product_ids(self, ids: Iterable[str]) -> dict[str, str]:
        """The ids of the products that exist, by their own ids or those of their variants."""
        found: dict[str, str] = {}
        wanted = list(dict.fromkeys(ids))
        product, variant = tables.product, tables.variant
        own = select(product.c.id.label("named"), product.c.id).where(~product.c.deleted)
        parts = select(variant.c.id.label("named"), product.c.id).join_from(variant, product)
        with self._engine.begin() as connection:
            for start in range(0, len(wanted), _BATCH):
                batch = wanted[start : start + _BATCH]
                for row in connection.execute(parts.where(variant.c.id.in_(batch))):
                    found[row.named] = row.id
                for row in connection.execute(own.where(product.c.id.in_(batch))):
                    found[row.named] = row.id
        return found

    def count(self) -> int:
        """How many products there are."""
        query = select(func.count()).select_from(tables.product).where(~tables.product.c.deleted)
        with self._engine.begin() as connection:
            return connection.execute(query).scalar_one()

    def has_source(self, source: str) -> bool:
        """Whether any product of the shop came from ``source``."""
        table = tables.product
        where = (table.c.source == source) & ~table.c.deleted
        with self._engine.begin() as connection:
            return connection.execute(select(table.c.id).where(where).limit(1)).first() is not None

    def revision(self) -> int:
        """A number that grows with every change of any product."""
        with self._engine.begin() as connection:
            return int(connection.execute(select(tables.catalog_revision.c.value)).scalar_one())

    def changes_since(self, revision: int, batch_size: int = _BATCH) -> Iterator[Change]:
        """Every product that changed after ``revision``, deleted ones included, oldest first.

        Read in batches, each a transaction of its own: what changes meanwhile comes again later.
        """
        table = tables.product
        last = (revision, _LAST_ITEM)
        while True:
            where = (table.c.revision > last[0]) | (
                (table.c.revision == last[0]) & (table.c.item_idx > last[1])
            )
            with self._engine.begin() as connection:
                batch = _load(connection, where, batch_size)
            yield from batch
            if len(batch) < batch_size:
                return
            last = (batch[-1].revision, batch[-1].item_idx)

    def iterate(self, batch_size: int = _BATCH) -> Iterator[list[tuple[int, Product]]]:
        """All products with their ``item_idx``, in batches."""
        batch: list[tuple[int, Product]] = []
        for change in self.changes_since(0, batch_size):
            if change.product is None:
                continue
            batch.append((change.item_idx, change.product))
            if len(batch) == batch_size:
                yield batch
                batch = []
        if batch:
            yield batch


@dataclass(frozen=True, slots=True)
class _Rows:
    """A product as rows, not yet written."""

    id: str
    body: Row
    variants: list[Row]
    prices: list[Row]
    digest: str

    @classmethod
    def of(cls, product: Product) -> "_Rows":
        body = product_body(product)
        variants = variant_rows(product)
        prices = [row for one in product.variants for row in price_rows(one.id, one.prices)]
        return cls(product.id, body, variants, prices, digest(body, variants, prices))


@dataclass(frozen=True, slots=True)
class _Known:
    item_idx: int
    digest: str
    deleted: bool


def _digest(known: _Known | None) -> str:
    return known.digest if known else ""


def _known(connection: Connection, ids: list[str]) -> dict[str, _Known]:
    table = tables.product
    known: dict[str, _Known] = {}
    for start in range(0, len(ids), _BATCH):
        query = select(table.c.id, table.c.item_idx, table.c.digest, table.c.deleted)
        for row in connection.execute(query.where(table.c.id.in_(ids[start : start + _BATCH]))):
            known[row.id] = _Known(row.item_idx, row.digest, row.deleted)
    return known


def _next_revision(connection: Connection) -> int:
    table = tables.catalog_revision
    connection.execute(update(table).values(value=table.c.value + 1))
    return int(connection.execute(select(table.c.value)).scalar_one())


def _write(
    connection: Connection, rows: _Rows, source: str, revision: int, old: _Known | None
) -> None:
    values = {
        "source": source,
        "revision": revision,
        "deleted": False,
        "digest": rows.digest,
        "body": rows.body,
    }
    table = tables.product
    if old is None:
        made = insert(table).values(id=rows.id, **values).returning(table.c.item_idx)
        item_idx = connection.execute(made).scalar_one()
    else:
        item_idx = old.item_idx
        connection.execute(update(table).where(table.c.item_idx == item_idx).values(**values))
        for child in (tables.price, tables.variant):
            connection.execute(delete(child).where(child.c.item_idx == item_idx))
    for child, children in ((tables.variant, rows.variants), (tables.price, rows.prices)):
        if children:
            connection.execute(insert(child), [{"item_idx": item_idx, **row} for row in children])


def _touch_variant(connection: Connection, variant_id: str) -> int:
    """Raise the revision of the variant's product and give its ``item_idx``."""
    query = select(tables.variant.c.item_idx).where(tables.variant.c.id == variant_id)
    item_idx = connection.execute(query).scalar()
    if item_idx is None:
        raise ValueError(f"expected the id of a variant in the shop, got {variant_id!r}")
    connection.execute(
        update(tables.product)
        .where(tables.product.c.item_idx == item_idx)
        # Without a digest the next import compares afresh.
        .values(revision=_next_revision(connection), digest="")
    )
    return int(item_idx)


def _load(
    connection: Connection, where: ColumnElement[bool], limit: int | None = None
) -> list[Change]:
    table = tables.product
    query = select(table).where(where).order_by(table.c.revision, table.c.item_idx).limit(limit)
    found = connection.execute(query).mappings().all()
    indexes = [row["item_idx"] for row in found if not row["deleted"]]
    variants = _children(connection, tables.variant, indexes)
    prices = _children(connection, tables.price, indexes)
    return [
        Change(
            row["item_idx"],
            row["id"],
            row["revision"],
            None
            if row["deleted"]
            else make_product(
                row["body"],
                variants[row["item_idx"]],
                _by_variant(prices[row["item_idx"]]),
            ),
        )
        for row in found
    ]


def _children(
    connection: Connection, table: Table, indexes: list[int]
) -> dict[int, list[RowMapping]]:
    query = select(table).where(table.c.item_idx.in_(indexes)).order_by(table.c.position)
    groups: dict[int, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        groups[row["item_idx"]].append(row)
    return groups


def _by_variant(prices: list[RowMapping]) -> dict[str, list[RowMapping]]:
    groups: dict[str, list[RowMapping]] = defaultdict(list)
    for row in prices:
        groups[row["variant_id"]].append(row)
    return groups
