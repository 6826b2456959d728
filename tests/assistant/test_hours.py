from datetime import UTC, datetime

import pytest

from assistant.contact import find_contact
from assistant.hours import OfficeHours

# 2026-11-27 is a Friday.
SHOP = OfficeHours.read(
    {"mon": "09:00-12:00 13:00-18:00", "fri": "22:00-02:00"}, ("2026-11-30",), "Asia/Shanghai"
)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("time", "there"),
    [
        ("2026-11-23 01:00", True),
        ("2026-11-23 04:30", False),
        ("2026-11-23 05:00", True),
        ("2026-11-23 10:00", False),
        ("2026-11-27 13:59", False),
        ("2026-11-27 14:00", True),
        ("2026-11-27 17:59", True),
        ("2026-11-27 18:00", False),
        ("2026-11-30 02:00", False),
    ],
)
def test_whether_somebody_is_there(time, there):
    assert SHOP.is_open(at(time)) is there


def test_when_somebody_is_there_next():
    assert SHOP.next_opening(at("2026-11-23 04:30")) == at("2026-11-23 05:00")
    assert SHOP.next_opening(at("2026-11-28 00:00")) == at("2026-12-04 14:00")
    assert OfficeHours().is_open(at("2026-01-01 03:00"))
    assert OfficeHours().next_opening(at("2026-01-01 03:00")) is None


@pytest.mark.parametrize(
    ("hours", "zone"),
    [({"funday": "09:00-10:00"}, "UTC"), ({"mon": "nine"}, "UTC"), ({}, "Moon/Base")],
)
def test_wrong_hours_are_refused(hours, zone):
    with pytest.raises(ValueError):
        OfficeHours.read(hours, (), zone)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("it's ann.lee+shop@example.co.uk, thanks", "ann.lee+shop@example.co.uk"),
        ("打我电话13912345678吧", "13912345678"),
        ("call +1 (212) 555-0100 after six", "+1 (212) 555-0100"),
        ("order W1002003 for 39.90", ""),
        ("yes please", ""),
    ],
)
def test_how_somebody_can_be_reached(text, contact):
    assert find_contact(text) == contact
