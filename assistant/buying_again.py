"""Whether somebody who is signed in wants to buy again what they bought before. Pure."""

import re
from dataclasses import replace

from intents.numbers import align
from intents.types import Intent, NLUResult

_AGAIN = re.compile(
    r"\bre-?order\b|\bre-?stock (?:on |up on )?(?:my|our|the)\b"
    r"|\b(?:order|buy|get|purchase) (?:[\w'-]+ ){0,5}again\b(?! (?:in stock|available))"
    r"|\bagain what (?:i|we) (?:bought|ordered|had)\b"
    r"|复购|回购|再(?:次)?(?:买|来|下单?|订|要)[^，。？?吗]{0,10}(?:上次|之前|以前)"
    r"|(?:上次|上回|之前|以前)(?:买|订)(?:过)?的[^，。？?吗]{0,10}(?:再|又|还想?)[给帮我]*(?:来|买|要|下|订)"
    r"|再买一?(?:次|遍)|买过的[^，。？?]{0,6}再"
    r"|^(?:我|帮我|给我|要|想|该|需要|麻烦|请|也)*补(?:[点些]?货|(?:一?[点些]|一下)[^，。？?吗]{1,8})(?:[了吧呀啊]|一下)*$"
)
_NOT = re.compile(
    r"\b(?:never|won't|wouldn't|don't|not|can't|when|will|cancel|return|refund|wrong)\b"
    r"|不会|不想|别再|不再|不要|什么时候|几时|会补|取消|退|投诉|通知|提醒"
)
_MAY_BE = frozenset({
    "", "reorder", "search_product", "refine_search", "recommend_product", "list_orders",
    "ask_availability", "exchange_item", "track_order", "out_of_scope", "add_to_cart", "checkout",
})  # fmt: skip
"""What it may be taken for."""


def read_buying_again(nlu: NLUResult, signed_in: bool) -> NLUResult:
    """The understanding of a message of somebody signed in that wants what they bought before.

    What is pointed at on the screen, or is an order with its number, is another matter.
    """
    elsewhere = any(slot.name in ("reference", "order_id", "email") for slot in nlu.slots)
    text = align(nlu.text)
    names = {one.name for one in nlu.intents}
    if not signed_in or elsewhere or text.startswith("/") or not names <= _MAY_BE:
        return nlu
    if not _AGAIN.search(text) or _NOT.search(text):
        return nlu
    intents = (Intent("reorder", 1.0),)
    return replace(nlu, intents=intents, out_of_scope=False, guesses=())
