"""A small real shop: five products, two orders, three answers."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

import pytest

from assistant.actions import Services, TurnContext
from assistant.faq import Faq
from assistant.orders import OwnOrders, load_rules
from assistant.purchases import Address, Order, OrderItem
from assistant.storage import Storage
from catalog.complements import BoughtTogether
from catalog.recommending.history import History
from catalog.recommending.service import Recommending
from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.types import Interaction, LocalText, Review
from catalog.vocabulary import Vocabulary
from tests.assistant.builders import mug, nlu, state

NOW = datetime(2026, 11, 1, tzinfo=UTC)

FAQ = """
- id: shipping_days
  topic: shipping
  source: {en: Shipping, zh: 配送}
  updated: "2026-09-01"
  question: {en: "How long does shipping take?", zh: "几天能到货？"}
  answer: {en: Three working days., zh: 三个工作日。}
- id: returns_days
  topic: returns
  source: {en: Returns, zh: 退换货}
  updated: "2026-09-01"
  question: {en: "Can I return something?", zh: "可以退货吗？"}
  answer: {en: "Yes, within 30 days.", zh: 可以，30天内。}
- id: payment_ways
  topic: payment
  source: {en: Payment, zh: 支付}
  updated: "2026-09-01"
  question: {en: "How can I pay?", zh: "怎么付款？"}
  answer: {en: By card., zh: 银行卡。}
"""


def products():
    return [
        mug("M1", "12.50", rating=4.5, review_count=20),
        mug("M2", "9.00", title=LocalText("Steel travel mug", "不锈钢随行杯"), rating=3.9),
        mug("T1", "30", sizes=("S", "M", "L"), title=LocalText("Cotton t-shirt", "纯棉T恤")),
        mug("M3", "20", stock=0, title=LocalText("Glass mug", "玻璃杯")),
        mug("M4", "15", stock=2, title=LocalText("Enamel mug", "搪瓷杯")),
    ]


@pytest.fixture(scope="session")
def vocabulary():
    """The words of the five products; reading the lexicon takes a second."""
    return Vocabulary.from_products(products())


@pytest.fixture
def services(tmp_path, encoder, cache_folder, vocabulary):
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    store = ProductStore.open(url)
    store.upsert(products(), "test")
    store.add_reviews([Review("r1", "M1", "Ann", 5, LocalText("Bought it.", ""), NOW)])
    for user in ("u1", "u2"):
        bought = [Interaction(user, id_, "purchase", NOW) for id_ in ("M1", "M2")]
        store.add_interactions(bought)
    storage = Storage.open(url)
    storage.add_orders([order("W1000001", "shipped"), order("W1000002", "pending")])
    search = ProductSearch.open(store, encoder, tmp_path / "index")
    goes = BoughtTogether(store)
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "faq.yml").write_text(FAQ, "utf-8")
    encode = partial(encoder.encode, kind="query")
    yield Services(
        store=store,
        search=search,
        vocabulary=lambda: vocabulary,
        recommending=Recommending(store, search, History(store, followers=(goes.follow,)), goes),
        faq=Faq.open(tmp_path / "faq", encode, cache_folder / "faq"),
        orders=OwnOrders(storage, store, load_rules()),
        tickets=storage,
        kept=storage,
        order_attempts=3,
        checkout_url="/checkout?items={cart}",
        shop_name={"en": "Shop", "zh": "小店"},
    )
    search.close()
    storage.close()
    store.close()


@pytest.fixture
def counter(tmp_path):
    """Services without search and answers, for actions that need no more than the records."""
    url = f"sqlite:///{tmp_path / 'counter.db'}"
    store, storage = ProductStore.open(url), Storage.open(url)
    store.upsert(products(), "test")
    storage.add_orders([order("W1000001", "shipped"), order("W1000002", "pending")])
    yield Services(
        store=store,
        search=None,
        vocabulary=None,
        recommending=None,
        faq=None,
        orders=OwnOrders(storage, store, load_rules()),
        order_attempts=3,
        tickets=storage,
        kept=storage,
        checkout_url="/checkout?items={cart}",
        shop_name={"en": "Shop", "zh": "小店"},
    )
    storage.close()
    store.close()


def order(id_, status):
    item = OrderItem("M1", "M1-one", LocalText("Clay mug", "陶土马克杯"), 1, Decimal("12.50"))
    address = Address("Ann", "1 Main St", "Town", "CA", "90210", "US")
    shipped = NOW if status == "shipped" else None
    return Order(
        id_, "ann@example.com", status, NOW, "USD", Decimal("12.50"), (item,), address,
        "Swift", "SW123", shipped, NOW, None,
    )  # fmt: skip


@pytest.fixture
def turn():
    """A turn of a conversation: ``turn(intent, *slots, text=…, state fields…)``."""

    def make(intent="", *slots, text="", language="en", query="", **fields):
        understood = nlu(intent, *slots, text=text, language=language, query=query)
        return TurnContext(state(language=language, **fields), understood)

    return make
