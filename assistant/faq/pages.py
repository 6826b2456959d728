"""A shop's policy pages, Markdown or HTML, cut into passages that can be found and quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from lxml import etree, html
from markdown_it import MarkdownIt

from assistant.faq.entries import FaqError
from assistant.types import FaqEntry
from catalog.answers.sentences import split_sentences
from catalog.text import has_chinese
from catalog.types import LANGUAGES, Language, LocalText

PAGE = "page"
"""The topic of what comes from a page."""
SUFFIXES = (".md", ".html", ".htm")

_LONGEST = {"en": 320, "zh": 120}
"""Characters of a passage; a longer sentence is a passage of its own."""
_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(_HEADINGS) | {
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl",
    "dt", "figcaption", "figure", "footer", "header", "html", "li", "main", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_SILENT = frozenset({
    "script", "style", "head", "nav", "footer", "form", "button", "template", "noscript", "svg",
})  # fmt: skip
_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading (``level`` 1 to 6), a row of a table or another piece of text (``level`` 0)."""

    text: str
    level: int = 0
    row: bool = False


def load_pages(folder: Path) -> tuple[FaqEntry, ...]:
    """The passages of every ``*.md``, ``*.html`` and ``*.htm`` of a folder, by file and place.

    The language is named by the file (``returns.zh.md``), by ``<html lang>`` or shown by the
    text. The date stands in front of a Markdown page (``updated: 2026-09-01`` between two lines
    ``---``) or in ``<meta name="updated" content="2026-09-01">``; without one none is quoted.

    Raises:
        FaqError: a page cannot be read, or its date is none.
    """
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES)
    return tuple(passage for path in paths for passage in _passages(path))


def _passages(path: Path) -> Iterator[FaqEntry]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FaqError(f"{path.name}: cannot be read ({error}); save it as UTF-8 text") from error
    markdown = path.suffix.lower() == ".md"
    front, text = _front_matter(path, text) if markdown else ({}, text)
    tree = _parsed(_MARKDOWN.render(text) if markdown else text)
    if tree is None:
        return
    updated = _day(path, front.get("updated") or _meta(tree, "updated"))
    blocks = list(_blocks(tree))
    language = _language(path, tree, blocks)
    title = next((one.text for one in blocks if one.level), path.name.split(".")[0])
    for number, (heading, said) in enumerate(_cut(blocks, language), start=1):
        place = " › ".join(dict.fromkeys((title, heading or title)))
        yield FaqEntry(
            id=f"{path.name}#{number}",
            topic=PAGE,
            question=_local(heading or title, language),
            answer=_local(said, language),
            source=_local(place, language),
            updated=updated,
            variants=tuple(_local(one, language) for one in split_sentences(said)),
        )


def _cut(blocks: list[_Block], language: Language) -> Iterator[tuple[str, str]]:
    """Passages with their heading: rows by themselves, short pieces together."""
    heading, gathered = "", ""
    for block in blocks:
        for piece in _pieces(block, _LONGEST[language]):
            alone = bool(block.level) or block.row
            if gathered and (alone or len(gathered) + len(piece) > _LONGEST[language]):
                yield heading, gathered
                gathered = ""
            if block.level:
                heading = piece
            elif block.row:
                yield heading, piece
            else:
                gathered = f"{gathered}\n{piece}" if gathered else piece
    if gathered:
        yield heading, gathered


def _pieces(block: _Block, longest: int) -> Iterator[str]:
    """A block in runs of whole sentences, each as long as allowed and word for word."""
    if block.level or block.row:
        yield block.text
        return
    start = end = 0
    for sentence in split_sentences(block.text):
        stop = block.text.index(sentence, end) + len(sentence)
        if end > start and stop - start > longest:
            yield block.text[start:end].strip()
            start = end
        end = stop
    if end > start:
        yield block.text[start:end].strip()


def _front_matter(path: Path, text: str) -> tuple[dict[str, object], str]:
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    try:
        values = yaml.safe_load(found.group(1))
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise FaqError(f"{path.name}: the lines between --- are not YAML ({reason})") from error
    return (values if isinstance(values, dict) else {}), text[found.end() :]


def _parsed(text: str) -> "html.HtmlElement | None":
    try:
        return html.document_fromstring(text)
    except (etree.ParserError, ValueError):  # an empty page has nothing to say
        return None


def _blocks(tree: "html.HtmlElement") -> Iterator[_Block]:
    """What a reader sees, in order; a row names the columns of its cells."""
    for element in tree.iter():
        tag = element.tag
        if not isinstance(tag, str) or _hidden(element):
            continue
        if tag == "tr":
            if row := _row(element):
                yield _Block(row, row=True)
        elif tag in _BLOCKS and not _in_row(element) and (text := _own_text(element)):
            yield _Block(text, _HEADINGS.get(tag, 0))


def _hidden(element: "html.HtmlElement") -> bool:
    return any(one.tag in _SILENT for one in (element, *element.iterancestors()))


def _in_row(element: "html.HtmlElement") -> bool:
    return any(one.tag == "tr" for one in element.iterancestors())


def _row(row: "html.HtmlElement") -> str:
    """A row as "Canada: Standard 5–8 days · Fee $9.99"; nothing for that of the column names."""
    cells = [_squeezed(cell.text_content()) for cell in row if cell.tag in ("td", "th")]
    if not any(cell.tag == "td" for cell in row):
        return ""
    heads = [_squeezed(one.text_content()) for one in row.xpath("ancestor::table[1]//tr[th][1]/th")]
    if len(heads) != len(cells):
        return " · ".join(cell for cell in cells if cell)
    told = [f"{head} {cell}" for head, cell in zip(heads[1:], cells[1:], strict=True) if cell]
    return f"{cells[0]}: {' · '.join(told)}" if told else cells[0]


def _own_text(element: "html.HtmlElement") -> str:
    """The text of a block without that of blocks inside it."""
    pieces = [element.text or ""]
    for child in element:
        if not (isinstance(child.tag, str) and (child.tag in _BLOCKS or child.tag in _SILENT)):
            pieces.append(" " if child.tag == "br" else _own_text(child))
        pieces.append(child.tail or "")
    return _squeezed("".join(pieces))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _meta(tree: "html.HtmlElement", name: str) -> str:
    found = tree.xpath("//meta[@name=$name]/@content", name=name)
    return str(found[0]) if found else ""


def _language(path: Path, tree: "html.HtmlElement", blocks: list[_Block]) -> Language:
    named = path.stem.rsplit(".", 1)[-1].lower()
    declared = str(tree.get("lang") or "").lower()[:2]
    for name in LANGUAGES:
        if named == name or ("." not in path.stem and declared == name):
            return name
    return "zh" if has_chinese("".join(one.text for one in blocks)) else "en"


def _local(text: str, language: Language) -> LocalText:
    return LocalText(zh=text) if language == "zh" else LocalText(en=text)


def _day(path: Path, value: object) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise FaqError(
            f"{path.name}: updated must be a day such as 2026-09-01, got {text!r}"
        ) from error
