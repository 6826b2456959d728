"""When: "by Friday", "in two days", "last month", 后天之前, 3月8号到10号, 一周内."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from intents.shape import NUMBER, Shape, shape
from intents.types import DateRange, Slot
from intents.values import days
from intents.values.day_words import NUMBERED, WRITTEN, find_known_names
from intents.values.feasts import FEASTS
from intents.values.moments import Moment, find_names


@dataclass(frozen=True, slots=True)
class _Found:
    """Days meant at ``start:end``; a feast is a date only beside a word of time.

    ``joined`` days run from one named day to another, which no "from" or 从 leaves open.
    """

    start: int
    end: int
    value: DateRange
    bare: bool = True
    joined: bool = False


Relate = Callable[[DateRange, date], DateRange]


def find_dates(prepared: Shape, today: date) -> list[Slot]:
    """The days and stretches of days a text names, as slots named ``date``.

    A month before a day where digits leave it open (12/03 is 3 December). A bare weekday or day
    lies ahead, unless the text tells of something past ("arrived on Friday", 周五买的). "Before
    Friday" ends on Thursday; 周五之前 is a deadline and takes the Friday in.

    Args:
        prepared: the prepared text.
        today: the day "tomorrow" is counted from.
    """
    at = Moment(prepared, today, bool(_PAST.search(prepared.aligned)))
    spans = _spans(at)
    named = _joined(at, _apart([*_names(at), *spans]))
    related = [one if one in spans else _related(at, one) for one in named]
    return [
        prepared.slot("date", one.value, one.start, one.end)
        for one in sorted(related, key=lambda found: found.start)
        if one.bare
    ]


def read_date(words: str, today: date) -> DateRange | None:
    """The days that words mean which are known to be a date; ``None`` where they mean none.

    More is understood here than :func:`find_dates` finds in a text: 三天, "a week", "Christmas".
    """
    prepared = shape(words)
    found = find_dates(prepared, today)
    if found and isinstance(found[0].value, DateRange):
        return found[0].value
    at = Moment(prepared, today, False)
    known = _apart([_Found(*one) for one in find_known_names(at)])
    if known:
        return _related(at, known[0]).value
    feasts = list(find_names(at, FEASTS, prepared.aligned))
    if feasts:
        return feasts[0][2]
    match = _LENGTH.search(prepared.marked)
    length = match and _length(match, at)
    return DateRange(today, today + length) if length else None


_PAST = re.compile(
    r"(?<![a-z])(?:bought|ordered|arrived|received|placed|purchased|paid|came|got|delivered|was"
    r"|were|did|shipped|returned|sent|cancelled|happened|since|ago)(?![a-z])"
    r"|买的|买了|下的单|下单的|拍的|收到[的了]|到的|退的|付的|付了|申请的|寄的|寄回|那单|那个订单|的订单|以来"
)
_UNIT = (
    r"(?P<u>(?:business |working |work )?days?|weeks?|fortnights?|months?|years?|hours?|hrs?"
    r"|个?工作日|[天日]|个?星期|个?礼拜|周(?!岁)|个月|年|个?小时)"
)
_MANY = (
    rf"(?P<n>{NUMBER}|half an?\b|an?\b|one\b|(?:a |the next )?(?:few|couple)(?: of)?\b|半个?|几)"
)
_AMOUNT = rf"{_MANY}[ -]?{_UNIT}(?![a-z]|[装款龄])"
_LENGTH = re.compile(_AMOUNT)
_WITHIN = re.compile(
    rf"(?<![a-z])(?:within|in (?:under|less than|the (?:next|coming))|(?:over|for) the next"
    rf"|(?:the )?next|no (?:more|longer) than)(?: the next)? {_AMOUNT}"
    r"(?! (?:warranty|guarantee|old))"
    rf"|(?P<z>(?:未来|接下来|今后)?){_AMOUNT.replace('<n>', '<m>').replace('<u>', '<v>')}"
    rf"(?:之内|以内|内(?![存衣裤]))(?!的?(?:宝宝|婴儿|孩子|新生儿))"
)
_AHEAD = re.compile(
    rf"(?<![a-z])in (?:about |around )?{_AMOUNT}(?:' time|'s time)?(?! (?:old|warranty|or less))"
    rf"|(?P<z>过?){_AMOUNT.replace('<n>', '<m>').replace('<u>', '<v>')}(?:之后|以后|后(?!天))"
)
_LATER = re.compile(rf"(?<![a-z]){_AMOUNT} (?:from (?:now|today)|later)")
_AGO = re.compile(
    rf"(?<![a-z])(?:about |around )?{_AMOUNT} ago"
    rf"|(?P<z>){_AMOUNT.replace('<n>', '<m>').replace('<u>', '<v>')}(?:之前|以前|前(?!天|年))"
)
_LATELY = re.compile(
    rf"(?<![a-z])(?:in |within |over |during |for |from )?(?:the|my) (?:last|past) {_AMOUNT}"
    rf"|(?P<z>最近|近|过去)(?:的|这)?{_AMOUNT.replace('<n>', '<m>').replace('<u>', '<v>')}"
)
_FEW, _HALF_MONTH = 3, 15


def _length(match: re.Match[str], at: Moment) -> timedelta | None:
    """How long an amount of days, weeks, … is, counted from today; ``None`` when absurd."""
    groups = match.groupdict()
    many, unit = ("n", "u") if groups.get("u") else ("m", "v")
    said, name = match[many], match[unit]
    half = said.startswith(("半", "half"))
    count = 0 if half else _count(said, match, many, at)
    months = {"月": 1, "年": 12, "mon": 1, "yea": 12}.get(name[-1], 0) or {"mon": 1, "yea": 12}.get(
        name[:3], 0
    )
    if months:
        return _months(at.today, months, count, half)
    if "工作" in name or name.startswith(("business", "work")):
        count = _working(at.today, min(count, days.MOST_DAYS))
    elif name[:1] in "周" or name.endswith(("星期", "礼拜")) or name.startswith("week"):
        count *= 7
    elif name.startswith("fortnight"):
        count *= 14
    elif name.endswith("小时") or name.startswith("h"):
        count = -(-count // 24) if count % 24 == 0 else 0
    return timedelta(count) if 0 < count <= days.MOST_DAYS else None


def _count(said: str, match: re.Match[str], group: str, at: Moment) -> int:
    if match.start(group) in at.shape.numbers:
        return at.number(match, group)
    if "few" in said or said == "几":
        return _FEW
    return 2 if "couple" in said else 1


def _months(today: date, months: int, count: int, half: bool) -> timedelta | None:
    if half:
        return timedelta(_HALF_MONTH) if months == 1 else days.add_months(today, 6) - today
    if not 0 < months * count <= days.MOST_DAYS // 30:
        return None
    return days.add_months(today, months * count) - today


def _working(today: date, count: int) -> int:
    """The days from today until so many days from Monday to Friday have gone by."""
    passed = 0
    while count > 0:
        passed += 1
        count -= (today + timedelta(passed)).weekday() < days.SATURDAY
    return passed


def _spans(at: Moment) -> list[_Found]:
    """Stretches measured from today: "within a week", "in two days", 三天前, 最近三个月."""
    today = at.today
    found: list[_Found] = []
    for pattern, make in _MEASURED:
        for match in pattern.finditer(at.shape.marked):
            length = _length(match, at)
            if length:
                found.append(_Found(*match.span(), make(today, length)))
    return _apart(found)


def _since_then(today: date, length: timedelta) -> DateRange:
    return DateRange(today - length, today)


def _until_then(today: date, length: timedelta) -> DateRange:
    return DateRange(today, today + length)


def _then(today: date, length: timedelta) -> DateRange:
    return days.day(today + length)


def _back_then(today: date, length: timedelta) -> DateRange:
    return days.day(today - length)


_MEASURED: tuple[tuple[re.Pattern[str], Callable[[date, timedelta], DateRange]], ...] = (
    (_LATELY, _since_then),
    (_WITHIN, _until_then),
    (_AHEAD, _then),
    (_LATER, _then),
    (_AGO, _back_then),
)


def _names(at: Moment) -> list[_Found]:
    plain = [*find_names(at, WRITTEN, at.shape.aligned), *find_names(at, NUMBERED, at.shape.marked)]
    feasts = find_names(at, FEASTS, at.shape.aligned)
    return [*(_Found(*one) for one in plain), *(_Found(*one, bare=False) for one in feasts)]


def _apart(found: list[_Found]) -> list[_Found]:
    """Without those that overlap a longer one."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


_LINK = re.compile(r" ?(?:to|till|until|through|thru|and|-|–|—|~|到|至|和) ?")
_BETWEEN = re.compile(r"(?:(?<![a-z])(?:between|from)|从|自) ?$")
_LAST_DAY = re.compile(rf"(?P<d>{NUMBER})(?:[号日]|st\b|nd\b|rd\b|th\b)?")


def _joined(at: Moment, found: list[_Found]) -> list[_Found]:
    """Two ends made one stretch: "from Monday to Friday", 3月8号到10号."""
    joined: list[_Found] = []
    for one in found:
        before = joined[-1] if joined else None
        link = at.shape.aligned[before.end : one.start] if before else ""
        end = _end(at, before, one, link) if before and _LINK.fullmatch(link) else None
        if before and end:
            joined[-1] = _Found(
                before.start, one.end, DateRange(before.value.start, end), joined=True
            )
        else:
            joined.append(one)
    return [_from_day(at, _until_day(at, one)) for one in joined]


def _end(at: Moment, first: _Found, second: _Found, link: str) -> date | None:
    """Where the stretch ends; "Monday and Friday" are two days without "between"."""
    if link.strip() in ("and", "和") and not _BETWEEN.search(at.shape.aligned[: first.start]):
        return None
    low, high = first.value.start, second.value.end
    if low is None or high is None:
        return None
    if high < low <= high + timedelta(7):
        high += timedelta(7)  # from Monday to Friday, told on a Wednesday
    return high if low <= high else None


def _until_day(at: Moment, one: _Found) -> _Found:
    """The stretch to a later day of the same month: 3月8号到10号, "May 3 - 5"."""
    ends = r"-|–|~|到|至|to"
    if _BETWEEN.search(at.shape.aligned[: one.start]):
        ends += "|and|和"
    link = re.match(rf" ?(?:{ends}) ?", at.shape.marked[one.end : one.end + 5])
    first = one.value.start
    if link is None or first is None or one.value.end != first:
        return one
    match = _LAST_DAY.match(at.shape.marked, one.end + link.end())
    last = days.exact(first.year, first.month, at.number(match, "d")) if match else None
    if match is None or last is None or last.start is None or last.start <= first:
        return one
    return replace(one, end=match.end(), value=DateRange(first, last.start), joined=True)


_FIRST_DAY = re.compile(
    rf"(?<![a-z])(?:between |from )(?:the )?(?P<d>{NUMBER})(?:st|nd|rd|th)? (?:and|to) (?:the )?$"
)


def _from_day(at: Moment, one: _Found) -> _Found:
    """The stretch from an earlier day of the same month: "between 3 and 5 May"."""
    match = _FIRST_DAY.search(at.shape.marked[: one.start])
    last = one.value.start
    if match is None or last is None or one.value.end != last:
        return one
    first = days.exact(last.year, last.month, at.number(match, "d"))
    if first is None or first.start is None or first.start >= last:
        return one
    return replace(one, start=match.start(), value=DateRange(first.start, last))


def _by(value: DateRange, today: date) -> DateRange:
    end = value.end or today
    return DateRange(today if end >= today else None, end)


def _before(value: DateRange, today: date) -> DateRange:
    end = (value.start or today) - timedelta(1)
    return DateRange(today if end >= today else None, end)


def _before_zh(value: DateRange, today: date) -> DateRange:
    """周五之前 takes the Friday in, 月底前 the last day; 国庆前 ends before the feast."""
    whole = value.start is not None and value.end is not None and value.start != value.end
    ends_month = value.end is not None and (value.end + timedelta(1)).day == 1
    return _before(value, today) if whole and not ends_month else _by(value, today)


def _not_before(value: DateRange, today: date) -> DateRange:
    return DateRange(value.start or today, None)


def _after(value: DateRange, today: date) -> DateRange:
    return DateRange((value.end or today) + timedelta(1), None)


def _since(value: DateRange, today: date) -> DateRange:
    start = value.start or today
    return DateRange(start, today if start <= today else None)


def _same(value: DateRange, today: date) -> DateRange:
    return value


_PREFIXES: tuple[tuple[re.Pattern[str], Relate], ...] = tuple(
    (re.compile(rf"(?:{pattern}) ?$"), relate)
    for pattern, relate in (
        (
            r"(?<![a-z])(?:by|until|till|no later than|not later than|up to|latest(?: by)?"
            r"|(?:by |before )?the end of)(?: the)?|最晚|最迟|不晚于|截止到?|直到|赶在",
            _by,
        ),
        (r"(?<![a-z])(?:not before|(?:no|not) earlier than)(?: the)?", _not_before),
        (r"(?<![a-z])(?:before|prior to|ahead of|earlier than|in time for)(?: the)?", _before),
        (r"(?<![a-z])(?:after|later than)(?: the)?", _after),
        (r"(?<![a-z])(?:since|starting(?: from| on)?|as of)(?: the)?|自从?|从", _since),
        (r"(?<![a-z])(?:on|in|during|from|around|over|for)(?: the)?|于", _same),
    )
)
_SUFFIXES: tuple[tuple[re.Pattern[str], Relate], ...] = tuple(
    (re.compile(pattern), relate)
    for pattern, relate in (
        (r" ?之?间", _same),
        (r" ?(?:之前|以前|前(?![天年台]))", _before_zh),
        (r" ?(?:之内|以内)", _by),
        (r" at the latest| latest\b", _by),
        (r" ?(?:之后|以后|后(?![天年台]))", _after),
        (r" ?(?:以来|起|开始)| onwards?\b", _since),
        (r"(?:期间|当天|那天)", _same),
    )
)
# What makes a date of a feast although no word of time stands beside it.
_FEAST_AS_TIME = re.compile(
    r"(?:我|还|也)?(?:买的|下[了的]?|会|发货|营业|休息|放假|快递|价保|有活动)"
)
_NO_TIME_OF_FEAST = re.compile(r"(?<!time )(?<![a-z])(?:for|over)(?: the)? ?$")


def _related(at: Moment, one: _Found) -> _Found:
    """The days with the word of time beside them: "by", "since", 之前, 之后."""
    before, after = (
        at.shape.aligned[max(0, one.start - 24) : one.start],
        at.shape.aligned[one.end :],
    )
    for pattern, relate in _SUFFIXES:
        match = pattern.match(after)
        if match:
            head = _PREFIXES[0][0].search(before)
            start = one.start - (len(head.group()) if head else 0)
            value = relate(one.value, at.today)
            return _Found(start, one.end + match.end(), value)
    if not one.bare and _NO_TIME_OF_FEAST.search(before):
        return one
    for pattern, relate in _PREFIXES:
        match = pattern.search(before)
        if match and not (relate is _since and match.group() == "从" and one.value.start is None):
            value = one.value if one.joined and relate is _since else relate(one.value, at.today)
            return _Found(one.start - len(match.group()), one.end, value)
    return one if one.bare else replace(one, bare=bool(_FEAST_AS_TIME.match(after)))
