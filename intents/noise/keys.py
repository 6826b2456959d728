"""What fingers do: slips between neighbouring keys, spaces, capitals, punctuation, shortcuts."""

import re
from random import Random

from intents.examples import Example
from intents.noise.places import CODES, NUMBERS, at_border, is_free
from intents.spans import edit, map_characters, substitute

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = re.compile(r"[A-Za-z]{4,}")
_POINTS = re.compile(r"(?<!\d)[,.?!;:，。？！；：、]|[,.?!;:，。？！；：、](?!\d)")
_LETTER = re.compile(r"[^\W\d_]", re.ASCII)
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])['’](?=[A-Za-z])")
_SHORT = {
    "you": "u", "are": "r", "please": "pls", "thanks": "thx", "your": "ur", "because": "cuz",
    "with": "w/", "want to": "wanna", "going to": "gonna", "do not": "dont", "i am": "im",
    "got to": "gotta", "give me": "gimme", "and": "&", "okay": "ok", "what is": "whats",
    "size": "sz", "quantity": "qty", "tomorrow": "tmrw", "something": "smth", "about": "abt",
    "people": "ppl", "without": "w/o", "birthday": "bday", "delivery": "delivry",
}  # fmt: skip
_LONG = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b", re.IGNORECASE)


def _neighbours() -> dict[str, str]:
    """The keys beside each key and on the row below and above it."""
    places = {key: (row, place) for row, keys in enumerate(_ROWS) for place, key in enumerate(keys)}
    return {
        key: "".join(
            other
            for other, (row, place) in places.items()
            if other != key and abs(row - own[0]) <= 1 and -1 <= place - own[1] <= 1
        )
        for key, own in places.items()
    }


_NEIGHBOURS = _neighbours()


def typo(example: Example, rng: Random) -> Example:
    """One slip in an English word: a neighbouring key, two letters swapped, one lost or doubled.

    Codes, prices and other numbers stay as they are, and so do first letters.
    """
    words = [m for m in _WORD.finditer(example.text) if is_free(example, *m.span(), NUMBERS)]
    if not words:
        return example
    word = rng.choice(words)
    return edit(example, [(*word.span(), _slip(word.group(), rng))])


def _slip(word: str, rng: Random) -> str:
    place = rng.randrange(1, len(word) - 1)
    letter = word[place]
    kind = rng.randrange(4)
    if kind == 0:
        return word[:place] + rng.choice(_NEIGHBOURS[letter.lower()]) + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1] + letter + word[place + 2 :]
    return word[:place] + letter * (kind - 2) * 2 + word[place + 1 :]


def missing_space(example: Example, rng: Random) -> Example:
    """One space left out, never between two words of which one is a slot's."""
    places = [m.start() for m in re.finditer(r"(?<=\S) (?=\S)", example.text)]
    free = [place for place in places if _may_join(example, place)]
    return edit(example, [(place, place + 1, "") for place in rng.sample(free, min(1, len(free)))])


def _may_join(example: Example, place: int) -> bool:
    letters = bool(
        _LETTER.match(example.text[place - 1]) and _LETTER.match(example.text[place + 1])
    )
    border = at_border(example, place) or at_border(example, place + 1)
    return not (letters and border) and is_free(example, place, place + 1, CODES)


def extra_space(example: Example, rng: Random) -> Example:
    """One or two spaces too many: beside a space or a sign, in Chinese anywhere between words."""
    pattern = r"(?<=\S)(?=[ ,.?!])|(?<= )(?=\S)|(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])"
    places = [m.start() for m in re.finditer(pattern, example.text)]
    chinese = example.language == "zh"
    free = [
        place
        for place in places
        if at_border(example, place)
        or (not chinese and is_free(example, place, place + 1, NUMBERS))
    ]
    return edit(example, [(place, place, " ") for place in rng.sample(free, min(2, len(free)))])


def lower_case(example: Example, rng: Random) -> Example:
    """All in small letters."""
    return map_characters(example, str.lower)


def upper_case(example: Example, rng: Random) -> Example:
    """All in capitals, as with the key left locked."""
    return map_characters(example, str.upper)


def sentence_case(example: Example, rng: Random) -> Example:
    """A capital at the beginning, as phones put it, or at every word."""
    if rng.random() < 0.7:
        return substitute(example, re.compile(r"^[a-z]"), lambda m: m.group().upper())
    return substitute(example, re.compile(r"(?<![\w'’@.])[a-z]"), lambda m: m.group().upper())


def no_punctuation(example: Example, rng: Random) -> Example:
    """Commas, full stops and question marks left out; numbers and codes keep theirs."""
    gap = " " if example.language == "zh" and rng.random() < 0.5 else ""

    def words(match: re.Match[str]) -> str:
        inside = match.start() > 0 and match.end() < len(example.text)
        return gap if inside else ""

    marks = [m for m in _POINTS.finditer(example.text) if is_free(example, *m.span(), NUMBERS)]
    return edit(example, [(*mark.span(), words(mark)) for mark in marks])


def more_punctuation(example: Example, rng: Random) -> Example:
    """Marks at the end, and in English now and then a comma for a space."""
    ends = {"en": ("?", "!", "??", "!!", ".", "...", " ?", " :)"),
            "zh": ("。", "？", "！", "～", "~", "…", "？？", "!", "?", "。。。")}  # fmt: skip
    bare = example.text.rstrip("?!.。？！")
    cut = (len(bare), len(example.text), rng.choice(ends[example.language]))
    return edit(example, [cut])


def no_apostrophe(example: Example, rng: Random) -> Example:
    """Apostrophes left out: dont, whats, mens."""
    return substitute(example, _APOSTROPHE, lambda _: "")


def shortened(example: Example, rng: Random) -> Example:
    """Words written as in a chat: u, pls, thx, wanna."""
    return substitute(
        example,
        _LONG,
        lambda m: _SHORT[m.group().lower()] if rng.random() < 0.8 else m.group(),
    )
