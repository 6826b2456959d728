"""The catalogue's own words, found in what a shopper writes, in both languages.

:meth:`Vocabulary.from_products` reads the catalogue once; :meth:`Vocabulary.find` then tells which
of a message's words are product types, brands, colours, … and what each demands of a product.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from catalog.kinds import kinds_asked
from catalog.lexicon import Concept, load_lexicon
from catalog.matching import forms
from catalog.query import head, query_terms
from catalog.synonyms import NO_SYNONYMS, Synonyms
from catalog.types import Constraint, Language, LocalText, Product
from catalog.units import dimension
from catalog.words.attributes import AttributeNames
from catalog.words.building import build_index
from catalog.words.finding import find_senses
from catalog.words.meanings import FAMILY, Found, Meaning
from catalog.words.naming import name_meaning, named_values
from catalog.words.phrases import PhraseIndex


@dataclass(frozen=True, slots=True)
class VocabularyMatch:
    """Words of the catalogue's world at ``text[start:end]``.

    Attributes:
        name: The slot they fill: ``product_type``, ``brand``, ``color``, …, ``feature``.
        value: The canonical name, English where there is one, whatever the message's language.
        constraint: What they demand of a product; ``None`` when the catalogue cannot tell, so
            that the words are left to search.
        start: Where they begin in the text as it was given.
        end: Where they end.
        score: How sure this reading is, in (0, 1]: 1 for the catalogue's own name, less for a
            synonym, a relative or a near spelling.
        label: The canonical name in both languages, for showing.
    """

    name: str
    value: str
    constraint: Constraint | None
    start: int
    end: int
    score: float
    label: LocalText


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a catalogue's words mean. Build it with :meth:`from_products`; it never changes."""

    index: PhraseIndex
    attributes: AttributeNames
    carried: frozenset[str]

    @classmethod
    def from_products(
        cls, products: Iterable[Product], synonyms: Synonyms = NO_SYNONYMS
    ) -> "Vocabulary":
        """Reads a catalogue once, keeping distinct values only.

        Args:
            products: all that is sold.
            synonyms: the shop's own other names; one that means nothing yet gets the meaning of
                the first of its others that has one.
        """
        built = build_index(products, load_lexicon(), synonyms)
        return cls(built.index, built.attributes, built.carried)

    def find(self, text: str, language: Language = "en") -> list[VocabularyMatch]:
        """Everything of the catalogue's world in a message, in the order of the text.

        Matches do not overlap, except where one word says two things (女鞋, "boys").

        Args:
            text: The message as it was written; places index it.
            language: The message's main language. Words of the other one are found too.
        """
        return list(_matches(find_senses(text, self.index)))

    def named(self, name: str, words: str, language: Language = "en") -> VocabularyMatch | None:
        """What words mean that are known to fill one slot, or ``None``.

        The catalogue's own name, an alias or a near spelling, in this order; less care is taken
        than by :meth:`find`, which must first tell whether the words are of this world at all.

        Args:
            name: The slot: ``product_type``, ``brand``, ``color``, …
            words: All of what fills it, as it was written.
            language: The message's main language. Words of the other one are found too.
        """
        found = name_meaning(name, words, self.index)
        if found is None:
            return None
        return _match(found.meaning, found.start, found.end, found.score)

    def instead(self, words: str, other: str) -> VocabularyMatch | None:
        """What words mean that take the place of others, as values of one attribute.

        "S-Video rather than VGA" is about the plug where only plugs have both; ``None`` where no
        attribute has both texts, or several have.
        """
        found = self.index.labelled.instead(forms(words), forms(other))
        return None if found is None else _match(found, 0, len(words), found.score)

    def values(self, name: str) -> tuple[VocabularyMatch, ...]:
        """Everything that a slot can be filled with and that products of this catalogue have."""
        return tuple(_match(m, 0, 0, m.score) for m in named_values(name, self.index))

    def attribute(self, words: str, language: Language = "en") -> str | None:
        """The catalogue's attribute that a name or a shopper's words mean: 续航 → battery_life."""
        return self.attributes.find(words)

    def alike(self, name: str) -> tuple[str, ...]:
        """The measured attributes that are called the same as one, itself first."""
        return self.attributes.alike(name)

    def is_measurable(self, name: str) -> bool:
        """Whether the catalogue keeps numbers under that attribute name."""
        return name in self.attributes.measurable

    def units(self, name: str) -> tuple[str, ...]:
        """The units that at least one number in fifty has, the most used first; "" is none."""
        return self.attributes.units.get(name, ())

    def measured_in(self, unit: str) -> tuple[str, ...]:
        """The attributes that the catalogue keeps numbers of in such a unit, or one like it."""
        wanted = dimension(unit)
        measurable = sorted(self.attributes.measurable)
        return tuple(n for n in measurable if wanted in map(dimension, self.units(n)))

    def is_by_feature(self, product_type: str) -> bool:
        """Whether a kind differs from the wider one by what it has, as a wireless mouse does."""
        concept = load_lexicon().get("product_type", product_type)
        return concept is not None and bool(concept.features)

    def carries(self, product_type: str) -> bool:
        """Whether the catalogue has things of that type, by its categories or its titles."""
        found = [item.meaning for item in find_senses(product_type, self.index)]
        types = [meaning for meaning in found if meaning.name == "product_type"]
        return any(self._carries(meaning) for meaning in types)

    def lacks(self, words: str) -> bool:
        """Whether the head of the words names product types, none of which the catalogue has.

        What is "dishwasher safe" is no dishwasher.
        """
        named = head(query_terms(words))
        if named is None or forms(named.words) in _features():
            return False
        asked = [self.index.types.get(kind) for kind in kinds_asked(named.words)]
        return bool(asked) and not any(one and self._carries(one) for one in asked)

    def accessories(self, product_type: str) -> tuple[VocabularyMatch, ...]:
        """The accessories of a product type that the catalogue carries."""
        lexicon = load_lexicon()
        found = []
        for concept_id in lexicon.accessories(product_type):
            meaning = self.index.types.get(concept_id)
            if meaning and meaning.score != FAMILY and self._is_named(meaning):
                found.append(_match(meaning, 0, 0, 1.0))
        return tuple(found)

    def _carries(self, meaning: Meaning) -> bool:
        return self._is_named(meaning) or self._is_sort_of_carried(meaning.value)

    def _is_named(self, meaning: Meaning) -> bool:
        """Whether a shelf or a title names it or one of its kinds."""
        within = load_lexicon().within("product_type", meaning.value)
        return meaning.constraint is not None or not within.isdisjoint(self.carried)

    def _is_sort_of_carried(self, product_type: str) -> bool:
        """Whether it is, by its name too, a sort of what has a shelf here: dark chocolate.

        No title may say so, and still the shelf is where a shopper would look. A lawn mower is
        one of the tools as well, but nobody calls it one.
        """
        lexicon = load_lexicon()
        concept = lexicon.get("product_type", product_type)
        for parent in concept.parents if concept else ():
            meaning, kind = self.index.types.get(parent), lexicon.get("product_type", parent)
            if kind and meaning and meaning.constraint and concept and _ends_with(concept, kind):
                return True
        return False


@cache
def _features() -> frozenset[tuple[str, ...]]:
    """Every name of every feature that the lexicon knows, as it is compared."""
    features = load_lexicon().of("feature").values()
    return frozenset(forms(name) for one in features for name in one.surfaces())


def _ends_with(concept: Concept, kind: Concept) -> bool:
    """Whether the first name in either language has a name of the wider thing as its head."""
    pairs = ((concept.en[0], kind.en), (concept.zh[0], kind.zh))
    return any(
        (own := forms(name))[-len(forms(head)) :] == forms(head) and own != forms(head)
        for name, heads in pairs
        for head in heads
    )


def _matches(found: Iterable[Found]) -> Iterator[VocabularyMatch]:
    for item in found:
        yield _match(item.meaning, item.start, item.end, item.score)


def _match(meaning: Meaning, start: int, end: int, score: float) -> VocabularyMatch:
    return VocabularyMatch(
        meaning.name, meaning.value, meaning.constraint, start, end, score, meaning.label
    )
