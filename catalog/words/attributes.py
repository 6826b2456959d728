"""Which of a catalogue's attributes a word means, and which kinds of value they hold."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from catalog.lexicon import load_lexicon
from catalog.matching import PhraseTrie, cut_tokens, forms
from catalog.units import parse_measure
from catalog.words.census import AttributeCensus, Census
from catalog.words.spelling import Spelling


@dataclass(frozen=True, slots=True)
class AttributeNames:
    """The attributes of one catalogue, found by what shoppers call them.

    ``names`` holds for each meaning of the lexicon (``battery_life``, ``noise_cancelling``) the
    catalogue's own attributes of that meaning: numbers first, then what has that very name, then
    the most used; ``own`` those that it calls by a name or label of its own. ``spelling`` has the
    words of all names.
    """

    names: Mapping[str, tuple[str, ...]]
    own: Mapping[tuple[str, ...], tuple[str, ...]]
    measurable: frozenset[str]
    units: Mapping[str, tuple[str, ...]]
    spelling: Spelling = field(default_factory=lambda: Spelling.of(()))

    def first(self, concept_id: str) -> str | None:
        """The first attribute of that meaning, see ``names``."""
        return next(iter(self.names.get(concept_id, ())), None)

    def alike(self, name: str) -> tuple[str, ...]:
        """The measured attributes that share a name with one, itself first.

        What a bottle holds and how much cream there is are both called 容量.
        """
        same = (one for names in self.names.values() if name in names for one in names)
        return tuple(one for one in dict.fromkeys((name, *same)) if one in self.measurable)

    def find(self, words: str) -> str | None:
        """The catalogue's attribute that words mean, by its name, its label or a synonym.

        Where nothing is called so, misspelt words count for the names they are near to.
        """
        phrase = forms(words)
        if words in self.measurable or not phrase:
            return words or None
        found = self._named(phrase)
        if found is not None:
            return found
        meant = self.spelling.corrected(cut_tokens(words))
        return self._named(meant) if meant != phrase else None

    def _named(self, phrase: tuple[str, ...]) -> str | None:
        if phrase in self.own:
            return self.own[phrase][0]
        concept_ids = attribute_trie().get(phrase)
        return next((n for i in concept_ids for n in self.names.get(i, ())), None)


def name_attributes(census: Census) -> AttributeNames:
    """Reads the names and labels of a catalogue's attributes."""
    by_surface = attribute_trie()
    found: defaultdict[str, list[str]] = defaultdict(list)
    own: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, seen in sorted(census.attributes.items(), key=_most_used):
        for phrase in _called(name, seen):
            own[forms(phrase)].append(name)
            for concept_id in (phrase, *by_surface.get(forms(phrase))):
                if name not in found[concept_id]:
                    found[concept_id].append(name)
    units = {name: _units(seen) for name, seen in census.attributes.items()}
    numeric = {n: u for n, u in units.items() if u.total() * 2 > census.attributes[n].count}
    return AttributeNames(
        names={id_: tuple(_own_first(id_, names, census)) for id_, names in found.items()},
        own={phrase: tuple(dict.fromkeys(names)) for phrase, names in own.items()},
        measurable=frozenset(numeric),
        units={name: _usual(counted) for name, counted in numeric.items()},
        spelling=_spelling(own, found),
    )


def _spelling(own: Iterable[tuple[str, ...]], concept_ids: Iterable[str]) -> Spelling:
    """The words of every name that :meth:`AttributeNames.find` knows."""
    lexicon = load_lexicon()
    concepts = (lexicon.get(kind, id_) for id_ in concept_ids for kind in ("attribute", "feature"))
    surfaces = (surface for one in concepts if one for surface in one.surfaces())
    phrases = (*own, *map(forms, surfaces))
    return Spelling.of(word for phrase in phrases for word in phrase)


def _units(seen: AttributeCensus) -> Counter[str]:
    """The unit of each number, those written as choices ("256 GB") among them."""
    units = seen.units.copy()
    for text, counted in seen.texts.items():
        measure = parse_measure(text.get("en"))
        if measure is not None and measure[1]:
            units[measure[1]] += counted.count
    return units


def _usual(units: Counter[str]) -> tuple[str, ...]:
    """The units of at least one number in fifty, the most used first: a capacity in GB or in W."""
    least = units.total() / _PARTS
    return tuple(unit for unit, count in units.most_common() if count >= least)


_PARTS = 50


def _most_used(item: tuple[str, AttributeCensus]) -> tuple[bool, int, str]:
    """Numbers first: they answer "how much" and can be compared."""
    name, seen = item
    return not seen.numbers, -seen.count, name


def _own_first(concept_id: str, names: Sequence[str], census: Census) -> list[str]:
    """The page yield before the page yield of black toner, which is called 打印页数 as well."""
    return sorted(names, key=lambda one: (not census.attributes[one].numbers, one != concept_id))


def _called(name: str, seen: AttributeCensus) -> list[str]:
    labels = [text for label in seen.labels for text in label.all()]
    return [name, *labels]


@cache
def attribute_trie() -> PhraseTrie[str]:
    """The lexicon's names for attributes and features."""
    trie: PhraseTrie[str] = PhraseTrie()
    lexicon = load_lexicon()
    for concept in (*lexicon.of("attribute").values(), *lexicon.of("feature").values()):
        for surface in (concept.id, *concept.surfaces()):
            trie.add(forms(surface), concept.id)
    return trie
