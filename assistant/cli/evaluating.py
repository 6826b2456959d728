"""``daogou evaluate nlu``: how well messages are understood, measured on labelled ones."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from assistant.build import build_catalogue
from assistant.cli.conversation import open_assistant
from assistant.cli.parse_view import READERS
from assistant.cli.terminal import (
    FAILED,
    JsonFlag,
    err,
    explaining,
    load_settings,
    out,
    progress_bars,
    write_json,
)
from catalog.encoder import Vectors
from intents.classifier import Encode, NearestExamples
from intents.cross_validation import Train, cross_validate
from intents.evaluation import EvaluationReport, evaluate, load_labelled
from intents.examples import Example, load_folder
from intents.outcomes import Parse, Progress
from intents.parser import DATA, NLU
from intents.reports import REPORT, columns_of, headline, write_report
from intents.resolve import Words

evaluate_app = typer.Typer(
    help="Measure the assistant's parts.", no_args_is_help=True, rich_markup_mode=None
)


@evaluate_app.callback()
def evaluate_group() -> None:
    """Measure the assistant's parts."""


@evaluate_app.command("nlu")
def evaluate_nlu(
    out_folder: Annotated[Path, typer.Option("--out", help="Where the report goes.")],
    data: Annotated[
        Path | None,
        typer.Option(
            help="en.yml and zh.yml, or folders en and zh. [default: the held-out set; with"
            " --cross-validate the training data]"
        ),
    ] = None,
    folds: Annotated[
        int,
        typer.Option(
            "--cross-validate",
            help="Train this many times on parts of the data, each time measuring on the rest.",
        ),
    ] = 0,
    fail_under: Annotated[
        float | None,
        typer.Option(
            help="End with 1 when the intent accuracy of a language is below this.", min=0, max=1
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Measure how well messages are understood, and write a report with pictures."""
    with explaining():
        if folds:
            report = _cross_validated(load_folder(data or DATA), folds)
        else:
            report = _measured(load_labelled(data or DATA / "eval"))
        write_report(report, out_folder)
    if as_json:
        write_json({one.language: one.figures() for one in report.languages})
    else:
        show_report(report)
        err.print(f"measured: {report.measured}", markup=False, highlight=False)
        err.print(f"report: {out_folder / REPORT}", markup=False, highlight=False)
    if fail_under is not None and not _all_reach(report, fail_under):
        raise typer.Exit(FAILED)


def _measured(examples: Sequence[Example]) -> EvaluationReport:
    """The assistant as it serves, measured on examples."""
    nlu = open_assistant().nlu
    with progress_bars() as progress:
        report = evaluate(nlu.parse, examples, _phase(progress, "examples"))
    return replace(report, measured=READERS[nlu.kind])


def _cross_validated(examples: Sequence[Example], folds: int) -> EvaluationReport:
    """The way the assistant learns, measured on parts of the examples it learns from."""
    settings = load_settings()
    with progress_bars() as progress:
        catalogue = build_catalogue(settings, progress)

        encode = partial(catalogue.encoder.encode, kind="query")
        train = nearest_examples(encode, catalogue.vocabulary)
        report = cross_validate(examples, train, folds, progress=_phase(progress, "examples"))
    return replace(report, measured=f"{READERS['examples']}, trained anew for each fold")


def nearest_examples(encode: Encode, vocabulary: Words) -> Train:
    """Trains the parser whose intents come from the nearest examples.

    What is learned from is encoded once for all folds; what is measured is encoded anew, so that
    the times are those of serving.
    """
    remembered = remembering(encode)

    def train(examples: Sequence[Example]) -> Parse:
        fitted = NearestExamples.fit(examples, remembered)
        return NLU(replace(fitted, encode=encode), vocabulary).parse

    return train


def remembering(encode: Encode) -> Encode:
    """An encoder that encodes every text once: folds share nearly all of theirs."""
    known: dict[str, Vectors] = {}

    def encode_new(texts: Sequence[str]) -> Vectors:
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new:
            known.update(zip(new, encode(new), strict=True))
        return np.stack([known[text] for text in texts])

    return encode_new


def show_report(report: EvaluationReport) -> None:
    """The headline figures, both languages side by side."""
    table = Table(box=None, header_style="dim")
    table.add_column("")
    for header in columns_of(report):
        table.add_column(header, justify="right")
    for row in headline(report):
        table.add_row(*row)
    out.print(table)


def _all_reach(report: EvaluationReport, least: float) -> bool:
    """Whether every language reaches the accuracy; says which does not."""
    below = [one for one in report.languages if one.intent_accuracy < least]
    for one in below:
        err.print(
            f"daogou: intent accuracy {one.intent_accuracy:.4f} in {one.language} is below {least}",
            style="red",
            highlight=False,
        )
    return not below


def _phase(progress: Callable[[str, int, int], None], name: str) -> Progress:
    return lambda done, count: progress(name, done, count)
