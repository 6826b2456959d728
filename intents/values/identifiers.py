"""Names that must be read to the letter: order numbers, e-mails, phone numbers, postal codes."""

import re

from intents.shape import Shape
from intents.types import Slot

_EMAIL = re.compile(
    r"(?<![a-z0-9_.+-])[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![a-z0-9_-])"
)
_ORDER = re.compile(
    r"(?<![a-z0-9])#?(?P<a>w\d{6,10})(?!\w)"
    r"|(?<![a-z0-9&])#(?P<b>[a-z]{0,4}-?\d{4,14}(?:-\d{2,8}){0,2}(?:-[a-z]{1,2})?)(?!\w)"
    r"|(?<![a-z])orders?(?:[ -](?:numbers?|nos?\.?|ids?|num|code))?(?: is)?[ :#]*"
    r"(?P<c>[a-z]{0,4}-?\d{4,14}(?:-\d{2,8}){0,2}(?:-[a-z]{1,2})?)(?!\w)"
    r"|订?单号?(?:码|编号)?(?:是|为|:|：| |#)*"
    r"(?P<d>[a-z]{0,4}-?\d{4,20}(?:-\d{2,8}){0,2}(?:-[a-z]{1,2})?)(?![a-z0-9])"
    r"|(?<![a-z0-9])(?P<e>\d{4,14})(?: ?(?:这个|号|那个)?(?:的)?(?:订单|单子))"
)
# Where a text is about an order, a code or a long number in it is the order's.
_ABOUT_ORDERS = re.compile(
    r"order|track|cancel|annul|refund|money back|return|exchange|invoice|receipt|shipping status"
    r"|shipment|delivery|订单|单号|[这那]单|单子|发货|物流|快递|取消|撤|退|换货|换个?码|发票"
    r"|到哪|状态"
)
_CODE_OF_ORDER = re.compile(
    r"(?<![a-z0-9$€£¥.,-])(?:(?P<a>[a-z]{2,4}-?\d{5,12}|ord \d{4,12})|(?P<b>\d{4,6}-\d{2,4})"
    r"|(?P<c>\d{6,14})"
    r"|(?<=for )(?P<d>\d{4,5})|(?<=on )(?P<e>\d{5})|(?<=[把将])(?P<f>\d{5}))"
    r"(?![a-z0-9-]|[.,]\d| ?(?:元|块|dollars|usd|yuan|[$€£]))"
)
_PHONE = re.compile(
    r"(?<![\da-zà-ɏ_-])(?:(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"
    r"|\+\d{1,3}[ -]?(?:\(?\d{1,4}\)?[ -]?){2,4}\d{2,4}"
    r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|0\d{2,3}-\d{7,8})(?![\da-zà-ɏ_-])"
)
_CODE = (
    r"(?P<code>\d{5}-\d{4}|\d{3}-\d{4}|\d{5,6}|[a-z]\d[a-z] ?\d[a-z]\d"
    r"|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})(?!\w)"
)
# Dutch, Irish, Polish, Czech and Swedish, Portuguese, Brazilian, and of four digits: too like
# other things to be looked for in a sentence.
_CODE_ALONE = (
    r"\d{4} ?[a-z]{2}|[a-z]\d[\dw] ?[a-z\d]{4}|\d\d-\d{3}|\d{3} \d\d"
    r"|\d{4,5}-\d{3}|\d{4}"
)
_POSTAL = re.compile(
    rf"(?:(?<![a-z])(?:zip|postal|post) ?-?(?:codes?)?|邮政编码|邮编)(?:错了|写错了|不对)?"
    rf"(?:[ ,，:：]|is|to|it|should|be|应该|是|为|改成|改为)* ?{_CODE}"
    rf"|(?<![a-z])(?:deliver|ship|sen[dt]|post)(?:y|ed|p?ing)?(?: (?:it|them|this|that|these))? to"
    rf" {_CODE.replace('code', 'there')}"
    r"|[寄送发运](?:到|往) ?(?P<to>\d{6})(?! ?(?:[这那的]?[单订])|\d)"
    r"|(?<![\d#a-z-])(?P<here>\d{6})(?=这边|这里|那边|(?:几天|能|可以)[到送寄发])"
)
# Shapes that are nothing else: British and Canadian in capitals, Japanese behind its sign, and
# American behind a state.
_POSTAL_SHAPE = re.compile(
    r"(?<![A-Za-z0-9])(?P<b>[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}"
    r"|[A-Z][0-9][A-Z] [0-9][A-Z][0-9])(?![A-Za-z0-9])|〒 ?(?P<j>\d{3}-?\d{4})"
    r"|, ?[A-Z]{2} (?P<u>\d{5}(?:-\d{4})?)(?!\d)",
    re.ASCII,
)
_ASKED = {
    "order_id": re.compile(
        r"#?(?P<code>[a-z]{0,4}[- ]?\d{3,20}(?:-\d{2,8}){0,2}(?:-[a-z]{1,2})?)(?![a-z0-9-])"
    ),
    "postal_code": re.compile(rf"^\W*(?P<alone>{_CODE_ALONE})\W*$|{_CODE}"),
    "phone": re.compile(r"(?P<code>\+?\(?\d[\d ()./-]{6,18}\d)"),
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
    slots += [_postal(shape, match) for match in _POSTAL.finditer(shape.without(slots).aligned)]
    left = shape.without(slots)
    slots += [
        _postal(shape, match)
        for match in _POSTAL_SHAPE.finditer(shape.raw)
        if left.aligned[match.start() : match.end()] == shape.aligned[match.start() : match.end()]
    ]
    slots += [
        shape.slot("phone", re.sub(r"[^\d+]", "", match.group()), *match.span())
        for match in _PHONE.finditer(shape.without(slots).aligned)
    ]
    if _ABOUT_ORDERS.search(shape.aligned) and all(slot.name != "order_id" for slot in slots):
        rest = shape.without(slots).aligned
        slots += [_order(shape, match) for match in _CODE_OF_ORDER.finditer(rest)]
    return slots or find_answer(shape, asked)


def _postal(shape: Shape, match: re.Match[str]) -> Slot:
    group = match.lastgroup or "code"
    return shape.slot("postal_code", match[group].upper(), *match.span(group))


def _order(shape: Shape, match: re.Match[str]) -> Slot:
    group = match.lastgroup or "a"
    return shape.slot("order_id", match[group].upper(), *match.span(group))


def find_answer(shape: Shape, asked: str) -> list[Slot]:
    """The bare code that answers the question just asked, whatever else it could be."""
    pattern = _ASKED.get(asked)
    match = pattern.search(shape.aligned) if pattern else None
    if match is None:
        return []
    group = match.lastgroup or "code"
    code = match[group].upper().strip()
    value = re.sub(r"[^\d+]", "", code) if asked == "phone" else code
    return [shape.slot(asked, value, *match.span(group))]
