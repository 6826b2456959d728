"""What stands out among a few products: "the cheapest", "the lighter one", 颗粒最多的. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.traits import in_base
from assistant.types import ShownNumber, ShownProduct
from catalog.lexicon import load_lexicon
from catalog.text import fold
from catalog.types import AttributeOrder, SortKey, read_order
from intents.shape import shape
from intents.values.superlatives import SIZE
from intents.values.wishes import find_comparatives, find_sort_keys

BY_SIZE = (
    "screen_size", "capacity", "volume", "people", "size", "diameter", "length", "width", "height",
    "depth", "net_weight", "pieces",
)  # fmt: skip
"""What "the biggest" may go by: the first that the products are measured by."""

_LABEL = "label:"
_KEYS = {
    SortKey.PRICE_ASCENDING: ("price", False),
    SortKey.PRICE_DESCENDING: ("price", True),
    SortKey.RATING: ("rating", True),
}
COMPARED = {
    "cheaper": ("price", False),
    "more_expensive": ("price", True),
    "better_rated": ("rating", True),
    "lighter": ("weight", False),
    "bigger": (SIZE, True),
    "smaller": (SIZE, False),
}
"""What a comparison goes by: the number, and whether more of it is wanted."""

_MOST = re.compile(
    r"\b(?P<down>most|highest|largest|biggest|longest|greatest|best)[ -](?P<more>[a-z]{3,})"
    r"|\b(?P<up>fewest|lowest|smallest|shortest|least)[ -](?P<less>[a-z]{3,})"
    r"|(?P<zh>[\u4e00-\u9fff]{2,4}?)最(?:(?P<zh_down>[多高大长强久])|(?P<zh_up>[少低小短]))"
)
_ADJECTIVE_ZH = re.compile(
    r"(?:(?P<price_up>便宜|实惠|价格?低)|(?P<price_down>贵)|(?P<weight_up>轻)|(?P<weight_down>重)"
    r"|(?P<rating_down>(?:评分|评价|口碑|好评)(?:高|好))|(?P<battery_life_down>续航(?:长|久|好))"
    r"|(?P<size_down>大)|(?P<size_up>小))的?(?:那|这)"
)
_PLURAL = re.compile(r"\b(?:[a-z]+er|better[- ]\w+|more \w+|less \w+) ones\b")
_PICKED = re.compile(r"\bthe (?:[a-z]+er|better[- ]\w+|more \w+|less \w+)\b(?! price)")
_PLAIN = re.compile(
    r"\bthe (?:(?P<big>big|large)|(?P<small>small|little|tiny)|(?P<cheap>cheap)|(?P<dear>expensive)"
    r"|(?P<heavy>heavy)) (?!size)"
)
_PLAIN_WORDS = {
    "big": (SIZE, True), "small": (SIZE, False), "cheap": ("price", False),
    "dear": ("price", True), "heavy": ("weight", True),
}  # fmt: skip
_HOW_MANY = re.compile(
    r"\b(?P<en>two|three|2|3) (?:[a-z]+est|most [a-z]+)"
    r"|\b(?:[a-z]+est|most [a-z]+) (?P<after>two|three|2|3)\b"
    r"|最[\u4e00-\u9fff]{1,3}的(?P<zh>[两二三23])[个款双件台条只口顶块盏]"
)
_COUNTS = {"two": 2, "2": 2, "两": 2, "二": 2, "three": 3, "3": 3, "三": 3}
_SORTING = re.compile(
    r"\b(?:first|sort|sorted|order|rank|by|your|you (?:have|sell|carry)|shop|store|do you)\b"
    r"|\bwhich (?:ones|are)\b|哪些|排[序列在前到]|优先|在前|从.+到|按|店里|你们|有没有"
)


@dataclass(frozen=True, slots=True)
class Order:
    """What products are ranked by, whether the most of it wins, and how many are meant."""

    name: str
    descending: bool
    count: int = 1


def order_said(text: str) -> Order | None:
    """What stands out by a message about products on the screen, and not the order of a list."""
    folded = fold(text)
    found = _HOW_MANY.search(folded)
    count = _COUNTS[next(filter(None, found.groups()))] if found else 1
    order = _superlative(text, folded) or _comparative(text, folded)
    return None if order is None else Order(*order, count)


def is_ordering(text: str) -> bool:
    """Whether a message asks for an order of the list, or of all that the shop has."""
    return bool(_SORTING.search(re.sub(r"第|first (?:one|two|three)", "", fold(text))))


def _superlative(text: str, folded: str) -> tuple[str, bool] | None:
    if is_ordering(folded):
        return None
    for slot in find_sort_keys(shape(text)):
        if not re.search(r"est\b|\bmost\b|\bleast\b|\btop\b|最", slot.raw.lower()):
            continue
        read = read_order(str(slot.value))
        if isinstance(read, AttributeOrder):
            return read.name, read.descending
        if read in _KEYS:
            return _KEYS[read]
    found = _MOST.search(folded)
    if found is None:
        return None
    word = found["more"] or found["less"] or found["zh"]
    return _LABEL + word, bool(found["down"] or found["zh_down"])


def _comparative(text: str, folded: str) -> tuple[str, bool] | None:
    """The one of two that is more so: "the cheaper one", 轻的那款."""
    match = _ADJECTIVE_ZH.search(folded)
    if match is not None:
        name, _, way = next(k for k, v in match.groupdict().items() if v).rpartition("_")
        return name, way == "down"
    plain = _PLAIN.search(folded)
    if plain is not None:
        return next((_PLAIN_WORDS[k] for k, v in plain.groupdict().items() if v), None)
    if not _PICKED.search(folded) or _PLURAL.search(folded):
        return None
    for slot in find_comparatives(shape(text)):
        if str(slot.value) in COMPARED:
            return COMPARED[str(slot.value)]
    return None


def standing_out(products: Sequence[ShownProduct], order: Order) -> tuple[ShownProduct, ...]:
    """The product that has most or least of it, or all that are equal in that; else nothing.

    Prices in different currencies are not compared.
    """
    name = by_size(products) if order.name == SIZE else order.name
    known = [(value, one) for one in products if (value := value_of(one, name)) is not None]
    if not known or (name == "price" and len({one.currency for _, one in known}) > 1):
        return ()
    ranked = sorted(known, key=lambda pair: pair[0], reverse=order.descending)
    last = ranked[min(order.count, len(ranked)) - 1][0]
    return tuple(
        one for value, one in ranked if (value >= last if order.descending else value <= last)
    )


def by_size(products: Sequence[ShownProduct]) -> str:
    """The number that most of the products are measured by, where size is meant."""
    having = {name: sum(value_of(one, name) is not None for one in products) for name in BY_SIZE}
    return max(BY_SIZE, key=lambda name: having[name])


def value_of(product: ShownProduct, name: str) -> Decimal | None:
    """A number of a product, in its base unit: its price, or what its record measures."""
    if name == "price":
        return product.amount
    found = number_of(product, name)
    return None if found is None else in_base(found)


def number_of(product: ShownProduct, name: str) -> ShownNumber | None:
    """A number as the record has it, by its name or by a word of its label."""
    if not name.startswith(_LABEL):
        return next((one for one in product.numbers if one.name == name), None)
    word = name.removeprefix(_LABEL)
    short = word.removesuffix("s")
    named = (one for one in product.numbers if short in f"{one.name}|{one.label}")
    return next(named, None) or next((o for o in product.numbers if _is_called(o.name, word)), None)


def _is_called(name: str, word: str) -> bool:
    """Whether shoppers call an attribute so: the pieces of building blocks are 颗粒."""
    concept = load_lexicon().get("attribute", name)
    return concept is not None and word in concept.surfaces()
