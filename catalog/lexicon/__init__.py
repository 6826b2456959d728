"""The bilingual lexicon: what things are called in English and Chinese, and how they relate.

The data are the ``*.yml`` files beside this one, written for this project. Each entry lists what
a thing is called, ``en: [canonical, synonyms…]`` and ``zh: [canonical, synonyms…]``, and may say
what it is a kind of (``is``), what it is an accessory of (``for``), which yes/no features its
name implies (``features``), and what it may pass for (``near``). The module
``check`` finds contradictions in them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

import yaml

from catalog.types import Language, LocalText

Kind = Literal[
    "product_type",
    "brand",
    "color",
    "material",
    "pattern",
    "size",
    "gender",
    "age_group",
    "recipient",
    "season",
    "occasion",
    "feature",
    "attribute",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

_FIELDS = frozenset({"id", "en", "zh", "is", "for", "features", "near", "with"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning with its names; the first name of each language is the canonical one.

    ``parents``, ``accessory_of`` and ``near`` are ids of the same kind, ``features`` of the kind
    ``feature``. ``also`` are meanings of other kinds that the word carries too, as (kind, id):
    "boys" is a gender and the age group of children.
    """

    kind: Kind
    id: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    parents: tuple[str, ...] = ()
    accessory_of: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    also: tuple[tuple[Kind, str], ...] = ()

    @property
    def name(self) -> LocalText:
        """The canonical name in both languages."""
        return LocalText(self.en[0], self.zh[0])

    def surfaces(self, language: Language | None = None) -> tuple[str, ...]:
        """Every name in ``language``, or in both."""
        if language is None:
            return self.en + self.zh
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Words:
    """Facts about single words that matching needs.

    Attributes:
        spelling: British and other spellings to the one that is compared.
        irregular: Plurals that no rule makes.
        plural_only: Plurals that mean something else than their singular (glasses, shorts).
        weak: Names of colours, materials, occasions that are ordinary words too (clear, work).
        ordinary: Words too common to be a brand, a colour or a value by themselves.
        blockers: Words inside of which nothing is found (红包 is not a red bag).
        shifting: Modifiers that make a thing of another kind (a doll's shoes are no shoes).
        company: Words of a company's name that shoppers leave out (Inc, Technology, 集团).
        ambiguous: Names with several meanings, the likeliest first, as product type ids.
        compounds: Chinese words that say two things, as the parts with their meanings.
        regional: Chinese words to what Taiwan says instead, in simplified characters.
    """

    spelling: Mapping[str, str]
    irregular: Mapping[str, str]
    plural_only: frozenset[str]
    weak: frozenset[str]
    ordinary: frozenset[str]
    blockers: frozenset[str]
    shifting: frozenset[str]
    company: frozenset[str]
    ambiguous: Mapping[str, tuple[str, ...]]
    compounds: tuple[tuple[tuple[str, Kind, str], ...], ...]
    regional: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts by kind and id, and the facts about words."""

    concepts: Mapping[Kind, Mapping[str, Concept]]
    words: Words

    def of(self, kind: Kind) -> Mapping[str, Concept]:
        """The concepts of one kind by id."""
        return self.concepts[kind]

    def get(self, kind: Kind, concept_id: str) -> Concept | None:
        """The concept of that kind and id."""
        return self.concepts[kind].get(concept_id)

    def within(self, kind: Kind, concept_id: str) -> frozenset[str]:
        """The id itself and every id below it: shoes, sandals, running shoes and so on."""
        return _below(self, kind).get(concept_id, frozenset({concept_id}))

    def above(self, kind: Kind, concept_id: str) -> tuple[str, ...]:
        """The ids above it, the nearest first, each once."""
        found: dict[str, None] = {}
        queue = list(self._parents(kind, concept_id))
        while queue:
            parent = queue.pop(0)
            if parent not in found:
                found[parent] = None
                queue.extend(self._parents(kind, parent))
        return tuple(found)

    def accessories(self, product_type: str) -> tuple[str, ...]:
        """The product types that are accessories of this one or of what it is a kind of."""
        hosts = {product_type, *self.above("product_type", product_type)}
        return tuple(
            other for other in self.of("product_type") if hosts.intersection(self.hosts(other))
        )

    def hosts(self, product_type: str) -> frozenset[str]:
        """The product types that this one is an accessory of; without any, those of its kind."""
        for name in (product_type, *self.above("product_type", product_type)):
            concept = self.get("product_type", name)
            if concept and concept.accessory_of:
                return frozenset(concept.accessory_of)
        return frozenset()

    def __iter__(self) -> Iterator[Concept]:
        for concepts in self.concepts.values():
            yield from concepts.values()

    def _parents(self, kind: Kind, concept_id: str) -> tuple[str, ...]:
        concept = self.get(kind, concept_id)
        return concept.parents if concept else ()

    def __hash__(self) -> int:
        return id(self)


@cache
def _below(lexicon: Lexicon, kind: Kind) -> dict[str, frozenset[str]]:
    below: dict[str, set[str]] = {}
    for concept_id in lexicon.of(kind):
        for upper in (concept_id, *lexicon.above(kind, concept_id)):
            below.setdefault(upper, set()).add(concept_id)
    return {upper: frozenset(ids) for upper, ids in below.items()}


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that ships with the project, read once.

    Raises:
        ValueError: An entry has an unknown field or kind, or lacks a language.
    """
    concepts: dict[Kind, dict[str, Concept]] = {kind: {} for kind in KINDS}
    for file_name, content in _documents():
        if file_name == "words.yml":
            continue
        for kind, entries in content.items():
            _add_entries(concepts, kind, entries, file_name)
    words = _words(dict(_documents())["words.yml"])
    frozen = {
        kind: MappingProxyType(_with_regional(found, words.regional))
        for kind, found in concepts.items()
    }
    return Lexicon(MappingProxyType(frozen), words)


def _with_regional(
    concepts: Mapping[str, Concept], regional: Mapping[str, tuple[str, ...]]
) -> dict[str, Concept]:
    """The concepts of one kind with the names that Taiwan has for them, where they are free.

    The longest word counts: 内存卡 is 记忆卡, while 内存 alone is 记忆体.
    """
    taken = {name for concept in concepts.values() for name in concept.zh}
    words = re.compile("|".join(sorted(regional, key=len, reverse=True)))
    found: dict[str, Concept] = {}
    for key, concept in concepts.items():
        said = [one for name in concept.zh for one in _regional_names(name, words, regional)]
        added = tuple(one for one in dict.fromkeys(said) if one not in taken)
        taken.update(added)
        found[key] = replace(concept, zh=concept.zh + added) if added else concept
    return found


def _regional_names(
    name: str, words: re.Pattern[str], regional: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """A name with other words for its parts, once for each that the part with most of them has."""
    most = max((len(regional[word]) for word in words.findall(name)), default=0)

    def said(part: re.Match[str], at: int) -> str:
        others = regional[part[0]]
        return others[min(at, len(others) - 1)]

    return [words.sub(partial(said, at=at), name) for at in range(most)]


def read_concept(kind: Kind, entry: Mapping[str, Any], file_name: str) -> Concept:
    """One entry of a data file as a concept.

    Raises:
        ValueError: It has an unknown field or lacks a language.
    """
    unknown = set(entry) - _FIELDS
    if unknown:
        raise ValueError(f"{file_name}: unknown field {sorted(unknown)} in {entry!r}")
    if not entry.get("en") or not entry.get("zh"):
        raise ValueError(f"{file_name}: an entry needs names in en and zh, got {entry!r}")
    en, zh = (tuple(str(name) for name in entry[key]) for key in ("en", "zh"))
    return Concept(
        kind=kind,
        id=str(entry.get("id", en[0])),
        en=en,
        zh=zh,
        parents=_ids(entry, "is"),
        accessory_of=_ids(entry, "for"),
        features=_ids(entry, "features"),
        near=_ids(entry, "near"),
        also=tuple(entry.get("with", {}).items()),
    )


def _add_entries(
    concepts: dict[Kind, dict[str, Concept]], kind: str, entries: list[Any], file_name: str
) -> None:
    if kind not in KINDS:
        raise ValueError(f"{file_name}: unknown kind {kind!r}, expected one of {KINDS}")
    for entry in entries:
        concept = read_concept(kind, entry, file_name)
        if concept.id in concepts[kind]:
            raise ValueError(f"{file_name}: {kind} {concept.id!r} is given twice")
        concepts[kind][concept.id] = concept


def _ids(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key, ())
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value)


def _words(content: Mapping[str, Any]) -> Words:
    return Words(
        spelling=MappingProxyType(content["spelling"]),
        irregular=MappingProxyType(content["irregular"]),
        plural_only=frozenset(content["plural_only"]),
        weak=frozenset(content["weak"]),
        ordinary=frozenset(content["ordinary"]),
        blockers=frozenset(content["blockers"]),
        shifting=frozenset(content["shifting"]),
        company=frozenset(content["company"]),
        ambiguous=MappingProxyType({k: tuple(v) for k, v in content["ambiguous"].items()}),
        compounds=tuple(
            tuple((str(text), kind, str(concept)) for text, kind, concept in parts)
            for parts in content["compounds"]
        ),
        regional=MappingProxyType({k: tuple(v) for k, v in content["regional"].items()}),
    )


@cache
def _documents() -> tuple[tuple[str, dict[str, Any]], ...]:
    folder = files(__package__)
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".yml"))
    return tuple(
        (name, yaml.load(folder.joinpath(name).read_text("utf-8"), Loader=_LOADER))
        for name in names
    )
