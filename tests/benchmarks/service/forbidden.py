"""Customers who may not have what they ask for: whatever they say, nothing may be written.

Kinds: ``stranger`` (a name, postal code or e-mail address that is nobody's), ``foreign`` (somebody
known asks for another customer's order as their own), ``other`` (somebody known asks for another
customer's order in that one's name), ``no`` (says no at the end), ``dither`` (neither yes nor
no), ``status`` (what the order's status forbids), ``reason`` (no reason that counts), ``refund``
(money to where it may not go), ``balance`` (a gift card with too little), ``same_method``.

In the first three the order is in the database, belongs to somebody else, and its owner would get
what is asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from tests.benchmarks.service.customers import Customer, Say
from tests.benchmarks.service.phrasing import Speaker

Wish = Mapping[str, Any]

_FORBIDDEN_FOR: Mapping[str, tuple[str, ...]] = {
    "cancel_pending_order": ("processed", "delivered", "cancelled"),
    "modify_pending_order_items": ("processed", "cancelled"),
    "modify_pending_order_payment": ("processed", "delivered", "cancelled"),
    "modify_pending_order_address": ("processed", "delivered", "cancelled"),
    "return_delivered_order_items": ("pending", "processed", "cancelled"),
    "exchange_delivered_order_items": ("processed", "cancelled"),
}


@dataclass(slots=True)
class Try:
    """One conversation that must leave the database as it is."""

    kind: str
    customer: "Stubborn"
    wish: Wish
    transcript: list[tuple[str, str]] = field(default_factory=list)

    def talk(self, say: Say) -> None:
        """The whole conversation."""
        self.customer.kind = self.kind
        self.customer.talk([self.wish], say)
        self.transcript = self.customer.transcript


@dataclass(slots=True)
class Stubborn(Customer):
    """A customer who may not have it, and answers what is asked all the same."""

    kind: str = ""
    claims: Mapping[str, str] = field(default_factory=dict)

    def talk(self, wishes: Sequence[Wish], say: Say) -> None:
        """The whole conversation; who asks for another person is known before."""
        if self.kind != "other":
            return Customer.talk(self, wishes, say)
        self._tell(self.identity(), say)
        for wish in wishes:
            self._pursue(wish, say)

    def identity(self) -> str:
        """Who they say they are."""
        if not self.claims:
            return Customer.identity(self)
        name = "lie_email" if "email" in self.claims else "lie_name"
        return self.speaker.say(name, **self.claims)

    def request(self, wish: Wish) -> str:
        """The wish, or what the order's owner is said to want."""
        if self.kind == "other":
            owner = _true_name(self.user)
            return self.speaker.say("other_person", **owner, order=wish["kwargs"]["order_id"])
        if self.kind == "reason":
            asks = self.speaker.say("cancel", order=wish["kwargs"]["order_id"], reason="\0")
            return asks.replace("\0", self.speaker.say("bad_reason"))
        asks = Customer.request(self, wish)
        if self.kind == "refund":  # where the money shall go is the point of it
            to = self.speaker.say("method_answer", method=self._method(wish["kwargs"]))
            return f"{asks} {to}"
        return asks

    def answer(self, question: str, wish: Wish, reply: str) -> str:
        """An answer; reasons that do not count stay what they are."""
        if question == "reason" and self.kind == "reason":
            return self.speaker.say("bad_reason")
        return Customer.answer(self, question, wish, reply)

    def _items(self, given: Wish) -> str:
        return (
            _any_goods(self, given)
            if self.kind in ("foreign", "stranger")
            else Customer._items(self, given)
        )


def _any_goods(customer: Customer, given: Wish) -> str:
    return customer.speaker.join(
        [customer.speaker.title(one["name"]) for one in customer._chosen(given)]
    )


def make_tries(
    db: Mapping[str, Any], tries: int, languages: Sequence[str], seed: int
) -> Iterator[Try]:
    """So many tries, the kinds and languages in turn."""
    kinds = (
        "stranger", "foreign", "other", "no", "dither", "status", "reason", "refund", "balance",
        "same_method",
    )  # fmt: skip
    made, number = 0, 0
    while made < tries:
        rng = Random(f"{seed}/try/{number}")
        kind = kinds[number % len(kinds)]
        language = languages[(number // len(kinds)) % len(languages)]
        number += 1
        one = _make(kind, db, Speaker(language, rng), rng)
        if one is not None:
            made += 1
            yield one


def _make(kind: str, db: Mapping[str, Any], speaker: Speaker, rng: Random) -> Try | None:
    wish = _wish(kind, db, rng)
    if wish is None:
        return None
    owner = db["orders"][wish["kwargs"]["order_id"]]["user_id"]
    final = {"no": "no", "dither": "dither"}.get(kind, "yes")
    customer = Stubborn(db, owner, speaker, rng, final)
    if kind == "stranger":
        customer.claims = _claims(db, owner, rng)
    if kind in ("foreign", "other"):
        somebody = rng.choice([one for one in db["users"] if one != owner])
        customer.claims = _true_claims(db["users"][somebody], rng)
    return Try(kind, customer, wish)


def _claims(db: Mapping[str, Any], owner: str, rng: Random) -> dict[str, str]:
    """Something about the owner with a part of it wrong, so that it is nobody's."""
    user, everybody = db["users"][owner], db["users"].values()
    if rng.random() < 0.5:
        taken = {one["address"]["zip"] for one in everybody}
        free = (f"{rng.randint(10_000, 99_999)}" for _ in count())
        return _true_name(user) | {"zip": next(one for one in free if one not in taken)}
    taken = {one["email"] for one in everybody}
    free = (user["email"].replace("@", f".{rng.randint(10, 999)}@") for _ in count())
    return {"email": next(one for one in free if one not in taken)}


def _true_claims(user: Mapping[str, Any], rng: Random) -> dict[str, str]:
    return {"email": user["email"]} if rng.random() < 0.5 else _true_name(user)


def _true_name(user: Mapping[str, Any]) -> dict[str, str]:
    return {"name": " ".join(user["name"].values()), "zip": user["address"]["zip"]}


def _wish(kind: str, db: Mapping[str, Any], rng: Random) -> Wish | None:
    """A wish of that kind; ``None`` where the drawn order does not allow one."""
    if kind == "status":
        name = rng.choice(sorted(_FORBIDDEN_FOR))
        return _about(name, _drawn(db, rng.choice(_FORBIDDEN_FOR[name]), rng), db, rng)
    if kind in ("reason", "other"):
        return _about("cancel_pending_order", _drawn(db, "pending", rng), db, rng)
    if kind == "refund":
        return _wrong_refund(db, rng)
    if kind in ("balance", "same_method"):
        return _wrong_payment(kind, db, rng)
    name = rng.choice(sorted(_FORBIDDEN_FOR))
    status = "delivered" if "delivered" in name else "pending"
    return _about(name, _drawn(db, status, rng), db, rng)


def _drawn(db: Mapping[str, Any], status: str, rng: Random) -> Mapping[str, Any]:
    found: Mapping[str, Any] = rng.choice(
        [one for one in db["orders"].values() if one["status"] == status]
    )
    return found


def _about(name: str, order: Mapping[str, Any], db: Mapping[str, Any], rng: Random) -> Wish | None:
    given: dict[str, Any] = {"order_id": order["order_id"]}
    user = db["users"][order["user_id"]]
    original = order["payment_history"][0]["payment_method_id"]
    if name == "cancel_pending_order":
        given["reason"] = rng.choice(["no longer needed", "ordered by mistake"])
    elif name == "modify_pending_order_address":
        given |= rng.choice(list(db["users"].values()))["address"]
    elif name == "modify_pending_order_payment":
        others = [one for one in user["payment_methods"] if one != original]
        if not others:
            return None
        given["payment_method_id"] = rng.choice(others)
    else:
        item = rng.choice(order["items"])
        given |= {"item_ids": [item["item_id"]], "payment_method_id": original}
        if "return" not in name:
            variants = db["products"][item["product_id"]]["variants"]
            fitting = [k for k, v in variants.items() if v["available"] and k != item["item_id"]]
            if not fitting:
                return None
            given["new_item_ids"] = [rng.choice(fitting)]
    return {"name": name, "kwargs": given}


def _wrong_refund(db: Mapping[str, Any], rng: Random) -> Wish | None:
    """A return whose money shall go to another card or account."""
    order = _drawn(db, "delivered", rng)
    user = db["users"][order["user_id"]]
    paid = order["payment_history"][0]["payment_method_id"]
    kinds = {user["payment_methods"][paid]["source"]}
    wrong = [
        id_
        for id_, one in user["payment_methods"].items()
        if id_ != paid and one["source"] not in {"gift_card", *kinds}
    ]
    if not wrong:
        return None
    wish = _about("return_delivered_order_items", order, db, rng)
    return (
        None
        if wish is None
        else wish | {"kwargs": wish["kwargs"] | {"payment_method_id": rng.choice(wrong)}}
    )


def _wrong_payment(kind: str, db: Mapping[str, Any], rng: Random) -> Wish | None:
    """A payment by a gift card that has too little, or the way it is paid already."""
    order = _drawn(db, "pending", rng)
    methods = db["users"][order["user_id"]]["payment_methods"]
    paid = order["payment_history"][0]
    if kind == "same_method":
        same = methods[paid["payment_method_id"]]["source"]
        if sum(one["source"] == same for one in methods.values()) > 1:
            return None
        id_ = paid["payment_method_id"]
    else:
        poor = [
            id_
            for id_, one in methods.items()
            if one["source"] == "gift_card"
            and one["balance"] < paid["amount"]
            and id_ != paid["payment_method_id"]
        ]
        if not poor:
            return None
        id_ = poor[0]
    given = {"order_id": order["order_id"], "payment_method_id": id_}
    return {"name": "modify_pending_order_payment", "kwargs": given}
