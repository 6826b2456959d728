"""How the shop's lists and recommendations do, counted from the event log."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from catalog.events.figures import Figures, attributed, count_lists, count_positions
from catalog.events.trials import Arm, Verdict, count_arms, judge
from catalog.events.types import Event
from catalog.recommenders.versions import Trial, Versions
from catalog.store import ProductStore

RECOMMENDATIONS = frozenset({"recommend_products", "api_recommendations"})
"""The lists whose order a version of the recommender decides."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Day:
    """What was shown on a day (UTC), and what came of it."""

    date: str
    impressions: int
    clicks: int
    carts: int
    purchases: int


@dataclass(frozen=True, slots=True)
class TrialReport:
    """A trial so far: ``clicks`` and ``purchases`` say how the second arm does against the first.

    The first arm is what is promoted, the second what is tried.
    """

    trial: Trial
    arms: tuple[Arm, Arm]
    clicks: Verdict
    purchases: Verdict
    least: int


@dataclass(frozen=True, slots=True)
class Insights:
    """Everything the page shows, of the last ``days`` days."""

    days: int
    figures: Figures
    positions: dict[int, tuple[int, int]]
    daily: tuple[Day, ...]
    promoted: str
    trial: TrialReport | None
    not_counted: dict[str, int]


def gather_insights(
    store: ProductStore, versions: Versions, days: int, least: int, now: datetime | None = None
) -> Insights:
    """Read the log and count.

    Args:
        store: With the events.
        versions: Of the recommender.
        days: How far back.
        least: Shoppers each arm of a trial needs before it is judged.
        now: As of when.

    Raises:
        ValueError: ``days`` is below 1, or the versions' files are damaged.
    """
    if days < 1:
        raise ValueError(f"expected days from 1, got {days}")
    since = (now or datetime.now(UTC)) - timedelta(days=days)
    events = list(store.events(since))
    history = versions.history()
    promoted = history[-1] if history else ""
    trial = versions.trial()
    return Insights(
        days,
        count_lists(events),
        count_positions(events),
        _daily(events),
        promoted,
        None if trial is None else _judged(store, events, since, promoted, trial, least),
        dict(Counter(one.excluded.value for one in events if one.excluded)),
    )


def insights_to_wire(found: Insights) -> Json:
    """The figures as JSON; rates are fractions."""
    return {
        "days": found.days,
        "promoted": found.promoted,
        "lists": [
            asdict(one) | {"click_through": one.click_through, "conversion": one.conversion}
            for one in found.figures.lists
        ],
        "unshown_clicks": found.figures.unshown,
        "positions": [
            {"position": at, "impressions": shown, "clicks": clicked}
            for at, (shown, clicked) in found.positions.items()
        ],
        "daily": [asdict(one) for one in found.daily],
        "not_counted": found.not_counted,
        "trial": None if found.trial is None else _trial_to_wire(found.trial),
    }


def _trial_to_wire(found: TrialReport) -> Json:
    return {
        **asdict(found.trial),
        "least_shoppers": found.least,
        "arms": [asdict(one) for one in found.arms],
        "clicked": asdict(found.clicks) | {"significant": found.clicks.significant},
        "bought": asdict(found.purchases) | {"significant": found.purchases.significant},
    }


def _judged(
    store: ProductStore,
    events: Sequence[Event],
    since: datetime,
    promoted: str,
    trial: Trial,
    least: int,
) -> TrialReport:
    """The trial over its whole time, which may be longer than what is shown."""
    started = datetime.fromisoformat(trial.started)
    whole = list(store.events(started)) if started < since else events
    arms = count_arms(whole, (promoted, trial.version), RECOMMENDATIONS, started)
    one, two = arms
    clicks = judge((one.clicked, one.shoppers), (two.clicked, two.shoppers), least)
    purchases = judge((one.bought, one.shoppers), (two.bought, two.shoppers), least)
    return TrialReport(trial, arms, clicks, purchases, least)


def _daily(events: Sequence[Event]) -> tuple[Day, ...]:
    counts: dict[str, list[int]] = {}
    for one in attributed(events):
        day = counts.setdefault(one.time.date().isoformat(), [0, 0, 0, 0])
        for at, is_so in enumerate((True, one.clicked is not None, one.in_cart, one.bought)):
            day[at] += is_so
    return tuple(Day(date, *counts[date]) for date in sorted(counts))
