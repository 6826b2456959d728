"""Where a product stands that its feed put on no shelf: with the kinds that its title says it is.

Feeds with holes, and those without categories, still say in their titles what a thing is. Such a
product is found under the lexicon's names of its kinds and of what those are kinds of. The names
are marked, so that a filter on a shelf itself passes only what a record puts there.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from catalog.lexicon import load_lexicon
from catalog.matching import forms
from catalog.text import fold, has_chinese
from catalog.types import LocalText, Product
from catalog.words.product_types import (
    ACCOMPANIED,
    lexicon_types,
    likeliest_type,
    titled_value,
    types_said,
)

_NAME_ENDS = re.compile(r"[,;:|/()（），；：]| [-–—] |(?<![\w.])\d|$")
"""Where a title has said what a thing is, and goes on with what it has or how many there are."""


@lru_cache(maxsize=65_536)
def titled_kinds(title: LocalText) -> frozenset[str]:
    """The product types of the lexicon that a title or a name says, in either language."""
    lexicon = load_lexicon()
    said = (types_said(text, lexicon_types(), lexicon) for text in title.all())
    return frozenset(chain.from_iterable(said))


@lru_cache(maxsize=65_536)
def _likeliest_kinds(title: LocalText) -> frozenset[str]:
    lexicon = load_lexicon()
    likeliest = (likeliest_type(text, lexicon_types(), lexicon) for text in title.all())
    return frozenset(one for one in likeliest if one is not None)


def is_called(title: LocalText, words: str) -> bool:
    """Whether words end the name that a title gives the thing, as 袜 does in 羊毛袜 2双装.

    What it is for, or comes with, is no name of it, nor is what its parts are counted in.
    """
    said = forms(words)
    names = (name for text in title.all() for name in _names_in(text))
    return bool(said) and any(forms(name)[-len(said) :] == said for name in names)


def _names_in(title: str) -> Iterator[str]:
    name = ACCOMPANIED.split(title, maxsplit=1)[0]
    end = _NAME_ENDS.search(name)
    name = name[: end.start()] if end else name
    yield from name.split() if has_chinese(name) else (name,)


def shelves_of(product: Product) -> tuple[LocalText, ...]:
    """Its category from the top, or the names of what it is by its title, the widest first."""
    return product.category or (*_names_above(product), *_names(titled_kinds(product.title)))


def leaves_of(product: Product) -> tuple[LocalText, ...]:
    """The last node of its category, or the name of its likeliest kind by its title."""
    if product.category:
        return product.category[-1:]
    return _names(_likeliest_kinds(product.title))


def shelf_values(product: Product) -> frozenset[str]:
    """The folded names that a filter finds a product's shelves by, marked where a title says so."""
    names = frozenset(fold(text) for node in shelves_of(product) for text in node.all())
    return names if product.category else frozenset(map(titled_value, names))


def _names_above(product: Product) -> tuple[LocalText, ...]:
    lexicon, kinds = load_lexicon(), _likeliest_kinds(product.title)
    above = {name for kind in kinds for name in lexicon.above("product_type", kind)}
    return _names(frozenset(above - kinds))


@lru_cache(maxsize=4_096)
def _names(kinds: frozenset[str]) -> tuple[LocalText, ...]:
    concepts = load_lexicon().of("product_type")
    return tuple(concepts[kind].name for kind in sorted(kinds))
