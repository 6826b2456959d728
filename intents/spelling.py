"""Numbers in words, as people say them: 150 is "a hundred and fifty" and 一百五."""

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
LARGEST = 99_999
"""The largest number that is put into words."""


def spell_english(number: int) -> str:
    """A whole number from 0 to :data:`LARGEST` in English words."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return _TENS[ten] + (f"-{_SMALL[one]}" if one else "")
    if number < 1000:
        hundred, rest = divmod(number, 100)
        return f"{_SMALL[hundred]} hundred" + (f" and {spell_english(rest)}" if rest else "")
    thousand, rest = divmod(number, 1000)
    joint = " and " if 0 < rest < 100 else " "
    return f"{spell_english(thousand)} thousand" + (joint + spell_english(rest) if rest else "")


def spell_chinese(number: int, colloquial: bool = True) -> str:
    """A whole number from 0 to :data:`LARGEST` in Chinese numerals.

    Args:
        number: what to write.
        colloquial: 两百 for 二百, and the last place left out: 一百五, 两千三, 一万二.
    """
    if number == 0:
        return _DIGITS[0]
    if number >= 10_000:
        high, rest = divmod(number, 10_000)
        written = ("两" if colloquial and high == 2 else _chinese_section(high, colloquial)) + "万"
        if colloquial and rest and rest % 1000 == 0:
            return written + _DIGITS[rest // 1000]
        gap = "零" if 0 < rest < 1000 else ""
        if 10 <= rest < 20:
            gap = "零一"
        return written + gap + (_chinese_section(rest, colloquial) if rest else "")
    return _chinese_section(number, colloquial)


def _chinese_section(number: int, colloquial: bool) -> str:
    """A number from 1 to 9999."""
    written, gap = "", False
    digits = [int(digit) for digit in str(number)]
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == 0:
            gap = True
            continue
        liang = colloquial and digit == 2 and place >= 2
        one_ten = digit == 1 and place == 1 and not written
        sign = "" if one_ten else "两" if liang else _DIGITS[digit]
        written += ("零" if gap and written else "") + sign + _PLACES[place]
        gap = False
    significant = str(number).rstrip("0")
    short = colloquial and number > 100 and len(significant) == 2 and written[-1] in "十百"
    return written[:-1] if short else written
