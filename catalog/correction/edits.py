"""How likely a slip of the fingers is: what it costs to take one word for another."""

from functools import cache

SWAP, DOUBLE, NEIGHBOUR, VOWEL, OTHER, FIRST_LETTER = 0.6, 0.6, 0.8, 0.8, 1.0, 0.5
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")


def slip_cost(written: str, meant: str, edits: int) -> float:
    """About the number of edits, less for the slips that are common.

    Two letters swapped, one doubled or one of two left out, a key beside the right one and one
    vowel for another happen most; the first letter is seldom wrong (Pollock and Zamora, 1984).

    Args:
        written: the misspelt word.
        meant: the word it is taken for.
        edits: the optimal string alignment distance between them.
    """
    first = FIRST_LETTER if written[0] != meant[0] else 0.0
    if edits != 1:
        return edits * OTHER + first
    if len(written) == len(meant):
        at = _first_difference(written, meant)
        swapped = written[at + 1 : at + 2] == meant[at] and written[at] == meant[at + 1 : at + 2]
        if swapped and written[at + 2 :] == meant[at + 2 :]:
            return SWAP
        return _wrong_letter(written[at], meant[at]) + first
    longer, shorter = (written, meant) if len(written) > len(meant) else (meant, written)
    at = _first_difference(longer, shorter)
    doubled = at > 0 and longer[at] == longer[at - 1]
    return (DOUBLE if doubled else OTHER) + first


def similar_end(written: str, meant: str) -> bool:
    """Whether both have the same last two letters, as words misspelt in the middle have."""
    return written[-2:] == meant[-2:]


def _wrong_letter(written: str, meant: str) -> float:
    if meant in neighbours().get(written, ""):
        return NEIGHBOUR
    return VOWEL if {written, meant} <= _VOWELS else OTHER


def _first_difference(longer: str, shorter: str) -> int:
    same = (at for at, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b)
    return next(same, len(shorter))


@cache
def neighbours() -> dict[str, str]:
    """The keys around each letter on the usual keyboard."""
    places = {key: (row, at) for row, keys in enumerate(_ROWS) for at, key in enumerate(keys)}
    return {
        key: "".join(
            other
            for other, (row, at) in places.items()
            if other != key and abs(row - own[0]) <= 1 and -1 <= at - own[1] <= 1
        )
        for key, own in places.items()
    }
