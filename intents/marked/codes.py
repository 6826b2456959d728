"""Sizes and numbers of orders in forms that mean nothing else once they are marked as such."""

import re

_BEDS = (
    r"(?:super |extra )?(?:king|queen)|single|double|twin|full|toddler|petite|plus|regular"
    r"|wide|narrow|tall|travel|mini|junior|compact"
)
_SIZE = re.compile(
    rf"(?P<bed>{_BEDS})(?:[ -]?sizes?d?)?"
    r"|(?P<halves>half)[ -]sizes?"
    r"|(?P<half>\d{1,2}) (?:and|&) a half"
    r"|(?P<sides>\d{1,4}(?:\.\d+)?(?: ?(?:x|×|\*|by|乘) ?\d{1,4}(?:\.\d+)?){1,2})"
    r"|(?P<thread>m\d{1,2}(?:x\d+)?)"
    r"|(?P<zh>单人|双人|[三四]人|[大中小迷][型号]|大?半码|加[大小宽长厚]|标准|特[大小]|均)(?:的|位|床|码|号|款)*"
)


def read_loose_size(aligned: str) -> str | None:
    """The size that words mean which are known to be one: "king", "60x120", M10, 双人.

    Sizes by number and letter are left to the rules.
    """
    match = _SIZE.fullmatch(aligned)
    if match is None:
        return None
    if match["half"]:
        return f"{match['half']}.5"
    if match["sides"]:
        return re.sub(r" ?(?:x|×|\*|by|乘) ?", "x", match["sides"])
    if match["thread"]:
        return match["thread"].upper()
    return match["bed"] or match["halves"] or match["zh"]


_ORDER = re.compile(r"#?(?=[a-z\d -]*\d{3})[a-z]{0,6}[- ]?\d[\d-]{2,19}[a-z]{0,3}")


def read_loose_order_id(aligned: str) -> str | None:
    """The number of an order in whatever form a shop gives it: at least three digits."""
    return aligned.lstrip("#").upper() if _ORDER.fullmatch(aligned) else None
