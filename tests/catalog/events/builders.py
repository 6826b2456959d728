"""Events and reports that tests build by hand."""

from datetime import UTC, datetime, timedelta

from catalog.events.types import VIEW, Event

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def event(kind=VIEW, product_id="A", seconds=0, shopper="u1", **fields):
    return Event(shopper, kind, NOW + timedelta(seconds=seconds), product_id, **fields)


def micros(time=NOW):
    return int(time.timestamp() * 1_000_000)


def batch(*events, **fields):
    return {"client_id": "c1", "timestamp_micros": micros(), "events": list(events)} | fields


def ga4(name="view_item", *items, **params):
    return {"name": name, "params": {"items": [{"item_id": one} for one in items]} | params}
