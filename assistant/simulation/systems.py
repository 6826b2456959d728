"""What is measured: the assistant, and baselines that answer the same shoppers.

Search without questions is the shop's own search over all the words in force, a page at a time: it
reads no price, excludes nothing and asks nothing, but forgets what is taken back. The baseline that
asks by chance is in ``chance``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from assistant.engine import Assistant
from assistant.metrics import Metrics
from assistant.orders import OwnOrders, load_rules
from assistant.responses import Responses, render
from assistant.simulation.phrases import load_phrases
from assistant.simulation.shopper import Message
from assistant.simulation.wishes import Wish
from assistant.state import new_state
from assistant.storage import Storage
from assistant.types import Action, Outcome, Reply, Utterance
from catalog.types import Language, LocalText
from intents.types import NLUResult


@dataclass(frozen=True, slots=True)
class Said:
    """A response that was said, with the facts that filled it."""

    name: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply, and the responses it is made of."""

    reply: Reply
    said: tuple[Said, ...] = ()


class System(Protocol):
    """Something that shoppers talk to."""

    name: str

    def answer(self, session: str, language: Language, message: Message) -> Answered:
        """The answer to the next message of a conversation."""
        ...


@dataclass(frozen=True)
class HeardResponses(Responses):
    """Responses that keep what is said and with which facts."""

    heard: list[Said] = field(default_factory=list)

    def say(self, name: str, language: Language, facts: Mapping[str, object], turn: int = 0) -> str:
        """See :meth:`Responses.say`."""
        self.heard.append(Said(name, dict(facts)))
        return super().say(name, language, facts, turn)


@dataclass(slots=True)
class Talking:
    """The assistant itself."""

    name: str
    assistant: Assistant
    heard: list[Said]

    @classmethod
    def with_(cls, name: str, assistant: Assistant) -> "Talking":
        """The assistant of a shop, listened to."""
        responses = HeardResponses(assistant.responses.templates)
        return cls(name, replace(assistant, responses=responses), responses.heard)

    def answer(self, session: str, language: Language, message: Message) -> Answered:
        """See :class:`System`."""
        self.heard.clear()
        reply = self.assistant.reply(Utterance(session, message.text, channel="simulation"))
        return Answered(reply, tuple(self.heard))


@dataclass(slots=True)
class Searching:
    """The search box of the shop."""

    name: str
    assistant: Assistant

    def answer(self, session: str, language: Language, message: Message) -> Answered:
        """See :class:`System`."""
        services = self.assistant.services
        currency = self.assistant.currencies[language]
        found = services.search.search(
            _words(message.wishes, language),
            k=services.products_shown,
            offset=message.page * services.products_shown,
            currency=currency,
            language=language,
        )
        state = replace(new_state(session, language), currency=currency)
        response = Outcome("", state, products=found.products, text="·")
        nothing_read = NLUResult(message.text, language)
        action = Action("search_products")
        return Answered(render(self.assistant.responses, response, action, nothing_read))


def _words(wishes: Sequence[Wish], language: Language) -> str:
    phrases = load_phrases(language)
    said = [one for one in wishes if not one.exclude]
    words = [phrases.value(one) if one.value != LocalText() else "" for one in said]
    words += [phrases.label(one) for one in said if one.kind == "flag"]
    return " ".join(word for word in words if word)


@contextmanager
def apart(assistant: Assistant) -> Iterator[Assistant]:
    """The assistant with a storage of its own, and neither events nor watches of the shop.

    Nothing that simulated shoppers do reaches the shop's data.
    """
    with TemporaryDirectory(prefix="daogou-simulation-") as folder:
        storage = Storage.open(f"sqlite:///{Path(folder) / 'simulation.db'}")
        own = OwnOrders(storage, assistant.services.store, load_rules())
        services = replace(assistant.services, tickets=storage, orders=own, kept=storage)
        try:
            yield replace(
                assistant,
                storage=storage,
                services=services,
                watcher=None,
                metrics=Metrics(),
                keeps_events=False,
            )
        finally:
            storage.close()


def names_said(answered: Answered) -> Counter[str]:
    """The responses of an answer by name."""
    return Counter(one.name for one in answered.said)


def is_asking(answered: Answered) -> bool:
    """Whether an answer asks for an attribute of what is looked for."""
    return any(one.name.startswith("ask_") for one in answered.said)
