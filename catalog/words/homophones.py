"""Chinese near spellings: names written with other characters of the same sound."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

SHORTEST, LONG, LONGEST = 2, 3, 8
SOUND_SCORE = 0.85
"""How sure a name is that only sounds right, in (0, 1]."""

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
    values: Mapping[Sound, tuple[str, ...]]

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
        famous = {sound(name): name for name in sorted(filter(_is_short, brands), reverse=True)}
        short: defaultdict[Sound, list[str]] = defaultdict(list)
        for name in sorted(set(filter(_is_short, values))):
            short[sound(name)].append(name)
        by_sound = {sound(name): name for name in kept}
        return cls(by_sound, famous, {key: tuple(names) for key, names in short.items()})

    def nearest(self, name: str, wished: bool = False) -> tuple[str, float] | None:
        """The name that was meant with a score in (0, 1], or ``None`` where none or several are.

        Args:
            name: As it is written.
            wished: Whether it stands where values do: 最好…的.
        """
        key = sound(name)
        same = (self.by_sound if len(name) >= LONG else self.brands).get(key)
        if same is None and wished and name[:1] not in _LEADS:
            near = [
                one for one in self.values.get(key, ()) if one[0] == name[0] or one[1] == name[1]
            ]
            same = near[0] if len(near) == 1 else None
        return (same, SOUND_SCORE) if same else None


_LEADS = frozenset("同无两有不没双多单大小带含")
"""What begins a phrase of its own: 最好是同色的, 最好无带的."""


def _is_short(name: str) -> bool:
    return SHORTEST <= len(name) < LONG


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
