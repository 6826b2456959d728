"""MovieLens' films: ``movies.csv``, with the words of ``tags.csv`` where that lies beside it.

Titles such as ``Matrix, The (1999)`` get their article back and give the year away. The files
are in English; genres have a Chinese name each, and the best known films their Chinese title
(``film_titles.txt``). A film has one variant and no price (grouplens.org/datasets/movielens).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from decimal import Decimal
from functools import cache
from pathlib import Path

from catalog.feeds.delimited import Record, read_table
from catalog.feeds.rows import Accepted, FeedRow, Rejected
from catalog.feeds.source import Source
from catalog.text import fold
from catalog.types import Attribute, LocalText, Product, Variant

COLUMNS = frozenset({"movieid", "title", "genres"})
"""By which the file is recognised."""

_TAGS = ("tags.csv", "tags.csv.gz")
_MOST_TAGS = 12
_YEAR = re.compile(r"\s*\((?P<year>\d{4})(?:[-–]\d{0,4})?\)\s*$")
_OTHER = re.compile(r"\s*\((?:a\.?k\.?a\.?\s*)?(?P<other>[^()]+)\)\s*$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?P<name>.+), (?P<article>The|An?|Les?|La|L'|Il|Lo|El|Los|Las|Das|Der|Die|De|Det|Den)$"
)
_NO_GENRE = "(no genres listed)"

_KIND = LocalText("Films", "电影")
_GENRE, _MOOD, _YEAR_LABEL = (
    LocalText("Genre", "类型"),
    LocalText("Mood", "风格"),
    LocalText("Year", "年份"),
)
_GENRES: Mapping[str, tuple[LocalText, LocalText]] = {
    "Action": (LocalText("Action", "动作"), LocalText("action-packed", "打斗精彩")),
    "Adventure": (LocalText("Adventure", "冒险"), LocalText("adventurous", "惊险")),
    "Animation": (LocalText("Animation", "动画"), LocalText("animated", "动画")),
    "Children": (LocalText("Children", "儿童"), LocalText("for children", "适合孩子")),
    "Comedy": (LocalText("Comedy", "喜剧"), LocalText("funny", "搞笑")),
    "Crime": (LocalText("Crime", "犯罪"), LocalText("about crime", "犯罪")),
    "Documentary": (LocalText("Documentary", "纪录片"), LocalText("true", "真实")),
    "Drama": (LocalText("Drama", "剧情"), LocalText("serious", "深刻")),
    "Fantasy": (LocalText("Fantasy", "奇幻"), LocalText("magical", "魔幻")),
    "Film-Noir": (LocalText("Film noir", "黑色电影"), LocalText("dark", "黑暗")),
    "Horror": (LocalText("Horror", "恐怖"), LocalText("scary", "吓人")),
    "IMAX": (LocalText("IMAX", "IMAX"), LocalText("spectacular", "场面宏大")),
    "Musical": (LocalText("Musical", "歌舞"), LocalText("with songs", "有歌舞")),
    "Mystery": (LocalText("Mystery", "悬疑"), LocalText("mysterious", "烧脑")),
    "Romance": (LocalText("Romance", "爱情"), LocalText("romantic", "浪漫")),
    "Sci-Fi": (LocalText("Science fiction", "科幻"), LocalText("futuristic", "未来感")),
    "Thriller": (LocalText("Thriller", "惊悚"), LocalText("suspenseful", "紧张")),
    "War": (LocalText("War", "战争"), LocalText("about war", "战争")),
    "Western": (LocalText("Western", "西部"), LocalText("wild west", "西部")),
}
_TITLES = Path(__file__).parent / "film_titles.txt"


def read_movielens(source: Source) -> Iterator[FeedRow]:
    """The films of a ``movies.csv``; a row without id or title is rejected."""
    tags = _read_tags(source.path.parent)
    for row in read_table(source, key=_key).records:
        yield row if isinstance(row, Rejected) else _film(row, tags)


def _film(row: Record, tags: Mapping[str, list[str]]) -> FeedRow:
    id_, written = row.cells.get("movieid", "").strip(), row.cells.get("title", "").strip()
    if not id_ or not written:
        return Rejected(row.line, "a film needs a movieId and a title", row.raw)
    title, others, year = split_title(written)
    genres = [one for one in row.cells.get("genres", "").split("|") if one in _GENRES]
    product = Product(
        id_,
        LocalText(title, chinese_title(title, year)),
        (Variant(id_),),
        description=_described(others, genres, tags.get(id_, [])),
        category=(_KIND,),
        attributes=(*_attributes(genres), *_year(year)),
    )
    return Accepted(row.line, product)


def split_title(written: str) -> tuple[str, tuple[str, ...], int | None]:
    """A title as people say it, its other titles, and the year.

    ``City of Lost Children, The (Cité des enfants perdus, La) (1995)`` is *The City of Lost
    Children*, also *La Cité des enfants perdus*, of 1995.
    """
    match = _YEAR.search(written)
    year = int(match["year"]) if match else None
    rest = written[: match.start()] if match else written
    others: list[str] = []
    while (other := _OTHER.search(rest)) and other.start():
        others.insert(0, _with_article(other["other"].strip()))
        rest = rest[: other.start()]
    return _with_article(rest.strip()), tuple(others), year


@cache
def _chinese_titles() -> Mapping[tuple[str, int], str]:
    lines = _TITLES.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {(fold(english), int(year)): chinese for english, year, chinese in rows}


def chinese_title(title: str, year: int | None) -> str:
    """The title in Chinese of a well known film, else ""."""
    return "" if year is None else _chinese_titles().get((fold(title), year), "")


def _with_article(title: str) -> str:
    match = _ARTICLE.match(title)
    if match is None:
        return title
    space = "" if match["article"].endswith("'") else " "
    return f"{match['article']}{space}{match['name']}"


def _described(others: tuple[str, ...], genres: list[str], tags: list[str]) -> LocalText:
    """What shoppers may call it and say of it, in sentences of the file's own words."""
    english = [f"Also called {' and '.join(others)}." if others else ""]
    chinese = [f"又名{'、'.join(others)}。" if others else ""]
    if genres:
        english.append(f"A film: {', '.join(_GENRES[one][0].en.lower() for one in genres)}.")
        chinese.append(f"{'、'.join(_GENRES[one][0].zh for one in genres)}片。")
    if tags:
        english.append(f"Viewers call it {', '.join(tags)}.")
    return LocalText(" ".join(filter(None, english)), "".join(chinese))


def _attributes(genres: list[str]) -> Iterator[Attribute]:
    for one in genres:
        yield Attribute("genre", _GENRES[one][0], label=_GENRE)
    for one in genres:
        yield Attribute("mood", _GENRES[one][1], label=_MOOD)


def _year(year: int | None) -> Iterator[Attribute]:
    if year is not None:
        yield Attribute("year", Decimal(year), label=_YEAR_LABEL)


def _read_tags(folder: Path) -> dict[str, list[str]]:
    """The words that viewers gave each film, the most given first; none without the file."""
    path = next((folder / name for name in _TAGS if (folder / name).exists()), None)
    if path is None:
        return {}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with closing(Source(path)) as source:
        for row in read_table(source, key=_key).records:
            if isinstance(row, Record) and (word := row.cells.get("tag", "").strip()):
                counts[row.cells.get("movieid", "").strip()][word] += 1
    return {id_: [word for word, _ in c.most_common(_MOST_TAGS)] for id_, c in counts.items()}


def _key(column: str) -> str:
    return column.strip().casefold()
