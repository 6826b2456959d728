"""Replies and turns that tests of the web pages build by hand."""

from datetime import UTC, datetime
from decimal import Decimal

from assistant.types import (
    Action,
    Cart,
    CartItem,
    ProductCard,
    Reply,
    Suggestion,
    Turn,
    Utterance,
)
from catalog.types import Availability, LocalText, Price, Product, Variant
from intents.types import Intent, NLUResult

SCRIPT = "<script>alert(1)</script>"
BROKEN_OUT = '"><img src=x onerror=alert(1)>'


def card(id_="p1", title="Trail Runner", **fields):
    known = {
        "price": 5995,
        "list_price": None,
        "currency": "USD",
        "available": True,
        "url": f"/products/{id_}",
        "image": "/media/shoe/blue.svg",
        "variant": "blue · 42",
        "reasons": ("within your budget",),
    }
    return ProductCard(id=id_, title=title, **(known | fields))


def item(id_="p1", title="Trail Runner", **fields):
    known = {
        "variant_id": f"{id_}-v",
        "variant": "blue · 42",
        "quantity": 2,
        "price": 5995,
        "currency": "USD",
        "available": True,
    }
    return CartItem(product_id=id_, title=title, **(known | fields))


def cart(*items):
    total = sum(one.quantity * one.price for one in items)
    return Cart(tuple(items), total, items[0].currency)


def reply(text="Here you are:", language="en", **fields):
    return Reply("web-s", 1, language, text, **fields)


def button(title, payload):
    return Suggestion(title, payload)


def turn(number, text, answer):
    nlu = NLUResult(text, answer.language, (Intent("greet", 1.0),))
    now = datetime(2026, 1, 2, tzinfo=UTC)
    return Turn("web-s", number, now, Utterance("web-s", text), nlu, Action("greet"), answer)


def variant(id_="p1-v", amount="59.95", listed=None, quantity=9, **fields):
    list_amount = Decimal(listed) if listed else None
    prices = (
        Price(Decimal(amount), "USD", list_amount),
        Price(Decimal(amount) * 7, "CNY", list_amount * 7 if list_amount else None),
    )
    options = (("color", LocalText("blue", "蓝色")), ("size", LocalText("42", "42")))
    known = {"options": options, "image": "/media/shoe/blue.svg"}
    return Variant(
        id=id_,
        prices=prices,
        quantity=quantity,
        availability=Availability.OUT_OF_STOCK if quantity == 0 else Availability.IN_STOCK,
        **(known | fields),
    )


def product(id_="p1", title="Trail Runner", title_zh="越野跑鞋", *variants, **fields):
    known = {
        "brand": LocalText("Peakora", "峰行"),
        "description": LocalText("Light and grippy.", "轻便防滑。"),
        "category": (LocalText("Shoes", "鞋靴"),),
        "images": ("/media/shoe/blue.svg",),
        "url": f"/products/{id_}",
    }
    return Product(
        id=id_,
        title=LocalText(title, title_zh),
        variants=variants or (variant(f"{id_}-v"),),
        **(known | fields),
    )
