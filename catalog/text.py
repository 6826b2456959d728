"""The one way texts are compared and cut into words, in English and Chinese."""

import logging
import re
import unicodedata
from functools import cache, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC
    from Stemmer import Stemmer

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SPACES = re.compile(r"\s+")
_PIECE = re.compile(
    r"(?P<chinese>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+)"
    # A model code or a number with its unit stays whole: dv7-1211ea, i5-8250u, 1.5l, 500g.
    r"|(?P<code>[^\W_\u3400-\u9fff]*\d[^\W_\u3400-\u9fff]*(?:[-./][^\W_\u3400-\u9fff]+)*)"
    r"|(?P<word>[^\W\d_\u3400-\u9fff]+(?:'[^\W\d_\u3400-\u9fff]+)?)"
)
# A word and a number of up to four digits: windows 10, usb 3.0, iphone 7.
_NUMBERED = re.compile(
    r"(?<![a-z0-9./-])(?P<name>[a-z]{2,16})[ -](?P<number>\d{1,4}(?:\.\d)?)"
    r"(?![a-z0-9-]|[./][a-z0-9])"
)
DASHES = str.maketrans("‐‑–—−", "-----")
"""Signs that say the same in a name: 5–15P is 5-15P."""
_NO_NAMES = frozenset(
    word
    for line in (
        "about above and around at below by for from has have in is less more no of on only or",
        "over than the to under up with",
    )
    for word in line.split()
)


def has_chinese(text: str) -> bool:
    """Whether any Chinese character occurs."""
    return _CHINESE.search(text) is not None


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The form in which texts are equal: NFKC, lower case, simplified characters, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if has_chinese(text):
        text = _simplifier().convert(text)
    return _SPACES.sub(" ", text).strip()


def tokens(text: str) -> list[str]:
    """The search terms of a text, in order, repeats included.

    English words are stemmed (Porter, 2001, Snowball "english"), Chinese is cut by jieba in
    search mode with the shop's own names added, and model codes stay whole; a code with
    separators also gives its parts.
    """
    found: list[str] = []
    for match in _PIECE.finditer(fold(text)):
        piece = match.group()
        if match.lastgroup == "chinese":
            found.extend(_chinese_tokens(piece))
        elif match.lastgroup == "code":
            found.append(piece)
            found.extend(part for part in re.split(r"[-/]", piece) if part and part != piece)
        else:
            found.append(stem(piece))
    return found


def find_numbered(text: str) -> list[tuple[str, str]]:
    """Names with a number behind them, folded: (windows, 10), (usb, 3.0)."""
    found = ((match["name"], match["number"]) for match in _NUMBERED.finditer(fold(text)))
    return [(name, number) for name, number in found if name not in _NO_NAMES]


def _chinese_tokens(piece: str) -> list[str]:
    """Words in search mode; one that jieba only guesses is also given by its characters.

    Where it begins and ends is uncertain, and another text may have it cut differently.
    """
    found: list[str] = []
    for word in _jieba().lcut_for_search(piece):
        found.append(word)
        if len(word) > 1 and not is_word(word):
            found.extend(word)
    return found


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The Snowball stem of one folded English word."""
    return str(_stemmer().stemWord(word.removesuffix("'s")))


def cut(text: str) -> list[str]:
    """Chinese text as jieba's words, without overlaps; joined they give the text again."""
    return list(_jieba().lcut(text))


def is_word(text: str) -> bool:
    """Whether the word cutter's dictionary has a Chinese word."""
    return bool(_jieba().get_FREQ(text))


def word_frequency(text: str) -> int:
    """How often the word cutter's dictionary has seen a Chinese word or character; 0 for never."""
    return int(_jieba().get_FREQ(text) or 0)


def add_words(words: set[str]) -> None:
    """Teach the word cutter the shop's own Chinese words, so that they are kept whole."""
    for word in sorted(words):
        _jieba().add_word(word)


@cache
def _jieba() -> ModuleType:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    cutter: ModuleType = jieba
    return cutter


@cache
def _simplifier() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _stemmer() -> "Stemmer":
    from Stemmer import Stemmer

    return Stemmer("english")
