"""The figures of a run: success with Wilson intervals, turns, and paired tests against peers."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.simulation.playing import MOST_TURNS, Played

LIMITS = (5, MOST_TURNS)
"""The turns in which success is counted."""


def wilson(successes: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927, score interval)."""
    if count == 0:
        return 0.0, 1.0
    from scipy.stats import binomtest

    interval = binomtest(successes, count).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def turns(played: Played) -> int:
    """The turns until the target was shown; all of them where it never was."""
    return MOST_TURNS if played.turn is None else played.turn


def _reached(played: Played, limit: int) -> bool:
    return played.turn is not None and played.turn <= limit


def figures(results: Sequence[Played]) -> dict[str, Any]:
    """Success, turns and what went wrong.

    ``constraint_violations`` are products shown that lack a wish in force without a word about it;
    ``violations_declared`` those shown under a statement that the wish is not fulfilled ("nothing
    under $20: the cheapest is $39.90"), ``violations_after_slips`` those of a wish that was
    mistyped.
    """
    count = len(results)
    found: dict[str, Any] = {"goals": count}
    for limit in LIMITS:
        reached = sum(_reached(one, limit) for one in results)
        low, high = wilson(reached, count)
        found[f"success@{limit}"] = round(reached / count, 4) if count else 0.0
        found[f"success@{limit}_95"] = [round(low, 4), round(high, 4)]
    return found | {
        "average_turns": round(float(np.mean([turns(one) for one in results])), 3) if count else 0,
        "products_shown": sum(one.shown for one in results),
        "constraint_violations": sum(len(one.violations) for one in results),
        "violations_declared": sum(len(one.declared) for one in results),
        "violations_after_slips": sum(len(one.after_slips) for one in results),
        "false_nothing_found": sum(len(one.false_nothing) for one in results),
        "unbacked_claims": sum(len(one.unbacked) for one in results),
    }


def compare(ours: Sequence[Played], theirs: Sequence[Played]) -> dict[str, Any]:
    """Whether two systems differ on the same goals, in the same order.

    Success at each limit of turns by McNemar's exact test (1947), turns by Wilcoxon's signed ranks
    (1945), where a goal that was not reached counts one turn more than the last; all two-sided.
    """
    from scipy.stats import binomtest, wilcoxon

    pairs = list(zip(ours, theirs, strict=True))
    found: dict[str, Any] = {}
    for limit in LIMITS:
        reached = [(_reached(a, limit), _reached(b, limit)) for a, b in pairs]
        won, lost = reached.count((True, False)), reached.count((False, True))
        p = binomtest(won, won + lost).pvalue if won + lost else 1.0
        found |= {f"won@{limit}": won, f"lost@{limit}": lost, f"success@{limit}_p": float(p)}
    differences = [(a.turn or MOST_TURNS + 1) - (b.turn or MOST_TURNS + 1) for a, b in pairs]
    ranked = wilcoxon(differences).pvalue if any(differences) else 1.0
    return found | {"turns_p": float(ranked)}


def report(
    results: dict[str, dict[str, list[Played]]], seed: int, seconds: float
) -> dict[str, Any]:
    """The whole run as JSON.

    Args:
        results: by system, then by language; the first system is the assistant.
        seed: that of the run.
        seconds: how long it took.
    """
    names = list(results)
    peers = {
        name: _of_system(results[name]) | {"against": _against(results[names[0]], results[name])}
        for name in names[1:]
    }
    return {
        "benchmark": "simulate",
        "seed": seed,
        "seconds": round(seconds, 1),
        **_of_system(results[names[0]]),
        "peers": peers,
    }


def _of_system(by_language: dict[str, list[Played]]) -> dict[str, Any]:
    every = [one for results in by_language.values() for one in results]
    by = {language: figures(results) for language, results in by_language.items()}
    return figures(every) | {"languages": by}


def _against(ours: dict[str, list[Played]], theirs: dict[str, list[Played]]) -> dict[str, Any]:
    every = [[one for results in side.values() for one in results] for side in (ours, theirs)]
    by = {language: compare(ours[language], theirs[language]) for language in ours}
    return compare(*every) | {"languages": by}
