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
    r"|,))*\s*(?P<a>(?=[a-z -]{0,6}\d)[a-z0-9]{2,4}[ -]?[a-z0-9]{2,6})(?![a-z0-9])"
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
    r"(?=\s*(?:$|[,.;!]|\d|(?:and|zip|my|postal|from|here)\b))"
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

_RELATIVE = (
    r"(?:friend|sister|brother|siblings?|mother|mom|mum|father|dad|parents?|wife|husband|spouse"
    r"|partner|fianc[eé]e?|boyfriend|girlfriend|son|daughter|kid|aunt|uncle|cousin|niece|nephew"
    r"|grand\w+|in-laws?|\w+-in-law|room-?mate|flat-?mate|neighbou?r|colleague|co-?worker|boss"
    r"|client|customer|buddy|mate)"
)
_SOMEBODY = re.compile(
    rf"\bon behalf of\b|\bmy {_RELATIVE}['’]?s? (?:orders?|purchases?|accounts?|parcels?|packages?)"
    rf"|\b(?:my|a|our) {_RELATIVE},?(?: called| named)? (?:asks?|asked|wants?|wanted|told"
    r"|would like|needs?|begged|sent) (?:me|us|you|to|for|this|that|it|(?:his|her|their) orders?)\b"
    rf"|\b(?:this|it|these|the order|calling|writing|asking)(?:['’]s| is| are| belongs?)?"
    rf" (?:for|to) (?:my|a|our) {_RELATIVE}\b.*(?:zip|postal|e-?mail|@|\d{{5}})"
    r"|\bplaced by (?:my|our|somebody|someone)\b"
    r"|(?:我|俺)?(?:的)?(?:朋友|闺蜜|哥们|妹妹?|姐姐?|哥哥?|弟弟?|妈妈?|爸爸?|父母|爸妈|老婆|老公|妻子|丈夫|爱人"
    r"|女朋友|男朋友|对象|儿子|女儿|同事|室友|邻居|老板|亲戚|表[姐妹哥弟]|奶奶|爷爷|外婆|外公|婆婆|岳母)"
    r"[^，。,.!?！？]{0,24}?(?:让我|叫我|托我|请我|要我|拜托我|的订单|的单子|的账[号户]|下的单|买的那?单)"
    r"|(?:帮|替|代)(?:我|着)?(?:的)?(?:朋友|闺蜜|哥们|妹妹?|姐姐?|哥哥?|弟弟?|妈妈?|爸爸?|父母|老婆|老公|妻子|丈夫"
    r"|爱人|女朋友|男朋友|对象|儿子|女儿|同事|室友|邻居|老板|亲戚|别人|人家|他人)"
    r"[^，。,.!?！？买]{0,12}?(?:查|取消|退|换|改|问|看)"
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


def writes_for_another(text: str) -> bool:
    """Whether the writer says that the order is somebody else's: "my sister asked me …"."""
    return _SOMEBODY.search(fold(text)) is not None


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
