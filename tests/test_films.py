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


def ids_of(reply):
    return [one.id for one in reply.products]


@pytest.mark.parametrize("text", ["recommend me a film", "recommend a movie", "推荐个电影"])
def test_who_asks_for_a_film_is_shown_some(cinema, text):
    reply = cinema.reply(Utterance(f"film-{text}", text))
    assert reply.action == "recommend_products"
    assert reply.products


@pytest.mark.parametrize("text", ["write me a film script", "recommend me a restaurant"])
def test_what_no_cinema_has_is_still_out_of_scope(cinema, text):
    reply = cinema.reply(Utterance(f"no-{text}", text))
    assert reply.action == "report_out_of_scope"


@pytest.mark.parametrize(
    "text", ["what goes with The Matrix?", "《黑客帝国》配什么", "黑客帝国配什么"]
)
def test_what_goes_with_a_film_is_about_that_film(cinema, text):
    reply = cinema.reply(Utterance(f"with-{text}", text))
    assert reply.action == "find_complements"
    assert "matrix" in reply.text.lower() or "黑客帝国" in reply.text


@pytest.mark.parametrize(
    ("text", "untold"),
    [
        ("similar to The Matrix but for adults", "adults"),
        ("The Matrix but shorter", "shorter"),
        ("像黑客帝国但是短一点的", "短一点"),
        ("有没有像《黑客帝国》那样但不那么悲伤的", "不那么悲伤"),
    ],
)
def test_what_no_record_can_tell_is_said(cinema, text, untold):
    reply = cinema.reply(Utterance(f"untold-{text}", text))
    assert reply.action == "find_similar"
    assert f'"{untold}"' in reply.text or f"“{untold}”" in reply.text
    assert "m1" not in ids_of(reply)


@pytest.mark.parametrize(
    ("first", "text"),
    [
        ("something like Quiet Harbour", "similar to The Matrix"),
        ("something like Quiet Harbour", "有没有像《黑客帝国》那样的"),
        ("something like Quiet Harbour", "有没有像黑客帝国那样的"),
    ],
)
def test_a_film_that_is_named_is_the_one_meant(cinema, first, text):
    cinema.reply(Utterance(f"meant-{text}", first))
    reply = cinema.reply(Utterance(f"meant-{text}", text))
    assert reply.action == "find_similar"
    assert "matrix" in reply.text.lower() or "黑客帝国" in reply.text


@pytest.mark.parametrize("text", ["有没有像《流浪地球》那样的", "有没有像流浪地球那样的"])
def test_a_film_that_nobody_has_is_no_other_one(cinema, text):
    cinema.reply(Utterance(f"another-{text}", "something like Quiet Harbour"))
    reply = cinema.reply(Utterance(f"another-{text}", text))
    assert reply.action == "search_products"
    assert "流浪地球" in reply.text


@pytest.mark.parametrize(
    ("text", "said"), [("something cheaper", "has a price"), ("有便宜点的吗", "没有标价")]
)
def test_nothing_is_cheaper_where_nothing_has_a_price(cinema, text, said):
    shown = cinema.reply(Utterance(f"cheaper-{text}", "recommend me something"))
    reply = cinema.reply(Utterance(f"cheaper-{text}", text))
    assert shown.products
    assert said in reply.text
    assert not reply.products


@pytest.mark.parametrize(
    ("text", "said"),
    [("is the second one in stock?", "not recorded"), ("第二个有货吗", "没有库存的记录")],
)
def test_nothing_is_in_stock_where_no_record_has_one(cinema, text, said):
    cinema.reply(Utterance(f"stock-{text}", "recommend me something"))
    assert said in cinema.reply(Utterance(f"stock-{text}", text)).text


def test_comparing_films_has_no_row_for_what_they_lack(cinema):
    cinema.reply(Utterance("compare", "something like The Matrix but funny"))
    reply = cinema.reply(Utterance("compare", "compare the first two"))
    assert reply.action == "compare_products"
    assert not any(word in reply.text.lower() for word in MONEY)
