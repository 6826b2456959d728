"""What must stand around a phrase for a reading of it to be meant."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from catalog.matching import Token
from catalog.text import has_chinese
from catalog.words.meanings import ALIAS, Guard, Meaning, Reading, Sense

_SIZE_BEFORE = frozenset(
    ("size", "sizes", "sz", "尺码", "码数", "尺寸", "号", "码", "eu", "us", "uk")
)
_SIZE_AFTER = frozenset(("size", "sized", "码", "号"))
_WEARING = frozenset("穿要换有拿选改成是到")
_CLOSING = frozenset(("please", "pls", "thanks", "and", "or", "instead", "too", "if"))
_LETTERS = frozenset("SML")
_SIZED_AFTER = _CLOSING | {"one", "ones", "fit", "fits", "cost", "costs", "not", "for"}
_SIZED_BEFORE = frozenset(("the", "a", "an", "mean", "meant"))
_TIES = frozenset("-'’&/.+")
_CLAUSE = re.compile(r"[,;:.!?，；：。！？、\n]")
_BRANDED_AFTER = frozenset("那跟和与")
_HOUSED = frozenset(("", "的", "那", "出"))
"""What may follow a brand's 家: 小叶子家的, and not 小叶子家具."""
_NAMED_BY = frozenset(("by", "from", "brand"))
_IN_PLACE = frozenset(
    ("in", "for", "of", "made", "and", "or", "not", "no", "with", "without", "but", "except")
)
_POINTED = frozenset(
    ("one", "ones", "color", "colored", "version", "style", "的", "款", "用", "穿")
)
_FOR = frozenset(("for", "用", "给", "送"))
_RELATED = frozenset(("for", "to", "my", "his", "her", "our", "your", "给", "送", "我"))
_USING = frozenset("用穿戴")
_NUMERALS = frozenset("一二两三四五六七八九十几半每")
_MEASURES = frozenset("包条支件双台套盒瓶箱袋只对副杯碗把张本份米面")
_MODIFIERS = frozenset(("color", "material", "pattern", "occasion", "season"))
_HAVING = frozenset(("with", "has", "have", "having", "includes", "带", "有", "含"))
_INSISTED = frozenset("这那")
"""What follows what a thing must have: manual这条不能少."""
_JOINING = frozenset(("or", "and", "和", "或"))
_FLAVORED = frozenset(("flavor", "flavored", "flavour", "flavoured", "scented", "味", "口味"))
_ARTICLES = frozenset(("a", "an", "the"))
_DOING = frozenset(("do", "look", "looking"))
"""What "with", "at" or "for" follows where a shelf is asked for: "I could do with books"."""
_BROWSING = frozenset(
    ("show", "me", "in", "browse", "see", "all", "your", "the", "after", "buy")
) | frozenset("看逛有找要买挑添选淘瞧瞅")
_SHELVES = frozenset(
    ("section", "category", "department", "products", "items", "things", "stuff", "please")
) | frozenset("类用区的")
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
    "recipient",
    "occasion",
    "value",
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A message with what is around its phrases, by token index.

    ``heads`` are where product types may begin, ``named`` says whether one is sure to be named,
    ``modifiers`` are where other phrases begin and end.
    """

    text: str
    tokens: Sequence[Token]
    heads: frozenset[int]
    named: bool
    modifiers: Mapping[int, int]

    def word(self, at: int) -> str:
        """The word at a token index; empty outside the message."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def before(self, reading: Reading) -> str:
        """The word before a phrase."""
        return self.word(reading.first - 1)

    def after(self, reading: Reading) -> str:
        """The word after a phrase."""
        return self.word(reading.last)

    def before_head(self, at: int) -> bool:
        """Whether a product type begins at ``at``, or other phrases there lead to one."""
        while at not in self.heads:
            if self.word(at) in _JOINING and at + 1 in self.modifiers:
                at += 1
            if at not in self.modifiers:
                return False
            at = self.modifiers[at]
        return True

    @property
    def shouted(self) -> bool:
        """Whether all of an English message is in capitals, so that they say nothing."""
        return self.text.isupper() and not has_chinese(self.text)

    def alone(self, reading: Reading) -> bool:
        """Whether the phrase is all there is between two marks of punctuation."""
        left = self.tokens[reading.first - 1].end if reading.first else 0
        opened = not reading.first or _CLAUSE.search(self.text[left : reading.start])
        return bool(opened) and self.ends_clause(reading)

    def ends_clause(self, reading: Reading) -> bool:
        """Whether a mark of punctuation, or the end of the message, follows a phrase."""
        if reading.last >= len(self.tokens):
            return True
        return bool(_CLAUSE.search(self.text[reading.end : self.tokens[reading.last].start]))

    def parted(self, reading: Reading) -> bool:
        """Whether no hyphen, apostrophe or the like ties the phrase to its neighbours."""
        sides = self.text[max(reading.start - 1, 0) : reading.start]
        sides += self.text[reading.end : reading.end + 1]
        return not _TIES.intersection(sides)


def surroundings(text: str, tokens: Sequence[Token], readings: Sequence[Reading]) -> Surroundings:
    """What the readings of a message have around them."""
    types = [
        (reading, sense[0].meaning)
        for reading in readings
        for sense in reading.senses
        if sense[0].meaning.kind == "product_type"
    ]
    heads = frozenset(reading.first for reading, _ in types)
    others = sorted((r.first, r.last) for r in readings if r.first not in heads)
    return Surroundings(text, tokens, heads, any(m.guard == "free" for _, m in types), dict(others))


def allowed(reading: Reading, around: Surroundings) -> list[Sense]:
    """The senses of a reading that its surroundings allow, the likeliest first.

    "Chocolate" is a colour right before a product and a food otherwise; a sense that the
    catalogue knows beats one that it does not, and what it has beats what only comes near.
    """
    if _counts(reading, around) or _is_cut_from(reading, around):
        return []
    senses = [s for s in reading.senses if _stands(s[0].meaning, reading, around)]
    if around.after(reading) in _FLAVORED and not around.ends_clause(reading):
        senses = [s for s in senses if s[0].meaning.kind != "product_type"]
    modifies = around.before_head(reading.last) or around.before(reading) == "in"

    doing = around.word(reading.first - 2) in _DOING
    had = around.before(reading) in _HAVING and not doing
    kinds = [s[0].meaning for s in senses if s[0].meaning.kind == "product_type"]
    types = any(kind.constraint is not None for kind in kinds)
    better = types or any(_is_known(s[0].meaning) for s in senses)

    def rank(sense: Sense) -> tuple[bool, bool, bool, bool, int, float]:
        meaning = sense[0].meaning
        fits = (meaning.kind in _MODIFIERS and modifies) or (meaning.kind == "feature" and had)
        unsure = (meaning.kind == "value" and better) or (meaning.kind == "feature" and types)
        near = meaning.kind in _MODIFIERS and meaning.score < ALIAS
        order = _ORDER.index(meaning.kind)
        return not fits, unsure, meaning.constraint is None, near, order, -meaning.score

    return sorted(senses, key=rank)


def _is_known(meaning: Meaning) -> bool:
    """Whether the lexicon knows the word and the catalogue has it."""
    return meaning.kind != "value" and meaning.constraint is not None


def _stands(meaning: Meaning, reading: Reading, around: Surroundings) -> bool:
    return _GUARDS[meaning.guard](reading, around)


def _is_size(reading: Reading, around: Surroundings) -> bool:
    """A bare number, letter or "large" with a word for sizes beside it, or all alone."""
    before, after = around.before(reading), around.after(reading)
    if before in _SIZE_BEFORE or after in _SIZE_AFTER or around.alone(reading):
        return True
    raw = around.text[reading.start : reading.end]
    if raw in _LETTERS:
        return not before.isdigit() and not around.shouted and around.parted(reading)
    if before == "in":
        return not after or after in _CLOSING
    if raw.isdigit():
        return before in _WEARING and after not in _MEASURES and after != "个"
    return before in _SIZED_BEFORE and (not after or after in _SIZED_AFTER)


def _is_name(reading: Reading, around: Surroundings) -> bool:
    """An ordinary word as a brand: first or right before a product, after "by", like a name."""
    before = around.before(reading)
    if around.before_head(reading.last) or before in _NAMED_BY or around.alone(reading):
        return True
    after = around.after(reading)
    if after == "家" and around.word(reading.last + 1) in _HOUSED:
        return True
    if after in _BRANDED_AFTER or (after == "的" and around.before_head(reading.last + 1)):
        return True
    if not before:
        return around.named
    raw = around.text[reading.start : reading.end]
    return raw != raw.lower() and not around.shouted


def _is_shelf(reading: Reading, around: Surroundings) -> bool:
    """An ordinary word as a category: no product is named, and one asks to see it."""
    before, after = around.before(reading), around.after(reading)
    further = around.word(reading.first - 2)
    sought = before in _BROWSING or further in _DOING or further + before == "入手"
    sought = sought or not before or around.alone(reading)
    asked = sought and (not after or after in _SHELVES or around.ends_clause(reading))
    return asked and not around.named


def _is_quality(reading: Reading, around: Surroundings) -> bool:
    """An ordinary word as a colour or a material: "in clear", "the oak one"."""
    return _points(reading, around) or _noun_before(reading, around) in _IN_PLACE


def _is_purpose(reading: Reading, around: Surroundings) -> bool:
    """An ordinary word as an occasion or a season: "work shoes", "for the office"."""
    return _points(reading, around) or _noun_before(reading, around) in _FOR


def _is_person(reading: Reading, around: Surroundings) -> bool:
    """An ordinary word as whom a thing is for: "for my boss"."""
    related = _noun_before(reading, around) in _RELATED or around.after(reading) in _USING
    return related or around.alone(reading)


def _points(reading: Reading, around: Surroundings) -> bool:
    """Whether a phrase stands before a product, before "one", or alone."""
    after = around.after(reading)
    return around.before_head(reading.last) or after in _POINTED or around.alone(reading)


def _noun_before(reading: Reading, around: Surroundings) -> str:
    """The word before a phrase, articles left out."""
    before = around.before(reading)
    return around.word(reading.first - 2) if before in _ARTICLES else before


def _is_flavor(reading: Reading, around: Surroundings) -> bool:
    """An ordinary word as a flavour or a scent: "chicken flavor", 草莓味."""
    return around.after(reading) in _FLAVORED


def _is_had(reading: Reading, around: Surroundings) -> bool:
    """An ordinary word as what a thing has: "with pockets", or all of a clause beside a kind."""
    having = around.before(reading) in _HAVING and around.word(reading.first - 2) not in _DOING
    must = around.before(reading) == "得" or around.after(reading) in _INSISTED
    return having or must or (around.named and around.alone(reading))


def _always(reading: Reading, around: Surroundings) -> bool:
    return True


_GUARDS: Mapping[Guard, Callable[[Reading, Surroundings], bool]] = {
    "free": _always,
    "name": _is_name,
    "size": _is_size,
    "shelf": _is_shelf,
    "quality": _is_quality,
    "purpose": _is_purpose,
    "person": _is_person,
    "flavor": _is_flavor,
    "had": _is_had,
}


def _is_cut_from(reading: Reading, around: Surroundings) -> bool:
    """Whether its "with" belongs to "do with": who could do with a battery wants one."""
    return around.word(reading.first) in _HAVING and around.before(reading) in _DOING


def _counts(reading: Reading, around: Surroundings) -> bool:
    """Whether the phrase is a measure word after a number: 一包 is no bag."""
    if reading.last - reading.first > 1 or around.word(reading.first) not in _MEASURES:
        return False
    before = around.before(reading)
    return bool(before) and (before in _NUMERALS or before.isdigit())
