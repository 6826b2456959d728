"""Numbers of bank cards in a message are covered before anything reads or keeps it. Pure.

A card number is 13 to 19 digits that begin as the networks' numbers do and pass the check of
ISO/IEC 7812-1, annex B (Luhn, US patent 2950048). Digits may be full-width, of another script or
Chinese characters, and spaces, dashes, dots or invisible characters may stand between them.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

COVER = "••••"
"""What stands where a number was. No digit is left, so nothing can be read from it."""

_CHINESE = dict(zip("零〇一二三四五六七八九", "00123456789", strict=True))
_GAP = 3
_ENDS = frozenset(",，、;；")
"""What stands between the items of a list, and in no number."""
_SHORTEST, _LONGEST = 13, 19
_NETWORKS: tuple[tuple[str, tuple[int, ...]], ...] = (
    (r"4", (13, 16, 18, 19)),
    (r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720|20[0-4])", (16,)),
    (r"3[47]", (15,)),
    (r"3(?:0[0-5]|[689])", (14, 15, 16, 17, 18, 19)),
    (r"35(?:2[89]|[3-8])", (16, 17, 18, 19)),
    (r"62|81", (16, 17, 18, 19)),
    (r"6(?:011|4[4-9]|5)", (16, 17, 18, 19)),
    (r"5[06789]|6", (13, 14, 15, 16, 17, 18, 19)),
)
"""How the numbers of each network begin, and how long they are."""
_BEGINS = tuple((re.compile(pattern), lengths) for pattern, lengths in _NETWORKS)

_SECRET = re.compile(
    r"((?:cvv2?|cvc2?|cv2|csc|security code|安全码|校验码|验证码|后三位)\D{0,8}?)\d{3,4}(?!\d)"
    r"|((?:exp(?:iry|ires|iration)?(?: date)?|valid (?:thru|until)|有效期|到期)\D{0,6}?)"
    r"\d{1,2}\s?[/／\-.年]\s?\d{2,4}月?",
    re.IGNORECASE,
)
"""What is written beside a card's number: its check code and its end."""


class _Digit(NamedTuple):
    place: int
    value: str


def cover_cards(text: str) -> str:
    """The text with every card number covered; the very same text where there is none."""
    covered, end = [], 0
    for start, stop in _numbers(text):
        covered += [text[end:start], COVER]
        end = stop
    if not covered:
        return text
    return _SECRET.sub(_covered_secret, "".join([*covered, text[end:]]))


def _covered_secret(match: re.Match[str]) -> str:
    return (match.group(1) or match.group(2) or "") + COVER


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where the card numbers stand, from left to right, none over another."""
    for run in _runs(text):
        first = 0
        while first <= len(run) - _SHORTEST:
            last = _end_of_number(run, first)
            if last is None:
                first += 1
                continue
            yield run[first].place, run[last].place + 1
            first = last + 1


def _end_of_number(run: list[_Digit], first: int) -> int | None:
    """The last digit of the longest card number that begins at ``first``, if one does."""
    if _touches(run, first - 1, first):
        return None
    for length in range(min(_LONGEST, len(run) - first), _SHORTEST - 1, -1):
        last = first + length - 1
        number = run[first : last + 1]
        digits = "".join(one.value for one in number)
        if _touches(run, last, last + 1) or not _is_card(digits):
            continue
        if not _counts_up(number):
            return last
    return None


def _counts_up(number: list[_Digit]) -> bool:
    """Whether it is a row of numbers, each one more than the last: sizes, places on a list."""
    groups: list[str] = []
    for place, one in enumerate(number):
        if place and number[place - 1].place + 1 == one.place:
            groups[-1] += one.value
        else:
            groups.append(one.value)
    steps = {int(after) - int(before) for before, after in pairwise(groups)}
    return len(groups) > 2 and len(steps) == 1 and steps != {0}


def _touches(run: list[_Digit], left: int, right: int) -> bool:
    """Whether two digits stand side by side, so that no number ends between them."""
    return left >= 0 and right < len(run) and run[left].place + 1 == run[right].place


def _is_card(digits: str) -> bool:
    known = any(len(digits) in lengths and begin.match(digits) for begin, lengths in _BEGINS)
    return known and len(set(digits)) > 1 and _passes_luhn(digits)


def _passes_luhn(digits: str) -> bool:
    doubled = [int(one) * (1 + place % 2) for place, one in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def _runs(text: str) -> Iterator[list[_Digit]]:
    """Digits with no word and no wide gap between them."""
    run: list[_Digit] = []
    for place, character in enumerate(text):
        value = _digit(character)
        if not value:
            if character.isalpha() or character in _ENDS:
                yield run
                run = []
            continue
        if run and place - run[-1].place > _GAP + 1:
            yield run
            run = []
        run.append(_Digit(place, value))
    yield run


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return _CHINESE.get(character, "") if value is None else str(value)
