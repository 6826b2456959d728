"""Which of a catalogue's categories a product type covers.

The head of a name is last in both languages: "running shoes" are shoes, 蓝牙耳机 are 耳机, but
"laptop bags" are bags and 手机壳 are no phones.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.lexicon import Lexicon
from catalog.matching import PhraseTrie, forms
from catalog.text import fold
from catalog.types import LocalText
from catalog.words.census import Path

_PARTS = re.compile(r"\s*(?:[,;/、，；|+&＆]|\band\b|与|及|和)\s*")
_AFTER_HEAD = re.compile(
    r"\s*(?:[(（\[].*|\b(?:for|with|without|from|by|under|over|up to)\b.*|\s[-–—]\s.*)$"
)
_TAILS = frozenset(
    ("set", "kit", "pack", "collection", "range", "item", "product", "unit", "type")
) | frozenset(("系列", "套装", "类", "专区", "商品", "产品", "大全"))

TypeTrie = PhraseTrie[str]


@dataclass(frozen=True, slots=True)
class Category:
    """A category by its name, wherever in the tree that name stands.

    ``readings`` holds, for each language and each thing that the name lists, the product types
    it may be, none when it is unknown. A language whose name as a whole is a product type speaks
    for both. ``modifiers`` are the words before the heads.
    """

    name: LocalText
    readings: tuple[tuple[frozenset[str], ...], ...]
    modifiers: frozenset[str] = frozenset()

    @property
    def types(self) -> frozenset[str]:
        """Every product type that it names."""
        return frozenset(t for reading in self.readings for heads in reading for t in heads)

    def only(self, wanted: frozenset[str]) -> bool:
        """Whether everything it lists, in one of its languages, is wanted."""
        return any(r and all(heads & wanted for heads in r) for r in self.readings)

    @property
    def folded(self) -> tuple[str, ...]:
        """The names a constraint lists."""
        return tuple(fold(text) for text in self.name.all())


@dataclass(frozen=True, slots=True)
class CategoryMap:
    """A catalogue's categories with the product types they hold."""

    lexicon: Lexicon
    categories: Mapping[LocalText, Category]
    by_type: Mapping[str, tuple[Category, ...]]
    children: Mapping[LocalText, frozenset[LocalText]]
    leaves: Mapping[LocalText, int]
    totals: Mapping[LocalText, int]

    def covered(self, product_type: str) -> tuple[LocalText, ...]:
        """The categories that hold this type and nothing else, as far as the names tell.

        A category that lists other things too ("Phones & audio") counts only when there is no
        better one, and a department whose other shelves hold other things gives way to the
        shelf that is meant.
        """
        wanted = self.lexicon.within("product_type", product_type)
        naming = [c for name in wanted for c in self.by_type.get(name, ())]
        found = [c for c in naming if c.only(wanted)] or naming
        names = {category.name for category in found}
        kept = {name for name in names if not self._gives_way(name, names)}
        return tuple(sorted(kept or names, key=str))

    def constraint_values(self, names: Iterable[LocalText]) -> tuple[str, ...]:
        """The folded names in every language, each once."""
        return tuple(dict.fromkeys(text for name in names for text in self.categories[name].folded))

    def products_in(self, name: LocalText) -> int:
        """How many products stand at a category or below it."""
        return self.totals.get(name, 0)

    def products_in_all(self, names: Iterable[LocalText]) -> int:
        """How many products stand at any of the categories or below, each counted once."""
        wanted = set(names)
        inside = set().union(*(self._below(name) for name in wanted)) if wanted else set()
        return sum(self.products_in(name) for name in wanted - inside)

    def within(self, name: LocalText, others: Iterable[LocalText]) -> bool:
        """Whether a category is one of others or below one of them."""
        return any(name == other or name in self._below(other) for other in others)

    def _gives_way(self, name: LocalText, covered: set[LocalText]) -> bool:
        """Whether a department must not be taken for the type that it is named after.

        It gives way to its own shelves when it holds accessories of the type too (insoles under
        "Shoes"), or mostly other things, or is named after those as well ("Keyboards & mice").
        """
        children = self.children.get(name, frozenset())
        if not children or self.leaves.get(name, 0):
            return False
        foreign = [c for c in self._below(name) - covered if self.categories[c].types]
        if foreign and any(len(_PARTS.split(text)) > 1 for text in name.all()):
            return True
        family = {f for t in self.categories[name].types for f in family_of(t, self.lexicon)}
        if any(self._accompanies(child, family) for child in foreign):
            return True
        return 2 * sum(self.leaves.get(child, 0) for child in foreign) > self.products_in(name)

    def _accompanies(self, name: LocalText, family: set[str]) -> bool:
        types = self.categories[name].types
        return any(not family.isdisjoint(self.lexicon.hosts(named)) for named in types)

    def _below(self, name: LocalText) -> set[LocalText]:
        found: set[LocalText] = set()
        queue = [name]
        while queue:
            children = self.children.get(queue.pop(), frozenset()) - found
            found |= children
            queue.extend(children)
        return found


def map_categories(paths: Counter[Path], lexicon: Lexicon, types: TypeTrie) -> CategoryMap:
    """Reads every category name of a catalogue.

    Args:
        paths: The category paths with how many products stand at each.
        lexicon: Says which type is a kind of which.
        types: The product types by their names.
    """
    above: dict[LocalText, set[LocalText]] = {}
    children: dict[LocalText, set[LocalText]] = {}
    leaves: Counter[LocalText] = Counter()
    totals: Counter[LocalText] = Counter()
    for path, count in paths.items():
        for depth, name in enumerate(path):
            totals[name] += count
            above.setdefault(name, set()).update(path[:depth])
            if depth:
                children.setdefault(path[depth - 1], set()).add(name)
        if path:
            leaves[path[-1]] += count
    read = {name: _read(name, types, lexicon) for name in above if name}
    settled = {
        name: _settle(category, [read[upper] for upper in above[name] if upper], lexicon)
        for name, category in read.items()
    }
    return CategoryMap(
        lexicon,
        settled,
        _by_type(settled.values()),
        {name: frozenset(below) for name, below in children.items()},
        leaves,
        totals,
    )


def _by_type(categories: Iterable[Category]) -> dict[str, tuple[Category, ...]]:
    found: dict[str, list[Category]] = {}
    for category in categories:
        for product_type in category.types:
            found.setdefault(product_type, []).append(category)
    return {product_type: tuple(named) for product_type, named in found.items()}


def head_types(phrase: str, types: TypeTrie, lexicon: Lexicon) -> tuple[frozenset[str], list[str]]:
    """The product types a phrase may be by its head, and the words before the head.

    Both are empty when the head is unknown or the words before it make it another thing.
    """
    words = list(forms(_AFTER_HEAD.sub("", fold(phrase))))
    while words:
        for start, found in types.suffixes(words):
            if shifts(words[:start], lexicon):
                return frozenset(), []
            return frozenset(found), words[:start]
        tail = next((t for t in _TAILS if words[-len(forms(t)) :] == list(forms(t))), None)
        if tail is None:
            break
        words = words[: -len(forms(tail))]
    return frozenset(), []


def shifts(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words before a head make it another thing: a doll's shoes are no shoes."""
    phrases = {"".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)}
    return not phrases.isdisjoint(lexicon.words.shifting)


def _read(name: LocalText, types: TypeTrie, lexicon: Lexicon) -> Category:
    modifiers: set[str] = set()
    readings: dict[bool, list[tuple[frozenset[str], ...]]] = {True: [], False: []}
    for text in name.all():
        heads = []
        for part in _listed(text, types):
            found, before = head_types(part, types, lexicon)
            modifiers.update(before)
            heads.append(found)
        readings[bool(types.get(forms(text)))].append(tuple(heads))
    return Category(name, tuple(readings[True] or readings[False]), frozenset(modifiers))


def _listed(text: str, types: TypeTrie) -> list[str]:
    """The things a category name lists; a name that is one thing as a whole stays whole."""
    if types.get(forms(text)):
        return [text]
    return [part for part in _PARTS.split(fold(text)) if part]


def _settle(category: Category, above: list[Category], lexicon: Lexicon) -> Category:
    """Chooses among the meanings of an ambiguous name by where it stands."""
    around = {t for upper in above for name in upper.types for t in family_of(name, lexicon)}
    readings = category.readings
    if len(readings) > 1 and all(len(reading) == 1 and reading[0] for reading in readings):
        agreed = frozenset.intersection(*(reading[0] for reading in readings))
        readings = ((agreed or category.types,),)
    settled = (tuple(_likeliest(h, around, lexicon) for h in reading) for reading in readings)
    return replace(category, readings=tuple(settled))


def _likeliest(heads: frozenset[str], around: set[str], lexicon: Lexicon) -> frozenset[str]:
    if len(heads) < 2:
        return heads
    fitting = [head for head in heads if around.intersection(family_of(head, lexicon))]
    order = [t for senses in lexicon.words.ambiguous.values() for t in senses if t in heads]
    return frozenset(fitting or order[:1] or heads)


def family_of(product_type: str, lexicon: Lexicon) -> set[str]:
    """A product type with everything that it is a kind of."""
    return {product_type, *lexicon.above("product_type", product_type)}
