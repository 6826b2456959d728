"""Why a stored turn was answered as it was: what is written down, read in the policy's terms."""

from collections.abc import Iterator

from assistant.policy import intents_of
from assistant.types import Turn
from intents.types import NLUResult, Slot

_ASKED_BACK = {
    "ask_what_to_find": "nothing said so far what to look for",
    "report_unknown_reference": "it points at a product, and none on the list fits",
    "stay_silent": "a colleague has the conversation",
    "offer_person": "too many messages in a row were not understood",
    "drop_question": "the question before was turned down",
}


def grounds(turn: Turn, before: Turn | None) -> tuple[str, ...]:
    """Sentences that say why, the ground for the action first.

    Args:
        turn: the turn to explain.
        before: the turn that went before it, ``None`` for the first.
    """
    return tuple(_grounds(turn, before))


def _grounds(turn: Turn, before: Turn | None) -> Iterator[str]:
    action, done = turn.action, turn.reply.action
    yield f"{_decided(turn, before)}, so {action.name}"
    if done != action.name:
        yield f"{action.name} came to {done}"
    if len(turn.nlu.intents) > 1:
        names = ", ".join(one.name for one in turn.nlu.intents)
        yield f"several things were meant, answered one after the other: {names}"
    if action.products:
        yield f"about {', '.join(id_ for id_, _ in action.products)}, {_pointed(turn.nlu)}"


def _decided(turn: Turn, before: Turn | None) -> str:
    nlu, action = turn.nlu, turn.action
    best = f"{nlu.intent} ({nlu.intents[0].score:.2f})" if nlu.intents else "no intent"
    if action.name in _ASKED_BACK:
        return f"{best}: {_ASKED_BACK[action.name]}"
    if nlu.intent in intents_of(action.name) and not nlu.out_of_scope:
        return f"{best} leads there"
    answers = [slot for slot in nlu.slots if slot.name in action.args]
    asked = before.reply.action if before else ""
    if answers:
        return f"{best} gives {_named(answers)}, which was asked for after {asked or 'nothing'}"
    if nlu.intent == "affirm":
        return f"{best} says yes to the question after {asked or 'nothing'}"
    if nlu.out_of_scope or not nlu.intents:
        return "nothing within the shop's scope was understood"
    if len(nlu.intents) > 1:
        return f"the last of several things meant, {nlu.intents[-1].name}"
    return f"{best}, after {asked or 'nothing'}"


def _named(slots: list[Slot]) -> str:
    return ", ".join(f"{slot.name} {slot.raw!r}" for slot in slots)


def _pointed(nlu: NLUResult) -> str:
    """How the products of an action were found."""
    for slot in nlu.slots:
        if slot.name == "product_id":
            return "which a button named"
        if slot.name == "reference" or slot.role == "reference":
            return f"which {slot.raw!r} points at"
    return "which were in view"
