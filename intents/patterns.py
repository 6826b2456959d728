"""The small language of templates: ``show me (some|) {color} {product_type#plural}``.

``{name}`` is filled with a value, with ``!role`` for a slot's role, ``@en`` or ``@zh`` for the
language of the value and ``#plural`` for its plural; ``(a|b|)`` is one of several, nested as
deep as wished; ``[words](slot)`` and ``[words]{"entity": ...}`` are words annotated as they
stand, as in the examples. A backslash takes the meaning from the sign behind it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import cast

from catalog.types import LANGUAGES, Language
from intents.examples import ENTITY, ExampleError
from intents.names import ROLES
from intents.types import Role

_FILL = re.compile(r"(?P<name>[^!@#{}]*)(?P<rest>(?:[!@#][^!@#{}]*)*)")
_TOKEN = re.compile(
    rf"(?P<fixed>{ENTITY.pattern})|\\(?P<literal>.)|\{{(?P<fill>[^{{}}]*)\}}|.", re.S
)


@dataclass(frozen=True, slots=True)
class Fill:
    """A place for a value; ``language`` is None for the template's own."""

    name: str
    role: Role = "include"
    language: Language | None = None
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """Words that are annotated as they stand; ``tail`` is ``(slot)`` or ``{"entity": ...}``."""

    words: "Pattern"
    tail: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; an option may be empty."""

    options: tuple["Pattern", ...]


Pattern = tuple["str | Fill | Fixed | Choice", ...]


def parse_pattern(text: str, place: str) -> Pattern:
    """Reads one line.

    Args:
        text: the line.
        place: where it stands, for messages.

    Raises:
        ExampleError: Parentheses or braces are unbalanced, or a role, language or form is unknown.
    """
    options: list[list[list[str | Fill | Fixed | Choice]]] = [[[]]]
    for token, part in _tokens(text, place):
        if token == "(":
            options.append([[]])
        elif token == "|" and len(options) > 1:
            options[-1].append([])
        elif token == ")" and len(options) > 1:
            closed = Choice(tuple(_joined(one) for one in options.pop()))
            options[-1][-1].append(closed)
        elif token in ("|", ")"):
            raise ExampleError(
                f"{place}: {token!r} without '(' before it in {text!r}; add it, or write \\{token}"
            )
        else:
            options[-1][-1].append(part)
    if len(options) > 1:
        raise ExampleError(f"{place}: '(' without ')' in {text!r}; close it, or write \\(")
    return _joined(options[0][0])


def fills(pattern: Pattern) -> Iterator[Fill]:
    """Every place for a value, in the order of the text."""
    for part in pattern:
        if isinstance(part, Fill):
            yield part
        elif isinstance(part, Choice):
            for option in part.options:
                yield from fills(option)


def fixed(pattern: Pattern) -> Iterator[Fixed]:
    """Every piece that is annotated as it stands, in the order of the text."""
    for part in pattern:
        if isinstance(part, Fixed):
            yield part
        elif isinstance(part, Choice):
            for option in part.options:
                yield from fixed(option)


def flatten(pattern: Pattern, rng: Random) -> Iterator[str | Fill | Fixed]:
    """The parts that are left once every choice is made, each option equally likely."""
    for part in pattern:
        if isinstance(part, Choice):
            yield from flatten(rng.choice(part.options), rng)
        else:
            yield part


def _tokens(text: str, place: str) -> Iterator[tuple[str, str | Fill | Fixed]]:
    """Every sign of the line with the part it stands for; plain text has the sign ``""``."""
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if match["fixed"]:
            yield "", _fixed(match, place)
        elif match["literal"]:
            yield "", match["literal"]
        elif match["fill"] is not None:
            yield "", _fill(match["fill"], text, place)
        elif raw in "{}":
            raise ExampleError(f"{place}: {raw!r} without its partner in {text!r}; write {{slot}}")
        else:
            yield (raw if raw in "(|)" else ""), raw


def _fixed(match: re.Match[str], place: str) -> Fixed:
    words = parse_pattern(match["words"], place)
    if any(fills(words)):
        raise ExampleError(f"{place}: a slot within a slot in {match.group()!r}; take one away")
    return Fixed(words, match.group().removeprefix(f"[{match['words']}]"))


def _fill(inside: str, text: str, place: str) -> Fill:
    match = _FILL.fullmatch(inside)
    name = match["name"].strip() if match else ""
    if not match or not name:
        raise ExampleError(f"{place}: no slot named in {text!r}; write {{slot}}")
    role: Role = "include"
    language: Language | None = None
    plural = False
    for sign, word in re.findall(r"([!@#])([^!@#]*)", match["rest"]):
        word = word.strip()
        if sign == "!":
            role = cast(Role, _known(word, sorted(ROLES), "role", place, text))
        elif sign == "@":
            language = cast(Language, _known(word, LANGUAGES, "language", place, text))
        else:
            plural = bool(_known(word, ("plural",), "form", place, text))
    return Fill(name, role, language, plural)


def _known(word: str, known: Sequence[str], what: str, place: str, text: str) -> str:
    if word not in known:
        raise ExampleError(
            f"{place}: unknown {what} {word!r} in {text!r}; use one of {', '.join(known)}"
        )
    return word


def _joined(parts: list[str | Fill | Fixed | Choice]) -> Pattern:
    """The parts with neighbouring texts made one."""
    joined: list[str | Fill | Fixed | Choice] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)
