"""Stretches of the calendar: weeks, months, seasons and the feast days that shops live by."""

import calendar
from datetime import date, timedelta

from intents.types import DateRange

MOST_DAYS = 3_650
"""How far from the reference day a text may reach."""
MONTHS = 12
SATURDAY = 5
_YEARS = range(1900, 2200)

# Lunar feasts by year, as (month, day): Spring Festival, Dragon Boat, Mid-Autumn.
_LUNAR: dict[int, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    2024: ((2, 10), (6, 10), (9, 17)),
    2025: ((1, 29), (5, 31), (10, 6)),
    2026: ((2, 17), (6, 19), (9, 25)),
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
    2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)),
    2031: ((1, 23), (6, 24), (10, 1)),
    2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)),
    2034: ((2, 19), (6, 20), (9, 27)),
    2035: ((2, 8), (6, 10), (9, 16)),
}
_LUNAR_FEASTS = ("spring festival", "dragon boat", "mid-autumn")
# month, day, days it lasts
_FIXED: dict[str, tuple[int, int, int]] = {
    "new year": (1, 1, 1),
    "valentine": (2, 14, 1),
    "women's day": (3, 8, 1),
    "labour day": (5, 1, 5),
    "children's day": (6, 1, 1),
    "618": (6, 18, 1),
    "teachers' day": (9, 10, 1),
    "national day": (10, 1, 7),
    "halloween": (10, 31, 1),
    "singles' day": (11, 11, 1),
    "double twelve": (12, 12, 1),
    "christmas eve": (12, 24, 1),
    "christmas": (12, 25, 1),
    "new year's eve": (12, 31, 1),
}
# month, weekday (Monday is 0), which one of the month, days after it
_MOVING: dict[str, tuple[int, int, int, int]] = {
    "mother's day": (5, 6, 2, 0),
    "father's day": (6, 6, 3, 0),
    "thanksgiving": (11, 3, 4, 0),
    "black friday": (11, 3, 4, 1),
    "cyber monday": (11, 3, 4, 4),
}
# Feasts so many days after the Spring Festival, whose month before may have 29 days or 30.
_AFTER_SPRING = {"lunar new year's eve": -1, "lantern festival": 14}
# 七夕 by year, as (month, day).
_QIXI = {
    2024: (8, 10), 2025: (8, 29), 2026: (8, 19), 2027: (8, 8), 2028: (8, 26), 2029: (8, 16),
    2030: (8, 5), 2031: (8, 24), 2032: (8, 12), 2033: (8, 1), 2034: (8, 20), 2035: (8, 10),
}  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def day(of: date, shift: int = 0) -> DateRange:
    """One day, ``shift`` days from another."""
    found = of + timedelta(shift)
    return DateRange(found, found)


def week(of: date, shift: int = 0) -> DateRange:
    """The week from Monday to Sunday, ``shift`` weeks from the one that has the day."""
    monday = of - timedelta(of.weekday()) + timedelta(weeks=shift)
    return DateRange(monday, monday + timedelta(6))


def weekend(of: date, shift: int = 0) -> DateRange:
    """Saturday and Sunday of that week."""
    sunday = week(of, shift).end or of
    return DateRange(sunday - timedelta(1), sunday)


def month(of: date, shift: int = 0) -> DateRange:
    """The month, ``shift`` months from the one that has the day."""
    first = add_months(of.replace(day=1), shift)
    return DateRange(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))


def year(of: date, shift: int = 0) -> DateRange:
    """The year, ``shift`` years from the one that has the day."""
    return DateRange(date(of.year + shift, 1, 1), date(of.year + shift, 12, 31))


def season(name: str, of: date, shift: int = 0) -> DateRange:
    """Three months of the northern calendar; winter begins in the year it is named by."""
    first = date(of.year + shift, _SEASONS[name], 1)
    return DateRange(first, month(first, 2).end)


def add_months(of: date, months: int) -> date:
    """The same day in another month, or that month's last one."""
    years, index = divmod(of.month - 1 + months, 12)
    last = calendar.monthrange(of.year + years, index + 1)[1]
    return date(of.year + years, index + 1, min(of.day, last))


def exact(year_number: int, month_number: int, day_number: int) -> DateRange | None:
    """That day, or ``None`` where the calendar has none."""
    if year_number not in _YEARS:
        return None
    try:
        return day(date(year_number, month_number, day_number))
    except ValueError:
        return None


def nearest(month_number: int, day_number: int, today: date, past: bool) -> DateRange | None:
    """The next such day from today on, or with ``past`` the last one up to today.

    Without a word for the past a day of less than 60 days ago stays in this year.
    """
    found = [exact(today.year + shift, month_number, day_number) for shift in (-1, 0, 1, 2, 3, 4)]
    days = [one for one in found if one and one.start]
    if past:
        return max((d for d in days if d.start and d.start <= today), key=_start, default=None)
    soon = today - timedelta(60)
    return min((d for d in days if d.start and d.start >= soon), key=_start, default=None)


def feast(name: str, today: date, past: bool = False) -> DateRange | None:
    """The next feast of that name, or the last one; ``None`` beyond the years that are known."""
    found = [_feast(name, today.year + shift) for shift in (-1, 0, 1)]
    days = [one for one in found if one]
    if past:
        return max((d for d in days if _start(d) <= today), key=_start, default=None)
    return min((d for d in days if (d.end or today) >= today), key=_start, default=None)


def _feast(name: str, in_year: int) -> DateRange | None:
    if name in _FIXED:
        month_number, day_number, length = _FIXED[name]
        first = date(in_year, month_number, day_number)
        return DateRange(first, first + timedelta(length - 1))
    if name in _LUNAR_FEASTS:
        dates = _LUNAR.get(in_year)
        return exact(in_year, *dates[_LUNAR_FEASTS.index(name)]) if dates else None
    if name in _AFTER_SPRING:
        spring = _feast("spring festival", in_year)
        return day(_start(spring), _AFTER_SPRING[name]) if spring else None
    if name in _RECKONED:
        return _RECKONED[name](in_year)
    month_number, weekday, which, after = _MOVING[name]
    first = date(in_year, month_number, 1)
    ahead = (weekday - first.weekday()) % 7 + 7 * (which - 1) + after
    return day(first, ahead)


def _qixi(in_year: int) -> DateRange | None:
    dates = _QIXI.get(in_year)
    return exact(in_year, *dates) if dates else None


def _qingming(in_year: int) -> DateRange | None:
    """The day the sun stands at 15°, by the rule of thumb that holds from 2000 to 2099."""
    of_century = in_year % 100
    number = int(of_century * 0.2422 + 4.81) - of_century // 4
    return exact(in_year, 4, number) if in_year // 100 == 20 else None


def _easter(in_year: int) -> DateRange | None:
    """Easter Sunday: Meeus, 1991, Astronomical Algorithms, chapter 8 ("Gregorian Easter")."""
    golden = in_year % 19
    century, of_century = divmod(in_year, 100)
    leaps, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    sunday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month_number, number = divmod(epact + sunday - 7 * late + 114, 31)
    return exact(in_year, month_number, number + 1)


_RECKONED = {"qixi": _qixi, "qingming": _qingming, "easter": _easter}


def _start(one: DateRange) -> date:
    return one.start or date.min
