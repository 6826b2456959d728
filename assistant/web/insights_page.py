"""``/insights``: how lists and recommendations do, with plots, for the shop's own people."""

import base64
import binascii
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from assistant.build import recommender_versions
from assistant.insights import Insights, TrialReport, gather_insights, insights_to_wire
from assistant.settings import Settings
from assistant.web.pages import plain_page
from catalog.events.figures import ListFigures
from catalog.events.trials import Verdict
from catalog.store import ProductStore

_LOCAL = frozenset({"127.0.0.1", "::1", "localhost", "testclient"})
_PROXIED = ("x-forwarded-for", "forwarded", "x-real-ip")
_PLACES = 12
_PRIVATE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot: what it is of, its text, and its size in percent of the largest."""

    name: str
    text: str
    size: float


def mount_insights(app: FastAPI, store: ProductStore, settings: Settings) -> None:
    """Serve ``/insights`` and ``/insights.json``.

    401 without the token, where there is one; without one 403 for everybody but this machine.
    """
    versions = recommender_versions(settings)

    def gather() -> Insights:
        chosen = settings.insights.days, settings.recommendations.trial_shoppers
        return gather_insights(store, versions, *chosen)

    @app.get("/insights")
    def insights(request: Request) -> Response:
        refused = refusal(request, settings.insights.token)
        if refused is not None:
            return refused
        found = gather()
        page = plain_page(
            request,
            settings,
            "insights.html",
            found=found,
            lists=found.figures.lists,
            rates=_rates(found.figures.lists),
            places=_places(found),
            daily=_daily(found),
            trial=found.trial,
            verdict=_verdict(found.trial),
            percent=_percent,
        )
        page.headers.update(_PRIVATE)
        return page

    @app.get("/insights.json")
    def insights_json(request: Request) -> Response:
        refused = refusal(request, settings.insights.token)
        return refused or JSONResponse(insights_to_wire(gather()), headers=_PRIVATE)


def refusal(request: Request, token: str) -> Response | None:
    """What to answer somebody who may not see the figures; ``None`` for those who may."""
    if not token:
        if _is_local(request):
            return None
        return PlainTextResponse("set insights.token in daogou.toml to see this from afar", 403)
    if any(secrets.compare_digest(said.encode(), token.encode()) for said in _said(request)):
        return None
    asked = {"WWW-Authenticate": 'Basic realm="insights", charset="UTF-8"'}
    return PlainTextResponse("the token of the insights is needed", 401, asked)


def _is_local(request: Request) -> bool:
    """Whether the request comes from this machine and nobody passed it on."""
    host = request.client.host if request.client else ""
    return host in _LOCAL and not any(name in request.headers for name in _PROXIED)


def _said(request: Request) -> list[str]:
    """The tokens a request carries: a bearer's, or the password of a browser."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return [value.strip()]
    if scheme.lower() != "basic":
        return []
    try:
        told = base64.b64decode(value, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return []
    return [told.partition(":")[2]]


def _rates(lists: Sequence[ListFigures]) -> list[Bar]:
    """Click-through by list, model and version."""
    named = [(" · ".join(filter(None, (o.list_id, o.model, o.version))), o) for o in lists]
    top = max((one.click_through for one in lists), default=0.0)
    return [_bar(name, _percent(one.click_through), one.click_through, top) for name, one in named]


def _places(found: Insights) -> list[Bar]:
    """Click-through by place in a list, from 1."""
    rates = {
        at: clicked / shown for at, (shown, clicked) in found.positions.items() if at < _PLACES
    }
    top = max(rates.values(), default=0.0)
    return [_bar(str(at + 1), _percent(rate), rate, top) for at, rate in rates.items()]


def _daily(found: Insights) -> list[tuple[str, list[Bar]]]:
    """Impressions, clicks, carts and purchases by day, each row on its own scale."""
    rows = []
    for name in ("impressions", "clicks", "carts", "purchases"):
        counts = [(day.date, int(getattr(day, name))) for day in found.daily]
        top = max((count for _, count in counts), default=0)
        rows.append((name, [_bar(date, str(count), count, top) for date, count in counts]))
    return rows


def _verdict(trial: TrialReport | None) -> str:
    """The label that says how the trial stands."""
    return "" if trial is None else _label_of(trial.clicks)


def _label_of(verdict: Verdict) -> str:
    if not verdict.enough:
        return "trial_too_few"
    if not verdict.significant:
        return "trial_open"
    return "trial_better" if verdict.difference > 0 else "trial_worse"


def _bar(name: str, text: str, value: float, top: float) -> Bar:
    return Bar(name, text, round(100 * value / top, 1) if top else 0.0)


def _percent(rate: float) -> str:
    return f"{100 * rate:.1f} %"
