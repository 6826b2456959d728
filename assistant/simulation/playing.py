"""One goal played against one system, and everything that went wrong on the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from assistant.simulation.admissions import NOTHING_FITS, declared
from assistant.simulation.claims import Claims, amounts_of
from assistant.simulation.goals import Goal
from assistant.simulation.phrases import load_phrases
from assistant.simulation.records import Records
from assistant.simulation.shopper import LISTS, Message, Shopper
from assistant.simulation.slips import Sounds
from assistant.simulation.systems import Answered, System, is_asking, names_said
from assistant.simulation.wishes import SOFT, Wish, missed
from assistant.types import Reply
from catalog.types import Language

MOST_TURNS = 10
FIRST = 5
"""A target counts as shown when it is among so many first products of a reply."""

_CLOSING = 0.3
_PLACES: dict[Language, str] = {"en": "12345", "zh": "一二三四五"}


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of a transcript."""

    said: str
    act: str
    action: str
    text: str
    products: tuple[str, ...]
    buttons: tuple[str, ...]


@dataclass(slots=True)
class Played:
    """How a goal went; ``turn`` is that in which the target was shown, ``None`` if it never was.

    Each list has a line for a product that was shown, or a reply. A product whose record lacks a
    wish in force is one of ``violations``, unless the shopper mistyped what it lacks
    (``after_slips``) or the reply itself says of every wish lacking that it is not fulfilled
    (``declared``). "Nothing fits" is ``false_nothing`` where something in the shop does.
    """

    goal: Goal
    system: str
    turn: int | None = None
    shown: int = 0
    violations: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)
    after_slips: list[str] = field(default_factory=list)
    unbacked: list[str] = field(default_factory=list)
    false_nothing: list[str] = field(default_factory=list)
    transcript: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class World:
    """What the plays of one run share."""

    records: Records
    sounds: Sounds
    currencies: dict[Language, str]
    checkout_url: str
    seed: int


def play(goal: Goal, system: System, world: World) -> Played:
    """Let a shopper with this goal talk to a system, at most :data:`MOST_TURNS` turns."""
    return _Play(goal, system, world).run()


class _Play:
    """The running state of one conversation."""

    def __init__(self, goal: Goal, system: System, world: World) -> None:
        rng = Random(f"{world.seed}-{goal.language}-{goal.number}")
        self._goal, self._system, self._world = goal, system, world
        self._shopper = Shopper(goal, load_phrases(goal.language), world.sounds, rng)
        self._session = f"{system.name}-{goal.language}-{goal.number}"
        self._played = Played(goal, system.name)
        self._claims = Claims(
            world.records,
            world.currencies[goal.language],
            world.checkout_url,
            frozenset(_kind_amounts(goal, world.records)),
        )

    def run(self) -> Played:
        """Play until the target is shown, or the shopper's patience ends."""
        message = self._shopper.opening()
        for turn in range(1, MOST_TURNS + 1):
            answered = self._send(message)
            reply = answered.reply
            if self._goal.target.id in [one.id for one in reply.products[:FIRST]]:
                self._played.turn = turn
                self._close(reply)
                break
            message = self._shopper.next(reply, is_asking(answered))
        return self._played

    def _close(self, reply: Reply) -> None:
        """Some shoppers ask for price and stock of what they found, and put it into the cart."""
        rng, phrases = self._shopper.rng, self._shopper.phrases
        if rng.random() >= _CLOSING or self._system.name == "search_only":
            return
        place = [one.id for one in reply.products].index(self._goal.target.id)
        n = _PLACES[self._goal.language][place]
        for act in ("price_of", "stock_of", "add", "cart"):
            text = phrases.say(act, rng, n=n)
            self._send(Message(text, act, tuple(self._shopper.told)))

    def _send(self, message: Message) -> Answered:
        played = self._played
        self._claims.heard(message.text)
        answered = self._system.answer(self._session, self._goal.language, message)
        reply = answered.reply
        played.unbacked += self._claims.unbacked(answered)
        self._check(message, answered)
        played.transcript.append(
            Line(
                message.text,
                message.act,
                reply.action,
                reply.text,
                tuple(one.id for one in reply.products),
                tuple(one.title for one in reply.suggestions),
            )
        )
        return answered

    def _check(self, message: Message, answered: Answered) -> None:
        """Whether what is shown fulfils every wish in force, by the records."""
        reply, played = answered.reply, self._played
        names = names_said(answered)
        if reply.action not in LISTS:
            return
        played.shown += len(reply.products)
        wishes = [one for one in message.wishes if one.name not in SOFT]
        place = f"turn {len(played.transcript) + 1}"
        if NOTHING_FITS & names.keys() and self._world.records.any_fulfils(wishes):
            played.false_nothing.append(f"{place}: {message.text}")
        admitted = declared(answered.said, wishes)
        for id_, lacking in _lacking(reply, wishes, self._world.records):
            problem = f"{place}: {id_} lacks {', '.join(map(describe, lacking))}"
            silent = [one for one in lacking if one not in admitted]
            slipped = any(one.misspelt for one in silent)
            found = played.after_slips if slipped else played.violations
            (found if silent else played.declared).append(problem)


def _lacking(
    reply: Reply, wishes: Sequence[Wish], records: Records
) -> Iterator[tuple[str, tuple[Wish, ...]]]:
    for card in reply.products:
        product = records.by_id.get(card.id)
        lacking = missed(product, wishes) if product else ()
        if lacking:
            yield card.id, lacking


def describe(wish: Wish) -> str:
    """A wish for a report."""
    parts = [wish.name, "/".join(wish.value.all())]
    parts += [f">={wish.minimum}"] if wish.minimum is not None else []
    parts += [f"<={wish.maximum}"] if wish.maximum is not None else []
    return ("not " if wish.exclude else "") + " ".join(part for part in parts if part)


def _kind_amounts(goal: Goal, records: Records) -> Iterator[Decimal]:
    for product in records.of_kind[goal.kind]:
        yield from amounts_of(product)
