"""``daogou insights``: how lists, models and trials do, from the event log."""

from typing import Annotated

import typer
from rich.table import Table

from assistant.build import recommender_versions
from assistant.cli.opening import open_store
from assistant.cli.terminal import JsonFlag, err, explaining, load_settings, out, rows, write_json
from assistant.insights import Insights, TrialReport, gather_insights, insights_to_wire


def insights(
    days: Annotated[
        int | None, typer.Option(help="How far back. [default: insights.days]", min=1, max=366)
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Impressions, clicks, carts and purchases by list, model and version, and the trial."""
    with explaining():
        settings = load_settings()
        with open_store(settings) as store:
            found = gather_insights(
                store,
                recommender_versions(settings),
                days or settings.insights.days,
                settings.recommendations.trial_shoppers,
            )
    if as_json:
        write_json(insights_to_wire(found))
        return
    out.print(_table(found))
    if found.trial is None:
        err.print("no trial goes on")
    else:
        _show_trial(found.trial)


def _table(found: Insights) -> Table:
    table = Table(box=None, header_style="dim")
    for header in ("list", "model", "version", "shown", "clicked", "cart", "bought", "CTR"):
        table.add_column(header)
    for one in found.figures.lists:
        counts = (one.impressions, one.clicks, one.carts, one.purchases)
        table.add_row(
            one.list_id, one.model, one.version, *map(str, counts), f"{one.click_through:.1%}"
        )
    return table


def _show_trial(found: TrialReport) -> None:
    verdict = found.clicks
    rows(
        "Trial",
        {
            "since": found.trial.started,
            **{
                f"version {arm.version or 'none'}": f"{arm.shoppers} shoppers, "
                f"{arm.clicked} clicked, {arm.bought} bought"
                for arm in found.arms
            },
            "difference in who clicks": f"{verdict.difference:+.1%}"
            f" [{verdict.low:+.1%}, {verdict.high:+.1%}], p = {verdict.chance:.3f}",
            "enough shoppers": "yes" if verdict.enough else f"no, {found.least} of each are needed",
            "significant": "yes" if verdict.significant else "no",
        }.items(),
    )
