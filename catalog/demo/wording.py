"""Titles and descriptions, composed only from what a product's record says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from catalog.demo.tables import Sentence, Tables
from catalog.types import LANGUAGES, Attribute, Language, LocalText

_WHOSE = {
    "men": LocalText("Men's", "男款"),
    "women": LocalText("Women's", "女款"),
    "boys": LocalText("Boys'", "男童"),
    "girls": LocalText("Girls'", "女童"),
    "kids": LocalText("Kids'", "儿童"),
}
_WIRELESS = (LocalText("Wired ", "有线"), LocalText("Wireless ", "无线"))
_SMALL_WORDS = frozenset(("and", "of", "with", "in", "the", "for", "a", "to", "on", "by"))


@dataclass(frozen=True, slots=True)
class Facts:
    """The attributes of one product, ready to be put into words."""

    attributes: tuple[Attribute, ...]
    texts: Mapping[str, LocalText]
    department: str

    def holds(self, sentence: Sentence) -> bool:
        """Whether everything the sentence says is on record."""
        return sentence.needs <= self.texts.keys() and all(map(self._meets, sentence.conditions))

    def _meets(self, condition: str) -> bool:
        if condition.startswith("@"):
            return self.department in condition[1:].split(",")
        name, equals, wanted = condition.lstrip("!").partition("=")
        values = [a.value for a in self.attributes if a.name == name]
        if not equals:
            return (not condition.startswith("!")) in values
        options = wanted.replace("_", " ").split(",")
        return any(isinstance(v, LocalText) and v.en in options for v in values)


def collect_facts(
    attributes: tuple[Attribute, ...],
    extra: Mapping[str, LocalText],
    department: str,
    tables: Tables,
) -> Facts:
    """What titles and descriptions may name: ``{name}`` with its unit, ``{name#}`` without."""
    texts = dict(extra)
    for attribute in attributes:
        if isinstance(attribute.value, bool):
            continue
        value, number = attribute.value, ""
        if isinstance(value, Decimal):
            number = format_number(value)
            unit = tables.units[attribute.unit]
            value = LocalText(unit.en.format(number), unit.zh.format(number))
            texts.setdefault(f"{attribute.name}#", LocalText(number, number))
        texts[attribute.name] = _joined(texts.get(attribute.name), value)
    texts["wireless_text"] = _WIRELESS[any(a.name == "wireless" and a.value for a in attributes)]
    groups = [texts[name].en for name in ("gender", "age_group") if name in texts]
    texts["who"] = next((_WHOSE[group] for group in groups if group in _WHOSE), LocalText())
    return Facts(attributes, texts, department)


def _joined(first: LocalText | None, second: LocalText) -> LocalText:
    if first is None:
        return second
    return LocalText(f"{first.en} and {second.en}", f"{first.zh}、{second.zh}")


def format_number(value: Decimal) -> str:
    """A number without trailing zeros: ``1.5``, ``20``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_title(template: LocalText, facts: Facts) -> LocalText:
    """Fills a title; English values are written with capitals as on a product page."""
    headlines = {name: _headline(text.en) for name, text in facts.texts.items()}
    chinese = {name: text.zh for name, text in facts.texts.items()}
    return LocalText(
        _tidy(template.en.format_map(headlines)), _tidy(template.zh.format_map(chinese))
    )


def _headline(text: str) -> str:
    words = text.split(" ")
    return " ".join(
        word if index and word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for index, word in enumerate(words)
    )


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def write_description(
    about: Sequence[Sentence],
    closers: Sequence[Sentence],
    facts: Facts,
    tables: Tables,
    rng: Random,
) -> LocalText:
    """Two to four sentences: what it is, one or two facts, and often a word on its use."""
    first = rng.choice([s for s in about if facts.holds(s)])
    details = _details(first.about, facts, tables, rng)
    closing = [s for s in closers if facts.holds(s) and not s.about & first.about]
    ending = rng.sample(closing, min(len(closing), rng.choice((0, 1, 1))))
    order = [first, *details, *ending]
    if len(order) == 1:
        order += rng.sample(closing, 1)
    if details and rng.random() < 0.25:
        order[0], order[1] = order[1], order[0]
    return LocalText(*(_paragraph(order, facts, language) for language in LANGUAGES))


def _details(told: frozenset[str], facts: Facts, tables: Tables, rng: Random) -> Iterable[Sentence]:
    chosen: list[Sentence] = []
    names = [a.name for a in facts.attributes if a.name in tables.facts and a.name not in told]
    for name in rng.sample(sorted(set(names)), len(set(names))):
        known = set(told).union(*(s.about for s in chosen))
        fitting = [s for s in tables.facts[name] if facts.holds(s) and not s.about & known]
        if fitting and len(chosen) < 2:
            chosen.append(rng.choice(fitting))
    return chosen


def _paragraph(sentences: Iterable[Sentence], facts: Facts, language: Language) -> str:
    texts = {name: text.get(language) for name, text in facts.texts.items()}
    filled = [_capital(s.text.get(language).format_map(texts)) for s in sentences]
    return (" " if language == "en" else "").join(filled)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
