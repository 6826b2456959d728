"""What the words for colours, sizes, materials and the like mean in one catalogue."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from catalog.lexicon import Concept, Kind, Lexicon
from catalog.matching import PhraseTrie, cut_tokens, forms
from catalog.text import fold
from catalog.types import CATEGORY, LocalText, TextConstraint
from catalog.words.attributes import AttributeNames
from catalog.words.census import Census
from catalog.words.meanings import ABSENT, ALIAS, EXACT, FAMILY, Guard, Meaning

VALUE_KINDS: tuple[Kind, ...] = (
    "color",
    "material",
    "pattern",
    "size",
    "gender",
    "age_group",
    "season",
    "occasion",
    "recipient",
)
LONGEST_VALUE = 30
MOST_MATCHABLE = 200
_SEVERAL = re.compile(r"[,;/|、，；+&＆]")
_CLEAR_SIZE = re.compile(r"\d*x+[sl]|one ?size|.+ .+|[^a-z\d].+")


@dataclass(frozen=True, slots=True)
class ReadValues:
    """The texts of one attribute with what each of them says, as ids of the lexicon.

    ``places`` are the folded names of the categories whose products have the attribute.
    """

    attribute: str
    ids: Mapping[LocalText, frozenset[str]]
    places: frozenset[str] = frozenset()

    def having(self, wanted: frozenset[str]) -> tuple[LocalText, ...]:
        """The texts that say any of these."""
        return tuple(text for text, ids in self.ids.items() if ids & wanted)


def kind_trie(lexicon: Lexicon, kind: Kind) -> PhraseTrie[str]:
    """The names of every concept of one kind."""
    trie: PhraseTrie[str] = PhraseTrie()
    for concept in lexicon.of(kind).values():
        for surface in concept.surfaces():
            trie.add(forms(surface), concept.id)
    return trie


def said(text: str, trie: PhraseTrie[str]) -> frozenset[str]:
    """Every concept a text names, longest names first: "navy blue, white" says navy and white."""
    phrase = [token.form for token in cut_tokens(text)]
    found: set[str] = set()
    start = 0
    while start < len(phrase):
        end, ids = max(trie.starting_at(phrase, start), default=(start + 1, []), key=_end)
        found.update(ids)
        start = end
    return frozenset(found)


def read_values(
    kind: Kind, census: Census, attributes: AttributeNames, lexicon: Lexicon
) -> ReadValues | None:
    """Reads the values of the catalogue's attribute of that kind; ``None`` without one.

    A size must be a size as a whole; the other kinds may be named anywhere in the value.
    """
    names = [n for n in attributes.names.get(kind, ()) if census.attributes[n].texts]
    if not names:
        return None
    trie = kind_trie(lexicon, kind)
    read: Callable[[str], frozenset[str]] = (
        (lambda text: frozenset(trie.get(forms(text))))
        if kind == "size"
        else (lambda text: said(text, trie))
    )
    return ReadValues(
        names[0],
        {
            text: frozenset(i for given in text.all() for i in read(given))
            for text in census.attributes[names[0]].texts
        },
        census.places(census.attributes[names[0]].shelves),
    )


def read_categories(
    kind: Kind, categories: Iterable[LocalText], lexicon: Lexicon
) -> ReadValues | None:
    """What category names say of a kind that has no attribute: "Men's shoes" are for men."""
    trie = kind_trie(lexicon, kind)
    ids = {
        name: frozenset(i for text in name.all() for i in said(text, trie)) for name in categories
    }
    found = {name: named for name, named in ids.items() if named}
    return ReadValues(CATEGORY, found) if found else None


def concept_meanings(
    kind: Kind, values: ReadValues | None, lexicon: Lexicon
) -> Iterator[tuple[Concept, Meaning]]:
    """What every concept of a kind means in the catalogue."""
    for concept in lexicon.of(kind).values():
        meaning = Meaning(kind, concept.id, concept.name, kind, None, ABSENT)
        texts, score = _accepted(concept, values, lexicon) if values else ((), ABSENT)
        if values and texts:
            constraint = text_constraint(values.attribute, texts)
            meaning = replace(meaning, constraint=constraint, score=score, places=values.places)
        yield concept, meaning


def text_constraint(attribute: str, texts: tuple[LocalText, ...]) -> TextConstraint:
    """The attribute has one of the texts, in either language."""
    folded = dict.fromkeys(fold(given) for text in texts for given in text.all())
    return TextConstraint(attribute, tuple(folded))


def own_meanings(kind: Kind, values: ReadValues, lexicon: Lexicon) -> Iterator[tuple[str, Meaning]]:
    """The catalogue's own words for values of a kind: "Ocean Mist", "42", "32x34".

    A value that is a word of the lexicon is left out: its meaning there accepts relatives too.
    """
    if values.attribute == CATEGORY:
        return
    trie = kind_trie(lexicon, kind)
    for text in values.ids:
        constraint = text_constraint(values.attribute, (text,))
        meaning = Meaning(kind, text.get("en"), text, kind, constraint, EXACT, places=values.places)
        for given in text.all():
            short = len(given) <= LONGEST_VALUE and not _SEVERAL.search(given)
            if short and not trie.get(forms(given)):
                yield given, meaning.scored(EXACT, size_guard(kind, given))


def size_guard(kind: Kind, text: str) -> Guard:
    """Numbers, letters and "large" are sizes only beside a word that says so; "XL" always is."""
    return "size" if kind == "size" and not _CLEAR_SIZE.fullmatch(fold(text)) else "free"


def _accepted(
    concept: Concept, values: ReadValues, lexicon: Lexicon
) -> tuple[tuple[LocalText, ...], float]:
    """The texts that satisfy a wish for the concept: itself, what passes for it, its family.

    Whom a thing is for goes one way only: things for girls are not what women ask for.
    """
    kind = concept.kind
    wanted = frozenset({concept.id}) if kind == "gender" else lexicon.within(kind, concept.id)
    near = frozenset(i for other in concept.near for i in lexicon.within(kind, other))
    if values.having(wanted):
        return values.having(wanted | near), ALIAS
    family = (lexicon.of(kind)[parent] for parent in concept.parents)
    accepted = (_parent_texts(parent, values, lexicon) for parent in family)
    texts = next((found for found in accepted if found), ())
    if kind == "gender" and texts:
        return texts, FAMILY
    texts = values.having(near) or texts
    return (texts, FAMILY) if texts else ((), ABSENT)


def _parent_texts(parent: Concept, values: ReadValues, lexicon: Lexicon) -> tuple[LocalText, ...]:
    """The texts of the family's own name, else of all of the family."""
    near = frozenset(parent.near) if parent.kind == "gender" else frozenset()
    plain = values.having(frozenset({parent.id}))
    if plain:
        return values.having(frozenset({parent.id}) | near)
    return values.having(lexicon.within(parent.kind, parent.id))


def _end(found: tuple[int, list[str]]) -> int:
    return found[0]
