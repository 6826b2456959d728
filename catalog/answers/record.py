"""What a product's record can be asked about, by the words that ask for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalog.answers.phrases import Frame, question_words
from catalog.lexicon import Concept, Kind, load_lexicon
from catalog.matching import PhraseTrie, forms
from catalog.text import fold
from catalog.types import Attribute, LocalText, Product
from catalog.words.attributes import attribute_trie
from catalog.words.product_types import lexicon_types

_KINDS: Mapping[str, Kind] = {
    "material": "material",
    "strap": "material",
    "lining": "material",
    "filling": "material",
    "frame_material": "material",
    "color": "color",
    "pattern": "pattern",
    "gender": "gender",
    "age_group": "age_group",
    "season": "season",
    "occasion": "occasion",
}
"""Attributes whose values the lexicon knows, and under which kind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a phrase of a question asks about: an attribute, or one of its values.

    ``present`` is ``None`` for the attribute itself, else whether the record has the value.
    ``measure`` is the dimension of the number that must stand beside the phrase.
    """

    attribute: str
    opposite: bool = False
    measure: str = ""
    present: bool | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A product's attributes by name, options among them, and the phrases that mean them."""

    attributes: Mapping[str, tuple[Attribute, ...]]
    options: frozenset[str]
    asked: PhraseTrie[Asked]
    subjects: PhraseTrie[str]


def read_record(product: Product) -> Record:
    """The record of a product, ready to be asked."""
    attributes = _attributes(product)
    options = frozenset(name for one in product.variants for name, _ in one.options)
    trie: PhraseTrie[Asked] = PhraseTrie()
    for surface, asked in (
        *_framed(attributes),
        *_named(attributes),
        *_valued(attributes),
    ):
        trie.add(forms(surface), asked)
    return Record(attributes, options, trie, _subjects(product))


def attribute_called(words: str) -> LocalText:
    """What the attribute that words mean is called ("heavy": weight); empty when none is."""
    named = load_lexicon().of("attribute")
    return next(
        (named[i].name for i in attribute_trie().get(forms(words)) if i in named), LocalText()
    )


def _attributes(product: Product) -> dict[str, tuple[Attribute, ...]]:
    """Attributes by name; the choices of a variant count where no attribute says them."""
    found: dict[str, list[Attribute]] = {}
    for one in product.attributes:
        found.setdefault(one.name, []).append(one)
    said = set(found)
    for variant in product.variants:
        for name, value in variant.options:
            choice = Attribute(name, value, label=_option_label(name))
            if name not in said and value and choice not in found.setdefault(name, []):
                found[name].append(choice)
    return {name: tuple(values) for name, values in found.items()}


def _option_label(name: str) -> LocalText:
    concept = load_lexicon().get("attribute", name)
    return LocalText(concept.en[0].capitalize(), concept.zh[0]) if concept else LocalText()


def _framed(attributes: Mapping[str, object]) -> Iterator[tuple[str, Asked]]:
    for frame in question_words().frames:
        name = _first(frame, attributes)
        if name:
            asked = Asked(name, frame.opposite, frame.measure)
            yield from ((surface, asked) for surface in frame.surfaces)


def _first(frame: Frame, attributes: Mapping[str, object]) -> str:
    return next((name for name in frame.about if name in attributes), "")


def _named(attributes: Mapping[str, tuple[Attribute, ...]]) -> Iterator[tuple[str, Asked]]:
    """The attribute's own name and label, and what the lexicon calls the same."""
    for name, values in attributes.items():
        own = {name.replace("_", " "), *(t for one in values for t in one.label.all())}
        concepts = {i for text in own for i in attribute_trie().get(forms(text))} | {name}
        for surface in own | {s for i in concepts for s in _surfaces(i)}:
            if not question_words().fillers.get(forms(surface)):
                yield surface, Asked(name)


def _surfaces(concept_id: str) -> tuple[str, ...]:
    lexicon = load_lexicon()
    kinds: tuple[Kind, ...] = ("attribute", "feature")
    found = [lexicon.get(kind, concept_id) for kind in kinds]
    return tuple(surface for one in found if one for surface in one.surfaces())


def _valued(attributes: Mapping[str, tuple[Attribute, ...]]) -> Iterator[tuple[str, Asked]]:
    """Every value an attribute could have, and whether it is this product's."""
    for name, values in attributes.items():
        texts = [one.value for one in values if isinstance(one.value, LocalText)]
        if not texts:
            continue
        own = {fold(t) for text in texts for t in text.all()}
        own |= {fold(o) for text in texts for o in question_words().covers.get(fold(text.en), ())}
        for surface in own:
            yield surface, Asked(name, present=True)
        for names, present in _alternatives(name, own):
            yield from ((surface, Asked(name, present=present)) for surface in names)


def _alternatives(name: str, own: set[str]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The names of each value that is known for an attribute, and whether ``own`` has it."""
    for names in question_words().values.get(name, ()):
        yield names, not own.isdisjoint(map(fold, names))
    kind = _KINDS.get(name)
    if kind is None:
        return
    lexicon = load_lexicon()
    mine = {c.id for c in lexicon.of(kind).values() if not own.isdisjoint(map(fold, c.surfaces()))}
    for concept in lexicon.of(kind).values():
        present = not lexicon.within(kind, concept.id).isdisjoint(mine)
        if present or question_words().never_denied.isdisjoint(concept.surfaces()):
            yield concept.surfaces(), present


def _subjects(product: Product) -> PhraseTrie[str]:
    """What the product itself may be called."""
    texts = [*product.title.all(), *(t for node in product.category for t in node.all())]
    texts += product.brand.all()
    ids = {i for text in texts for i in _types_in(text)}
    lexicon = load_lexicon()
    ids |= {above for i in ids for above in lexicon.above("product_type", i)}
    concepts = [lexicon.get("product_type", i) for i in sorted(ids)]
    trie: PhraseTrie[str] = PhraseTrie()
    for surface in (*_names(concepts), *texts):
        trie.add(forms(surface), surface)
    return trie


def _names(concepts: Iterable[Concept | None]) -> Iterator[str]:
    """Each name, and its last word alone: a laptop sleeve is a sleeve, 落地灯 a 灯."""
    for one in concepts:
        if one is not None:
            yield from one.surfaces()
            yield from (surface.split()[-1] for surface in one.en)
            yield from (surface[-1] for surface in one.zh)


def _types_in(text: str) -> Iterator[str]:
    """The product types that a text names, the longest phrase at each place."""
    words, place = forms(text), 0
    while place < len(words):
        found = list(lexicon_types().starting_at(words, place))
        if found:
            end, ids = found[-1]
            yield from ids
            place = end
        else:
            place += 1
