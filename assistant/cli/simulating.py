"""``daogou simulate``: how many simulated shoppers find what they came for, and how fast."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from rich.table import Table

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
from assistant.simulation.figures import LIMITS
from assistant.simulation.run import simulate as run_simulation
from assistant.simulation.run import write_results
from catalog.types import LANGUAGES, Language

_SHARES = tuple(f"success@{limit}" for limit in LIMITS)
_COUNTS = (
    "average_turns",
    "constraint_violations",
    "violations_declared",
    "violations_after_slips",
    "false_nothing_found",
    "unbacked_claims",
)


def simulate(
    goals: Annotated[int, typer.Option(help="So many goals in each language.", min=1)] = 100,
    language: Annotated[str, typer.Option(help="The languages, with commas between.")] = "en,zh",
    seed: Annotated[int, typer.Option(help="The same seed draws the same shoppers.")] = 1,
    out_folder: Annotated[
        Path | None, typer.Option("--out", help="Write the figures and every conversation here.")
    ] = None,
    peers: Annotated[bool, typer.Option(help="Play the two baselines as well.")] = True,
    fail_under: Annotated[
        float | None,
        typer.Option(help="End with 1 when success in 10 turns is below this.", min=0, max=1),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Let simulated shoppers look for products of the shop, and measure how it goes.

    A goal is reached when the product in mind is among the first five of a reply. What is shown
    and said is checked against the shop's records. The shop's own data is left alone.

    Two baselines have the same goals: search_only is the shop's search without any question,
    random_question the same assistant with questions drawn by chance. Whether the assistant differs
    from each is told by p values: of success in 5 and in 10 turns by McNemar's test, of turns by
    Wilcoxon's.
    """
    with explaining():
        languages = _languages(language)
        assistant = open_assistant()
        with progress_bars() as progress:
            figures, results = run_simulation(assistant, languages, goals, seed, progress, peers)
        if out_folder is not None:
            write_results(out_folder, figures, results)
    if as_json:
        write_json(figures)
    else:
        _show(figures)
    if fail_under is not None and figures["success@10"] < fail_under:
        err.print(f"daogou: success@10 {figures['success@10']} is below {fail_under}", style="red")
        raise typer.Exit(FAILED)


def _languages(named: str) -> list[Language]:
    found = [one.strip() for one in named.split(",") if one.strip()]
    unknown = [one for one in found if one not in LANGUAGES]
    if unknown or not found:
        raise ValueError(f"expected languages among {', '.join(LANGUAGES)}, got {named!r}")
    return cast("list[Language]", list(dict.fromkeys(found)))


def _show(figures: Mapping[str, Any]) -> None:
    """A row for each system and language, with intervals, and the tests against the peers."""
    table = Table(box=None, header_style="dim")
    for header in ("", "", "goals", *_SHARES, *(name.replace("_", " ") for name in _COUNTS)):
        table.add_column(header, justify="right" if header else "left")
    for name, own in {"assistant": figures, **figures["peers"]}.items():
        for language, one in own["languages"].items():
            shares = [_share(one, key) for key in _SHARES]
            counts = [str(one[key]) for key in _COUNTS]
            table.add_row(name, language, str(one["goals"]), *shares, *counts)
    out.print(table)
    for name, peer in figures["peers"].items():
        against = peer["against"]
        out.print(
            f"against {name}: "
            + ", ".join(f"{key} p = {against[f'{key}_p']:.2g}" for key in (*_SHARES, "turns")),
            markup=False,
            highlight=False,
        )


def _share(one: Mapping[str, Any], key: str) -> str:
    low, high = one[f"{key}_95"]
    return f"{one[key]:.3f} [{low:.3f}, {high:.3f}]".replace("[", "\\[")
