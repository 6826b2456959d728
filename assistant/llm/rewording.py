"""Another wording of a finished answer, sent only when it says the very same things."""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.llm.chat import ChatModel, LLMError, Message
from assistant.llm.checking import unbacked
from assistant.types import Reply
from catalog.types import Language

_log = logging.getLogger(__name__)

AS_THEY_ARE = frozenset(
    {"comfort", "decline_abuse", "decline_override", "decline_card", "answer_faq", "check_out"}
    | {"cancel_order", "change_order", "return_items", "exchange_items", "serve_orders"}
    | {"hand_off", "stay_silent", "track_order", "reorder"}
)
"""Actions whose answers are never reworded: safety, policies, payment, orders, people."""

_LONGEST = 600
_TOKENS = 220
_STRUCTURE = re.compile(r"^(?:[-*|#>]|\d+[.)] )|\]\(|https?://|\*Source|\*来源", re.MULTILINE)
_TASK: dict[Language, str] = {
    "en": (
        "You reword a shop assistant's answer so that it sounds warm and natural. Keep the language"
        " English. Keep every number, price, product name and fact exactly; add nothing, leave out"
        " nothing, promise nothing. Answer with the reworded text alone."
    ),
    "zh": (
        "你负责把店铺导购的回答换一种自然、亲切的说法。只用中文。数字、价格、商品名和事实一个都不能变，"
        "不添加、不遗漏、不承诺任何内容。只输出改写后的文字。"
    ),
}


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Rewords answers by a language model."""

    model: ChatModel

    def reword(self, reply: Reply) -> Reply:
        """The reply in other words, or just as it is; never raises for what the model does."""
        prose, rest = _prose(reply.text)
        if not prose or reply.action in AS_THEY_ARE or len(prose) > _LONGEST:
            return reply
        messages = (Message("system", _TASK[reply.language]), Message("user", prose))
        try:
            answer = self.model.complete(messages, _TOKENS).strip()
        except LLMError as error:
            _log.info("the answer stays as it is: %s", error)
            return reply
        problem = unbacked(answer, prose, reply.language, _names(reply))
        if problem:
            _log.info("a reworded answer was not sent: %s", problem)
            return reply
        return replace(reply, text="\n\n".join((answer, *rest)))


def _prose(text: str) -> tuple[str, tuple[str, ...]]:
    """The paragraphs before the first list, table or link, and the others as they are."""
    blocks = text.split("\n\n")
    end = next((n for n, one in enumerate(blocks) if _STRUCTURE.search(one)), len(blocks))
    return "\n\n".join(blocks[:end]), tuple(blocks[end:])


def _names(reply: Reply) -> Iterable[str]:
    return (card.title for card in reply.products)
