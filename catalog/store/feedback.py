"""What shoppers wrote and did: reviews and interactions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC

from sqlalchemy import Engine, delete, func, insert, select

from catalog.store import tables
from catalog.store.database import writing
from catalog.store.rows import make_interaction, make_review
from catalog.types import Interaction, Review

_BATCH = 500


class Feedback:
    """Reviews and interactions of the products in the store."""

    _engine: Engine

    def add_reviews(self, reviews: Sequence[Review]) -> None:
        """Add reviews, or replace those of the same id."""
        rows = [
            {
                "id": one.id,
                "product_id": one.product_id,
                "author": one.author,
                "rating": one.rating,
                "text_en": one.text.en,
                "text_zh": one.text.zh,
                "time": one.time.astimezone(UTC),
            }
            for one in reviews
        ]
        with writing(self._engine) as connection:
            for start in range(0, len(rows), _BATCH):
                part = rows[start : start + _BATCH]
                ids = [row["id"] for row in part]
                connection.execute(delete(tables.review).where(tables.review.c.id.in_(ids)))
                connection.execute(insert(tables.review), part)

    def reviews(self, product_id: str, limit: int = 100) -> tuple[Review, ...]:
        """The newest reviews of a product."""
        table = tables.review
        query = select(table).where(table.c.product_id == product_id)
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(table.c.time.desc()).limit(limit)).mappings()
            return tuple(map(make_review, rows))

    def add_interactions(self, interactions: Iterable[Interaction]) -> None:
        """Append interactions, in one transaction."""
        rows = [
            {
                "user_id": one.user_id,
                "product_id": one.product_id,
                "kind": one.kind,
                "time": one.time.astimezone(UTC),
                "weight": one.weight,
            }
            for one in interactions
        ]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(insert(tables.interaction), rows)

    def interactions(self, user_id: str | None = None, after: int = 0) -> Iterator[Interaction]:
        """Interactions in the order they were added, of one user or of all.

        ``after`` leaves out the first so many rows by id, see :meth:`last_interaction`.
        """
        table = tables.interaction
        query = select(table).where(table.c.id > after).order_by(table.c.id)
        if user_id is not None:
            query = query.where(table.c.user_id == user_id)
        with self._engine.begin() as connection:
            for row in connection.execution_options(yield_per=2_000).execute(query).mappings():
                yield make_interaction(row)

    def last_interaction(self) -> int:
        """The highest id of an interaction; 0 when there is none."""
        with self._engine.begin() as connection:
            return connection.execute(select(func.max(tables.interaction.c.id))).scalar() or 0
