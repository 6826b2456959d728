"""How well messages are understood, measured on labelled ones, each language by itself.

Slots are right when name, start and end are, the way seqeval scores tagged spans (CoNLL-2000);
the role is scored on top of that. Confidence is held against accuracy as Guo et al., 2017, do.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from catalog.types import LANGUAGES, Language
from intents.calibration import ReliabilityBin, expected_calibration_error, reliability
from intents.examples import Example, ExampleError, example_files, load_file
from intents.names import OUT_OF_SCOPE
from intents.outcomes import (
    Mistake,
    Outcome,
    Parse,
    Progress,
    find_mistake,
    placed,
    quiet,
    run,
    scored_slots,
    span,
)
from intents.scores import Score, score_by_name, total
from intents.types import Slot

_BINS = 20


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many answers had which confidence: counts between ``edges``, right and wrong ones."""

    edges: tuple[float, ...]
    right: tuple[int, ...]
    wrong: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LanguageReport:
    """Everything measured in one language. Shares are fractions in [0, 1].

    Attributes:
        language: Of the examples.
        examples: How many there were.
        intent_accuracy: Best intent wanted; a question or "not understood" counts as wrong.
        exact_intents: Exactly the wanted set of intents.
        several: How many examples have more than one intent.
        several_accuracy: The exact set among those; None when there are none.
        exact: Exactly the wanted intents, slots and roles (the whole frame).
        clarifications: The share answered by a clarifying question.
        not_understood: The share in which no intent was found and none offered.
        out_of_scope: Detection of what is outside, "not understood" included.
        false_rejection: The share of in-scope examples that were called outside.
        intents: Scores by intent.
        slots: Scores by slot name on (name, start, end).
        slots_with_role: The same on (name, start, end, role).
        pairs: How often one intent was wanted and another (or the same) found.
        histogram: Confidence of right and wrong answers.
        reliability: Confidence against accuracy of those that decided on an intent.
        p50_ms: Median time of a parse.
        p95_ms: Its 95th percentile.
        mistakes: Every one.
    """

    language: Language
    examples: int
    intent_accuracy: float
    exact_intents: float
    several: int
    several_accuracy: float | None
    exact: float
    clarifications: float
    not_understood: float
    out_of_scope: Score
    false_rejection: float
    intents: Mapping[str, Score]
    slots: Mapping[str, Score]
    slots_with_role: Mapping[str, Score]
    pairs: Mapping[tuple[str, str], int]
    histogram: Histogram
    reliability: tuple[ReliabilityBin, ...]
    p50_ms: float
    p95_ms: float
    mistakes: tuple[Mistake, ...]

    @property
    def slot(self) -> Score:
        """All slots together, by name and place."""
        return total(self.slots)

    @property
    def slot_with_role(self) -> Score:
        """All slots together, by name, place and role."""
        return total(self.slots_with_role)

    @property
    def calibration_error(self) -> float:
        """Expected calibration error of the answers that decided on an intent."""
        return expected_calibration_error(self.reliability)

    @property
    def confusions(self) -> tuple[tuple[str, str, int], ...]:
        """Wanted, found and count of everything confused, most frequent first."""
        wrong = [(a, b, count) for (a, b), count in self.pairs.items() if a != b]
        return tuple(sorted(wrong, key=lambda one: (-one[2], one[0], one[1])))

    def figures(self) -> dict[str, float | None]:
        """The headline figures: shares in percent, times in milliseconds."""
        outside = self.out_of_scope
        shares = {
            "intent_accuracy": self.intent_accuracy,
            "exact_intents": self.exact_intents,
            "several_accuracy": self.several_accuracy,
            "slot_f1": self.slot.f1,
            "slot_precision": self.slot.precision,
            "slot_recall": self.slot.recall,
            "slot_role_f1": self.slot_with_role.f1,
            "exact": self.exact,
            "oos_recall": outside.recall if outside.wanted else None,
            "oos_precision": outside.precision if outside.got else None,
            "false_rejection": self.false_rejection,
            "clarifications": self.clarifications,
            "not_understood": self.not_understood,
            "calibration_error": self.calibration_error,
        }
        figures = {n: None if v is None else percent(v) for n, v in shares.items()}
        return figures | {"p50_ms": round(self.p50_ms, 2), "p95_ms": round(self.p95_ms, 2)}

    def to_json(self) -> dict[str, object]:
        """Everything of this language for programs."""
        return {
            "examples": self.examples,
            "several": self.several,
            **self.figures(),
            "intents": {name: _score_json(score) for name, score in self.intents.items()},
            "slots": {name: _score_json(score) for name, score in self.slots.items()},
            "slots_with_role": {n: _score_json(s) for n, s in self.slots_with_role.items()},
            "confusions": [{"wanted": a, "got": b, "count": n} for a, b, n in self.confusions],
            "histogram": asdict(self.histogram),
            "reliability": [asdict(one) for one in self.reliability],
            "errors": [_mistake_json(one) for one in self.mistakes],
        }


@dataclass(frozen=True, slots=True)
class Fold:
    """The figures of one part of a cross-validation, both languages together."""

    number: int
    examples: int
    intent_accuracy: float
    slot_f1: float


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """One report a language, and the folds when it was a cross-validation.

    ``measured`` says in words what was measured.
    """

    languages: tuple[LanguageReport, ...]
    folds: tuple[Fold, ...] = ()
    measured: str = ""

    def to_json(self) -> dict[str, object]:
        """The whole report for programs; shares in percent, times in milliseconds."""
        languages = {one.language: one.to_json() for one in self.languages}
        folds = [
            {
                "fold": fold.number,
                "examples": fold.examples,
                "intent_accuracy": percent(fold.intent_accuracy),
                "slot_f1": percent(fold.slot_f1),
            }
            for fold in self.folds
        ]
        return {
            "measured": self.measured,
            "languages": languages,
            "difference": self.difference(),
            "folds": folds,
        }

    def difference(self) -> dict[str, float]:
        """The figures of English minus those of Chinese; empty with one language."""
        if len(self.languages) < 2:
            return {}
        first, second = (one.figures() for one in self.languages)
        pairs = {name: (value, second[name]) for name, value in first.items()}
        return {
            name: round(a - b, 2)
            for name, (a, b) in pairs.items()
            if a is not None and b is not None
        }


def load_labelled(folder: Path) -> tuple[Example, ...]:
    """Labelled examples to measure with: ``en.yml`` and ``zh.yml``, or folders of that name.

    One language is enough, and one example an intent.

    Raises:
        ExampleError: No examples there, or they cannot be used.
    """
    files = {
        language: [p for p in (folder / f"{language}.yml",) if p.is_file()]
        or example_files(folder, language)
        for language in LANGUAGES
    }
    found = [load_file(path, language) for language in LANGUAGES for path in files[language]]
    if not any(found):
        raise ExampleError(
            f"{folder}: no labelled examples; expected en.yml and zh.yml or folders en and zh"
            " with Rasa NLU YAML files"
        )
    return tuple(chain(*found))


def evaluate(
    parse: Parse, examples: Sequence[Example], progress: Progress = quiet
) -> EvaluationReport:
    """Measures a parser on labelled examples.

    Raises:
        ValueError: There are no examples.
    """
    return make_report(run(parse, examples, progress))


def make_report(outcomes: Sequence[Outcome], folds: Sequence[Fold] = ()) -> EvaluationReport:
    """The report of outcomes. Only slots with a name that is annotated somewhere are scored."""
    if not outcomes:
        raise ValueError("expected labelled examples to measure with, got none")
    counted = annotated_names(outcome.example for outcome in outcomes)
    by_language = {lang: [o for o in outcomes if o.example.language == lang] for lang in LANGUAGES}
    return EvaluationReport(
        tuple(_language(lang, part, counted) for lang, part in by_language.items() if part),
        tuple(folds),
    )


def annotated_names(examples: Iterable[Example]) -> frozenset[str]:
    """The slot names that occur in the annotation."""
    return frozenset(slot.name for example in examples for slot in example.slots)


def make_fold(number: int, outcomes: Sequence[Outcome], counted: Collection[str]) -> Fold:
    """The figures of one part of a cross-validation."""
    right = sum(outcome.is_right for outcome in outcomes)
    slots = total(_slot_scores(outcomes, counted))
    return Fold(number, len(outcomes), right / len(outcomes), slots.f1)


def percent(share: float) -> float:
    """A fraction as percent, to two places."""
    return round(100 * share, 2)


def _language(
    language: Language, outcomes: Sequence[Outcome], counted: Collection[str]
) -> LanguageReport:
    several = [o for o in outcomes if len(o.example.intents) > 1]
    exact = [o.all_intents == set(o.example.intents) for o in outcomes]
    mistakes = [find_mistake(outcome, counted) for outcome in outcomes]
    times = [outcome.milliseconds for outcome in outcomes]
    inside = [o.result.out_of_scope for o in outcomes if OUT_OF_SCOPE not in o.example.intents]
    return LanguageReport(
        language=language,
        examples=len(outcomes),
        intent_accuracy=_share(o.is_right for o in outcomes),
        exact_intents=_share(exact),
        several=len(several),
        several_accuracy=_share(o.all_intents == set(o.example.intents) for o in several)
        if several
        else None,
        exact=_share(mistake is None for mistake in mistakes),
        clarifications=_share(o.decision == "asked" for o in outcomes),
        not_understood=_share(o.decision == "nothing" for o in outcomes),
        out_of_scope=_outside_score(outcomes),
        false_rejection=_share(inside),
        intents=score_by_name([(o.example.intents, o.all_intents) for o in outcomes], str),
        slots=_slot_scores(outcomes, counted),
        slots_with_role=_role_scores(outcomes, counted),
        pairs=Counter((o.wanted, o.got) for o in outcomes),
        histogram=_histogram(outcomes),
        reliability=_reliability([o for o in outcomes if o.decision == "decided"]),
        p50_ms=float(np.percentile(times, 50)),
        p95_ms=float(np.percentile(times, 95)),
        mistakes=tuple(mistake for mistake in mistakes if mistake is not None),
    )


def _share(flags: Iterable[bool]) -> float:
    """The share of true flags; 0 without any."""
    known = list(flags)
    return sum(known) / len(known) if known else 0.0


def _outside_score(outcomes: Sequence[Outcome]) -> Score:
    wanted = [OUT_OF_SCOPE in outcome.example.intents for outcome in outcomes]
    got = [outcome.result.out_of_scope for outcome in outcomes]
    both = sum(a and b for a, b in zip(wanted, got, strict=True))
    return Score(sum(wanted), sum(got), both)


def _slot_scores(outcomes: Sequence[Outcome], counted: Collection[str]) -> dict[str, Score]:
    return score_by_name(
        [
            ([span(s) for s in o.example.slots], [span(s) for s in scored_slots(o, counted)])
            for o in outcomes
        ],
        lambda one: one[0],
    )


def _role_scores(outcomes: Sequence[Outcome], counted: Collection[str]) -> dict[str, Score]:
    return score_by_name(
        [
            ([placed(s) for s in o.example.slots], [placed(s) for s in scored_slots(o, counted)])
            for o in outcomes
        ],
        lambda one: one[0],
    )


def _histogram(outcomes: Sequence[Outcome]) -> Histogram:
    edges = np.linspace(0, 1, _BINS + 1)
    right, _ = np.histogram([o.confidence for o in outcomes if o.is_right], edges)
    wrong, _ = np.histogram([o.confidence for o in outcomes if not o.is_right], edges)
    rounded = tuple(round(float(edge), 4) for edge in edges)
    return Histogram(rounded, tuple(right.tolist()), tuple(wrong.tolist()))


def _reliability(decided: Sequence[Outcome]) -> tuple[ReliabilityBin, ...]:
    confidence = np.array([o.confidence for o in decided], dtype=np.float32)
    return reliability(confidence, np.array([o.is_right for o in decided], dtype=np.bool_))


def _score_json(score: Score) -> dict[str, float]:
    return {
        "precision": percent(score.precision),
        "recall": percent(score.recall),
        "f1": percent(score.f1),
        "wanted": score.wanted,
        "got": score.got,
        "right": score.right,
    }


def _mistake_json(mistake: Mistake) -> dict[str, object]:
    return {
        "place": mistake.place,
        "text": mistake.example.text,
        "wanted": list(mistake.example.intents),
        "got": list(mistake.got),
        "confidence": round(mistake.confidence, 4),
        "missing": [_slot_json(slot) for slot in mistake.missing],
        "extra": [_slot_json(slot) for slot in mistake.extra],
    }


def _slot_json(slot: Slot) -> dict[str, object]:
    return {
        "name": slot.name,
        "raw": slot.raw,
        "start": slot.start,
        "end": slot.end,
        "role": slot.role,
    }
