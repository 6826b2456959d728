"""Who is writing: the e-mail address, name and postal code that a message gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.orders.numbers import normalize_email
from catalog.text import fold
from intents.types import NLUResult

_EMAILS = re.compile(r"[A-Za-z0-9._%+'-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_POSTAL = re.compile(
    r"(?:zip|postal|post)(?:[ -]?code)?(?:\s*(?:is|:|：|="
    r"|,))*\s*(?P<a>[a-z0-9]{2,4}[ -]?[a-z0-9]{2,6})(?![a-z0-9])"
    r"|(?:邮编|邮政编码)(?:是|为|:|：|，|,|\s)*(?P<b>\d{5,6})"
    r"|(?<![a-z0-9#.-])(?P<c>\d{5,6}(?:-\d{4})?)(?![a-z0-9@.]*[a-z0-9@])"
)
_LATIN = r"[A-Z][\w'’-]*(?:\s+(?:de|van|von|der|la|del|bin|al)?\s*[A-Z][\w'’-]*){1,3}"
_SAID = re.compile(
    r"(?i:\b(?:my (?:full )?name(?: is|'s|’s|:)|name(?: is|:|：| on (?:the )?(?:order"
    r"|account) is)|i am|i'm|i’m|this is|it's|it’s|called|under(?: the name)?|for)\s+)"
    rf"(?P<name>{_LATIN})"
)
_LOWER = re.compile(
    r"\b(?:my (?:full )?name(?: is|'s|’s|:)?|name(?: is|:)|i am|i'm|i’m"
    r"|this is)\s+(?P<name>[a-z][a-z'’-]+\s+[a-z][a-z'’-]+)"
)
_CHINESE = re.compile(
    rf"(?:我叫|我是|名字(?:是|叫|为|：|:)|姓名(?:是|为|：|:)?|本人)\s*(?P<name>{_LATIN}"
    rf"|[\u4e00-\u9fff·]{{2,4}}|[A-Za-z]+ [A-Za-z]+)"
)
_PAIR = re.compile(rf"(?P<name>{_LATIN})")
_ALONE = re.compile(r"^\W*(?P<name>[^\W\d_]+(?: [^\W\d_'’-]+){0,3})\W+\d{5,6}\W*$")
_NO_NAMES = re.compile(
    r"(?i)\b(?:zip|code|postal|post|my|name|is|and|the|it's|it’s|it|i|m|order|am|hi|hello|email|sure|ok|yes"
    r"|here|you|go|of|course)\b|邮编|我叫|我是|姓名|名字|是|，|。"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a message says of its writer. ``names`` are candidates, the likeliest first."""

    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    postal_code: str = ""


def read_identity(nlu: NLUResult, *, asked: bool) -> Identity:
    """The writer's identity. ``asked`` says that it was the question: a bare name is an answer."""
    text = nlu.text
    emails = tuple(dict.fromkeys(normalize_email(one) for one in _EMAILS.findall(text)))
    postal = _postal(_EMAILS.sub(" ", text))
    return Identity(emails, tuple(dict.fromkeys(_names(nlu, text, asked))), postal)


def _postal(text: str) -> str:
    match = _POSTAL.search(fold(text))
    return (match[match.lastgroup or 0] or "").upper().strip() if match else ""


def _names(nlu: NLUResult, text: str, asked: bool) -> Iterator[str]:
    alone = _ALONE.match(text)
    if alone:
        yield alone["name"].strip()
    for pattern in (_SAID, _CHINESE):
        for match in pattern.finditer(text):
            yield match["name"].strip()
    for match in _LOWER.finditer(text.casefold()):
        yield match["name"].strip()
    for slot in nlu.all("person"):
        yield str(slot.value)
    if asked:
        left = _POSTAL.sub(" ", _EMAILS.sub(" ", text).casefold())
        plain = re.sub(r"\S*\d\S*", " ", _NO_NAMES.sub(" ", left))
        words = re.findall(r"[^\W\d_][\w'’-]*", plain)
        if 1 < len(words) <= 4:
            yield " ".join(words)
        elif len(words) == 1 and re.fullmatch(r"[\u4e00-\u9fff]{2,4}", words[0]):
            yield words[0]
        for match in _PAIR.finditer(text):
            yield match["name"].strip()
