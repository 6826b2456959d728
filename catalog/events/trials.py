"""Which of two versions does better with shoppers, or whether that cannot be told yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import erfc, sqrt

from catalog.events.figures import attributed
from catalog.events.types import Event

_Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Arm:
    """One version in a trial; everything counts shoppers, so no eager one counts twice.

    Args:
        version: Its name, "" for what serves without training.
        shoppers: To whom it showed something.
        clicked: Of those, who clicked something it showed.
        carted: Who put something it showed into the cart.
        bought: Who bought something it showed.
    """

    version: str
    shoppers: int = 0
    clicked: int = 0
    carted: int = 0
    bought: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The share of the second arm less that of the first.

    Args:
        difference: In [-1, 1].
        low: Bounds it with 95 % confidence, with ``high``.
        high: See ``low``.
        chance: How often equal versions would differ as much (two-sided p value).
        enough: Whether both arms have as many shoppers as were asked for.
    """

    difference: float
    low: float
    high: float
    chance: float
    enough: bool

    @property
    def significant(self) -> bool:
        """Whether there are enough shoppers, and chance is no good explanation."""
        return self.enough and self.chance < 0.05


def count_arms(
    events: Iterable[Event], versions: tuple[str, str], lists: frozenset[str], since: datetime
) -> tuple[Arm, Arm]:
    """Both arms of a trial, from what was shown in some lists since it began.

    A shopper whom both versions served, such as a guest who signed in, is left out: nobody can
    say which of the two they followed.
    """
    reached: dict[str, dict[str, list[bool]]] = {version: {} for version in versions}
    for one in attributed(events):
        if one.time < since or one.list_id not in lists or one.version not in reached:
            continue
        told = reached[one.version].setdefault(one.shopper, [False, False, False])
        now = (one.clicked is not None, one.in_cart, one.bought)
        reached[one.version][one.shopper] = [a or b for a, b in zip(told, now, strict=True)]
    first, second = (_arm(version, reached[version], reached) for version in versions)
    return first, second


def _arm(
    version: str, mine: dict[str, list[bool]], reached: dict[str, dict[str, list[bool]]]
) -> Arm:
    others = {who for name, arm in reached.items() if name != version for who in arm}
    kept = [told for who, told in mine.items() if who not in others]
    return Arm(version, len(kept), *(sum(told[at] for told in kept) for at in range(3)))


def judge(first: tuple[int, int], second: tuple[int, int], least: int) -> Verdict:
    """Two shares compared: the z test of two proportions, with the interval of Agresti and Caffo.

    The test pools both shares (Pearson, 1900); the interval adds one success and one failure to
    each (Agresti and Caffo, 2000), so that it holds for few and for none.

    Args:
        first: How many did it, of how many.
        second: The same of the other version.
        least: So many each are needed before anything is called significant.

    Raises:
        ValueError: More did it than there are.
    """
    (a, n), (b, m) = first, second
    if not (0 <= a <= n and 0 <= b <= m):
        raise ValueError(f"expected at most as many as there are, got {first} and {second}")
    difference = (b / m if m else 0.0) - (a / n if n else 0.0)
    p, q = (a + 1) / (n + 2), (b + 1) / (m + 2)
    reach = _Z95 * sqrt(p * (1 - p) / (n + 2) + q * (1 - q) / (m + 2))
    return Verdict(
        difference, q - p - reach, q - p + reach, _chance(a, n, b, m), min(n, m) >= least
    )


def _chance(a: int, n: int, b: int, m: int) -> float:
    if not n or not m:
        return 1.0
    share = (a + b) / (n + m)
    spread = sqrt(share * (1 - share) * (1 / n + 1 / m))
    if spread == 0:
        return 1.0
    return erfc(abs(b / m - a / n) / spread / sqrt(2))
