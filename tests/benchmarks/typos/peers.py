"""Other ways to correct a query: none, the nearest word by rapidfuzz, and symspellpy."""

from collections.abc import Callable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.correction.words import WordIndex
from catalog.text import has_chinese, stem, tokens

Correct = Callable[[str], str]

_LEAST_LETTERS = 4


def uncorrected(text: str) -> str:
    """The query as it was written."""
    return text


def rapidfuzz_only(words: Mapping[str, int], index: WordIndex) -> Correct:
    """Every word the catalogue lacks becomes its nearest word, within two edits."""
    known = [word for word in words if len(word) >= _LEAST_LETTERS]

    def correct(text: str) -> str:
        return " ".join(_nearest(word) for word in _cut(text))

    def _nearest(word: str) -> str:
        if len(word) < 2 or index.frequency(stem(word)) or word in words:
            return word
        most = 2 if len(word) >= 8 else 1
        found = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=most)
        return found[0] if found else word

    return correct


def symspell(words: Mapping[str, int]) -> Correct:
    """Symspellpy's compound lookup over the catalogue's words with their frequencies."""
    from symspellpy import SymSpell

    speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for word, count in words.items():
        speller.create_dictionary_entry(word, count)

    def correct(text: str) -> str:
        found = speller.lookup_compound(" ".join(_cut(text)), 2, ignore_non_words=True)
        return str(found[0].term) if found else text

    return correct


def _cut(text: str) -> list[str]:
    """Words as both peers need them: Chinese cut by jieba, the rest by spaces."""
    return [
        word
        for part in text.split()
        for word in (dict.fromkeys(tokens(part)) if has_chinese(part) else [part])
    ]
