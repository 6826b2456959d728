"""Answers from a product's attributes: exact, or none."""

import re
from collections.abc import Sequence
from decimal import Decimal

from catalog.answers.phrases import AGE, PEOPLE, question_words
from catalog.answers.question import Comparison, Measure, Question
from catalog.answers.record import Asked, Record
from catalog.answers.types import UNKNOWN, AnswerKind, ProductAnswer
from catalog.types import Attribute, LocalText
from catalog.units import convert
from catalog.wording import write_label, write_value

_AUDIENCE = frozenset({"gender", "age_group", "pet"})
_NEAR = Decimal("0.05")
"""Within this share of the record's number a rounded question is neither right nor wrong."""


_HAVING = re.compile(r"\b(?:have|has|comes? with|includ\w+|there)\b|[有送附带配含]")


def answer_from_attributes(question: Question, record: Record) -> ProductAnswer:
    """The answer that one attribute gives, when it accounts for every word of the question."""
    if question.content or len(question.measures) > 1:
        return UNKNOWN
    asked = _target(question, record)
    if asked is None:
        return UNKNOWN
    values = record.attributes[asked.attribute]
    kind = _kind(question, asked, values, record)
    if kind == "unknown":
        return UNKNOWN
    return ProductAnswer(kind, write_fact(values), "attribute", asked.attribute, 1.0)


def write_fact(values: Sequence[Attribute]) -> LocalText:
    """An attribute with all its values as a sentence: ``Waterproof: no``, 防水：否."""
    en = ", ".join(dict.fromkeys(write_value(one, "en") for one in values))
    zh = "、".join(dict.fromkeys(write_value(one, "zh") for one in values))
    first = values[0]
    return LocalText(f"{write_label(first, 'en')}: {en}", f"{write_label(first, 'zh')}：{zh}")


def _target(question: Question, record: Record) -> Asked | None:
    """The one attribute that is meant; ``None`` when none is, or several are."""
    if question.measures:
        return _measured_target(question, record)
    names = list(dict.fromkeys(one.attribute for one in question.asked if one.present is None))
    values = _values_asked(question, names)
    if values:
        attributes = {one.attribute for one in values}
        return values[0] if len(attributes) == 1 and set(names) <= attributes else None
    if len(names) != 1:
        return None
    return next(one for one in question.asked if one.attribute == names[0])


def _values_asked(question: Question, names: Sequence[str]) -> list[Asked]:
    """The values that the question asks for, those of the record first.

    Beside another attribute a group of people ("are the kids' shoes breathable") only says for
    whom the product is.
    """
    values = [one for one in question.asked if one.present is not None]
    if names:
        values = [o for o in values if o.attribute in names or not _is_audience(o)]
    return [one for one in values if one.present] or values


def _is_audience(asked: Asked) -> bool:
    return bool(asked.present) and asked.attribute in _AUDIENCE


def _measured_target(question: Question, record: Record) -> Asked | None:
    """The attribute that the question's number is compared with."""
    measure = question.measures[0]
    asked = [one for one in question.asked if one.present is None]
    plain = list(dict.fromkeys(one.attribute for one in asked if not one.measure))
    framed = [one for one in asked if one.measure == measure.dimension]
    if len(plain) == 1:
        return Asked(plain[0], measure=measure.dimension)
    if not plain and framed:
        return framed[0]
    if plain or measure.dimension not in (AGE, PEOPLE):
        return None
    wanted = ("age_from",) if measure.dimension == AGE else ("people", "seats")
    name = next((one for one in wanted if one in record.attributes), None)
    return Asked(name, measure=measure.dimension) if name else None


def _kind(
    question: Question, asked: Asked, values: Sequence[Attribute], record: Record
) -> AnswerKind:
    if question.measures:
        return _compared(question, asked.attribute, values)
    if question.open or question.negated:
        return "value" if asked.present is None or asked.present else "unknown"
    if asked.present is not None:
        return _value_kind(asked, values, record)
    first = values[0].value
    if len(values) == 1 and isinstance(first, bool):
        return "yes" if first is not asked.opposite else "no"
    # "Is it heavy" is told the weight; "does it come with a power plug" not the power.
    return "unknown" if question.polar and _HAVING.search(question.text) else "value"


def _value_kind(asked: Asked, values: Sequence[Attribute], record: Record) -> AnswerKind:
    """Whether the record has the value; a "no" only where one value excludes the others."""
    if asked.present:
        return "yes"
    closed = asked.attribute in record.options and asked.attribute == "color"
    single = len(values) == 1 and asked.attribute in question_words().exclusive
    return "no" if closed or single else "unknown"


def _compared(question: Question, name: str, values: Sequence[Attribute]) -> AnswerKind:
    measure = question.measures[0]
    numbers = [_in_unit_of(measure, one) for one in values if isinstance(one.value, Decimal)]
    if len(values) != 1 or len(numbers) != 1 or numbers[0] is None:
        return "unknown"
    mine, wanted = numbers[0]
    if question.open:
        return "value"
    return _holds(question.comparison, name, mine, wanted)


def _holds(comparison: Comparison, name: str, mine: Decimal, wanted: Decimal) -> AnswerKind:
    """Whether the record's number ``mine`` is what the question wants."""
    words = question_words()
    if comparison == "equal" and name in words.limits:
        return "yes" if wanted <= mine else "no"
    if comparison == "equal" and name in words.lower_limits:
        return "yes" if wanted >= mine else "no"
    if comparison == "at_least":
        return "yes" if mine >= wanted else "no"
    if comparison == "at_most" and name not in words.limits | words.lower_limits:
        return "yes" if mine <= wanted else "no"
    if comparison == "at_most":
        return "value"
    if mine == wanted:
        return "yes"
    return "value" if abs(mine - wanted) <= _NEAR * mine else "no"


def _in_unit_of(measure: Measure, attribute: Attribute) -> tuple[Decimal, Decimal] | None:
    """The record's number and the question's in one unit; ``None`` if they do not compare."""
    value = attribute.value
    if not isinstance(value, Decimal):
        return None
    if measure.dimension == AGE:
        return (value, measure.value) if attribute.unit.startswith("year") else None
    if measure.dimension == PEOPLE:
        return value, measure.value
    wanted = convert(measure.value, measure.unit, attribute.unit)
    return None if wanted is None else (value, wanted)
