"""What shoppers wrote: reviews."""

from collections.abc import Sequence
from datetime import UTC

from sqlalchemy import Engine, delete, insert, select, update

from catalog.store import tables
from catalog.store.database import writing
from catalog.store.rows import make_review
from catalog.types import Review

_BATCH = 500


class Feedback:
    """Reviews of the products in the store."""

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

    def reviews_by(self, author: str) -> tuple[Review, ...]:
        """Every review that names the author, oldest first."""
        table = tables.review
        query = select(table).where(table.c.author == author).order_by(table.c.time, table.c.id)
        with self._engine.begin() as connection:
            return tuple(map(make_review, connection.execute(query).mappings()))

    def erase_author(self, author: str) -> int:
        """Take the author's name off their reviews; says of how many."""
        table = tables.review
        with writing(self._engine) as connection:
            mine = table.c.author == author
            return connection.execute(update(table).where(mine).values(author="")).rowcount
