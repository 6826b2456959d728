"""What must stand around a phrase for a reading of it to be meant."""

from collections.abc import Sequence

from catalog.matching import Token
from catalog.meanings import Meaning, Reading, Sense

_SIZE_BEFORE = frozenset(("size", "sz", "尺码", "码数", "尺寸", "号", "码", "eu", "us", "uk"))
_SIZE_AFTER = frozenset(("size", "sized", "码", "号"))
_SIZE_WEARING = frozenset("穿要换有拿")
_CLOSING = frozenset(("please", "pls", "thanks", "and", "or", "instead", "too"))
_NAMED_BY = frozenset(("by", "from", "brand"))
_NUMERALS = frozenset("一二两三四五六七八九十几半每")
_MEASURES = frozenset("包条支件双台套盒瓶箱袋只对副杯碗把张本份")
_MODIFIERS = frozenset(("color", "material", "pattern"))
_ORDER = (
    "product_type",
    "color",
    "brand",
    "gender",
    "age_group",
    "size",
    "material",
    "pattern",
    "feature",
    "season",
    "occasion",
    "recipient",
    "value",
)


def allowed(
    reading: Reading, text: str, tokens: Sequence[Token], heads: set[int]
) -> list[Sense]:
    """The senses of a reading that its surroundings allow.

    Args:
        reading: The phrase with everything it may mean.
        text: The message.
        tokens: The message's tokens.
        heads: Where product types may begin, as token indexes.
    """
    if _counts(reading, tokens):
        return []
    return [s for s in reading.senses if _stands(s[0].meaning, reading, text, tokens, heads)]


def prefer(
    senses: Sequence[Sense], reading: Reading, tokens: Sequence[Token], heads: set[int]
) -> Sense:
    """The likeliest of several senses.

    "Chocolate" is a colour right before a product and a food otherwise; a sense that the
    catalogue knows beats one that it does not.
    """
    modifies = reading.last in heads or _word(tokens, reading.first - 1) == "in"

    def rank(sense: Sense) -> tuple[bool, bool, int, float]:
        meaning = sense[0].meaning
        fits = meaning.kind in _MODIFIERS and modifies
        order = _ORDER.index(meaning.kind) if meaning.kind in _ORDER else len(_ORDER)
        return not fits, meaning.constraint is None, order, -meaning.score

    return min(senses, key=rank)


def _stands(
    meaning: Meaning, reading: Reading, text: str, tokens: Sequence[Token], heads: set[int]
) -> bool:
    if meaning.guard == "size":
        return _is_size(reading, text, tokens)
    if meaning.guard == "name":
        return _is_name(reading, text, tokens, heads)
    return True


def _is_size(reading: Reading, text: str, tokens: Sequence[Token]) -> bool:
    """A bare number, letter or "large" with a word for sizes beside it, or all alone."""
    before, after = _word(tokens, reading.first - 1), _word(tokens, reading.last)
    if before in _SIZE_BEFORE or after in _SIZE_AFTER or not (before or after):
        return True
    if before == "in" or before == "a":
        return before == "in" and (not after or after in _CLOSING)
    return before in _SIZE_WEARING and text[reading.start : reading.end].isupper()


def _is_name(reading: Reading, text: str, tokens: Sequence[Token], heads: set[int]) -> bool:
    """An ordinary word as a brand: written like a name, before a product, after "by", or alone."""
    before, after = _word(tokens, reading.first - 1), _word(tokens, reading.last)
    if reading.last in heads or before in _NAMED_BY or not (before or after):
        return True
    raw = text[reading.start : reading.end]
    return bool(before) and not before[0].isdigit() and raw != raw.lower() and not text.isupper()


def _counts(reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether the phrase is a measure word after a number: 一包 is no bag."""
    if reading.last - reading.first > 1 or tokens[reading.first].word not in _MEASURES:
        return False
    before = _word(tokens, reading.first - 1)
    return bool(before) and (before in _NUMERALS or before.isdigit())


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""
