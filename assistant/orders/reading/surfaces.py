"""Patterns for what a record holds, in the words that customers have for it."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from catalog.lexicon import Kind, load_lexicon
from catalog.text import fold, has_chinese
from catalog.types import LocalText

_FILE = Path(__file__).with_name("words.yml")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD = re.compile(r"[a-z0-9.+%]+|[^\W\d_]+")
_NUMBER_WORDS = {
    "1": "one|一", "2": "two|两|二|双", "3": "three|三", "4": "four|四", "5": "five|五",
    "6": "six|六", "7": "seven|七", "8": "eight|八", "9": "nine|九", "10": "ten|十",
    "11": "eleven|十一", "12": "twelve|十二",
    "500": "five hundred|五百", "1000": "a thousand|one thousand|一千|1,000",
    "1500": "fifteen hundred|一千五百?|1,500", "2000": "two thousand|两千|2,000",
}  # fmt: skip
_BEFORE, _AFTER = r"(?<![a-z0-9'’.])", r"(?![a-z0-9]|['’][a-z])"

_KINDS: Mapping[str, tuple[Kind, ...]] = {"titles": ("product_type",), "values": ()}


@cache
def _content() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return loaded


@cache
def _lexicon_names(kind: Kind) -> Mapping[str, tuple[str, ...]]:
    """Every name of a concept by each of its names."""
    found: dict[str, tuple[str, ...]] = {}
    for concept in load_lexicon().of(kind).values():
        names = tuple(dict.fromkeys(fold(one) for one in concept.surfaces()))
        for name in names:
            found.setdefault(name, names)
    return found


def title_names(title: LocalText) -> tuple[str, ...]:
    """Everything a product of that title is called, folded."""
    return _names(title.all(), "titles", ("product_type",))


def value_names(option: str, value: LocalText) -> tuple[str, ...]:
    """Everything the value of an option is called, folded."""
    kinds: tuple[Kind, ...] = ()
    if "color" in option or "colour" in option or "颜色" in option:
        kinds = ("color",)
    elif "material" in option or "材质" in option:
        kinds = ("material",)
    return _names(value.all(), "values", kinds)


def option_names(option: str) -> tuple[str, ...]:
    """Everything an option is called, folded."""
    return _names((option,), "options", ())


def _names(texts: Iterable[str], section: str, kinds: tuple[Kind, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in map(fold, texts):
        if not text:
            continue
        found[text] = None
        own = _content()[section].get(text) or _by_chinese(section).get(text)
        if own:
            found |= dict.fromkeys(fold(one) for one in (*own["en"], *own["zh"]))
        for kind in kinds:
            found |= dict.fromkeys(_lexicon_names(kind).get(text, ()))
    return tuple(found)


@cache
def _by_chinese(section: str) -> Mapping[str, Any]:
    """The entries by their Chinese names, with the English one added to the others."""
    return {
        fold(name): {"en": (english, *entry["en"]), "zh": entry["zh"]}
        for english, entry in _content()[section].items()
        for name in entry["zh"]
    }


@lru_cache(maxsize=8_192)
def pattern_of(name: str) -> str:
    """A pattern that finds one folded name: loose spaces and hyphens, plurals, units, numbers."""
    if has_chinese(name) and not re.search(r"[a-z0-9]", name):
        return _chinese(name)
    parts = _WORD.findall(name)
    if not parts:
        return re.escape(name)
    if _NUMBER.match(parts[0]) or _NUMBER.fullmatch(parts[-1]):
        numeric = _numeric(name)
        if numeric:
            return numeric
    joined = r"[\s\-/+&]*".join(re.escape(one) for one in parts)
    if parts[-1].isalpha() and len(parts[-1]) > 3:
        joined = joined[:-1] + r"s?" if joined.endswith("s") else joined + r"(?:e?s)?"
    before = "" if has_chinese(name[0]) else _BEFORE
    after = "" if has_chinese(name[-1]) else _AFTER
    return f"{before}{joined}{after}"


def _chinese(name: str) -> str:
    """A colour may come without 色, a size without 号, a word of one letter never alone in one."""
    if len(name) > 2 and name[-1] in "色":
        return re.escape(name[:-1]) + r"色?"
    if len(name) == 2 and name[-1] == "色":
        return rf"{re.escape(name[0])}(?:色|的|款)"
    if len(name) == 1:
        alone = rf"(?<![\u4e00-\u9fff]){re.escape(name)}(?![\u4e00-\u9fff])"
        return rf"{re.escape(name)}(?:色|的|款|号|质|档|式|级|制)|{alone}"
    return re.escape(name)


def _numeric(name: str) -> str:
    """A number with its unit, or a range with its unit: "30-50 lbs", "1.5l", "60%", "34 inch"."""
    match = re.fullmatch(
        r"(\d+(?:\.\d+)?)(?:\s*[-x×]\s*(\d+(?:\.\d+)?))?[\s-]*([^\d\s]*)\s*(.*)", name
    )
    if match is None:
        return ""
    first, second, unit, rest = match.groups()
    number = _spelled(first)
    if second:
        number = rf"{number}\s*(?:-|–|to|~|到|至|x|×)\s*{_spelled(second)}"
    spelled = _unit(unit)
    if not unit:
        return (
            rf"(?<![\d.#w-]){number}(?!\d|\.\d|[\s-]*(?:%|{_all_units()}))"
            r"(?=$|[^a-z0-9]|[\s-]*(?:piece|pc|码|号|片|块))"
        )
    end = _AFTER if spelled[-1:].isalnum() or spelled.endswith(")") else ""
    more = rf"(?:[\s-]*{re.escape(rest)})?" if rest else ""
    return rf"(?<![\d.#w-]){number}[\s-]*{spelled}{more}{end}"


def _spelled(number: str) -> str:
    words = _NUMBER_WORDS.get(number)
    bare = number.removesuffix(".0")
    return rf"(?:{re.escape(bare)}(?:\.0)?|{words})" if words else rf"{re.escape(bare)}(?:\.0)?"


def _unit(unit: str) -> str:
    """All spellings of a unit; an unknown one stands for itself."""
    for group in _content()["units"]:
        if unit in group:
            return "(?:" + "|".join(re.escape(one) for one in sorted(group, key=len)[::-1]) + ")"
    return re.escape(unit)


@cache
def _all_units() -> str:
    names = {one for group in _content()["units"] for one in group} - {
        "piece", "pieces", "pc", "pcs", "件套", "件", "片", "块", "'", "’", "t", "g", "h", "w", "x",
        "in", "times", "l", '"', "″", "”",
    }  # fmt: skip
    return "|".join(re.escape(one) for one in sorted(names, key=len)[::-1])
