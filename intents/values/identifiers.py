"""Names that must be read to the letter: order numbers, e-mails, phone numbers, postal codes."""

import re

from intents.shape import Shape
from intents.types import Slot

_EMAIL = re.compile(
    r"(?<![a-z0-9_.+-])[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])"
)
_ORDER = re.compile(
    r"(?<![a-z0-9])#?(?P<a>w\d{6,10})(?!\w)"
    r"|(?<![a-z0-9&])#(?P<b>[a-z]{0,4}-?\d{4,14})(?!\w)"
    r"|(?<![a-z])orders?(?:[ -](?:numbers?|nos?\.?|ids?|num|code))?(?: is)?[ :#]*"
    r"(?P<c>[a-z]{0,4}-?\d{4,14})(?!\w)"
    r"|订?单号?(?:码|编号)?(?:是|为|:|：| |#)*(?P<d>[a-z]{0,4}-?\d{4,20})(?![a-z0-9])"
    r"|(?<![a-z0-9])(?P<e>\d{4,14})(?: ?(?:这个|号|那个)?(?:的)?(?:订单|单子))"
)
_PHONE = re.compile(
    r"(?<![\d\w-])(?:(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"
    r"|\+\d{1,3}[ -]?(?:\(?\d{1,4}\)?[ -]?){2,4}\d{2,4}"
    r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|0\d{2,3}-\d{7,8})(?![\d\w-])"
)
_CODE = (
    r"(?P<code>\d{5}-\d{4}|\d{5,6}|[a-z]\d[a-z] ?\d[a-z]\d|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})(?!\w)"
)
_POSTAL = re.compile(
    rf"(?:(?<![a-z])(?:zip|postal|post)(?:[ -]?codes?)?|邮政编码|邮编)(?: ?(?:is|to|:|是|为"
    rf"|改成|改为))* ?{_CODE}"
)
_ASKED = {
    "order_id": re.compile(r"#?(?P<code>[a-z]{0,4}-?\d{3,20})"),
    "postal_code": re.compile(_CODE),
    "phone": re.compile(r"(?P<code>\+?[\d -]{7,18}\d)"),
}


def find_identifiers(shape: Shape, asked: str = "") -> list[Slot]:
    """Slots ``email``, ``order_id`` (upper case, without "#"), ``phone``, ``postal_code``.

    Args:
        shape: the prepared text.
        asked: the slot the assistant has just asked for; a bare code then answers it.
    """
    slots = [shape.slot("email", m.group(), *m.span()) for m in _EMAIL.finditer(shape.aligned)]
    left = shape.without(slots)
    slots += [_order(shape, match) for match in _ORDER.finditer(left.aligned)]
    slots += [
        shape.slot("postal_code", match["code"].upper(), *match.span("code"))
        for match in _POSTAL.finditer(shape.without(slots).aligned)
    ]
    slots += [
        shape.slot("phone", re.sub(r"[^\d+]", "", match.group()), *match.span())
        for match in _PHONE.finditer(shape.without(slots).aligned)
    ]
    return slots or _answer(shape, asked)


def _order(shape: Shape, match: re.Match[str]) -> Slot:
    group = match.lastgroup or "a"
    return shape.slot("order_id", match[group].upper(), *match.span(group))


def _answer(shape: Shape, asked: str) -> list[Slot]:
    """The bare code that answers the question just asked."""
    pattern = _ASKED.get(asked)
    match = pattern.search(shape.aligned) if pattern else None
    if match is None:
        return []
    return [shape.slot(asked, match["code"].upper().strip(), *match.span("code"))]
