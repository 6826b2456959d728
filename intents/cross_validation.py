"""Measuring on the training examples themselves: each part by a parser that never saw it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from random import Random
from typing import TypeVar

from intents.evaluation import EvaluationReport, annotated_names, make_fold, make_report
from intents.examples import Example
from intents.outcomes import Outcome, Parse, Progress, quiet, run

Thing = TypeVar("Thing")
Train = Callable[[Sequence[Example]], Parse]
"""Labelled examples to a parser that has learned them."""


def cross_validate(
    examples: Sequence[Example],
    train: Train,
    folds: int,
    *,
    seed: int = 7,
    progress: Progress = quiet,
) -> EvaluationReport:
    """Trains ``folds`` times, each time on all parts but one, and measures on that one.

    Raises:
        ValueError: Fewer than two folds, or fewer examples than folds.
    """
    parts = stratified_folds(examples, folds, seed)
    counted = annotated_names(examples)
    outcomes: list[Outcome] = []
    figures = []
    for number, part in enumerate(parts, start=1):
        others = chain.from_iterable(other for other in parts if other is not part)
        measured = run(train(list(others)), part, _after(len(outcomes), len(examples), progress))
        figures.append(make_fold(number, measured, counted))
        outcomes += measured
    return make_report(outcomes, figures)


def stratified_folds(
    examples: Sequence[Example], count: int, seed: int
) -> tuple[tuple[Example, ...], ...]:
    """The examples in ``count`` parts with the same share of every intent and language.

    Examples with the same text stay together, so that none is both learned and measured.

    Raises:
        ValueError: Fewer than two parts, or fewer different texts than parts.
    """
    groups = _grouped(examples, lambda e: (e.language, e.text.casefold()))
    if not 2 <= count <= len(groups):
        raise ValueError(
            f"expected between 2 folds and as many as there are different texts ({len(groups)}),"
            f" got {count}"
        )
    strata = _grouped(groups, lambda group: (group[0].language, group[0].intent))
    random = Random(seed)
    parts: list[list[Example]] = [[] for _ in range(count)]
    dealt = chain.from_iterable(random.sample(stratum, len(stratum)) for stratum in strata)
    for place, group in enumerate(dealt):
        parts[place % count] += group
    return tuple(tuple(part) for part in parts)


def _grouped(things: Iterable[Thing], key: Callable[[Thing], tuple[str, str]]) -> list[list[Thing]]:
    """The things with equal keys together, in the order of their keys."""
    groups: dict[tuple[str, str], list[Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return [groups[one] for one in sorted(groups)]


def _after(done: int, of: int, progress: Progress) -> Progress:
    """Progress of one part, told as progress of the whole."""
    return lambda now, _: progress(done + now, of)
