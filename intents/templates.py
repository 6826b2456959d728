"""Slot-filling templates: lines with places for values, filled from lexicons and generators.

Templates are Rasa NLU YAML whose lines are in the language of :mod:`intents.patterns`; an entry
may say ``weight: 3`` to be drawn three times as often. Lexicons are YAML mappings of slot names
to lists of values. Both have one file a language.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import fmean

import yaml

from catalog.types import LANGUAGES, Language
from intents.english import article, is_plural
from intents.examples import Example, ExampleError, RawLine, raw_lines, read_annotations, read_yaml
from intents.filling import Lexicons, Turns, Values
from intents.generators import BODIES, GENERATORS
from intents.names import SLOTS
from intents.patterns import Fill, Fixed, Pattern, fills, fixed, flatten, parse_pattern
from intents.spans import Edit, edit, substitute
from intents.types import Slot

Group = tuple[str, str, str]
"""What has a fair part of the examples: an intent after an action, with a slot asked for."""

_TRIES = 12
"""How many examples in a row must have been there before until a group has no more to say."""
_OF_A_PERSON = "ask_size_help"
"""The intent whose measures are those of a person."""
_ARTICLE = re.compile(r"\b(an?) (?=(\S+))", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:by|on|since|until|till|before|after|in|within|during) $")
_UNTIDY = re.compile(r"^\s+|\s+$|\s+(?=\s)|(?<=\S)\s+(?=[,.?!;，。？！；、])")


@dataclass(frozen=True, slots=True)
class Template:
    """A line with places for values, and where it was written."""

    line: RawLine
    pattern: Pattern
    language: Language

    @property
    def group(self) -> Group:
        """The group whose part it shares."""
        context = self.line.context
        return self.line.intent, context.previous_action, context.requested_slot


def load_templates(folder: Path) -> tuple[Template, ...]:
    """The templates of ``folder/en.yml`` and ``folder/zh.yml``; a language may be missing.

    Raises:
        ExampleError: A file or line is broken, or a slot or role is unknown.
    """
    return tuple(
        template_of(line, language)
        for language in LANGUAGES
        if (path := folder / f"{language}.yml").exists()
        for line in raw_lines(path)
    )


def template_of(line: RawLine, language: Language) -> Template:
    """One template from its line.

    Raises:
        ExampleError: The line is broken, or a slot or role is unknown.
    """
    pattern = parse_pattern(line.text, line.place)
    for fill in fills(pattern):
        if fill.name not in SLOTS:
            raise ExampleError(
                f"{line.place}: unknown slot {fill.name!r} in {line.text!r}; use one of "
                f"{', '.join(sorted(SLOTS))}"
            )
    for part in fixed(pattern):
        read_annotations(f"[words]{part.tail}", line.place)
    return Template(line, pattern, language)


def load_lexicons(folder: Path) -> dict[Language, dict[str, tuple[str, ...]]]:
    """The values of ``folder/en.yml`` and ``folder/zh.yml``; a language may be missing.

    Raises:
        ExampleError: A file is broken, a slot is unknown, or a value is no text or listed twice.
    """
    paths = {language: folder / f"{language}.yml" for language in LANGUAGES}
    return {language: load_lexicon(path) for language, path in paths.items() if path.exists()}


def load_lexicon(path: Path) -> dict[str, tuple[str, ...]]:
    """The values of one file.

    Raises:
        ExampleError: The file is broken, a slot is unknown, or a value is no text or listed twice.
    """
    root = read_yaml(path)
    if not isinstance(root, yaml.MappingNode):
        raise ExampleError(f"{path}:1: expected 'slot:' with a list of values below it; add them")
    return {key.value: _values(path, key, node) for key, node in root.value}


def _values(path: Path, key: yaml.Node, node: yaml.Node) -> tuple[str, ...]:
    place = f"{path}:{key.start_mark.line + 1}"
    if not isinstance(key, yaml.ScalarNode) or key.value not in SLOTS:
        raise ExampleError(
            f"{place}: unknown slot {key.value!r}; use one of {', '.join(sorted(SLOTS))}"
        )
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise ExampleError(f"{place}: expected a list of values of {key.value!r}; add them")
    for one in node.value:
        if not isinstance(one, yaml.ScalarNode) or not one.value.strip():
            raise ExampleError(
                f"{path}:{one.start_mark.line + 1}: expected a text in {key.value!r}; put it in "
                "quotes"
            )
    counts = Counter(one.value.strip() for one in node.value)
    for one in node.value:
        if counts[one.value.strip()] > 1:
            raise ExampleError(
                f"{path}:{one.start_mark.line + 1}: {one.value!r} is in {key.value!r} twice; take "
                "one away"
            )
    return tuple(counts)


def check_fills(template: Template, lexicons: Lexicons) -> None:
    """Sees that every place of a template can be filled.

    Raises:
        ExampleError: A slot has neither lexicon nor generator.
    """
    for fill in fills(template.pattern):
        language = fill.language or template.language
        if fill.name not in lexicons.get(language, {}) and fill.name not in GENERATORS[language]:
            raise ExampleError(
                f"{template.line.place}: nothing fills {fill.name!r} in {template.line.text!r}; "
                f"add {fill.name!r} to the {language} lexicon"
            )


def expand(
    templates: Sequence[Template],
    lexicons: Lexicons,
    count: int,
    language: Language,
    rng: Random,
) -> Iterator[Example]:
    """Examples of one language, all different, in an order that goes round the intents.

    Every intent in each of its contexts has an equal part, times the mean weight of its
    templates; within it every template has an equal part, times its weight. Values of a lexicon
    are all used before one comes again. The same seed gives the same examples.

    Args:
        templates: of any language; the others are left out.
        lexicons: values by language and slot.
        count: how many; fewer come only where the templates have no more to say.
        language: whose templates.
        rng: the source of chance.

    Raises:
        ExampleError: A slot has neither lexicon nor generator.
    """
    groups: dict[Group, list[Template]] = {}
    for template in templates:
        if template.language == language:
            check_fills(template, lexicons)
            groups.setdefault(template.group, []).append(template)
    values = Values(lexicons, rng)
    round_of_groups = Turns([fmean(t.line.weight for t in group) for group in groups.values()])
    decks = [_Deck(group, values, rng) for group in groups.values()]
    given = 0
    while given < count and round_of_groups:
        place = round_of_groups.next()
        example = decks[place].draw()
        if example is None:
            round_of_groups.drop(place)
        else:
            given += 1
            yield example


class _Deck:
    """The examples of one group of templates, each given once."""

    def __init__(self, templates: Sequence[Template], values: Values, rng: Random) -> None:
        self._templates, self._values, self._rng = templates, values, rng
        self._turns = Turns([template.line.weight for template in templates])
        self._seen: set[str] = set()

    def draw(self) -> Example | None:
        """An example that was not there before, or None where none is found."""
        for _ in range(_TRIES + len(self._templates)):
            template = self._templates[self._turns.next()]
            example = fill_template(template, self._values, self._rng)
            if example.text not in self._seen:
                self._seen.add(example.text)
                return example
        return None


def fill_template(template: Template, values: Values, rng: Random) -> Example:
    """One example of a template: choices made, places filled, articles and spaces set right."""
    parts = list(flatten(template.pattern, rng))
    text, slots = "", list[Slot]()
    for part, after in zip(parts, [*parts[1:], ""], strict=True):
        if isinstance(part, str):
            text += part
            continue
        if isinstance(part, Fixed):
            words = "".join(one for one in flatten(part.words, rng) if isinstance(one, str))
            words, found = read_annotations(f"[{words}]{part.tail}", template.line.place)
        else:
            words, found = _filled(part, template, values, text, after)
        slots += [replace(s, start=s.start + len(text), end=s.end + len(text)) for s in found]
        text += words
    line = template.line
    example = Example(
        text, line.intent, tuple(slots), template.language, line.file, line.number, line.context
    )
    return tidied(example)


def tidied(example: Example) -> Example:
    """The example without needless spaces, its English articles and dates set right."""
    example = substitute(example, _UNTIDY, lambda _: "")
    if example.language != "en":
        return example
    articles: list[Edit] = [
        (*match.span(1), _article(match, example))
        for match in _ARTICLE.finditer(example.text)
        if not any(s.start <= match.start() < s.end for s in example.slots)
    ]
    example = substitute(edit(example, articles), _UNTIDY, lambda _: "")
    slots = tuple(_with_preposition(slot, example.text) for slot in example.slots)
    return replace(example, slots=slots)


def _with_preposition(slot: Slot, text: str) -> Slot:
    """The slot; a date takes the preposition before it into its span."""
    found = _PREPOSITION.search(text[: slot.start]) if slot.name == "date" else None
    if found is None:
        return slot
    raw = text[found.start() : slot.end]
    return replace(slot, start=found.start(), raw=raw, value=raw)


def _article(match: re.Match[str], example: Example) -> str:
    """The article for what follows; none before a plural such as "headphones"."""
    kind = next((s for s in example.slots if s.start == match.end()), None)
    if kind and kind.name == "product_type" and is_plural(kind.raw):
        return ""
    right = article(match[2])
    return right.capitalize() if match[1][0] == "A" else right


def _filled(
    fill: Fill, template: Template, values: Values, before: str, after: object
) -> tuple[str, tuple[Slot, ...]]:
    behind = after if isinstance(after, str) else ""
    language = fill.language or template.language
    if fill.name == "measure" and _OF_A_PERSON in template.line.intent:
        words = BODIES[language](values.rng)
    else:
        words = values.draw(fill, language, before, behind)
    return words, (Slot(fill.name, words, words, 0, len(words), fill.role),)
