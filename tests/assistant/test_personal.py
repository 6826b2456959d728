from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.personal import erase_user, export_user, holders, known_as
from assistant.purchases import Return
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
from tests.assistant.orders_shop import MARA, OTTO, OTTOS, fill_shop
from tests.catalog.events.builders import NOW, event


@pytest.fixture
def shop(tmp_path):
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    store, storage = ProductStore.open(url), Storage.open(url)
    yield store, storage, Versions(tmp_path / "recommenders"), tmp_path
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
    store, storage, *_ = shop
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
        "rejected lines": 0,
        "customers and orders": 0,
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


def test_rejected_lines_that_name_the_user_go(shop):
    file = shop[3] / "rejected-events.jsonl"
    lines = ['{"line": 2, "raw": "rate,A,u1,x"}', '{"line": 3, "raw": "rate,A,u11,x"}']
    file.write_text("\n".join(lines) + "\n", "utf-8")
    held = holders(*shop)
    shown = export_user("u1", held)["rejected lines"]
    assert shown == [{"file": "rejected-events.jsonl", "line": lines[0]}]
    assert erase_user("u1", held)["rejected lines"] == 1
    assert file.read_text("utf-8") == lines[1] + "\n"


def test_what_a_killed_process_left_of_a_version_holds_nobody_back(shop):
    versions, folder = shop[2], shop[3] / "recommenders"
    versions.add(lambda made: IdMap(["u1", "u2"]).save(made / USERS), {})
    (folder / "v0002").mkdir()
    left = folder / ".v0002-killed"
    left.mkdir()
    IdMap(["u1"]).save(left / USERS)
    (folder / "v0002" / USERS).write_text('{"ids": ["u1"')
    held = holders(*shop)
    assert erase_user("u1", held)["trained models"] == 2
    assert list(IdMap.load(left / USERS)) == ["erased:0"]
    assert [one.name for one in versions.all()] == ["v0001"]
    assert versions.add(lambda made: None, {}).name == "v0003"


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


LIN = replace(
    MARA,
    id="lin",
    email="lin.xia@example.com",
    given="夏",
    family="林",
    address=replace(MARA.address, name="林夏", line="南京西路100号", city="上海", country="中国"),
)


OF_A_PERSON = {
    "tracking": "SF-TRACK-1",
    "cancel_reason": "搬家了，地址是南京西路100号",
    "returns": (Return("return", ("l-white-usb",), "gift-1"),),
}
PERSONAL = ("TX", "SF-TRACK-1", "99887766", "南京西路", "card-1", "gift-1", "78704", "Suite 3")


@pytest.fixture
def sold(shop):
    store, storage, *_ = shop
    fill_shop(store, storage)
    storage.add_customers([LIN])
    first = replace(storage.find_order("W1000002"), id="W3000001", customer_id="lin")
    storage.add_orders([replace(first, email=LIN.email, address=LIN.address)])
    storage.add_orders([replace(one, **OF_A_PERSON) for one in storage.all_orders()])
    for session, customer in (("as-mara", "mara"), ("as-lin", "lin"), ("as-otto", "otto")):
        talk(storage, session, "")
        storage.log_access("customer", session, customer, "identify")
        storage.add_watch(Watch(session, "", "lamp", "", "stock", NOW))

    def change(customer, order):
        return customer, order, {"act": "cancel_order", "method_id": "card-1"}

    storage.change_once("key-mara", "mara", "W1000001", "customer", change)
    storage.change_once("key-otto", "otto", "W2000001", "customer", change)
    return shop


@pytest.mark.parametrize("one", [MARA, LIN], ids=["en", "zh"])
@pytest.mark.parametrize("asked", ["id", "email"])
def test_a_customer_is_shown_with_everything_and_nobody_else(sold, one, asked):
    user = getattr(one, asked).upper() if asked == "email" else one.id
    shown = export_user(user, holders(*sold), known_as(user, sold[1]))
    (record,) = shown["customers and orders"]
    assert record["customer"]["email"] == one.email
    assert record["customer"]["address"]["line"] == one.address.line
    assert [each["id"] for each in record["customer"]["methods"]] == ["card-1", "gift-1", "pp-1"]
    assert {each["customer_id"] for each in record["orders"]} == {one.id}
    assert [each["key"] for each in record["changes"]] == (["key-mara"] if one is MARA else [])
    assert record["accesses"][0]["session_id"] == f"as-{one.id}"
    assert [each["session"] for each in shown["conversations"]] == [f"as-{one.id}"]
    assert len(shown["watches and saved carts"]) == 1
    assert all(word in str(record["orders"]) for word in PERSONAL)
    assert OTTO.email not in str(shown)
    assert sold[1].accesses(one.id)[-1]["what"] == "export"


@pytest.mark.parametrize("one", [MARA, LIN], ids=["en", "zh"])
@pytest.mark.parametrize("asked", ["id", "email"])
def test_a_customer_is_erased_and_nobody_else(sold, one, asked):
    storage, held, user = sold[1], holders(*sold), getattr(one, asked)
    also = known_as(user, storage)
    before = [each.id for each in storage.orders_of_customer(one.id)]
    erased = erase_user(user, held, also)
    assert erased["customers and orders"] > len(before)
    assert (erased["conversations"], erased["watches and saved carts"]) == (1, 1)
    assert not any(export_user(user, held, also).values())
    assert storage.customer(one.id) is None
    assert storage.load(f"as-{one.id}") is None
    kept = [storage.find_order(id_) for id_ in before]
    assert [(each.customer_id, each.email, each.address.name) for each in kept] == [
        ("", "", "") for _ in before
    ]
    assert all(each.total > 0 and each.items and each.payments for each in kept)
    assert all(each.address.country == one.address.country for each in kept)
    assert not any(word in str(kept) for word in PERSONAL)
    assert storage.customer("otto") == OTTO
    assert storage.find_order("W2000001").tracking == "SF-TRACK-1"
    assert storage.find_order("W2000001").fulfilments == OTTOS.fulfilments
    assert [each["key"] for each in storage.order_changes("otto")] == ["key-otto"]
    assert storage.load("as-otto") is not None
    assert not any(erase_user(user, held, also).values())


def test_a_conversation_of_somebody_signed_in_is_not_the_customers(sold):
    storage = sold[1]
    talk(storage, "of-u9", "u9")
    storage.log_access("customer", "of-u9", "mara", "identify")
    shown = export_user("mara", holders(*sold))
    assert [each["session"] for each in shown["conversations"]] == ["as-mara"]
    erase_user("mara", holders(*sold))
    assert storage.load("of-u9") is not None


def test_an_address_of_several_customers_does_not_say_who_is_meant(sold):
    storage = sold[1]
    storage.add_customers([replace(LIN, id="lin-2")])
    with pytest.raises(ValueError, match="lin, lin-2"):
        known_as(LIN.email, storage)
    assert known_as("lin", storage) == ("lin",)
    assert known_as("nobody@example.com", storage) == ("nobody@example.com",)
