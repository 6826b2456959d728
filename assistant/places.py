"""Which products of a list a reference names: by place, or by what stands out. Pure."""

from assistant.superlatives import Order, standing_out
from assistant.types import ShownProduct
from intents.likeness import read_likeness
from intents.types import NLUResult, Reference


def names_likeness(nlu: NLUResult) -> bool:
    """Whether something is to be like what is named, and not like what stands at a place."""
    placed = any(slot.value != Reference() for slot in nlu.all("reference"))
    return not placed and read_likeness(nlu.text) is not None


def at_places(pool: tuple[ShownProduct, ...], reference: Reference) -> tuple[ShownProduct, ...]:
    """The products of a list that a reference names by place or by what stands out."""
    if reference.everything:
        return pool
    if reference.first:
        return pool[: reference.first]
    if reference.positions:
        places = [p - 1 if p > 0 else len(pool) + p for p in reference.positions]
        return tuple(pool[place] for place in places if 0 <= place < len(pool))
    if reference.extreme == "middle":
        half, odd = divmod(len(pool), 2)
        return (pool[half],) if odd else ()
    if reference.extreme:
        best = standing_out(pool, Order("price", reference.extreme == "dearest"))
        return best if len(best) == 1 else best[:1]
    return ()
