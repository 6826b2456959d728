"""A catalogue that is no shop: films and ratings from files to a conversation, in both languages.

Nothing here has a price, and nothing that is said mentions one.
"""

import shutil

import pytest

from assistant.build import build_assistant
from assistant.settings import Settings
from assistant.types import Utterance
from catalog.events.importing import import_events
from catalog.events.log import EventLog
from catalog.importer import import_feed
from catalog.store import ProductStore

SPACE = {
    "m1": ("Matrix, The (1999)", "Action|Sci-Fi"),
    "m2": ("Copper Sky (2001)", "Action|Sci-Fi"),
    "m3": ("Robots on Holiday (2003)", "Comedy|Sci-Fi"),
    "m4": ("Galaxy Janitors (2000)", "Action|Comedy|Sci-Fi"),
    "m5": ("Cold Orbit (1997)", "Sci-Fi|Thriller"),
}
LOVE = {
    "m6": ("Quiet Harbour (1995)", "Drama|Romance"),
    "m7": ("Laughing Moon (1999)", "Comedy|Romance"),
    "m8": ("Letters from Lisbon (2002)", "Drama|Romance"),
    "m9": ("Two Weddings and a Cat (2004)", "Comedy|Romance"),
}
MONEY = ("price", "$", "cheap", "budget", "¥", "价格", "便宜", "预算", "块钱")


def _write(folder):
    films = "movieId,title,genres\n" + "".join(
        f'{id_},"{title}",{genres}\n' for id_, (title, genres) in (SPACE | LOVE).items()
    )
    (folder / "movies.csv").write_text(films, "utf-8")
    lines = ["userId,movieId,rating,timestamp"]
    for user in range(12):
        liked, other = (SPACE, LOVE) if user % 2 else (LOVE, SPACE)
        lines += [f"{user},{id_},{4.5},{1_700_000_000 + user}" for id_ in list(liked)[:4]]
        lines += [f"{user},{id_},0.5,{1_700_000_000 + user}" for id_ in list(other)[:1]]
    (folder / "ratings.csv").write_text("\n".join(lines), "utf-8")


@pytest.fixture(scope="module")
def cinema(tmp_path_factory, encoder_folder):
    home = tmp_path_factory.mktemp("cinema")
    (home / "encoder").mkdir()
    (home / "encoder" / "multilingual-e5-small").symlink_to(encoder_folder)
    (home / "daogou.toml").write_text("[shop]\ndemo = false\n", "utf-8")
    _write(home)
    settings = Settings.load(home)
    store = ProductStore.open(settings.database_url)
    assert import_feed(home / "movies.csv", store, rejects_path=home / "r").added == 9
    rated = import_events(home / "ratings.csv", EventLog(store))
    assert (rated.stored.stored, rated.rejected) == (60, ())
    store.close()
    assistant = build_assistant(settings)
    yield assistant
    assistant.services.search.close()
    assistant.storage.close()
    assistant.services.store.close()
    shutil.rmtree(home, ignore_errors=True)


def said(reply):
    words = [reply.text, *(one.title for one in reply.suggestions)]
    return " ".join(words + [r for card in reply.products for r in card.reasons]).lower()


@pytest.mark.parametrize(
    ("session", "text"),
    [
        ("en", "something like The Matrix but funny"),
        ("zh", "推荐类似《黑客帝国》但是搞笑一点的电影"),
        ("mixed", "有没有类似The Matrix但是搞笑的电影"),
    ],
)
def test_like_the_matrix_but_funny(cinema, session, text):
    reply = cinema.reply(Utterance(session, text))
    assert reply.action == "find_similar"
    ids = [one.id for one in reply.products]
    assert set(ids[:2]) == {"m3", "m4"}
    assert "m1" not in ids
    assert not any(word in said(reply) for word in MONEY)
    assert all(card.reasons for card in reply.products)


@pytest.mark.parametrize(
    ("user", "text", "shelf"),
    [("1", "recommend me something", SPACE), ("0", "推荐点什么", LOVE)],
)
def test_who_rated_films_gets_their_kind(cinema, user, text, shelf):
    reply = cinema.reply(Utterance(f"rated-{user}", text, user))
    ids = [one.id for one in reply.products]
    # Four were rated well and are seen; the fifth of the kind, or its nearest, comes first.
    assert not set(ids) & set(list(shelf)[:4])
    if len(shelf) > 4:
        assert ids[0] in shelf
    assert not any(word in said(reply) for word in MONEY)


def test_a_film_nobody_has_is_said_to_be_none(cinema):
    reply = cinema.reply(Utterance("none", "something like The Unwritten Film of Nobody"))
    assert reply.action == "search_products"
    assert not any(word in said(reply) for word in MONEY)


def test_comparing_films_has_no_row_for_what_they_lack(cinema):
    cinema.reply(Utterance("compare", "something like The Matrix but funny"))
    reply = cinema.reply(Utterance("compare", "compare the first two"))
    assert reply.action == "compare_products"
    assert not any(word in reply.text.lower() for word in MONEY)
