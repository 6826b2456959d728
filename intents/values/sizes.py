"""Shoe and clothing sizes: "size 42", "a 9.5 US", "XL", "42码", "加大码"."""

import re

from intents.shape import NUMBER, Shape
from intents.types import Slot

_LETTERS = r"(?:[2-6]?x{1,4}[sl]|xs|one[ -]size)"
_WORDS = {
    "extra small": "XS",
    "x-small": "XS",
    "small": "S",
    "medium": "M",
    "large": "L",
    "extra large": "XL",
    "x-large": "XL",
    "xx-large": "XXL",
    "one size": "ONE SIZE",
    "加小": "XS",
    "特小": "XS",
    "小": "S",
    "中": "M",
    "大": "L",
    "加大": "XL",
    "特大": "XL",
    "加加大": "XXL",
    "超大": "XXL",
    "均": "ONE SIZE",
}
_ENGLISH = "|".join(sorted((w for w in _WORDS if w.isascii()), key=len, reverse=True))
_SYSTEM = r"us|eu|uk|cn|美码|欧码|英码|美|欧"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![a-z])(?P<s>us|eu|uk) sizes? (?P<n>{NUMBER})(?!\d| ?(?:dollars?|bucks))",
        rf"(?:足长|鞋号)(?:是|为|:| )*(?P<n>{NUMBER})(?![\d.])(?: ?(?:mm|毫米))?",
        rf"(?<![a-z])sizes? (?:is |of |a "
        rf"|an )?(?P<s>{_SYSTEM})? ?(?P<n>{NUMBER})(?: ?(?P<t>{_SYSTEM})(?![a-z]))?",
        rf"(?<![a-z])(?P<s>us|eu|uk)(?: size)? ?(?P<n>{NUMBER})(?! ?(?:dollars?|states"
        rf"|bucks)|[.\d])",
        rf"(?P<n>{NUMBER}) ?(?P<t>us|eu|uk)(?![a-z$]| ?(?:dollar|plug|version))",
        rf"(?P<s>美码|欧码|英码)(?P<n>{NUMBER})(?:码|号)?",
        rf"(?<![第前月])(?P<n>{NUMBER}) ?(?:码|号)(?!数|事|楼|店|机|前|之前|下单|发货|到货|左右"
        rf"|送|晚)",
        rf"(?:码数|尺码|尺寸|码子|鞋码)(?:是|选|要|:|为|穿| )*(?P<n>{NUMBER})(?!\d| ?(?:寸"
        rf"|英寸|cm|厘米))",
        rf"(?<![a-z])sizes? (?:is |of |an? )?(?P<w>{_LETTERS}|[sml]|{_ENGLISH})(?![a-z'])",
        rf"(?<![a-z0-9'])(?P<w>{_LETTERS})(?![a-z0-9']| (?:up|down|smaller|bigger|larger))",
        r"(?<![a-z0-9'])(?P<w>[sml])(?:码|号| size\b)",
        rf"(?:in|an?|the) (?P<w>[sml]|{_ENGLISH})(?= ?(?:$|[,.?!])| (?:please|size|one|and"
        rf"|or|instead)\b)",
        r"(?P<w>加加大|加大|特大|超大|加小|特小|均|(?<![更最])[大中小])码",
        r"(?P<w>加大|特大|加小|特小|(?<![更最再])[大中小])号",
        rf"(?<![a-z])wear(?:s|ing)? (?:an? )?(?:(?P<n>{NUMBER})(?= ?(?:$|[,.?!]))"
        rf"|(?P<w>{_LETTERS}|[sml]|{_ENGLISH})(?![a-z']))",
        rf"穿(?:的是|的|了)? ?(?:(?P<n>{NUMBER})(?=$|[,。?!的吧])|(?P<w>{_LETTERS}"
        rf"|[sml])(?![a-z]))",
        r"^ *(?P<w>[sml]) *[.!?]?$",
        rf"(?<![a-z])in (?:an? )?(?P<n>{NUMBER})(?= ?(?:$|[,.?!]|as well|too|instead|please"
        rf"|also|or))",
    )
)
_ASKED = re.compile(
    rf"(?:(?P<s>{_SYSTEM}) ?)?(?:(?P<n>{NUMBER})|(?<![a-z])(?P<w>{_LETTERS}|[sml]"
    rf"|{_ENGLISH})(?![a-z])"
    rf"|(?P<z>加加大|加大|特大|超大|加小|特小|均|[大中小]))(?: ?(?P<t>{_SYSTEM})(?![a-z]))?"
)
# "is M gone": a capital alone, which the aligned text no longer shows.
_CAPITAL = re.compile(r"(?<![A-Za-z0-9'’/&.-])[SML](?![A-Za-z0-9'’/&.-])")
_LEAST, _GREATEST, _LEAST_SHOE = 3, 60, 20
_SYSTEMS = {"美码": "US", "美": "US", "欧码": "EU", "欧": "EU", "英码": "UK"}


def find_sizes(shape: Shape, asked: bool = False) -> list[Slot]:
    """Sizes as slots named ``size`` with texts: "42", "US 9.5", "XL", "ONE SIZE".

    Args:
        shape: the prepared text.
        asked: whether the assistant has just asked for a size, which makes a bare number one.
    """
    slots: list[Slot] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(shape.marked):
            apart = all(match.end() <= s.start or match.start() >= s.end for s in slots)
            if apart and not _is_other_number(shape, match):
                slots.append(shape.slot("size", _value(shape, match), *match.span()))
    slots += _capitals(shape.without(slots))
    if asked and not slots:
        slots = [
            shape.slot("size", _value(shape, m), *m.span())
            for m in list(_ASKED.finditer(shape.marked))[:1]
        ]
    return sorted(slots, key=lambda slot: slot.start)


def _is_other_number(shape: Shape, match: re.Match[str]) -> bool:
    """Whether "in 2024" or 2号 (a place in the list) says no size."""
    if not match.groupdict().get("n"):
        return False
    number = shape.number(match, "n").low
    if match.group().startswith("in "):
        return not _LEAST <= number <= _GREATEST
    return match.group().endswith("号") and number < _LEAST_SHOE


def _capitals(shape: Shape) -> list[Slot]:
    """The letters S, M and L standing alone, where nothing has claimed them."""
    return [
        shape.slot("size", match.group(), *match.span())
        for match in _CAPITAL.finditer(shape.raw)
        if shape.aligned[match.start()] == match.group().lower()
    ]


def _value(shape: Shape, match: re.Match[str]) -> str:
    groups = match.groupdict()
    word = groups.get("w") or groups.get("z")
    if word:
        return _WORDS.get(word.replace("one-size", "one size"), word.upper())
    system = groups.get("s") or groups.get("t") or ""
    amount = shape.number(match, "n").low.normalize()
    text = f"{amount:f}"
    return f"{_SYSTEMS.get(system, system.upper())} {text}".strip()
