"""The files of responses: read, laid over each other, and checked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from catalog.types import LANGUAGES, Language

FACT = re.compile(r"\{(\w+)[^}]*\}")
OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)

FREQUENT = (
    "greet", "goodbye", "welcome", "acknowledge", "dropped", "sorry", "found", "more",
    "ask_what_to_find", "not_carried", "added", "added_plain", "which_size", "removed",
    "cart_empty", "price", "in_stock", "sold_out", "recommended_popular", "gift_popular",
    "out_of_scope", "clarify", "faq_unknown",
)  # fmt: skip
"""Lines that a shopper hears often; each has three variants or more."""
LEAST_VARIANTS = 3

Template = Mapping[str, Sequence[str]]
"""Variants by plural category of the fact ``count``; "other" is always there."""

Templates = Mapping[str, Template]
"""The responses of one language by name."""


class ResponseError(ValueError):
    """A response file is broken or lacks a response; the message names file and response."""


def read_responses(path: Path) -> Templates:
    """The responses of one file.

    Raises:
        ResponseError: it cannot be read, or is not in its form.
    """
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ResponseError(f"{path} cannot be read as YAML: {error}") from error
    if not isinstance(content, dict):
        raise ResponseError(f"{path}: expected responses by name, got {type(content).__name__}")
    return {name: _template(path, name, value) for name, value in content.items()}


def read_folder(folder: Path, *, whole: bool = True) -> Mapping[Language, Templates]:
    """``en.yml`` and ``zh.yml`` of a folder; where it need not be whole either may be missing.

    Raises:
        ResponseError: a file is broken, or missing though the folder has to be whole.
    """
    paths = {language: folder / f"{language}.yml" for language in LANGUAGES}
    return {
        language: read_responses(path) if whole or path.exists() else {}
        for language, path in paths.items()
    }


def laid_over(base: Templates, own: Templates, language: Language) -> Templates:
    """The responses with those of ``own`` in place of their namesakes.

    Raises:
        ResponseError: there is no response of that name, or it cannot have the facts named.
    """
    for name, template in own.items():
        if name not in base:
            raise ResponseError(f"{language}.yml: there is no response {name!r} to replace")
        unknown = sorted(facts_of(template) - facts_of(base[name]))
        if unknown:
            raise ResponseError(
                f"{language}.yml: {name} has no fact {', '.join(unknown)}; it may name "
                f"{', '.join(sorted(facts_of(base[name]))) or 'none'}"
            )
    return {**base, **own}


def check_equal(first: Templates, second: Templates) -> None:
    """Whether both languages have the same responses with the same facts.

    Raises:
        ResponseError: they do not.
    """
    missing = sorted(first.keys() ^ second.keys())
    if missing:
        raise ResponseError(f"in one language only: {', '.join(missing)}")
    for name in first:
        if facts_of(first[name]) != facts_of(second[name]):
            raise ResponseError(f"{name} has other facts in en.yml than in zh.yml")


def facts_of(template: Template) -> set[str]:
    """Every fact that some variant names."""
    return {name for texts in template.values() for text in texts for name in FACT.findall(text)}


def find_problems(
    base: Mapping[Language, Templates], overlays: Mapping[str, Mapping[Language, Templates]]
) -> Iterator[str]:
    """What is wrong with the responses, in words: a missing slot, language or variant.

    Args:
        base: The whole set, both languages.
        overlays: What is laid over it, by the name of where it comes from.
    """
    for language in LANGUAGES:
        yield from _few_variants(base[language], f"{language}.yml")
        yield from _missing_slots(base[language], base[language], f"{language}.yml")
    for place, own in overlays.items():
        for language in LANGUAGES:
            other: Language = "zh" if language == "en" else "en"
            missing = sorted(own[language].keys() - own[other].keys())
            yield from (
                f"{place}: {one} is there in {language} and not in {other}" for one in missing
            )
            yield from _missing_slots(own[language], base[language], f"{place}/{language}.yml")


def _few_variants(templates: Templates, place: str) -> Iterator[str]:
    for name in FREQUENT:
        count = len(templates.get(name, {}).get("other", ()))
        if count < LEAST_VARIANTS:
            yield f"{place}: {name} is heard often; {LEAST_VARIANTS} variants wanted, has {count}"


def _missing_slots(templates: Templates, base: Templates, place: str) -> Iterator[str]:
    """Variants without a fact that every variant of the base says outside of brackets."""
    for name, template in templates.items():
        needed = _always_said(base[name]) if name in base else set()
        for text in template["other"]:
            missing = sorted(needed - set(FACT.findall(text)))
            if missing:
                yield f"{place}: a variant of {name} lacks {', '.join(missing)}: {text!r}"


def _always_said(template: Template) -> set[str]:
    """The facts that most variants of the plural "other" say whatever is known."""
    said = [set(FACT.findall(OPTIONAL.sub("", text))) for text in template["other"]]
    every = set.union(*said) if said else set()
    return {one for one in every if sum(one in each for each in said) * 2 > len(said)} - {"count"}


def _template(path: Path, name: str, value: object) -> Template:
    if isinstance(value, str):
        return {"other": [value]}
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return {"other": value}
    if isinstance(value, dict) and "other" in value:
        return {
            category: [text] if isinstance(text, str) else text for category, text in value.items()
        }
    raise ResponseError(f"{path}: {name} must be a text, a list of texts, or have a key 'other'")
