"""The demo shop's orders, the same for the same seed, products and day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from assistant.demo.customers import DemoCustomer, demo_customers
from assistant.purchases import Order, OrderItem, Payment
from catalog.types import Price, Product, Variant

ORDERS = 400
_FIRST_NUMBER = 1_000_001

_NEWEST_SHARE = 0.07
_NEWEST_DAYS = 0.4
_RECENT_SHARE = 0.3
_RECENT_DAYS = 9.0
_OLDEST_DAYS = 170.0
_CANCELLED_SHARE = 0.06
_RETURNED_SHARE = 0.08
_RETURN_DAYS = 12

_SATURDAY = 5
_PACKING_HOURS = (0.5, 9.0)
_CUTOFF = time(14)
_COLLECTED = time(16, 45)


def demo_orders(products: Sequence[Product], seed: int = 7, *, today: date) -> Iterator[Order]:
    """Yield 400 orders of the demo's customers, oldest first, W1000001 to W1000400.

    Every order follows the shop's own policy: orders paid by 2 pm of a working day leave that
    day, parcels take the working days promised for their country, and what an order is today
    (pending, processed, shipped, delivered) follows from its dates. Some were cancelled before
    they left, some returned after they came.

    Args:
        products: What was bought comes from these, at the price of today.
        seed: the same seed gives the same orders.
        today: orders were placed in the months before the midnight (UTC) this day begins with.

    Raises:
        ValueError: no product has a price in a currency that a customer pays in.
    """
    customers = demo_customers(seed)
    currencies = dict.fromkeys(one.currency for one in customers)
    goods = {currency: _goods(products, currency) for currency in currencies}
    now = datetime.combine(today, time(), UTC)
    placed = sorted(now - timedelta(days=_age(Random(f"{seed}/age/{n}"))) for n in range(ORDERS))
    for number, moment in enumerate(placed):
        rng = Random(f"{seed}/order/{number}")
        customer = rng.choice(customers)
        order = _order(
            number, moment.replace(microsecond=0), customer, goods[customer.currency], rng
        )
        plan = _plan(moment.replace(microsecond=0), customer, rng)
        yield _progress(order, plan, now, customer, rng)


@dataclass(frozen=True, slots=True)
class _Plan:
    """When an order is packed, leaves, should arrive at the latest, and arrives."""

    processed: datetime
    shipped: datetime
    expected: datetime
    delivered: datetime


_Good = tuple[Product, Sequence[tuple[Variant, Price]]]


def _goods(products: Sequence[Product], currency: str) -> Sequence[_Good]:
    """The products that have a price in a currency, with the variants and prices that do."""
    found = [(product, _priced(product, currency)) for product in products]
    goods = [(product, variants) for product, variants in found if variants]
    if not goods:
        raise ValueError(f"expected products with a price in {currency}, got none")
    return goods


def _priced(product: Product, currency: str) -> list[tuple[Variant, Price]]:
    prices = [(variant, variant.price(currency)) for variant in product.variants]
    return [(variant, price) for variant, price in prices if price and price.currency == currency]


def _age(rng: Random) -> float:
    """How many days ago an order was placed: many lately, so that every status occurs."""
    chance = rng.random()
    if chance < _NEWEST_SHARE:
        return rng.uniform(0.0, _NEWEST_DAYS)
    if chance < _NEWEST_SHARE + _RECENT_SHARE:
        return rng.uniform(_NEWEST_DAYS, _RECENT_DAYS)
    return rng.uniform(_RECENT_DAYS, _OLDEST_DAYS)


def _order(
    number: int, placed: datetime, customer: DemoCustomer, goods: Sequence[_Good], rng: Random
) -> Order:
    count = rng.choices((1, 2, 3, 4), (55, 28, 12, 5))[0]
    items = tuple(_item(good, rng) for good in rng.sample(goods, min(count, len(goods))))
    total = sum((item.amount * item.quantity for item in items), Decimal(0))
    return Order(
        id=f"W{_FIRST_NUMBER + number}",
        email=customer.email,
        status="pending",
        placed=placed,
        currency=customer.currency,
        total=total,
        items=items,
        address=customer.address,
        customer_id=customer.user_id,
        payments=(Payment("payment", total, customer.methods[0].id, placed),),
    )


def _item(good: _Good, rng: Random) -> OrderItem:
    product, variants = good
    variant, price = rng.choice(variants)
    quantity = rng.choices((1, 2, 3), (84, 12, 4))[0]
    return OrderItem(product.id, variant.id, product.title, quantity, price.amount, variant.options)


def _plan(placed: datetime, customer: DemoCustomer, rng: Random) -> _Plan:
    late = placed.weekday() >= _SATURDAY or placed.time() > _CUTOFF
    day = _add_working_days(placed.date(), 1 if late else 0)
    fewest, most = customer.days
    arrival = _add_working_days(day, rng.randint(fewest, most))
    packed = placed + timedelta(hours=rng.uniform(*_PACKING_HOURS))
    return _Plan(
        processed=min(packed, _at(day, _COLLECTED)),
        shipped=_at(day, _COLLECTED),
        expected=_at(_add_working_days(day, most), time(20)),
        delivered=_at(arrival, time(rng.randint(9, 19), rng.choice((5, 20, 35, 50)))),
    )


def _progress(
    order: Order, plan: _Plan, now: datetime, customer: DemoCustomer, rng: Random
) -> Order:
    """The order as it stands now."""
    if rng.random() < _CANCELLED_SHARE:
        back = tuple(replace(one, kind="refund") for one in order.payments)
        return replace(order, status="cancelled", payments=order.payments + back)
    order = replace(order, expected=plan.expected)
    if now < plan.processed:
        return order
    if now < plan.shipped:
        return replace(order, status="processed")
    carrier = rng.choice(customer.carriers)
    order = replace(
        order,
        status="shipped",
        shipped=plan.shipped,
        carrier=carrier.name,
        tracking="".join(rng.choice("0123456789") if x == "#" else x for x in carrier.tracking),
    )
    if now < plan.delivered:
        return order
    long_ago = now - plan.delivered > timedelta(days=_RETURN_DAYS)
    returned = long_ago and rng.random() < _RETURNED_SHARE
    return replace(order, status="returned" if returned else "delivered", delivered=plan.delivered)


def _add_working_days(day: date, count: int) -> date:
    """The working day ``count`` working days after ``day``; 0 gives the day itself."""
    for _ in range(count):
        day += timedelta(days=1)
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
    return day


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, UTC)
