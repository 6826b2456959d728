"""``daogou import-events`` and ``daogou user``: what shoppers did, and their right to it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.build import event_log, recommender_versions
from assistant.cli.opening import open_storage, open_store
from assistant.cli.terminal import (
    FAILED,
    WRONG_USE,
    JsonFlag,
    err,
    explaining,
    load_settings,
    progress_bars,
    rejects_file,
    rows,
    write_json,
    write_rejects,
)
from assistant.personal import HoldsUsers, erase_user, export_user, holders, known_as
from catalog.events.importing import EventProgress
from catalog.events.importing import import_events as read_events
from catalog.feeds import Rejected

user_app = typer.Typer(help="What is kept about one user.", no_args_is_help=True)

_SHOWN = 20


def import_events(
    file: Annotated[Path, typer.Argument(help="CSV or JSON lines of events; .gz is fine.")],
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected lines go. [default: home folder]")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Import what shoppers did. Every broken line is named; run twice, nothing comes in twice."""
    with explaining():
        settings = load_settings()
        where = rejects_file(settings, file, rejects)
        with open_store(settings) as store, progress_bars() as progress:

            def report_progress(now: EventProgress) -> None:
                progress(f"import ({now.read} lines)", round(now.fraction * 1_000), 1_000)

            report = read_events(file, event_log(settings, store), progress=report_progress)
        write_rejects(where, map(asdict, report.rejected))
    facts = {
        "read": report.read,
        "stored": report.stored.stored,
        "duplicates": report.stored.duplicates,
        "rejected": len(report.rejected),
    }
    uncounted = dict(report.stored.excluded)
    if as_json:
        more = {"not_counted": uncounted, "broken": report.broken}
        named = {"rejects_file": str(where) if report.rejected else None}
        write_json(facts | named | more)
    else:
        rows("Imported", [*facts.items(), *((f"kept, {why}", n) for why, n in uncounted.items())])
        _show_rejected(report.rejected, where)
    if report.broken:
        err.print(f"daogou: {report.broken}", style="red", markup=False)
        raise typer.Exit(WRONG_USE)


def _show_rejected(rejected: Sequence[Rejected], where: Path) -> None:
    for one in rejected[:_SHOWN]:
        err.print(f"line {one.line}: {one.reason}", style="yellow", markup=False)
    if rejected:
        err.print(f"{len(rejected)} rejected lines in {where}", markup=False)


UserId = Annotated[
    str,
    typer.Argument(help="The user's or customer's id, or their e-mail; guest:ID for a guest."),
]


@user_app.command("export")
def export(user: UserId, _as_json: JsonFlag = False) -> None:
    """Write everything that holds the user's id, as one JSON object, with --json and without.

    A user's id is also the customer's; an e-mail address stands for the customer who has it.
    """
    with explaining(), _held(user) as (held, also):
        write_json(export_user(user, held, also))


@user_app.command("erase")
def erase(
    user: UserId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Erase everything that holds the user's id. Orders stay in the books, without a person.

    A user's id is also the customer's; an e-mail address stands for the customer who has it.
    """
    with explaining(), _held(user) as (held, also):
        if not yes:
            typer.confirm(f"Erase everything about {user}?", abort=True, err=True)
        erased = erase_user(user, held, also)
        still = export_user(user, held, also)
        left = {name: len(found) for name, found in still.items() if found}
    if as_json:
        write_json(erased | {"left": left})
    else:
        rows("Erased", erased.items())
    if left:
        err.print(f"daogou: still there: {left}", style="red", markup=False)
        raise typer.Exit(FAILED)


@contextmanager
def _held(user: str) -> Iterator[tuple[tuple[HoldsUsers, ...], tuple[str, ...]]]:
    """Everything that holds users, opened, and the ids that the user has."""
    settings = load_settings()
    with open_store(settings) as store, open_storage(settings) as storage:
        held = holders(store, storage, recommender_versions(settings), settings.home)
        yield held, known_as(user, storage)
