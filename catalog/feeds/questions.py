"""Questions and answers that a feed publishes with a product, in the forms shops write them."""

import json
import re
from collections.abc import Iterator

from catalog.feeds.texts import local_text, paragraphs
from catalog.types import AnsweredQuestion, LocalText

MOST_QUESTIONS = 200
"""Further ones of one product are left out."""

_PAIR = re.compile(
    r"^\s*(?:Q|Question|问|问题)\s*[:：]\s*(?P<question>.+?)\s*\n\s*(?:A|Answer|答|回答)\s*[:：]\s*"
    r"(?P<answer>.+?)\s*(?=^\s*(?:Q|Question|问|问题)\s*[:：]|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


def read_questions(written: object) -> tuple[AnsweredQuestion, ...]:
    """The answered questions of a cell: JSON, or lines that begin with Q: and A: (问：, 答：).

    JSON is a list of objects with ``question`` and ``answer``, each a text or an object with
    ``en`` and ``zh``. Entries without a question or an answer are left out.
    """
    if isinstance(written, str) and written.lstrip().startswith(("[", "{")):
        try:
            written = json.loads(written)
        except (ValueError, RecursionError):
            return ()
    found = _from_text(written) if isinstance(written, str) else _from_values(written)
    kept = (one for one in found if one.question and one.answer)
    return tuple(dict.fromkeys(kept))[:MOST_QUESTIONS]


def _from_text(written: str) -> Iterator[AnsweredQuestion]:
    for match in _PAIR.finditer(paragraphs(written)):
        yield AnsweredQuestion(_text(match["question"]), _text(match["answer"]))


def _from_values(written: object) -> Iterator[AnsweredQuestion]:
    for one in written if isinstance(written, list) else [written]:
        if isinstance(one, dict):
            yield AnsweredQuestion(_text(one.get("question")), _text(one.get("answer")))


def _text(value: object) -> LocalText:
    if isinstance(value, dict):
        en, zh = value.get("en"), value.get("zh")
        return LocalText(*(paragraphs(one) if isinstance(one, str) else "" for one in (en, zh)))
    return local_text(paragraphs(value)) if isinstance(value, str) else LocalText()
