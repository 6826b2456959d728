"""Precision where it answers, and how much it answers."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: whether it can be answered, whether it was, and whether that was right."""

    answerable: bool
    answered: bool
    right: bool


def score(outcomes: Iterable[Outcome]) -> dict[str, object]:
    """Fractions; ``precision`` is ``None`` where nothing was answered.

    ``coverage`` is the share of the answerable questions that were answered rightly.
    """
    seen = list(outcomes)
    answered = [one for one in seen if one.answered]
    able = [one for one in seen if one.answerable]
    right = sum(one.right for one in answered)
    return {
        "questions": len(seen),
        "answerable": len(able),
        "answered": len(answered),
        "precision": round(right / len(answered), 4) if answered else None,
        "coverage": round(sum(one.right for one in able) / len(able), 4) if able else None,
    }
