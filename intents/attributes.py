"""Which attribute a text is about: "battery life", 什么材质, "any brand is fine"."""

from collections.abc import Sequence
from functools import cache

from catalog.matching import PhraseTrie, cut_tokens, forms
from catalog.words.attributes import attribute_trie
from intents.resolve import Words
from intents.shape import Shape
from intents.types import Slot

ASKING = frozenset({
    "ask_product_detail", "compare_products", "relax_search", "ask_reviews", "ask_availability",
    "correct_previous",
})  # fmt: skip
"""Intents that may be about an attribute; elsewhere "long" and "memory" are words for search."""

# Names that the catalogue's lexicon of attributes does not have, because they are no attributes.
_OWN = {
    "price": "price, prices, budget, cost, price range, 价格, 价钱, 价位, 预算, 价",
    "brand": "brand, brands, make, manufacturer, 品牌, 牌子, 牌, 厂家",
    "rating": "rating, ratings, stars, score, 评分, 星级, 好评率",
    "product_type": "type, category, kind, 种类, 类型, 类别, 品类",
    "feature": "features, feature, functions, 功能, 特点",
}


def find_attributes(shape: Shape, slots: Sequence[Slot], vocabulary: Words) -> list[Slot]:
    """Attributes named in a text, as slots ``attribute`` with the catalogue's name as value.

    Where the catalogue has no such attribute the value is its common name in snake_case. Words
    that another slot claims are left to it, unless the attribute's name is the longer one.
    """
    tokens = cut_tokens(shape.raw)
    words = [token.form for token in tokens]
    found: list[Slot] = []
    place = 0
    while place < len(words):
        end, ids = _longest(words, place)
        start, stop = tokens[place].start, tokens[end - 1].end
        if ids and not any(_claims(slot, start, stop) for slot in slots):
            name = _catalogue_name(ids[0], vocabulary)
            found.append(shape.slot("attribute", name, start, stop))
        place = end
    return found


def _longest(words: Sequence[str], place: int) -> tuple[int, list[str]]:
    """Where the longest name of an attribute that begins here ends, and which it names."""
    best: tuple[int, list[str]] = (place + 1, [])
    for trie in (_own_names(), attribute_trie()):
        for end, ids in trie.starting_at(words, place):
            best = (end, ids) if end > best[0] or not best[1] else best
    return best


def _claims(slot: Slot, start: int, stop: int) -> bool:
    """Whether a slot holds on to the words, being no smaller part of them."""
    overlaps = slot.start < stop and start < slot.end
    inside = start <= slot.start and slot.end <= stop
    return overlaps and not (inside and slot.end - slot.start < stop - start)


def _catalogue_name(name: str, vocabulary: Words) -> str:
    if name in _OWN:
        return name
    return vocabulary.attribute(name.replace("_", " ")) or name


@cache
def _own_names() -> PhraseTrie[str]:
    """The names of a product's own fields."""
    trie: PhraseTrie[str] = PhraseTrie()
    for name, surfaces in _OWN.items():
        for surface in surfaces.split(", "):
            trie.add(forms(surface), name)
    return trie
