"""Slips of the hand: letters that change places, Chinese characters of the same sound."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from random import Random

from pypinyin import Style, pinyin

from catalog.types import Language

_WORD = re.compile(r"[A-Za-z]{5,}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SURE = frozenset("一二三四五六七八九十百千万个不没别的了我你是除")
"""Characters that nobody gets wrong, or whose change would change what is meant."""

Sounds = Mapping[str, str]


def same_sounds(texts: Iterable[str]) -> Sounds:
    """For each Chinese character of the texts, the others of just its sound."""
    seen = sorted({one for text in texts for one in _CHINESE.findall(text)} - _SURE)
    groups = defaultdict[str, list[str]](list)
    for one in seen:
        groups[pinyin(one, style=Style.TONE3)[0][0]].append(one)
    return {
        one: "".join(other for other in group if other != one)
        for group in groups.values()
        if len(group) > 1
        for one in group
    }


def slip(text: str, language: Language, sounds: Sounds, rng: Random) -> str:
    """The text with one slip; as it is where there is nothing to slip on."""
    if language == "zh":
        places = [m.start() for m in _CHINESE.finditer(text) if m.group() in sounds]
        if not places:
            return text
        at = rng.choice(places)
        return text[:at] + rng.choice(sounds[text[at]]) + text[at + 1 :]
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    return text[: word.start()] + _mistyped(word.group(), rng) + text[word.end() :]


def _mistyped(word: str, rng: Random) -> str:
    """A word with one edit behind its first letter (Damerau, 1964, the four common slips)."""
    at = rng.randrange(1, len(word) - 1)
    match rng.randrange(3):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]
