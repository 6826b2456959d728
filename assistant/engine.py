"""One turn, from the shopper's words to the reply. Read this file first."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import NamedTuple, Protocol

from assistant.actions import Services, TurnContext, run_action
from assistant.actions.context import show
from assistant.acts import all_products, bounded, join_replies, left_over, must_wait, split_acts
from assistant.buying_again import read_buying_again
from assistant.cards import cover_cards
from assistant.correcting import read_correction, read_moved
from assistant.handoff import feel, refused_by
from assistant.interests import read_interests
from assistant.llm import Rewriter, SecondReader
from assistant.locks import SessionLocks
from assistant.metrics import Metrics, WatchedNLU
from assistant.narrowed import read_narrowing
from assistant.narrowing import asked_slot, read_answer, read_indifference
from assistant.notices import Watcher
from assistant.pointing import read_pointing
from assistant.policy import Limits, as_if_asked, next_action
from assistant.recording import events_of, numbered
from assistant.responses import Responses, render
from assistant.returning import read_return
from assistant.state import new_state, shopper_of, take_in, update_state
from assistant.storage import Storage, TurnConflictError
from assistant.turning_down import read_turned_down
from assistant.types import (
    Action,
    DialogueState,
    Note,
    Outcome,
    Reply,
    Timings,
    Turn,
    Utterance,
    Watch,
    with_agent,
)
from catalog.events.log import EventLog
from catalog.store import DatabaseError
from catalog.types import Language
from intents.types import NLUResult, ParseContext

_log = logging.getLogger(__name__)

_CONFLICT_TRIES = 10
_CARD = 64
"""A card number that begins within the characters that are read ends within so many more."""
_CARD_COVERED = Note("card_covered")


class Parser(WatchedNLU, Protocol):
    """What understands an utterance."""

    def parse(self, text: str, context: ParseContext) -> NLUResult:
        """What the text means."""
        ...


@dataclass(frozen=True, slots=True)
class Assistant:
    """A shop's assistant, ready to reply. Made by :func:`assistant.build.build_assistant`."""

    nlu: Parser
    services: Services
    storage: Storage
    responses: Responses
    limits: Limits
    currencies: Mapping[Language, str]
    default_language: Language = "en"
    message_characters: int = 2_000
    watcher: Watcher | None = None
    rewriter: Rewriter | None = None
    second_reader: SecondReader | None = None
    tone: Callable[[str], Mapping[str, float]] | None = None
    reopen_within: timedelta = timedelta(minutes=30)
    locks: SessionLocks = field(default_factory=SessionLocks)
    metrics: Metrics = field(default_factory=Metrics)
    keeps_events: bool = True

    def reply(self, utterance: Utterance) -> Reply:
        """Answer one message. Those of one conversation are answered one after the other.

        Raises:
            ValueError: the session id is empty or longer than 255 characters.
        """
        return self._in_turn(utterance, "")

    def perform(self, utterance: Utterance, action: str) -> Reply:
        """Do one action for a message, as an outside bot asks; the words only fill it in.

        Raises:
            ValueError: the session id is not usable.
        """
        return self._in_turn(utterance, action)

    def _in_turn(self, utterance: Utterance, wanted: str) -> Reply:
        """One message of a conversation after the other, whichever process has them."""
        _check(utterance)
        with self.locks.holding(utterance.session_id):
            for _ in range(_CONFLICT_TRIES - 1):
                try:
                    return self._turn(utterance, wanted)
                except TurnConflictError:
                    _log.info("conversation %s was answered elsewhere", utterance.session_id)
            return self._turn(utterance, wanted)

    def _turn(self, utterance: Utterance, wanted: str) -> Reply:
        """Load, understand, decide, act, answer, save."""
        started = perf_counter()
        known = self._answered(utterance)
        if known is not None:
            return known
        utterance, notes = self._taken(utterance)
        before = self._with_the_desk(self.storage.load(utterance.session_id), utterance)
        news = self._news(before, utterance)
        nlu = as_if_asked(wanted, self._parse(utterance.text, before))
        wanted = wanted or _card_alone(nlu, notes)
        nlu = nlu if wanted else self._read_again(nlu, before)
        nlu = read_buying_again(nlu, bool(utterance.user_id or before.user_id))
        nlu, bound = bounded(nlu)
        acts = (nlu,) if wanted else split_acts(nlu, before, lambda text: self._parse(text, before))
        understood = perf_counter()
        state = update_state(before, acts[0], utterance, self.currencies)
        state = replace(state, mood=feel(state.mood, self._tone_of(utterance.text, state)))
        notes = (*self._told(news), *notes, *bound)
        state, reply, done = self._act_in_order(acts, state, wanted, notes)
        reply = self._in_other_words(reply)
        timings = _timings(started, understood, perf_counter())
        reply = replace(reply, intents=nlu.intents, slots=nlu.slots, timings_ms=timings)
        now = datetime.now(UTC)
        turn = Turn(utterance.session_id, state.turn, now, utterance, nlu, done[-1].action, reply)
        self.storage.save(state, turn)
        if self.watcher is not None:
            self.watcher.told(news)
        self._record(before, done, turn)
        self.metrics.count(reply)
        return reply

    def _news(self, state: DialogueState, utterance: Utterance) -> tuple[Watch, ...]:
        """What happened to what the shopper watches; it waits while a person has the talk."""
        if self.watcher is None or with_agent(state):
            return ()
        user_id = utterance.user_id or state.user_id
        return self.watcher.news(replace(state, user_id=user_id))

    def _told(self, news: tuple[Watch, ...]) -> tuple[Note, ...]:
        return self.watcher.notes(news) if self.watcher is not None and news else ()

    def _read_again(self, nlu: NLUResult, state: DialogueState) -> NLUResult:
        """What a language model, if there is one, makes of what nothing understood."""
        if self.second_reader is None or with_agent(state):
            return nlu
        try:
            return self.second_reader.read(nlu)
        except Exception as error:  # the turn must be answered whatever a model says
            _log.exception("a second reading failed: %s", error)
            return nlu

    def _in_other_words(self, reply: Reply) -> Reply:
        """The reply as a language model, if there is one, puts it; checked, else as it is."""
        if self.rewriter is None:
            return reply
        try:
            return self.rewriter.reword(reply)
        except Exception as error:  # the turn must be answered whatever a model says
            _log.exception("an answer could not be reworded: %s", error)
            return reply

    def _answered(self, utterance: Utterance) -> Reply | None:
        """The answer to a message that came before under the same id."""
        if not utterance.message_id:
            return None
        number = self.storage.was_sent(utterance.session_id, utterance.message_id)
        if number is None:
            return None
        turns = self.storage.turns(utterance.session_id, after=number - 1)
        return turns[0].reply if turns else None

    def _with_the_desk(self, state: DialogueState | None, utterance: Utterance) -> DialogueState:
        """The state with what agents did to the conversation since."""
        if state is None or state.handoff is None:
            return state or self._begin(utterance)
        now = datetime.now(UTC)
        handoff = self.storage.handoff_now(state.session_id, now, self.reopen_within)
        return replace(state, handoff=handoff)

    def _tone_of(self, text: str, state: DialogueState) -> Mapping[str, float]:
        """How a message sounds; a measure that breaks has measured nothing."""
        if self.tone is None or with_agent(state):
            return {}
        try:
            return self.tone(text)
        except Exception as error:  # the turn must be answered whatever was written
            _log.exception("the tone of a message could not be measured: %s", error)
            return {}

    def _parse(self, text: str, state: DialogueState) -> NLUResult:
        """What a text means; an understanding that breaks has understood nothing.

        What is said to a person is not read.
        """
        if with_agent(state):
            return NLUResult(text, state.language)
        try:
            return read_turned_down(state, text, lambda said: self._read(said, state))
        except Exception as error:  # the turn must be answered whatever was written
            _log.exception("a message could not be read: %s", error)
            self.metrics.count_unread()
            return NLUResult(text, state.language, out_of_scope=True)

    def _read(self, text: str, state: DialogueState) -> NLUResult:
        """What a text means after what was said before."""
        read = self.nlu.parse(text, _context(state, text))
        read = read_correction(state, read, self.services.vocabulary)
        read = read_answer(state.question, read_moved(state, read))
        read = read_narrowing(state, read_return(state, read_indifference(state, read)))
        return read_pointing(state, read_interests(state, read))

    def _act_in_order(
        self, acts: Sequence[NLUResult], state: DialogueState, wanted: str, notes: tuple[Note, ...]
    ) -> tuple[DialogueState, Reply, list["_Done"]]:
        """Answer every act of a message; the state is that of the last one."""
        done = list(self._until_one_waits(acts, state, wanted, notes))
        _, action, outcome, reply = done[-1]
        state, replies = outcome.state, [one.reply for one in done]
        left = acts[len(done) :]
        if left:
            replies.append(render(self.responses, left_over(state, left), action, left[0]))
        showing = [one.outcome for one in done if one.outcome.products]
        if len(showing) > 1:
            state = show(state, all_products(showing))
        state = replace(state, refused=refused_by(done[-1].outcome, done[-1].turn.nlu))
        return state, join_replies(replies, reply), done

    def _until_one_waits(
        self, acts: Sequence[NLUResult], state: DialogueState, wanted: str, notes: tuple[Note, ...]
    ) -> Iterator["_Done"]:
        """Do one act after the other; one that asks something or fails is the last."""
        for number, act in enumerate(acts):
            state = take_in(state, act, self.currencies) if number else state
            action = next_action(state, act, self.limits, wanted)
            turn = TurnContext(state, act)
            outcome, reply = self._act(action, turn, () if number else notes)
            yield _Done(turn, action, outcome, reply)
            if must_wait(state, outcome):
                return
            state = outcome.state

    def _record(self, before: DialogueState, done: Sequence["_Done"], turn: Turn) -> None:
        """Keep what the turn says of the shopper's wishes; the answer does not depend on it."""
        if not self.keeps_events:
            return
        found = [
            event
            for one in done
            for event in events_of(one.turn.state, one.turn.nlu, one.outcome, turn.time)
        ]
        store, user_id = self.services.store, done[-1].outcome.state.user_id
        try:
            EventLog(store).record(numbered(found, turn.session_id, turn.number))
            if user_id and not before.user_id:
                store.join_guest(shopper_of(turn.session_id, ""), user_id)
        except (DatabaseError, ValueError) as error:
            _log.exception("the events of a turn are lost: %s", error)

    def _begin(self, utterance: Utterance) -> DialogueState:
        return new_state(utterance.session_id, self.default_language)

    def heard(self, text: str) -> str:
        """What of a message is read and kept: its beginning, with card numbers covered."""
        return self._cut(cover_cards(self._begun(text)))

    def _begun(self, text: str) -> str:
        return text[: self.message_characters + _CARD]

    def _cut(self, text: str) -> str:
        return text[: self.message_characters]

    def _taken(self, utterance: Utterance) -> tuple[Utterance, tuple[Note, ...]]:
        """The utterance as far as it is read, and what to say about the rest."""
        begun = self._begun(utterance.text)
        covered = cover_cards(begun)
        notes = []
        if covered != begun:
            notes.append(_CARD_COVERED)
        if len(utterance.text) > self.message_characters:
            notes.append(Note("message_cut"))
        return replace(utterance, text=self._cut(covered)), tuple(notes)

    def _act(
        self, action: Action, turn: TurnContext, notes: tuple[Note, ...]
    ) -> tuple[Outcome, Reply]:
        """Run the action; one that breaks changes nothing, and the shopper is told."""
        try:
            outcome = run_action(action, turn, self.services)
            outcome = replace(outcome, notes=notes + outcome.notes)
            return outcome, render(self.responses, outcome, action, turn.nlu)
        except Exception as error:  # the turn must be answered whatever an action does
            _log.exception("action %s failed: %s", action.name, error)
            outcome = Outcome("error", replace(turn.state, pending=None), action="report_error")
            return outcome, render(self.responses, outcome, action, turn.nlu)


class _Done(NamedTuple):
    """One act of a message, done and put into words."""

    turn: TurnContext
    action: Action
    outcome: Outcome
    reply: Reply


def _check(utterance: Utterance) -> None:
    if not 0 < len(utterance.session_id) <= 255:
        raise ValueError(
            f"expected a session id of 1 to 255 characters, got {len(utterance.session_id)}"
        )


def _card_alone(nlu: NLUResult, notes: tuple[Note, ...]) -> str:
    """What to do about a card number when nothing else was understood."""
    return "decline_card" if _CARD_COVERED in notes and not _wants_something(nlu) else ""


def _wants_something(nlu: NLUResult) -> bool:
    if not nlu.intents or nlu.out_of_scope:
        return False
    return nlu.intent not in _NO_WISH or bool(nlu.slots)


_NO_WISH = frozenset({"affirm", "deny", "chitchat", "greet", "give_feedback", "search_product"})


def _context(state: DialogueState, text: str) -> ParseContext:
    asked = state.pending.slot if state.pending else asked_slot(state.question, text)
    return ParseContext(
        previous_action=state.previous_action,
        requested_slot=asked,
        language=state.language,
    )


def _timings(started: float, understood: float, acted: float) -> Timings:
    """Everything but writing the turn down, which the turn cannot hold itself."""
    return Timings(
        nlu=round((understood - started) * 1_000, 2),
        action=round((acted - understood) * 1_000, 2),
        total=round((acted - started) * 1_000, 2),
    )
