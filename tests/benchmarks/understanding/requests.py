"""Shopping requests that say what they demand: ShoppingBench and WebShop."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.benchmarks.understanding.files import find_file, read_lines, read_text

Bounds = tuple[Decimal | None, Decimal | None]
"""Minimum and maximum of a price; None is no bound."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    ``prices`` are the wishes it states, in any order; ``options`` and ``attributes`` the values a
    product must have, by name.
    """

    kind: str
    text: str
    prices: tuple[Bounds, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


_FILES = ("product", "shop", "voucher")


def read_shoppingbench(data: Path) -> list[Request]:
    """Every request of ShoppingBench; where a voucher is offered, the price is the budget."""
    found = []
    for kind in _FILES:
        names = [f"synthesize_{kind}_test.jsonl"]
        path = find_file([data / "shoppingbench", data], names)
        found += [_shopping(f"shoppingbench_{kind}", json.loads(line)) for line in read_lines(path)]
    return found


def _shopping(kind: str, row: dict[str, Any]) -> Request:
    rewards = row["reward"] if isinstance(row["reward"], list) else [row["reward"]]
    prices = [_bounds(price) for reward in rewards for price in reward.get("price", ())]
    voucher = row.get("voucher")
    if isinstance(voucher, dict):
        prices.append((None, Decimal(str(voucher["budget"]))))
    options = [pair for reward in rewards for pair in _pairs(reward.get("sku_options", ()))]
    attributes = [pair for reward in rewards for pair in _pairs(reward.get("attributes", ()))]
    return Request(kind, str(row["query"]), tuple(prices), tuple(options), tuple(attributes))


def _bounds(price: dict[str, Sequence[object]]) -> Bounds:
    """``{"greater than": [5, null]}`` and ``{"between": [5, 9]}``."""
    ((_, (low, high)),) = price.items()
    return _decimal(low), _decimal(high)


def _decimal(amount: object) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))


def _pairs(values: Sequence[dict[str, object]]) -> list[tuple[str, str]]:
    """``[{"size": "39"}, {"weight": ["1kg", "2kg"]}]`` as pairs of name and value."""
    found = []
    for value in values:
        for name, said in value.items():
            found += [(name, str(one)) for one in (said if isinstance(said, list) else [said])]
    return found


_STATED = re.compile(r", and price lower than (\d+\.\d\d) dollars$")


def read_webshop(data: Path) -> tuple[list[Request], list[Request]]:
    """WebShop's human requests as they were written, and the same with a price.

    The people who wrote them saw none: the environment adds "and price lower than 40.00 dollars"
    to each (Yao et al., 2022, ``web_agent_site/engine/goal.py``), in steps of 10 up to 990. Here
    the amount follows from a hash of the text. A file whose requests have the sentence already is
    taken as it is.
    """
    texts = json.loads(read_text(find_file([data / "webshop", data], ["human_goals.json"])))
    bare = [str(t if isinstance(t, str) else t["instruction_text"]) for t in texts]
    written = [Request("webshop_written", t) for t in bare if not _STATED.search(t)]
    return written, [_priced(text) for text in bare]


def _priced(text: str) -> Request:
    stated = _STATED.search(text)
    if stated is None:
        step = hashlib.sha256(text.encode()).digest()
        amount = 10 * (1 + int.from_bytes(step[:4], "big") % 99)
        text = f"{text.strip('.')}, and price lower than {amount:.2f} dollars"
        stated = _STATED.search(text)
    assert stated is not None
    return Request("webshop_priced", text, ((None, Decimal(stated[1])),))
