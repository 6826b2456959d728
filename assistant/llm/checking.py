"""Whether a reworded answer says what the answer says and nothing else. Strict on purpose.

Numbers, links and product names must be the same ones; every further word must stand in the answer
or in ``neutral.yml``, and every word of the answer that claims something must be said again;
nothing may be denied that was not, or the other way round. What is said of several products or
prices, and whatever is denied, keeps its order of facts, so that none moves to another product.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from catalog.text import cut, fold, tokens
from catalog.types import Language

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_PIECE = re.compile(rf"{_NUMBER.pattern}|[a-z][a-z'’-]*[a-z]|[a-z]|[\u3400-\u9fff]+")
_HAN_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千万]+")
_WORDS = {
    "zero": "0", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "dozen": "12",
    "half": "0.5", "hundred": "100", "thousand": "1000", "both": "2", "twice": "2", "double": "2",
}  # fmt: skip
_HAN = {one: str(n) for n, one in enumerate("零一二三四五六七八九十")} | {"〇": "0", "两": "2"}
_LINK = re.compile(r"https?://[^\s)]+|\]\([^)]*\)|\bwww\.\S+")
_NOT: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"n't\b|\b(?:not|no|never|none|nothing|without|neither|nor|cannot|unable|unfortunately"
        r"|sorry|afraid|out|sold)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"不(?!错|客气|妨|如看|过(?![时期敏滤]))|没(?!问题)|无(?!线)|未|别(?!的)|抱歉|卖完|售罄|缺货"
    ),
}
_REGRET = re.compile(r"\b(?:unfortunately|i'm sorry|i'm afraid|sorry|afraid)\b|很?抱歉")
"""What only sounds like a denial, and may be left out."""
_CLAUSE = re.compile(
    r"[.!?;:](?!\d)|,(?!\d{3})|[，。；！？：\n]|\b(?:but|while|whereas|though|although|however)\b"
    r"|但是?|不过|而(?!且)|只是|可惜"
)
_PRICE = re.compile(r"[$¥€£]\s?\d|\d\s?(?:[$¥€£元块]|(?:USD|CNY|EUR|GBP)\b)")
_SIGNS = re.compile(r"[$¥€£%℃]|\b(?:USD|CNY|EUR|GBP)\b")
_LONGEST = 2.0
_SLACK = 60


def unbacked(answer: str, plain: str, language: Language, names: Iterable[str] = ()) -> str:
    """What in ``answer`` the ``plain`` one does not back, in words; "" when all is well."""
    if not answer or len(answer) > _LONGEST * len(plain) + _SLACK:
        return "it is empty or far too long"
    for what, found, wanted in (
        ("numbers", _numbers(answer), _numbers(plain)),
        ("signs", Counter(_SIGNS.findall(answer)), Counter(_SIGNS.findall(plain))),
        ("links", Counter(_LINK.findall(answer)), Counter(_LINK.findall(plain))),
    ):
        if found != wanted:
            return f"other {what}: {sorted(found)} for {sorted(wanted)}"
    lost = [one for one in names if fold(one) in fold(plain) and fold(one) not in fold(answer)]
    if lost:
        return f"a product is not named as it was: {lost[0]!r}"
    if bool(_NOT[language].search(answer)) != bool(_NOT[language].search(plain)):
        return "something is denied in one and not in the other"
    if len(_NOT[language].findall(answer)) > len(_NOT[language].findall(plain)):
        return "more is denied than was"
    strange = _strange_words(answer, plain, language)
    return strange or _moved(answer, plain, language, names)


def _moved(answer: str, plain: str, language: Language, names: Iterable[str]) -> str:
    """A fact that the answer leaves out, or says of something else than the plain answer does."""
    said, wanted = _facts(answer, language), _facts(plain, language)
    dropped = Counter(wanted) - Counter(said)
    if dropped:
        return f"it leaves out {next(iter(dropped))!r}"
    if _denials(answer, language) != _denials(plain, language):
        return "something else is denied than was"
    named = [one for one in names if fold(one) in fold(plain)]
    if (len(named) > 1 or len(_PRICE.findall(plain)) > 1) and said != wanted:
        return "the facts stand in another order"
    return ""


def _denials(text: str, language: Language) -> Counter[str]:
    """The facts of every clause that denies something, in their order, as one text each."""
    clauses = _CLAUSE.split(_REGRET.sub(" ", fold(text)))
    return Counter(" ".join(_facts(one, language)) for one in clauses if _NOT[language].search(one))


def _facts(text: str, language: Language) -> list[str]:
    """What a text claims, in its order: its numbers, and the words that are not neutral.

    Chinese is given by its characters, since two texts may have the same words cut differently.
    """
    neutral = neutral_words(language)
    facts: list[str] = []
    for piece in _PIECE.findall(_REGRET.sub(" ", fold(text))):
        if piece[0].isdigit():
            facts.append(_figure(piece))
        elif piece.isascii():
            facts += [_WORDS.get(piece, piece)] if piece not in neutral else []
        else:
            facts += _claimed(piece, neutral)
    return facts


def _claimed(chinese: str, neutral: frozenset[str]) -> list[str]:
    """The characters of the words of a Chinese text that are not neutral, numbers as figures."""
    words = (one for one in cut(chinese) if one not in neutral)
    return [_HAN.get(character, character) for word in words for character in word]


def _numbers(text: str) -> Counter[str]:
    """Every number, written in digits or in words, as a plain figure."""
    text = unicodedata.normalize("NFKC", text).casefold()
    found = Counter(_figure(one) for one in _NUMBER.findall(text))
    found.update(_WORDS[one] for one in re.findall(r"[a-z]+", text) if one in _WORDS)
    for run in _HAN_NUMBER.findall(text):
        if run not in ("一", "万一", "千万"):
            found[_HAN.get(run, run)] += 1
    return found


def _figure(number: str) -> str:
    """``1,299.00`` → ``1299``."""
    plain = number.replace(",", "")
    if plain.count(".") == 1:
        plain = plain.rstrip("0").rstrip(".")
    return plain.lstrip("0") or "0"


def _strange_words(answer: str, plain: str, language: Language) -> str:
    """A word that neither the plain answer has nor anybody may add."""
    known = set(_words(plain)) | neutral_words(language)
    folded = fold(plain)
    for word in _words(answer):
        word = _HAN_NUMBER.sub("", word)
        if not word or word in known or word in _WORDS or word.isdigit():
            continue
        if language == "zh" and not word.isascii() and (word in folded or _made_of(word, known)):
            continue
        return f"the word {word!r} is nowhere in the answer"
    return ""


def _words(text: str) -> list[str]:
    plain = fold(text)
    english = re.findall(r"[a-z][a-z'’-]*[a-z]|[a-z]", plain)
    return [*english, *(one for one in tokens(text) if not one.isascii())]


def _made_of(word: str, known: set[str]) -> bool:
    """Whether a Chinese word is put together from known ones, which another cut had apart."""
    if not word:
        return True
    return any(word.startswith(one) and _made_of(word[len(one) :], known) for one in known if one)


@cache
def neutral_words(language: Language) -> frozenset[str]:
    """The words that claim nothing."""
    path = Path(__file__).parent / "neutral.yml"
    words = yaml.safe_load(path.read_text("utf-8"))[language].split()
    return frozenset(fold(word) for word in words)
