"""A feed's texts as they are shown: one clean line, or readable paragraphs out of HTML."""

import html
import re
from functools import lru_cache

from lxml import etree

from catalog.text import has_chinese
from catalog.types import RESERVED_NAMES, Language, LocalText

# Control characters, lone surrogates, and the marks that turn the direction of other text.
_ODD = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]"
    r"|[\ud800-\udfff]"
)
_LOOKS_LIKE_HTML = re.compile(
    r"</?(?:a|abbr|article|b|blockquote|body|br|button|center|code|dd|div|dl|dt|em|font|form|h[1-6]"
    r"|head|hr|html|i|iframe|img|input|li|link|main|meta|object|ol|p|pre|s|script|section|small"
    r"|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|u|ul|video)\b[^<>]*>|<!--"
    r"|&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_NOT_A_WORD = re.compile(r"[\W_]+")

_SILENT = frozenset(("script", "style", "template", "noscript", "iframe", "svg", "head"))
_BLOCK_TAGS = (
    "address article aside blockquote br dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header "
    "hr main nav ol p pre section table tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_CELLS = frozenset(("td", "th"))

# What an attribute is called here, by what feeds call it.
_CANONICAL = {
    "colour": "color",
    "颜色": "color",
    "颜色分类": "color",
    "尺码": "size",
    "鞋码": "size",
    "材质": "material",
    "材料": "material",
    "面料": "material",
    "图案": "pattern",
    "性别": "gender",
    "适用性别": "gender",
    "年龄段": "age_group",
    "季节": "season",
    "适用季节": "season",
    "重量": "weight",
    "长度": "length",
    "容量": "capacity",
    "内存": "memory",
    "运行内存": "memory",
    "ram": "memory",
    "存储容量": "storage",
    "存储": "storage",
    "屏幕尺寸": "screen_size",
    "续航": "battery_life",
    "续航时间": "battery_life",
    "功率": "power",
    "防水": "waterproof",
    "降噪": "noise_cancelling",
    "无线": "wireless",
}


def one_line(text: str) -> str:
    """The text without control characters and with single spaces; markup stays as it is."""
    return " ".join(_without_odd(text).split())


def paragraphs(text: str) -> str:
    """The text with its line breaks, of HTML what a reader would see of it."""
    text = _without_odd(text).replace("\r\n", "\n").replace("\r", "\n")
    if _LOOKS_LIKE_HTML.search(text):
        text = html_to_text(text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def html_to_text(markup: str) -> str:
    """Readable text of a piece of HTML: blocks on lines of their own, "• " before list items."""
    seen = _TextOfHtml()
    parser = etree.HTMLParser(target=seen, no_network=True, huge_tree=False)
    parser.feed(f"<body>{markup}")
    return str(parser.close())


def without_entities(text: str) -> str:
    """The text with ``&amp;`` and the like decoded, for feeds that write every text as HTML."""
    return html.unescape(text) if "&" in text else text


def local_text(text: str, language: Language | None = None) -> LocalText:
    """The text in ``language``; without one, Chinese when it has a Chinese character."""
    if (language or ("zh" if has_chinese(text) else "en")) == "zh":
        return LocalText(zh=text)
    return LocalText(en=text)


@lru_cache(maxsize=65_536)
def attribute_name(label: str) -> str:
    """The name of the attribute that a feed calls ``label``: "Screen Size" is ``screen_size``.

    Colour is ``color``, and the common Chinese labels have their English names. Names that
    constraints keep for a product's own fields get ``product_`` in front.
    """
    name = _NOT_A_WORD.sub("_", label.casefold()).strip("_")
    name = _CANONICAL.get(name, name)
    return f"product_{name}" if name in RESERVED_NAMES else name


def _without_odd(text: str) -> str:
    return _ODD.sub(_replacement, text) if _ODD.search(text) else text


def _replacement(odd: re.Match[str]) -> str:
    return "\ufffd" if "\ud800" <= odd.group() <= "\udfff" else ""


class _TextOfHtml:
    """What lxml's parser tells of a page, gathered as text."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._silent = ""

    def start(self, tag: str | bytes, attrib: object) -> None:
        tag = str(tag)
        if tag in _SILENT and not self._silent:
            self._silent = tag
        self._break_at(tag)
        if tag == "li":
            self._pieces.append("\n• ")

    def end(self, tag: str | bytes) -> None:
        tag = str(tag)
        if tag == self._silent:
            self._silent = ""
        self._break_at(tag)

    def data(self, data: str | bytes) -> None:
        if not self._silent:
            self._pieces.append(str(data).replace("\n", " "))

    def comment(self, text: str | bytes) -> None:
        """A comment is not shown."""

    def close(self) -> str:
        return "".join(self._pieces)

    def _break_at(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._pieces.append("\n")
        elif tag in _CELLS:
            self._pieces.append(" ")
