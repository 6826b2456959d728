"""Films as MovieLens writes them."""

import gzip
from decimal import Decimal

import pytest

from catalog.feeds import Accepted, Rejected, open_feed
from catalog.feeds.movielens import chinese_title, split_title
from catalog.types import LocalText

FILMS = """movieId,title,genres
m1,"Copper Sky, The (Le Ciel de cuivre) (1998)",Comedy|Sci-Fi
m2,Quiet Harbour,(no genres listed)
,Nameless (2001),Drama
"""


@pytest.mark.parametrize(
    ("written", "title", "others", "year"),
    [
        ("Copper Sky, The (1998)", "The Copper Sky", (), 1998),
        ("Copper Sky, The (a.k.a. Kupfer) (1998)", "The Copper Sky", ("Kupfer",), 1998),
        ("Two (Deux, Les) (Dos, Los) (1990)", "Two", ("Les Deux", "Los Dos"), 1990),
        ("Orange, L' (1960)", "L'Orange", (), 1960),
        ("Serial (1999-2003)", "Serial", (), 1999),
        ("(1999)", "", (), 1999),
        ("Undated", "Undated", (), None),
    ],
)
def test_titles_get_their_article_back_and_give_the_year_away(written, title, others, year):
    assert split_title(written) == (title, others, year)


def test_films_are_products_without_a_price(tmp_path):
    path = tmp_path / "movies.csv.gz"
    path.write_bytes(gzip.compress(FILMS.encode()))
    (tmp_path / "tags.csv").write_text(
        "userId,movieId,tag,timestamp\n1,m1,quirky,1\n2,m1,quirky,1\n2,m1,robots,1\n3,m9,x,1\n"
    )
    first, second, third = open_feed(path)
    assert isinstance(first, Accepted) and isinstance(second, Accepted)
    film = first.product
    assert (film.id, film.title) == ("m1", LocalText("The Copper Sky"))
    assert film.variants[0].prices == ()
    assert film.available
    assert film.category == (LocalText("Films", "电影"),)
    assert film.values("genre") == (
        LocalText("Comedy", "喜剧"),
        LocalText("Science fiction", "科幻"),
    )
    assert LocalText("funny", "搞笑") in film.values("mood")
    assert film.values("year") == (Decimal(1998),)
    assert "Le Ciel de cuivre" in film.description.en
    assert "quirky, robots" in film.description.en
    assert film.description.zh == "又名Le Ciel de cuivre。喜剧、科幻片。"
    assert second.product.attributes == ()
    assert isinstance(third, Rejected)
    assert third.line == 4


def test_well_known_films_have_their_chinese_title():
    assert chinese_title("The Matrix", 1999) == "黑客帝国"
    assert chinese_title("the matrix", 1999) == "黑客帝国"
    assert chinese_title("The Matrix", 1925) == ""
    assert chinese_title("Nobody Knows This One", 1999) == ""
