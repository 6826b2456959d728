"""``daogou test``: playing scripted conversations and showing what is not as they say."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from assistant.cli.conversation import open_assistant
from assistant.cli.terminal import (
    FAILED,
    JsonFlag,
    err,
    explaining,
    out,
    progress_bars,
    write_json,
)
from assistant.dialogues import CaseResult, Failure, load_files, run_case
from assistant.dialogues.exercised import Exercised, exercised, watched
from assistant.dialogues.junit import Played, write_junit

_MOST_NEVER = 12


def test(
    paths: Annotated[
        list[Path], typer.Argument(help="Files or folders of scripted conversations.", exists=True)
    ],
    junit: Annotated[
        Path | None, typer.Option("--junit", help="Write JUnit XML for a build server here.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Play scripted conversations, check every assertion, and say what none of them exercised."""
    with explaining():
        cases = load_files(paths)
        assistant, said = watched(open_assistant())
        played: list[Played] = []
        with progress_bars() as progress:
            for number, (file, case) in enumerate(cases, start=1):
                played.append((file, run_case(case, assistant)))
                progress("conversations", number, len(cases))
        coverage = exercised((result for _, result in played), said, assistant)
        if junit is not None:
            write_junit(junit, played)
    if as_json:
        write_json(_as_json(played, coverage))
    else:
        _show(played, coverage)
    if any(result.failures for _, result in played):
        raise typer.Exit(FAILED)


def _as_json(played: Sequence[Played], coverage: Sequence[Exercised]) -> dict[str, Any]:
    failed = sum(bool(result.failures) for _, result in played)
    return {
        "passed": len(played) - failed,
        "failed": failed,
        "cases": [_case_json(file, result) for file, result in played],
        "coverage": {
            one.kind: {"counts": dict(one.counts), "never": list(one.never)} for one in coverage
        },
    }


def _case_json(file: Path, result: CaseResult) -> dict[str, Any]:
    return {
        "name": result.name,
        "file": str(file),
        "seconds": round(result.seconds, 3),
        "failures": [
            {
                "step": one.step,
                "said": one.said,
                "expected": one.expected,
                "got": one.got,
                "text": one.text,
            }
            for one in result.failures
        ],
    }


def _show(played: Sequence[Played], coverage: Sequence[Exercised]) -> None:
    for file, result in played:
        mark = "[red]✗[/]" if result.failures else "[green]✓[/]"
        out.print(f"{mark} {escape(result.name)}", highlight=False)
        if result.failures:
            out.print(f"  {file}", style="dim", markup=False, highlight=False)
            _show_failures(result.failures)
    for one in coverage:
        _show_coverage(one)
    failed = sum(bool(result.failures) for _, result in played)
    err.print(f"{len(played) - failed} passed, {failed} failed")


def _show_failures(failures: Sequence[Failure]) -> None:
    """What was expected against what came, under the message it followed."""
    before = ("", "")
    for one in failures:
        if (one.said, one.text) != before:
            before = one.said, one.text
            out.print(f"  » {one.said}", style="bold", markup=False, highlight=False)
            for line in one.text.splitlines():
                out.print(f"  │ {line}", style="dim", markup=False, highlight=False)
        out.print(f"  step {one.step}", markup=False, highlight=False)
        out.print(f"    - {one.expected}", style="green", markup=False, highlight=False)
        out.print(f"    + {one.got}", style="red", markup=False, highlight=False)


def _show_coverage(one: Exercised) -> None:
    seen = len(one.counts) - len(one.never)
    line = f"{one.kind}: {seen} of {len(one.counts)} exercised"
    if one.never:
        more = len(one.never) - _MOST_NEVER
        named = ", ".join(one.never[:_MOST_NEVER])
        line += f"; never: {named}" + (f" and {more} more (--json has all)" if more > 0 else "")
    err.print(line, markup=False, highlight=False)
