"""The phrases of a catalogue's world: exact ones, near spellings, and Chinese that sounds alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.matching import PhraseTrie, forms, is_chinese
from catalog.words.homophones import Homophones
from catalog.words.labelled import LabelledValues
from catalog.words.meanings import Meaning, Sense
from catalog.words.spelling import Spelling

_LONG_NAME = 7


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Every phrase with its readings, and what finds the phrase that was meant.

    ``types`` holds what each product type of the lexicon means here, by its id; ``names`` every
    phrase that fills a slot, by the slot and by its letters without spaces; ``labelled`` what is
    meant beside the name of its attribute alone.
    """

    trie: PhraseTrie[Sense]
    spelling: Spelling
    homophones: Homophones
    types: Mapping[str, Meaning]
    names: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    labelled: LabelledValues = field(default_factory=LabelledValues)


def index_phrases(
    phrases: Iterable[tuple[str, Sense]],
    types: Mapping[str, Meaning],
    brands: Iterable[str],
    labelled: LabelledValues | None = None,
) -> PhraseIndex:
    """Arranges (phrase, reading) pairs for finding.

    Args:
        phrases: Every phrase with one of its readings.
        types: What each product type of the lexicon means, by its id.
        brands: Names of brands that everybody knows.
        labelled: Values with the names of their attributes.
    """
    trie: PhraseTrie[Sense] = PhraseTrie()
    words: set[str] = set()
    others: set[str] = set()
    chinese: set[str] = set()
    values: set[str] = set()
    names: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for text, reading in phrases:
        phrase = forms(text)
        if reading[0].meaning.kind != "value":
            names[reading[0].meaning.name].setdefault("".join(phrase), phrase)
        trie.add(phrase, reading)
        if _written_together(phrase, reading):
            trie.add(("".join(phrase),), reading)
        others.update(phrase)
        if _correctable(reading):
            words.update(phrase)
            if phrase and all(is_chinese(word) for word in phrase):
                chinese.add("".join(phrase))
                if reading[0].meaning.kind != "product_type":
                    values.add("".join(phrase))
    homophones = Homophones.of(chinese, brands, values)
    spelling = Spelling.of(words, others)
    labelled = labelled or LabelledValues()
    return PhraseIndex(trie, spelling, homophones, types, dict(names), labelled)


def _written_together(phrase: tuple[str, ...], reading: Sense) -> bool:
    """Whether people write a name of two English words as one: lunchbox, barstool."""
    letters = "".join(phrase)
    plain = len(phrase) == 2 and letters.isascii() and letters.isalpha()
    return plain and len(letters) >= _LONG_NAME and reading[0].meaning.kind == "product_type"


def _correctable(reading: Sense) -> bool:
    """Free texts of attributes are too many and too odd to be what a misspelling meant."""
    return reading[0].meaning.kind != "value"
