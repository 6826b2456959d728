"""The support desk: what agents do, and what shoppers hear of it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from assistant.actions.handing_over import rating_buttons
from assistant.actions.ordering.telling import done
from assistant.engine import Assistant
from assistant.orders import Plan
from assistant.orders.records import Records
from assistant.storage import Storage
from assistant.storage.desk import Decide
from assistant.tickets import (
    URGENT,
    Agent,
    Change,
    DeskError,
    Ticket,
    answer,
    claim,
    give_back,
    hand_to,
    is_forgotten,
    put_back,
    resolve,
    snooze,
    wake,
)
from assistant.types import Action, DialogueState, Handoff, Reply, Turn, Utterance
from catalog.types import Language
from intents.types import NLUResult

CHANNEL = "console"
"""The channel of turns that come from the desk and not from the shopper."""

LONGEST_MESSAGE = 4_000
PRESENT = timedelta(seconds=60)
"""An agent whose page was not heard of for longer gets no new conversations."""

_SUGGESTED = 3
_PAST = 400
_NEAR_WORDS = 45
_SAME_WORDS = 85
_NEAR = 0.88


class Suggested(NamedTuple):
    """A reply an agent could send: its words, and where they are from."""

    text: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A shop's desk. ``silent`` is how long an agent may leave a shopper without an answer."""

    assistant: Assistant
    silent: timedelta = timedelta(minutes=5)
    automatic: bool = True

    @property
    def storage(self) -> Storage:
        """Where everything is kept."""
        return self.assistant.storage

    def claim(self, ticket_id: str, agent: Agent) -> Ticket:
        """Take a waiting conversation."""
        load = self.storage.load_of(agent.name)
        return self._do(
            ticket_id, agent, "claim", partial(claim, agent=agent, now=_now(), load=load)
        )

    def hand_to(self, ticket_id: str, giver: Agent, taker_name: str) -> Ticket:
        """Assign or transfer a conversation.

        Raises:
            DeskError: not allowed, or nobody is called so.
        """
        taker = self.storage.find_agent(taker_name)
        if taker is None:
            raise DeskError("unknown", taker_name)
        decide = partial(hand_to, giver=giver, taker=taker, now=_now())
        return self._do(ticket_id, giver, "transfer", decide, taker.signature)

    def put_back(self, ticket_id: str, agent: Agent) -> Ticket:
        """Back into the queue."""
        return self._do(ticket_id, agent, "put_back", partial(put_back, agent=agent, now=_now()))

    def say(self, ticket_id: str, agent: Agent, text: str, message_id: str = "") -> Ticket:
        """Write to the shopper; what is sent twice under one id is written once.

        Raises:
            DeskError: not allowed, or the text is empty or too long.
        """
        if not 0 < len(text.strip()) <= LONGEST_MESSAGE:
            raise DeskError("length")

        def decide(ticket: Ticket) -> Change:
            return replace(answer(ticket, agent, _now()), facts={"text": text.strip()})

        return self._do(ticket_id, agent, "say", decide, agent.signature, message_id)

    def tell_done(
        self, ticket_id: str, agent: Agent, plan: Plan, records: Records, key: str
    ) -> None:
        """Write to the shopper what the agent has done for them, once under a key."""
        ticket = self.ticket(ticket_id)
        language = ticket.language
        note = done(plan, records, language)
        words = self.assistant.responses.say(note.response, language, note.facts)
        self.say(ticket_id, agent, words, key)

    def snooze(self, ticket_id: str, agent: Agent, minutes: float) -> Ticket:
        """Set aside for a time."""
        until = _now() + timedelta(minutes=minutes)
        decide = partial(snooze, agent=agent, now=_now(), until=until)
        return self._do(ticket_id, agent, "snooze", decide)

    def resolve(self, ticket_id: str, agent: Agent) -> Ticket:
        """Done; the shopper is asked once how it was."""
        return self._do(ticket_id, agent, "resolve", partial(resolve, agent=agent, now=_now()))

    def give_back(self, ticket_id: str, agent: Agent) -> Ticket:
        """The assistant goes on."""
        return self._do(ticket_id, agent, "give_back", partial(give_back, agent=agent, now=_now()))

    def set_priority(self, ticket_id: str, agent: Agent, priority: int) -> Ticket:
        """How urgent it is, 0 to 3."""
        wanted = min(max(priority, 0), URGENT)
        return self._do(ticket_id, agent, "priority", lambda _: Change({"priority": wanted}))

    def note(self, ticket_id: str, agent: Agent, text: str) -> None:
        """Write something for colleagues only.

        Raises:
            DeskError: there is no such ticket, or the text is empty or too long.
        """
        if not 0 < len(text.strip()) <= LONGEST_MESSAGE:
            raise DeskError("length")
        self.storage.add_note(self.ticket(ticket_id).session_id, agent.name, text.strip())

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket of that id.

        Raises:
            DeskError: there is none.
        """
        found = self.storage.find_ticket(ticket_id)
        if found is None:
            raise DeskError("unknown", ticket_id)
        return found

    def sweep(self) -> None:
        """What the clock does: wake, take back from silent agents, give out what waits."""
        now = _now()
        for ticket in self.storage.tickets(("snoozed", "with_agent")):
            due = ticket.snoozed_until is not None and ticket.snoozed_until <= now
            if ticket.status == "snoozed" and due:
                self._by_clock(ticket, "wake", partial(wake, now=now))
            elif is_forgotten(ticket, now, self.silent):
                self._by_clock(ticket, "silent", self._take_back)
        if self.automatic:
            self._give_out(now)

    def suggest(self, ticket: Ticket, most: int = _SUGGESTED) -> tuple[Suggested, ...]:
        """Replies to the shopper's last words: the shop's answers, then what agents wrote."""
        turns = self.storage.turns(ticket.session_id)
        said = [one.utterance.text for one in turns if one.utterance.channel != CHANNEL]
        asked = next((text for text in reversed(said) if text and not text.startswith("/")), "")
        if not asked:
            return ()
        found = self._from_faq(asked, ticket.language) + self._from_past(asked, ticket)
        return tuple(found[:most])

    def _from_faq(self, asked: str, language: Language) -> list[Suggested]:
        faq = self.assistant.services.faq
        matches = faq.search(asked, language, 2)
        return [
            Suggested(
                one.entry.answer.get(one.language),
                one.entry.source.get(language),
                one.entry.updated,
            )
            for one in matches
        ]

    def _from_past(self, asked: str, ticket: Ticket) -> list[Suggested]:
        """What agents answered to words like these, by near words and then by meaning."""
        past = self.storage.past_answers(ticket.session_id, ticket.language, _PAST)
        near = process.extract(asked, [one.asked for one in past], scorer=fuzz.ratio, limit=5)
        chosen = [past[at] for _, score, at in near if score >= _NEAR_WORDS]
        encode = self.assistant.services.encode
        if encode is None:
            chosen = [past[at] for _, score, at in near if score >= _SAME_WORDS]
        elif chosen:
            vectors = encode([asked, *(one.asked for one in chosen)])
            scores = np.asarray(vectors[1:]) @ np.asarray(vectors[0])
            pairs = zip(chosen, scores.tolist(), strict=True)
            chosen = [one for one, score in pairs if score >= _NEAR]
        return [Suggested(one.answer, one.agent, one.time.date().isoformat()) for one in chosen]

    def _give_out(self, now: datetime) -> None:
        """Waiting conversations to agents in turn, as far as they have room."""
        waiting = self.storage.tickets(("waiting",))
        here = list(self.storage.agents_here(now, PRESENT)) if waiting else []
        loads = {one.name: self.storage.load_of(one.name) for one in here}
        for ticket in waiting:
            free = [one for one in here if loads[one.name] < one.capacity]
            if not free:
                return
            agent = next((one for one in free if one.name == ticket.wanted_agent), free[0])
            try:
                self.claim(ticket.id, agent)
            except DeskError:
                continue
            self.storage.set_agent(agent.name, {"assigned": now})
            loads[agent.name] += 1
            here.remove(agent)
            here.append(agent)

    def _take_back(self, ticket: Ticket) -> Change:
        now = _now()
        if not is_forgotten(ticket, now, self.silent):
            return Change({})
        return put_back(ticket, None, now)

    def _by_clock(self, ticket: Ticket, act: str, decide: Decide) -> None:
        tell = partial(self._turn, signature="", name="")
        self.storage.change_ticket(ticket.id, "", act, decide, tell)

    def _do(
        self,
        ticket_id: str,
        agent: Agent,
        act: str,
        decide: Decide,
        signature: str = "",
        message_id: str = "",
    ) -> Ticket:
        tell = partial(self._turn, signature=signature or agent.signature, name=agent.name)
        return self.storage.change_ticket(ticket_id, agent.name, act, decide, tell, message_id)

    def _turn(
        self, state: DialogueState, ticket: Ticket, change: Change, signature: str, name: str
    ) -> Turn:
        """What the conversation hears of a change."""
        number, language = state.turn + 1, state.language
        words = change.facts.get("text")
        if words is None:
            facts = {"agent": signature} | dict(change.facts)
            words = self.assistant.responses.say(change.told, language, facts, number)
        reply = Reply(
            session=state.session_id,
            turn=number,
            language=language,
            text=str(words),
            suggestions=rating_buttons() if change.told == "ask_rating" else (),
            action=change.told,
            handoff=_handoff(ticket),
        )
        action = Action(change.told, args={"agent": signature, "name": name})
        utterance = Utterance(state.session_id, "", "", CHANNEL)
        nlu = NLUResult("", language)
        return Turn(state.session_id, number, _now(), utterance, nlu, action, reply)


def is_from_desk(turn: Turn) -> bool:
    """Whether a turn was made by the desk, so that it holds no message of the shopper."""
    return turn.utterance.channel == CHANNEL


def _handoff(ticket: Ticket) -> Handoff:
    if ticket.status == "waiting":
        return Handoff(ticket.id, "waiting", 1)
    return Handoff(ticket.id, "closed" if ticket.status == "closed" else "with_agent")


def _now() -> datetime:
    return datetime.now(UTC)
