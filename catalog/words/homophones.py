"""Chinese near spellings: names written with other characters of the same sound."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

SHORTEST, LONG, LONGEST = 2, 3, 8
_SCORE = 0.85

Sound = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Homophones:
    """Chinese names by their sound.

    An input method offers characters of the same sound, so that is how names are mistyped:
    蓝芽耳机 for 蓝牙耳机. Names of two characters are found only for well-known brands (华维 for
    华为), because nearly any two syllables sound like some other word (景点 like 经典).
    """

    by_sound: Mapping[Sound, str]
    brands: Mapping[Sound, str]

    @classmethod
    def of(cls, names: Iterable[str], brands: Iterable[str] = ()) -> "Homophones":
        """Arranges names that are all Chinese characters; ``brands`` are known to everybody."""
        kept = sorted((n for n in names if LONG <= len(n) <= LONGEST), reverse=True)
        short = sorted((n for n in brands if SHORTEST <= len(n) < LONG), reverse=True)
        return cls({sound(name): name for name in kept}, {sound(name): name for name in short})

    def nearest(self, name: str) -> tuple[str, float] | None:
        """The name that was meant with a score in (0, 1], or ``None``."""
        same = (self.by_sound if len(name) >= LONG else self.brands).get(sound(name))
        return (same, _SCORE) if same else None


def sound(name: Sequence[str]) -> Sound:
    """The syllables of a Chinese name without tones; what many type alike is made one."""
    return tuple(map(_typed, name))


@lru_cache(maxsize=16_384)
def syllable(character: str) -> str:
    """The pinyin of one Chinese character by itself, without its tone."""
    from pypinyin import Style, pinyin

    return str(pinyin(character, style=Style.NORMAL, errors="default")[0][0])


@lru_cache(maxsize=16_384)
def _typed(character: str) -> str:
    return _merged(syllable(character))


def _merged(syllable: str) -> str:
    """Flat and curled initials, and n and ng at the end, are told apart by few typists."""
    for curled, flat in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(curled):
            syllable = flat + syllable.removeprefix(curled)
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable
