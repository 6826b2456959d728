"""YAML files that a shop writes: what is wrong with one is told with its line and what to do."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


def read_form(
    path: Path, form: TypeAdapter[T], empty: object, error: type[ValueError] = ValueError
) -> T:
    """Read a file and check it against a form.

    Args:
        path: The file.
        form: What it must hold.
        empty: What an empty file holds.
        error: What is raised.

    Raises:
        ValueError: As ``error``: it cannot be read, or is not in the form.
    """
    try:
        text = path.read_text("utf-8")
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 1
        raise error(f"{path}:{line}: broken YAML: {broken.problem}; mend this line") from broken
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as broken:
        raise error(f"{path} cannot be read: {broken}; mend the file") from broken
    try:
        return form.validate_python(content or empty)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = ".".join(map(str, first["loc"]))
        line = _line_of(text, first["loc"])
        raise error(f"{path}:{line}: {place}: {first['msg']}; mend this line") from wrong


def _line_of(text: str, place: Sequence[int | str]) -> int:
    """The line of a place, or of the innermost part around it that is there."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for step in place:
        parts = {}
        if isinstance(node, yaml.MappingNode):
            parts = {str(key.value): (key, value) for key, value in node.value}
        elif isinstance(node, yaml.SequenceNode):
            parts = {str(number): (value, value) for number, value in enumerate(node.value)}
        if str(step) not in parts:
            break
        named, node = parts[str(step)]
        line = named.start_mark.line + 1
    return line
