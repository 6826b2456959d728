from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.shape import shape
from intents.types import DateRange
from intents.values.dates import find_dates, read_date

WEDNESDAY = date(2025, 11, 19)

# text, the words found, first day, last day ("" is open)
DATES = [
    ("i need it today", "today", "2025-11-19", "2025-11-19"),
    ("need it tomorrow", "tomorrow", "2025-11-20", "2025-11-20"),
    ("the day after tomorrow", "the day after tomorrow", "2025-11-21", "2025-11-21"),
    ("bought yesterday evening", "yesterday evening", "2025-11-18", "2025-11-18"),
    ("can it arrive by Friday?", "by Friday", "2025-11-19", "2025-11-21"),
    ("before Friday please", "before Friday", "2025-11-19", "2025-11-20"),
    ("after Friday", "after Friday", "2025-11-22", ""),
    ("no later than friday", "no later than friday", "2025-11-19", "2025-11-21"),
    ("next Friday", "next Friday", "2025-11-28", "2025-11-28"),
    ("i bought it last Friday", "last Friday", "2025-11-14", "2025-11-14"),
    ("it arrived on Monday", "on Monday", "2025-11-17", "2025-11-17"),
    ("deliver on Monday", "on Monday", "2025-11-24", "2025-11-24"),
    ("since Tuesday", "since Tuesday", "2025-11-18", "2025-11-19"),
    ("from Monday to Friday", "from Monday to Friday", "2025-11-24", "2025-11-28"),
    ("by sat", "by sat", "2025-11-19", "2025-11-22"),
    ("next week", "next week", "2025-11-24", "2025-11-30"),
    ("my orders from last month", "from last month", "2025-10-01", "2025-10-31"),
    ("this year", "this year", "2025-01-01", "2025-12-31"),
    ("this weekend", "this weekend", "2025-11-22", "2025-11-23"),
    ("before the weekend", "before the weekend", "2025-11-19", "2025-11-21"),
    ("by the end of the month", "by the end of the month", "2025-11-19", "2025-11-30"),
    ("next summer", "next summer", "2026-06-01", "2026-08-31"),
    ("on 3 March", "on 3 March", "2026-03-03", "2026-03-03"),
    ("March 3rd, 2026", "March 3rd, 2026", "2026-03-03", "2026-03-03"),
    ("the third of March", "the third of March", "2026-03-03", "2026-03-03"),
    ("between 3 and 5 May", "between 3 and 5 May", "2026-05-03", "2026-05-05"),
    ("May 3 - 5", "May 3 - 5", "2026-05-03", "2026-05-05"),
    ("between May 3 and 5", "May 3 and 5", "2026-05-03", "2026-05-05"),
    ("from 3 May to 5 May", "from 3 May to 5 May", "2026-05-03", "2026-05-05"),
    ("on 12/03", "on 12/03", "2025-12-03", "2025-12-03"),
    ("on 25/12", "on 25/12", "2025-12-25", "2025-12-25"),
    ("2024-03-05", "2024-03-05", "2024-03-05", "2024-03-05"),
    ("since March", "since March", "2025-03-01", "2025-11-19"),
    ("on the 8th", "on the 8th", "2025-12-08", "2025-12-08"),
    ("in two days", "in two days", "2025-11-21", "2025-11-21"),
    ("within a week", "within a week", "2025-11-19", "2025-11-26"),
    ("within 3 business days", "within 3 business days", "2025-11-19", "2025-11-24"),
    ("within 24 hours", "within 24 hours", "2025-11-19", "2025-11-20"),
    ("two weeks ago", "two weeks ago", "2025-11-05", "2025-11-05"),
    ("the last 3 months", "the last 3 months", "2025-08-19", "2025-11-19"),
    ("in November 2027", "in November 2027", "2027-11-01", "2027-11-30"),
    ("in Nov", "in Nov", "2025-11-01", "2025-11-30"),
    ("November 2027", "November 2027", "2027-11-01", "2027-11-30"),
    ("by the end of December", "by the end of December", "2025-11-19", "2025-12-31"),
    ("by the end of the week", "by the end of the week", "2025-11-19", "2025-11-23"),
    ("not before Monday", "not before Monday", "2025-11-24", ""),
    ("no later than the 25th", "no later than the 25th", "2025-11-19", "2025-11-25"),
    ("on 9.10.2026", "on 9.10.2026", "2026-10-09", "2026-10-09"),
    ("by Easter", "by Easter", "2025-11-19", "2026-04-05"),
    ("清明之前", "清明之前", "2025-11-19", "2026-04-05"),
    ("before christmas", "before christmas", "2025-11-19", "2025-12-24"),
    ("今天下单", "今天", "2025-11-19", "2025-11-19"),
    ("明晚能送到吗", "明晚", "2025-11-20", "2025-11-20"),
    ("后天之前", "后天之前", "2025-11-19", "2025-11-21"),
    ("大后天", "大后天", "2025-11-22", "2025-11-22"),
    ("昨晚下的单", "昨晚", "2025-11-18", "2025-11-18"),
    ("前天买的", "前天", "2025-11-17", "2025-11-17"),
    ("下周五", "下周五", "2025-11-28", "2025-11-28"),
    ("周五前能到吗", "周五前", "2025-11-19", "2025-11-21"),
    ("周一买的那件", "周一", "2025-11-17", "2025-11-17"),
    ("上周二就寄回去了", "上周二", "2025-11-11", "2025-11-11"),
    ("上個禮拜買的", "上個禮拜", "2025-11-10", "2025-11-16"),
    ("这个周末", "这个周末", "2025-11-22", "2025-11-23"),
    ("月底", "月底", "2025-11-26", "2025-11-30"),
    ("年底前", "年底前", "2025-11-19", "2025-12-31"),
    ("3月8号", "3月8号", "2026-03-08", "2026-03-08"),
    ("三月八号到十号", "三月八号到十号", "2026-03-08", "2026-03-10"),
    ("从明天到周五", "从明天到周五", "2025-11-20", "2025-11-21"),
    ("从3月8号到10号", "从3月8号到10号", "2026-03-08", "2026-03-10"),
    ("周一到周三之间送", "周一到周三之间", "2025-11-24", "2025-11-26"),
    ("12.5到12.10号之间送", "12.5到12.10号之间", "2025-12-05", "2025-12-10"),
    ("12.10号前送到", "12.10号前", "2025-11-19", "2025-12-10"),
    ("从周五开始", "周五开始", "2025-11-21", ""),
    ("２０２６年１月１日", "２０２６年１月１日", "2026-01-01", "2026-01-01"),
    ("明年三月", "明年三月", "2026-03-01", "2026-03-31"),
    ("下个月15号", "下个月15号", "2025-12-15", "2025-12-15"),
    ("8号之前能到吗", "8号之前", "2025-11-19", "2025-12-08"),
    ("一周内", "一周内", "2025-11-19", "2025-11-26"),
    ("半个月内", "半个月内", "2025-11-19", "2025-12-04"),
    ("三天后", "三天后", "2025-11-22", "2025-11-22"),
    ("两个月前", "两个月前", "2025-09-19", "2025-09-19"),
    ("最近三个月的订单", "最近三个月", "2025-08-19", "2025-11-19"),
    ("24小时内发货", "24小时内", "2025-11-19", "2025-11-20"),
    ("双十一买的", "双十一", "2025-11-11", "2025-11-11"),
    ("国庆前能到吗", "国庆前", "2025-11-19", "2026-09-30"),
]
NO_DATES = [
    "size 10/12 dress", "24/7 support", "march boots", "i may buy 5 socks", "black friday deals",
    "christmas gift for mom", "sun hat", "42号", "6号色", "春节礼物", "第三天", "以后天天买",
    "in 100000000 days", "9999年", "6个月宝宝", "2 year warranty",
    "cheaper than the 2nd", "we march 2000 steps", "easter eggs",
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "start", "end"), DATES)
def test_days_are_found(text, words, start, end):
    (slot,) = find_dates(shape(text), WEDNESDAY)
    assert (slot.name, slot.raw) == ("date", words)
    assert slot.value == DateRange(_day(start), _day(end))


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_none(text):
    assert find_dates(shape(text), WEDNESDAY) == []


def test_two_days_are_two_dates():
    slots = find_dates(shape("今天下单明天能到吗"), WEDNESDAY)
    assert [slot.raw for slot in slots] == ["今天", "明天"]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("Christmas", "2025-12-25", "2025-12-25"),
        ("a week", "2025-11-19", "2025-11-26"),
        ("ten days", "2025-11-19", "2025-11-29"),
        ("half a year", "2025-11-19", "2026-05-19"),
        ("Thursday", "2025-11-20", "2025-11-20"),
        ("三天", "2025-11-19", "2025-11-22"),
        ("过年", "2026-02-17", "2026-02-17"),
        ("除夕", "2026-02-16", "2026-02-16"),
        ("元宵", "2026-03-03", "2026-03-03"),
        ("七夕", "2026-08-19", "2026-08-19"),
        ("Easter", "2026-04-05", "2026-04-05"),
        ("next wed", "2025-11-26", "2025-11-26"),
        ("9.12.", "2025-12-09", "2025-12-09"),
        ("3.8", "2026-03-08", "2026-03-08"),
    ],
)
def test_words_known_to_be_a_date_say_more(words, start, end):
    assert read_date(words, WEDNESDAY) == DateRange(_day(start), _day(end))


@pytest.mark.parametrize("words", ["asap", "越快越好", "", "\ue000"])
def test_words_that_name_no_day_stay_words(words):
    assert read_date(words, WEDNESDAY) is None


@given(
    st.text(max_size=60) | st.text("0123456789/-.年月日号周天内前后 dayweekmonthagoin", max_size=40)
)
def test_any_text_is_read(text):
    for slot in find_dates(shape(text), WEDNESDAY):
        assert text[slot.start : slot.end] == slot.raw != ""


def _day(text):
    return date.fromisoformat(text) if text else None
