import multiprocessing
import os
import signal
import threading
import time
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalog.store import ProductStore
from catalog.types import (
    Attribute,
    Availability,
    Interaction,
    LocalText,
    Price,
    Product,
    Review,
    Variant,
)


def lamp(id_="L1", title="Desk lamp", amount="19.90", **fields):
    price = Price(Decimal(amount), "USD", Decimal("25.00"))
    variant = Variant(
        f"{id_}-W",
        (("color", LocalText("White", "白色")),),
        (price, Price(Decimal("129"), "CNY")),
        quantity=3,
        image="/w.svg",
    )
    return Product(
        id_,
        LocalText(title, "台灯"),
        (variant, Variant(f"{id_}-B", availability=Availability.OUT_OF_STOCK)),
        description=LocalText("Bright.", "明亮。"),
        brand=LocalText("Lumo", "流明"),
        category=(LocalText("Home", "家居"), LocalText("Lamps", "灯具")),
        attributes=(
            Attribute("power", Decimal("4.5"), "W", LocalText("Power", "功率")),
            Attribute("dimmable", True),
            Attribute("material", LocalText("Steel", "钢")),
        ),
        rating=4.5,
        review_count=12,
        images=("/1.svg",),
        url="/products/L1",
        **fields,
    )


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'shop.db'}"


@pytest.fixture
def store(url):
    store = ProductStore.open(url)
    yield store
    store.close()


def test_a_product_comes_back_as_it_went_in(store):
    store.upsert([lamp()], "test")
    assert store.get("L1") == lamp()
    assert [one.available for one in store.get("L1").variants] == [True, False]


def test_unknown_ids_are_not_there(store):
    assert store.get("nothing") is None
    assert store.get_many(["a", "b"]) == {}


def test_products_are_found_by_their_variants(store):
    store.upsert([lamp("L1"), lamp("L2")], "test")
    found = store.get_by_variants(["L1-B", "L2-W", "L2-B", "nope"])
    assert {variant: one.id for variant, one in found.items()} == {
        "L1-B": "L1",
        "L2-W": "L2",
        "L2-B": "L2",
    }
    store.delete(["L1"])
    assert store.get_by_variants(["L1-B"]) == {}


def test_upsert_counts_what_it_did(store):
    assert store.upsert([lamp("A"), lamp("B")], "test").added == 2
    counts = store.upsert([lamp("A"), lamp("B", amount="20"), lamp("C")], "test")
    assert (counts.added, counts.changed, counts.unchanged) == (1, 1, 1)
    assert store.get("B").variants[0].price("USD").amount == Decimal("20.00")


def test_the_revision_grows_only_with_changes(store):
    before = store.revision()
    store.upsert([lamp()], "test")
    after = store.revision()
    store.upsert([lamp()], "test")
    assert before < after == store.revision()


def test_changes_since_names_changed_and_deleted_products(store):
    store.upsert([lamp("A"), lamp("B"), lamp("C")], "test")
    seen = store.revision()
    store.update_stock("A-W", quantity=0)
    store.delete(["B"])
    changes = {one.product_id: one.product for one in store.changes_since(seen)}
    assert changes["A"].variants[0].quantity == 0
    assert changes == {"A": store.get("A"), "B": None}


def test_changes_come_whole_in_any_batch_size(store):
    store.upsert([lamp(str(i)) for i in range(7)], "test")
    store.upsert([lamp(str(i), amount="1") for i in range(4)], "test")
    ids = [one.product_id for one in store.changes_since(0, batch_size=2)]
    assert sorted(ids) == [str(i) for i in range(7)]


def test_a_price_can_be_set_and_added(store):
    store.upsert([lamp()], "test")
    store.update_price("L1-W", Price(Decimal("9.99"), "USD"))
    store.update_price("L1-W", Price(Decimal("8.50"), "EUR"))
    prices = {one.currency: one for one in store.get("L1").variants[0].prices}
    assert prices["USD"] == Price(Decimal("9.99"), "USD")
    assert prices["EUR"].amount == Decimal("8.50")
    assert prices["CNY"].amount == Decimal("129.00")


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.update_price("X", Price(Decimal(1), "USD")),
        lambda store: store.update_stock("X", quantity=1),
        lambda store: store.update_stock("L1-W", quantity=-1),
        lambda store: store.update_stock("L1-W"),
        lambda store: store.update_price("L1-W", Price(Decimal(-1), "USD")),
        lambda store: store.update_price("L1-W", Price(Decimal(1), "XYZ1")),
    ],
)
def test_wrong_updates_change_nothing(store, change):
    store.upsert([lamp()], "test")
    revision = store.revision()
    with pytest.raises(ValueError):
        change(store)
    assert store.revision() == revision
    assert store.get("L1") == lamp()


def test_a_product_that_came_back_is_added_under_its_old_row(store):
    store.upsert([lamp()], "test")
    idx = next(store.changes_since(0)).item_idx
    assert store.delete(["L1", "unknown"]) == 1
    assert store.count() == 0
    assert store.upsert([lamp()], "test").added == 1
    assert next(store.changes_since(0)).item_idx == idx


def test_a_stock_change_does_not_hide_the_next_import(store):
    store.upsert([lamp()], "test")
    store.update_stock("L1-W", quantity=0)
    assert store.upsert([lamp()], "test").changed == 1
    assert store.get("L1") == lamp()


def test_another_connection_sees_a_change_at_once(url, store):
    other = ProductStore.open(url)
    store.upsert([lamp()], "test")
    assert other.revision() == store.revision()
    assert other.get("L1") == lamp()
    other.close()


def test_two_writers_do_not_lose_a_product(url, store):
    def write(start):
        mine = ProductStore.open(url)
        for i in range(start, start + 20):
            mine.upsert([lamp(f"P{i}")], "test")
        mine.close()

    threads = [threading.Thread(target=write, args=(n * 20,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count() == 60
    assert store.revision() == 60


def test_reviews_are_newest_first_and_replaced_by_id(store):
    times = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2)]
    old, new = (
        Review(str(n), "L1", "Mei", 4, LocalText(zh="好用"), time) for n, time in enumerate(times)
    )
    store.add_reviews([old, new])
    store.add_reviews([old])
    assert store.reviews("L1") == (new, old)
    assert store.reviews("L1", limit=1) == (new,)


def test_interactions_keep_their_order(store):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    events = [Interaction("u1", "A", "view_item", now), Interaction("u2", "A", "purchase", now, 5)]
    store.add_interactions(events)
    assert list(store.interactions()) == events
    assert list(store.interactions("u2")) == events[1:]
    assert list(store.interactions(after=1)) == events[1:]
    assert store.last_interaction() == 2


def test_a_wrong_url_is_explained():
    with pytest.raises(ValueError, match="sqlite:///shop"):
        ProductStore.open("not a url")


def _upsert_forever(url, ready):
    store = ProductStore.open(url)
    round_ = 0
    while True:
        round_ += 1
        store.upsert([lamp(str(i), title=f"round {round_}") for i in range(50)], "test")
        ready.set()


def test_a_killed_writer_leaves_whole_batches(url):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    writer = context.Process(target=_upsert_forever, args=(url, ready))
    writer.start()
    assert ready.wait(60)
    time.sleep(0.3)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    store = ProductStore.open(url)
    titles = {product.title.en for batch in store.iterate() for _, product in batch}
    assert store.count() == 50
    assert len(titles) == 1
    store.close()
