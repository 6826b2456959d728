"""A small retailer built by hand: two customers, their orders, and what the shop sells."""

from decimal import Decimal

from assistant.orders.importing import Retailer
from assistant.purchases import (
    Address,
    Customer,
    Fulfilment,
    Order,
    OrderItem,
    Payment,
    PaymentMethod,
)
from catalog.types import Availability, LocalText, Price, Product, Variant

HOME = Address("Mara Lind", "12 Fern Street", "Austin", "TX", "78704", "USA", "Suite 3")
OTHER = Address("Otto Berg", "9 Pine Road", "Boston", "MA", "02110", "USA")

MARA = Customer(
    "mara", "mara.lind@example.com", "Mara", "Lind", HOME, "USD",
    (
        PaymentMethod("card-1", "credit_card", "visa", "4242"),
        PaymentMethod("gift-1", "gift_card", balance=Decimal("30.00")),
        PaymentMethod("pp-1", "paypal"),
    ),
)  # fmt: skip
OTTO = Customer(
    "otto", "otto.berg@example.com", "Otto", "Berg", OTHER, "USD",
    (PaymentMethod("card-2", "credit_card", "mastercard", "1111"),),
)  # fmt: skip


def variant(id_, price, available=True, **options):
    stock = Availability.IN_STOCK if available else Availability.OUT_OF_STOCK
    named = tuple((name, LocalText(value, "")) for name, value in options.items())
    return Variant(id_, named, (Price(Decimal(price), "USD"),), stock)


BOTTLE = Product(
    "bottle",
    LocalText("Water Bottle", ""),
    (
        variant("b-blue-500", "20.00", color="blue", capacity="500ml", material="glass"),
        variant("b-red-500", "22.00", color="red", capacity="500ml", material="glass"),
        variant("b-red-1000", "25.00", color="red", capacity="1000ml", material="glass"),
        variant("b-green-500", "60.00", color="green", capacity="500ml", material="glass"),
        variant("b-black-500", "19.00", False, color="black", capacity="500ml", material="glass"),
    ),
)
BOOTS = Product(
    "boots",
    LocalText("Hiking Boots", ""),
    (
        variant("h-8-yes", "90.00", size="8", waterproof="yes"),
        variant("h-8-no", "80.00", size="8", waterproof="no"),
        variant("h-10-yes", "91.50", size="10", waterproof="yes"),
    ),
)
LAMP = Product(
    "lamp",
    LocalText("Desk Lamp", ""),
    (
        variant("l-white-usb", "40.00", color="white", power="USB"),
        variant("l-black-usb", "41.00", color="black", power="USB"),
        variant("l-black-ac", "42.00", color="black", power="AC adapter"),
    ),
)
PRODUCTS = (BOTTLE, BOOTS, LAMP)


def item(product, variant_id, amount, quantity=1):
    found = product.variant(variant_id)
    return OrderItem(
        product.id, variant_id, product.title, quantity, Decimal(amount), found.options
    )


def order(id_, status, *items, customer=MARA, paid="card-1", **fields):
    total = sum((one.amount * one.quantity for one in items), Decimal(0))
    parcels = (Fulfilment(("99887766",), tuple(one.variant_id for one in items)),)
    return Order(
        id_,
        customer.email,
        status,
        None,
        "USD",
        total,
        items,
        customer.address,
        customer_id=customer.id,
        payments=(Payment("payment", total, paid),),
        fulfilments=() if status == "pending" else parcels,
        **fields,
    )


PENDING = order(
    "W1000001", "pending", item(BOTTLE, "b-blue-500", "20.00"), item(BOOTS, "h-8-yes", "90.00")
)
DELIVERED = order(
    "W1000002",
    "delivered",
    item(LAMP, "l-white-usb", "40.00"),
    item(BOTTLE, "b-red-500", "22.00"),
    item(LAMP, "l-black-usb", "41.00"),
)
PROCESSED = order("W1000003", "processed", item(BOTTLE, "b-red-1000", "25.00"))
OTTOS = order(
    "W2000001", "pending", item(LAMP, "l-black-ac", "42.00"), customer=OTTO, paid="card-2"
)
ORDERS = (PENDING, DELIVERED, PROCESSED, OTTOS)
SHOP = Retailer(PRODUCTS, (MARA, OTTO), ORDERS, ())


def fill_shop(store, storage):
    """Put everything where a shop keeps it."""
    store.upsert(list(PRODUCTS), "orders")
    storage.add_customers((MARA, OTTO))
    storage.add_orders(ORDERS)
