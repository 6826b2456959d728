"""Cuts a text into the clauses that may each want something: "add it and show me socks"."""

import re

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
    r"|你们(?:家|店里?|这儿?|这里)?(?:能|会|有|收|送|包|提供|接受)"
)
_CUT = re.compile(
    rf"(?:\s*[,;.!?]\s*(?:and |then )?|\s+(?:and(?: then| also)?|then|plus|also)\s+)(?={_VERB})"
    rf"|[，。；！？,;\s]+(?={_VERB_ZH})|(?:然后|顺便|顺带|另外|还有|并且|同时)(?={_VERB_ZH})",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"[,;.!?]\s+(?:(?:and|then)\s+)?|\s+(?:and(?: then| also)?|then|plus|also)\s+"
    r"|[，。；！？]\s*|然后|顺便|顺带|另外|还有|并且|同时",
    re.IGNORECASE,
)
_MOST = 3
_SHORTEST = 2


def split_clauses(text: str) -> list[str]:
    """Two or three clauses that each start like a request, or nothing for a simple text.

    A word too short for a clause goes with the next one: 行，放购物车里.
    """
    clauses, start = [], 0
    for end, following in [*((cut.start(), cut.end()) for cut in _CUT.finditer(text)), (None, 0)]:
        clause = text[start:end].strip()
        if len(clause) >= _SHORTEST:
            clauses.append(clause)
        if len(clause) >= _SHORTEST or not clause:
            start = following
    return clauses if 2 <= len(clauses) <= _MOST else []


def clause_spans(text: str, wanted: int) -> list[tuple[int, int]]:
    """Where the clauses of a text lie, as (start, end), when it is known to hold several acts.

    Clauses that do not start like a request ("… and pay") are cut at any joint, if only that
    makes the ``wanted`` number of them.
    """
    clauses = split_clauses(text)
    if len(clauses) != wanted:
        loose = [part.strip() for part in _JOINT.split(text) if part.strip()]
        clauses = loose if len(loose) == wanted else clauses
    spans, end = [], 0
    for clause in clauses:
        start = text.index(clause, end)
        end = start + len(clause)
        spans.append((start, end))
    return spans
