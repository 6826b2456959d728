"""Which products have a number that a message points by: "the $30 one", 一百以内的那个. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.types import ShownProduct
from intents.shape import NUMBER, shape
from intents.types import PriceRange, Slot
from intents.values.bounds import compile_bounds, find_bounds

_SUM = compile_bounds(
    lambda group: (
        rf"(?:(?:us|hk|a)?[$€£¥] ?)?(?P<n{group}>{NUMBER})(?: ?(?:[a-z]+|[\u4e00-\u9fff]{{1,2}}))??"
    )
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What the product that is meant costs, both ends included; ``None`` is open.

    ``plain`` says that a mere number was named, which may as well be another one of the record;
    ``sized`` that it may be a size too.
    """

    low: Decimal | None
    high: Decimal | None
    plain: bool = False
    sized: bool = False


def cost_of(slot: Slot) -> Cost | None:
    """What a price that points says, or a size that may be one; ``None`` where a slot is none."""
    if slot.role != "reference" or slot.name not in ("price", "size"):
        return None
    prepared = shape(slot.raw)
    bound = next(find_bounds(prepared, _SUM), None)
    if bound is not None and bound.relation in ("bare", "exactly"):
        number = prepared.number(bound.match, "n1")
        around = prepared.aligned[: number.start] + prepared.aligned[number.end :]
        if slot.name == "price" or not around.strip():
            return Cost(number.low, number.high, not around.strip(), slot.name == "size")
    value = slot.value
    return Cost(value.minimum, value.maximum) if isinstance(value, PriceRange) else None


def having_cost(pool: Sequence[ShownProduct], cost: Cost) -> frozenset[int]:
    """The places of the products that cost so much, else of those that do but for the cents."""
    exact = frozenset(
        at for at, one in enumerate(pool) if any(_within(n, cost) for n in _known(one, cost))
    )
    near = frozenset(
        at
        for at, one in enumerate(pool)
        if cost.low == cost.high and cost.low in {int(n) for n in _known(one, cost)}
    )
    return exact or near


def having_number(pool: Sequence[ShownProduct], number: Decimal) -> frozenset[int]:
    """The places of the products with that number, as a price or in their record."""
    return having_cost(pool, Cost(number, number, plain=True))


def none_costs_so(pools: Iterable[Sequence[ShownProduct]], costs: Sequence[Cost]) -> bool:
    """Whether a message points by what nothing of all that was shown costs, as far as is known."""
    shown = [one for pool in pools for one in pool]
    if any(one.amount is None for one in shown):
        return False
    sized = any(number.name == "size" for one in shown for number in one.numbers)
    told = [cost for cost in costs if not (cost.sized and sized)]
    return any(not having_cost(shown, cost) for cost in told)


def _within(amount: Decimal, cost: Cost) -> bool:
    above = cost.low is None or cost.low <= amount
    return above and (cost.high is None or amount <= cost.high)


def _known(product: ShownProduct, cost: Cost) -> set[Decimal]:
    """The numbers that a cost may be: the price, and if it is plain those of the record too."""
    found = (
        {one.value for one in product.numbers if one.name not in _NEVER} if cost.plain else set()
    )
    return found | ({product.amount} if product.amount is not None else set())


_NEVER = frozenset({"rating", "size"})
"""Numbers of a record that nobody points by."""
