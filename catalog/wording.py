"""How the numbers and attributes of a product are written in each language."""

import re
from decimal import Decimal

from babel.numbers import format_decimal

from catalog.lexicon import Concept, load_lexicon
from catalog.types import Attribute, Language, LocalText

LOCALES = {"en": "en_US", "zh": "zh_CN"}

_YES_NO = {"en": ("yes", "no"), "zh": ("是", "否")}
_UNITS_ZH = {
    "hour": "小时",
    "hours": "小时",
    "minute": "分钟",
    "inch": "英寸",
    "floz": "液盎司",
    "piece": "件",
    "pieces": "件",
    "page": "页",
    "pages": "页",
    "year": "年",
    "years": "岁",
    "month": "个月",
    "months": "个月",
    "day": "天",
    "days": "天",
}
_UNITS_EN = {"floz": "fl oz"}
_COUNTED_UNITS = frozenset({"hour", "minute", "day", "month", "year", "page", "piece"})
"""Units that are words in English and take an s."""
_YEAR = re.compile(r"(?:^|[\s_])years?$|年[份度]?$", re.IGNORECASE)
"""Names of attributes that are points in time: 1995 is no 1,995."""
_TIGHT_UNITS = frozenset({"%", '"', "°"})


def write_number(number: Decimal | float, language: Language) -> str:
    """A number with the language's separators and no needless zeros."""
    return format_decimal(number, format="#,##0.###", locale=LOCALES[language])


def write_value(attribute: Attribute, language: Language) -> str:
    """The value of an attribute with its unit."""
    value = attribute.value
    if isinstance(value, bool):
        return _YES_NO[language][0 if value else 1]
    if isinstance(value, LocalText):
        return value.get(language)
    if not attribute.unit and _YEAR.search(attribute.name) and value == value.to_integral_value():
        return f"{value:.0f}"
    names = _UNITS_EN if language == "en" else _UNITS_ZH
    unit = names.get(attribute.unit, attribute.unit)
    if unit in _COUNTED_UNITS and value != 1:
        unit += "s"
    tight = not unit or unit in _TIGHT_UNITS or (language == "zh" and not unit.isascii())
    return write_number(value, language) + ("" if tight else " ") + unit


def write_label(attribute: Attribute, language: Language) -> str:
    """The attribute's label, made from its name when the shop gave none in the language."""
    label = attribute.label.zh if language == "zh" else attribute.label.en
    if label or _concept(attribute.name) is not None:
        return label or write_name(attribute.name, language)
    return attribute.label.get(language) or write_name(attribute.name, language)


def write_name(name: str, language: Language) -> str:
    """``battery_life`` → ``Battery life``, or in Chinese what the lexicon calls it: 续航."""
    concept = _concept(name)
    if language == "zh" and concept is not None:
        return concept.zh[0]
    return re.sub(r"_+", " ", name).strip().capitalize()


def _concept(name: str) -> Concept | None:
    """What the lexicon knows under an attribute's name, a feature's among them."""
    lexicon = load_lexicon()
    return lexicon.get("attribute", name) or lexicon.get("feature", name)
