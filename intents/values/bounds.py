"""The words of "at most", "at least", "between" and "around", shared by prices and measures.

A caller gives the pattern of an amount (a number with its currency or unit); :func:`compile_bounds`
builds every way of bounding it, and :func:`find_bounds` reads a text with them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from intents.shape import NUMBER, Shape

Relation = Literal["range", "maximum", "minimum", "around", "over", "exactly", "bare"]
Amount = Callable[[int], str]
"""Builds the pattern of an amount whose groups end in the given number (``n1``, ``u1``)."""

_AROUND = (
    r"(?:somewhere |anywhere )?(?:around|(?<!what )(?<!how )about|roughly|approximately"
    r"|approx\.?|near(?:ly)?|close to|circa|in the (?:region|neighbou?rhood) of|~)"
    r"|大概(?:是|在)?|大约(?:是|在)?|约|差不多|将近|接近"
)
_BIGGER = (
    r"(?:more|greater|higher|bigger|larger|heavier|longer|taller|wider|thicker|deeper|dearer"
    r"|pricier|costlier|brighter|louder|faster|stronger|more powerful|longer[- ]lasting)"
)
_SMALLER = (
    r"(?:less|fewer|lower|cheaper|smaller|lighter|shorter|thinner|slimmer|narrower|quieter|dimmer"
    r"|slower|less (?:noisy|loud|bright|heavy|powerful))"
)
_BIGGER_ZH, _SMALLER_ZH = "[高多大重厚宽长深]", "[低少小轻薄窄短矮]"
_NOT_ZH = r"(?:(?<![能要])不(?:要|能)?|(?<!特)别)"
"""Of 能不能低于300 nothing is refused."""
_NOT_MORE = (
    r"(?:not|no|nothing|none|\w+n't|dont|cant|never|without|cannot)(?: \w+){0,4}?"
    rf" (?:over|above|{_BIGGER} than|beyond|exceed(?:ing)?)"
    rf"|不(?:要|能|可以?)?超过?|{_NOT_ZH}(?:{_BIGGER_ZH}|贵)[于过]|(?:最好)?别超过?"
)
_MAXIMUM = (
    rf"under|below|beneath|sub-?|{_SMALLER} than(?: or equal to)?|up to"
    r"|at (?:the )?(?:very |absolute )?most"
    r"|(?<!pro )(?<!air )max(?:imum)?(?: of"
    r"| price(?: of)?|:)?"
    rf"|within|inside of|<=?|≤|{_SMALLER_ZH}[于过]"
    r"|(?:最多|至多|顶多)(?:只能?|能|肯|愿意)?(?:花|出|掏|付|给)?|最高|最贵|最大|撑死|顶天"
    r"|上限(?:是|为)?|控制在|不到|不足"
)
_NOT_LESS = (
    rf"(?:not|no|nothing|\w+n't)(?: \w+){{0,3}}? (?:under|below|{_SMALLER} than)"
    rf"|{_NOT_ZH}{_SMALLER_ZH}[于过]"
)
_MINIMUM = (
    rf"over|above|beyond|exceeding|(?:{_BIGGER}|better) than(?: or equal to)?"
    r"|at (?:the )?(?:very )?least|min(?:imum)?(?: of|:)?"
    rf"|start(?:s|ing)? (?:at|from)|from|upwards? of|>=?|≥|{_BIGGER_ZH}[于过]|超过|超出"
    r"|最少|至少|起码|最低|最便宜|最小|下限(?:是|为)?|贵于|不止|从"
)
_EXACTLY = r"exactly|precisely|正好|刚好|恰好|整整"
_NO_AMOUNT = r"(?! (?:than )?[$€£¥]? ?\ue000)"  # "50 and over 100" bounds twice
_TO_MAXIMUM = (
    r" ?(?:(?:is|are) (?:my|the|our) (?:absolute |upper |top )?"
    r"(?:limit|max(?:imum)?|ceiling|cap)\b"
    r"|(?:or (?:less|under|below|cheaper|lower|fewer|smaller|lighter)|and (?:under|below|less))"
    rf"{_NO_AMOUNT}|max(?:imum)?\b|tops\b|at (?:the )?(?:very |absolute )?most"
    r"|以内|之内|顶天|到顶|为限|(?:及|或|或者)?以下|之下|封顶|往下|内(?![存衣裤胆搭])|不到)"
)
_TO_MINIMUM = (
    r" ?(?:\+|(?:or (?:more|above|higher|over|up|greater|larger|bigger|better)"
    rf"|and (?:up|above|over|more|higher)){_NO_AMOUNT}|upwards?\b|plus\b|minimum\b"
    r"|at (?:the )?least|(?:及|或|或者)?以上|之上|起步|起(?!来)|往上|朝上|开外|打底)"
)
_TO_AROUND = r"(?: ?-?ish\b| or so\b| give or take|左右|上下|前后|的?样子)"
_JUST_OVER = "出头"
_MORE_THAN_ZH = r"(?:贵|多|高|大|重|长|久|宽|厚|深|亮|快)"
_LESS_THAN_ZH = r"(?:便宜|少|低|小|轻|短|薄|窄|矮|安静|暗|慢)"
_BEGINS = r"(?:(?<![a-z])|(?=[\u4e00-\u9fff]))"
"""English words begin after none; Chinese ones may follow an English name: weight顶多30克."""
_SOFT = rf"(?:(?:{_AROUND}) ?)?"

BOUNDED = re.compile(
    rf"[ ,，]*(?:and |but |[也但且又])?{_BEGINS}(?:{_NOT_MORE}|{_NOT_LESS}|{_MAXIMUM}|{_MINIMUM})"
    rf" ?[$€£¥]? ?{NUMBER}"
)
"""The beginning of a bounded amount: the 不高于200 of 不低于100不高于200."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One bounded amount: where, how, and the match whose groups hold the amounts."""

    relation: Relation
    match: re.Match[str]


Patterns = tuple[tuple[Relation, re.Pattern[str]], ...]


def compile_bounds(amount: Amount, lead: str = "", budget: str = "") -> Patterns:
    """Every way of bounding ``amount``, the surest first.

    Args:
        amount: the pattern of an amount, by group number.
        lead: a pattern of words that may stand between the bound word and the amount.
        budget: a pattern of words that make what follows a maximum ("预算", "budget of").
    """
    one, two = amount(1), amount(2)
    before = rf" ?{lead}{_SOFT}"
    after = f"(?:{_TO_MAXIMUM}|{_TO_MINIMUM}|{_TO_AROUND})?"
    to = r"(?:and|up to|to|-|–|—|~|到|至|和|与|跟)"
    joined = rf"(?:(?:between|from|in the range(?: of)?|介于|在|从) ?{_SOFT}{one}"
    patterns: list[tuple[Relation, str]] = [
        ("range", rf"{joined} ?{to} ?{two}(?: ?之间|左右)?)"),
        (
            "range",
            rf"{_SOFT}{one} ?(?:-|–|—|~|to|(?:起步?)?[到至]) ?(?:under |below )?{two}"
            r"(?: ?之间|左右|以内)?",
        ),
        ("range", rf"{one} ?(?:and|和|与|跟) ?{two} ?之间"),
        ("range", rf"{one} ?(?:or|或者?) ?{two}"),
        ("maximum", rf"{_BEGINS}(?:{_NOT_MORE}){before}{one}{after}"),
        ("minimum", rf"{_BEGINS}(?:{_NOT_LESS}){before}{one}{after}"),
        ("maximum", rf"{_NOT_ZH}比 ?{one} ?(?:更|还|再)?{_MORE_THAN_ZH}"),
        ("minimum", rf"{_NOT_ZH}比 ?{one} ?(?:更|还|再)?{_LESS_THAN_ZH}"),
        ("maximum", rf"比 ?{one} ?(?:更|还|再)?{_LESS_THAN_ZH}"),
        ("minimum", rf"比 ?{one} ?(?:更|还|再)?{_MORE_THAN_ZH}"),
        ("maximum", rf"{_BEGINS}(?:{_MAXIMUM}){before}{one}{after}"),
        ("minimum", rf"{_BEGINS}(?:{_MINIMUM}){before}{one}{after}"),
        ("maximum", rf"{_SOFT}{one}{_TO_MAXIMUM}"),
        ("minimum", rf"{_SOFT}{one}{_TO_MINIMUM}"),
        ("over", rf"{one}{_JUST_OVER}"),
        ("around", rf"{_BEGINS}(?:{_AROUND}){' ?'}{one}(?:{_TO_AROUND})?"),
        ("around", rf"{one}{_TO_AROUND}"),
        ("exactly", rf"{_BEGINS}(?:{_EXACTLY}) ?{one}"),
        ("bare", one),
    ]
    if budget:
        patterns.insert(-1, ("maximum", rf"{budget}[ `]{{0,2}}{one}"))
    return tuple((relation, re.compile(pattern)) for relation, pattern in patterns)


def find_bounds(shape: Shape, patterns: Patterns) -> Iterator[Bound]:
    """The bounded amounts of a text: surer patterns claim their place first."""
    taken: list[tuple[int, int]] = []
    for relation, pattern in patterns:
        for match in pattern.finditer(shape.marked):
            start, end = match.span()
            if all(end <= low or start >= high for low, high in taken):
                taken.append((start, end))
                yield Bound(relation, match)


def limits(
    relation: Relation, first: tuple[Decimal, Decimal], second: tuple[Decimal, Decimal]
) -> tuple[Decimal | None, Decimal | None]:
    """The two bounds that a relation sets on amounts given as (low, high).

    "Around" means 20 % to both sides, "just over" (两百出头) 20 % upwards; ``second`` matters for
    ranges only.
    """
    low, high = first
    if relation == "maximum":
        return None, high
    if relation == "minimum":
        return low, None
    if relation == "range":
        ends = (low, high, *second)
        return min(ends), max(ends)
    if relation == "over":
        return low, high * Decimal("1.2")
    if relation == "around":
        return low * Decimal("0.8"), high * Decimal("1.2")
    return low, high
