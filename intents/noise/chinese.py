"""What input methods and scripts do to Chinese: same-sound slips, traditional, full width."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from catalog.text import fold
from intents.examples import Example
from intents.noise.places import CODES, NUMBERS, is_free
from intents.spans import edit, map_characters

if TYPE_CHECKING:
    from opencc import OpenCC

_TEXTS = Path(__file__).resolve().parent.parent / "data"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Characters whose change would change what is meant, or that nobody gets wrong.
_SURE = frozenset("零一二两三四五六七八九十百千万半个不没别无非有我你的是要了吗")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_VARIANTS = ("s2t", "s2tw", "s2hk")


def same_sound(example: Example, rng: Random) -> Example:
    """One or two characters replaced by others of the same sound: 蓝牙 becomes 蓝芽."""
    table = same_sounds()
    places = [
        m.start()
        for m in _CHINESE.finditer(example.text)
        if m.group() in table and is_free(example, *m.span(), NUMBERS)
    ]
    wanted = 2 if len(places) > 8 and rng.random() < 0.4 else 1
    chosen = rng.sample(places, min(wanted, len(places)))
    return edit(
        example,
        [(place, place + 1, rng.choice(table[example.text[place]])) for place in chosen],
    )


@cache
def same_sounds() -> Mapping[str, str]:
    """For each character of the project's own Chinese texts, the others of its sound."""
    from pypinyin import Style, pinyin

    seen = {
        character
        for path in (*(_TEXTS / "zh").glob("*.yml"), _TEXTS / "lexicons" / "zh.yml")
        for character in _CHINESE.findall(path.read_text(encoding="utf-8"))
    }
    groups = defaultdict[str, list[str]](list)
    for character in sorted(seen):
        if fold(character) == character:
            groups[pinyin(character, style=Style.NORMAL)[0][0]].append(character)
    return {
        character: others
        for group in groups.values()
        for character in group
        if character not in _SURE
        and (others := "".join(o for o in group if o != character and o not in _SURE))
    }


def traditional(example: Example, rng: Random) -> Example:
    """Traditional characters, as written in general, in Taiwan, or in Hong Kong."""
    converter = _converter(rng.choice(_VARIANTS))
    borders = sorted({0, len(example.text), *(p for s in example.slots for p in (s.start, s.end))})
    pieces = pairwise(borders)
    changed = ((start, end, converter.convert(example.text[start:end])) for start, end in pieces)
    return edit(example, [one for one in changed if example.text[one[0] : one[1]] != one[2]])


@cache
def _converter(variant: str) -> "OpenCC":
    from opencc import OpenCC

    return OpenCC(variant)


def full_width(example: Example, rng: Random) -> Example:
    """Letters, digits and signs in full width, as an input method left switched writes them.

    An example with a code or an address is left as it is.
    """
    if any(slot.name in CODES for slot in example.slots):
        return example
    only_digits = rng.random() < 0.5

    def widen(character: str) -> str:
        return character if only_digits and not character.isdigit() else character.translate(_WIDTH)

    return map_characters(example, widen)


_WIDTH = str.maketrans({chr(code): chr(wide) for code, wide in _FULL_WIDTH.items()})
