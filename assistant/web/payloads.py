"""The texts that buttons send, ``/intent{"slot": value}``, and what the shopper reads instead."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.types import Reply
from assistant.web.labels import Labels

_FORM = re.compile(r"/(?P<intent>[a-z_]+)\s*(?P<slots>\{.*\})?\s*", re.DOTALL)

CART_INTENTS = frozenset({"change_quantity", "remove_from_cart"})
"""What the cart panel sends; the conversation shows it as a small line."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A pressed button, read."""

    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)

    def products(self) -> tuple[str, ...]:
        """The product ids it names."""
        named = self.slots.get("product_id", [])
        return tuple(map(str, named if isinstance(named, list) else [named]))


def write_payload(intent: str, **slots: object) -> str:
    """The text a button sends."""
    return f"/{intent}" + (json.dumps(slots, ensure_ascii=False) if slots else "")


def read_payload(text: str) -> Payload | None:
    """The payload in a message; ``None`` for words."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return None
    try:
        slots = json.loads(match["slots"] or "{}")
    except json.JSONDecodeError:
        return None
    return Payload(match["intent"], slots)


def said(payload: Payload, labels: Labels, titles: Mapping[str, str]) -> str:
    """What a pressed button says in the conversation; "" where no label knows its intent.

    ``titles`` are the names of products by id.
    """
    label = f"said_{payload.intent}"
    named = [titles[one] for one in payload.products() if one in titles]
    if not named or not labels.knows(label):
        return ""
    return labels(label, title=" · ".join(named), count=payload.slots.get("quantity", 1))


@dataclass(slots=True)
class PressedButtons:
    """Remembers what the buttons of a conversation said, to show it again later."""

    titles: dict[str, str] = field(default_factory=dict)
    products: dict[str, str] = field(default_factory=dict)

    def see(self, reply: Reply) -> None:
        """Remember the buttons and the products of a reply."""
        self.titles |= {one.payload: one.title for one in reply.suggestions}
        self.products |= {one.id: one.title for one in reply.products}
        if reply.cart is not None:
            self.products |= {one.product_id: one.title for one in reply.cart.items}

    def title(self, text: str, labels: Labels, guess: Mapping[str, str]) -> str:
        """What the shopper saw of a message: its words, or the title of the pressed button.

        ``guess`` are titles by intent, for a payload that no button is known for.
        """
        if text in self.titles:
            return self.titles[text]
        payload = read_payload(text)
        if payload is None:
            return text
        return said(payload, labels, self.products) or guess.get(payload.intent, text)
