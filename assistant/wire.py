"""A reply as JSON, the same from the command line and over HTTP.

Prices of products and of the cart are in minor units of their currency. The value of a price
slot is what the shopper said, in whole units.
"""

from decimal import Decimal
from typing import Any

from assistant.types import Cart, CartItem, Handoff, ProductCard, Reply
from intents.types import DateRange, Measure, NLUResult, PriceRange, Reference, Slot, SlotValue

Json = dict[str, Any]


def reply_to_wire(reply: Reply) -> Json:
    """The reply in the agreed form."""
    return {
        "session": reply.session,
        "turn": reply.turn,
        "language": reply.language,
        "text": reply.text,
        "products": [card_to_wire(one) for one in reply.products],
        "suggestions": [{"title": one.title, "payload": one.payload} for one in reply.suggestions],
        "action": reply.action,
        "intents": [{"name": one.name, "score": round(one.score, 4)} for one in reply.intents],
        "slots": [slot_to_wire(one) for one in reply.slots],
        "cart": _cart(reply.cart) if reply.cart else None,
        "handoff": _handoff(reply.handoff) if reply.handoff else None,
        "timings_ms": {
            "nlu": reply.timings_ms.nlu,
            "action": reply.timings_ms.action,
            "total": reply.timings_ms.total,
        },
    }


def nlu_to_wire(result: NLUResult) -> Json:
    """An understanding as ``daogou parse --json`` writes it."""
    return {
        "text": result.text,
        "language": result.language,
        "intents": [{"name": one.name, "score": round(one.score, 4)} for one in result.intents],
        "slots": [slot_to_wire(one) for one in result.slots],
        "out_of_scope": result.out_of_scope,
        "guesses": [{"name": one.name, "score": round(one.score, 4)} for one in result.guesses],
        "query": result.query,
    }


def slot_to_wire(slot: Slot) -> Json:
    """A slot in the agreed form."""
    return {
        "name": slot.name,
        "value": _value(slot.value),
        "raw": slot.raw,
        "start": slot.start,
        "end": slot.end,
        "role": slot.role,
    }


def _value(value: SlotValue) -> object:
    match value:
        case PriceRange():
            return {
                "minimum": _number(value.minimum),
                "maximum": _number(value.maximum),
                "currency": value.currency,
            }
        case Measure():
            return {
                "attribute": value.attribute,
                "minimum": _number(value.minimum),
                "maximum": _number(value.maximum),
                "unit": value.unit,
            }
        case Reference():
            return {
                "positions": list(value.positions),
                "first": value.first,
                "everything": value.everything,
            } | ({"extreme": value.extreme} if value.extreme else {})
        case DateRange():
            return {
                "start": value.start.isoformat() if value.start else None,
                "end": value.end.isoformat() if value.end else None,
            }
        case _:
            return value


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def card_to_wire(card: ProductCard) -> Json:
    """A product in the agreed form."""
    return {
        "id": card.id,
        "title": card.title,
        "price": card.price,
        "list_price": card.list_price,
        "currency": card.currency,
        "available": card.available,
        "url": card.url,
        "image": card.image,
        "variant": card.variant,
        "reasons": list(card.reasons),
    }


def _cart(cart: Cart) -> Json:
    return {
        "items": [_item(one) for one in cart.items],
        "total": cart.total,
        "currency": cart.currency,
    }


def _item(item: CartItem) -> Json:
    return {
        "product_id": item.product_id,
        "variant_id": item.variant_id,
        "title": item.title,
        "variant": item.variant,
        "quantity": item.quantity,
        "price": item.price,
        "currency": item.currency,
        "available": item.available,
    }


def _handoff(handoff: Handoff) -> Json:
    return {"ticket": handoff.ticket, "status": handoff.status, "position": handoff.position}
