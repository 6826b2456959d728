"""What names a stretch of days by itself: "next week", "3 March", 后天, 下周五, 月底, 双十一."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from intents.shape import NUMBER, Shape
from intents.types import DateRange
from intents.values import days


@dataclass(frozen=True, slots=True)
class Moment:
    """The text, the day it is read on, and whether it tells of the past."""

    shape: Shape
    today: date
    past: bool

    def number(self, match: re.Match[str], group: str) -> int:
        """The whole number that a group stands on; 0 for any other."""
        low = self.shape.number(match, group).low
        return int(low) if low == int(low) and low <= days.MOST_DAYS else 0


Reader = Callable[[re.Match[str], Moment], DateRange | None]
Patterns = tuple[tuple[re.Pattern[str], Reader], ...]

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
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_SEASONS = {"fall": "autumn", "春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}
_LONG_AGO = ("last", "past", "previous")


def _near(match: re.Match[str], at: Moment) -> DateRange:
    return days.day(at.today, _NEAR[match["d"]])


def _weekday(match: re.Match[str], at: Moment) -> DateRange:
    """A weekday; "next" means next week's, a bare one lies ahead unless the text looks back."""
    index = _DAY_STARTS.index(match["d"][:3])
    which = match["w"] or ""
    if which in ("next", "this"):
        return days.day(days.week(at.today, _SHIFTS[which]).start or at.today, index)
    if which in _LONG_AGO or at.past:
        back = (at.today.weekday() - index) % 7
        return days.day(at.today, -(back or (7 if which else 0)))
    return days.day(at.today, (index - at.today.weekday()) % 7)


def _weekday_zh(match: re.Match[str], at: Moment) -> DateRange:
    """周五, 下周五, 上礼拜天: of the week that is named, else of this one or its neighbour."""
    which = match["w"] or ""
    monday = days.week(at.today, _SHIFTS.get(which, 0)).start or at.today
    found = monday + timedelta("一二三四五六".find(match["d"]) % 7)
    if which or found == at.today or (found < at.today) == at.past:
        return days.day(found)
    return days.day(found, -7 if at.past else 7)


def _weekend(match: re.Match[str], at: Moment) -> DateRange:
    which = match["w"] or ""
    looks_back = at.past and not which and at.today.weekday() < days.SATURDAY
    return days.weekend(at.today, -1 if looks_back else _SHIFTS.get(which, 0))


def _stretch(match: re.Match[str], at: Moment) -> DateRange:
    """The week, month or year."""
    shift, unit = _SHIFTS[match["w"]], match["u"]
    if unit in ("month", "月"):
        return days.month(at.today, shift)
    if unit in ("year", "年"):
        return days.year(at.today, shift)
    return days.week(at.today, shift)


def _season(match: re.Match[str], at: Moment) -> DateRange:
    said = match["s"]
    return days.season(_SEASONS.get(said, said), at.today, _SHIFTS[match["w"]])


def _part(match: re.Match[str], at: Moment) -> DateRange:
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


def _iso(match: re.Match[str], at: Moment) -> DateRange | None:
    return days.exact(int(match["y"]), int(match["m"]), int(match["d"]))


def _slashed(match: re.Match[str], at: Moment) -> DateRange | None:
    """12/03 is 3 December; where that cannot be (25/12), and before dots, the day came first."""
    first, second = int(match["a"]), int(match["b"])
    groups = match.groupdict()
    day_first = first > days.MONTHS or (groups.get("s") == "." and second <= days.MONTHS)
    month, day = (second, first) if day_first else (first, second)
    said = groups.get("y")
    if said:
        return days.exact(int(said) if len(said) > 2 else 2000 + int(said), month, day)
    return days.nearest(month, day, at.today, at.past)


def _named_day(match: re.Match[str], at: Moment) -> DateRange | None:
    """3 March, "March 3rd, 2026", 明年3月8号, 2026年3月8日."""
    groups = match.groupdict()
    if _is_verb(match, at):
        return None
    month = _month_number(match, at)
    ordinal = groups.get("o")
    day = _ORDINALS.index(ordinal) + 1 if ordinal else at.number(match, "d")
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


def _named_month(match: re.Match[str], at: Moment) -> DateRange | None:
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


def _month_of_year(match: re.Match[str], at: Moment) -> DateRange | None:
    return None if _is_verb(match, at) else _named_month(match, at)


def _month_number(match: re.Match[str], at: Moment) -> int:
    said = match["m"][:3]
    return _MONTH_STARTS.index(said) + 1 if said in _MONTH_STARTS else at.number(match, "m")


def _day_of_month(match: re.Match[str], at: Moment) -> DateRange | None:
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


def _year(match: re.Match[str], at: Moment) -> DateRange | None:
    found = days.exact(at.number(match, "y"), 1, 1)
    return days.year(found.start) if found and found.start else None


def _feast(name: str) -> Reader:
    return lambda match, at: days.feast(name, at.today, at.past)


def _compiled(*pairs: tuple[str, Reader]) -> Patterns:
    return tuple((re.compile(pattern), reader) for pattern, reader in pairs)


_MONTH = (
    "(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_LONG_MONTH = (
    "(?P<m>january|february|march|april|may|june|july|august|september|october|november|december)"
)
_WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SHORT_WEEKDAY = "tues?|weds?|thurs?|thu|fri"
_WHICH = "this|next|last|coming|past|previous"
_TIME = r"(?: (?:early |late )?(?:morning|afternoon|evening|night|noon)\b)?"
_TIME_ZH = "(?:一?[大清]?早[上晨]?|上午|中午|下午|傍晚|晚上|晚|夜里|凌晨)?"
_WEEK_ZH = "(?P<w>这个?|本|上上个?|下下个?|上个|下个|上|下)"
_NUMBER_DAY = rf"(?P<d>{NUMBER})(?:st|nd|rd|th)?"
_ORDINAL = rf"(?P<o>{'|'.join(_ORDINALS)})"
_YEAR_AFTER = rf"(?:,? ?(?P<y>{NUMBER})(?![a-z\d%$€£]))?"
_THEN_ZH = (
    "(?=之?前|以前|之?后|以后|到|送|发|下[单的]|买|拍|晚|早|上午|下午|的?时候|那天|给|能|要|收|寄"
    "|左右|[)）]|退)"
)

WRITTEN = _compiled(
    (
        r"(?<![\w.-])(?P<y>(?:19|20|21)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
        r"(?![a-z\d-])",
        _iso,
    ),
    (
        r"(?<![\w./-])(?P<a>\d{1,2})(?P<s>[/.-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)(?![\w/-])",
        _slashed,
    ),
    (
        r"(?:(?<=\bon )|(?<=\bby )|(?<=before )|(?<=after )|(?<=until )|(?<=since )|(?<=from )"
        r"|(?<=due )|(?<=of )|^(?=\d+/\d+\W*$))(?!24/7)(?P<a>\d{1,2})/(?P<b>\d{1,2})"
        r"(?![\w/-]|\.\d)",
        _slashed,
    ),
    (
        r"(?<![a-z])(?:the )?(?P<d>day after tomorrow|day before yesterday|today|tonight"
        r"|this (?:morning|afternoon|evening)|tomorrow|tmrw?|tomorow|tommorr?ow|yesterday"
        rf"|last night)(?![a-z'-]){_TIME}",
        _near,
    ),
    (
        r"(?P<d>大后|大前|今|明|(?<![以之天])后|昨|(?<![以之天])前)(?:[天日儿](?![天气])|(?=[早晚]))"
        rf"{_TIME_ZH}",
        _near,
    ),
    (
        rf"(?<![a-z])(?<!black )(?<!cyber )(?<!good )(?:(?P<w>{_WHICH}) )?(?P<d>{_WEEKDAY})"
        rf"(?![a-z'-]|s\b| addams){_TIME}",
        _weekday,
    ),
    (
        rf"(?<![a-z])(?:(?P<w>{_WHICH}) |(?<=\bby )|(?<=\bon )|(?<=before )|(?<=until ))"
        rf"(?P<d>{_SHORT_WEEKDAY}|(?<!on )(?:mon|sat|sun))(?![a-z'-]){_TIME}",
        _weekday,
    ),
    (rf"{_WEEK_ZH}?(?:周|星期|礼拜)(?P<d>[一二三四五六日天])(?![年个]){_TIME_ZH}", _weekday_zh),
    (rf"(?<![a-z])(?:(?P<w>{_WHICH}) )?weekend(?![a-z-])", _weekend),
    (rf"{_WEEK_ZH}?周末", _weekend),
    (rf"(?<![a-z])(?P<w>{_WHICH}) (?P<u>week|month|year)(?![a-z-]|'s| (?:old|long))", _stretch),
    (rf"{_WEEK_ZH}(?P<u>星期|礼拜|周|月)(?![末初底中上下一二三四五六日天岁])", _stretch),
    (r"(?P<w>[今去明前后])(?P<u>年)(?![初底中货款级度糕龄春夏秋冬会])", _stretch),
    (
        r"(?<![a-z])(?P<w>this|next|last|coming) (?P<s>spring|summer|autumn|fall|winter)(?![a-z])",
        _season,
    ),
    (r"(?P<w>[今去明])年?(?P<s>[春夏秋冬])(?:天|季(?!款))?(?!装|款|新|季)", _season),
    (rf"{_WEEK_ZH}?(?P<u>月)(?P<p>底|初|末|中旬|上旬|下旬|中(?=[旬之前]))", _part),
    (r"(?P<w>[今去明])?(?P<u>年)(?P<p>底|初|末|中)", _part),
    (
        r"(?<![a-z])(?P<p>end|start|beginning|middle) of (?:the )?(?:(?P<w>this|next|last) )?"
        r"(?P<u>week|month|year)(?![a-z])",
        _part,
    ),
)
"""Names that need no number; they are looked for in the aligned text."""

NUMBERED = _compiled(
    (
        rf"(?P<y>{NUMBER})年(?P<m>{NUMBER})月份?(?P<d>{NUMBER})[号日]?{_TIME_ZH}",
        _named_day,
    ),
    (
        rf"(?:(?P<w>[今明去])年)?(?P<m>{NUMBER})月份?(?P<d>{NUMBER})[号日]?(?![年月岁]){_TIME_ZH}",
        _named_day,
    ),
    (rf"(?P<y>{NUMBER})年(?P<m>{NUMBER})月份?", _named_month),
    (rf"(?:(?P<w>[今明去])年)?(?P<m>{NUMBER})月(?:份|(?![龄饼亮光球子嫂经大]))", _named_month),
    (
        rf"(?<![a-z])(?:the )?{_NUMBER_DAY}(?: of)? {_MONTH}(?![a-z-]){_YEAR_AFTER}",
        _named_day,
    ),
    (
        rf"(?<![a-z])(?:(?<=since )|(?<=until )|(?<=\bby )|(?<=before )|(?<=after )"
        rf"|(?<=from )|(?<=during )|(?P<w>last|next|this) ){_LONG_MONTH}(?![a-z-])"
        rf"{_YEAR_AFTER}(?! ?{NUMBER})",
        _named_month,
    ),
    (
        rf"(?<![a-z])(?:(?<=\bin )|(?<=end of )){_MONTH}(?![a-z-]){_YEAR_AFTER}(?! ?{NUMBER})",
        _named_month,
    ),
    (rf"(?<![a-z]){_MONTH},? (?P<y>{NUMBER})(?![a-z\d%$€£]| ?{NUMBER})", _month_of_year),
    (rf"(?<![a-z])(?:the )?{_ORDINAL} of {_MONTH}(?![a-z-]){_YEAR_AFTER}", _named_day),
    (
        rf"(?<![a-z]){_MONTH} (?:the )?{_NUMBER_DAY}"
        rf"(?![a-z%$€£]|\.\d| (?:inch|people|pack|or|of)\b){_YEAR_AFTER}",
        _named_day,
    ),
    (rf"(?<![a-z]){_MONTH} (?:the )?{_ORDINAL}(?![a-z])", _named_day),
    (rf"(?P<w>这个|本|上个?|下个?)月(?P<d>{NUMBER})[号日]?", _day_of_month),
    (rf"(?<![第\w])(?P<d>{NUMBER})[号日]{_THEN_ZH}", _day_of_month),
    (
        rf"(?:(?<=\bby )|(?<=\bon )|(?<=before )|(?<=until )|(?<=since )|(?<=later than )"
        r"|(?<=earlier than ))the "
        rf"(?P<d>{NUMBER})(?:st|nd|rd|th)(?![a-z])(?! (?:one|item|product|option|pair)\b)",
        _day_of_month,
    ),
    (rf"(?P<y>{NUMBER})年(?![款级份]|之?[前后内])", _year),
)
"""Names with a number in them; they are looked for in the marked text."""

_KNOWN_WRITTEN = _compiled(
    (
        rf"(?<![a-z])(?:(?P<w>{_WHICH}) )?(?P<d>{_SHORT_WEEKDAY}|mon|wed|sat|sun)(?![a-z'-])",
        _weekday,
    ),
    (r"(?<![a-z\d.])(?P<a>\d{1,2})(?P<s>\.)(?P<b>\d{1,2})\.(?![a-z\d])", _slashed),
    (r"(?<![a-z\d./])(?P<a>\d{1,2})[./](?P<b>\d{1,2})(?![a-z\d./])", _slashed),
)
_KNOWN_NUMBERED = _compiled(
    (rf"(?<![a-z])the (?P<d>{NUMBER})(?:st|nd|rd|th)(?![a-z])", _day_of_month),
    (rf"(?P<d>{NUMBER})[号日]", _day_of_month),
)


def find_known_names(at: Moment) -> Iterator[tuple[int, int, DateRange]]:
    """What names days only where a day was meant: "Sat", "the 25th", 12.20, 25号."""
    yield from find_names(at, _KNOWN_WRITTEN, at.shape.aligned)
    yield from find_names(at, _KNOWN_NUMBERED, at.shape.marked)


FEASTS = _compiled(
    (r"(?<![a-z])new year'?s?(?: day)?(?! eve)(?![a-z])|元旦", _feast("new year")),
    (r"(?<![a-z])(?:new year'?s eve|nye)(?![a-z])|跨年夜?", _feast("new year's eve")),
    (
        r"(?<![a-z])(?:chinese|lunar) new year(?![a-z])|spring festival|春节|过年|大年初一",
        _feast("spring festival"),
    ),
    (r"(?<![a-z])valentine'?s?(?: day)?(?![a-z])|情人节", _feast("valentine")),
    (r"women'?s day|妇女节|女神节|三八节", _feast("women's day")),
    (r"mother'?s'? day|母亲节", _feast("mother's day")),
    (r"father'?s'? day|父亲节", _feast("father's day")),
    (r"五一(?:劳动节|假期|节)?|劳动节", _feast("labour day")),
    (r"children'?s day|儿童节|六一(?:儿童节)?", _feast("children's day")),
    (r"dragon boat(?: festival)?|端午节?", _feast("dragon boat")),
    (r"(?<!\d)618(?!\d)", _feast("618")),
    (r"(?<![a-z])mid-?autumn(?: festival)?|中秋节?", _feast("mid-autumn")),
    (r"teachers?'? day|教师节", _feast("teachers' day")),
    (r"国庆节?(?:假期)?|十一(?=假期|之?[前后]|长假)", _feast("national day")),
    (r"(?<![a-z])halloween(?![a-z])|万圣节", _feast("halloween")),
    (r"singles'? day|double (?:eleven|11)|双十一|双11", _feast("singles' day")),
    (r"double (?:twelve|12)|双十二|双12", _feast("double twelve")),
    (r"(?<![a-z])thanksgiving(?: day)?(?![a-z])|感恩节", _feast("thanksgiving")),
    (r"(?<![a-z])easter(?: sunday)?(?![a-z]| egg)", _feast("easter")),
    (r"清明节?(?!上河)", _feast("qingming")),
    (r"七夕节?", _feast("qixi")),
    (r"元宵节?", _feast("lantern festival")),
    (r"除夕夜?", _feast("lunar new year's eve")),
    (r"(?<![a-z])black friday(?![a-z])|黑五", _feast("black friday")),
    (r"(?<![a-z])cyber monday(?![a-z])", _feast("cyber monday")),
    (r"(?<![a-z])(?:christmas|xmas) eve(?![a-z])|平安夜", _feast("christmas eve")),
    (r"(?<![a-z])(?:christmas|x-?mas)(?! eve)(?: day)?(?![a-z])|圣诞节?", _feast("christmas")),
)
"""Feast days. Alone they are occasions of gifts; only words of time make dates of them."""


def find_names(at: Moment, patterns: Patterns, text: str) -> Iterator[tuple[int, int, DateRange]]:
    """Where patterns stand in a text, with the days they mean."""
    for pattern, reader in patterns:
        for match in pattern.finditer(text):
            found = reader(match, at)
            if found is not None:
                yield *match.span(), found
