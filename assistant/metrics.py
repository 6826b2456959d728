"""What an operator watches: counters of the turns, and figures read when somebody looks.

Everything is written in the text format of Prometheus.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
)

from assistant.types import Reply

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Of the text format."""

NOT_UNDERSTOOD = frozenset({"clarify", "report_out_of_scope", "offer_person"})
"""Actions that answer a message nobody understood."""

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class WatchedNLU(Protocol):
    """An understanding that says how it does.

    ``kind`` names what serves: the trained "model", the nearest "examples", or "rules" alone;
    ``problem`` says why it is not the model, with the cure; ``failures`` is how often it raised
    and the rules had to do.
    """

    @property
    def kind(self) -> str:
        """What serves."""

    @property
    def problem(self) -> str:
        """Why it is not the trained model, or ""."""

    @property
    def failures(self) -> int:
        """How often it raised."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What holds at the moment of looking; ``None`` where the database does not answer."""

    nlu: WatchedNLU
    products: int | None = None
    tickets: Mapping[str, int] | None = None
    recommender: str = ""
    recommender_failures: int = 0


class Metrics:
    """The counters of one assistant. Safe to use from several threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._turns = Counter(
            "daogou_turns", "Messages answered.", ("action", "language"), registry=self._registry
        )
        self._seconds = Histogram(
            "daogou_turn_seconds",
            "Time from a message to its reply, without writing it down.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._not_understood = Counter(
            "daogou_not_understood",
            "Messages nobody understood.",
            ("language",),
            registry=self._registry,
        )
        self._unread = Counter(
            "daogou_unread", "Messages that broke the understanding.", registry=self._registry
        )

    def count(self, reply: Reply) -> None:
        """Count a turn that was answered."""
        self._turns.labels(reply.action, reply.language).inc()
        self._seconds.observe(reply.timings_ms.total / 1_000)
        if reply.action in NOT_UNDERSTOOD:
            self._not_understood.labels(reply.language).inc()

    def count_unread(self) -> None:
        """Count a message that broke the understanding as a whole."""
        self._unread.inc()

    def text(self, figures: Figures) -> bytes:
        """Everything in the text format of Prometheus."""
        return generate_latest(self._registry) + generate_latest(_Now(figures))


class _Now(CollectorRegistry):
    """The figures of this moment, as a registry of their own."""

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        yield from _of_nlu(self._figures.nlu)
        yield InfoMetricFamily(
            "daogou_recommender",
            "Which trained version recommends products.",
            value={"version": self._figures.recommender or "none"},
        )
        yield CounterMetricFamily(
            "daogou_recommender_failures",
            "Versions of the recommender that could not be opened.",
            value=self._figures.recommender_failures,
        )
        products, tickets = self._figures.products, self._figures.tickets
        answered = products is not None and tickets is not None
        yield GaugeMetricFamily(
            "daogou_database_up", "Whether the database answers.", value=float(answered)
        )
        if products is not None:
            yield GaugeMetricFamily("daogou_products", "Products in the catalogue.", value=products)
        if tickets is not None:
            yield _of_tickets(tickets)


def _of_nlu(nlu: WatchedNLU) -> Iterator[Metric]:
    yield InfoMetricFamily("daogou_nlu", "What understands messages.", value={"kind": nlu.kind})
    yield CounterMetricFamily(
        "daogou_nlu_failures",
        "Messages that the model failed on and the rules read alone.",
        value=nlu.failures,
    )


def _of_tickets(tickets: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(
        "daogou_tickets_open", "Conversations that a person was asked for.", labels=("status",)
    )
    for status, count in tickets.items():
        family.add_metric((status,), count)
    return family
