"""What the assistant reads from shopping requests: prices, options and attributes.

Protocol: nothing is trained. Every request is parsed by the assistant's own understanding with
the lexicon's words alone, no catalogue. A price counts as exact when the bounds that were read
are those that are stated, all of them and no others; requests with several products may state
several. Options and attributes count as found when all their words occur among the slots (their
words or meanings), or among slots and words for search; only those whose words the request says
can be. Requests of WebShop state no price until its environment adds one; as they were written
they show how often a price is read where none is. The peer takes the first number after a
currency sign or a bound's word as the highest price.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.text import tokens
from intents.types import PriceRange, Slot
from tests.benchmarks.progress import report_progress
from tests.benchmarks.understanding.encoders import base_folder, cache_folder
from tests.benchmarks.understanding.metrics import percent
from tests.benchmarks.understanding.requests import (
    Bounds,
    Request,
    read_shoppingbench,
    read_webshop,
)

if TYPE_CHECKING:
    from intents.parser import NLU

BAR = 98.0
_QUICK = 40


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from a request: its price wishes, its slots' words, and words for search."""

    request: Request
    prices: tuple[Bounds, ...]
    slot_words: frozenset[str] = frozenset()
    query_words: frozenset[str] = frozenset()


def run(data: Path, out: Path | None, quick: bool) -> dict[str, object]:
    """The figures of every kind of request; failures are listed in ``out``."""
    started = time.perf_counter()
    written, priced = read_webshop(data)
    requests = [*read_shoppingbench(data), *priced, *written]
    if quick:
        requests = [r for _, rows in _by_kind(requests) for r in rows[:_QUICK]]
    with report_progress("constraints") as progress:
        nlu = load_nlu(progress)
        found = []
        for done, request in enumerate(requests):
            progress("requests", done, len(requests))
            found.append(read_request(nlu, request))
    if out is not None:
        out.write_text("".join(map(describe, failures(found))), encoding="utf-8")
    return {
        "benchmark": "constraints",
        "protocol": __doc__,
        "quick": quick,
        "bars": {"price_exact": BAR},
        "model": summary(found),
        "peers": {"first_number": summary([_guess(request) for request in requests])},
        "values": values_found(found),
        "seconds": round(time.perf_counter() - started, 1),
    }


def load_nlu(progress: Callable[[str, int, int], None]) -> "NLU":
    """The assistant's understanding, with the words of the lexicon and of no catalogue."""
    from catalog.encoder import TextEncoder
    from catalog.vocabulary import Vocabulary
    from intents.parser import NLU

    encoder = TextEncoder.load(base_folder("e5", progress))
    return NLU.load(encoder, Vocabulary.from_products(()), cache_folder() / "nlu")


def read_request(nlu: "NLU", request: Request) -> Read:
    """What the assistant reads from a request."""
    result = nlu.parse(request.text)
    prices = [s.value for s in result.slots if isinstance(s.value, PriceRange)]
    slots = [s for s in result.slots if not isinstance(s.value, PriceRange)]
    return Read(
        request,
        tuple((price.minimum, price.maximum) for price in prices),
        frozenset(word for slot in slots for word in _slot_words(slot)),
        frozenset(tokens(result.query)),
    )


def _slot_words(slot: Slot) -> list[str]:
    meaning = slot.value.replace("_", " ") if isinstance(slot.value, str) else ""
    return tokens(slot.raw) + tokens(meaning)


_FIRST = re.compile(
    r"(?:[$€£¥₱]|under|below|above|over|than|between|from|budget is only|at most|up to)"
    r"[ `]*(\d[\d,]*(?:\.\d+)?)",
    re.IGNORECASE,
)


def _guess(request: Request) -> Read:
    """The peer: one number, always an upper bound."""
    match = _FIRST.search(request.text)
    prices = ((None, Decimal(match[1].replace(",", ""))),) if match else ()
    return Read(request, prices)


def summary(found: Sequence[Read]) -> dict[str, object]:
    """Price figures of each kind of request, of each source, and of all that state a price."""
    stating = [read for read in found if read.request.prices]
    result: dict[str, object] = {kind: _figures(rows) for kind, rows in _reads_by_kind(found)}
    for source in ("shoppingbench", "webshop"):
        rows = [read for read in stating if read.request.kind.startswith(source)]
        result[source] = _figures(rows)
    return result | {"all": _figures(stating)}


def _figures(rows: Sequence[Read]) -> dict[str, float]:
    """Shares of requests: all exact, and where a price is stated the amounts and directions."""
    stating = [read for read in rows if read.request.prices]
    silent = [read for read in rows if not read.request.prices]
    figures: dict[str, float] = {}
    if stating:
        figures = {
            "requests": len(stating),
            "price_exact": _share(is_exact(read) for read in stating),
            "amounts_right": _share(
                _amounts(read.prices) == _amounts(read.request.prices) for read in stating
            ),
            "directions_right": _share(
                _directions(read.prices) == _directions(read.request.prices) for read in stating
            ),
        }
    if silent:
        figures |= {
            "requests_without_price": len(silent),
            "false_price": _share(bool(read.prices) for read in silent),
        }
    return figures


def is_exact(read: Read) -> bool:
    """Whether the bounds read are those stated, in whatever order."""
    return sorted(read.prices, key=str) == sorted(read.request.prices, key=str)


def _amounts(prices: Sequence[Bounds]) -> list[Decimal]:
    return sorted(amount for bounds in prices for amount in bounds if amount is not None)


def _directions(prices: Sequence[Bounds]) -> list[tuple[bool, bool]]:
    return sorted((low is None, high is None) for low, high in prices)


def values_found(found: Sequence[Read]) -> dict[str, dict[str, float]]:
    """How many wanted options and attributes are found, by name for the ten most frequent."""
    options = [(read, name, value) for read in found for name, value in read.request.options]
    attributes = [(read, name, value) for read in found for name, value in read.request.attributes]
    result = {"options": _value_figures(options), "attributes": _value_figures(attributes)}
    names = defaultdict(list)
    for row in options + attributes:
        names[row[1]].append(row)
    frequent = sorted(names, key=lambda name: -len(names[name]))[:10]
    return result | {name: _value_figures(names[name]) for name in frequent}


def _value_figures(rows: Sequence[tuple[Read, str, str]]) -> dict[str, float]:
    said = [(read, value) for read, _, value in rows if _within(value, tokens(read.request.text))]
    if not said:
        return {"wanted": len(rows), "said": 0}
    everywhere = [_within(value, read.slot_words | read.query_words) for read, value in said]
    return {
        "wanted": len(rows),
        "said": len(said),
        "in_slots": _share(_within(value, read.slot_words) for read, value in said),
        "in_slots_or_query": _share(everywhere),
    }


def _within(value: str, words: Iterable[str]) -> bool:
    """Whether every word of a value is among the words."""
    return set(tokens(value)) <= set(words)


def failures(found: Iterable[Read]) -> list[Read]:
    """The requests whose price was not read exactly, or in which one was made up."""
    return [read for read in found if not is_exact(read)]


def describe(read: Read) -> str:
    """One failure as three lines and an empty one."""
    wanted, said = _shown(read.request.prices), _shown(read.prices)
    return f"[{read.request.kind}] {read.request.text}\n  stated: {wanted}\n  read:   {said}\n\n"


def _shown(prices: Sequence[Bounds]) -> str:
    parts = [
        f"{'' if low is None else low}..{'' if high is None else high}" for low, high in prices
    ]
    return ", ".join(sorted(parts)) or "none"


def _share(right: Iterable[bool]) -> float:
    values = list(right)
    return percent(sum(values) / len(values)) if values else 0.0


def _by_kind(requests: Sequence[Request]) -> Iterator[tuple[str, list[Request]]]:
    for kind in dict.fromkeys(request.kind for request in requests):
        yield kind, [request for request in requests if request.kind == kind]


def _reads_by_kind(found: Sequence[Read]) -> Iterator[tuple[str, list[Read]]]:
    for kind in dict.fromkeys(read.request.kind for read in found):
        yield kind, [read for read in found if read.request.kind == kind]
