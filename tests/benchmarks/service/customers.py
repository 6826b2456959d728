"""Scripted customers: they say what they want, answer what is asked in the text, and say yes.

A customer reads nothing but the text of the replies.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.benchmarks.service.phrasing import Speaker

Say = Callable[[str], str]
"""Sends a message, gives the text of the reply."""

SPOKEN = frozenset(
    {
        "cancel_pending_order",
        "return_delivered_order_items",
        "exchange_delivered_order_items",
        "modify_pending_order_items",
        "modify_pending_order_address",
        "modify_pending_order_payment",
    }
)
"""The actions of tasks that customers have words for."""

MOST_TURNS = 12
"""Messages that a customer spends on one request before giving up."""

_CONFIRM = re.compile(r"\(yes or no\)|（是/否）")
_QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "identity": (
        "e-mail address, or", "postal code do you have", "your full name?", "邮箱，或者",
        "再告诉我邮政编码", "再告诉我您的姓名",
    ),
    "reason": ("Why would you like to cancel", "为什么要取消"),
    "order": ("Which order do you mean", "是哪个订单"),
    "items": ("Which items of order", "要退订单", "要换订单"),
    "variant": (
        "which one would you like instead", "Which of these would you like", "想换成哪一款",
        "换成下面哪一款", "下面哪一款可以",
    ),
    "method": (
        "Where should the refund go", "Which of your payment methods", "Which payment method",
        "退款退到哪里", "差价用哪种", "改用哪种付款",
    ),
    "address": (
        "What is the new address", "Which city is it", "Which state is it",
        "What's the postal code", "新的收货地址", "哪个城市", "哪个省", "邮政编码是多少",
    ),
}  # fmt: skip


def asked(text: str) -> str:
    """Which question a reply asks, by its words; "confirm" for a yes or no, "" for none."""
    if _CONFIRM.search(text):
        return "confirm"
    found = [
        (text.index(words), name)
        for name, several in _QUESTIONS.items()
        for words in several
        if words in text
    ]
    return max(found)[1] if found else ""


@dataclass(slots=True)
class Customer:
    """Somebody with an account and a list of wishes.

    ``kwargs`` of a wish are those of the task's action; ``final`` is what they say when asked to
    confirm: "yes", "no" or "dither".
    """

    db: Mapping[str, Any]
    user_id: str
    speaker: Speaker
    rng: Random
    final: str = "yes"
    transcript: list[tuple[str, str]] = field(default_factory=list)

    @property
    def user(self) -> Mapping[str, Any]:
        """The customer's own account."""
        found: Mapping[str, Any] = self.db["users"][self.user_id]
        return found

    def talk(self, wishes: Sequence[Mapping[str, Any]], say: Say) -> None:
        """The whole conversation."""
        if self.rng.random() < 0.5:
            self._tell(self.speaker.say("hello"), say)
            self._tell(self.identity(), say)
        elif self.rng.random() < 0.4:
            self._tell(self.identity(), say)
        for wish in wishes:
            self._pursue(wish, say)

    def identity(self) -> str:
        """Who they are, by e-mail or by name and postal code."""
        if self.rng.random() < 0.5:
            return self.speaker.say("identify_email", email=self.user["email"])
        name = " ".join(self.user["name"].values())
        return self.speaker.say("identify_name", name=name, zip=self.user["address"]["zip"])

    def _tell(self, text: str, say: Say) -> str:
        reply = say(text)
        self.transcript.append((text, reply))
        return reply

    def _pursue(self, wish: Mapping[str, Any], say: Say) -> None:
        """Ask, and answer until nothing more is asked."""
        reply = self._tell(self.request(wish), say)
        for _ in range(MOST_TURNS):
            question = asked(reply)
            if not question:
                return
            reply = self._tell(self.answer(question, wish, reply), say)

    def request(self, wish: Mapping[str, Any]) -> str:
        """The wish in words."""
        given, speaker = wish["kwargs"], self.speaker
        order = given.get("order_id", "")
        shown = order if self.rng.random() < 0.7 else order.lstrip("#")
        match wish["name"]:
            case "cancel_pending_order":
                return speaker.say("cancel", order=shown, reason=self._reason(given))
            case "return_delivered_order_items":
                return speaker.say(
                    "return", order=shown, items=self._items(given), method=self._method(given)
                )
            case "exchange_delivered_order_items":
                return speaker.say(
                    "exchange",
                    order=shown,
                    changes=self._changes(given),
                    method=self._method(given),
                )
            case "modify_pending_order_items":
                return speaker.say(
                    "modify", order=shown, changes=self._changes(given), method=self._method(given)
                )
            case "modify_pending_order_address":
                return speaker.say("address", order=shown, address=speaker.address(given))
            case "modify_pending_order_payment":
                return speaker.say("payment", order=shown, method=self._method(given))
        raise ValueError(f"no wordings for {wish['name']}")

    def answer(self, question: str, wish: Mapping[str, Any], reply: str) -> str:
        """What they answer to a question; who cannot answer says the wish again."""
        given, speaker = wish["kwargs"], self.speaker
        match question:
            case "confirm":
                return speaker.say(f"say_{self.final}")
            case "identity":
                return self.identity()
            case "order":
                return speaker.say("order_answer", order=given["order_id"])
        return self._detail(question, given, reply) or self.request(wish)

    def _detail(self, question: str, given: Mapping[str, Any], reply: str) -> str:
        """The part of the wish that a question is about; "" where the wish has none."""
        speaker = self.speaker
        if question == "reason" and "reason" in given:
            return self._reason(given)
        if question == "items" and "item_ids" in given:
            swapped = "new_item_ids" in given
            items = self._changes(given) if swapped else self._items(given)
            return speaker.say("items_answer", items=items)
        if question == "variant" and "new_item_ids" in given:
            return self._variant(given, reply)
        if question == "method" and "payment_method_id" in given:
            return speaker.say("method_answer", method=self._method(given))
        if question == "address" and "address1" in given:
            return speaker.say("address_bare", address=speaker.address(given))
        return ""

    def _order(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.db["orders"][given["order_id"]]
        return found

    def _reason(self, given: Mapping[str, Any]) -> str:
        return self.speaker.say(f"reason_{given['reason']}")

    def _chosen(self, given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The items of the order that are meant, each place once."""
        left = list(self._order(given)["items"])
        chosen = []
        for id_ in given["item_ids"]:
            item = next(one for one in left if one["item_id"] == id_)
            left = [one for one in left if one is not item]
            chosen.append(item)
        return chosen

    def _items(self, given: Mapping[str, Any]) -> str:
        every = self._order(given)["items"]
        return self.speaker.join([self.speaker.item(one, every) for one in self._chosen(given)])

    def _changes(self, given: Mapping[str, Any]) -> str:
        every = self._order(given)["items"]
        said = [
            self._change(item, every, new)
            for item, new in zip(self._chosen(given), given["new_item_ids"], strict=True)
        ]
        return self.speaker.join(said, "join_changes")

    def _change(self, item: Mapping[str, Any], every: Sequence[Mapping[str, Any]], new: str) -> str:
        named = self.speaker.item(item, every)
        if new == item["item_id"]:
            return self.speaker.say("swap_same", item=named)
        wanted = self._variant_options(item, new)
        changed = {k: v for k, v in wanted.items() if item["options"].get(k) != v}
        wish = self.speaker.say("wish", options=self.speaker.options(changed or wanted))
        return self.speaker.say("swap", item=named, wish=wish)

    def _variant_options(self, item: Mapping[str, Any], new: str) -> dict[str, str]:
        return dict(self.db["products"][item["product_id"]]["variants"][new]["options"])

    def _variant(self, given: Mapping[str, Any], reply: str) -> str:
        """All options of the wanted variant, for the item that the question names."""
        pairs = list(zip(self._chosen(given), given["new_item_ids"], strict=True))
        named = [(item, new) for item, new in pairs if item["name"] in reply] or pairs
        item, new = self.rng.choice(named)
        return self.speaker.options(self._variant_options(item, new))

    def _method(self, given: Mapping[str, Any]) -> str:
        return self.speaker.method(given["payment_method_id"], self.user["payment_methods"])
