"""Where a marked value begins and ends: without the words that only lead to it or follow it.

The model reads whole pieces of a text, and a piece may hold a verb or a particle beside the
value: 带灯, 都两天, "with a lid". What the annotation of the training language leaves outside in
nearly every case is cut off here.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from intents.reader import Tagged
from intents.shape import Shape

_ARTICLE = r"(?:(?:with|in|the|an?) )+"
_ONES = r" (?:ones?|pairs?|options?|versions?)"
_ONLY_OF = r"(?<=[\u4e00-\u9fffa-z0-9])的[吗呢吧了么]?|[吗呢吧么]"

_MADE = r"(?<=[\u4e00-\u9fffa-z])(?:做成?|制成?)的?"
"""陶瓷做的 is of 陶瓷."""

_WORN = r"(?<=..)(?<!可)(?<!可穿)[穿戴]的?"
"""敬酒穿 is for 敬酒."""
_A_BIT = r"(?<=..)一?点儿?|(?<=.)一点儿?"
_BOUND = (
    r"(?:at (?:least|most)|(?:no )?(?:more|less) than|(?:not )?(?:under|over|above|below|up to)"
    r"|about|around|between|from|min|max|minimum|maximum|exactly|only|[a-z]+er than)"
)
_MEASURES = rf"(?!{_BOUND}\b)(?:[a-z]+ (?!{_BOUND}\b)){{0,3}}[a-z]+ (?=(?:{_BOUND} )?\d)"
"""What is measured stands before the amount: "battery of 30 hours", "reaches 2 metres"."""
COUNTERS = (
    r"(?:pairs?|packs?|packets?|dozens?|box(?:es)?|bags?|sets?|cases?|couple|hundred|thousand|more"
    r"|less|extra|(?:twenty|thirty|forty|fifty)|(?:one|two|three|four|five|six|seven|eight|nine))\b"
)
"""Words of how many that stay with the number; what else follows it is the thing."""
_SIZED = "|".join(
    rf"(?<=\b{word})"
    for word in ("king", "queen", "single", "double", "twin", "small", "medium", "large")
)
_PLACES = "|".join(rf"(?<={end})" for end in ("first", "second", "third", "th", "last"))
_MORE: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "comparative": r"(?<=点)儿|(?<![点些])一?(?:点儿?|些)",
        "quantity": r" more\b",
        "measure": r"[长宽高厚深](?!度)| (?:wide|long|high|tall|deep|thick)\b",
        "gender": r"款",
        "size": r"(?<=\d) (?:and|&) a half\b",
        "reference": rf"(?:{_PLACES}) ones?\b|(?<=\bth[eo]se) (?:two|three|four|five|[2-5])\b",
    }.items()
}
"""What follows a value and is a part of it: 便宜点儿, "two more", "the second one"."""
_BEFORE: Mapping[str, re.Pattern[str]] = {"comparative": re.compile(r"(?:\btoo |太)$")}

_LEADING: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "feature": rf"{_ARTICLE}|含有?(?=..)"
        r"|(?:能够?|带有?|支持|想?要|有(?!机|线|氧|色|声|盖|香)|嫌)(?=..|灯)",
        "compatible_with": rf"{_ARTICLE}|(?:搭?配|适?用于?|给|装|连接?|接|支持|兼容)(?=.)",
        "sort_key": r"(?:(?:按照?|根据|依|选|由|用)(?=.))|(?:from|by) (?=.)",
        "color": rf"{_ARTICLE}|(?:成|要|是|换成?)(?=.)",
        "measure": rf"(?:and |also |or )?(?:preferably |ideally |maybe )|{_MEASURES}",
        "brand": r"(?:(?:另外)?最好[是要]?|(?:牌子|品牌)[就只]?(?:认准?|要|得?是|选)"
        r"|[就只]?认准?|[就只]要|换成?)(?=..)",
        "material": rf"{_ARTICLE}|(?:要|是|换成?)(?=.)",
        "pattern": rf"{_ARTICLE}|(?:带|有|要)(?=.)",
        "size": r"(?:(?:换成?|改成?|要|是|穿)(?=.)|(?:an?|the) )",
        "quantity": r"(?:改成?|换成?|要|加到?)(?=.)",
        "attribute": rf"{_ARTICLE}|(?:带|有没有|有(?!效|机|货))(?=..)",
        "comparative": rf"{_ARTICLE}|(?:slightly|somewhat|(?:a )?(?:little|bit|tad)) ",
        "date": r"(?:下单|都|已经?|等了?)(?=.)|for (?=.)",
        "person": r"(?:收[件货]?人|叫)(?=.)",
        "product_type": r"[一两几]?(?:款|个|件)(?=..)"
        r"|(?<=[来买要拿求])[包袋瓶盒箱罐桶把条根块支双张](?=..)(?![子包纹带架皮面头装裤裙箱])",
        "reference": r"(?:我们?的?|my )(?=.)",
    }.items()
}
_TRAILING: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"(?:{pattern})$")
    for name, pattern in {
        "feature": rf"{_ONES}|{_ONLY_OF}|{_MADE}|的?效果|{_WORN}|{_A_BIT}| filter",
        "color": rf"{_ONES}|{_ONLY_OF}",
        "material": rf"{_ONES}|{_ONLY_OF}|{_MADE}",
        "pattern": rf"{_ONES}|{_ONLY_OF}|(?<=..)的?(?:图案|花纹)| (?:colou?rs?|patterns?)",
        "comparative": rf" (?:packs?|sizes?)|{_ONES}|{_ONLY_OF}| than .*",
        "gender": _ONLY_OF,
        "age_group": rf"{_ONLY_OF}|{_WORN}",
        "recipient": rf"{_ONLY_OF}|{_WORN}",
        "occasion": rf"{_ONLY_OF}|{_WORN}",
        "season": rf"{_ONLY_OF}|{_WORN}",
        "product_type": _ONLY_OF,
        "compatible_with": _ONLY_OF,
        "date": r"(?<=.)了",
        "person": r" (?:speaking|here)",
        "sort_key": rf"(?<=..)(?:优先|[排在]前[面头边]?|靠前|排序|排列)|{_ONLY_OF}",
        "size": rf"(?:{_SIZED}) size",
        "reference": r"(?<=个)那|(?<=[它这那])一个| (?:i|we|you)|(?<=.)[吗呢吧么说]|(?<=说)的",
        "quantity": rf"[吗呢吧么]| (?!{COUNTERS})[a-z]+",
        "attribute": r"效果|的?[吗呢吧么]",
        "measure": r"的[吗呢吧么]?|[吗呢吧么]",
    }.items()
}
_INSIDE_WORD = re.compile(r"[A-Za-z]+['’]$")
_REST_OF_WORD = re.compile(r"['’](?:s|t)?(?![A-Za-z])")
_OWNED = frozenset({"gender", "age_group"})
"""Slots whose annotation keeps the "'s" of "women's"."""


_PARTING = " ,，;；"


def fit_borders(prepared: Shape, span: Tagged) -> Tagged:
    """The span without words that lead to its value or follow it; never empty."""
    start, end = _whole_words(prepared, span)
    text = prepared.aligned
    leading = _LEADING.get(span.name)
    match = leading.match(text, start, end) if leading else None
    if match and match.end() < end:
        start = match.end()
    trailing = _TRAILING.get(span.name)
    match = trailing.search(text[start:end]) if trailing else None
    if match and match.start() > 0:
        end = start + match.start()
    while start < end - 1 and text[start] == " ":
        start += 1
    while start < end - 1 and text[end - 1] in _PARTING:
        end -= 1
    return _whole_value(prepared, replace(span, start=start, end=end))


def _whole_value(prepared: Shape, span: Tagged) -> Tagged:
    """The span with what belongs to its value and stands beside it."""
    more, before = _MORE.get(span.name), _BEFORE.get(span.name)
    after = more.match(prepared.aligned, span.end) if more else None
    leading = before.search(prepared.aligned[: span.start]) if before else None
    start = leading.start() if leading else span.start
    return replace(span, start=start, end=after.end() if after else span.end)


def _whole_words(prepared: Shape, span: Tagged) -> tuple[int, int]:
    """The place of a span with the whole of a word that an apostrophe has cut."""
    start, end = span.start, span.end
    cut = _INSIDE_WORD.search(prepared.aligned[:start])
    if cut and prepared.aligned[start : start + 1].isalpha():
        start = cut.start()
    rest = _REST_OF_WORD.match(prepared.aligned, end) if span.name in _OWNED else None
    return start, rest.end() if rest else end
