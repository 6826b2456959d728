"""Whether something can be ordered, in the words of the feeds."""

from catalog.types import Availability

_WORDS = {
    Availability.IN_STOCK: "instock available yes true 1 limitedavailability onlineonly "
    "instoreonly 有货 现货 在售",
    Availability.OUT_OF_STOCK: "outofstock unavailable soldout discontinued no false 0 "
    "无货 缺货 售罄 售完 下架",
    Availability.PREORDER: "preorder presale 预售 预订",
    Availability.BACKORDER: "backorder backordered madetoorder onbackorder reserved 补货中",
}
_STATES = {word: state for state, words in _WORDS.items() for word in words.split()}


def read_availability(value: object) -> Availability | None:
    """The state that a word, a yes/no or a schema.org address names; ``None`` for an empty value.

    Raises:
        ValueError: The word is not known.
    """
    if value is None or value == "":
        return None
    text = str(value).strip()
    word = text.rsplit("/", 1)[-1].casefold()
    state = _STATES.get(word.replace(" ", "").replace("_", "").replace("-", ""))
    if state is None:
        raise ValueError(f"expected an availability such as in_stock, got {text[:60]!r}")
    return state


def stock_state(quantity: int | None, backorder: bool = False) -> tuple[Availability, int | None]:
    """Availability and quantity of a counted stock; what can be back-ordered is not counted."""
    if quantity is None or quantity > 0:
        return Availability.IN_STOCK, quantity
    if backorder:
        return Availability.BACKORDER, None
    return Availability.OUT_OF_STOCK, 0
