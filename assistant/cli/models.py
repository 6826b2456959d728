"""``daogou models``: the trained versions of the recommender, and which one is promoted."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from assistant.build import recommender_versions
from assistant.cli.terminal import JsonFlag, err, explaining, load_settings, out, write_json
from catalog.recommenders.versions import Trial, Version, Versions
from catalog.recommending.served import Served

app = typer.Typer(
    help="Trained versions of the recommender.", no_args_is_help=True, rich_markup_mode=None
)

Name = Annotated[str, typer.Argument(help="Such as v0002; see `daogou models list`.")]


@app.command("list")
def list_(as_json: JsonFlag = False) -> None:
    """Every version with its figures, the oldest first."""
    with explaining():
        versions = _versions()
        promoted = versions.promoted()
        found = [_view(one, one == promoted) for one in versions.all()]
    if as_json:
        write_json(found)
    elif found:
        out.print(_table(found))
    else:
        err.print("no version yet; run: daogou train recommenders")


@app.command("promote")
def promote(name: Name) -> None:
    """Make a version the promoted one, whatever its figures, if it can be opened."""
    with explaining():
        versions = _versions()
        _open(versions.get(name))
        version = versions.promote(name)
    err.print(f"promoted: {version.name}", markup=False, highlight=False)


@app.command("rollback")
def rollback() -> None:
    """Go back to the version that was promoted before."""
    with explaining():
        version = _versions().rollback()
    name = version.name if version else "none"
    err.print(f"promoted: {name}", markup=False, highlight=False)


@app.command("trial")
def trial(
    name: Annotated[
        str, typer.Argument(help="A version; `none` is what serves without any training.")
    ] = "",
    share: Annotated[
        float, typer.Option(help="Of the shoppers, above 0 and below 1.", min=0.0, max=1.0)
    ] = 0.5,
    end: Annotated[bool, typer.Option("--end", help="End the trial that goes on.")] = False,
) -> None:
    """Let a share of the shoppers get another version than the promoted one, to compare them.

    Who gets it is decided by a hash of their id, so it stays the same to the end. It starts at
    once, without a restart; `daogou insights` says how both do.
    """
    with explaining():
        versions = _versions()
        if bool(name) == end:
            raise ValueError("expected the name of a version, or --end")
        if end:
            ended = versions.end_trial()
            said = f"ended: {ended.name}" if ended else "no trial goes on"
        else:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            if name != "none":
                _open(versions.get(name))
            tried = Trial(f"{name}-{now}", "" if name == "none" else name, share, now)
            versions.start_trial(tried)
            said = f"{name}: {share:.0%} of the shoppers from now on"
            serves = versions.promoted()
            if name == (serves.name if serves else "none"):
                said += "; the others get the same, since it is what serves"
    err.print(said, markup=False, highlight=False)


def _versions() -> Versions:
    return recommender_versions(load_settings())


def _open(version: Version) -> None:
    """Open a version as serving would, so that a damaged one is refused before it is named."""
    from catalog.recommenders.parts import LOADERS

    Served.load(version, LOADERS)


def _view(version: Version, promoted: bool) -> dict[str, Any]:
    return {"name": version.name, "promoted": promoted, **version.report}


def _table(found: list[dict[str, Any]]) -> Table:
    table = Table(box=None, header_style="dim")
    for header in ("version", "trained", "events", "ndcg@10", "before", "gain", ""):
        table.add_column(header)
    for one in found:
        ndcg, gain = one["ndcg"], one["gain"]
        table.add_row(
            one["name"],
            one["trained"],
            str(one["events"]),
            f"{ndcg['blend']:.4f}",
            f"{ndcg['incumbent']:.4f}",
            f"{gain['gain']:+.4f} [{gain['low']:+.4f}, {gain['high']:+.4f}]",
            "promoted" if one["promoted"] else "",
        )
    return table
