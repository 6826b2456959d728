from datetime import date

import pytest

from intents.types import DateRange
from intents.values import days


def test_a_month_ends_with_its_last_day():
    assert days.month(date(2024, 1, 31), 1) == DateRange(date(2024, 2, 1), date(2024, 2, 29))
    assert days.add_months(date(2024, 12, 31), 2) == date(2025, 2, 28)


def test_a_week_begins_on_monday():
    assert days.week(date(2025, 11, 23)) == DateRange(date(2025, 11, 17), date(2025, 11, 23))
    assert days.weekend(date(2025, 11, 23)) == DateRange(date(2025, 11, 22), date(2025, 11, 23))


@pytest.mark.parametrize("day", [(2025, 2, 30), (2025, 13, 1), (1, 1, 1), (2025, 0, 0)])
def test_a_day_the_calendar_lacks_is_none(day):
    assert days.exact(*day) is None


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("black friday", date(2025, 11, 28)),
        ("cyber monday", date(2025, 12, 1)),
        ("mother's day", date(2026, 5, 10)),
        ("spring festival", date(2026, 2, 17)),
        ("mid-autumn", date(2026, 9, 25)),
        ("christmas", date(2025, 12, 25)),
    ],
)
def test_the_next_feast(name, start):
    assert days.feast(name, date(2025, 11, 19)).start == start


def test_the_last_feast_and_those_nobody_has_reckoned():
    assert days.feast("singles' day", date(2025, 11, 19), past=True).start == date(2025, 11, 11)
    assert days.feast("spring festival", date(2090, 1, 1)) is None


def test_the_29th_of_february_waits_for_a_leap_year():
    assert days.nearest(2, 29, date(2025, 11, 19), past=False).start == date(2028, 2, 29)
    assert days.nearest(2, 30, date(2025, 11, 19), past=False) is None
