"""A small vocabulary for tests, with the face of the catalogue's own."""

import re
from dataclasses import dataclass

from catalog.types import FlagConstraint, LocalText, TextConstraint


@dataclass(frozen=True)
class Match:
    name: str
    value: str
    constraint: object
    start: int
    end: int
    score: float = 1.0
    label: LocalText | None = None


KNOWN = {
    "product_type": {
        "running shoes": "running shoes", "跑鞋": "running shoes", "headphones": "headphones",
        "蓝牙耳机": "headphones", "耳机": "headphones", "dress": "dress", "laptop": "laptop",
        "socks": "socks", "袜子": "socks", "memory foam": "memory foam",
    },
    "color": {"red": "red", "红": "red", "blue": "blue", "black": "black", "黑色": "black"},
    "material": {"leather": "leather", "皮": "leather", "suede": "suede"},
    "brand": {"Nike": "Nike", "耐克": "Nike"},
    "feature": {"waterproof": "waterproof", "防水": "waterproof", "降噪": "noise_cancelling"},
    "age_group": {"kids": "kids", "儿童": "kids"},
    "recipient": {"妈妈": "mom", "mom": "mom"},
}  # fmt: skip
UNRESOLVED = ("recipient",)
ATTRIBUTES = {
    "memory": "ram_size",
    "weight": "weight",
    "battery life": "battery_life",
    "pack size": "pack_size",
}
BY_FEATURE = ("bluetooth headphones",)
MEASURABLE = {"ram_size": "GB", "weight": "kg", "pack_size": ""}


class Words:
    """Finds the words above; sizes 40 to 44 exist."""

    def find(self, text, language="en"):
        found = []
        for name, words in KNOWN.items():
            for word, value in words.items():
                for match in re.finditer(re.escape(word), text, re.IGNORECASE):
                    found.append(Match(name, value, self._constraint(name, value), *match.span()))
        found += [
            Match("size", m.group(1), TextConstraint("size", (m.group(1),)), *m.span(1))
            for m in re.finditer(r"size (4[0-4])\b", text)
        ]
        longest = sorted(found, key=lambda match: match.start - match.end)
        kept = []
        for match in longest:
            if all(match.end <= m.start or match.start >= m.end for m in kept):
                kept.append(match)
        return sorted(kept, key=lambda match: match.start)

    def named(self, name, words, language="en"):
        value = KNOWN.get(name, {}).get(words.lower())
        return value and Match(name, value, self._constraint(name, value), 0, len(words))

    def instead(self, words, other):
        return None

    def values(self, name):
        return [
            Match(name, value, self._constraint(name, value), 0, 0, label=LocalText(value, value))
            for value in dict.fromkeys(KNOWN.get(name, {}).values())
        ]

    def attribute(self, words, language="en"):
        return ATTRIBUTES.get(words)

    def is_by_feature(self, product_type):
        return product_type in BY_FEATURE

    def is_measurable(self, name):
        return name in MEASURABLE

    def units(self, name):
        return (MEASURABLE.get(name, ""),)

    @staticmethod
    def _constraint(name, value):
        if name in UNRESOLVED:
            return None
        if name == "feature":
            return FlagConstraint(value)
        return TextConstraint("category" if name == "product_type" else name, (value,))
