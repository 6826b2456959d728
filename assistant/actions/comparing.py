"""Two to four products side by side, and for whom each of them is the one to take."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.actions.context import Services, TurnContext, named_products, show
from assistant.types import Action, Note, Outcome, settled
from assistant.wording import (
    describe_attributes,
    product_price,
    write_label,
    write_money,
    write_value,
)
from catalog.types import Attribute, Language, ScoredProduct
from catalog.units import convert

_COMPARED_ATTRIBUTES = 14
_MOST_ADVICE = 5

_LESS_IS_BETTER = ("weight", "noise", "thickness", "latency", "response_time", "consumption")
_MORE_IS_BETTER = (
    "battery", "capacity", "volume", "storage", "memory", "refresh_rate", "max_load", "camera",
    "keeps_hot", "dpi", "burn_time", "playing_time", "spf", "page_yield", "thread_count",
    "ports", "gears", "warranty", "resolution", "brightness", "shelf_life",
)  # fmt: skip
"""Parts of the names of number attributes of which less, or more, is what shoppers look for."""


def compare_products(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Two to four products side by side, what differs first, and what speaks for each."""
    found = named_products(action, services)
    if len(found) < 2:
        return Outcome("compare_what", turn.state)
    state = replace(settled(show(turn.state, found)), focus=None)
    currency = turn.state.currency
    return Outcome(
        "compared",
        state,
        {"count": len(found), "advice": advise(found, turn.language, currency)},
        products=found,
        table=comparison(found, turn.language, currency),
    )


def comparison(
    products: Sequence[ScoredProduct], language: Language, currency: str
) -> tuple[tuple[str, ...], ...]:
    """The rows of a comparison, the header first: its first cell is empty."""
    columns = [_facts_of(one, language, currency) for one in products]
    names = list(dict.fromkeys(name for column in columns for name in column))
    rows = [tuple(column.get(name, "—") for column in columns) for name in names]
    order = sorted(range(len(names)), key=lambda i: (len(set(rows[i])) == 1, i))
    header = ("", *(one.product.title.get(language) for one in products))
    body = [(names[i], *rows[i]) for i in order[:_COMPARED_ATTRIBUTES]]
    return (header, *body)


def advise(
    products: Sequence[ScoredProduct], language: Language, currency: str
) -> tuple[Note, ...]:
    """Which to take by what one cares about most; only where the records tell them apart."""
    advice = (
        *_by_price(products, language, currency),
        *_by_rating(products),
        *_by_numbers(products, language),
        *_by_flags(products, language),
    )
    return advice[:_MOST_ADVICE]


_ROWS = {
    "en": {"price": "Price", "brand": "Brand", "rating": "Rating", "stock": "Availability"},
    "zh": {"price": "价格", "brand": "品牌", "rating": "评分", "stock": "库存"},
}
_STOCK = {"en": ("in stock", "sold out"), "zh": ("有货", "无货")}


def _facts_of(scored: ScoredProduct, language: Language, currency: str) -> dict[str, str]:
    product, names = scored.product, _ROWS[language]
    money = product_price(scored.variant, currency)
    facts = {names["price"]: write_money(money, language)} if money else {}
    if product.brand:
        facts[names["brand"]] = product.brand.get(language)
    if product.rating is not None:
        facts[names["rating"]] = f"{product.rating:.1f} ({product.review_count})"
    facts[names["stock"]] = _STOCK[language][0 if product.available else 1]
    return facts | dict(describe_attributes(product, language).values())


@dataclass(frozen=True, slots=True)
class _Figure:
    """What one product's record says, as a number to compare and as it is written."""

    scored: ScoredProduct
    number: Decimal
    written: str


def _winner(
    figures: Sequence[_Figure | None], pick: Callable[..., _Figure]
) -> tuple[_Figure, tuple[str, ...]] | None:
    """The one that stands out, and what the others have; nothing where a record is silent."""
    known = [one for one in figures if one is not None]
    if len(known) < len(figures):
        return None
    best = pick(known, key=lambda one: one.number)
    others = [one for one in known if one is not best]
    if any(one.number == best.number for one in others):
        return None
    return best, tuple(dict.fromkeys(one.written for one in others))


def _by_price(
    products: Sequence[ScoredProduct], language: Language, currency: str
) -> Iterator[Note]:
    figures = []
    for one in products:
        money = product_price(one.variant, currency)
        same = money is not None and money.currency == currency
        figures.append(
            _Figure(one, money.amount, write_money(money, language)) if money and same else None
        )
    won = _winner(figures, min)
    if won is not None:
        best, others = won
        facts = {"title": best.scored.product.title, "price": best.written, "others": others}
        yield Note("compare_cheapest", facts)


def _by_rating(products: Sequence[ScoredProduct]) -> Iterator[Note]:
    figures = [
        _Figure(one, Decimal(str(round(rating, 1))), "")
        if (rating := one.product.rating) is not None
        else None
        for one in products
    ]
    won = _winner(figures, max)
    if won is not None:
        product = won[0].scored.product
        facts = {
            "title": product.title,
            "rating": won[0].number,
            "total": product.review_count or None,
        }
        yield Note("compare_best", facts)


def _by_numbers(products: Sequence[ScoredProduct], language: Language) -> Iterator[Note]:
    """The lightest, the one that runs longest: of attributes that have a better end."""
    for first in products[0].product.attributes:
        pick = _better_end(first)
        if pick is None:
            continue
        won = _winner([_figure(one, first, language) for one in products], pick)
        if won is not None:
            best, others = won
            facts = {
                "title": best.scored.product.title,
                "attribute": write_label(first, language),
                "value": best.written,
                "others": others,
            }
            yield Note("compare_most", facts)


def _better_end(attribute: Attribute) -> Callable[..., _Figure] | None:
    if not isinstance(attribute.value, Decimal):
        return None
    if any(part in attribute.name for part in _LESS_IS_BETTER):
        return min
    return max if any(part in attribute.name for part in _MORE_IS_BETTER) else None


def _figure(scored: ScoredProduct, like: Attribute, language: Language) -> _Figure | None:
    """The value of the same attribute in the same unit; nothing where it has none or several."""
    own = [one for one in scored.product.attributes if one.name == like.name]
    if len(own) != 1 or not isinstance(own[0].value, Decimal):
        return None
    number = own[0].value
    if own[0].unit != like.unit:
        converted = convert(number, own[0].unit, like.unit)
        if converted is None:
            return None
        number = converted
    return _Figure(scored, number, write_value(own[0], language))


def _by_flags(products: Sequence[ScoredProduct], language: Language) -> Iterator[Note]:
    """What only one of them is listed with."""
    having: dict[str, list[tuple[ScoredProduct, Attribute]]] = {}
    for one in products:
        for attribute in one.product.attributes:
            if attribute.value is True:
                having.setdefault(attribute.name, []).append((one, attribute))
    for found in having.values():
        if len(found) == 1:
            scored, attribute = found[0]
            label = write_label(attribute, language)
            yield Note("compare_only", {"title": scored.product.title, "attribute": label})
