"""Prices as people and machines write them: "15.00 USD", "1.299,00 €", "¥99", "99元"."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

from catalog.feeds.measures import as_number
from catalog.money import from_minor, precision
from catalog.types import Price

_HIGHEST = Decimal(10) ** 12
_SYMBOLS = {
    "$": "USD", "us$": "USD", "us $": "USD", "美元": "USD", "€": "EUR", "欧元": "EUR",
    "£": "GBP", "英镑": "GBP", "¥": "CNY", "￥": "CNY", "元": "CNY", "块": "CNY", "圆": "CNY",
    "人民币": "CNY", "rmb": "CNY", "cn¥": "CNY", "円": "JPY", "日元": "JPY", "jp¥": "JPY",
    "hk$": "HKD", "港币": "HKD", "nt$": "TWD", "c$": "CAD", "ca$": "CAD", "a$": "AUD",
    "au$": "AUD", "s$": "SGD", "r$": "BRL", "₹": "INR", "₩": "KRW", "₽": "RUB", "zł": "PLN",
}  # fmt: skip
_SHARED = {
    "$": frozenset(("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN")),
    "¥": frozenset(("CNY", "JPY")),
    "￥": frozenset(("CNY", "JPY")),
}
# Where people write 1.299,00: a lone point or comma before three digits could be either.
_COMMA_CODES = "EUR PLN BRL DKK SEK NOK CZK HUF RON TRY IDR VND RUB UAH ARS COP"
_DECIMAL_COMMA = frozenset(_COMMA_CODES.split())
_PRICE = re.compile(
    r"(?P<before>[^\d.,+-]*)(?P<sign>[+-]?)(?P<more>[^\d.,+-]*)"
    r"(?P<number>\d[\d.,'’\s]*|[.,]\d+)(?P<after>[^\d]*)"
)
_SPACED = re.compile(r"\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d*)?")
_GROUPED = re.compile(r"\d+|\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}")


def read_price(value: object, currency: str) -> tuple[Decimal, str]:
    """The amount and the currency of a price.

    Args:
        value: A number, or text with a currency code or sign before or behind.
        currency: What is meant where the text names none, and which of its currencies a shared
            sign such as "$" or "¥" means.

    Raises:
        ValueError: It is no price, is negative, or can be read in two ways ("1.299 €").
    """
    if not isinstance(value, str):
        return _positive(as_number(value), value), _code(currency)
    match = _PRICE.fullmatch(value.strip())
    if match is None:
        raise ValueError(f'expected a price such as "15.00 USD", got {value[:60]!r}')
    named = [match[part].strip().casefold() for part in ("before", "more", "after")]
    found = _currency([name for name in named if name], currency, value)
    amount = _amount(match["number"].strip(), found, value)
    return _positive(-amount if match["sign"] == "-" else amount, value), found


def read_minor(value: object, currency: str) -> Decimal:
    """The amount of so many of the currency's smallest units (cents, 分).

    Raises:
        ValueError: It is not a whole number from 0.
    """
    number = _positive(as_number(value), value)
    if number != int(number):
        raise ValueError(f"expected a price in whole minor units, got {str(value)[:60]!r}")
    return from_minor(int(number), _code(currency))


def make_price(regular: Decimal, currency: str, reduced: Decimal | None = None) -> Price:
    """A price; ``regular`` is its list price where ``reduced`` is really lower."""
    if reduced is None or reduced >= regular:
        return Price(regular, currency)
    return Price(reduced, currency, regular)


def one_per_currency(prices: Iterable[Price]) -> tuple[Price, ...]:
    """The first price of each currency."""
    found: dict[str, Price] = {}
    for price in prices:
        found.setdefault(price.currency, price)
    return tuple(found.values())


def is_now(start: str, end: str, now: datetime) -> bool:
    """Whether ``now`` lies between two ISO 8601 times; an empty one is open, no zone means UTC.

    A day without a time counts from its beginning, as an end to its own end.

    Raises:
        ValueError: One is not a time.
    """
    if start and now < _time(start):
        return False
    if not end:
        return True
    last = _time(end)
    if len(end.strip()) == len("2024-01-31"):
        last = last.replace(hour=23, minute=59, second=59)
    return now <= last


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(f"expected a time such as 2024-01-31T23:59+0100, got {text!r}") from error
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _code(currency: str) -> str:
    precision(currency)
    return currency


def _currency(named: list[str], default: str, value: str) -> str:
    codes = [name.upper() for name in named if re.fullmatch(r"[a-z]{3}", name) and name != "rmb"]
    if codes:
        return _code(codes[0])
    for name in named:
        if name not in _SYMBOLS:
            raise ValueError(f'expected a price such as "15.00 USD", got {value[:60]!r}')
        return default if default in _SHARED.get(name, ()) else _SYMBOLS[name]
    return _code(default)


def _amount(number: str, currency: str, value: str) -> Decimal:
    if _SPACED.fullmatch(number):
        number = re.sub(r"[\s'’]", "", number)
    mark = _decimal_mark(number, currency, value)
    whole, _, decimals = number.rpartition(mark) if mark else (number, "", "")
    amount = None
    if _GROUPED.fullmatch(whole or "0"):
        units = re.sub("[.,]", "", whole) or "0"
        amount = as_number(f"{units}.{decimals}" if decimals else units)
    if amount is None:
        raise ValueError(f'expected a price such as "15.00 USD", got {value[:60]!r}')
    return amount


def _decimal_mark(number: str, currency: str, value: str) -> str:
    """The mark before the decimals: "." or ","; "" when every mark divides thousands."""
    marks = [mark for mark in number if mark in ".,"]
    if len(marks) != 1:
        return marks[-1] if len(set(marks)) == 2 else ""
    before, mark, after = number.partition(marks[0])
    digits = precision(currency)
    if len(after) != 3 or not before.strip("0") or len(before) > 3 or digits == 3:
        return mark
    if digits and currency in _DECIMAL_COMMA:
        raise ValueError(f"{value[:60]!r} can be read in two ways; write decimals after the point")
    return "" if mark == "," or not digits else mark


def _positive(amount: Decimal | None, value: object) -> Decimal:
    if amount is None:
        raise ValueError(f"expected a price, got {str(value)[:60]!r}")
    if amount < 0:
        raise ValueError(f"a price must not be negative, got {str(value)[:60]!r}")
    if amount > _HIGHEST:
        raise ValueError(f"expected a price up to {_HIGHEST}, got {str(value)[:60]!r}")
    return amount
