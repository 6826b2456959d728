"""What a message is understood to mean, for a developer to read: spans, slots and intents.

Every span of the text is underlined, with its name below it; labels that would touch hang lower
on a line of their own, as compilers point at code. Columns are terminal cells, so that Chinese
characters, which fill two, stay over their labels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.cli.terminal import out
from catalog.types import Constraint, FlagConstraint, NumberConstraint, TextConstraint
from intents.names import SLOTS
from intents.types import (
    DateRange,
    Intent,
    Measure,
    NLUResult,
    ParseContext,
    PriceRange,
    Reference,
    Slot,
    SlotValue,
)

READERS: dict[str, str] = {
    "model": "the rules and the joint model",
    "examples": "the rules and the nearest labelled examples",
    "rules": "the rules alone",
}
"""What understands a message, in words."""

_COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "red", "bright_cyan", "bright_green",
            "bright_magenta", "bright_yellow", "bright_blue", "bright_red")  # fmt: skip
_STYLES = {name: _COLOURS[i % len(_COLOURS)] for i, name in enumerate(sorted(SLOTS))}
_MARKS = {"include": "", "exclude": "not ", "reference": "→ "}
_BAR = 20
_LEAST_WIDTH = 24


@dataclass(frozen=True, slots=True)
class _Label:
    """A name to write below a span, which begins at ``column``."""

    column: int
    words: str
    style: str

    @property
    def end(self) -> int:
        """The column after the label and the space that must follow it."""
        return self.column + cell_len(self.words) + 1


def show_parse(result: NLUResult, context: ParseContext, kind: str) -> None:
    """An understanding, on standard output; ``kind`` is what read the text beside the rules."""
    out.print(parse_view(result, context, kind, out.width))


def parse_view(result: NLUResult, context: ParseContext, kind: str, width: int) -> RenderableType:
    """Text with spans, then the intents, what is left for search, and the slots as a table."""
    facts = _facts(result, context, kind)
    parts: list[RenderableType] = [marked_text(result, width), Text(), facts]
    if result.slots:
        parts += [Text(), _slot_table(result.slots)]
    return Group(*parts)


def marked_text(result: NLUResult, width: int) -> Text:
    """The text in lines that fit, its spans underlined and named; ``width`` in cells."""
    placed = [slot for slot in result.slots if slot.start < slot.end]
    longest = max((cell_len(_label(slot)) for slot in placed), default=0)
    room = max(_LEAST_WIDTH, width - longest)
    lines = [
        line
        for start, end in _lines(result.text, placed, room)
        for line in _marked_line(result.text, start, end, placed)
    ]
    return Text("\n", no_wrap=True, overflow="ignore").join(lines)


def _lines(text: str, slots: Sequence[Slot], room: int) -> list[tuple[int, int]]:
    """Pieces of the text of at most ``room`` cells, cut beside the spans where that is possible."""
    pieces, start = [], 0
    while cell_len(text[start:]) > room:
        end = _cut(text, slots, start, _reach(text, start, room))
        pieces.append((start, end))
        start = end
    return [*pieces, (start, len(text))]


def _reach(text: str, start: int, room: int) -> int:
    """The end of what fits, one character at least."""
    end, used = start, 0
    while end < len(text) and used + cell_len(text[end]) <= room:
        used += cell_len(text[end])
        end += 1
    return max(end, start + 1)


def _cut(text: str, slots: Sequence[Slot], start: int, furthest: int) -> int:
    """The last place up to ``furthest`` in no span, after a space where there is one."""
    free = [
        place
        for place in range(start + 1, furthest + 1)
        if not any(slot.start < place < slot.end for slot in slots)
    ]
    after_space = [place for place in free if text[place - 1].isspace()]
    return max(after_space or free or [furthest])


def _marked_line(text: str, start: int, end: int, slots: Sequence[Slot]) -> list[Text]:
    """One piece of the text, the underlines of its spans, and their labels."""
    inside = [slot for slot in slots if slot.start < end and start < slot.end]
    line, bars = Text(text[start:end]), [(" ", "")] * cell_len(text[start:end])
    for slot in sorted(inside, key=lambda one: one.start - one.end):
        first, last = max(slot.start, start), min(slot.end, end)
        style = _STYLES.get(slot.name, "white")
        line.stylize(f"bold {style}", first - start, last - start)
        columns = range(cell_len(text[start:first]), cell_len(text[start:last]))
        for column in columns:
            bars[column] = ("┄" if slot.role == "exclude" else "━", style)
    if not inside:
        return [line]
    beginning = [slot for slot in inside if slot.start >= start]
    return [line, Text.assemble(*bars), *_label_lines(_labels(text, start, beginning))]


def _labels(text: str, start: int, slots: Sequence[Slot]) -> list[_Label]:
    """One label a column; spans that begin together share it."""
    by_column: dict[int, list[Slot]] = {}
    for slot in slots:
        by_column.setdefault(cell_len(text[start : slot.start]), []).append(slot)
    return [
        _Label(column, ", ".join(map(_label, here)), _STYLES.get(here[0].name, "white"))
        for column, here in sorted(by_column.items())
    ]


def _label_lines(labels: Sequence[_Label]) -> list[Text]:
    """The labels from right to left, each on the first line where it touches nothing."""
    levels: list[list[_Label]] = []
    for label in reversed(labels):
        level = next(
            (i for i, row in enumerate(levels) if _fits(label, row, levels[i + 1 :])), len(levels)
        )
        if level == len(levels):
            levels.append([])
        levels[level].append(label)
    return [_label_line(row, levels[i + 1 :]) for i, row in enumerate(levels)]


def _fits(label: _Label, row: Sequence[_Label], lower: Sequence[Sequence[_Label]]) -> bool:
    """Whether a label ends before everything to the right of it, connectors included."""
    others = [*row, *(other for below in lower for other in below)]
    return all(label.end <= other.column for other in others)


def _label_line(row: Sequence[_Label], lower: Sequence[Sequence[_Label]]) -> Text:
    """A line of labels, with a stroke over each label that hangs lower."""
    strokes = [_Label(other.column, "│", other.style) for below in lower for other in below]
    line = Text()
    for label in sorted((*row, *strokes), key=lambda one: one.column):
        line.append(" " * (label.column - line.cell_len))
        line.append(label.words, label.style)
    return line


def _label(slot: Slot) -> str:
    return _MARKS[slot.role] + slot.name


def _facts(result: NLUResult, context: ParseContext, kind: str) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_row("language", result.language)
    grid.add_row("read by", READERS[kind])
    if context.previous_action:
        grid.add_row("after", Text(context.previous_action))
    if context.requested_slot:
        grid.add_row("asked for", Text(context.requested_slot))
    grid.add_row("query", Text(result.query or "—"))
    if result.out_of_scope:
        grid.add_row("scope", Text("out of scope", style="yellow"))
    grid.add_row("intents", _bars(result.intents, "green") or Text("none"))
    if result.guesses:
        grid.add_row("guesses", _bars(result.guesses, "yellow") or Text("none"))
    return grid


def _bars(intents: Sequence[Intent], style: str) -> Table | None:
    """Names, probabilities and a bar for each; None without intents."""
    if not intents:
        return None
    grid = Table.grid(padding=(0, 2))
    for intent in intents:
        filled = round(_BAR * min(1.0, max(0.0, intent.score)))
        bar = Text.assemble(("━" * filled, style), ("─" * (_BAR - filled), "dim"))
        grid.add_row(intent.name, f"{intent.score:.2f}", bar)
    return grid


def _slot_table(slots: Sequence[Slot]) -> Table:
    table = Table(box=None, header_style="dim")
    for header in ("slot", "words", "role", "value", "in the catalogue"):
        table.add_column(header)
    table.add_column("score", justify="right")
    for slot in slots:
        table.add_row(
            Text(slot.name, style=_STYLES.get(slot.name, "white")),
            Text(slot.raw),
            Text(slot.role, style="" if slot.role == "include" else "bold"),
            Text(write_value(slot.value)),
            Text(write_constraint(slot.resolved)),
            f"{slot.score:.2f}",
        )
    return table


def write_value(value: SlotValue) -> str:
    """A slot's value for a developer: ``≤ 80 USD``, ``memory ≥ 8 GB``, ``1, 2``."""
    match value:
        case PriceRange():
            currency = value.currency + ("" if value.spoken_currency or not value.currency else "?")
            return _range("", value.minimum, value.maximum, currency)
        case Measure():
            return _range(value.attribute, value.minimum, value.maximum, value.unit)
        case DateRange():
            return _range("", value.start, value.end, "")
        case Reference():
            return _reference(value)
        case _:
            return str(value)


def write_constraint(constraint: Constraint | None) -> str:
    """What must hold of a product; "—" when the words are left to search."""
    match constraint:
        case None:
            return "—"
        case TextConstraint():
            return f"{constraint.name} = {' | '.join(constraint.values)}"
        case NumberConstraint():
            low, high = constraint.minimum, constraint.maximum
            return _range(constraint.name, low, high, constraint.unit)
        case FlagConstraint():
            return f"{constraint.name} = {'yes' if constraint.value else 'no'}"
        case _:
            assert_never(constraint)


def _range(name: str, low: object, high: object, unit: str) -> str:
    if low is not None and high is not None:
        bounds = f"= {low}" if low == high else f"{low} to {high}"
    elif low is not None:
        bounds = f"≥ {low}"
    else:
        bounds = "any" if high is None else f"≤ {high}"
    return " ".join(part for part in (name, bounds, unit) if part)


def _reference(reference: Reference) -> str:
    if reference.everything:
        return "all that was shown"
    if reference.first:
        return f"the first {reference.first}"
    if reference.extreme:
        return f"the {reference.extreme} of what was shown"
    return ", ".join(map(str, reference.positions)) or "what was spoken of last"
