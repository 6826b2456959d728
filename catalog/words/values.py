"""What the words for colours, sizes, materials and the like mean in one catalogue."""

import re
from collections.abc import Iterable, Iterator, Mapping
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
_SYSTEMS = "eu|eur|us|uk|cn|jp|it|fr|欧码|美码|英码"
_SYSTEM_SIZE = re.compile(
    rf"(?:(?:{_SYSTEMS}) ?|(?=[\d.]+ ?[a-z码号]))([\d.]+) ?(?:{_SYSTEMS}|码|号|cm)?"
)
_CLEAR_SIZE = re.compile(
    r"\d*x+[sl]|one ?size|.+ .+|[^a-z\d].+|[\d.]+[×x*][\d.]+.*|[\d.]+[\u4e00-\u9fff]{2,}"
)


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
    read = _size_said if kind == "size" else said
    return ReadValues(
        names[0],
        {
            text: frozenset(i for given in text.all() for i in read(given, trie))
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


def _size_said(text: str, trie: PhraseTrie[str]) -> frozenset[str]:
    """The size that a size value begins with: "XL (175/92A)" is XL."""
    phrase = forms(text)
    _, ids = max(trie.starting_at(phrase, 0), default=(0, []), key=_end)
    return frozenset(ids)


def own_meanings(kind: Kind, values: ReadValues, lexicon: Lexicon) -> Iterator[tuple[str, Meaning]]:
    """The catalogue's own words for values of a kind: "Ocean Mist", "42", "32x34".

    A value that is a word of the lexicon is left out: its meaning there accepts relatives too.
    """
    if values.attribute == CATEGORY:
        return
    trie = kind_trie(lexicon, kind)
    for text in values.ids:
        meaning = _own_meaning(kind, text.get("en"), (text,), values)
        for given in text.all():
            several = _SEVERAL.search(given) and kind != "size"
            if len(given) <= LONGEST_VALUE and not several and not trie.get(forms(given)):
                yield given, meaning.scored(EXACT, size_guard(kind, given))
    for number, texts in _numbered(values).items() if kind == "size" else ():
        yield number, _own_meaning(kind, number, tuple(texts), values).scored(ALIAS, "size")


def _own_meaning(
    kind: Kind, value: str, texts: tuple[LocalText, ...], values: ReadValues
) -> Meaning:
    constraint = text_constraint(values.attribute, texts)
    label = texts[0] if len(texts) == 1 else LocalText(value, value)
    return Meaning(kind, value, label, kind, constraint, EXACT, places=values.places)


def _numbered(values: ReadValues) -> dict[str, list[LocalText]]:
    """The sizes that are a number with a system around it, by the number: "EU 42", 42码."""
    found: dict[str, list[LocalText]] = {}
    for text in values.ids:
        for given in text.all():
            match = _SYSTEM_SIZE.fullmatch(fold(given))
            if match and text not in found.setdefault(match.group(1), []):
                found[match.group(1)].append(text)
    return found


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
