"""The days that a match of a day's name means: weekdays, months, seasons, 月底, 下周五."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from intents.types import DateRange
from intents.values import days
from intents.values.moments import Moment

_SHIFTS = {
    "this": 0, "coming": 0, "next": 1, "last": -1, "past": -1, "previous": -1,
    "这": 0, "这个": 0, "本": 0, "今": 0, "当": 0, "上": -1, "上个": -1, "去": -1, "下": 1,
    "下个": 1, "明": 1, "后": 2, "前": -2, "上上": -2, "上上个": -2, "下下": 2, "下下个": 2,
}  # fmt: skip
_NEAR = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "tomorrow": 1, "tmrw": 1, "tmr": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1,
    "day after tomorrow": 2, "yesterday": -1, "last night": -1, "day before yesterday": -2,
    "今": 0, "明": 1, "后": 2, "大后": 3, "昨": -1, "前": -2, "大前": -3,
}  # fmt: skip
_DAY_STARTS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH_STARTS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_SEASONS = {"fall": "autumn", "春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}
_LONG_AGO = ("last", "past", "previous")


def read_near(match: re.Match[str], at: Moment) -> DateRange:
    """Today and its neighbours: "tomorrow", 大后天."""
    return days.day(at.today, _NEAR[match["d"]])


def read_weekday(match: re.Match[str], at: Moment) -> DateRange:
    """A weekday; "next" means next week's, a bare one lies ahead unless the text looks back."""
    index = _DAY_STARTS.index(match["d"][:3])
    which = match["w"] or ""
    if which in ("next", "this"):
        return days.day(days.week(at.today, _SHIFTS[which]).start or at.today, index)
    if which in _LONG_AGO or at.past:
        back = (at.today.weekday() - index) % 7
        return days.day(at.today, -(back or (7 if which else 0)))
    return days.day(at.today, (index - at.today.weekday()) % 7)


def read_weekday_zh(match: re.Match[str], at: Moment) -> DateRange:
    """周五, 下周五, 上礼拜天: of the week that is named, else of this one or its neighbour."""
    which = match["w"] or ""
    monday = days.week(at.today, _SHIFTS.get(which, 0)).start or at.today
    found = monday + timedelta("一二三四五六".find(match["d"]) % 7)
    if which or found == at.today or (found < at.today) == at.past:
        return days.day(found)
    return days.day(found, -7 if at.past else 7)


def read_weekend(match: re.Match[str], at: Moment) -> DateRange:
    """Saturday and Sunday; a bare one lies ahead unless the text looks back."""
    which = match["w"] or ""
    looks_back = at.past and not which and at.today.weekday() < days.SATURDAY
    return days.weekend(at.today, -1 if looks_back else _SHIFTS.get(which, 0))


def read_stretch(match: re.Match[str], at: Moment) -> DateRange:
    """The week, month or year."""
    shift, unit = _SHIFTS[match["w"]], match["u"]
    if unit in ("month", "月"):
        return days.month(at.today, shift)
    if unit in ("year", "年"):
        return days.year(at.today, shift)
    return days.week(at.today, shift)


def read_season(match: re.Match[str], at: Moment) -> DateRange:
    """The months of a season: "next spring", 今年冬天."""
    said = match["s"]
    return days.season(_SEASONS.get(said, said), at.today, _SHIFTS[match["w"]])


def read_part(match: re.Match[str], at: Moment) -> DateRange:
    """The start, middle or end of a week, month or year: 月底, 年初, "the end of next month"."""
    whole_of, length, tail = _PARTED[match["u"]]
    whole = whole_of(at.today, _SHIFTS.get(match["w"] or "", 0))
    first, last = whole.start or at.today, whole.end or at.today
    third = timedelta(length)
    if match["p"] in ("初", "上旬", "start", "beginning"):
        return DateRange(first, first + third - timedelta(1))
    if match["p"] in ("中", "中旬", "middle"):
        return DateRange(first + third, first + 2 * third - timedelta(1))
    return DateRange(last - timedelta(tail), last)


_Whole = Callable[[date, int], DateRange]
# The stretch, how many days a third of it is, and how many before its last one are its end.
_PARTED: dict[str, tuple[_Whole, int, int]] = {
    **dict.fromkeys(("year", "年"), (days.year, 120, 30)),
    **dict.fromkeys(("month", "月"), (days.month, 10, 4)),
    "week": (days.week, 2, 2),
}


def read_iso(match: re.Match[str], at: Moment) -> DateRange | None:
    """2026-03-08."""
    return days.exact(int(match["y"]), int(match["m"]), int(match["d"]))


def read_slashed(match: re.Match[str], at: Moment) -> DateRange | None:
    """12/03 is 3 December; where that cannot be (25/12), and before dots, the day came first."""
    first, second = int(match["a"]), int(match["b"])
    groups = match.groupdict()
    day_first = first > days.MONTHS or (groups.get("s") == "." and second <= days.MONTHS)
    month, day = (second, first) if day_first else (first, second)
    said = groups.get("y")
    if said:
        return days.exact(int(said) if len(said) > 2 else 2000 + int(said), month, day)
    return days.nearest(month, day, at.today, at.past)


def read_named_day(match: re.Match[str], at: Moment) -> DateRange | None:
    """3 March, "March 3rd, 2026", 明年3月8号, 2026年3月8日."""
    groups = match.groupdict()
    if _is_verb(match, at):
        return None
    month = _month_number(match, at)
    ordinal = groups.get("o")
    day = ORDINALS.index(ordinal) + 1 if ordinal else at.number(match, "d")
    if groups.get("y"):
        return days.exact(at.number(match, "y"), month, day)
    if groups.get("w"):
        return days.exact(at.today.year + _SHIFTS[groups["w"]], month, day)
    return days.nearest(month, day, at.today, at.past)


def _is_verb(match: re.Match[str], at: Moment) -> bool:
    """Whether "may 5" and "march 2" could be no months: small letters and no "on" before them."""
    if match["m"] not in ("may", "mar", "march") or match.start("m") > match.start():
        return False
    before = at.shape.aligned[max(0, match.start() - 8) : match.start()]
    return at.shape.raw[match.start("m")].islower() and not _DATED.search(before)


_DATED = re.compile(
    r"(?:^|(?<![a-z])(?:on|by|before|after|until|till|since|from|to|of|last|next)) ?$"
)


def read_named_month(match: re.Match[str], at: Moment) -> DateRange | None:
    """March, "last May", 3月份, 明年三月."""
    groups = match.groupdict()
    number, which = _month_number(match, at), groups.get("w") or ""
    if not 1 <= number <= days.MONTHS:
        return None
    if groups.get("y"):
        found = days.exact(at.number(match, "y"), number, 1)
        return days.month(found.start) if found and found.start else None
    if which in ("今", "明", "去"):
        return days.month(date(at.today.year + _SHIFTS[which], number, 1))
    back = at.past or which in _LONG_AGO
    behind = number > at.today.month and back
    ahead = number < at.today.month and not back
    return days.month(date(at.today.year - behind + ahead, number, 1))


def read_month_of_year(match: re.Match[str], at: Moment) -> DateRange | None:
    """As "March 2026"; None where the month may be a verb."""
    return None if _is_verb(match, at) else read_named_month(match, at)


def _month_number(match: re.Match[str], at: Moment) -> int:
    said = match["m"][:3]
    return _MONTH_STARTS.index(said) + 1 if said in _MONTH_STARTS else at.number(match, "m")


def read_day_of_month(match: re.Match[str], at: Moment) -> DateRange | None:
    """8号, "the 8th": of the month that was named, else the next or the last such day."""
    number = at.number(match, "d")
    which = match.groupdict().get("w")
    if which:
        first = days.month(at.today, _SHIFTS[which]).start or at.today
        return days.exact(first.year, first.month, number)
    for shift in (0, -1, -2) if at.past else (0, 1, 2):
        first = days.month(at.today, shift).start or at.today
        found = days.exact(first.year, first.month, number)
        day = found and found.start
        if day and (day == at.today or (day < at.today) == at.past):
            return found
    return None


def read_year(match: re.Match[str], at: Moment) -> DateRange | None:
    """A year by its number: 2026年."""
    found = days.exact(at.number(match, "y"), 1, 1)
    return days.year(found.start) if found and found.start else None
