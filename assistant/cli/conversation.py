"""``daogou chat`` and ``parse``: talking to the assistant, and what it understands."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.markdown import Markdown
from rich.panel import Panel
from rich.table import Table

from assistant.build import build_assistant
from assistant.cli.parse_view import show_parse
from assistant.cli.terminal import (
    JsonFlag,
    explaining,
    load_settings,
    out,
    progress_bars,
    write_json,
)
from assistant.dialogues.recording import write_recording
from assistant.engine import Assistant
from assistant.rasa import load_actions
from assistant.types import Money, ProductCard, Reply, Utterance
from assistant.wire import nlu_to_wire, reply_to_wire
from assistant.wording import write_money
from catalog.money import from_minor
from catalog.types import Language
from intents.types import ParseContext


def open_assistant() -> Assistant:
    """The shop's assistant, with progress bars while it is made."""
    settings = load_settings()
    with progress_bars() as progress:
        return build_assistant(settings, progress, load_actions(settings.rasa.actions_module))


def chat(
    json_lines: JsonFlag = False,
    session: Annotated[str, typer.Option(help="Go on with this conversation.")] = "",
    user: Annotated[str, typer.Option(help="The id of the shopper who is signed in.")] = "",
    record: Annotated[
        Path | None, typer.Option(help="Write the conversation here, as one for daogou test.")
    ] = None,
) -> None:
    """Talk to the assistant. With --json: a JSON object a line in, a reply a line out."""
    with explaining():
        if record is not None and record.exists():
            raise ValueError(f"{record} is there already; name a new file for the recording")
        assistant = open_assistant()
        session = session or f"cli-{uuid4()}"
        answer = assistant.reply if record is None else _Recorder(assistant, record).reply
        if json_lines:
            _serve_lines(answer, session, user)
        else:
            _talk(answer, session, user)


Answer = Callable[[Utterance], Reply]


@dataclass(slots=True)
class _Recorder:
    """Answers, and after every answer writes all conversations down from their stored turns."""

    assistant: Assistant
    path: Path
    sessions: dict[str, None] = field(default_factory=dict)

    def reply(self, utterance: Utterance) -> Reply:
        reply = self.assistant.reply(utterance)
        self.sessions[utterance.session_id] = None
        turns = self.assistant.storage.turns
        write_recording(self.path, [turns(session) for session in self.sessions])
        return reply


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    session: str = Field("", max_length=255)
    user: str = ""


def _serve_lines(answer: Answer, session: str, user: str) -> None:
    """Answer every line; a line that is no message gets an error line and loses nothing."""
    for line in _stdin_lines():
        try:
            message = _Line.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "line"
            write_json({"error": f"{place}: {first['msg']}"})
        else:
            utterance = Utterance(
                message.session or session, message.text, message.user or user, "cli"
            )
            write_json(reply_to_wire(answer(utterance)))
        sys.stdout.flush()


def _stdin_lines() -> Iterator[str]:
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", errors="replace").strip()
        if line:
            yield line


def _talk(answer: Answer, session: str, user: str) -> None:
    """A readable conversation; an empty line, Ctrl-C or Ctrl-D ends it."""
    out.print(Panel("Write in English or Chinese. An empty line ends the chat. 空行结束对话。"))
    while True:
        try:
            text = out.input("[bold cyan]» [/]")
        except (EOFError, KeyboardInterrupt):
            return
        if not text.strip():
            return
        show_reply(answer(Utterance(session, text, user, "cli")))


def show_reply(reply: Reply) -> None:
    """A reply for a person to read."""
    out.print(Markdown(reply.text))
    if reply.products:
        out.print(_product_table(reply.products, reply.language))
    if reply.suggestions:
        out.print(" · ".join(one.title for one in reply.suggestions), style="dim", markup=False)


def _product_table(cards: tuple[ProductCard, ...], language: Language) -> Table:
    table = Table(box=None, header_style="dim")
    headers = {
        "en": ("", "id", "product", "price", "why"),
        "zh": ("", "编号", "商品", "价格", "理由"),
    }
    for header in headers[language]:
        table.add_column(header)
    for number, card in enumerate(cards, start=1):
        variant = f"\n{card.variant}" if card.variant else ""
        table.add_row(
            str(number),
            card.id,
            card.title + variant,
            _price(card, language),
            " · ".join(card.reasons),
        )
    return table


def _price(card: ProductCard, language: Language) -> str:
    if card.price is None:
        return "—"
    return write_money(Money(from_minor(card.price, card.currency), card.currency), language)


def parse(
    text: Annotated[str, typer.Argument(help="A message of a shopper.")],
    as_json: JsonFlag = False,
    requested_slot: Annotated[
        str, typer.Option(help="The slot that the assistant has just asked for.")
    ] = "",
    previous_action: Annotated[str, typer.Option(help="What the assistant did last.")] = "",
) -> None:
    """Show what a message is understood to mean."""
    with explaining():
        context = ParseContext(previous_action, requested_slot)
        nlu = open_assistant().nlu
        result = nlu.parse(text, context)
    if as_json:
        write_json(nlu_to_wire(result))
    else:
        show_parse(result, context, nlu.kind)
