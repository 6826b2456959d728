"""The texts that buttons send, ``/intent{"slot": value}``, and what the shopper reads instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.types import Reply
from assistant.web.labels import Labels
from intents.payloads import read_payload, write_payload

CART_INTENTS = frozenset({"change_quantity", "remove_from_cart"})
"""What the cart panel sends; the conversation shows it as a small line."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that sends a payload and says something in the conversation."""

    caption: str
    payload: str
    said: str


def product_button(
    caption: str, intent: str, labels: Labels, title: str, slots: Mapping[str, object]
) -> Button:
    """A button about one product; ``caption`` is the name of its label."""
    text = say(intent, labels, [title])
    return Button(labels(caption), write_payload(intent, **slots), text)


def say(intent: str, labels: Labels, titles: Sequence[str], count: object = 1) -> str:
    """What a pressed button says about products; "" where no label knows the intent."""
    label = f"said_{intent}"
    if not titles or not labels.knows(label):
        return ""
    return labels(label, title=" · ".join(titles), count=count)


def is_quiet(text: str) -> bool:
    """Whether a message came from the cart panel."""
    payload = read_payload(text)
    return payload is not None and payload.intent in CART_INTENTS


@dataclass(slots=True)
class PressedButtons:
    """Remembers what the buttons of a conversation said, to show it again later."""

    said: dict[str, str] = field(default_factory=dict)
    products: dict[str, str] = field(default_factory=dict)

    def see(self, reply: Reply) -> None:
        """Remember the buttons and the products of a reply."""
        self.said |= {one.payload: one.title for one in reply.suggestions}
        self.products |= {one.id: one.title for one in reply.products}
        if reply.cart is not None:
            self.products |= {one.product_id: one.title for one in reply.cart.items}

    def title(self, text: str, labels: Labels, guesses: Mapping[str, str]) -> str:
        """What the shopper saw of a message: its words, or the title of the pressed button.

        ``guesses`` are titles by intent, for a payload that no button is known for.
        """
        payload = read_payload(text)
        if payload is None or text in self.said:
            return self.said.get(text, text)
        ids = [str(slot.value) for slot in payload.slots if slot.name == "product_id"]
        counts = [slot.value for slot in payload.slots if slot.name == "quantity"]
        titles = [self.products[one] for one in ids if one in self.products]
        said = say(payload.intent, labels, titles, *counts[:1])
        return said or guesses.get(payload.intent, text)
