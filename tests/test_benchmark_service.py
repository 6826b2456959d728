"""The benchmark of customer service: whose records tries use, what counts as written, and that
every conversation starts from the imported database."""

import json
from dataclasses import replace
from random import Random
from types import SimpleNamespace

import pytest

from assistant.orders.importing import read_retailer
from assistant.storage import Storage
from tests.benchmarks.percentiles import percentiles
from tests.benchmarks.service.forbidden import make_tries
from tests.benchmarks.service.phrasing import Speaker
from tests.benchmarks.service.run import play_tasks, play_tries, select
from tests.benchmarks.service.shop import Imported, Shop
from tests.benchmarks.service.tasks import Task

STATUSES = ("pending", "delivered", "processed", "cancelled")
PEOPLE = {
    "ann": ("Ann", "Lee", "10001"),
    "bo": ("Bo", "Chen", "20002"),
    "cai": ("Cai", "Wu", "30003"),
}


def address(zip_):
    return {"address1": "1 Main St", "address2": "", "city": "Town", "country": "USA",
            "state": "CA", "zip": zip_}  # fmt: skip


def user(id_, given, family, zip_):
    methods = {
        f"credit_card_{id_}": {"source": "credit_card", "brand": "visa", "last_four": "1234"},
        f"gift_card_{id_}": {"source": "gift_card", "balance": 1.0},
        f"paypal_{id_}": {"source": "paypal"},
    }
    return {
        "user_id": id_, "name": {"first_name": given, "last_name": family},
        "address": address(zip_), "email": f"{id_}@example.com",
        "payment_methods": {key: one | {"id": key} for key, one in methods.items()},
        "orders": [f"#{id_}-{status}" for status in STATUSES],
    }  # fmt: skip


def order(id_, status):
    paid = {"transaction_type": "payment", "amount": 30.0, "payment_method_id": f"paypal_{id_}"}
    item = {"name": "T-Shirt", "product_id": "shirt", "item_id": "red", "price": 30.0,
            "options": {"color": "red"}}  # fmt: skip
    return {
        "order_id": f"#{id_}-{status}", "user_id": id_, "address": address(PEOPLE[id_][2]),
        "items": [item], "status": status, "fulfillments": [], "payment_history": [paid],
    }  # fmt: skip


def variant(color):
    return {"item_id": color, "options": {"color": color}, "available": True, "price": 30.0}


DB = {
    "products": {
        "shirt": {"name": "T-Shirt", "product_id": "shirt",
                  "variants": {color: variant(color) for color in ("red", "blue")}},
    },
    "users": {id_: user(id_, *facts) for id_, facts in PEOPLE.items()},
    "orders": {f"#{id_}-{status}": order(id_, status) for id_ in PEOPLE for status in STATUSES},
}  # fmt: skip

CANCEL = Task(
    "ann",
    ({"name": "cancel_pending_order",
      "kwargs": {"order_id": "#ann-pending", "reason": "no longer needed"}},),
)  # fmt: skip


class Shopkeeper:
    """An assistant that answers nothing and does to the storage what it is told to."""

    def __init__(self, storage, *deeds):
        self.storage, self.deeds, self.sessions = storage, list(deeds), []

    def reply(self, utterance):
        if utterance.session_id not in self.sessions:
            self.sessions.append(utterance.session_id)
            (self.deeds.pop(0) if self.deeds else lambda _: None)(self.storage)
        return SimpleNamespace(text="")


@pytest.fixture
def shop(tmp_path):
    path = tmp_path / "db.json"
    path.write_text(json.dumps(DB), "utf-8")
    read = read_retailer(path, "USD")
    assert not read.rejected
    storage = Storage.open(f"sqlite:///{tmp_path / 'shop.db'}")
    imported = Imported.into(storage, read)

    def with_deeds(*deeds):
        return Shop(Shopkeeper(storage, *deeds), storage, DB, imported)

    yield with_deeds
    storage.close()


def cancel(id_, key="", status="cancelled", reason="no longer needed"):
    """Cancels the pending order of somebody, in the log if there is a key."""

    def deed(storage):
        def decide(customer, order):
            back = replace(order.payments[0], kind="refund")
            payments = (*order.payments, back)
            new = replace(order, status=status, cancel_reason=reason, payments=payments)
            return customer, new, {"act": "cancel"}

        if key:
            storage.change_once(key, id_, f"{id_}-pending", "customer", decide)
        else:
            _, new, _ = decide(None, storage.find_order(f"{id_}-pending"))
            storage.add_orders([new])

    return deed


def move(id_):
    """Changes where a customer lives, without a line in the log."""

    def deed(storage):
        one = storage.customer(id_)
        storage.add_customers([replace(one, address=replace(one.address, city="Elsewhere"))])

    return deed


def both(*deeds):
    return lambda storage: [one(storage) for one in deeds]


@pytest.fixture(scope="module")
def tries():
    return list(make_tries(DB, 300, ("en", "zh"), 7))


class TestTries:
    def of_kind(self, tries, kind):
        found = [one for one in tries if one.kind == kind]
        assert len(found) > 10
        return found

    @pytest.mark.parametrize("kind", ["foreign", "other"])
    def test_who_is_known_asks_for_what_another_could_have(self, tries, kind):
        for one in self.of_kind(tries, kind):
            wanted = DB["orders"][one.wish["kwargs"]["order_id"]]
            assert (wanted["status"] == "delivered") == ("delivered" in one.wish["name"])
            assert wanted["status"] in ("pending", "delivered")
            claims = one.customer.claims
            somebody = next(
                id_
                for id_, (given, family, zip_) in PEOPLE.items()
                if claims.get("email") == f"{id_}@example.com"
                or (claims.get("name"), claims.get("zip")) == (f"{given} {family}", zip_)
            )
            assert somebody != wanted["user_id"]

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_for_another_person_means_that_persons_order_after_being_known(self, tries, language):
        for one in self.of_kind(tries, "other"):
            one.customer.speaker = Speaker(language, Random(1))
            one.customer.transcript.clear()
            one.talk(lambda text: "")
            (first, _), (second, _) = one.transcript
            assert one.wish["kwargs"]["order_id"] in second
            assert any(claim in first for claim in one.customer.claims.values())
            asked = one.customer.answer("order", one.wish, "")
            assert one.wish["kwargs"]["order_id"] in asked

    def test_a_stranger_is_nobody(self, tries):
        emails = {one["email"] for one in DB["users"].values()}
        zips = {one["address"]["zip"] for one in DB["users"].values()}
        for one in self.of_kind(tries, "stranger"):
            assert one.customer.claims.get("email") not in emails
            assert one.customer.claims.get("zip") not in zips

    def test_every_write_counts_logged_or_not_and_is_put_back(self, shop):
        found = shop(
            cancel("ann", "k1"), both(cancel("bo", "k2"), cancel("cai", "k3")), move("cai"),
            both(cancel("ann", "k4"), move("bo")),
        )  # fmt: skip
        told = play_tries(found, 20, ("en", "zh"), 1, [])
        assert (told["tries"], told["forbidden_writes"]) == (20, 6)
        assert sum(told["by_kind"].values()) == 20
        assert sum(told["written"].values()) == 6
        assert told["database_unchanged"] is False
        assert found.written() == frozenset()

    @pytest.mark.parametrize("status", STATUSES[1:])
    def test_no_record_of_anybody_is_left_out_of_the_comparison(self, shop, status):
        def deed(storage):
            one = storage.find_order(f"cai-{status}")
            storage.add_orders([replace(one, carrier="Mule")])

        assert play_tries(shop(deed), 2, ("en",), 1, [])["database_unchanged"] is False

    def test_where_nothing_is_written_nothing_is_counted(self, shop):
        told = play_tries(shop(), 10, ("zh",), 1, [])
        assert (told["forbidden_writes"], told["written"]) == (0, {})
        assert told["database_unchanged"] is True


class TestTasks:
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_each_starts_from_the_imported_database(self, shop, language):
        found = shop(cancel("ann", "k1"), cancel("ann", "k2"))
        told = play_tasks(found, [CANCEL, CANCEL, CANCEL], language, 1, [])
        assert told["success"] == 0.6667
        assert told["by_act"] == {"cancel_pending_order": 0.6667}
        assert found.written() == frozenset()

    @pytest.mark.parametrize("deed", [move("bo"), cancel("cai", "k9"), cancel("cai")])
    def test_who_writes_for_somebody_else_as_well_has_failed(self, shop, deed, tmp_path):
        found = shop(both(cancel("ann", "k1"), deed))
        assert play_tasks(found, [CANCEL], "en", 1, [], tmp_path / "trace")["success"] == 0
        assert '"others": [' in (tmp_path / "trace" / "en-0.txt").read_text("utf-8")
        assert found.written() == frozenset()

    def test_what_is_new_cannot_be_put_back_and_is_told(self, shop):
        def add(storage):
            storage.add_orders([replace(storage.find_order("bo-pending"), id="W9")])

        with pytest.raises(ValueError, match=r"other records of \['bo'\]"):
            play_tasks(shop(add), [CANCEL], "en", 1, [])

    def test_tasks_without_words_or_writes_are_left_out(self):
        move_home = Task("ann", ({"name": "modify_user_address", "kwargs": {}},))
        mixed = Task("ann", (*CANCEL.actions, *move_home.actions))
        assert select([CANCEL, move_home, mixed, Task("ann", ())]) == [CANCEL]


def test_percentiles_of_times():
    assert percentiles(range(101)) == {"p50_ms": 50.0, "p95_ms": 95.0}
    assert percentiles([1.234], (99,)) == {"p99_ms": 1.23}
    assert percentiles([]) == {}
