"""A baseline that asks as the assistant does, beside the same lists, but for what chance picks."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from random import Random

from assistant.engine import Assistant
from assistant.narrowing import QuestionRules, known_names
from assistant.simulation.shopper import Message
from assistant.simulation.systems import Answered, Talking
from assistant.types import SearchGoal
from catalog.splits import Split
from catalog.types import Language


@dataclass(frozen=True, slots=True)
class RandomQuestions(QuestionRules):
    """The shop's rules of when to ask and for what at all, with the question drawn by ``rng``.

    How much an answer would tell, and how willingly shoppers answer, counts for nothing.
    """

    rng: Random = field(default_factory=Random)

    def choose(self, goal: SearchGoal, divided: Sequence[Split]) -> str | None:
        """Any attribute that is not known yet, may be asked for and has several answers."""
        closed = known_names(goal)
        possible = sorted(
            one.name
            for one in divided
            if one.gain > 0 and one.name not in closed and self.weight(one.name) > 0
        )
        return self.rng.choice(possible) if possible else None


class AskingByChance:
    """The assistant with random questions; every conversation has draws of its own."""

    name = "random_question"

    def __init__(self, assistant: Assistant, seed: int) -> None:
        self._seed, self._session, self._rng = seed, "", Random()
        services = assistant.services
        questions = RandomQuestions(**asdict(services.questions), rng=self._rng)
        asking = replace(assistant, services=replace(services, questions=questions))
        self._talking = Talking.with_(self.name, asking)

    def answer(self, session: str, language: Language, message: Message) -> Answered:
        """See :class:`assistant.simulation.systems.System`."""
        if session != self._session:
            self._session = session
            self._rng.seed(f"{self._seed}-{session}")
        return self._talking.answer(session, language, message)
