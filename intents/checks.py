"""What is wrong with training language: errors, warnings and hints, each with place and cure.

Nothing is raised for what a file says: a broken file is one finding, and the rest is checked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal, TypeVar

from catalog.text import fold
from catalog.types import LANGUAGES, Language
from intents.examples import Example, ExampleError, RawLine, example_files, raw_lines, to_example
from intents.gazetteer import load_gazetteer
from intents.gazetteer.check import misleading
from intents.names import INTENTS, SLOTS
from intents.templates import Template, check_fills, load_lexicon, template_of
from intents.unmarked import unmarked

Level = Literal["error", "warning", "hint"]

FEWEST = 40
"""An intent with fewer examples in a language is warned of."""
RATIO = 4.0
"""An intent with so many times as many examples in one language as in the other is warned of."""
CONFIRMATION = "confirmation"
"""What ``requested_slot`` says after a yes/no question."""

_MESSAGE = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<problem>.*); (?P<cure>.*)", re.DOTALL)
_NO_LETTER = re.compile(r"[\W_]+")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. ``line`` counts from 1; it is 0 where a finding is about no single line."""

    level: Level
    file: str
    line: int
    problem: str
    cure: str

    @property
    def place(self) -> str:
        """The file with the line."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, errors first, and how much there is of everything."""

    findings: tuple[Finding, ...]
    counts: dict[str, int]

    def count(self, level: Level) -> int:
        """How many findings of a level."""
        return sum(finding.level == level for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _Data:
    training: tuple[Example, ...]
    evaluation: tuple[Example, ...]
    templates: tuple[Template, ...]
    lexicons: dict[Language, dict[str, tuple[str, ...]]]
    folder: Path


def check_data(folder: Path, actions: Collection[str] = ()) -> Report:
    """Checks ``folder`` with its ``en``, ``zh``, ``eval``, ``templates`` and ``lexicons``.

    Args:
        folder: where the data are; ``eval``, ``templates`` and ``lexicons`` may be missing.
        actions: the names that ``previous_action`` may have; any, where none are given.

    Raises:
        ValueError: There is no such folder, or no example file in it.
    """
    if not any(example_files(folder, language) for language in LANGUAGES):
        raise ValueError(
            f"expected a folder with examples in en/*.yml and zh/*.yml, got {str(folder)!r}; "
            "name another"
        )
    broken: list[Finding] = []
    data = _read(folder, broken)
    findings = [
        *broken,
        *_names(data, actions),
        *contradictions(data.training),
        *_overlap(data),
        *_balance(data.training, folder),
        *_one_sided_slots(data.training, folder),
        *_hints(data.training),
        *_misleading_names(data.training),
    ]
    order: tuple[Level, ...] = ("error", "warning", "hint")
    findings.sort(key=lambda one: (order.index(one.level), one.file, one.line))
    return Report(tuple(dict.fromkeys(findings)), _counts(data))


def plain_form(text: str) -> str:
    """The text without case, spaces, punctuation and script: what two utterances have alike."""
    return _NO_LETTER.sub("", fold(text)) or fold(text)


def _read(folder: Path, broken: list[Finding]) -> _Data:
    training, evaluation, templates = list[Example](), list[Example](), list[Template]()
    lexicons, whole = _lexicons(folder, broken)
    for language in LANGUAGES:
        for path in example_files(folder, language):
            training += _examples(path, language, broken)
        for path in sorted((folder / "eval").rglob(f"{language}.yml")):
            evaluation += _examples(path, language, broken)
    for language in LANGUAGES:
        for line in _lines(folder / "templates" / f"{language}.yml", broken):
            template = _kept(broken, template_of, line, language)
            if template:
                if whole:
                    _kept(broken, check_fills, template, lexicons)
                templates.append(template)
    return _Data(tuple(training), tuple(evaluation), tuple(templates), lexicons, folder)


def _lexicons(
    folder: Path, broken: list[Finding]
) -> tuple[dict[Language, dict[str, tuple[str, ...]]], bool]:
    """The lexicons that can be read, and whether all could: fills may lie in a broken one."""
    paths = {language: folder / "lexicons" / f"{language}.yml" for language in LANGUAGES}
    read = {
        language: _kept(broken, load_lexicon, path)
        for language, path in paths.items()
        if path.exists()
    }
    sound = {language: words for language, words in read.items() if words is not None}
    return sound, len(sound) == len(read)


def _lines(path: Path, broken: list[Finding]) -> Iterator[RawLine]:
    """The lines of a file up to where it is broken; none where there is no such file."""
    if not path.exists():
        return
    try:
        yield from raw_lines(path)
    except ExampleError as error:
        broken.append(_finding(error))


def _examples(path: Path, language: Language, broken: list[Finding]) -> Iterator[Example]:
    for line in _lines(path, broken):
        example = _kept(broken, to_example, line, language)
        if example:
            yield example


def _kept(broken: list[Finding], read: Callable[..., Found], *arguments: object) -> Found | None:
    """What ``read`` gives, or None with its error among the broken."""
    try:
        return read(*arguments)
    except ExampleError as error:
        broken.append(_finding(error))
        return None


def _finding(error: ExampleError) -> Finding:
    parts = _MESSAGE.fullmatch(str(error))
    if parts is None:
        return Finding("error", "", 0, str(error), "")
    return Finding("error", parts["file"], int(parts["line"]), parts["problem"], parts["cure"])


def _names(data: _Data, actions: Collection[str]) -> Iterator[Finding]:
    """Intents, actions and requested slots that nobody knows; each once a file."""
    spoken = chain(data.training, data.evaluation)
    lines = [RawLine(e.file, e.line, e.intent, e.text, e.context) for e in spoken]
    seen: set[tuple[str, str, str]] = set()
    for line in chain(lines, (template.line for template in data.templates)):
        context = line.context
        named = [("intent", name, INTENTS) for name in line.intent.split("+")]
        if context.requested_slot:
            named.append(("requested_slot", context.requested_slot, SLOTS | {CONFIRMATION}))
        if context.previous_action and actions:
            named.append(("previous_action", context.previous_action, frozenset(actions)))
        for kind, name, known in named:
            if name not in known and (line.file, kind, name) not in seen:
                seen.add((line.file, kind, name))
                cure = f"use one of {', '.join(sorted(known))}"
                yield Finding("error", line.file, line.number, f"unknown {kind} {name!r}", cure)


def contradictions(examples: Iterable[Example]) -> Iterator[Finding]:
    """The same words in the same context: with another intent, or simply twice."""
    groups = defaultdict[object, list[Example]](list)
    for example in examples:
        groups[example.language, example.context, plain_form(example.text)].append(example)
    for first, *others in groups.values():
        for other in others:
            if set(other.intents) != set(first.intents):
                problem = f"{other.text!r} is {other.intent} here and {first.intent} in"
                cure = "keep one intent, or say the context in 'metadata'"
                yield _about("error", other, f"{problem} {_name(first)}", cure)
            else:
                problem = f"{other.text!r} is in {_name(first)} too"
                yield _about("warning", other, problem, "take one away")


def _overlap(data: _Data) -> Iterator[Finding]:
    """Evaluation texts that are trained on, whatever their case, spaces and punctuation."""
    learned = {(e.language, plain_form(e.text)): e for e in reversed(data.training)}
    for example in data.evaluation:
        same = learned.get((example.language, plain_form(example.text)))
        if same:
            problem = f"{example.text!r} is trained on, in {_name(same)}"
            yield _about("error", example, problem, "take it out of one of the two")


def _balance(examples: Sequence[Example], folder: Path) -> Iterator[Finding]:
    """Intents with one example, few, or far more in one language than in the other."""
    counts = Counter((e.language, intent) for e in examples for intent in e.intents)
    places = {(e.language, intent): e for e in reversed(examples) for intent in e.intents}
    for intent in sorted({intent for _, intent in counts} | INTENTS):
        for language in LANGUAGES:
            count, first = counts[language, intent], places.get((language, intent))
            if count == 1 and first:
                problem = f"intent {intent!r} has one example in {language}"
                yield _about("error", first, problem, "add at least one more")
            elif count < FEWEST:
                problem = f"intent {intent!r} has {count} examples in {language}"
                cure = f"write at least {FEWEST}"
                file, line = (first.file, first.line) if first else (str(folder / language), 0)
                yield Finding("warning", file, line, problem, cure)
        least, most = sorted((counts[language, intent], language) for language in LANGUAGES)
        if least[0] and most[0] / least[0] > RATIO:
            problem = f"intent {intent!r} has {most[0]} examples in {most[1]} and {least[0]}"
            cure = f"write more in {least[1]}"
            yield _about("warning", places[least[1], intent], f"{problem} in {least[1]}", cure)


def _one_sided_slots(examples: Sequence[Example], folder: Path) -> Iterator[Finding]:
    seen = {(e.language, slot.name): e for e in reversed(examples) for slot in e.slots}
    for name in sorted({name for _, name in seen}):
        missing = [language for language in LANGUAGES if (language, name) not in seen]
        for language in missing:
            example = next(e for (_, slot), e in seen.items() if slot == name)
            problem = f"slot {name!r} is in {example.language} only"
            yield _about("warning", example, problem, f"annotate it in {language} too")


def _hints(examples: Sequence[Example]) -> Iterator[Finding]:
    for words, name, marked, lines in unmarked(examples):
        problem = f"{words!r} is {name} in {marked} lines and unmarked in {len(lines)}: "
        places = ", ".join(_name(example) for example in lines[:3])
        yield _about("hint", lines[0], problem + places, "mark it there, or leave it if it is none")


def _misleading_names(examples: Sequence[Example]) -> Iterator[Finding]:
    for name in misleading(load_gazetteer(), examples):
        problem = (
            f"{name.words!r} is {name.slot} in {name.right} of the {name.said} places that say it"
        )
        cure = "take it out, or put it under the slot that it fills"
        yield Finding("hint", "intents/gazetteer", 0, problem, cure)


def _counts(data: _Data) -> dict[str, int]:
    counts: dict[str, int] = {}
    for language in LANGUAGES:
        examples = {"examples": data.training, "held out": data.evaluation}
        for name, every in examples.items():
            counts[f"{name} {language}"] = sum(one.language == language for one in every)
        templates = [one for one in data.templates if one.language == language]
        counts[f"templates {language}"] = len(templates)
        values = (data.lexicons.get(language) or {}).values()
        counts[f"lexicon values {language}"] = sum(map(len, values))
    counts["intents"] = len({intent for e in data.training for intent in e.intents})
    counts["slots"] = len({slot.name for e in data.training for slot in e.slots})
    return counts


def _about(level: Level, example: Example, problem: str, cure: str) -> Finding:
    return Finding(level, example.file, example.line, problem, cure)


def _name(example: Example) -> str:
    """The place of an example, short: the file's own name is enough beside a full one."""
    path = Path(example.file)
    return f"{path.parent.name}/{path.name}:{example.line}"
