"""What a shop wants shown first, later or not at all: a file of rules with dates.

Rules only move what already passes the filter; they never show what a shopper ruled out. The file
is YAML::

    rules:
      - query: [running shoes, 跑步鞋]   # the words searched for, in any order; or none
        category: [Shoes]               # a category asked for; or none: always
        start: 2026-11-20               # first and last day, both included; or none
        end: 2026-11-30
        pin: [run-2, run-7]             # ids, first of all, in this order
        hide: [run-9]                   # never shown
        boost: [{brand: Veloq}]         # up a quarter of the way from last to first
        bury: [{category: Shoe laces}]  # behind everything else
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from catalog.columns import FilterColumns, Mask, Matching
from catalog.ranking import Ranking
from catalog.text import fold, tokens
from catalog.types import BRAND, CATEGORY, ProductFilter, SortKey, SortOrder, TextConstraint

_ACTIONS = ("pin", "hide", "boost", "bury")
_KEYS = frozenset({"query", "category", "start", "end", *_ACTIONS})
_BOOST = 0.25
"""How far a boosted product moves up, as a share of the way from the last score to the first."""


@dataclass(frozen=True, slots=True)
class Target:
    """Products by ``product`` id, by ``brand`` or by ``category``."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What to do with some products, when words or a category are asked for, between two days.

    ``queries`` are sets of search terms; without any, and without ``categories``, the rule
    always holds.
    """

    queries: tuple[frozenset[str], ...] = ()
    categories: frozenset[str] = frozenset()
    start: date | None = None
    end: date | None = None
    pin: tuple[Target, ...] = ()
    hide: tuple[Target, ...] = ()
    boost: tuple[Target, ...] = ()
    bury: tuple[Target, ...] = ()

    def holds(self, terms: frozenset[str], wanted: ProductFilter, today: date) -> bool:
        """Whether it applies to a search of these terms today."""
        if (self.start and today < self.start) or (self.end and today > self.end):
            return False
        asked = not self.queries or terms in self.queries
        named = {fold(one) for one in wanted.categories}
        return asked and (not self.categories or not named.isdisjoint(self.categories))


@dataclass(frozen=True, slots=True)
class Merchandising:
    """All rules of a shop."""

    rules: tuple[Rule, ...] = ()

    def holding(self, text: str, wanted: ProductFilter, today: date) -> tuple[Rule, ...]:
        """The rules that apply to a search."""
        if not self.rules:
            return ()
        terms = frozenset(tokens(text))
        return tuple(rule for rule in self.rules if rule.holds(terms, wanted, today))

    def unknown(self, columns: FilterColumns) -> tuple[str, ...]:
        """What rules name that the shop does not have, in the order of the file."""
        targets = (t for rule in self.rules for action in _ACTIONS for t in getattr(rule, action))
        return tuple(
            f"{one.kind} {one.value!r}"
            for one in dict.fromkeys(targets)
            if not _items(columns, [one]).any()
        )


def without_hidden(columns: FilterColumns, rules: Iterable[Rule], matching: Matching) -> Matching:
    """What matches and is not hidden."""
    hidden = _items(columns, [target for rule in rules for target in rule.hide])
    if not hidden.any():
        return matching
    return columns.narrowed(matching, np.flatnonzero(matching.items & ~hidden))


def arranged(
    columns: FilterColumns,
    rules: Iterable[Rule],
    ranking: Ranking,
    matching: Matching,
    sort: SortOrder,
) -> Ranking:
    """The ranking as the shop wants it; one that a shopper sorted stays as it is."""
    held = list(rules)
    if sort is not SortKey.RELEVANCE or not held:
        return ranking
    boosted = _items(columns, [target for rule in held for target in rule.boost])
    buried = _items(columns, [target for rule in held for target in rule.bury])
    scores = ranking.scores.astype(np.float64)
    spread = float(np.ptp(scores)) if len(scores) else 0.0
    moved = scores + _BOOST * spread * boosted[ranking.items]
    order = np.lexsort((np.arange(len(moved)), -moved, buried[ranking.items]))
    items, kept = ranking.items[order], ranking.scores[order]
    return _pinned(columns, held, matching, Ranking(
        items, kept, ranking.total, ranking.exact, ranking.relevant
    ))  # fmt: skip


def _pinned(
    columns: FilterColumns, rules: list[Rule], matching: Matching, ranking: Ranking
) -> Ranking:
    places = [columns.index_of(target.value) for rule in rules for target in rule.pin]
    pins = [at for at in dict.fromkeys(places) if at is not None and matching.items[at]]
    if not pins:
        return ranking
    first = np.array(pins, np.int64)
    rest = ~np.isin(ranking.items, first)
    new = len(first) - int(np.count_nonzero(~rest))
    top = np.float32(ranking.scores.max(initial=0.0))
    return Ranking(
        np.concatenate([first, ranking.items[rest]]),
        np.concatenate([np.full(len(first), top), ranking.scores[rest]]).astype(np.float32),
        ranking.total + (new if ranking.total == len(ranking.items) else 0),
        ranking.exact,
        ranking.relevant,
    )


def _items(columns: FilterColumns, targets: Iterable[Target]) -> Mask:
    """Which items the targets mean."""
    found: NDArray[np.bool_] = np.zeros(columns.size, np.bool_)
    for one in targets:
        if one.kind == "product":
            place = columns.index_of(one.value)
            if place is not None:
                found[place] = True
        else:
            name = BRAND if one.kind == "brand" else CATEGORY
            wanted = ProductFilter(attributes=(TextConstraint(name, (one.value,)),))
            found |= columns.mask(wanted).items
    return found


def load_merchandising(path: Path) -> Merchandising:
    """The rules in a file.

    Raises:
        ValueError: it cannot be read, or a rule is wrong; the message names file, rule and key.
    """
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ValueError(f"the merchandising file {path} cannot be read: {error}") from error
    if not isinstance(content, dict) or set(content) != {"rules"}:
        raise ValueError(f"{path}: expected one key, rules, with a list of rules")
    if not isinstance(content["rules"], list):
        raise ValueError(f"{path}: expected a list of rules, got {content['rules']!r}")
    rules = []
    for number, entry in enumerate(content["rules"], 1):
        try:
            rules.append(_rule(entry))
        except ValueError as error:
            raise ValueError(f"{path}, rule {number}: {error}") from error
    return Merchandising(tuple(rules))


def _rule(entry: Any) -> Rule:  # noqa: ANN401  # whatever YAML holds
    if not isinstance(entry, Mapping):
        raise ValueError(f"expected keys such as query and pin, got {entry!r}")
    unknown = sorted(map(str, set(entry) - _KEYS))
    if unknown:
        raise ValueError(f"unknown key {', '.join(unknown)}; known are {', '.join(sorted(_KEYS))}")
    if not any(entry.get(action) for action in _ACTIONS):
        raise ValueError(f"expected one of {', '.join(_ACTIONS)}")
    start, end = _day(entry, "start"), _day(entry, "end")
    if start and end and start > end:
        raise ValueError(f"start {start} is after end {end}")
    queries = tuple(frozenset(tokens(text)) for text in _texts(entry, "query"))
    if frozenset() in queries:
        raise ValueError(f"query: expected words, got {entry['query']!r}")
    categories = frozenset(fold(text) for text in _texts(entry, "category"))
    targets = {action: tuple(_targets(entry, action)) for action in _ACTIONS}
    if any(one.kind != "product" for one in targets["pin"]):
        raise ValueError("pin: expected ids of products")
    return Rule(queries, categories, start, end, **targets)


def _day(entry: Mapping[str, Any], key: str) -> date | None:
    value = entry.get(key)
    if value is None or type(value) is date:
        return value
    raise ValueError(f"{key}: expected a day such as 2026-11-20, got {value!r}")


def _texts(entry: Mapping[str, Any], key: str) -> list[str]:
    value = entry.get(key, [])
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
        raise ValueError(f"{key}: expected a text or a list of texts, got {value!r}")
    return texts


def _targets(entry: Mapping[str, Any], action: str) -> Iterable[Target]:
    value = entry.get(action, [])
    if not isinstance(value, list):
        raise ValueError(f"{action}: expected a list, got {value!r}")
    for one in value:
        pair = next(iter(one.items())) if isinstance(one, Mapping) and len(one) == 1 else None
        if isinstance(one, str | int) and not isinstance(one, bool):
            yield Target("product", str(one))
        elif pair and pair[0] in ("product", "brand", "category") and isinstance(pair[1], str):
            yield Target(*pair)
        else:
            raise ValueError(
                f"{action}: expected a product's id, {{brand: …}} or {{category: …}}, got {one!r}"
            )
