"""What product types mean in one catalogue: the categories that hold them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from catalog.lexicon import Concept, Kind, Lexicon, load_lexicon
from catalog.matching import PhraseTrie, forms
from catalog.text import cut, fold, has_chinese
from catalog.types import CATEGORY, LocalText, TextConstraint
from catalog.units import dimension
from catalog.words.categories import Category, CategoryMap, TypeTrie, family_of, shifts
from catalog.words.census import Census, Path
from catalog.words.meanings import ABSENT, ALIAS, EXACT, FAMILY, Guard, Meaning
from catalog.words.spelling import ordinary_words

ACCOMPANIED = re.compile(r"\b(?:for|with|fits|compatible)\b|适用|兼容|适配", re.IGNORECASE)
"""What a name that follows is for, or comes with."""
_SHARE_WITHIN = 0.8
_SHARE_OF_SHELF = 0.5
_ROOM = 20
_AMBIGUOUS = 0.9
_SHORTEST_HEAD = 4
_NEAR = 3
_SHORT_CHINESE = 3
_LONGEST_NAME = 12
_MARK = "~"
_QUALITIES: tuple[Kind, ...] = ("color", "material")
_MOST_PIECES = 3
"""Digits of a number of pieces; more are those of a model: "Compaq 6000 PC"."""
_COUNTED = frozenset({"pieces", "sheets", "pages"})


def type_trie(lexicon: Lexicon) -> TypeTrie:
    """Every name of every product type of the lexicon, ambiguous names included."""
    trie: TypeTrie = PhraseTrie()
    for concept in lexicon.of("product_type").values():
        for surface in concept.surfaces():
            trie.add(forms(surface), concept.id)
    for surface, concept_ids in lexicon.words.ambiguous.items():
        for concept_id in concept_ids:
            trie.add(forms(surface), concept_id)
    return trie


@cache
def lexicon_types() -> TypeTrie:
    """The names of the shipped lexicon's product types."""
    return type_trie(load_lexicon())


def types_named(title: str, types: TypeTrie, lexicon: Lexicon) -> set[str]:
    """The product types a title says the product is; not those it is for or comes with."""
    before = ACCOMPANIED.split(title, maxsplit=1)[0]
    return _types_in(before, types, lexicon) or _types_in(title, types, lexicon)


def types_said(text: str, types: TypeTrie, lexicon: Lexicon) -> frozenset[str]:
    """The product types a text says a thing is: "notebook case" is a case and no notebook.

    What comes after "for" or "with" is not looked at, but Chinese may begin with it (适用于…的…).
    """
    return frozenset(_alone(set().union(*_said(text, types, lexicon)), lexicon))


def likeliest_type(text: str, types: TypeTrie, lexicon: Lexicon) -> str | None:
    """The one product type a title most likely means: English begins with it, Chinese ends so.

    Of a name with several meanings it is the first.
    """
    said = _said(text, types, lexicon)
    kept = _alone({ids[0] for ids in said}, lexicon)
    named = [ids[0] for ids in said if ids[0] in kept]
    return (named[0] if has_chinese(text) else named[-1]) if named else None


def _said(text: str, types: TypeTrie, lexicon: Lexicon) -> list[list[str]]:
    found = _heads(ACCOMPANIED.split(text, maxsplit=1)[0], types, lexicon)
    return found or (_heads(text, types, lexicon) if has_chinese(text) else [])


def _alone(found: set[str], lexicon: Lexicon) -> set[str]:
    """Without the things that others among them are for."""
    return found - {host for one in found for host in lexicon.hosts(one)} or found


def _types_in(text: str, types: TypeTrie, lexicon: Lexicon) -> set[str]:
    return set().union(*_heads(text, types, lexicon))


def _heads(text: str, types: TypeTrie, lexicon: Lexicon) -> list[list[str]]:
    """What each name in a text means, the last name first; of several in a row the last, the head.

    Read from the end, so that a "gaming mouse pad" is a mouse pad.
    """
    phrase, qualities = forms(text), _qualities(lexicon)
    found: list[list[str]] = []
    said_of_it: list[list[str]] = []
    end, taken = len(phrase), -1
    while end > 0:
        start, ids = _longest_ending(phrase, end, types)
        ids = [] if _counts(phrase, start, end) else ids
        quality = phrase[start:end] in qualities
        # What stands right before a name says more of that thing.
        if ids and end != taken and not shifts(phrase[max(start - _NEAR, 0) : start], lexicon):
            (said_of_it if quality else found).append(ids)
        taken = start if ids and not quality else taken
        end = start
    return found or said_of_it


def _counts(phrase: Sequence[str], start: int, end: int) -> bool:
    """Whether a name is the counter of the number before it: "6 pcs", "500 sheets"."""
    before = phrase[start - 1] if start > 0 else ""
    named = phrase[start] == "pc" and len(before) > _MOST_PIECES
    counted = end == start + 1 and before.isdigit() and not named
    return counted and dimension(phrase[start]) in _COUNTED


@cache
def _qualities(lexicon: Lexicon) -> frozenset[tuple[str, ...]]:
    """Names of colours and materials: of a thing that is named too they say how it is.

    "White paper labels" are labels, a cable in orange is no fruit.
    """
    concepts = (one for kind in _QUALITIES for one in lexicon.of(kind).values())
    return frozenset(forms(surface) for concept in concepts for surface in concept.surfaces())


def _longest_ending(phrase: Sequence[str], end: int, types: TypeTrie) -> tuple[int, list[str]]:
    """Where the longest name that ends at ``end`` begins and what it names; else a step back."""
    for start in range(max(0, end - _LONGEST_NAME), end):
        if ids := types.get(phrase[start:end]):
            return start, ids
    return end - 1, []


def type_meanings(categories: CategoryMap, census: Census, lexicon: Lexicon) -> dict[str, Meaning]:
    """What each product type of the lexicon means here, by its id."""
    named: dict[str, Counter[Path]] = {}
    for (product_type, path), count in census.types_by_path.items():
        named.setdefault(product_type, Counter())[path] += count
    return {
        concept.id: _type_meaning(concept, categories, named, lexicon)
        for concept in lexicon.of("product_type").values()
    }


def _type_meaning(
    concept: Concept,
    categories: CategoryMap,
    named: Mapping[str, Counter[Path]],
    lexicon: Lexicon,
) -> Meaning:
    meaning = Meaning("product_type", concept.id, concept.name, "product_type", None, ABSENT)
    values = _values(concept, categories, named, lexicon)
    if values:
        return replace(meaning, constraint=TextConstraint(CATEGORY, values), score=ALIAS)
    for parent in lexicon.above("product_type", concept.id):
        wider = lexicon.get("product_type", parent)
        values = _values(wider, categories, named, lexicon) if wider else ()
        said = (concept.features or concept.also) and parent in concept.parents
        covered = categories.covered(parent)
        if values and (said or _stands_within(covered, named.get(concept.id), categories)):
            return replace(meaning, constraint=TextConstraint(CATEGORY, values), score=FAMILY)
    return meaning


def _values(
    concept: Concept, categories: CategoryMap, named: Mapping[str, Counter[Path]], lexicon: Lexicon
) -> tuple[str, ...]:
    """The shelves of a type, and its own names where products on no shelf are called so."""
    shelves = categories.constraint_values(categories.covered(concept.id))
    within = lexicon.within("product_type", concept.id)
    titled = any(named[name][()] for name in within if name in named)
    return tuple(dict.fromkeys([*shelves, *(_titled_values(concept) if titled else ())]))


def titled_value(name: str) -> str:
    """How a filter asks for what is called so by its title and stands on no shelf."""
    return _MARK + fold(name)


def shelf_name(value: str) -> str:
    """The folded name in a value of a filter."""
    return value.removeprefix(_MARK)


def _titled_values(concept: Concept) -> tuple[str, ...]:
    return tuple(titled_value(name) for name in concept.name.all())


def _stands_within(
    covered: Sequence[LocalText], paths: Counter[Path] | None, categories: CategoryMap
) -> bool:
    """Whether products named so in their titles nearly all stand in these categories.

    A filter that lets far more through than what was named is none, and worse than words.
    """
    if not paths:
        return False
    inside = sum(count for path, count in paths.items() if set(path).intersection(covered))
    room = sum(categories.products_in(name) for name in covered)
    return inside >= _SHARE_WITHIN * paths.total() and room <= _ROOM * inside


def carried_types(census: Census, categories: CategoryMap, lexicon: Lexicon) -> frozenset[str]:
    """The product types that some product is, by its title.

    A title may name a type that the product is not: a "Milk" body wash, a "Ladder" desk. So a
    title counts on a shelf of nothing in particular, on one that may hold the type, and where
    titles name the type so often that the shelf itself must be of it.
    """
    return frozenset(
        name
        for (name, path), count in census.types_by_path.items()
        if count >= _SHARE_OF_SHELF * census.paths[path]
        or _may_stand(name, path, categories, lexicon)
    )


def _may_stand(product_type: str, path: Path, categories: CategoryMap, lexicon: Lexicon) -> bool:
    """Whether a shelf's own name leaves room for a type: for it, its kinds, what it is one of."""
    leaf = categories.categories.get(path[-1]) if path else None
    if leaf is None or not leaf.types:
        return True
    family = family_of(product_type, lexicon) | lexicon.within("product_type", product_type)
    return any(not family.isdisjoint(family_of(held, lexicon)) for held in leaf.types)


def on_own_shelf(meaning: Meaning, surface: str, categories: CategoryMap) -> Meaning:
    """The meaning as one of its names carries it, where a category has exactly that name.

    "Smartphones" are the category of that name and not every phone, as long as the category
    holds at least half of what the type covers: else it is one label of several for the same.
    Shelves below it, and those whose names end in its own, belong to it.
    """
    wide = meaning.constraint
    if meaning.kind != "product_type" or meaning.score != ALIAS:
        return meaning  # paper is a material too, of whatever shelf
    if not isinstance(wide, TextConstraint):
        return meaning
    covered = categories.covered(meaning.value)
    shelves = [name for name in covered if forms(surface) in map(forms, name.all())]
    held = sum(map(categories.products_in, shelves))
    if not shelves or 2 * held < categories.products_in_all(covered):
        return meaning
    heads = [forms(text) for name in shelves for text in name.all()]
    meant = [n for n in covered if categories.within(n, shelves) or _is_kind_of(n, heads)]
    other = set(categories.constraint_values(n for n in covered if n not in meant))
    values = tuple(value for value in wide.values if value not in other)
    return replace(meaning, constraint=TextConstraint(CATEGORY, values))


def _is_kind_of(name: LocalText, heads: Sequence[tuple[str, ...]]) -> bool:
    """Whether a name says so itself: "trail running shoes" are running shoes."""
    return any(forms(text)[-len(head) :] == head for text in name.all() for head in heads)


def ambiguous_meaning(choices: Sequence[Meaning], carried: frozenset[str]) -> Meaning:
    """One meaning for a name of several things: those the catalogue has, all of them if none."""
    filed = [m for m in choices if m.constraint is not None]
    if not filed:
        return next((m for m in choices if m.value in carried), choices[0])
    if len(filed) == 1:
        return filed[0]
    values = dict.fromkeys(
        v for m in filed if isinstance(m.constraint, TextConstraint) for v in m.constraint.values
    )
    return replace(filed[0], constraint=TextConstraint(CATEGORY, tuple(values)), score=_AMBIGUOUS)


def own_categories(categories: CategoryMap, types: TypeTrie) -> Iterator[tuple[str, Meaning]]:
    """The catalogue's own category names, and the heads of those the lexicon does not know."""
    heads: dict[str, list[LocalText]] = {}
    for category in categories.categories.values():
        values = categories.constraint_values([category.name])
        meaning = _own_meaning(category.name, TextConstraint(CATEGORY, values), EXACT)
        for given in category.name.all():
            if not types.get(forms(given)):
                yield given, meaning.scored(EXACT, _shelf_guard(given, types))
            head = _unknown_head(given, category)
            if head:
                heads.setdefault(head, []).append(category.name)
    for head, names in heads.items():
        constraint = TextConstraint(CATEGORY, categories.constraint_values(names))
        yield head, _own_meaning(LocalText(en=head), constraint, ALIAS).scored(ALIAS, "shelf")


def _own_meaning(name: LocalText, constraint: TextConstraint, score: float) -> Meaning:
    return Meaning("product_type", name.get("en"), name, "product_type", constraint, score)


def _shelf_guard(name: str, types: TypeTrie) -> Guard:
    """A short name of no product ("Travel", 露营) is a shelf only when nothing else is named."""
    phrase = forms(name)
    short = len(phrase) <= (_SHORT_CHINESE if has_chinese(name) else 1)
    return "shelf" if short and not any(types.suffixes(phrase)) else "free"


def _unknown_head(name: str, category: Category) -> str:
    """The last word of a category name of several words whose type the lexicon lacks."""
    if category.types:
        return ""
    words = cut(fold(name)) if has_chinese(name) else list(forms(name))
    last = words[-1] if len(words) > 1 else ""
    long_enough = len(last) >= (2 if has_chinese(last) else _SHORTEST_HEAD)
    return last if long_enough and last not in ordinary_words() else ""
