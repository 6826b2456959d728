"""One simulated shopper: what they say next, given the reply they see."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from assistant.simulation.buttons import Button, drops, leaves_open, narrowing, true_of
from assistant.simulation.goals import Goal
from assistant.simulation.phrases import Phrases
from assistant.simulation.slips import Sounds, slip
from assistant.simulation.wishes import PRICE, Wish, called
from assistant.types import Reply
from catalog.money import to_minor

_SLIPS, _ANSWERS, _PRESSES, _CHEAPER, _ASKS_IMPOSSIBLE = 0.1, 0.85, 0.5, 0.3, 0.5
LISTS = frozenset({"search_products", "show_more", "recommend_products", "find_gifts"})
"""Actions that answer with a list; after any other a wish was not taken in."""
_TELLING = frozenset({"open", "restate", "tell", "answer", "correct"})


@dataclass(frozen=True, slots=True)
class Message:
    """What a shopper sends: the words, the act they mean, and the wishes in force after it.

    ``page`` counts the pages of the list they asked to see, from 0.
    """

    text: str
    act: str
    wishes: tuple[Wish, ...]
    page: int = 0


@dataclass(slots=True)
class Shopper:
    """A shopper in the middle of a conversation; every draw comes from ``rng``."""

    goal: Goal
    phrases: Phrases
    sounds: Sounds
    rng: Random
    told: list[Wish] = field(default_factory=list)
    left: list[Wish] = field(default_factory=list)
    page: int = 0
    mistaken: Wish | None = None
    impossible: Wish | None = None
    asked_impossible: bool = False
    last: Message | None = None
    repeats: int = 0

    def opening(self) -> Message:
        """The first message: the kind, and often a wish, which may be a mistake."""
        first = self.rng.randint(0, 1)
        wishes = list(self.goal.wishes)
        said, self.left = wishes[:first], wishes[first:]
        if said and self.goal.mistaken is not None:
            self.mistaken, said[0] = self.goal.mistaken, self.goal.mistaken
        self.told = [self.goal.kind, *said]
        return self._send(*self._kind_with(said, "open"))

    def next(self, reply: Reply, asked: bool = True) -> Message:
        """What they say to a reply that did not show what they want.

        Args:
            reply: what they read.
            asked: whether it asks them something. Other values that are offered where nothing
                fits are no question: who wants none of them passes over them.
        """
        if self._was_lost(reply):
            self.repeats += 1
            return self._again()
        self.repeats = 0
        if self.mistaken is not None:
            return self._correct(self.mistaken)
        if self.impossible is not None:
            return self._withdraw(self.impossible, reply)
        if self._wants_impossible():
            return self._ask_impossible()
        return self._answer(reply, asked) or self._volunteer(reply)

    def _was_lost(self, reply: Reply) -> bool:
        """Whether the wish just told was answered with something else; nobody insists for ever."""
        told = self.last is not None and self.last.act in _TELLING
        return told and reply.action not in LISTS and self.repeats < 2

    def _wants_impossible(self) -> bool:
        if self.goal.impossible is None or self.asked_impossible:
            return False
        return self.rng.random() < _ASKS_IMPOSSIBLE

    def _ask_impossible(self) -> Message:
        assert self.goal.impossible is not None
        self.asked_impossible, self.impossible = True, self.goal.impossible
        return self._tell(self.impossible)

    def _again(self) -> Message:
        """Everything once more, from the kind on: the narrower one, where they have chosen it."""
        kind = [one for one in self.told if one.kind == "kind"][-1]
        said = [one for one in self.told if one.kind != "kind"]
        self.told = [kind, *said]
        return self._send(*self._kind_with(said, "restate"))

    def _correct(self, wrong: Wish) -> Message:
        right = self.goal.wishes[0]
        self.mistaken = None
        self.told = [right if one is wrong else one for one in self.told]
        values = {"right": self.phrases.value(right), "wrong": self.phrases.value(wrong)}
        self.page = 0
        return self._send(self.phrases.say("correct", self.rng, **values), "correct")

    def _withdraw(self, wish: Wish, reply: Reply) -> Message:
        self.impossible = None
        self.told = [one for one in self.told if one.name != wish.name]
        self.page = 0
        button = drops(reply.suggestions, wish.name)
        if button is not None and self.rng.random() < _PRESSES:
            return self._press(button.payload, "withdraw")
        return self._send(self.phrases.say(f"withdraw_{wish.name}", self.rng), "withdraw")

    def _answer(self, reply: Reply, asked: bool) -> Message | None:
        """The answer to a question beside the list, or one of the ways out, pressed or in words."""
        buttons = narrowing(reply.suggestions)
        if not buttons or self.rng.random() > _ANSWERS:
            return None
        told = tuple(self.told)
        true = [one for one in buttons if true_of(one, self.goal.target, told)]
        if true:
            return self._choose(self.rng.choice(true), leaves_open(reply.suggestions) is not None)
        if not asked:
            return None
        button = leaves_open(reply.suggestions)
        if button is not None and self.rng.random() < _PRESSES:
            return self._press(button.payload, "no_opinion")
        own = next((one for one in self.left if one.name == buttons[0].wish.name), None)
        if own is not None:
            return self._tell(own)
        return self._send(self.phrases.say("no_opinion", self.rng), "no_opinion")

    def _choose(self, button: Button, yes_no: bool) -> Message:
        wish = replace(button.wish, label=called(button.wish.name, self.goal.target))
        self.left = [one for one in self.left if one.name != wish.name]
        self.told = [*(one for one in self.told if not _about_the_same(one, wish)), wish]
        self.page = 0
        if self.rng.random() < _PRESSES:
            return self._press(button.payload, "answer")
        if yes_no:
            return self._send(self.phrases.say("wanted", self.rng), "answer")
        return self._send(self._slipped(button.words), "answer")

    def _volunteer(self, reply: Reply) -> Message:
        """The next wish, something cheaper, or more of the list."""
        if self.left:
            return self._tell(self.left.pop(0))
        if self._is_cheaper(reply) and self.rng.random() < _CHEAPER:
            self.page = 0
            return self._send(self.phrases.say("cheaper", self.rng), "cheaper")
        if not reply.products:
            self.page = 0
            return self._again()
        self.page += 1
        return self._send(self.phrases.say("more", self.rng), "more")

    def _is_cheaper(self, reply: Reply) -> bool:
        """Whether the target costs less than all that is shown."""
        shown = [one.price for one in reply.products if one.price is not None]
        if not shown or any(one.name == PRICE for one in self.told):
            return False
        price = self.goal.variant.price(reply.products[0].currency)
        return price is not None and to_minor(price.amount, price.currency) < min(shown)

    def _tell(self, wish: Wish) -> Message:
        self.left = [one for one in self.left if one is not wish]
        words = self._slipped(self.phrases.wish(wish, self.rng))
        misspelt = words not in self.phrases.forms(wish)
        kept = [one for one in self.told if wish.exclude or not _about_the_same(one, wish)]
        self.told = [*kept, replace(wish, misspelt=misspelt) if misspelt else wish]
        if wish is self.impossible and misspelt:
            self.impossible = self.told[-1]
        self.page = 0
        return self._send(self.phrases.say("tell", self.rng, wish=words), "tell")

    def _kind_with(self, wishes: Sequence[Wish], act: str) -> tuple[str, str]:
        kind = self.phrases.value(self.told[0])
        self.page = 0
        if not wishes:
            act_without = "open" if act == "open" else "restate_kind"
            return self.phrases.say(act_without, self.rng, kind=kind), act
        words = self.phrases.wishes_of(wishes, self.rng)
        act_with = "open_with" if act == "open" else act
        return self.phrases.say(act_with, self.rng, kind=kind, wishes=words), act

    def _slipped(self, words: str) -> str:
        if self.rng.random() >= _SLIPS:
            return words
        return slip(words, self.goal.language, self.sounds, self.rng)

    def _press(self, payload: str, act: str) -> Message:
        return self._send(payload, act)

    def _send(self, text: str, act: str) -> Message:
        self.last = Message(text, act, tuple(self.told), self.page)
        return self.last


def _about_the_same(told: Wish, new: Wish) -> bool:
    """Whether a new wish takes the place of one told before."""
    return told.name == new.name and told.kind != "kind" and not told.exclude
