from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from assistant.demo.customers import demo_customers
from assistant.demo.orders import demo_orders
from catalog.types import LocalText, Price, Product, Variant

TODAY = date(2026, 11, 24)
DAYS = [TODAY + timedelta(days=n) for n in range(7)]
LONGEST_DAYS = {"中国": 4, "United States": 5, "Canada": 8, "Singapore": 8, "United Kingdom": 10}


def product(number):
    def variant(size):
        prices = (Price(Decimal(f"{number}.90"), "USD"), Price(Decimal(7 * number), "CNY"))
        return Variant(f"P{number}-{size}", (("size", LocalText(en=size)),), prices)

    return Product(
        f"P{number}", LocalText(f"Lamp {number}", f"台灯{number}"), (variant("S"), variant("L"))
    )


PRODUCTS = {one.id: one for one in map(product, range(1, 40))}
ORDERS = list(demo_orders(list(PRODUCTS.values()), today=TODAY))


def test_there_are_400_orders_oldest_first():
    assert [order.id for order in ORDERS] == [f"W{1000001 + n}" for n in range(400)]
    assert [order.placed for order in ORDERS] == sorted(order.placed for order in ORDERS)


@pytest.mark.parametrize("today", DAYS)
def test_every_status_occurs_on_any_day_of_the_week(today):
    statuses = Counter(order.status for order in demo_orders(list(PRODUCTS.values()), today=today))
    assert set(statuses) == {
        "pending", "processed", "shipped", "delivered", "cancelled", "returned",
    }  # fmt: skip
    assert min(statuses.values()) >= 5


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.id)
def test_dates_follow_from_the_status(order):
    now = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    was_shipped = order.status in ("shipped", "delivered", "returned")
    was_delivered = order.status in ("delivered", "returned")
    assert order.placed <= now
    assert (order.shipped is not None) is was_shipped
    assert bool(order.carrier and order.tracking) is was_shipped
    assert (order.delivered is not None) is was_delivered
    assert (order.expected is not None) is (order.status != "cancelled")
    steps = [x for x in (order.placed, order.shipped, order.delivered, now) if x]
    assert steps == sorted(steps)
    if order.delivered:
        assert order.delivered <= order.expected


def test_parcels_keep_the_working_days_of_the_policy():
    for order in ORDERS:
        if order.shipped:
            assert order.shipped.weekday() < 5
            weeks, rest = divmod(LONGEST_DAYS[order.address.country], 5)
            limit = timedelta(days=7 * weeks + rest + (2 if rest else 0) + 1)
            assert order.expected - order.shipped < limit


def test_items_are_products_at_their_price_and_add_up():
    for order in ORDERS:
        for item in order.items:
            source = PRODUCTS[item.product_id]
            assert item.title == source.title
            assert item.amount == source.variant(item.variant_id).price(order.currency).amount
            assert 1 <= item.quantity <= 10
        assert len({item.product_id for item in order.items}) == len(order.items)
        assert order.total == sum(item.amount * item.quantity for item in order.items)


def test_shoppers_are_those_of_the_interactions_and_keep_their_address():
    customers = {one.email: one for one in demo_customers()}
    assert list(customers) == [f"user-{n:03d}@example.com" for n in range(1, 301)]
    assert all(order.address == customers[order.email].address for order in ORDERS)
    assert len({order.email for order in ORDERS}) > 150


def test_most_customers_live_in_the_united_states_and_china():
    countries = Counter(one.address.country for one in demo_customers())
    assert set(countries) == set(LONGEST_DAYS)
    assert countries["United States"] + countries["中国"] > 0.75 * 300


def test_chinese_customers_pay_in_yuan():
    for one in demo_customers():
        assert (one.currency == "CNY") is (one.address.country == "中国")


def test_the_same_seed_gives_the_same_orders():
    products = list(PRODUCTS.values())
    assert list(demo_orders(products, 7, today=TODAY)) == ORDERS
    assert list(demo_orders(products, 8, today=TODAY)) != ORDERS


def test_products_without_a_price_in_a_currency_are_not_bought_in_it():
    dollars = Product(
        "D", LocalText("Only here"), (Variant("D-1", (), (Price(Decimal(5), "USD"),)),)
    )
    with pytest.raises(ValueError, match="price in CNY"):
        list(demo_orders([dollars], today=TODAY))
    orders = demo_orders([dollars, PRODUCTS["P1"]], today=TODAY)
    assert {x.product_id for o in orders if o.currency == "CNY" for x in o.items} == {"P1"}
