"""How amounts, dates and attributes are written in each language."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from assistant.types import Money
from catalog.money import precision
from catalog.types import Language, LocalText, Product, Variant
from catalog.wording import LOCALES, write_label, write_name, write_number, write_value

__all__ = [
    "LOCALES",
    "describe_attributes",
    "product_price",
    "write_date",
    "write_label",
    "write_list",
    "write_money",
    "write_name",
    "write_number",
    "write_value",
    "write_variant",
]


def write_money(money: Money, language: Language) -> str:
    """``$59.90``, ``¥399``: whole yuan go without digits after the point, as shops write them."""
    whole = money.amount == money.amount.to_integral_value()
    if money.currency == "CNY" and language == "zh" and whole:
        return f"¥{format_decimal(money.amount, format='#,##0', locale='zh_CN')}"
    quantum = Decimal(1).scaleb(-precision(money.currency))
    return format_currency(money.amount.quantize(quantum), money.currency, locale=LOCALES[language])


def write_date(time: datetime, language: Language) -> str:
    """``Nov 24, 2026`` and ``2026年11月24日``."""
    style = "long" if language == "zh" else "medium"
    return format_date(time, format=style, locale=LOCALES[language])


def write_variant(variant: Variant, language: Language) -> str:
    """The choices of a variant: ``Blue · 42``."""
    return " · ".join(text.get(language) for _, text in variant.options if text)


def write_list(words: Sequence[str], language: Language) -> str:
    """Words with the language's list comma."""
    return ("、" if language == "zh" else ", ").join(words)


def product_price(variant: Variant, currency: str) -> Money | None:
    """The variant's price as a fact for a response; ``None`` when no record has one."""
    price = variant.price(currency)
    return None if price is None else Money(price.amount, price.currency)


def describe_attributes(product: Product, language: Language) -> dict[str, tuple[str, str]]:
    """Every attribute by name as its label and its values, in the product's order."""
    found: dict[str, tuple[str, list[str]]] = {}
    for one in product.attributes:
        found.setdefault(one.name, (write_label(one, language), []))[1].append(
            write_value(one, language)
        )
    return {
        name: (label, write_list(list(dict.fromkeys(values)), language))
        for name, (label, values) in found.items()
    }


MEASURES = {
    "size": LocalText("Size", "尺码"),
    "height": LocalText("Height", "身高"),
    "weight": LocalText("Weight", "体重"),
    "chest": LocalText("Chest", "胸围"),
    "waist": LocalText("Waist", "腰围"),
    "hips": LocalText("Hips", "臀围"),
    "foot": LocalText("Foot length", "脚长"),
}
"""What the columns of a size chart are called."""


def write_measure(name: str, bounds: tuple[float, float] | None, language: Language) -> str:
    """``160–168 cm``; one number where both bounds are the same; a dash for nothing."""
    if bounds is None:
        return "—"
    unit = "kg" if name == "weight" else "cm"
    numbers = dict.fromkeys(write_number(bound, language) for bound in bounds)
    return f"{'–'.join(numbers)} {unit}"
