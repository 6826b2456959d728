"""What names a stretch of days by itself: "next week", "3 March", 后天, 下周五, 月底."""

from collections.abc import Iterator

from intents.shape import NUMBER
from intents.types import DateRange
from intents.values.day_readers import (
    ORDINALS,
    read_day_of_month,
    read_iso,
    read_month_of_year,
    read_named_day,
    read_named_month,
    read_near,
    read_part,
    read_season,
    read_slashed,
    read_stretch,
    read_weekday,
    read_weekday_zh,
    read_weekend,
    read_year,
)
from intents.values.moments import Moment, compiled, find_names

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
_ORDINAL = rf"(?P<o>{'|'.join(ORDINALS)})"
_YEAR_AFTER = rf"(?:,? ?(?P<y>{NUMBER})(?![a-z\d%$€£]))?"
_THEN_ZH = (
    "(?=之?前|以前|之?后|以后|到|送|发|下[单的]|买|拍|晚|早|上午|下午|的?时候|那天|给|能|要|收|寄"
    "|左右|[)）]|退)"
)
_DAY_ZH = rf"(?=[号日](?:之?间)?{_THEN_ZH})[号日]"
"""What ends a day such as 12.10号, which without a word of time is a size."""

WRITTEN = compiled(
    (
        r"(?<![\w.-])(?P<y>(?:19|20|21)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
        r"(?![a-z\d-])",
        read_iso,
    ),
    (
        r"(?<![\w./-])(?P<a>\d{1,2})(?P<s>[/.-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)(?![\w/-])",
        read_slashed,
    ),
    (
        r"(?:(?<=\bon )|(?<=\bby )|(?<=before )|(?<=after )|(?<=until )|(?<=since )|(?<=from )"
        r"|(?<=due )|(?<=of )|^(?=\d+/\d+\W*$))(?!24/7)(?P<a>\d{1,2})/(?P<b>\d{1,2})"
        r"(?![\w/-]|\.\d)",
        read_slashed,
    ),
    (
        rf"(?<![a-z\d./])(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})(?:{_DAY_ZH}"
        rf"|(?= ?[到至~-] ?\d{{1,2}}\.\d{{1,2}}{_DAY_ZH}))",
        read_slashed,
    ),
    (
        r"(?<![a-z])(?:the )?(?P<d>day after tomorrow|day before yesterday|today|tonight"
        r"|this (?:morning|afternoon|evening)|tomorrow|tmrw?|tomorow|tommorr?ow|yesterday"
        rf"|last night)(?![a-z'-]){_TIME}",
        read_near,
    ),
    (
        r"(?P<d>大后|大前|今|明|(?<![以之天])后|昨|(?<![以之天])前)(?:[天日儿](?![天气])|(?=[早晚]))"
        rf"{_TIME_ZH}",
        read_near,
    ),
    (
        rf"(?<![a-z])(?<!black )(?<!cyber )(?<!good )(?:(?P<w>{_WHICH}) )?(?P<d>{_WEEKDAY})"
        rf"(?![a-z'-]|s\b| addams){_TIME}",
        read_weekday,
    ),
    (
        rf"(?<![a-z])(?:(?P<w>{_WHICH}) |(?<=\bby )|(?<=\bon )|(?<=before )|(?<=until ))"
        rf"(?P<d>{_SHORT_WEEKDAY}|(?<!on )(?:mon|sat|sun))(?![a-z'-]){_TIME}",
        read_weekday,
    ),
    (rf"{_WEEK_ZH}?(?:周|星期|礼拜)(?P<d>[一二三四五六日天])(?![年个]){_TIME_ZH}", read_weekday_zh),
    (rf"(?<![a-z])(?:(?P<w>{_WHICH}) )?weekend(?![a-z-])", read_weekend),
    (rf"{_WEEK_ZH}?周末", read_weekend),
    (rf"(?<![a-z])(?P<w>{_WHICH}) (?P<u>week|month|year)(?![a-z-]|'s| (?:old|long))", read_stretch),
    (rf"{_WEEK_ZH}(?P<u>星期|礼拜|周|月)(?![末初底中上下一二三四五六日天岁])", read_stretch),
    (r"(?P<w>[今去明前后])(?P<u>年)(?![初底中货款级度糕龄春夏秋冬会])", read_stretch),
    (
        r"(?<![a-z])(?P<w>this|next|last|coming) (?P<s>spring|summer|autumn|fall|winter)(?![a-z])",
        read_season,
    ),
    (r"(?P<w>[今去明])年?(?P<s>[春夏秋冬])(?:天|季(?!款))?(?!装|款|新|季)", read_season),
    (rf"{_WEEK_ZH}?(?P<u>月)(?P<p>底|初|末|中旬|上旬|下旬|中(?=[旬之前]))", read_part),
    (r"(?P<w>[今去明])?(?P<u>年)(?P<p>底|初|末|中)", read_part),
    (
        r"(?<![a-z])(?P<p>end|start|beginning|middle) of (?:the )?(?:(?P<w>this|next|last) )?"
        r"(?P<u>week|month|year)(?![a-z])",
        read_part,
    ),
)
"""Names that need no number; they are looked for in the aligned text."""

NUMBERED = compiled(
    (
        rf"(?P<y>{NUMBER})年(?P<m>{NUMBER})月份?(?P<d>{NUMBER})[号日]?{_TIME_ZH}",
        read_named_day,
    ),
    (
        rf"(?:(?P<w>[今明去])年)?(?P<m>{NUMBER})月份?(?P<d>{NUMBER})[号日]?(?![年月岁]){_TIME_ZH}",
        read_named_day,
    ),
    (rf"(?P<y>{NUMBER})年(?P<m>{NUMBER})月份?", read_named_month),
    (rf"(?:(?P<w>[今明去])年)?(?P<m>{NUMBER})月(?:份|(?![龄饼亮光球子嫂经大]))", read_named_month),
    (
        rf"(?<![a-z])(?:the )?{_NUMBER_DAY}(?: of)? {_MONTH}(?![a-z-]){_YEAR_AFTER}",
        read_named_day,
    ),
    (
        rf"(?<![a-z])(?:(?<=since )|(?<=until )|(?<=\bby )|(?<=before )|(?<=after )"
        rf"|(?<=from )|(?<=during )|(?P<w>last|next|this) ){_LONG_MONTH}(?![a-z-])"
        rf"{_YEAR_AFTER}(?! ?{NUMBER})",
        read_named_month,
    ),
    (
        rf"(?<![a-z])(?:(?<=\bin )|(?<=end of )){_MONTH}(?![a-z-]){_YEAR_AFTER}(?! ?{NUMBER})",
        read_named_month,
    ),
    (rf"(?<![a-z]){_MONTH},? (?P<y>{NUMBER})(?![a-z\d%$€£]| ?{NUMBER})", read_month_of_year),
    (rf"(?<![a-z])(?:the )?{_ORDINAL} of {_MONTH}(?![a-z-]){_YEAR_AFTER}", read_named_day),
    (
        rf"(?<![a-z]){_MONTH} (?:the )?{_NUMBER_DAY}"
        rf"(?![a-z%$€£]|\.\d| (?:inch|people|pack|or|of)\b){_YEAR_AFTER}",
        read_named_day,
    ),
    (rf"(?<![a-z]){_MONTH} (?:the )?{_ORDINAL}(?![a-z])", read_named_day),
    (rf"(?P<w>这个|本|上个?|下个?)月(?P<d>{NUMBER})[号日]?", read_day_of_month),
    (rf"(?<![第\w])(?P<d>{NUMBER})[号日]{_THEN_ZH}", read_day_of_month),
    (
        rf"(?:(?<=\bby )|(?<=\bon )|(?<=before )|(?<=until )|(?<=since )|(?<=later than )"
        r"|(?<=earlier than ))the "
        rf"(?P<d>{NUMBER})(?:st|nd|rd|th)(?![a-z])(?! (?:one|item|product|option|pair)\b)",
        read_day_of_month,
    ),
    (rf"(?P<y>{NUMBER})年(?![款级份]|之?[前后内])", read_year),
)
"""Names with a number in them; they are looked for in the marked text."""

_KNOWN_WRITTEN = compiled(
    (
        rf"(?<![a-z])(?:(?P<w>{_WHICH}) )?(?P<d>{_SHORT_WEEKDAY}|mon|wed|sat|sun)(?![a-z'-])",
        read_weekday,
    ),
    (r"(?<![a-z\d.])(?P<a>\d{1,2})(?P<s>\.)(?P<b>\d{1,2})\.(?![a-z\d])", read_slashed),
    (r"(?<![a-z\d./])(?P<a>\d{1,2})[./](?P<b>\d{1,2})(?![a-z\d./])", read_slashed),
)
_KNOWN_NUMBERED = compiled(
    (rf"(?<![a-z])the (?P<d>{NUMBER})(?:st|nd|rd|th)(?![a-z])", read_day_of_month),
    (rf"(?P<d>{NUMBER})[号日]", read_day_of_month),
)


def find_known_names(at: Moment) -> Iterator[tuple[int, int, DateRange]]:
    """What names days only where a day was meant: "Sat", "the 25th", 12.20, 25号."""
    yield from find_names(at, _KNOWN_WRITTEN, at.shape.aligned)
    yield from find_names(at, _KNOWN_NUMBERED, at.shape.marked)
