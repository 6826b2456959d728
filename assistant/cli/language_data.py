"""``daogou data check``: what is wrong with the training language."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assistant.actions import ACTIONS, REPORTED
from assistant.cli.terminal import FAILED, JsonFlag, explaining, out, rows, write_json
from intents.checks import Level, Report, check_data
from intents.parser import DATA

app = typer.Typer(help="The training language.", no_args_is_help=True, rich_markup_mode=None)

_STYLES: dict[Level, str] = {"error": "red", "warning": "yellow", "hint": "dim"}


@app.callback()
def data() -> None:
    """The training language: check it."""


@app.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Option("--data", help="A folder with en/, zh/, eval/ … [default: the project's own]"),
    ] = None,
    fail_on_warnings: Annotated[
        bool, typer.Option("--fail-on-warnings", help="End with 1 where there are warnings too.")
    ] = False,
    hints: Annotated[
        bool, typer.Option("--hints/--no-hints", help="List words that may have been forgotten.")
    ] = True,
    as_json: JsonFlag = False,
) -> None:
    """Check examples, templates and lexicons: duplicates, unknown names, overlap, balance."""
    with explaining():
        report = check_data(folder or DATA, (*ACTIONS, *REPORTED))
    shown = [one for one in report.findings if hints or one.level != "hint"]
    if as_json:
        write_json({"counts": report.counts, "findings": [asdict(one) for one in shown]})
    else:
        _show(report, hints, folder or DATA)
    if report.count("error") or (fail_on_warnings and report.count("warning")):
        raise typer.Exit(FAILED)


def _show(report: Report, hints: bool, folder: Path) -> None:
    table = Table(box=None, header_style="dim", pad_edge=False)
    for header in ("", "place", "problem", "cure"):
        table.add_column(header, overflow="fold")
    for one in report.findings:
        if one.level != "hint" or hints:
            place = one.place.removeprefix(f"{folder}/")
            level = Text(one.level, _STYLES[one.level])
            table.add_row(level, Text(place), Text(one.problem), Text(one.cure))
    if table.row_count:
        out.print(table)
    rows("Data", report.counts.items())
    levels: tuple[Level, ...] = ("error", "warning", "hint")
    out.print(" · ".join(f"{report.count(level)} {level}s" for level in levels))
