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
    蓝芽耳机 for 蓝牙耳机. Names of two characters are found for well-known brands (华维 for 华为);
    others only in a place of values (最好银瑟的), because nearly any two syllables sound like some
    other word (景点 like 经典).
    """

    by_sound: Mapping[Sound, str]
    brands: Mapping[Sound, str]
    values: Mapping[Sound, str]

    @classmethod
    def of(
        cls, names: Iterable[str], brands: Iterable[str] = (), values: Iterable[str] = ()
    ) -> "Homophones":
        """Arranges names that are all Chinese characters.

        Args:
            names: Of anything.
            brands: Those that everybody knows.
            values: What products have or come from, and are not.
        """
        kept = sorted((n for n in names if LONG <= len(n) <= LONGEST), reverse=True)
        return cls({sound(name): name for name in kept}, _short(brands), _short(values))

    def nearest(self, name: str, wished: bool = False) -> tuple[str, float] | None:
        """The name that was meant with a score in (0, 1], or ``None``.

        Args:
            name: As it is written.
            wished: Whether it stands where values do: 最好…的.
        """
        key = sound(name)
        found = self.by_sound if len(name) >= LONG else self.brands
        same = found.get(key) or (self.values.get(key) if wished else None)
        return (same, _SCORE) if same else None


def _short(names: Iterable[str]) -> dict[Sound, str]:
    """Names of two characters by their sound."""
    kept = sorted((n for n in names if SHORTEST <= len(n) < LONG), reverse=True)
    return {sound(name): name for name in kept}


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
