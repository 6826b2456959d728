"""``daogou inspect``: a conversation turn by turn, what was understood, decided, and why.

Everything comes from the stored turns and is shown as it is stored.
"""

from typing import Annotated, Any

import typer
from pydantic import TypeAdapter
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from assistant.cli.opening import open_storage
from assistant.cli.parse_view import marked_text, write_value
from assistant.cli.terminal import JsonFlag, explaining, load_settings, out, write_json
from assistant.dialogues.grounds import grounds
from assistant.types import DialogueState, Turn
from assistant.wire import nlu_to_wire, reply_to_wire
from intents.types import Slot

_STATE = TypeAdapter(DialogueState)
_MARKS = {"include": "", "exclude": "not ", "reference": "→ "}


def inspect(
    session: Annotated[str, typer.Argument(help="The id of the conversation.")],
    as_json: JsonFlag = False,
) -> None:
    """Show a conversation turn by turn: what was understood, what was decided, and why."""
    with explaining():
        turns, state = _stored(session)
    if as_json:
        write_json(
            {
                "session": session,
                "turns": [_turn_json(turn, before) for before, turn in _with_before(turns)],
                "state": _STATE.dump_python(state, mode="json"),
            }
        )
        return
    for before, turn in _with_before(turns):
        title = f"{turn.number} · {turn.time:%Y-%m-%d %H:%M:%S} · {turn.utterance.channel}"
        user = f" · {turn.utterance.user_id}" if turn.utterance.user_id else ""
        view = turn_view(turn, before, out.width - 4)
        out.print(Panel(view, title=Text(title + user), title_align="left"))
    out.print(Panel(_state_view(state), title="now", title_align="left"))


def _stored(session: str) -> tuple[tuple[Turn, ...], DialogueState]:
    settings = load_settings()
    with open_storage(settings) as storage:
        state, turns = storage.load(session), storage.turns(session)
    if state is None:
        raise ValueError(f"there is no conversation {session!r} in {settings.database_url}")
    return turns, state


def _with_before(turns: tuple[Turn, ...]) -> list[tuple[Turn | None, Turn]]:
    return list(zip((None, *turns[:-1]), turns, strict=True))


def _turn_json(turn: Turn, before: Turn | None) -> dict[str, Any]:
    action = turn.action
    return {
        "turn": turn.number,
        "time": turn.time.isoformat(),
        "channel": turn.utterance.channel,
        "user": turn.utterance.user_id,
        "text": turn.utterance.text,
        "understood": nlu_to_wire(turn.nlu),
        "decided": {
            "action": action.name,
            "products": [list(pair) for pair in action.products],
            "args": dict(action.args),
        },
        "why": list(grounds(turn, before)),
        "answered": reply_to_wire(turn.reply),
    }


def turn_view(turn: Turn, before: Turn | None, width: int) -> RenderableType:
    """One turn: the message with its spans, then a row for each thing to know of it."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    table.add_row("understood", Text(_intents(turn)))
    for slot in turn.nlu.slots:
        table.add_row("", Text(_slot(slot)))
    if turn.nlu.query:
        table.add_row("for search", Text(turn.nlu.query))
    table.add_row("decided", Text(_decided(turn)))
    for number, why in enumerate(grounds(turn, before)):
        table.add_row("" if number else "why", Text(why))
    table.add_row("answered", Text(turn.reply.text or "(silence)"))
    for card in turn.reply.products:
        reasons = f" — {' · '.join(card.reasons)}" if card.reasons else ""
        table.add_row("", Text(f"{card.id} {card.title}{reasons}"))
    if turn.reply.suggestions:
        table.add_row("buttons", Text(" · ".join(one.title for one in turn.reply.suggestions)))
    times = turn.reply.timings_ms
    table.add_row("took", Text(f"{times.total:.0f} ms ({times.nlu:.0f} to understand)"))
    return Group(marked_text(turn.nlu, width), Text(), table)


def _intents(turn: Turn) -> str:
    nlu = turn.nlu
    named = ", ".join(f"{one.name} {one.score:.2f}" for one in nlu.intents)
    guesses = ", ".join(f"{one.name} {one.score:.2f}" for one in nlu.guesses)
    parts = [named or "nothing"]
    parts += ["out of scope"] if nlu.out_of_scope else []
    parts += [f"guesses: {guesses}"] if guesses else []
    return f"{'; '.join(parts)} ({nlu.language})"


def _slot(slot: Slot) -> str:
    words = f" from {slot.raw!r}" if slot.raw else ""
    return f"{slot.name} = {_MARKS[slot.role]}{write_value(slot.value)}{words}"


def _decided(turn: Turn) -> str:
    action = turn.action
    args = [f"{name}={value}" for name, value in action.args.items()]
    products = [id_ for id_, _ in action.products]
    given = ", ".join([*products, *args])
    return f"{action.name}({given})"


def _state_view(state: DialogueState) -> RenderableType:
    """What the conversation remembers at its end."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    wishes = [_slot(wish) for wish in state.goal.wishes]
    focus = state.focus.product_id if state.focus else ""
    pending = f"{state.pending.slot} for {state.pending.action.name}" if state.pending else ""
    rows = {
        "looking for": state.goal.query,
        "wishes": "\n".join(wishes),
        "shown": ", ".join(one.product_id for one in state.shown),
        "in focus": focus,
        "cart": ", ".join(f"{one.quantity} × {one.variant_id}" for one in state.cart),
        "asked for": pending,
        "person": f"{state.handoff.status} ({state.handoff.ticket})" if state.handoff else "",
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, Text(value))
    return table
