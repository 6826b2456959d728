"""Scripted conversations: a shop's developer writes them, ``daogou test`` and pytest run them.

The form is Rasa's end-to-end format with assertions after each message of the user::

    test_cases:
      - test_case: running shoes within a budget
        steps:
          - user: Hi, I need running shoes under $80
          - action_executed: search_products
          - slot_was_set: {product_type: running shoes}
          - products: {min: 3, all_within: 80, all_have: {color: blue}}
          - bot_uttered: "running shoes"
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.engine import Assistant
from assistant.types import ProductCard, Reply, Utterance
from catalog.money import from_minor
from catalog.text import fold
from catalog.types import LocalText, Product
from intents.types import Slot


class DialogueError(ValueError):
    """A file of dialogues is broken; the message names file and place."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProductsAssertion(_Part):
    """What must hold for the products of a reply."""

    min: int | None = Field(None, description="at least so many")
    max: int | None = Field(None, description="at most so many")
    all_within: Decimal | None = Field(None, description="no price above this, in whole units")
    all_above: Decimal | None = Field(None, description="no price below this, in whole units")
    all_have: Mapping[str, str] = Field({}, description="an attribute or option of every one")
    none_have: Mapping[str, str] = Field({}, description="an attribute or option of none")
    includes: tuple[str, ...] = Field((), description="product ids that must be there")
    none_of: tuple[str, ...] = Field((), description="product ids that must not be there")
    title_matches: str | None = Field(None, description="a pattern for every title")
    rated_from: float | None = Field(None, description="every one rated, none below this")
    sorted_by_price: bool = Field(False, description="cheapest first")
    dearest_first: bool = False


class CartAssertion(_Part):
    """What must hold for the cart."""

    lines: int | None = None
    quantity: int | None = Field(None, description="pieces in all lines together")
    variant: str | None = Field(None, description="a pattern for some line's variant")


class Step(_Part):
    """A message of the user, or one assertion about the reply to the last one."""

    user: str | None = None
    action_executed: str | None = None
    intent: str | None = None
    slot_was_set: Mapping[str, Any] | None = None
    slot_was_not_set: tuple[str, ...] | None = None
    bot_uttered: str | None = Field(None, description="a pattern found in the text")
    bot_did_not_utter: str | None = None
    products: ProductsAssertion | None = None
    cart: CartAssertion | None = None
    language: Literal["en", "zh"] | None = None
    handoff: Literal["waiting", "with_agent", "closed", "none"] | None = None


class DialogueCase(_Part):
    """One conversation. ``user_id`` signs the shopper in."""

    test_case: str
    steps: tuple[Step, ...]
    user_id: str = ""


class _File(_Part):
    test_cases: tuple[DialogueCase, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """An assertion that did not hold; ``step`` counts from 1."""

    step: int
    said: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"step {self.step}, after {self.said!r}: expected {self.expected}, got {self.got}"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How a conversation went; no failures is a pass."""

    name: str
    failures: tuple[Failure, ...]


def load_dialogues(path: Path) -> tuple[DialogueCase, ...]:
    """The cases of a file, or of every ``.yml`` file in a folder.

    Raises:
        DialogueError: there is no file, or one is not in the form above.
    """
    files = sorted(path.rglob("*.yml")) if path.is_dir() else [path]
    if not files:
        raise DialogueError(f"expected dialogues in {path}, found no .yml file")
    return tuple(case for file in files for case in _load(file))


def _load(file: Path) -> tuple[DialogueCase, ...]:
    try:
        return _File.model_validate(yaml.safe_load(file.read_text("utf-8"))).test_cases
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DialogueError(f"{file} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise DialogueError(f"{file}, {place}: {first['msg']}") from error


def run_case(case: DialogueCase, assistant: Assistant) -> CaseResult:
    """Play one conversation in a session of its own."""
    session = f"test-{uuid4()}"
    failures: list[Failure] = []
    said, reply = "", None
    for number, step in enumerate(case.steps, start=1):
        if step.user is not None:
            said = step.user
            reply = assistant.reply(Utterance(session, said, case.user_id, "test"))
        if reply is None:
            failures.append(Failure(number, "", "a message of the user first", "an assertion"))
            break
        failures += [Failure(number, said, *pair) for pair in _check(step, reply, assistant)]
    return CaseResult(case.test_case, tuple(failures))


_Mismatch = tuple[str, str]


def _check(step: Step, reply: Reply, assistant: Assistant) -> Iterator[_Mismatch]:
    yield from _check_text(step, reply)
    if step.action_executed not in (None, reply.action):
        yield f"action {step.action_executed}", reply.action
    best = reply.intents[0].name if reply.intents else "none"
    if step.intent not in (None, best):
        yield f"intent {step.intent}", best
    if step.language not in (None, reply.language):
        yield f"language {step.language}", reply.language
    status = reply.handoff.status if reply.handoff else "none"
    if step.handoff not in (None, status):
        yield f"handoff {step.handoff}", status
    yield from _check_slots(step, reply.slots)
    if step.products is not None:
        yield from _check_products(step.products, reply, assistant)
    if step.cart is not None:
        yield from _check_cart(step.cart, reply)


def _check_text(step: Step, reply: Reply) -> Iterator[_Mismatch]:
    if step.bot_uttered is not None and not _matches(step.bot_uttered, reply.text):
        yield f"a text matching {step.bot_uttered!r}", repr(reply.text)
    if step.bot_did_not_utter is not None and _matches(step.bot_did_not_utter, reply.text):
        yield f"no text matching {step.bot_did_not_utter!r}", repr(reply.text)


def _check_slots(step: Step, slots: Sequence[Slot]) -> Iterator[_Mismatch]:
    found = [f"{slot.name}={slot.value!r} ({slot.role}, {slot.raw!r})" for slot in slots]
    for name, value in (step.slot_was_set or {}).items():
        if not any(slot.name == name and _slot_is(slot, value) for slot in slots):
            yield f"slot {name} = {value!r}", "; ".join(found) or "no slots"
    for name in step.slot_was_not_set or ():
        if any(slot.name == name for slot in slots):
            yield f"no slot {name}", "; ".join(found)


def _slot_is(slot: Slot, value: object) -> bool:
    """``None`` accepts any value, ``exclude`` any value of that role, else value or raw words."""
    if value is None:
        return True
    if value == "exclude":
        return slot.role == "exclude"
    return fold(str(value)) in (fold(str(slot.value)), fold(slot.raw))


def _check_products(
    wanted: ProductsAssertion, reply: Reply, assistant: Assistant
) -> Iterator[_Mismatch]:
    cards = reply.products
    got = ", ".join(f"{card.id} {card.title!r}" for card in cards) or "none"
    if wanted.min is not None and len(cards) < wanted.min:
        yield f"at least {wanted.min} products", got
    if wanted.max is not None and len(cards) > wanted.max:
        yield f"at most {wanted.max} products", got
    ids = {card.id for card in cards}
    for missing in [id_ for id_ in wanted.includes if id_ not in ids]:
        yield f"product {missing}", got
    for extra in [id_ for id_ in wanted.none_of if id_ in ids]:
        yield f"no product {extra}", got
    if wanted.title_matches is not None:
        for card in cards:
            if not _matches(wanted.title_matches, card.title):
                yield f"titles matching {wanted.title_matches!r}", card.title
    yield from _check_prices(wanted, cards)
    yield from _check_attributes(wanted, cards, assistant)


def _check_prices(wanted: ProductsAssertion, cards: Sequence[ProductCard]) -> Iterator[_Mismatch]:
    amounts = [
        (card.title, from_minor(card.price, card.currency))
        for card in cards
        if card.price is not None
    ]
    for title, amount in amounts:
        if wanted.all_within is not None and amount > wanted.all_within:
            yield f"prices up to {wanted.all_within}", f"{amount} for {title!r}"
        if wanted.all_above is not None and amount < wanted.all_above:
            yield f"prices from {wanted.all_above}", f"{amount} for {title!r}"
    prices = [amount for _, amount in amounts]
    if wanted.sorted_by_price and prices != sorted(prices):
        yield "the cheapest first", str([str(price) for price in prices])
    if wanted.dearest_first and prices != sorted(prices, reverse=True):
        yield "the dearest first", str([str(price) for price in prices])


def _check_attributes(
    wanted: ProductsAssertion, cards: Sequence[ProductCard], assistant: Assistant
) -> Iterator[_Mismatch]:
    products = assistant.services.store.get_many(card.id for card in cards)
    for card in cards:
        product = products.get(card.id)
        if product is None:
            yield "products of the shop", f"{card.id}, which is not in it"
            continue
        if wanted.rated_from is not None and (product.rating or 0) < wanted.rated_from:
            yield f"ratings from {wanted.rated_from}", f"{product.rating} for {card.title!r}"
        for name, value in wanted.all_have.items():
            if not _has(product, card, name, value):
                yield f"{name} {value!r} in every product", card.title
        for name, value in wanted.none_have.items():
            if _has(product, card, name, value):
                yield f"{name} {value!r} in no product", card.title


def _has(product: Product, card: ProductCard, name: str, value: str) -> bool:
    """Whether the product has the value, by its record: an attribute, an option, brand, kind."""
    if name == "brand":
        known: list[object] = [product.brand]
    elif name == "category":
        known = list(product.category)
    else:
        known = list(product.values(name))
        known += [
            text
            for one in product.variants
            for option, text in one.options
            if option == name
            and (
                not card.variant
                or fold(text.en) in fold(card.variant)
                or fold(text.zh) in fold(card.variant)
            )
        ]
    wanted = fold(value)
    return any(wanted in fold(text) for one in known for text in _texts(one))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, LocalText):
        return value.all()
    if isinstance(value, bool):
        return ("yes",) if value else ("no",)
    return (str(value),)


def _check_cart(wanted: CartAssertion, reply: Reply) -> Iterator[_Mismatch]:
    items = reply.cart.items if reply.cart else ()
    got = "; ".join(f"{one.quantity} × {one.title} ({one.variant})" for one in items) or "empty"
    if wanted.lines is not None and len(items) != wanted.lines:
        yield f"{wanted.lines} lines in the cart", got
    pieces = sum(one.quantity for one in items)
    if wanted.quantity is not None and pieces != wanted.quantity:
        yield f"{wanted.quantity} pieces in the cart", got
    pattern = wanted.variant
    if pattern is not None and not any(_matches(pattern, one.variant) for one in items):
        yield f"a variant matching {pattern!r} in the cart", got


def _matches(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None
