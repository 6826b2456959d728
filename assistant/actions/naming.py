"""A product by the name that a message gives it."""

import re
from collections.abc import Iterable, Sequence

from assistant.actions.context import Services
from assistant.traits import traits_of, words_of
from catalog.text import fold
from catalog.types import Language, Product

_SEARCHED = 10
_ARTICLE = re.compile(r"^(?:the|an?) ")
_AFTER = re.compile(r"\s*[(（\[].*$|\s*[:：–—].*$")
"""A year, or a second title."""


def product_called(names: Sequence[str], services: Services, language: Language) -> Product | None:
    """The product that one of several names is the title of; the first name that is one decides.

    A title may lack its article, what it has in brackets, or its second part; one that begins with
    its brand may end early: "Corevo Folio 13.3-Inch Laptop" without its memory. Of several products
    with one title the one that search finds first is taken.
    """
    for name in names:
        wanted = _forms(name)
        found = services.search.search(name, k=_SEARCHED, language=language).products
        titles = [(one.product, _all_forms(one.product.title.all())) for one in found]
        for exactness in (0, 1):
            for product, forms in titles:
                if wanted[0] in forms[: 2 if exactness == 0 else None]:
                    return product
        for product, forms in titles:
            if any(_begins(form, wanted[0], product.brand.all()) for form in forms):
                return product
    return None


def _begins(title: str, name: str, brands: Iterable[str]) -> bool:
    """Whether a title goes on after a name that is a brand and more."""
    said = any(name.startswith(f"{fold(brand)} ") for brand in brands if brand)
    return said and title.startswith(name) and not title[len(name) :][:1].isalnum()


def has_word_of(name: str, product: Product) -> bool:
    """Whether a product has any word of a name in its record, so that it may be the one meant."""
    return not set(words_of(name)).isdisjoint(traits_of(product))


def _forms(title: str) -> list[str]:
    """A title folded: whole, without its article, and without what follows it."""
    whole = fold(title).strip(" .!?。！？")
    short = _AFTER.sub("", whole)
    return list(dict.fromkeys(_ARTICLE.sub("", one) for one in (whole, short) if one)) or [""]


def _all_forms(titles: Iterable[str]) -> list[str]:
    """The forms of every language, the whole ones first."""
    forms = [_forms(title) for title in titles]
    return [one[0] for one in forms] + [short for one in forms for short in one[1:]]
