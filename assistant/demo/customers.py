"""The demo shop's customers: invented people, the same for the same seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from assistant.purchases import Address, Customer, PaymentMethod

CUSTOMERS = 300


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries parcels; each ``#`` of ``tracking`` stands for a digit."""

    name: str
    tracking: str


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """A shopper of the demo's interactions, as the shop's order desk knows them.

    ``days`` are the fewest and the most working days of standard shipping to them.
    """

    user_id: str
    email: str
    address: Address
    currency: str
    days: tuple[int, int]
    carriers: tuple[Carrier, ...]
    methods: tuple[PaymentMethod, ...] = ()

    def as_customer(self) -> Customer:
        """The customer as the order service keeps them."""
        family, given = _names(self.address.name)
        return Customer(
            self.user_id, self.email, given, family, self.address, self.currency, self.methods
        )


def _names(name: str) -> tuple[str, str]:
    """Family and given name: Chinese names begin with the family's, one character of it."""
    if name.isascii():
        given, _, family = name.rpartition(" ")
        return family, given
    return (name[:1], name[1:]) if " " not in name else (name.rpartition(" ")[2], name.split()[0])


def demo_customers(seed: int = 7) -> tuple[DemoCustomer, ...]:
    """The 300 shoppers ``user-001`` to ``user-300``, each with an address.

    Args:
        seed: the same seed gives the same customers.
    """
    regions = _regions()
    shares = [region["share"] for region in regions]
    return tuple(
        _customer(f"user-{number:03d}", regions, shares, Random(f"{seed}/customer/{number}"))
        for number in range(1, CUSTOMERS + 1)
    )


def _customer(
    user_id: str, regions: list[dict[str, Any]], shares: list[int], rng: Random
) -> DemoCustomer:
    region = rng.choices(regions, shares)[0]
    fewest, most = region["days"]
    return DemoCustomer(
        user_id=user_id,
        email=f"{user_id}@example.com",
        address=_address(region, rng),
        currency=region["currency"],
        days=(fewest, most),
        carriers=tuple(Carrier(**carrier) for carrier in region["carriers"]),
        methods=_methods(user_id),
    )


def _methods(user_id: str) -> tuple[PaymentMethod, ...]:
    """A card, for every third customer a gift card, and for every other one PayPal."""
    rng = Random(f"payment/{user_id}")
    brand = rng.choice(("visa", "mastercard"))
    methods = [
        PaymentMethod(f"card-{user_id}", "credit_card", brand, f"{rng.randint(0, 9999):04d}")
    ]
    if rng.random() < 0.33:
        balance = Decimal(rng.randrange(10, 200, 5))
        methods.append(PaymentMethod(f"gift-{user_id}", "gift_card", balance=balance))
    if rng.random() < 0.5:
        methods.append(PaymentMethod(f"paypal-{user_id}", "paypal"))
    return tuple(methods)


def _address(region: Mapping[str, Any], rng: Random) -> Address:
    name = region["name"].format(
        given=rng.choice(region["given"]), family=rng.choice(region["family"])
    )
    line = region["line"].format(number=rng.randint(3, 980), street=rng.choice(region["streets"]))
    if rng.random() < 0.5:
        unit = 100 * rng.randint(1, 9) + rng.randint(1, 8)
        line += region["unit"].format(building=rng.randint(1, 12), unit=unit)
    return Address(name=name, line=line, country=region["country"], **rng.choice(region["cities"]))


@cache
def _regions() -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("customers.yml").read_text("utf-8")
    )
    return content
