"""Which wishes a reply says itself that what it shows does not fulfil.

Such a product is honestly shown: "Nothing costs under $20: the cheapest is $39.90". The statement
counts for the wishes it names and for no other: what is shown in red under "nothing is waterproof"
to somebody who wants blue is a violation all the same.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.simulation.systems import Said
from assistant.simulation.wishes import Wish
from catalog.lexicon import load_lexicon
from catalog.text import fold

NOTHING_FITS = frozenset(
    {"none_under", "none_over", "none_between", "none_rated", "none_measured", "none_together"}
    | {"none_with", "none_stated", "nearest_instead", "not_carried"}
)
"""Responses that say that nothing fits."""

_PRICE_MISSED = frozenset({"none_under", "none_over", "none_between"})
_NAMED = {
    "none_measured": "missing",
    "none_together": "missing",
    "none_with": "missing",
    "none_stated": "missing",
    "cannot_filter": "what",
    "cannot_exclude": "what",
}
"""Responses that quote what is not fulfilled, or cannot be told, by the fact that quotes it."""


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
"""What parts the thousands of a bound: 1,000 GB."""


def declared(said: Sequence[Said], wishes: Sequence[Wish]) -> frozenset[Wish]:
    """The wishes that a reply, made of these responses, says it does not fulfil.

    Of what is no notebook nobody has to say that it is no laptop either.
    """
    admitted = {wish for one in said for wish in wishes if _declares(one, wish)}
    if any(wish.kind == "kind" for wish in admitted):
        admitted |= {wish for wish in wishes if wish.kind == "kind"}
    return frozenset(admitted)


def _declares(said: Said, wish: Wish) -> bool:
    if said.name == "nearest_instead":
        return True
    if said.name in _PRICE_MISSED:
        return wish.kind == "price"
    quoted = fold(str(said.facts.get(_NAMED.get(said.name, ""), "")))
    quoted = _THOUSANDS.sub("", quoted)
    return any(_is_quoted(word, quoted) for word in _words(wish))


def _is_quoted(word: str, quoted: str) -> bool:
    """Whether a name or a number stands in what is quoted: not within another English word."""
    after = "(?![0-9])" if word[-1].isdigit() else "(?:e?s)?(?![a-z])"
    return re.search(f"(?<![a-z0-9]){re.escape(word)}{after}", quoted) is not None


def _words(wish: Wish) -> Iterator[str]:
    """What a wish can be recognised by where it is quoted; a reply ends a name without its mark."""
    named = (*wish.value.all(), *wish.label.all(), *_kinds_alike(wish))
    yield from (word for text in named if (word := fold(text).rstrip("!.?")))
    bounds = (wish.minimum, wish.maximum)
    yield from (f"{one.normalize():f}" for one in bounds if isinstance(one, Decimal))


def _kinds_alike(wish: Wish) -> Iterator[str]:
    """Every name of the kinds that are wanted: who has no PC has no computer either."""
    lexicon = load_lexicon()
    found = (lexicon.get("product_type", one) for one in wish.concepts)
    yield from (text for one in found if one is not None for text in one.surfaces())
