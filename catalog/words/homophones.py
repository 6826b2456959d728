"""Chinese near spellings: characters that sound alike, and one wrong character in a long name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

SHORTEST, LONGEST = 3, 8
_LONG_ENOUGH_FOR_ANY = 4
_SOUND_SCORE, _ONE_OFF_SCORE = 0.85, 0.75
_BLANK = "_"

Sound = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Homophones:
    """Chinese names by their sound, and by their characters with one left blank.

    An input method offers characters of the same sound, so that is how names are mistyped:
    蓝芽耳机 for 蓝牙耳机. Names of three characters or more are found.
    """

    by_sound: Mapping[Sound, str]
    by_blank: Mapping[str, str]

    @classmethod
    def of(cls, names: Iterable[str]) -> "Homophones":
        """Arranges names that are all Chinese characters."""
        kept = sorted(n for n in names if SHORTEST <= len(n) <= LONGEST)
        by_sound = {sound(name): name for name in reversed(kept)}
        long = [name for name in kept if len(name) >= _LONG_ENOUGH_FOR_ANY]
        by_blank = {blank: name for name in reversed(long) for blank in _blanks(name)}
        return cls(by_sound, by_blank)

    def nearest(self, name: str) -> tuple[str, float] | None:
        """The name that was meant with a score in (0, 1], or ``None``."""
        same = self.by_sound.get(sound(name))
        if same is not None:
            return same, _SOUND_SCORE
        blank = next((b for b in _blanks(name) if b in self.by_blank), None)
        return (self.by_blank[blank], _ONE_OFF_SCORE) if blank else None


@lru_cache(maxsize=16_384)
def _syllable(character: str) -> str:
    from pypinyin import Style, pinyin

    return str(pinyin(character, style=Style.NORMAL, errors="default")[0][0])


def sound(name: Sequence[str]) -> Sound:
    """The toneless syllables of a Chinese name, with the sounds that many confuse made one."""
    return tuple(_merged(_syllable(character)) for character in name)


def _merged(syllable: str) -> str:
    """Flat and curled initials, and n and ng at the end, are told apart by few typists."""
    for curled, flat in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(curled):
            syllable = flat + syllable.removeprefix(curled)
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable


def _blanks(name: str) -> Iterator[str]:
    if len(name) >= _LONG_ENOUGH_FOR_ANY:
        for place in range(len(name)):
            yield name[:place] + _BLANK + name[place + 1 :]
