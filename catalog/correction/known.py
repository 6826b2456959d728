"""The words that a catalogue and the lexicon know, kept as products come in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from catalog.correction.names import ChineseNames
from catalog.correction.near import NearWords
from catalog.lexicon import Kind, load_lexicon
from catalog.synonyms import translations
from catalog.text import add_words, fold, has_chinese, is_word, stem
from catalog.types import LocalText, Product

Frequency = Callable[[str], int]
"""In how many products a search term occurs."""

_WORD = re.compile(r"(?<![\w'])[a-z]{2,24}(?![\w'])")
_KINDS: tuple[Kind, ...] = ("product_type", "brand", "color", "material", "pattern", "feature")
_DESCRIPTION = 2_000
_LONGEST_NAME = 8


class KnownWords:
    """Surface forms: Latin words as they are written, Chinese words and names.

    Words only come in; whether the catalogue still has one is asked of the index of words. Not
    safe for several threads at once.
    """

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.own: set[str] = set()
        self.near = NearWords()
        self.names = ChineseNames()
        for name, rank in lexicon_names().items():
            self.names.add(name, rank=rank)
        for word in sorted(lexicon_words()):
            self.near.add(word)

    def add(self, words: Iterable[str]) -> None:
        """Take in the words of a product."""
        for word in words:
            if word in self.words:
                continue
            self.words.add(word)
            if has_chinese(word):
                self.names.add(word)
            elif word not in lexicon_words():
                self.near.add(word)

    def teach(self, names: Iterable[str]) -> None:
        """Teach the word cutter the shop's own Chinese names, so that they are kept whole."""
        new = {name for name in names if name not in self.own and not is_word(name)}
        self.own.update(new)
        add_words(new)

    def has(self, word: str) -> bool:
        """Whether the catalogue or the lexicon has a Latin word in just this form."""
        return word in self.words or word in lexicon_words()

    def is_famous(self, word: str) -> bool:
        """Whether the lexicon has a Latin word."""
        return word in lexicon_words()

    def knows(self, word: str, frequency: Frequency) -> bool:
        """Whether the catalogue has a Latin word in any form, or the lexicon names it."""
        return frequency(stem(word)) > 0 or stem(word) in _lexicon_stems()


def surfaces(product: Product, fields: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[str]:
    """The words of a product as they are written, each perhaps several times.

    Args:
        product: whose words.
        fields: its search terms, from :func:`catalog.documents.fields`; Chinese ones are words.
    """
    for text in _texts(product):
        yield from _WORD.findall(fold(text))
    for name, texts in fields.items():
        if name != "description":
            yield from (t for some in texts for t in some if len(t) > 1 and has_chinese(t))


def own_names(product: Product) -> Iterator[str]:
    """The Chinese names of a product's brand and shelves."""
    for local in (product.brand, *product.category):
        name = fold(local.zh)
        if 2 <= len(name) <= _LONGEST_NAME and all(map(has_chinese, name)):
            yield name


def _texts(product: Product) -> Iterator[str]:
    values = [a.value for a in product.attributes if isinstance(a.value, LocalText)]
    options = [value for variant in product.variants for _, value in variant.options]
    for local in (product.title, product.brand, *product.category, *values, *options):
        yield local.en
        yield local.zh
    yield product.description.en[:_DESCRIPTION]
    yield product.description.zh[:_DESCRIPTION]


@cache
def lexicon_names() -> Mapping[str, int]:
    """The lexicon's names that are all Chinese characters, with their place among their thing's."""
    found: dict[str, int] = {}
    for kind in _KINDS:
        for concept in load_lexicon().of(kind).values():
            for rank, name in enumerate(concept.zh):
                found[fold(name)] = min(rank, found.get(fold(name), rank))
    found.update(dict.fromkeys(map(fold, load_lexicon().words.ambiguous), 0))
    found |= {name: 1 for name in translations() if name not in found}
    return {
        name: rank
        for name, rank in found.items()
        if 2 <= len(name) <= _LONGEST_NAME and all(map(has_chinese, name))
    }


@cache
def lexicon_words() -> frozenset[str]:
    """The words of the lexicon's English names."""
    concepts = (c for kind in _KINDS for c in load_lexicon().of(kind).values())
    names = {fold(name) for concept in concepts for name in concept.en}
    return frozenset(word for name in names.union(translations()) for word in _WORD.findall(name))


@cache
def _lexicon_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in lexicon_words())
