"""Cuts a text into the clauses that may each want something: "add it and show me socks"."""

import re
from collections.abc import Sequence

from intents.types import Intent

CLEAR = 0.75
"""What each clause's best intent needs before several are taken from one text."""

_ACTS = frozenset({
    "search_product", "show_more", "compare_products", "recommend_product", "find_gift",
    "find_similar", "find_complement", "ask_product_detail", "ask_availability", "ask_price",
    "ask_reviews", "add_to_cart", "remove_from_cart", "change_quantity", "show_cart", "clear_cart",
    "checkout", "ask_invoice", "ask_faq_shipping", "ask_faq_returns", "ask_faq_payment",
    "ask_faq_warranty", "ask_faq_account", "ask_faq_store", "request_human", "ask_size_help",
})  # fmt: skip
_ORDER_ACTS = frozenset({
    "track_order", "cancel_order", "modify_order", "change_address", "return_item",
    "exchange_item", "ask_refund",
})  # fmt: skip
_VERB = (
    r"(?:also |then |please |can you |could you |would you |i want to |i'd like to |let me )*"
    r"(?:add|make|set|show|find|remove|delete|compare|check|track|cancel|tell|give|search"
    r"|recommend|suggest|put"
    r"|buy|order|return|exchange|change|what|how|where|when|do you|does|is|are|can i|i need"
    r"|i want|i'm looking"
    r"|take|get|clear|empty|apply|ship|connect|transfer)\b"
)
_VERB_ZH = (
    r"(?:请|再|也|顺便|顺带|另外|还有|还想|还要|然后|麻烦|帮我|给我|我想|我要|你们?|能不能"
    r"|可以){0,3}"
    r"(?:加|放|看看?|找|推荐|查|买|对比|比较|换|删|去掉|清空|结账|结算|退|取消|改|搜|问"
    r"|什么时候|怎么|多久|多少|有没有|支持|可以|能不能|转)"
)
_CUT = re.compile(
    rf"(?:\s*[,;.!?]\s*(?:and |then )?|\s+(?:and(?: then| also)?|then|plus|also)\s+)(?={_VERB})"
    rf"|[，。；！？,;\s]+(?={_VERB_ZH})|(?:然后|顺便|顺带|另外|还有|并且|同时)(?={_VERB_ZH})",
    re.IGNORECASE,
)
_MOST = 3
_SHORTEST = 2


def split_clauses(text: str) -> list[str]:
    """Two or three clauses that each start like a request, or nothing for a simple text."""
    clauses = [part.strip() for part in _CUT.split(text) if part and part.strip()]
    if not 2 <= len(clauses) <= _MOST or any(len(clause) < _SHORTEST for clause in clauses):
        return []
    return clauses


def several_intents(best: Sequence[Intent]) -> tuple[Intent, ...]:
    """The clauses' best intents when all are meant, the surest first; else nothing.

    Each must be clear and an act of its own. Of the acts on an order only one counts: "it is too
    small, I want to return it" gives a reason and makes one request.
    """
    names = {intent.name for intent in best}
    clear = all(i.score >= CLEAR and i.name in _ACTS | _ORDER_ACTS for i in best)
    if len(best) < 2 or len(names) < len(best) or not clear or len(names & _ORDER_ACTS) > 1:
        return ()
    return tuple(sorted(best, key=lambda intent: -intent.score))
