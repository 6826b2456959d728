"""The shop's records as the simulation needs them: who can be a target, and what is true."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.simulation.wishes import (
    Wish,
    fulfils,
    kind_wish,
    lists_several,
    types_of,
)
from catalog.lexicon import Concept, load_lexicon
from catalog.text import fold, has_chinese
from catalog.titled import titled_kinds
from catalog.types import BRAND, LANGUAGES, Language, LocalText, Product

LEAST_OF_KIND, MOST_OF_KIND = 10, 400
_LEAST_SHARED = 3
_MOST_WORDS = 24


@dataclass(frozen=True)
class Records:
    """Every product of the shop, once read; nothing here asks the assistant."""

    products: tuple[Product, ...]

    @classmethod
    def read(cls, batches: Iterable[Iterable[tuple[int, Product]]]) -> "Records":
        """The records of a store, in its order."""
        return cls(tuple(product for batch in batches for _, product in batch))

    @cached_property
    def by_id(self) -> dict[str, Product]:
        """Products by id."""
        return {one.id: one for one in self.products}

    @cached_property
    def kinds(self) -> dict[str, tuple[Wish, ...]]:
        """What a shopper may call each product, by id: its shelf, or something wider.

        A kind has more products than a first list shows, else there is nothing to guide. Where
        the shop has a shelf of a name, nobody calls so what stands elsewhere: the headlamps among
        the tents of a shop that has a shelf for lighting.
        """
        named = {one.id: tuple(self._called(one)) for one in self.products}
        sizes = Counter(kind for kinds in named.values() for kind in kinds)
        found = {id_: _sized(kinds, sizes) for id_, kinds in named.items()}
        return {id_: kinds for id_, kinds in found.items() if kinds}

    def _called(self, product: Product) -> Iterator[Wish]:
        own = set(_names(product.category))
        for kind in kinds_of(product, self._types):
            names = set(_names([kind.value]))
            if names & own or not names & self._shelves:
                yield kind

    @cached_property
    def _types(self) -> Counter[str]:
        """How many products the shop has of each type of the lexicon."""
        return Counter(t for one in self.products for t in types_of(one.title, one.category))

    @cached_property
    def _shelves(self) -> frozenset[str]:
        """The name of every shelf, folded."""
        return frozenset(name for one in self.products for name in _names(one.category))

    @cached_property
    def of_kind(self) -> dict[Wish, list[Product]]:
        """The products of each kind."""
        found: dict[Wish, list[Product]] = defaultdict(list)
        for one in self.products:
            for kind in self.kinds.get(one.id, ()):
                found[kind].append(one)
        return found

    @cached_property
    def shared(self) -> frozenset[tuple[str, LocalText]]:
        """Texts under a name that several products have: what a shopper may think of.

        Serial numbers, dates and the like are of one product each and drop out.
        """
        counts: Counter[tuple[str, LocalText]] = Counter()
        for product in self.products:
            counts.update({pair for pair in _texts(product) if _sayable(pair[1])})
        return frozenset(pair for pair, count in counts.items() if count >= _LEAST_SHARED)

    @cached_property
    def titles(self) -> frozenset[str]:
        """Every title and brand, folded."""
        return frozenset(
            fold(text) for one in self.products for text in (*one.title.all(), *one.brand.all())
        )

    def any_fulfils(self, wishes: Sequence[Wish]) -> bool:
        """Whether the shop has a product with everything at once."""
        return any(fulfils(product, wishes) for product in self.products)


def _sized(kinds: tuple[Wish, ...], sizes: Counter[Wish]) -> tuple[Wish, ...]:
    """The first kind and the wider ones, as far as they are of a size to choose from."""
    return tuple(
        kind
        for place, kind in enumerate(kinds)
        if sizes[kind] > LEAST_OF_KIND and (place == 0 or sizes[kind] <= MOST_OF_KIND)
    )


def kinds_of(product: Product, common: Mapping[str, int]) -> Iterator[Wish]:
    """The names a shopper has for a product: its shelf or the type its title says, and wider.

    Of several types, as an ambiguous word names them, it is the one that is ``common`` in the shop:
    a case is no camera bag where the shop sells laptop bags.
    """
    lexicon = load_lexicon()
    leaf = product.category[-1] if product.category else LocalText()
    concepts = types_of(product.title, product.category)
    concepts = titled_kinds(leaf) & concepts if leaf and not lists_several(leaf) else concepts
    usual = min(concepts, key=lambda one: (-common[one], one), default="")
    concept = lexicon.get("product_type", usual)
    names = LocalText(*(_shelf(leaf, concept, language) for language in LANGUAGES))
    if names:
        within = {below for one in concepts for below in lexicon.within("product_type", one)}
        yield kind_wish(names, frozenset(within))
    for id_ in lexicon.above("product_type", concept.id) if concept else ():
        wider = lexicon.get("product_type", id_)
        if wider is not None:
            yield kind_wish(wider.name, lexicon.within("product_type", id_))


def _names(texts: Iterable[LocalText]) -> Iterator[str]:
    return (fold(name) for text in texts for name in text.all())


def _shelf(leaf: LocalText, concept: Concept | None, language: Language) -> str:
    """What the shelf is called, else the type; in the other language where neither has one."""
    shelf = leaf.zh if language == "zh" else leaf.en
    if shelf and not lists_several(LocalText(shelf)):
        return shelf
    return concept.name.get(language) if concept else leaf.get(language)


def _texts(product: Product) -> Iterable[tuple[str, LocalText]]:
    if product.brand:
        yield BRAND, product.brand
    for one in product.attributes:
        if isinstance(one.value, LocalText):
            yield one.name, one.value
    for variant in product.variants:
        yield from variant.options


def _sayable(value: LocalText) -> bool:
    """Whether it is words: not a code, and no sentence."""
    return all(
        (len(text) <= _MOST_WORDS and (has_chinese(text) or any(c.isalpha() for c in text)))
        or (text.isdigit() and len(text) <= 2)
        for text in value.all()
    )
