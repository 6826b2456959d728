"""What a person's answer to a yes/no question says: yes, no, or neither plainly."""

import re
from typing import Literal

from catalog.text import fold, has_chinese

Polarity = Literal["yes", "no", ""]

_OPENING = 220
"""An answer says it in its first sentences; what follows tells stories."""

_YES_EN = re.compile(
    r"^\W*(?:hi\W+|hello\W+|oh\W+|well\W+|i (?:believe|think|would say)(?: so)?\W+)*"
    r"(?:yes|yep|yup|yeah|yea|sure|absolutely|definitely|certainly|of course|correct|indeed|"
    r"it (?:does|will|can|should|did|works?|fits?)\b(?! not|n't)|"
    r"they (?:do|will|can|should|did|work|fit)\b(?! not|n't)|"
    r"(?:it|they) (?:is|are|has|have)\W*(?:[.,!;]|$))"
)
_NO_EN = re.compile(
    r"^\W*(?:hi\W+|hello\W+|oh\W+|well\W+|i (?:believe|think|would say)\W+|sorry\W+(?:but )?|"
    r"unfortunately\W+)*"
    r"(?:no\b(?! (?:problem|issue|doubt|need|idea|worries|clue))|nope|nah\b|negative|not really|"
    r"definitely not|absolutely not|it (?:does|is|will|can|should|has|did|would)(?: not|n't)\b|"
    r"it (?:doesnt|isnt|wont|cannot|cant)\b|"
    r"they (?:do|are|will|can|should|have|did)(?: not|n't)\b|does(?: not|n't)\b)"
)
_UNSURE_EN = re.compile(
    r"\b(?:not (?:\w+ )?(?:sure|certain|know)|unsure|don'?t (?:really )?know|do not know|no idea|"
    r"no clue|can'?t (?:say|tell|answer)|cannot (?:say|tell)|wouldn'?t know|would not know|"
    r"depends?|maybe|might|perhaps|possibly|probably|i guess|i assume|check with|contact|"
    r"as far as i know|supposed to|i would think|call (?:the|your)|haven'?t tried|what are you|"
    r"don'?t think|do not think|doubt|i (?:think|believe)|should be|should work|should fit)\b"
)
_TURNED_EN = re.compile(r"\b(?:but|however|although|though|unless|except|only if|if you)\b")
_DENIED_EN = re.compile(
    r"\b(?:not|never|doesn'?t|isn'?t|won'?t|can'?t|cannot|don'?t|didn'?t|aren'?t|unable)\b"
)
_FIRST = re.compile(r"\W*[^.!?]+")
_PLAIN_EN = re.compile(r"\W*(?:yes|no|yep|nope)\b")
_WORKED_EN = re.compile(
    r"^\W*(?:according to [^,.]+[, ]+)?(?:yes\b|(?:this|that|these|those|mine|the) "
    r"(?:(?!not\b)\w+ ){0,3}(?:does|do|will|can|works?|worked|fits?) "
    r"(?!n't|not\b|no\b|too\b))"
    r"|^\W*it (?:worked|fit|fits|works) (?!n't|not)"
)
_FAILED_EN = re.compile(
    r"^\W*not at all\b|^\W*(?:this|that|these|those|mine|the) (?:\w+ ){0,3}"
    r"(?:does|do|is|are|will|can|has|have|did|would)(?: not|n't)\b"
)
_YES_ZH = re.compile(
    r"^\W*(?:亲[,，~ ]?)?(?:是的|对的|可以|能|会|有的|支持|没问题|当然|好的|嗯|"
    r"[是对有行](?=\W|$))"
)
_NO_ZH = re.compile(
    r"^\W*(?:不|没有|没|无法|暂不|暂时不|目前不|亲[,，~ ]?不|抱歉\W*不)"
    r"(?!知道|清楚|确定|一定|太清楚|了解)"
)
_UNSURE_ZH = re.compile(
    r"不(?:太)?(?:清楚|知道|确定|了解)|不一定|可能|也许|应该|看情况|取决|大概|好像|但是?|不过"
)


def read_polarity(answer: str) -> Polarity:
    """Yes or no where an answer says so plainly and does not take it back.

    Hedged answers ("probably", 应该可以), conditions and answers that tell something else are
    neither: a shop does not promise on them.
    """
    text = fold(answer).replace("’", "'")[:_OPENING]
    if has_chinese(text):
        return _chinese(text)
    first = _FIRST.match(text)
    opening = first.group() if first else text
    if _UNSURE_EN.search(opening if _PLAIN_EN.match(text) else text):
        return ""
    if _NO_EN.search(text) or _FAILED_EN.search(opening):
        return "no"
    if not _YES_EN.search(text) and not _WORKED_EN.search(opening):
        return ""
    rest = _TURNED_EN.search(text)
    return "" if rest and _DENIED_EN.search(text, rest.start()) else "yes"


def _chinese(text: str) -> Polarity:
    if _UNSURE_ZH.search(text):
        return ""
    if _NO_ZH.search(text):
        return "no"
    return "yes" if _YES_ZH.search(text) else ""
