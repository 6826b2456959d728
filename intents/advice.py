"""Advice is wanted and no mere list: "best tent for two", 什么牌子的箱子好; or what others say."""

import re
from collections.abc import Sequence
from dataclasses import replace

from intents.numbers import align
from intents.readings import Reading
from intents.types import Intent

_ADVICE = re.compile(
    r"\b(?:which|what)\b.*\b(?:would you|should (?:i|we)|do you (?:recommend|suggest)|works"
    r"|is good)\b"
    r"|\bbest\b(?![ -](?:rated|sell\w*|before|price\w*|review\w*|match\w*|offers?|deals?))"
    r"|\ba (?:good|decent|reliable) (?!deal|price|offer|one\b)"
    r"|(?:最好|好用|靠谱)的(?=[\u4e00-\u9fff])|买(?:什么|啥|哪[个款种])|什么牌子|啥样的"
    r"|哪(?:个|款|种|家|双|台)(?:牌子)?.{0,6}(?:好|合适|能用|耐用|靠谱|值得)"
)


_REVIEWS = re.compile(r"\b(?:reviews?|ratings?|feedback)\b|评价|评论|口碑")
_ORDER = re.compile(
    r"\b(?:sort\w*|order\w*|by|first|most|high\w*|low\w*|top|ascending|descending|up|which"
    r"|ones|better|good|well)\b|[排按先前高低多最哪]|优先|好[的点一]|更好"
)


def advised(intents: Sequence[Intent], reading: Reading) -> tuple[Intent, ...]:
    """The intents, with a recommendation in place of a search that asks for advice.

    Reviews that no word puts into an order are to be read.
    """
    said = align(reading.text)
    reviews = _REVIEWS.search(said) and not _ORDER.search(said)
    if reviews and [intent.name for intent in intents] == ["sort_results"]:
        return (replace(intents[0], name="ask_reviews"),)
    wished = any(s.name == "product_type" and s.role == "include" for s in reading.slots)
    asked = wished and not reading.has("reference") and _ADVICE.search(said)
    first = intents[0] if intents else None
    if first is None or first.name != "search_product" or not asked:
        return tuple(intents)
    return (replace(first, name="recommend_product"), *intents[1:])
