"""What shoppers of the demo shop wrote about its products."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from catalog.demo.tables import Sentence, Tables, load_tables, read_table
from catalog.demo.wording import Facts, collect_facts
from catalog.types import LANGUAGES, Language, LocalText, Product, Review

_SHARE = 0.62
_DAYS = 730


@dataclass(frozen=True, slots=True)
class _Remark:
    sentence: Sentence
    topic: str


def demo_reviews(products: Iterable[Product], seed: int, today: date) -> Iterator[Review]:
    """Yields about two reviews a product for six products in ten, as a sample of all.

    Every review has one language, talks about what the product's record says, and is as happy
    as its rating. All of them are dated within the two years before ``today``.
    """
    tables = load_tables()
    for index, product in enumerate(products):
        rng = Random(f"{seed}/reviews/{product.id}")
        if product.rating is None or rng.random() > _SHARE:
            continue
        facts = collect_facts(product.attributes, {}, product.id.split("-")[0], tables)
        for number in range(min(rng.choice((1, 2, 2, 3, 3, 4)), product.review_count)):
            language = LANGUAGES[(index + number) % 2]
            yield _review(product, number, language, _group(product, tables), facts, today, rng)


def _review(
    product: Product,
    number: int,
    language: Language,
    group: str,
    facts: Facts,
    today: date,
    rng: Random,
) -> Review:
    rating = _stars(product.rating or 4.0, rng)
    text = _text(rating, language, group, facts, rng)
    day = today - timedelta(days=rng.randint(1, _DAYS - 1))
    written = datetime.combine(day, time(rng.randint(7, 23), rng.randint(0, 59)), UTC)
    return Review(
        id=f"R-{product.id}-{number + 1}",
        product_id=product.id,
        author=rng.choice(_phrases()["authors"][language]),
        rating=rating,
        text=LocalText(en=text) if language == "en" else LocalText(zh=text),
        time=written,
    )


def _stars(mean: float, rng: Random) -> int:
    if rng.random() < 0.06:
        return rng.choice((1, 2, 2))
    return min(max(round(rng.gauss(mean + 0.15, 0.7)), 1), 5)


def _text(rating: int, language: Language, group: str, facts: Facts, rng: Random) -> str:
    mood = "good" if rating >= 4 else "mixed" if rating == 3 else "bad"
    remarks = _remarks(rating, language, group, facts, rng)
    phrases = _phrases()
    parts = (
        rng.choice(phrases["openers"][language][mood]),
        *(remark.sentence.text.get(language) for remark in remarks),
        rng.choice(phrases["closers"][language][mood]),
    )
    return (" " if language == "en" else "").join(part for part in parts if part)


def _remarks(
    rating: int, language: Language, group: str, facts: Facts, rng: Random
) -> tuple[_Remark, ...]:
    """Five stars praise, four praise and sometimes object, fewer complain."""
    small = rng.choice((0, 0, 0, 1))
    likes, dislikes = {5: (2, 0), 4: (2, small), 3: (1, 1), 2: (0, 1), 1: (0, 2)}[rating]
    praise = _sample(_group_remarks(language, group, "good"), likes, facts, rng)
    topics = {remark.topic for remark in praise if remark.topic}
    objections = [r for r in _group_remarks(language, group, "bad") if r.topic not in topics]
    return (*praise, *_sample(objections, dislikes, facts, rng))


def _sample(remarks: Sequence[_Remark], size: int, facts: Facts, rng: Random) -> Sequence[_Remark]:
    fitting = [remark for remark in remarks if facts.holds(remark.sentence)]
    return rng.sample(fitting, min(size, len(fitting)))


@cache
def _phrases() -> Mapping[str, Any]:
    table: Mapping[str, Any] = read_table("reviews")
    return table


@cache
def _group_remarks(language: Language, group: str, side: str) -> tuple[_Remark, ...]:
    rows = _phrases()["groups"][group][language][side]
    return tuple(_remark(language, *row) for row in rows)


def _remark(language: Language, text: str, conditions: str = "") -> _Remark:
    topic = next((word for word in conditions.split() if word.startswith("~")), "")
    words = [word for word in conditions.split() if not word.startswith("~")]
    needs = frozenset(word.rstrip("#") for word in words if word.endswith("#"))
    rules = tuple(word for word in words if not word.endswith("#"))
    local = LocalText(en=text) if language == "en" else LocalText(zh=text)
    return _Remark(Sentence(local, needs, rules), topic)


def _group(product: Product, tables: Tables) -> str:
    return next(kind.reviews for kind in tables.kinds if kind.path == product.category)
