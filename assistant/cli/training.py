"""``daogou train``: makes the models again that the assistant serves."""

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.table import Table

from assistant.build import trained_model
from assistant.cli.terminal import (
    JsonFlag,
    err,
    explaining,
    load_settings,
    out,
    progress_bars,
    rows,
    write_json,
)
from assistant.tone.reader import SHIPPED
from assistant.train import paint_recommenders, train_nlu, train_recommenders, train_tone

if TYPE_CHECKING:
    from intents.training import TrainingReport

app = typer.Typer(help="Train the assistant's models.", no_args_is_help=True, rich_markup_mode=None)

PICTURE = "training.png"


@app.callback()
def train_group() -> None:
    """Train the assistant's models."""


@app.command("nlu")
def nlu(
    data: Annotated[
        Path | None,
        typer.Option(help="A folder with en/, zh/, templates/ … [default: the project's own]"),
    ] = None,
    out_folder: Annotated[
        Path | None,
        typer.Option("--out", help="Where the model goes. [default: models/nlu in DAOGOU_HOME]"),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            help="The same seed gives the same model on the same processor. [default: 7]", min=0
        ),
    ] = None,
    epochs: Annotated[
        int | None, typer.Option(help="Passes over the data at most. [default: 6]", min=1)
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Train the model that understands messages; some forty minutes on two cores.

    The model is written when it is whole, and is served from the next start on; a training that
    is ended leaves the old one in its place. `daogou data check` looks the data over first,
    `daogou evaluate nlu` measures the model afterwards.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    settings = load_settings()
    with explaining(), progress_bars() as progress:
        report = train_nlu(settings, data, out_folder, seed, epochs, progress)
        folder = out_folder or trained_model(settings)
        picture = _paint(report, settings.home / "reports" / "train-nlu")
    if as_json:
        write_json(asdict(report) | {"folder": str(folder), "picture": str(picture)})
    else:
        show_training(report)
        err.print(f"picture: {picture}", markup=False, highlight=False)
        err.print(f"model: {folder}", markup=False, highlight=False)


@app.command("recommenders")
def recommenders(
    seed: Annotated[
        int, typer.Option(help="The same seed gives the same model on the same processor.", min=0)
    ] = 0,
    as_json: JsonFlag = False,
) -> None:
    """Train the recommender on the shop's events, and promote it if it is better.

    The latest tenth of the events is the test. Better means: the whole 95 % interval of the gain
    in nDCG@10 over what is promoted now, or over popularity, is above zero. What is promoted is
    kept beside the others: see `daogou models list`, `promote` and `rollback`.

    Besides accuracy the report counts coverage, novelty, diversity, bias to what is popular, and
    how users and items of whom little is known fare; pictures of it lie in the home folder, where
    matplotlib is installed.
    """
    settings = load_settings()
    with explaining(), progress_bars() as progress:
        version, promoted = train_recommenders(settings, seed, progress)
        folder = settings.home / "reports" / "train-recommenders" / version.name
        pictures = [str(one) for one in paint_recommenders(version, folder)]
    if as_json:
        facts = {"version": version.name, "promoted": promoted, "pictures": pictures}
        write_json(version.report | facts)
        return
    figures = cast(dict[str, float], version.report["ndcg"])
    rows("nDCG@10", {name: f"{figure:.4f}" for name, figure in figures.items()}.items())
    verdict = "promoted" if promoted else "kept, but not promoted: no significant gain"
    err.print(f"{version.name}: {verdict}", markup=False, highlight=False)
    for picture in pictures:
        err.print(f"picture: {picture}", markup=False, highlight=False)


@app.command("tone")
def tone(
    out_file: Annotated[
        Path, typer.Option("--out", help="Where the weights go; by default they are shipped.")
    ] = SHIPPED,
) -> None:
    """Fit the measure of tone again on assistant/tone/*.yml; about half a minute."""
    settings = load_settings()
    with explaining(), progress_bars() as progress:
        train_tone(settings, progress).save(out_file)
    err.print(f"weights: {out_file}", markup=False, highlight=False)


def _paint(report: "TrainingReport", folder: Path) -> Path:
    from intents.plots import plot_training

    folder.mkdir(parents=True, exist_ok=True)
    return plot_training(report.history, folder / PICTURE)


def show_training(report: "TrainingReport") -> None:
    """The epochs as a table, and what came of them."""
    table = Table(box=None, header_style="dim")
    for header in ("epoch", "loss", "intent", "slot F1", "exact", ""):
        table.add_column(header, justify="right")
    for epoch in report.history:
        shares = (f"{100 * epoch[name]:.2f}" for name in ("intent", "slot_f1", "exact"))
        kept = "kept" if epoch == report.best else ""
        table.add_row(f"{epoch['epoch']:.0f}", f"{epoch['loss']:.3f}", *shares, kept)
    out.print(table)
    lines = report.thresholds
    rows(
        "Model",
        {
            "learned from": f"{report.written} written utterances, {report.shown} an epoch",
            "validated on": f"{report.validation} written utterances",
            "understood from": f"{lines.understood:.3f}",
            "a tie up to": f"{lines.margin:.3f}",
            "out of scope from": f"{lines.out_of_scope:.3f}",
            "several from": f"{lines.several:.3f}",
            "size": f"{report.bytes / 1e6:.1f} MB",
            "time": f"{report.seconds / 60:.1f} minutes",
        }.items(),
    )
