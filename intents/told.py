"""Values that are a clause of their own: "tea, with gift box", 要添杯子，一品锅家的，都有啥."""

import re
from collections.abc import Sequence

from catalog.types import FlagConstraint
from intents.shape import Shape
from intents.types import Slot

_TOLD = frozenset({
    "brand", "color", "material", "pattern", "feature", "size", "gender", "age_group", "season",
})  # fmt: skip
_SURE = 0.9
"""The score from which on a value was found by its own name, or by one that everybody knows."""
_ENDS = re.compile(r"[,，;；。.!！?？、]")
_LEADING = re.compile(
    r"\W*(?:(?:and|also|plus|preferably|ideally)\b ?)*"
    r"(?P<mark>(?:(?:with|in|for|from|by|made of|one of)\b ?)?)(?:(?:an?|the|some)\b ?)*"
    r"|\W*(?:最好|另外|还有|要|得)*(?P<zh>[是带有用给]?)"
)
_FOLLOWING = re.compile(
    r"(?:'s)?(?P<mark>(?: (?:pattern|in colou?r|as the (?:material|colou?r)))?)"
    r"(?: (?:ones?|please))?\W*"
    r"|(?P<zh>(?:家|牌子?|做|制|用|穿|款|图案)?的?)\W*"
)
_MARKED = re.compile(r"(?:with|in|for|from|by|made of)\b|[带给]")
"""The same where it is a part of how the catalogue calls the value: "for women"."""
_WISHING = re.compile(r"最好[是要]?$")


def is_told_alone(prepared: Shape, slot: Slot, known: Sequence[Slot] = ()) -> bool:
    """Whether a clause, one of several, says a value of the catalogue's and nothing else.

    Beside the value there is a word that makes a wish of it, as "for" or 家的: "for all seasons"
    can mean nothing else in "shoes, for all seasons", even where no model has heard it. What is
    added to a search may be all there is, and misspelt: 另外最好束匣家的. Beside a kind among the
    ``known`` what a thing may have says so by itself: "your toys, gift box".
    """
    if slot.name not in _TOLD or slot.resolved is None:
        return False
    text = prepared.aligned
    before = [end.end() for end in _ENDS.finditer(text, 0, slot.start)]
    after = _ENDS.search(text, slot.end)
    start, end = before[-1] if before else 0, after.start() if after else len(text)
    several = bool(before) or (after is not None and after.end() < len(text.rstrip()))
    leads = _LEADING.fullmatch(text, start, slot.start)
    follows = _FOLLOWING.fullmatch(text, slot.end, end)
    if leads is None or follows is None:
        return False
    if _WISHING.search(text, start, slot.start) and follows["zh"]:
        return True
    if not several or slot.score < _SURE:
        return False
    had = isinstance(slot.resolved, FlagConstraint)
    if had and any(_is_kind_apart(one, start, end) for one in known):
        return True
    marked = _MARKED.match(text, slot.start) is not None
    return marked or any(one["mark"] or one["zh"] for one in (leads, follows))


def _is_kind_apart(slot: Slot, start: int, end: int) -> bool:
    """Whether it is a kind that the shop has, outside of the clause ``start:end``."""
    kind = slot.name == "product_type" and slot.role == "include" and slot.resolved is not None
    return kind and (slot.end <= start or end <= slot.start)
