"""When somebody is at the desk. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOOKED_AHEAD = 15

Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Spans by day of the week, in the shop's time zone; none at all means always.

    A span that ends before it begins runs over midnight.
    """

    spans: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    closed_on: frozenset[date] = frozenset()
    zone: str = "UTC"

    @classmethod
    def read(
        cls, hours: Mapping[str, str], closed_on: Sequence[str] = (), zone: str = "UTC"
    ) -> "OfficeHours":
        """From ``{"mon": "09:00-12:00 13:00-18:00"}`` and ISO dates.

        Raises:
            ValueError: a day, a time, a date or the zone is not one.
        """
        unknown = hours.keys() - set(DAYS)
        if unknown:
            raise ValueError(f"expected days among {', '.join(DAYS)}, got {sorted(unknown)}")
        try:
            ZoneInfo(zone)
        except (OSError, KeyError, ValueError) as error:
            raise ValueError(f"expected a time zone such as Asia/Shanghai, got {zone!r}") from error
        spans = {day: tuple(_span(part) for part in text.split()) for day, text in hours.items()}
        return cls(spans, frozenset(map(date.fromisoformat, closed_on)), zone)

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is there at a moment (with a time zone)."""
        if not self.spans:
            return True
        local = now.astimezone(ZoneInfo(self.zone))
        days = (local.date() - timedelta(days=1), local.date())
        return any(start <= now < end for day in days for start, end in self._of(day))

    def next_opening(self, now: datetime) -> datetime | None:
        """When somebody is there next, in the shop's time; None if nobody is in two weeks."""
        if not self.spans:
            return None
        today = now.astimezone(ZoneInfo(self.zone)).date()
        days = (today + timedelta(days=ahead) for ahead in range(_LOOKED_AHEAD))
        starts = (start for day in days for start, _ in self._of(day))
        return next((start for start in starts if start > now), None)

    def _of(self, day: date) -> list[tuple[datetime, datetime]]:
        if day in self.closed_on:
            return []
        zone = ZoneInfo(self.zone)
        found = []
        for first, last in self.spans.get(DAYS[day.weekday()], ()):
            end = day if last > first else day + timedelta(days=1)
            start = datetime.combine(day, first, zone)
            found.append((start, datetime.combine(end, last, zone)))
        return found


def _span(text: str) -> Span:
    first, dash, last = text.partition("-")
    if not dash:
        raise ValueError(f"expected hours such as 09:00-18:00, got {text!r}")
    end = time(0) if last == "24:00" else time.fromisoformat(last)
    return time.fromisoformat(first), end
