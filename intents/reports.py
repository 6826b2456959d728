"""An evaluation as files: a Markdown report, JSON, every error as text, slots as CSV, pictures."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from catalog.types import Language
from intents.calibration import ReliabilityBin
from intents.evaluation import EvaluationReport, LanguageReport
from intents.outcomes import Mistake
from intents.scores import Score
from intents.types import Slot

REPORT, FIGURES, ERRORS, SLOTS = "report.md", "report.json", "errors.txt", "slots.csv"
LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "zh": "Chinese"}

LABELS = {
    "intent_accuracy": "intent accuracy",
    "exact_intents": "exact set of intents",
    "several_accuracy": "exact set, several intents wanted",
    "slot_f1": "slot F1 (name and place)",
    "slot_precision": "slot precision",
    "slot_recall": "slot recall",
    "slot_role_f1": "slot F1 (name, place and role)",
    "exact": "exact frame (intents, slots, roles)",
    "oos_recall": "out-of-scope recall",
    "oos_precision": "out-of-scope precision",
    "false_rejection": "in scope, called out of scope",
    "clarifications": "clarifying questions",
    "not_understood": "nothing understood",
    "calibration_error": "expected calibration error",
    "p50_ms": "parse, median (ms)",
    "p95_ms": "parse, 95th percentile (ms)",
}
"""What the headline figures are called; all but the times are percent."""

_CONFUSIONS = 30


def write_report(report: EvaluationReport, folder: Path) -> tuple[Path, ...]:
    """Writes every file of the report into ``folder`` and says which.

    Raises:
        ValueError: matplotlib, which paints the pictures, is not installed.
    """
    from intents.plots import plot_confidence, plot_confusions  # only reports pay for the import

    folder.mkdir(parents=True, exist_ok=True)
    figures = json.dumps(report.to_json(), ensure_ascii=False, indent=1)
    written = [
        _write(folder / REPORT, markdown(report)),
        _write(folder / FIGURES, figures + "\n"),
        _write(folder / ERRORS, errors_text(report)),
        _write_slots(folder / SLOTS, report),
    ]
    for one in report.languages:
        written.append(plot_confusions(one, folder / f"confusion-{one.language}.png"))
        written.append(plot_confidence(one, folder / f"confidence-{one.language}.png"))
    return tuple(written)


def headline(report: EvaluationReport) -> list[tuple[str, ...]]:
    """The figures as rows: what it is, one cell a language, and the difference of two."""
    columns = [one.figures() for one in report.languages]
    difference = report.difference()
    return [
        (
            label,
            *(_number(column[name]) for column in columns),
            *([f"{difference[name]:+.2f}" if name in difference else "—"] if difference else []),
        )
        for name, label in LABELS.items()
    ]


def columns_of(report: EvaluationReport) -> tuple[str, ...]:
    """The headers over the cells of :func:`headline`."""
    names = tuple(LANGUAGE_NAMES[one.language] for one in report.languages)
    return (*names, "difference") if len(names) > 1 else names


def markdown(report: EvaluationReport) -> str:
    """The report for people, both languages side by side."""
    counts = ", ".join(f"{o.examples} {LANGUAGE_NAMES[o.language]}" for o in report.languages)
    parts = [
        "# How well messages are understood",
        *([f"Measured: {report.measured}."] if report.measured else []),
        f"Examples: {counts}. Shares in percent; times on the machine that made this report.",
        _table(("", *columns_of(report)), headline(report)),
        *_folds(report),
        "## Intents",
        _score_table("intent", report, lambda one: one.intents),
        "## Slots",
        "Right when name, first and last character are right; the second table asks for the"
        " role (include, exclude, reference) too.",
        _score_table("slot", report, lambda one: one.slots),
        _score_table("slot and role", report, lambda one: one.slots_with_role),
    ]
    for one in report.languages:
        parts += _language_part(one)
    return "\n\n".join(parts) + "\n"


def errors_text(report: EvaluationReport) -> str:
    """Every example that was not understood as labelled, with its file and line."""
    lines = []
    for one in report.languages:
        name, count = LANGUAGE_NAMES[one.language], len(one.mistakes)
        lines.append(f"{name}: {count} of {one.examples} not as labelled\n")
        lines += [_mistake_text(mistake) for mistake in one.mistakes]
    return "\n".join(lines)


def annotated(text: str, slots: Iterable[Slot]) -> str:
    """The text with its slots marked as in the training data."""
    marked, place = "", 0
    for slot in sorted(slots, key=lambda one: (one.start, -one.end)):
        if slot.start < place or slot.start >= slot.end:
            continue
        name = f"({slot.name})"
        if slot.role != "include":
            name = json.dumps({"entity": slot.name, "role": slot.role})
        marked += f"{text[place : slot.start]}[{text[slot.start : slot.end]}]{name}"
        place = slot.end
    return marked + text[place:]


def _language_part(one: LanguageReport) -> list[str]:
    name, code = LANGUAGE_NAMES[one.language], one.language
    return [
        f"## {name}: confusions",
        _table(
            ("wanted", "got", "times"),
            [(a, b, str(count)) for a, b, count in one.confusions[:_CONFUSIONS]],
        ),
        f"All {len(one.mistakes)} errors stand in `{ERRORS}`.",
        f"![Wanted and understood intents, {name}](confusion-{code}.png)",
        f"## {name}: confidence",
        "Of the answers that decided on an intent; expected calibration error"
        f" {100 * one.calibration_error:.2f} percent.",
        _table(("confidence", "answers", "mean confidence", "right"), _reliable(one.reliability)),
        f"![Confidence of right and wrong answers, and accuracy by confidence, {name}]"
        f"(confidence-{code}.png)",
    ]


def _reliable(bins: Iterable[ReliabilityBin]) -> list[tuple[str, ...]]:
    return [
        (
            f"{b.low:.1f} to {b.high:.1f}",
            str(b.count),
            f"{100 * b.confidence:.1f}" if b.count else "—",
            f"{100 * b.accuracy:.1f}" if b.count else "—",
        )
        for b in bins
    ]


def _folds(report: EvaluationReport) -> list[str]:
    if not report.folds:
        return []
    rows = [
        (str(f.number), str(f.examples), _share(f.intent_accuracy), _share(f.slot_f1))
        for f in report.folds
    ]
    table = _table(("fold", "examples", "intent accuracy", "slot F1"), rows)
    return [f"## Cross-validation in {len(rows)} folds", table]


def _score_table(
    what: str,
    report: EvaluationReport,
    scores_of: Callable[[LanguageReport], Mapping[str, Score]],
) -> str:
    columns = [(one.language, scores_of(one)) for one in report.languages]
    headers = [
        f"{code} {part}" for code, _ in columns for part in ("wanted", "precision", "recall", "F1")
    ]
    names = sorted({name for _, scores in columns for name in scores})
    both = len(columns) > 1
    rows = [
        (
            name,
            *(cell for _, scores in columns for cell in _score_cells(scores.get(name, Score()))),
            *([_gap(columns[0][1].get(name), columns[1][1].get(name))] if both else []),
        )
        for name in names
    ]
    return _table((what, *headers, *(["F1 difference"] if both else [])), rows)


def _score_cells(score: Score) -> tuple[str, ...]:
    ratios = (score.precision, score.recall, score.f1)
    return str(score.wanted), *(map(_share, ratios) if score.wanted or score.got else "———")


def _gap(first: Score | None, second: Score | None) -> str:
    if first is None or second is None:
        return "—"
    return f"{100 * (first.f1 - second.f1):+.1f}"


def _table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(headers)]
    lines.append(["---"] + ["---:"] * (len(lines[0]) - 1))
    lines += [list(row) for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _mistake_text(mistake: Mistake) -> str:
    example = mistake.example
    lines = [mistake.place, f"  text     {annotated(example.text, example.slots)}"]
    if example.context.previous_action or example.context.requested_slot:
        asked = f"{example.context.previous_action or '—'} {example.context.requested_slot}"
        lines.append(f"  after    {asked.strip()}")
    if mistake.is_wrong_intent:
        got = "+".join(mistake.got)
        lines.append(f"  intent   wanted {example.intent}, got {got} ({mistake.confidence:.2f})")
    lines += [f"  missing  {_slot_text(slot)}" for slot in mistake.missing]
    lines += [f"  extra    {_slot_text(slot)}" for slot in mistake.extra]
    return "\n".join(lines) + "\n"


def _slot_text(slot: Slot) -> str:
    role = "" if slot.role == "include" else f", {slot.role}"
    return f"{slot.name} {slot.raw!r} at {slot.start} to {slot.end}{role}"


def _write_slots(path: Path, report: EvaluationReport) -> Path:
    """One row a language and slot; ratios in percent."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        ratios = ("precision", "recall", "f1")
        headers = (*ratios, "wanted", "got", "right", *(f"role_{name}" for name in ratios))
        writer.writerow(("language", "slot", *headers))
        for one in report.languages:
            for name, score in one.slots.items():
                counts = (score.wanted, score.got, score.right)
                role = _ratios(one.slots_with_role[name])
                writer.writerow((one.language, name, *_ratios(score), *counts, *role))
    return path


def _ratios(score: Score) -> tuple[str, ...]:
    return _share(score.precision), _share(score.recall), _share(score.f1)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _share(share: float) -> str:
    return f"{100 * share:.1f}"


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
