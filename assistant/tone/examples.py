"""The examples that the measure of tone is fitted on."""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

import yaml

from assistant.types import TONES
from catalog.types import LANGUAGES
from intents.examples import load_folder

FOLDER = Path(__file__).parent
_NEUTRAL, _WISHES = 1200, 800
_SEED = 11
_WISHING = ("search_product", "refine_search", "correct_previous", "relax_search", "find_gift")
"""What most messages are, and what no tone may be heard in."""
_NOT_NEUTRAL = frozenset(
    {"request_human", "complain", "express_self_harm", "express_hate", "give_feedback"}
    | {"ask_refund", "deny", "ask_faq_payment", "override_rules"}
)


@dataclass(frozen=True, slots=True)
class ToneExample:
    """A message and how it sounds."""

    text: str
    tone: str


def load_tones(intents_data: Path) -> list[ToneExample]:
    """Our own examples in both languages, and shopping as it is in the intents' data.

    Raises:
        ValueError: a file names a tone that there is not.
    """
    written = load_folder(intents_data)
    found: list[ToneExample] = []
    for language in LANGUAGES:
        content = yaml.safe_load((FOLDER / f"{language}.yml").read_text("utf-8"))
        if unknown := content.keys() - set(TONES):
            raise ValueError(f"{language}.yml: expected {', '.join(TONES)}, got {unknown}")
        found += [ToneExample(str(one), tone) for tone, texts in content.items() for one in texts]
        shopping: dict[str, set[str]] = defaultdict(set)
        for one in written:
            if one.language == language and not _NOT_NEUTRAL.intersection(one.intents):
                shopping[one.intents[0]].add(one.text)
        found += [ToneExample(text, "none") for text in _some(shopping)]
    return found


def _some(by_intent: Mapping[str, Collection[str]]) -> list[str]:
    """As many of every intent, so that small talk is heard beside wishes, and more wishes."""
    chance = random.Random(_SEED)
    mixed = {
        name: chance.sample(sorted(texts), len(texts)) for name, texts in sorted(by_intent.items())
    }
    even = _in_turn(mixed.values())[:_NEUTRAL]
    wishes = _in_turn(mixed[name] for name in _WISHING if name in mixed)
    known = set(even)
    return even + [text for text in wishes if text not in known][:_WISHES]


def _in_turn(lists: Iterable[Sequence[str]]) -> list[str]:
    """The first of each, then the second of each, and so on."""
    return [text for text in chain.from_iterable(zip_longest(*lists)) if text is not None]
