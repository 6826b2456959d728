"""Code-switching: values said in the other language, as in 有没有red的dress."""

from collections.abc import Mapping
from functools import cache
from random import Random

from catalog.lexicon import Kind, load_lexicon
from catalog.types import Language
from intents.examples import Example
from intents.spans import Edit, edit

_KINDS: tuple[Kind, ...] = (
    "product_type", "color", "material", "pattern", "gender", "season", "feature", "size",
    "occasion", "recipient",
)  # fmt: skip
# What shoppers say in the other language beside values.
_SAID: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "多少钱": "how much", "购物车": "cart", "加入购物车": "add to cart", "便宜点": "cheaper",
        "尺码": "size", "颜色": "color", "价格": "price", "打折": "on sale", "质量": "quality",
        "退货": "return", "退款": "refund", "客服": "customer service", "推荐": "recommend",
        "礼物": "gift", "订单": "order", "款式": "style", "谢谢": "thanks", "帮我": "please",
        "发货": "ship", "评价": "review", "库存": "stock", "优惠": "discount", "预算": "budget",
    },
    "en": {
        "cart": "购物车", "how much": "多少钱", "please": "麻烦", "size": "尺码", "refund": "退款",
        "gift": "礼物", "order": "订单", "color": "颜色", "colour": "颜色", "price": "价格",
        "customer service": "客服", "discount": "优惠", "delivery": "快递", "cheap": "便宜的",
    },
}  # fmt: skip


def code_switch(example: Example, rng: Random) -> Example:
    """One or two values, or where there is none a word, in the other language."""
    table = translations()[example.language]
    values: list[Edit] = [
        (slot.start, slot.end, _among(slot.raw, table[slot.name, slot.raw.lower()], rng))
        for slot in example.slots
        if (slot.name, slot.raw.lower()) in table
    ]
    chosen = rng.sample(values, min(len(values), rng.choice((1, 1, 2))))
    return edit(example, sorted(chosen) or _word(example, rng))


def _word(example: Example, rng: Random) -> list[Edit]:
    found: list[Edit] = [
        (place, place + len(said), other)
        for said, other in _SAID[example.language].items()
        if (place := example.text.lower().find(said)) >= 0
        and _is_whole(example.text, place, place + len(said))
    ]
    return [rng.choice(found)] if found else []


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin letter continues the word on either side."""
    sides = text[max(start - 1, 0) : start] + text[end : end + 1]
    return not (text[start].isascii() and any(c.isascii() and c.isalpha() for c in sides))


def _among(raw: str, names: tuple[str, ...], rng: Random) -> str:
    """One of the names, the first as often as all others together."""
    name = names[0] if rng.random() < 0.5 else rng.choice(names)
    return name.capitalize() if name.isascii() and raw.isascii() and raw[0].isupper() else name


@cache
def translations() -> Mapping[Language, Mapping[tuple[str, str], tuple[str, ...]]]:
    """For each language and each (slot, value in it), how the other language says it."""
    lexicon = load_lexicon()
    concepts = [concept for kind in _KINDS for concept in lexicon.of(kind).values()]
    both = [one for one in concepts if one.en and one.zh]
    return {
        "en": {(one.kind, name.lower()): one.zh for one in both for name in one.en},
        "zh": {(one.kind, name.lower()): one.en for one in both for name in one.zh},
    }
