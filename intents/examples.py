"""Labelled utterances from Rasa NLU YAML, checked on the way in.

An example line is ``- text with [words](slot)`` or, with more to say,
``[words]{"entity": "slot", "role": "exclude", "value": "what it means"}``. Several intents at once
are joined by a plus, as in Rasa (``add_to_cart+checkout``); ``metadata`` with ``previous_action``
and ``requested_slot`` says what the conversation was at.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from catalog.types import LANGUAGES, Language
from intents.names import ROLES, SLOTS
from intents.types import NOTHING_BEFORE, ParseContext, Role, Slot

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ENTITY = re.compile(r"\[(?P<words>[^\[\]]+)\](?:\((?P<name>[^()]*)\)|(?P<spec>\{[^{}]*\}))")
"""Annotated words in a line."""


_HALF = re.compile(
    r"\[[^\[\]]*[({]|\[\] *[({]|\][({]|\] +\{|\] +\((?P<name>\w+)\)",
)
"""What was meant as an annotation and is none: ``[red(color)``, ``[red](color``."""


class ExampleError(ValueError):
    """Training data that cannot be used; the message names file, line and cure."""


@dataclass(frozen=True, slots=True)
class Example:
    """One utterance with its intent and the places of its slots.

    ``slots`` hold texts as values: the ``value`` that was annotated, else the words themselves.
    ``intent`` joins several by a plus; ``context`` is what the conversation was at.
    """

    text: str
    intent: str
    slots: tuple[Slot, ...]
    language: Language
    file: str
    line: int
    context: ParseContext = NOTHING_BEFORE

    @property
    def intents(self) -> tuple[str, ...]:
        """Everything that is meant, in the order it was written."""
        return tuple(self.intent.split("+"))


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line of ``examples`` as it was written, with what its entry says."""

    file: str
    number: int
    intent: str
    text: str
    context: ParseContext = NOTHING_BEFORE
    weight: int = 1

    @property
    def place(self) -> str:
        """Where it stands, for messages."""
        return f"{self.file}:{self.number}"


def load_folder(folder: Path, slots: Collection[str] = SLOTS) -> tuple[Example, ...]:
    """Every example of ``folder/en/*.yml`` and ``folder/zh/*.yml``.

    Raises:
        ExampleError: A file is broken, a slot is unknown, or an intent has a single example.
    """
    examples: list[Example] = []
    for language in LANGUAGES:
        found = [e for p in example_files(folder, language) for e in load_file(p, language, slots)]
        if not found:
            raise ExampleError(f"{folder / language}: no examples found; add Rasa NLU YAML files")
        _check_counts(found)
        examples += found
    return tuple(examples)


def example_files(folder: Path, language: Language) -> list[Path]:
    """The example files of one language, in a fixed order."""
    return sorted((folder / language).glob("*.yml"))


def load_file(
    path: Path, language: Language, slots: Collection[str] = SLOTS
) -> tuple[Example, ...]:
    """The examples of one Rasa NLU YAML file.

    Raises:
        ExampleError: The file is no UTF-8 or no such YAML, or a slot is unknown.
    """
    return tuple(to_example(line, language, slots) for line in raw_lines(path))


def to_example(line: RawLine, language: Language, slots: Collection[str] = SLOTS) -> Example:
    """One line with its annotations read.

    Raises:
        ExampleError: A slot or role is unknown, or an annotation is broken.
    """
    text, found = read_annotations(line.text, line.place, slots)
    return Example(text, line.intent, found, language, line.file, line.number, line.context)


def _read(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ExampleError(
            f"{path}:{line}: not UTF-8 (byte 0x{data[error.start]:02x}); save the file as UTF-8"
        ) from error


def raw_lines(path: Path) -> Iterator[RawLine]:
    """Every example line of a Rasa NLU YAML file, with its entry's intent, context and weight.

    Raises:
        ExampleError: The file is no UTF-8 or no such YAML.
    """
    for item in _items(path):
        fields = {key.value: value for key, value in item.value if isinstance(key, yaml.ScalarNode)}
        intent, block = fields.get("intent"), fields.get("examples")
        if intent is None:
            continue  # synonyms, lookup tables and regexes of a Rasa project
        if not isinstance(block, yaml.ScalarNode) or not isinstance(intent, yaml.ScalarNode):
            raise _problem(path, item, "expected 'intent: name' with 'examples: |' below it")
        context = _context(path, fields.get("metadata"))
        weight = _weight(path, fields.get("weight"))
        first = block.start_mark.line + (2 if block.style == "|" else 1)
        for number, line in enumerate(block.value.split("\n"), start=first):
            if line.strip() and not line.lstrip().startswith("#"):
                text = _example_text(path, number, line)
                yield RawLine(str(path), number, intent.value, text, context, weight)


def _context(path: Path, metadata: yaml.Node | None) -> ParseContext:
    """What an entry's ``metadata`` says of the conversation; other keys are left to Rasa."""
    if metadata is None:
        return NOTHING_BEFORE
    if not isinstance(metadata, yaml.MappingNode):
        raise _problem(path, metadata, "expected 'metadata:' with keys below it")
    fields = {
        k.value: v.value
        for k, v in metadata.value
        if isinstance(k, yaml.ScalarNode) and isinstance(v, yaml.ScalarNode)
    }
    return ParseContext(fields.get("previous_action", ""), fields.get("requested_slot", ""))


def _weight(path: Path, node: yaml.Node | None) -> int:
    if node is None:
        return 1
    if not str(node.value).isdecimal() or len(node.value) > 6 or int(node.value) < 1:
        raise _problem(path, node, f"expected 'weight:' with a number from 1, got {node.value!r}")
    return int(node.value)


def _items(path: Path) -> list[yaml.MappingNode]:
    root = read_yaml(path)
    fields = root.value if isinstance(root, yaml.MappingNode) else []
    for key, value in fields:
        if key.value == "nlu" and isinstance(value, yaml.SequenceNode):
            wrong = [node for node in value.value if not isinstance(node, yaml.MappingNode)]
            if wrong:
                raise _problem(path, wrong[0], "expected '- intent: name'")
            return cast(list[yaml.MappingNode], value.value)
    raise ExampleError(f"{path}:1: expected a top-level list 'nlu:'; see the Rasa NLU format")


def read_yaml(path: Path) -> yaml.Node | None:
    """The node tree of a YAML file, with line numbers; ``None`` for an empty file.

    Raises:
        ExampleError: The file is no UTF-8 or no YAML.
    """
    try:
        return yaml.compose(_read(path), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ExampleError(
            f"{path}:{line}: broken YAML: {error.problem}; mend this line"
        ) from error
    except yaml.YAMLError as error:
        raise ExampleError(f"{path}:1: broken YAML: {error}; mend the file") from error


def _example_text(path: Path, number: int, line: str) -> str:
    text = line.strip()
    if not text.startswith("- ") or not text[2:].strip():
        raise ExampleError(f"{path}:{number}: expected '- text', got {text[:40]!r}; add the dash")
    return text[2:].strip()


def _problem(path: Path, node: yaml.Node, expected: str) -> ExampleError:
    return ExampleError(f"{path}:{node.start_mark.line + 1}: {expected}; mend this entry")


def read_annotations(
    raw: str, place: str, slots: Collection[str] = SLOTS
) -> tuple[str, tuple[Slot, ...]]:
    """The plain text of an annotated line, and its slots with places in the plain text.

    Raises:
        ExampleError: A slot or role is unknown, or an annotation is broken; ``place`` is named.
    """
    text, found, last = "", [], 0
    for match in ENTITY.finditer(raw):
        text += _plain(raw[last : match.start()], place, slots)
        start, words = len(text), match["words"]
        text += words
        last = match.end()
        found.append(_slot(match, place, slots, start, words))
    return text + _plain(raw[last:], place, slots), tuple(found)


def _plain(part: str, place: str, slots: Collection[str]) -> str:
    """A part of a line that holds no annotation, nor half of one.

    A note in brackets behind brackets is a text, unless it names a slot.
    """
    for half in _HALF.finditer(part):
        if half["name"] is None or half["name"] in slots:
            raise ExampleError(
                f"{place}: broken annotation in {part[half.start() :].strip()[:60]!r}; "
                'write [words](slot) or [words]{"entity": "slot"}'
            )
    return part


def _slot(match: re.Match[str], place: str, slots: Collection[str], start: int, words: str) -> Slot:
    spec = {"entity": match["name"]} if match["spec"] is None else _spec(match["spec"], place)
    name, role = str(spec.get("entity", "")), str(spec.get("role", "include"))
    if name not in slots:
        raise ExampleError(
            f"{place}: unknown slot {name!r} in {match.group()!r}; use one of "
            f"{', '.join(sorted(slots))}"
        )
    if role not in ROLES:
        raise ExampleError(
            f"{place}: unknown role {role!r} in {match.group()!r}; use one of "
            f"{', '.join(sorted(ROLES))}"
        )
    value = str(spec.get("value", words))
    return Slot(name, value, words, start, start + len(words), cast(Role, role))


def _spec(raw: str, place: str) -> dict[str, Any]:
    try:
        spec = json.loads(raw)
    except json.JSONDecodeError as error:
        raise ExampleError(
            f"{place}: broken annotation {raw!r}: {error.msg}; write JSON"
        ) from error
    return cast(dict[str, Any], spec)


def _check_counts(examples: Sequence[Example]) -> None:
    """An intent that was shown once cannot be told from chance."""
    counts = Counter(intent for example in examples for intent in example.intents)
    for example in examples:
        for intent in example.intents:
            if counts[intent] == 1:
                raise ExampleError(
                    f"{example.file}:{example.line}: intent {intent!r} has one example in"
                    f" {example.language}; add at least one more"
                )


def examples_key(folder: Path, encoder_id: str) -> str:
    """What is learned from the examples of a folder with an encoder depends on, as one hash."""
    digest = hashlib.sha256(encoder_id.encode())
    for language in LANGUAGES:
        for path in example_files(folder, language):
            digest.update(f"{language}/{path.name}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
