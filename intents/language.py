"""Which of the two languages a turn is in, by its script."""

import re
from collections.abc import Sequence

from catalog.text import has_chinese
from catalog.types import Language, TextConstraint
from catalog.words.product_types import shelf_name
from intents.types import Slot

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# Chinese sets no spaces around an address.
_ADDRESS = re.compile(r"[\w.%+-]+@[\w.-]+|https?://[!-~]+", re.ASCII)
# A run of Latin letters without a digit beside it; codes like W1234567 say nothing.
_WORD = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z]+(?:['’][A-Za-z]+)?(?![A-Za-z0-9_])")
# Punctuation of a Chinese keyboard: a name and a number sent with it are no English sentence.
_WIDE = re.compile(r"[，。、；：！？（）]")
_NEUTRAL = re.compile(
    r"(?:ok|okay|xxs|xs|s|m|l|xl|x{2,4}l|x{2,4}s|pro|max|plus|mini|app|usb|cm|mm|kg|g|ml|gb"
    r"|tb|usd|rmb"
    r"|cny|eur|us|eu|uk|x|[A-Z]{2,5})"
)

# What English sentences are held together by; names of a catalogue hardly have such words.
_BINDING = frozenset({
    "i", "i'm", "i'd", "you", "your", "do", "does", "is", "are", "an", "me", "any", "have", "got",
    "what", "which", "how", "can", "could", "please", "show", "find", "need", "want", "looking",
    "for", "to", "in", "under", "over", "than", "with", "us", "add", "give", "cancel", "thanks",
    "thank", "recommend", "cheaper", "not", "no", "but", "or", "only", "from", "by",
})  # fmt: skip


def detect_language(text: str, previous: Language | None) -> Language:
    """The language to answer in.

    Chinese wins where it has at least as many characters as there are Latin words, so that
    "有没有red的dress" is Chinese and "do you sell 旗袍" English. In Chinese conversations the names
    of a catalogue count for nothing: compatible brand得是Lexmark. A text without words of either
    (numbers, emoji, sizes, brand initials) keeps the ``previous`` language, or is English.
    """
    text = _ADDRESS.sub(" ", text)
    words = _words(text)
    characters = len(_HAN.findall(text))
    bound = any(word.lower() in _BINDING for word in words)
    if characters and (characters >= len(words) or (previous == "zh" and not bound)):
        return "zh"
    telling = [word for word in words if not _is_neutral(word)]
    if not characters and not telling:
        return previous or "en"
    if not characters and previous == "zh" and _WIDE.search(text):
        return "zh"
    return "en"


_LETTER = re.compile(r"[A-Za-z\u3400-\u9fff]")


def kept_language(
    language: Language, previous: Language | None, slots: Sequence[Slot], rest: str
) -> Language:
    """The language of a text that is nothing but values which the records have in one alone.

    Who picks "Black" or "USB 3.0" from a Chinese list goes on in Chinese, as does who picks 青花
    from an English one in English.
    """
    values = [one.resolved.values for one in slots if isinstance(one.resolved, TextConstraint)]
    if previous is None or not slots or len(values) < len(slots) or _LETTER.search(rest):
        return language
    told = [value for own in values for value in own if value == shelf_name(value)]
    # 黑色 in a shop that only has "black" is said in Chinese on purpose.
    written = all(has_chinese(value) is (language == "zh") for value in told)
    return previous if told and written else language


def is_mixed(text: str) -> bool:
    """Whether words of both languages stand in one text."""
    return has_chinese(text) and any(not _is_neutral(word) for word in _words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_neutral(word: str) -> bool:
    return bool(_NEUTRAL.fullmatch(word) or _NEUTRAL.fullmatch(word.lower()))
