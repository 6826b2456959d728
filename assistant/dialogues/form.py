"""The form of a scripted conversation, and how files of them are read."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError


class DialogueError(ValueError):
    """A file of dialogues is broken; the message names file and place."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no pattern: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
"""A regular expression, found anywhere, whatever the case."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProductsAssertion(_Part):
    """What must hold for the products of a reply."""

    min: int | None = Field(None, description="at least so many")
    max: int | None = Field(None, description="at most so many")
    all_within: Decimal | None = Field(None, description="no price above this, in whole units")
    all_above: Decimal | None = Field(None, description="no price below this, in whole units")
    all_have: Mapping[str, str] = Field({}, description="an attribute or option of every one")
    none_have: Mapping[str, str] = Field({}, description="an attribute or option of none")
    includes: tuple[str, ...] = Field((), description="product ids that must be there")
    none_of: tuple[str, ...] = Field((), description="product ids that must not be there")
    title_matches: Pattern | None = Field(None, description="a pattern for every title")
    rated_from: float | None = Field(None, description="every one rated, none below this")
    sorted_by_price: bool = Field(False, description="cheapest first")
    dearest_first: bool = False


class CartAssertion(_Part):
    """What must hold for the cart."""

    lines: int | None = None
    quantity: int | None = Field(None, description="pieces in all lines together")
    variant: Pattern | None = Field(None, description="a pattern for some line's variant")
    total: Decimal | None = Field(None, description="the sum, in whole units")
    includes: tuple[str, ...] = Field((), description="product ids that must be in it")
    none_of: tuple[str, ...] = Field((), description="product ids that must not be in it")


class Step(_Part):
    """A message of the user, a button they press, or one assertion about the last reply."""

    user: str | None = None
    press: Pattern | None = Field(None, description="a pattern for the title of a button to press")
    action_executed: str | None = None
    intent: str | None = None
    slot_was_set: Mapping[str, Any] | None = None
    slot_was_not_set: tuple[str, ...] | None = None
    bot_uttered: Pattern | None = Field(None, description="a pattern found in the text")
    bot_did_not_utter: Pattern | None = None
    buttons: tuple[Pattern, ...] | None = Field(None, description="patterns, each for some button")
    products: ProductsAssertion | None = None
    cart: CartAssertion | None = None
    language: Literal["en", "zh"] | None = None
    handoff: Literal["waiting", "with_agent", "closed", "none"] | None = None


class DialogueCase(_Part):
    """One conversation. ``user_id`` signs the shopper in."""

    test_case: str
    steps: tuple[Step, ...]
    user_id: str = ""


class _File(_Part):
    test_cases: tuple[DialogueCase, ...]


def load_dialogues(path: Path) -> tuple[DialogueCase, ...]:
    """The cases of a file, or of every ``.yml`` file in a folder.

    Raises:
        DialogueError: there is no file, or one is not in the form of this package.
    """
    return tuple(case for _, case in load_files([path]))


def load_files(paths: Sequence[Path]) -> list[tuple[Path, DialogueCase]]:
    """The cases of files and folders, each with the file it stands in, in order.

    Raises:
        DialogueError: a folder holds no ``.yml`` file, or a file is not in the form.
    """
    return [(file, case) for path in paths for file in _files(path) for case in _load(file)]


def _files(path: Path) -> list[Path]:
    files = sorted(path.rglob("*.yml")) if path.is_dir() else [path]
    if not files:
        raise DialogueError(f"expected dialogues in {path}, found no .yml file")
    return files


def _load(file: Path) -> tuple[DialogueCase, ...]:
    try:
        return _File.model_validate(yaml.safe_load(file.read_text("utf-8"))).test_cases
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DialogueError(f"{file} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise DialogueError(f"{file}, {place}: {first['msg']}") from error
