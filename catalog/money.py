"""Money between ``Decimal`` amounts and the minor units of the database and the wire."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.core import get_global
from babel.numbers import get_currency_precision


@cache
def precision(currency: str) -> int:
    """Digits after the point of an ISO 4217 currency: 2 for USD and CNY, 0 for JPY.

    Raises:
        ValueError: ``currency`` is not an ISO 4217 code.
    """
    if currency not in get_global("all_currencies"):
        raise ValueError(f"expected an ISO 4217 currency such as USD or CNY, got {currency!r}")
    return get_currency_precision(currency)


def to_minor(amount: Decimal, currency: str) -> int:
    """The amount in the currency's smallest unit (cents, 分), halves rounded up."""
    scaled = amount.scaleb(precision(currency))
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def from_minor(minor: int, currency: str) -> Decimal:
    """The amount of so many smallest units, with the currency's own digits."""
    return Decimal(minor).scaleb(-precision(currency))
