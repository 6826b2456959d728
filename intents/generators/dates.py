"""Days and spans of time; a preposition such as "by" or "since" belongs to the value."""

from random import Random

from intents.generators.grammar import Generator, grammar, whole
from intents.spelling import spell_chinese, spell_english

_ORDINALS = ("th", "st", "nd", "rd")


def _ordinal(rng: Random) -> str:
    day = rng.randint(1, 28)
    end = _ORDINALS[day % 10] if day % 10 < 4 and day not in (11, 12, 13) else "th"
    return f"{day}{end}"


def _written_day(rng: Random) -> str:
    year, month, day = rng.randint(2023, 2027), rng.randint(1, 12), rng.randint(1, 28)
    return rng.choice(
        (f"{month}/{day}", f"{day}/{month}", f"{year}-{month:02}-{day:02}", f"{month}/{day}/{year}",
         f"{day}.{month}.{year}", f"{day:02}/{month:02}/{year}", f"{day}.{month}.")
    )  # fmt: skip


english_date: Generator = grammar(
    {
        "start": "({plain}|{plain}|{plain}|{led}|{led}|{led}|{span})",
        "plain": "(today|tomorrow|yesterday|tonight|this (morning|afternoon|evening|week|month"
        "|weekend|year)|last (week|month|night|year|{weekday}|weekend)|next (week|month|{weekday})"
        "|{ago} ago|the day (before yesterday|after tomorrow)|a (week|month|few days"
        "|couple of days)"
        " ago|asap|{weekday}|this {weekday}|{day}|{day}|earlier (today|this week)|{feast})",
        "led": "((by|by|before|until|since) ({weekday}|{day}|{feast}|next week|tomorrow|the weekend"
        "|the {ordinal}|noon)|on ({weekday}|{day}|the {ordinal})|in ({month}|{month} {year})"
        "|(no later than|not before) ({weekday}|{day})|by the end of (the week|{month}|next week))",
        "span": "({ago}|(within|in|for) {ago}|over {ago}|more than {ago}|less than {ago}"
        "|a (week|month|fortnight)|the (last|past) {ago}|the whole week)",
        "ago": "({few}|{few}|{word}) (days|weeks|days|weeks|months|hours)",
        "day": "({month} {date}|{date} {month}|{month} {ordinal}|{ordinal} of {month}|the {ordinal}"
        "|{ordinal} {month}|{written}|{written}|{month} {date}, {year})",
        "weekday": "(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|monday|friday"
        "|saturday"
        "|Mon|Fri|Sat)",
        "month": "(January|February|March|April|May|June|July|August|September|October|November"
        "|December|Jan|Feb|Aug|Sept|Oct|Nov|Dec|june|july|april)",
        "feast": "(Christmas|Easter|Black Friday|Halloween|New Year|Valentine's Day|Thanksgiving"
        "|Mother's Day|the holidays|Cyber Monday|xmas)",
    },
    {
        "few": whole(2, 14),
        "word": lambda rng: spell_english(rng.randint(2, 12)),
        "date": whole(1, 28),
        "year": whole(2023, 2027),
        "ordinal": _ordinal,
        "written": _written_day,
    },
)


def _chinese_day(rng: Random) -> str:
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    end = rng.choice("号号日")
    return rng.choice(
        (f"{month}月{day}{end}", f"{month}月{day}{end}", f"{day}号", f"{month}.{day}",
         f"{spell_chinese(month)}月{spell_chinese(day, False)}{end}", f"{month}月{day}",
         f"{rng.randint(2023, 2027)}年{month}月{day}日", f"{month}月份",
         f"{spell_chinese(day, False)}号",
         f"{rng.randint(2023, 2027)}-{month:02}-{day:02}", f"上个月{day}号", f"{month}月{day}日")
    )  # fmt: skip


def _chinese_few(rng: Random) -> str:
    value = rng.randint(2, 15)
    return str(value) if rng.random() < 0.5 else "两" if value == 2 else spell_chinese(value)


chinese_date: Generator = grammar(
    {
        "start": "({plain}|{plain}|{plain}|{plain}|{day}|{day}|{before}|{span}|{feast})",
        "plain": "(今天|明天|后天|昨天|前天|大后天|大前天|今晚|明早|昨晚|今早|今天(上午|下午|早上"
        "|晚上)"
        "|昨天(上午|下午|晚上|中午)|明天(上午|下午|之前)|前(两|几)天|这(周|个月|两天|几天)|上(周"
        "|个月|个礼拜|星期)"
        "|下(周|个月|个礼拜|星期)|(|上|下|这|本)(周|周|星期|礼拜){weekday}|周末|这周末|去年|今年"
        "|月底|月初|年前|年后"
        "|{few}天前|{few}(周|个月|小时)前|刚才|前阵子|下午|上午|中午)",
        "weekday": "(一|二|三|四|五|六|日|天)",
        "before": "({day}|{plain_day}|{feast})(之前|以前|前|之后|以后|左右)",
        "plain_day": "(周五|后天|月底|下周|周末|明天|下周三)",
        "span": "({few}天|{few}天|{few}天(内|之内|以内|多|左右)|{few}(周|个星期|个月|小时"
        "|个工作日|个礼拜)"
        "|一(周|个月|个星期|周多)|半(个月|天|年)|好几天|几天|快{few}天|{few}天以上)",
        "feast": "(双十一|双11|618|双十二|春节|过年|国庆|中秋|端午|五一|元旦|清明|七夕|圣诞"
        "|圣诞节|情人节"
        "|母亲节|父亲节|儿童节|开学|年底|元宵|除夕|黑五|年货节|教师节|女神节|三八节|节假日|小长假)",
    },
    {"day": _chinese_day, "few": _chinese_few},
)
