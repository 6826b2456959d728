"""Precision and recall of the decision to hand over, on situations labelled by hand."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from assistant.engine import Assistant
from assistant.handoff import ShopRule, feel
from assistant.policy import next_action
from assistant.state import new_state, update_state
from assistant.types import DialogueState, Utterance
from catalog.types import LANGUAGES, Language
from intents.types import ParseContext

_FOLDER = Path(__file__).parent
_VIP = ShopRule("vip", users=frozenset({"vip-1"}))
_UNREAD = 3
_PERSON = ("hand_off", "offer_person", "comfort")


@dataclass(frozen=True, slots=True)
class Situation:
    """A message, what came before it, and why a person should take over ("" for not at all)."""

    language: Language
    text: str
    reason: str
    unread: bool
    failed_turns: int = 0
    refused: str = ""
    user_id: str = ""


Judge = Callable[[Situation], str]
"""The reason for which a person would be brought in, or ""."""


def load_situations() -> list[Situation]:
    """All of both languages."""
    found = []
    for language in LANGUAGES:
        for group in yaml.safe_load((_FOLDER / f"{language}.yml").read_text("utf-8")):
            before = group.get("before", {})
            found += [
                Situation(
                    language, str(text), group["reason"], at % _UNREAD == _UNREAD - 1, **before
                )
                for at, text in enumerate(group["texts"])
            ]
    return found


def judge_of(assistant: Assistant) -> Judge:
    """What this assistant decides, with a rule of the shop for one customer."""
    rules = replace(assistant.limits.handoff, own=(_VIP,))
    limits = replace(assistant.limits, handoff=rules)

    def judge(one: Situation) -> str:
        begun = new_state("benchmark", one.language)
        state: DialogueState = replace(
            begun, failed_turns=one.failed_turns, refused=one.refused, user_id=one.user_id
        )
        nlu = assistant.nlu.parse(one.text, ParseContext(language=one.language))
        state = update_state(state, nlu, Utterance("benchmark", one.text), assistant.currencies)
        tone = assistant.tone(one.text) if assistant.tone else {}
        action = next_action(replace(state, mood=feel(state.mood, tone)), nlu, limits)
        if action.name not in _PERSON:
            return ""
        return action.args.get("reason") or "not_understood"

    return judge


def measure(judge: Judge, situations: Sequence[Situation]) -> dict[str, object]:
    """The figures of all, of the read and the unread part, and of each language."""
    judged = [(one, judge(one)) for one in situations]
    parts = {
        "read": [pair for pair in judged if not pair[0].unread],
        "unread": [pair for pair in judged if pair[0].unread],
        **{name: [pair for pair in judged if pair[0].language == name] for name in LANGUAGES},
    }
    wrong = [
        f"{one.language}: {one.text} -> {got or 'none'}, expected {one.reason or 'none'}"
        for one, got in parts["read"]
        if bool(got) != bool(one.reason)
    ]
    scored = {name: score(part) for name, part in parts.items()}
    return score(judged) | scored | {"wrong": wrong}


def score(judged: Sequence[tuple[Situation, str]]) -> dict[str, object]:
    """Precision and recall of handing over, and how often the reason is right, in percent."""
    counts = Counter((bool(one.reason), bool(got)) for one, got in judged)
    right = counts[True, True]
    same = sum(bool(one.reason) and one.reason == got for one, got in judged)
    return {
        "situations": len(judged),
        "precision": _percent(right, right + counts[False, True]),
        "recall": _percent(right, right + counts[True, False]),
        "reason_accuracy": _percent(same, right),
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
