"""Builds a vocabulary's phrases from one pass over a catalogue."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.lexicon import Concept, Kind, Lexicon
from catalog.matching import forms
from catalog.synonyms import NO_SYNONYMS, Synonyms
from catalog.titled import shelf_values, titled_kinds
from catalog.types import Product
from catalog.words.attributes import AttributeNames, name_attributes
from catalog.words.brands import brand_meanings
from catalog.words.categories import CategoryMap, TypeTrie, map_categories
from catalog.words.census import Census, take_census
from catalog.words.features import (
    Texts,
    feature_meanings,
    labelled_meanings,
    own_flags,
    read_otherwise,
    text_meanings,
    value_meanings,
)
from catalog.words.labelled import LabelledValues
from catalog.words.meanings import FAMILY, Guard, Meaning, Part, Sense, sense
from catalog.words.phrases import PhraseIndex, index_phrases
from catalog.words.product_types import (
    ambiguous_meaning,
    carried_types,
    on_own_shelf,
    own_categories,
    type_meanings,
    type_trie,
    types_named,
)
from catalog.words.values import (
    VALUE_KINDS,
    ReadValues,
    concept_meanings,
    own_meanings,
    read_categories,
    read_values,
    size_guard,
)

Known = Mapping[tuple[Kind, str], list[Meaning]]
_WEAK_GUARDS: Mapping[Kind, Guard] = {
    "occasion": "purpose",
    "season": "purpose",
    "recipient": "person",
}
_IN_CATEGORIES: tuple[Kind, ...] = ("gender", "age_group")


@dataclass(frozen=True, slots=True)
class Built:
    """Everything a vocabulary needs of a catalogue."""

    index: PhraseIndex
    attributes: AttributeNames
    carried: frozenset[str]


def build_index(
    products: Iterable[Product], lexicon: Lexicon, synonyms: Synonyms = NO_SYNONYMS
) -> Built:
    """Reads the products once and arranges every phrase with what it means."""
    types = type_trie(lexicon)
    census = take_census(products, lambda one: _types_of(one, types, lexicon), shelf_values)
    attributes = name_attributes(census)
    categories = map_categories(census.paths, lexicon, types)
    carried = carried_types(census, categories, lexicon)
    values = _read(census, attributes, categories, lexicon)
    meanings = type_meanings(categories, census, lexicon)
    texts = text_meanings(census, read_otherwise(attributes))
    features = feature_meanings(attributes, census, texts, lexicon)
    known = _known(meanings, features, values, lexicon)
    phrases = [
        *_lexicon_phrases(known, carried, categories, lexicon),
        *_catalogue_phrases(census, attributes, texts, values, lexicon, types),
        *((text, sense(m)) for text, m in own_categories(categories, types)),
    ]
    phrases.extend(_synonym_phrases(phrases, synonyms))
    famous = [name for brand in lexicon.of("brand").values() for name in brand.zh]
    kinds = frozenset(read.attribute for read in values.values() if read is not None)
    beside = labelled_meanings(census, kinds)
    told = [meaning for found in beside.values() for meaning in found]
    brands = brand_meanings(census.brands, lexicon)
    labelled = LabelledValues.of(
        attributes, [*_with_names(told), *_of_kinds(known, values, lexicon), *brands], lexicon
    )
    index = index_phrases(phrases, meanings, famous, labelled)
    return Built(index, attributes, carried)


def _types_of(product: Product, types: TypeTrie, lexicon: Lexicon) -> frozenset[str]:
    """What a title names; without a category, what it says the product is."""
    if not product.category:
        return titled_kinds(product.title)
    named = (types_named(title, types, lexicon) for title in product.title.all())
    return frozenset().union(*named)


def _read(
    census: Census, attributes: AttributeNames, categories: CategoryMap, lexicon: Lexicon
) -> dict[Kind, ReadValues | None]:
    """The catalogue's values of every kind; whom a thing is for may stand in its category."""
    values: dict[Kind, ReadValues | None] = {}
    for kind in VALUE_KINDS:
        values[kind] = read_values(kind, census, attributes, lexicon)
        if values[kind] is None and kind in _IN_CATEGORIES:
            values[kind] = read_categories(kind, categories.categories, lexicon)
    return values


def _known(
    types: Mapping[str, Meaning],
    features: Mapping[str, list[Meaning]],
    values: Mapping[Kind, ReadValues | None],
    lexicon: Lexicon,
) -> Known:
    """What every concept of the lexicon means here, brands apart."""
    known: dict[tuple[Kind, str], list[Meaning]] = {}
    known.update({("product_type", name): [meaning] for name, meaning in types.items()})
    known.update({("feature", name): meanings for name, meanings in features.items()})
    for kind, read in values.items():
        for concept, meaning in concept_meanings(kind, read, lexicon):
            known[kind, concept.id] = [meaning]
    return known


def _with_names(meanings: Iterable[Meaning]) -> Iterator[tuple[str, Meaning]]:
    """Texts of attributes as they are written in either language."""
    return (
        (given, meaning) for meaning in meanings for given in dict.fromkeys(meaning.label.all())
    )


def _of_kinds(
    known: Known, values: Mapping[Kind, ReadValues | None], lexicon: Lexicon
) -> Iterator[tuple[str, Meaning]]:
    """The words for colours, materials and the like, whatever place they need elsewhere."""
    for kind, read in values.items():
        for concept in lexicon.of(kind).values():
            for surface in concept.surfaces():
                yield from ((surface, meaning) for meaning in known[kind, concept.id])
        yield from own_meanings(kind, read, lexicon) if read else ()


def _synonym_phrases(
    phrases: Sequence[tuple[str, Sense]], synonyms: Synonyms
) -> list[tuple[str, Sense]]:
    """The shop's other names, with the meaning of the first name that has one."""
    if not synonyms:
        return []
    known: dict[tuple[str, ...], list[Sense]] = {}
    for text, reading in phrases:
        known.setdefault(forms(text), []).append(reading)
    return [
        (written, reading)
        for written, others in synonyms.items()
        if forms(written) not in known
        for reading in next((known[forms(o)] for o in others if forms(o) in known), ())
    ]


def _lexicon_phrases(
    known: Known, carried: frozenset[str], categories: CategoryMap, lexicon: Lexicon
) -> Iterator[tuple[str, Sense]]:
    for kind, concept_id in known:
        concept = lexicon.of(kind)[concept_id]
        for surface in concept.surfaces():
            for meaning in known[kind, concept_id]:
                named = on_own_shelf(meaning, surface, categories)
                guarded = _guarded(named, concept, surface, lexicon)
                yield surface, _concept_sense(guarded, concept, known)
    for surface, concept_ids in lexicon.words.ambiguous.items():
        choices = [known["product_type", name][0] for name in concept_ids]
        yield surface, sense(ambiguous_meaning(choices, carried))
    for parts in lexicon.words.compounds:
        yield "".join(text for text, _, _ in parts), _compound_sense(parts, known)


def _catalogue_phrases(
    census: Census,
    attributes: AttributeNames,
    texts: Texts,
    values: Mapping[Kind, ReadValues | None],
    lexicon: Lexicon,
    types: TypeTrie,
) -> Iterator[tuple[str, Sense]]:
    meanings = [
        *brand_meanings(census.brands, lexicon),
        *own_flags(census, types, lexicon),
        *value_meanings(texts, attributes, lexicon),
    ]
    for kind, read in values.items():
        meanings.extend(own_meanings(kind, read, lexicon) if read else ())
    for text, meaning in meanings:
        yield text, sense(meaning)


def _guarded(meaning: Meaning, concept: Concept, surface: str, lexicon: Lexicon) -> Meaning:
    """The meaning as this name of it carries it: some names need a place to be meant."""
    if concept.kind == "size":
        return meaning.scored(meaning.score, size_guard(concept.kind, surface))
    if concept.kind == "product_type" or surface not in lexicon.words.weak:
        return meaning
    return meaning.scored(meaning.score, _WEAK_GUARDS.get(concept.kind, "quality"))


def _concept_sense(meaning: Meaning, concept: Concept, known: Known) -> Sense:
    """A concept with what else its name says.

    A type that has no shelf of its own is its family with what its name says: bluetooth, denim.
    """
    also = [known[other][0] for other in concept.also if other in known]
    if concept.kind != "product_type":
        return sense(meaning, *also)
    if meaning.score != FAMILY:
        return sense(meaning)
    said = [known["feature", name][0] for name in concept.features]
    return sense(meaning, *(m for m in (*said, *also) if m.constraint is not None))


def _compound_sense(parts: tuple[tuple[str, Kind, str], ...], known: Known) -> Sense:
    found, start = [], 0
    for text, kind, concept_id in parts:
        found.append(Part(known[kind, concept_id][0], start, start + len(text)))
        start += len(text)
    return tuple(found)
