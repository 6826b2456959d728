"""Days that have a name of their own: Christmas, 春节, 双十一."""

import re

from intents.types import DateRange
from intents.values import days
from intents.values.moments import Moment, Reader, compiled


def _feast(name: str) -> Reader:
    def read(match: re.Match[str], at: Moment) -> DateRange | None:
        return days.feast(name, at.today, at.past)

    return read


FEASTS = compiled(
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
