"""Whether a message is about something that was ordered. Pure, for a first glance."""

import re

from catalog.text import fold
from intents.types import NLUResult

_SURE = 0.7

_NUMBER = re.compile(r"(?<![a-z0-9])#?w\d{5,}|#[a-z]{0,4}-?\d{4,}")
_WORDS = re.compile(
    r"\b(?:my|an|the|this|that|recent|last|existing|pending|placed) orders?\b|\border (?:number"
    r"|id|#)"
    r"|\bi (?:\w+ )?(?:ordered|bought|purchased)\b|\bi(?:'ve|’ve| have) (?:\w+ )?(?:ordered"
    r"|bought|received)\b"
    r"|\border(?:ed)? (?:it|this|them)\b|订单"
    r"|(?<![帮给替为])我(?:刚|之前|前几天|上周)?(?:买|订|下单)的?"
)


def speaks_of_orders(text: str) -> bool:
    """Whether a message is about something that was ordered, whatever it asks."""
    folded = fold(text)
    return _NUMBER.search(folded) is not None or _WORDS.search(folded) is not None


_WHO = re.compile(
    r"[\w.%+-]+@[\w-]+\.[\w.-]+|(?<![a-z])(?:postal|post)[ -]?code"
    r"|(?<![a-z])zip(?![a-z])(?:[ -]?code|\D{0,12}\d)"
    r"|邮编|邮政编码|^\W*[^\W\d_]+(?: [^\W\d_]+){1,3}\W+\d{5,6}\W*$"
)


def says_who(text: str) -> bool:
    """Whether a message gives an e-mail address or a postal code, to say who is writing."""
    return _WHO.search(fold(text)) is not None


def asks_about_shop(nlu: NLUResult) -> bool:
    """Whether a message surely asks how the shop does things, and of no order in particular."""
    if not nlu.intent.startswith("ask_faq_") or nlu.intents[0].score < _SURE:
        return False
    return _NUMBER.search(fold(nlu.text)) is None and not says_who(nlu.text)
