"""Chinese names typed as pinyin in Latin letters: "lanya erji" is 蓝牙耳机."""

from collections.abc import Sequence

from catalog.correction.names import ChineseNames
from catalog.correction.words import WordIndex

_LEAST_LETTERS, _MOST_LETTERS, _LONGEST = 4, 48, 30
_PIECE_COST = 1.0


def read_pinyin(words: Sequence[str], names: ChineseNames, index: WordIndex) -> str:
    """The names that the words spell together, as Chinese; "" when they spell none.

    The fewest names win, and of names that are written alike in pinyin the commonest here.
    """
    letters = "".join(words)
    if not _LEAST_LETTERS <= len(letters) <= _MOST_LETTERS:
        return ""
    best: list[tuple[float, str] | None] = [(0.0, ""), *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST), end - _LEAST_LETTERS + 1):
            before = best[start]
            name = _commonest(letters[start:end], names, index) if before is not None else ""
            if before is not None and name:
                choice = (before[0] + _PIECE_COST, before[1] + name)
                best[end] = min(choice, best[end] or choice)
    found = best[-1]
    return found[1] if found else ""


def _commonest(letters: str, names: ChineseNames, index: WordIndex) -> str:
    def merit(name: str) -> tuple[bool, int, int, str]:
        rank = names.famous.get(name)
        return rank is not None, -(rank or 0), index.frequency(name), name

    return max(names.typed(letters), key=merit, default="")
