"""Replies, turns and the cart as HTML. Pure: everything shown comes from the values given.

The templates escape whatever is put into them; only :func:`render_markdown` makes HTML from
words, and it is safe by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.desk import is_from_desk
from assistant.storage import Storage
from assistant.types import Cart, CartItem, Handoff, Money, ProductCard, Reply, Turn
from assistant.web.labels import Labels, load_labels
from assistant.web.links import page_url, safe_url
from assistant.web.markup import TableParts, has_comparison, render_markdown
from assistant.web.payloads import (
    Button,
    PressedButtons,
    is_quiet,
    product_button,
)
from assistant.wording import write_money, write_number
from catalog.money import from_minor
from catalog.types import Language, Product
from intents.payloads import write_payload

TURNS_SHOWN = 60
"""How many turns of a conversation come back when the page is loaded again."""

_MOST_OF_ONE = 999

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def fill(template: str, labels: Labels, **values: object) -> Markup:
    """A template as HTML; whatever is not Markup is escaped."""
    filled = _TEMPLATES.get_template(template).render(label=labels, **values)
    return Markup(filled)


@dataclass(frozen=True, slots=True)
class CardView:
    """A product card as the template needs it."""

    number: int
    id: str
    title: str
    variant: str
    price: str
    list_price: str
    discount: str
    available: bool
    url: str
    image: str
    reasons: tuple[str, ...]
    add: Button
    details: Button
    similar: Button


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the cart as the template needs it."""

    product_id: str
    variant_id: str
    title: str
    variant: str
    url: str
    image: str
    quantity: int
    each: str
    sum: str
    available: bool
    most: int
    remove: Button


def render_reply(reply: Reply) -> Markup:
    """What the assistant answered: text, products, a comparison, quick replies."""
    labels = load_labels()[reply.language]
    cards = [card_view(card, number, labels) for number, card in enumerate(reply.products, 1)]
    compared = has_comparison(reply.text, len(cards))
    parts = _table_parts(cards, labels) if compared else None
    return fill(
        "reply.html",
        labels,
        text=render_markdown(reply.text, reply.language, labels("comparison"), parts),
        cards=[] if compared else cards,
        compared=compared,
        suggestions=_buttons(reply),
    )


def render_turn(turn: Turn, shown_text: str) -> Markup:
    """One message with its answer; ``shown_text`` is what the shopper saw of the message."""
    labels = load_labels()[turn.reply.language]
    if is_from_desk(turn):
        return _desk_turn(turn, labels)
    quiet = is_quiet(turn.utterance.text)
    reply = render_reply(turn.reply)
    number = turn.number
    return fill("turn.html", labels, text=shown_text, reply=reply, quiet=quiet, number=number)


def _desk_turn(turn: Turn, labels: Labels) -> Markup:
    """What an agent wrote, as plain text, or what happened to the conversation."""
    return fill(
        "desk_turn.html",
        labels,
        number=turn.number,
        wrote=turn.action.name == "agent_message",
        agent=turn.action.args.get("agent", ""),
        text=turn.reply.text,
        suggestions=_buttons(turn.reply),
    )


def _buttons(reply: Reply) -> list[Button]:
    return [Button(one.title, one.payload, one.title) for one in reply.suggestions]


def render_transcript(
    turns: Sequence[Turn], guesses: Mapping[Language, Mapping[str, str]]
) -> Markup:
    """A conversation from its log, oldest first; of a long one the end.

    Args:
        turns: Every turn of the conversation.
        guesses: Titles by intent in each language, for buttons that are not known any more.
    """
    pressed, rendered = PressedButtons(), []
    for turn in turns:
        language = turn.reply.language
        text = pressed.title(turn.utterance.text, load_labels()[language], guesses[language])
        pressed.see(turn.reply)
        if turn.number > len(turns) - TURNS_SHOWN:
            rendered.append(render_turn(turn, text))
    if len(rendered) < len(turns):
        labels = load_labels()[turns[-1].reply.language]
        rendered.insert(0, Markup('<p class="note">{}</p>').format(labels("earlier_left_out")))
    return Markup("").join(rendered)


def render_cart(cart: Cart | None, language: Language, products: Mapping[str, Product]) -> Markup:
    """The cart panel; ``products`` are the records of its lines, for pictures and links."""
    labels = load_labels()[language]
    items = cart.items if cart else ()
    lines = [line_view(item, products.get(item.product_id), labels) for item in items]
    total = _money(cart.total, cart.currency, language) if cart else ""
    checkout = Button(labels("checkout"), write_payload("checkout"), labels("checkout"))
    return fill("cart.html", labels, lines=lines, total=total, checkout=checkout)


def render_handoff(reply: Reply) -> Markup:
    """The line that says a person has, or will have, the conversation."""
    return _handoff_line(reply.handoff, reply.language)


def render_handoff_line(storage: Storage, session_id: str) -> Markup:
    """The same line as things stand now."""
    state = storage.load(session_id)
    return _handoff_line(storage.handoff(session_id), state.language) if state else Markup()


def _handoff_line(handoff: Handoff | None, language: Language) -> Markup:
    if handoff is None or handoff.status == "closed":
        return Markup()
    labels = load_labels()[language]
    facts = {"ticket": handoff.ticket, "position": handoff.position}
    return Markup("{}").format(labels(f"handoff_{handoff.status}", **facts))


def card_view(card: ProductCard, number: int, labels: Labels) -> CardView:
    """A product card, its numbers written and its addresses checked."""
    this = {"product_id": card.id}
    about = partial(product_button, labels=labels, title=card.title, slots=this)
    return CardView(
        number=number,
        id=card.id,
        title=card.title,
        variant=card.variant,
        price=_money(card.price, card.currency, labels.language),
        list_price=_reduced_from(card, labels.language),
        discount=write_discount(card.price, card.list_price, labels.language),
        available=card.available,
        url=page_url(card.url, labels.language),
        image=safe_url(card.image),
        reasons=tuple(one for one in dict.fromkeys(card.reasons) if one),
        add=about("add", "add_to_cart", slots=this | dict(card.choice)),
        details=about("details", "select_product"),
        similar=about("similar", "find_similar"),
    )


def line_view(item: CartItem, product: Product | None, labels: Labels) -> LineView:
    """A line of the cart, its numbers written; without its record it has no picture."""
    money = _money(item.price, item.currency, labels.language)
    total = None if item.price is None else item.price * item.quantity
    return LineView(
        product_id=item.product_id,
        variant_id=item.variant_id,
        title=item.title,
        variant=item.variant,
        url=page_url(product.url, labels.language) if product else "",
        image=safe_url(picture_of(product, item.variant_id)) if product else "",
        quantity=item.quantity,
        each=labels("each", price=money) if money and item.quantity > 1 else "",
        sum=_money(total, item.currency, labels.language) or labels("price_unknown"),
        available=item.available,
        most=_MOST_OF_ONE,
        remove=product_button(
            "remove",
            "remove_from_cart",
            labels,
            item.title,
            {"product_id": item.product_id, "variant_id": item.variant_id},
        ),
    )


def picture_of(product: Product, variant_id: str = "") -> str:
    """The address of the variant's own picture, else of the product's first one."""
    variant = product.variant(variant_id)
    own = variant.image if variant else ""
    return own or (product.images[0] if product.images else "")


def write_discount(price: int | None, list_price: int | None, language: Language) -> str:
    """``−20%`` in English, ``8折`` in Chinese; "" when the price is not reduced."""
    if price is None or list_price is None or not 0 < price < list_price:
        return ""
    share = Decimal(price) / Decimal(list_price)
    if language == "zh":
        tenths = (share * 10).quantize(Decimal("0.1"))
        return "" if tenths >= 10 else f"{write_number(max(tenths, Decimal('0.1')), 'zh')}折"
    percent = round((1 - share) * 100)
    return f"−{percent}%" if percent else ""


def _table_parts(cards: Sequence[CardView], labels: Labels) -> TableParts:
    return TableParts(
        heads=[fill("compared_head.html", labels, card=card) for card in cards],
        feet=[fill("compared_foot.html", labels, card=card) for card in cards],
    )


def _money(minor: int | None, currency: str, language: Language) -> str:
    return (
        "" if minor is None else write_money(Money(from_minor(minor, currency), currency), language)
    )


def _reduced_from(card: ProductCard, language: Language) -> str:
    if card.price is None or card.list_price is None or card.list_price <= card.price:
        return ""
    return _money(card.list_price, card.currency, language)
