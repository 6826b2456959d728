"""Beds by how wide they are, which bedding is sold by: 一米五的床用的四件套, "for a 1.8m bed"."""

import re

from intents.resolve import Words
from intents.shape import NUMBER, Shape
from intents.types import Slot
from intents.values.lengths import join_lengths

_BED = re.compile(
    rf"(?:(?P<n>{NUMBER}) ?(?P<u>米|m(?:et(?:er|re)s?)?|cm|厘米|公分)(?: ?(?:宽|大|的|wide))*"
    r"|(?<![a-z])(?P<w>(?:super |california )?king|queen|double|single|twin|full)"
    r"(?:[ -]sized?)?)[ -]?"
    r"(?:床(?![单笠品垫头上罩架褥裙幔])|beds?(?![a-z])(?! (?:sheets?|frames?|linens?|covers?)\b))"
)
_NAMES = ("{m}米床", "{m}m bed", "{m} m bed", "{cm}cm床", "{cm} cm bed")
_SURE = 0.9


def find_beds(prepared: Shape, vocabulary: Words) -> list[Slot]:
    """Slots ``size`` of what the shop sells by the bed it fits, where something else is wanted.

    The bed itself is then not for sale; without another kind of thing it is left alone.
    """
    found = []
    joined = join_lengths(prepared)
    for match in _BED.finditer(joined.marked):
        named = _named(_names(joined, match), vocabulary)
        kinds = (one for one in vocabulary.find(prepared.raw) if one.name == "product_type")
        apart = any(one.end <= match.start() or match.end() <= one.start for one in kinds)
        if named and apart:
            found.append(prepared.slot("size", named, *match.span()))
    return found


def _names(prepared: Shape, match: re.Match[str]) -> list[str]:
    """What a size for that bed may be called."""
    if match["w"]:
        return [match["w"]]
    number = prepared.number(match, "n").low
    metres = number if match["u"].startswith(("m", "米")) else number / 100
    metres, centimetres = metres.normalize() + 0, (metres * 100).normalize() + 0
    return [name.format(m=f"{metres:f}", cm=f"{centimetres:f}") for name in _NAMES]


def _named(names: list[str], vocabulary: Words) -> str:
    """What the shop calls the size that has one of the names; "" where it has none."""
    found = (vocabulary.named("size", name) for name in names)
    return next((one.value for one in found if one and one.score >= _SURE), "")
