"""Chinese names found by how they sound, how they look, and how they are typed in pinyin."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from catalog.words.homophones import Sound, sound, syllable

SHORTEST, LONGEST = 2, 8
SAME_SOUND, SAME_SHAPE, SWAPPED = 5.0, 6.0, 6.0
"""What it costs to take one character for another, as the negative logarithm of how often that
happens."""


class ChineseNames:
    """Words and names of two to eight Chinese characters; famous ones have a rank."""

    def __init__(self) -> None:
        self.all: set[str] = set()
        self.famous: dict[str, int] = {}
        self._by_sound: defaultdict[Sound, list[str]] = defaultdict(list)
        self._by_letters: defaultdict[str, list[str]] = defaultdict(list)
        self._by_rest: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, name: str, *, rank: int | None = None) -> None:
        """Let a name be found; again is no harm.

        Args:
            name: two to eight Chinese characters; others are left out.
            rank: of a famous name, 0 for the usual name of a thing, more for its by-names.
        """
        if not SHORTEST <= len(name) <= LONGEST:
            return
        if rank is not None:
            self.famous[name] = min(rank, self.famous.get(name, rank))
        if name in self.all:
            return
        self.all.add(name)
        self._by_sound[sound(name)].append(name)
        self._by_letters["".join(map(syllable, name))].append(name)
        for at in range(len(name)):
            self._by_rest[name[:at], name[at + 1 :]].append(name)

    def near(self, written: str) -> Iterator[tuple[str, float]]:
        """Other names that these characters may stand for, each with its cost."""
        for name in self._by_sound.get(sound(written), ()):
            changed = sum(a != b for a, b in zip(written, name, strict=True))
            if 0 < changed <= max(1, len(name) // 2):
                yield name, SAME_SOUND * changed
        for at, character in enumerate(written):
            for name in self._by_rest.get((written[:at], written[at + 1 :]), ()):
                if name[at] in look_alikes().get(character, ""):
                    yield name, SAME_SHAPE
        for at in range(len(written) - 1 if len(written) > SHORTEST else 0):
            a, b = written[at], written[at + 1]
            swapped = written[:at] + b + a + written[at + 2 :]
            if a != b and swapped in self.all:
                yield swapped, SWAPPED

    def typed(self, letters: str) -> Iterable[str]:
        """The names whose pinyin without tones is exactly these letters."""
        return self._by_letters.get(letters, ())


@cache
def look_alikes() -> dict[str, str]:
    """For each character those that are easily taken for it by their shape."""
    text = files(__package__).joinpath("shapes.txt").read_text("utf-8")
    groups = (word for line in text.splitlines() if line[:1] != "#" for word in line.split())
    found: defaultdict[str, str] = defaultdict(str)
    for group in groups:
        for character in group:
            found[character] += group.replace(character, "")
    return dict(found)
