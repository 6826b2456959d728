"""What every command shares: consoles, progress bars, and errors that end with exit code 2."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.logging import RichHandler
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from assistant.settings import Settings
from catalog.store import DatabaseError

FAILED = 1
"""Exit code of a check that failed."""
WRONG_USE = 2
"""Exit code of wrong use or bad input."""

out = Console()
err = Console(stderr=True)

JsonFlag = Annotated[bool, typer.Option("--json", help="Write JSON for programs to read.")]


def write_json(value: object) -> None:
    """One JSON value on one line of standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def rejects_file(settings: Settings, file: Path, chosen: Path | None) -> Path:
    """Where what is rejected of a file goes: the chosen path, or one in the home folder.

    Raises:
        ValueError: that would be written over the file itself.
    """
    where = chosen or settings.home / f"rejected-{file.name}.jsonl"
    if where.resolve() == file.resolve():
        raise ValueError(f"what is rejected cannot be written over {file}")
    return where


def write_rejects(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    """Rejected records as JSON lines; without any there is no file, not even one of before."""
    path.unlink(missing_ok=True)
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    if text:
        # What cannot be encoded, half a character, becomes a question mark.
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")


def load_settings() -> Settings:
    """The settings, with the log going to standard error."""
    handler = RichHandler(console=err, show_path=False)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[handler])
    return Settings.load()


@contextmanager
def explaining() -> Iterator[None]:
    """Turn what the user can mend into one line and exit code 2."""
    try:
        yield
    except (ValueError, OSError) as error:
        err.print(f"daogou: {error}", style="red", markup=False, highlight=False)
        raise typer.Exit(WRONG_USE) from error
    except DatabaseError as error:
        err.print(f"daogou: the database: {error.orig}", style="red", markup=False)
        raise typer.Exit(WRONG_USE) from error


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each phase, on standard error; a phase appears when it first reports."""
    columns = (
        TextColumn("{task.description:<24}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=False) as bars:
        yield _reporter(bars, {})


def _reporter(bars: Progress, tasks: dict[str, TaskID]) -> Callable[[str, int, int], None]:
    def report(phase: str, done: int, total: int) -> None:
        if phase not in tasks:
            tasks[phase] = bars.add_task(phase, total=total)
        bars.update(tasks[phase], completed=done, total=total)

    return report


def rows(title: str, pairs: Iterable[tuple[str, object]]) -> None:
    """Names and values under a title, aligned; a name may occur several times."""
    lines = list(pairs)
    out.print(title, style="bold")
    width = max((len(name) for name, _ in lines), default=0)
    for name, value in lines:
        out.print(f"  {name:<{width}}  {value}", markup=False, highlight=False)
