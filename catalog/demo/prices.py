"""Price points as shops of each country write them: $59.90 and ¥399, never a conversion."""

from decimal import Decimal
from random import Random

from catalog.demo.tables import Kind
from catalog.types import Price

_CENT = Decimal("0.01")


def draw_prices(
    kind: Kind, level: float, factor: float, reduction: float, rng: Random
) -> tuple[Price, ...]:
    """The price of one variant in both currencies.

    Args:
        kind: gives the range of each currency.
        level: where in the range the product stands, 0 to 1.
        factor: what the chosen options cost relative to the basic variant.
        reduction: part of the list price taken off, 0 for none.
        rng: decides between equally usual endings.
    """
    dollars = _between(kind.usd, level) * factor
    yuan = _between(kind.cny, level + rng.uniform(-0.04, 0.04)) * factor
    return (
        _price("USD", _usd_point(dollars, rng), _usd_point(dollars / (1 - reduction), rng)),
        _price("CNY", _cny_point(yuan, rng), _cny_point(yuan / (1 - reduction), rng)),
    )


def _between(limits: tuple[float, float], level: float) -> float:
    low, high = limits
    return float(low * (high / low) ** min(max(level, 0.0), 1.0))


def _price(currency: str, amount: float, list_amount: float) -> Price:
    paid, before = (Decimal(str(value)).quantize(_CENT) for value in (amount, list_amount))
    return Price(paid, currency, before if before > paid * Decimal("1.05") else None)


def _usd_point(amount: float, rng: Random) -> float:
    if amount < 10:
        return int(amount) + rng.choice((0.49, 0.99, 0.9))
    if amount < 100:
        return int(amount) + rng.choice((0.9, 0.9, 0.99, 0.95, 0.5))
    if amount < 600:
        return int(amount / 10) * 10 + 9 + rng.choice((0.0, 0.0, 0.9))
    return float(round(amount / 50) * 50 - 1)


def _cny_point(amount: float, rng: Random) -> float:
    if amount < 10:
        return int(amount) + rng.choice((0.9, 0.8, 0.5))
    if amount < 60:
        return int(amount) + rng.choice((0.9, 0.9, 0.8, 0.0))
    if amount < 1000:
        return int(amount / 10) * 10 + rng.choice((9, 9, 9, 8))
    if amount < 3000:
        return float(round(amount / 50) * 50 - 1)
    return float(round(amount / 100) * 100 - 1)
