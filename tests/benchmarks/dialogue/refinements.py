"""What a message changes of a running search, in sets written before the code, later corrected.

Protocol: 300 messages a language on the demo shop, each said after its context was played by real
turns. Right is a message after which at least one product is shown and every one fulfils the
conditions by its record; where no product of the kind does, the reply must say so; where wishes
contradict each other, the reply must say that. Every third message is held out: nobody reads its
errors. The peer searches for the words of the whole conversation together, without a dialogue.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from assistant.actions.searching import search_text
from assistant.goal import goal_filter
from assistant.types import DialogueState, Reply
from catalog.money import from_minor
from catalog.types import ProductFilter
from tests.benchmarks.dialogue.conditions import Condition, Listed, holds, read_conditions
from tests.benchmarks.dialogue.contexts import Context, Item, Stage
from tests.benchmarks.dialogue.playing import Judge, Verdict, play

NAME = "refinements"
_SAYS_NONE = re.compile(
    r"does not say|nothing|none|no other|don't|can't find|isn't|already the"
    r"|没有|暂无|找不到|最.+就是|已经是",
    re.I,
)
_SAYS_CLASH = re.compile(r"at once|contradict|both|together|同时|矛盾|冲突", re.I)
_MOST = 1_000


def run(home: Path, out: Path | None) -> dict[str, object]:
    """Say every message in the demo shop in ``home``; errors of the open part go to ``out``."""
    return play(NAME, __doc__, "search for all words", home, out, _judge)


def _judge(stage: Stage, context: Context) -> Judge:
    faultfinder = Faultfinder(stage)

    def judged(item: Item) -> Verdict:
        reply, _, after = stage.say(item.said)
        wrong = faultfinder.faults(item, reply, after)
        return Verdict(not wrong, _peer(item, context, faultfinder), _error(wrong, reply))

    return judged


class Faultfinder:
    """Says what is wrong with the replies to messages in one context."""

    def __init__(self, stage: Stage) -> None:
        """Remembers what the context left on the screen."""
        self.assistant = stage.assistant
        self.before = stage.before
        self.shown = self._listed(stage.listed)
        focus = stage.focus
        found = self._listed((focus.product_id,)) if focus else []
        self.focus = found[0] if found else None

    def faults(self, item: Item, reply: Reply, after: DialogueState) -> str:
        """What is wrong with a reply; "" when nothing is."""
        if item.expected == "clash":
            return "" if _SAYS_CLASH.search(reply.text) else "the clash is not said"
        if lost := self._lost_wish(item, after):
            return lost
        cards = [
            Listed(one.product, _price(card), card.variant)
            for card in reply.products
            for one in self._listed((card.id,))
        ]
        wanted = read_conditions(item.expected)
        if item.expected == "fresh":
            old = {one.product.id for one in self.shown}
            again = [one for one in cards if one.product.id in old]
            return "shown before" if again or not cards else ""
        if not self._possible(wanted):
            return "" if _SAYS_NONE.search(reply.text) else "it is not said that nothing fits"
        return self._broken(wanted, cards)

    def _broken(self, wanted: Sequence[Condition], cards: Sequence[Listed]) -> str:
        if not cards:
            return "nothing shown"
        for one in wanted:
            if one.operator == "sorted":
                continue
            bad = [card for card in cards if not holds(one, card, self.focus, self.shown)]
            if bad:
                said = f"{one.name} {one.operator} {one.value}"
                return f"{bad[0].product.title.en} is not {said} ({len(bad)}/{len(cards)})"
        return self._unordered(wanted, cards)

    def _unordered(self, wanted: Sequence[Condition], cards: Sequence[Listed]) -> str:
        for one in wanted:
            if one.operator != "sorted":
                continue
            keys = [
                card.price if one.name == "price" else Decimal(str(card.product.rating or 0))
                for card in cards
            ]
            known = [key for key in keys if key is not None]
            if known != sorted(known, reverse=one.value == "down"):
                return f"not sorted by {one.name}"
        return ""

    def _lost_wish(self, item: Item, after: DialogueState) -> str:
        """Whether a wish that should be gone is there, or the other way round."""
        names = {(wish.name, str(wish.value)) for wish in after.goal.wishes}
        said = {part for pair in names for part in pair}
        for part in item.expected.split(";"):
            sign, name = part.strip()[:1], part.strip()[1:]
            if sign == "-" and name in said:
                return f"the wish {name} is still there"
            if sign == "+" and name not in said:
                return f"the wish {name} is gone"
        return ""

    def _possible(self, wanted: Sequence[Condition]) -> bool:
        """Whether any product of the running search fulfils the conditions by its record."""
        touched = {one.name for one in wanted}
        if "category" in touched:
            return True
        goal = self.before.goal
        kept = tuple(
            wish
            for wish in goal.wishes
            if wish.name not in touched
            and not (wish.resolved is not None and wish.resolved.name in touched)
        )
        wish_filter = goal_filter(type(goal)(query=goal.query, wishes=kept), self.before.currency)
        found = self._search(search_text(goal), wish_filter)
        return any(
            all(holds(c, one, self.focus, self.shown) for c in wanted if c.operator != "sorted")
            for one in found
        )

    def _search(self, text: str, wanted: ProductFilter, most: int = _MOST) -> list[Listed]:
        state = self.before
        found = self.assistant.services.search.search(
            text, wanted, most, currency=state.currency, language=state.language
        )
        return [
            Listed(
                one.product, price.amount if (price := one.variant.price(state.currency)) else None
            )
            for one in found.products
        ]

    def peer(self, text: str) -> list[Listed]:
        """What plain search shows for words."""
        return self._search(text, ProductFilter(currency=self.before.currency), 5)

    def _listed(self, ids: Sequence[str]) -> list[Listed]:
        known = self.assistant.services.store.get_many(ids)
        prices = {one.product_id: one.amount for one in self.before.shown}
        currency = self.before.currency
        found = []
        for id_ in ids:
            if id_ in known:
                price = known[id_].variants[0].price(currency)
                amount = prices.get(id_) or (price.amount if price else None)
                found.append(Listed(known[id_], amount))
        return found


def _price(card: object) -> Decimal | None:
    price, currency = getattr(card, "price", None), getattr(card, "currency", "")
    return None if price is None else from_minor(price, currency)


def _peer(item: Item, context: Context, judge: Faultfinder) -> bool:
    if item.expected == "clash" or item.expected == "fresh" or item.expected[0] in "-+":
        return False
    wanted = read_conditions(item.expected)
    found = judge.peer(f"{context.turns[0]} {item.said}")
    return bool(found) and all(
        holds(c, one, judge.focus, judge.shown)
        for c in wanted
        if c.operator != "sorted"
        for one in found
    )


def _error(wrong: str, reply: Reply) -> Mapping[str, object]:
    return {
        "wrong": wrong, "action": reply.action, "text": reply.text[:200],
        "intents": [(i.name, round(i.score, 2)) for i in reply.intents],
        "slots": [(s.name, str(s.value), s.raw, s.role) for s in reply.slots],
    }  # fmt: skip
