"""The assistant's Markdown as HTML. Raw HTML is text, pictures are not fetched, links are safe."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

from assistant.web.links import page_url, safe_url
from catalog.types import Language


@dataclass(frozen=True, slots=True)
class TableParts:
    """What a comparison gets beside its words: one part per product, in the order of columns."""

    heads: Sequence[Markup] = field(default=())
    feet: Sequence[Markup] = field(default=())


class _Renderer(RendererHTML):
    """Links open beside the conversation; tables scroll sideways in a box of their own."""

    def link_open(
        self, tokens: Sequence[Token], at: int, options: OptionsDict, env: dict[str, Any]
    ) -> str:
        token = tokens[at]
        token.attrs["href"] = page_url(str(token.attrs["href"]), env["language"])
        token.attrs |= {"target": "_blank", "rel": "noopener noreferrer"}
        return self.renderToken(tokens, at, options, env)

    def table_open(
        self, tokens: Sequence[Token], at: int, options: OptionsDict, env: dict[str, Any]
    ) -> str:
        label = escape(env["table_label"])
        return f'<div class="table" role="region" tabindex="0" aria-label="{label}"><table>'

    def table_close(self, *_: object) -> str:
        return "</table></div>"


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer)
    parser.enable("table").disable("image")
    # markdown-it asks this object whether a link may stand; it is meant to be replaced.
    parser.validateLink = lambda url: bool(safe_url(url))  # type: ignore[method-assign]
    return parser


_PARSER = _make_parser()


def render_markdown(
    text: str, language: Language, table_label: str = "", parts: TableParts | None = None
) -> Markup:
    """Markdown as HTML that is safe to put into a page.

    Args:
        text: What the assistant says; anything in it may come from a feed or a shopper.
        language: Which language the shop's own pages open in.
        table_label: What a screen reader calls a table.
        parts: Added to the last table when it has one column for each, beside the first.
    """
    env: dict[str, Any] = {"language": language, "table_label": table_label}
    tokens = _PARSER.parse(text, env)
    if parts is not None:
        _decorate(tokens, parts)
    rendered: str = _PARSER.renderer.render(tokens, _PARSER.options, env)
    return Markup(rendered)


def has_comparison(text: str, columns: int) -> bool:
    """Whether the text holds a table that compares so many things."""
    return columns > 0 and len(_heads(_PARSER.parse(text))) == columns + 1


def _heads(tokens: Sequence[Token]) -> list[Token]:
    """The inline tokens of the header cells of every table."""
    return [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "th_open"]


def _decorate(tokens: list[Token], parts: TableParts) -> None:
    """Put a part into each product's header cell, and a row of parts under the table."""
    heads = _heads(tokens)[1:]
    if len(heads) != len(parts.heads):
        return
    for head, part in zip(heads, parts.heads, strict=True):
        head.children = [_html("html_inline", part), *(head.children or [])]
    cells = Markup("").join(Markup("<td>{}</td>").format(one) for one in parts.feet)
    row = Markup('<tr class="table-feet"><th></th>{}</tr>').format(cells)
    closing = max(at for at, token in enumerate(tokens) if token.type == "tbody_close")
    tokens.insert(closing, _html("html_block", row))


def _html(kind: str, content: Markup) -> Token:
    """A token of our own HTML; the parser itself never makes one."""
    return Token(kind, "", 0, content=str(content))
