from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.personal import erase_user, export_user, holders
from assistant.storage import Storage
from assistant.storage.kept import guest_owner
from assistant.types import Action, CartLine, Reply, Turn, Utterance, Watch
from catalog.events.types import guest_id
from catalog.recommenders.ids import IdMap
from catalog.recommenders.versions import USERS, Versions
from catalog.store import ProductStore
from catalog.types import LocalText, Review
from intents.types import NLUResult
from tests.assistant.builders import state
from tests.catalog.events.builders import NOW, event


@pytest.fixture
def shop(tmp_path):
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    store, storage = ProductStore.open(url), Storage.open(url)
    yield store, storage, Versions(tmp_path / "recommenders")
    store.close()
    storage.close()


def talk(storage, session, *users):
    """A conversation in which each message came from the next of ``users``."""
    known = ""
    for number, user in enumerate(users, start=1):
        known = user or known
        said = Utterance(session, f"msg {number} of {user}", user)
        reply = Reply(session, number, "en", "ok")
        turn = Turn(session, number, NOW, said, NLUResult("", "en"), Action("greet"), reply)
        storage.save(replace(state(user_id=known, turn=number), session_id=session), turn)


def filled(store, storage):
    talk(storage, "own", "", "u1")
    talk(storage, "lent", "u1", "u2")
    talk(storage, "before", "")
    talk(storage, "other", "u11")
    storage.open_ticket("own", "asked_for", "u1 wants help")
    store.add_reviews([Review("r", "A", "u1", 5, LocalText("Good.", "好。"), NOW)])
    guest = guest_id("before")
    events = [event("view_item", "A", shopper=guest), event("search", "", 1, query="杯子")]
    store.add_events([*events, event("view_item", "B", shopper="u2")], timedelta(0))
    store.join_guest(guest, "u1")
    for session, user, product in (("before", "", "A"), ("own", "u1", "B"), ("lent", "u2", "C")):
        storage.add_watch(Watch(session, user, product, "", "stock", NOW))
    for owner, name in (("u1", "mine"), (guest_owner("before"), "early"), ("u2", "theirs")):
        storage.save_cart(owner, name, (CartLine("A", "A", 1),), NOW)


def test_everything_that_holds_the_id_is_shown(shop):
    filled(*shop[:2])
    shown = export_user("u1", holders(*shop))
    conversations = {one["session"]: one for one in shown["conversations"]}
    assert conversations.keys() == {"own", "lent", "before"}
    assert [len(conversations[name]["turns"]) for name in ("own", "lent")] == [2, 1]
    assert conversations["own"]["tickets"][0]["summary"] == "u1 wants help"
    assert "state" not in conversations["lent"]
    assert [one["text"]["zh"] for one in shown["reviews"]] == ["好。"]
    kept = shown["watches and saved carts"]
    assert [one.get("product_id") or one.get("cart") for one in kept] == ["A", "B", "early", "mine"]
    assert [row.get("query") for row in shown["events"]] == ["", "杯子", None]


def test_everything_that_holds_the_id_is_erased_and_nothing_else(shop):
    store, storage, _ = shop
    filled(*shop[:2])
    held = holders(*shop)
    others = export_user("u2", held), export_user("u11", held)
    erased = erase_user("u1", held)
    assert erased == {
        "watches and saved carts": 4,
        "conversations": 3,
        "reviews": 1,
        "events": 3,
        "trained models": 0,
    }
    assert [one.product_id for one in storage.watches("lent")] == ["C"]
    assert set(storage.saved_carts("u2")) == {"theirs"}
    assert not any(export_user("u1", held).values())
    assert storage.load("own") is None
    assert storage.handoff("own") is None
    assert storage.load("before") is None
    assert [one.utterance.user_id for one in storage.turns("lent")] == ["u2"]
    assert (export_user("u2", held), export_user("u11", held)) == others
    assert [one.text.en for one in store.reviews("A")] == ["Good."]
    assert not any(erase_user("u1", held).values())


def test_an_unknown_user_has_nothing_and_an_empty_id_is_refused(shop):
    held = holders(*shop)
    assert not any(export_user("nobody", held).values())
    for ask in (export_user, erase_user):
        with pytest.raises(ValueError, match="empty"):
            ask("", held)


def test_rows_of_trained_models_lose_the_name(shop):
    versions = shop[2]
    filled(*shop[:2])
    for users in (["u1", "u2", guest_id("before")], ["u2"]):
        ids = IdMap(users)
        versions.add(lambda folder, ids=ids: ids.save(folder / USERS), {})
    held = holders(*shop)
    shown = export_user("u1", held)["trained models"]
    assert shown == [{"version": "v0001", "row": 0}, {"version": "v0001", "row": 2}]
    assert erase_user("u1", held)["trained models"] == 2
    assert list(IdMap.load(versions.get("v0001").folder / USERS)) == ["erased:0", "u2", "erased:2"]
    assert not export_user("u1", held)["trained models"]
    assert len(export_user("u2", held)["trained models"]) == 2
