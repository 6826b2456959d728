"""Goals drawn from the catalogue: a hidden target, and wishes that its record fulfils."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from assistant.simulation.records import Records
from assistant.simulation.wishes import PRICE, SIZE, Wish, fulfils, texts_of
from catalog.types import BRAND, Attribute, Language, LocalText, Product, Variant
from catalog.units import to_base
from catalog.wording import write_label

_FEWEST, _MOST = 2, 4
_CHANGES, _IMPOSSIBLE, _EXCLUDES = 0.2, 0.15, 0.25
_COMMON = {BRAND: 3.0, PRICE: 3.0, "color": 3.0, "material": 2.0, "gender": 2.0, SIZE: 0.5}
"""How often shoppers think of a fact, beside 1 for any other."""
_THE_LESS = ("weight", "width", "height", "depth", "thickness", "noise")
"""Parts of names of numbers of which shoppers want the less."""
_UNSAID = frozenset({"", "C", "F", "K"})
"""Units that nobody bounds from below: degrees of comfort and the like."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What one shopper wants.

    ``wishes`` are told in order, after the ``kind``. ``mistaken`` is first told in the place of
    the first wish and taken back in the next turn; ``impossible`` is asked for on the way, and
    nothing in the shop fulfils it together with the kind.
    """

    number: int
    language: Language
    target: Product
    variant: Variant
    kind: Wish
    wishes: tuple[Wish, ...]
    mistaken: Wish | None = None
    impossible: Wish | None = None


def draw_goals(
    records: Records, language: Language, currency: str, count: int, seed: int
) -> list[Goal]:
    """So many goals, each target as likely as any other; the same for one seed.

    A target can be ordered, has a price and a kind that can be named.

    Raises:
        ValueError: no product of the shop can be a target.
    """
    rng = Random(f"{seed}-{language}")
    eligible = [one for one in records.products if _eligible(one, records)]
    if not eligible:
        raise ValueError("no product of the shop has a price, stock and a kind that can be named")
    return [_draw(records, rng.choice(eligible), n, language, currency, rng) for n in range(count)]


def _eligible(product: Product, records: Records) -> bool:
    return product.id in records.kinds and any(_sold(one) for one in product.variants)


def _sold(variant: Variant) -> bool:
    return variant.available and bool(variant.prices)


def _draw(
    records: Records, target: Product, number: int, language: Language, currency: str, rng: Random
) -> Goal:
    variant = rng.choice([one for one in target.variants if _sold(one)])
    kind = rng.choice(records.kinds[target.id])
    possible = dict.fromkeys(_possible(records, target, variant, currency, language))
    wishes = _pick(list(possible), rng.randint(_FEWEST, _MOST), rng)
    if rng.random() < _EXCLUDES:
        wishes = (*wishes, *_excluded(records, target, variant, kind, wishes, rng))
    changes, asks = rng.random() < _CHANGES, rng.random() < _IMPOSSIBLE
    mistaken = _other_value(records, target, variant, kind, wishes[0], rng) if wishes else None
    impossible = _impossible(records, kind, currency, wishes, rng) if asks else None
    return Goal(
        number, language, target, variant, kind, wishes, mistaken if changes else None, impossible
    )


def _possible(
    records: Records, target: Product, variant: Variant, currency: str, language: Language
) -> Iterator[Wish]:
    """Every wish that the target fulfils and that can be told in the language."""
    price = variant.price(currency)
    if price is not None:
        limit = round_up(price.amount)
        yield Wish("price", PRICE, maximum=limit, unit=price.currency)
    if target.brand:
        yield Wish("text", BRAND, target.brand)
    for name, value in variant.options:
        if (name, value) in records.shared:
            yield Wish("text", name, value, LocalText(name))
    chosen = {name for name, _ in variant.options}
    for one in target.attributes:
        if one.name not in chosen:
            yield from _about(one, records, language)


def _about(one: Attribute, records: Records, language: Language) -> Iterator[Wish]:
    label = LocalText(write_label(one, "en"), write_label(one, "zh"))
    if isinstance(one.value, bool):
        if one.value and len(label.get(language)) > 1:
            yield Wish("flag", one.name, label=label)
    elif isinstance(one.value, Decimal):
        if _is_sayable(one.name, one.value, one.unit):
            yield _bounded(one, label)
    elif (one.name, one.value) in records.shared:
        yield Wish("text", one.name, one.value, label)


def _is_sayable(name: str, value: Decimal, unit: str) -> bool:
    """Whether somebody would bound the number: it has a unit, and is no age and no temperature."""
    if unit in _UNSAID or "age" in name.split("_"):
        return False
    return value > 0 and bool(to_base(value, unit)[0])


def _bounded(one: Attribute, label: LocalText) -> Wish:
    """At least so much; of a weight, a size outside, and the like at most so much."""
    assert isinstance(one.value, Decimal)
    wish = Wish("number", one.name, label=label, unit=one.unit)
    if any(word in one.name for word in _THE_LESS):
        return replace(wish, maximum=one.value)
    return replace(wish, minimum=one.value)


def _pick(possible: list[Wish], count: int, rng: Random) -> tuple[Wish, ...]:
    """Different facts, the common ones more often."""
    chosen: list[Wish] = []
    left = list(possible)
    while left and len(chosen) < count:
        weights = [_COMMON.get(one.name, 1.0) for one in left]
        pick = rng.choices(left, weights)[0]
        chosen.append(pick)
        left = [one for one in left if one.name != pick.name]
    return tuple(chosen)


def _excluded(
    records: Records,
    target: Product,
    variant: Variant,
    kind: Wish,
    wishes: tuple[Wish, ...],
    rng: Random,
) -> Iterator[Wish]:
    """A brand, colour or material of other products of the kind, which is not wanted."""
    for name in rng.sample((BRAND, "color", "material"), 3):
        if any(one.name == name for one in wishes):
            continue
        about = Wish("text", name, label=LocalText(name))
        other = _other_value(records, target, variant, kind, about, rng)
        if other is not None:
            yield replace(other, exclude=True)
            return


def _other_value(
    records: Records, target: Product, variant: Variant, kind: Wish, wish: Wish, rng: Random
) -> Wish | None:
    """The wish with a value that others of the kind have and no variant of the target has."""
    if wish.kind != "text" or wish.name == SIZE:
        return None
    own = {text for one in target.variants for text in texts_of(target, one, wish.name)}
    others = {
        text
        for product in records.of_kind[kind]
        for one in product.variants
        for text in texts_of(product, one, wish.name)
        if (wish.name, text) in records.shared
    }
    choices = sorted(others - own, key=lambda text: text.all())
    fitting = [replace(wish, value=one) for one in choices]
    fitting = [one for one in fitting if not fulfils(target, (one,))]
    return rng.choice(fitting) if fitting and texts_of(target, variant, wish.name) else None


def _impossible(
    records: Records, kind: Wish, currency: str, wishes: tuple[Wish, ...], rng: Random
) -> Wish | None:
    """A price below all of the kind, or a brand of the shop that makes none of it."""
    same = records.of_kind[kind]
    prices = [price.amount for one in same for v in one.variants if (price := v.price(currency))]
    choices = []
    if prices and min(prices) >= 4 and all(one.name != PRICE for one in wishes):
        low = (min(prices) / 3).quantize(Decimal(1))
        choices.append(Wish("price", PRICE, maximum=max(low, Decimal(1)), unit=currency))
    here = {one.brand for one in same}
    brands = sorted({v for n, v in records.shared if n == BRAND} - here, key=lambda b: b.all())
    if brands and all(one.name != BRAND for one in wishes):
        choices.append(Wish("text", BRAND, rng.choice(brands)))
    rng.shuffle(choices)
    return next((one for one in choices if not records.any_fulfils((kind, one))), None)


def round_up(amount: Decimal) -> Decimal:
    """The round sum that somebody who pays this much says: 81.90 is 85, 489 is 490."""
    if amount < 10:
        return amount.to_integral_value() + 1
    step = Decimal(10) ** (amount.adjusted() - 1)
    step = step * 5 if amount / (step * 10) >= 5 else step
    return (amount / step).to_integral_value(rounding="ROUND_FLOOR") * step + step
