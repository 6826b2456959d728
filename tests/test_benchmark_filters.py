import random
from decimal import Decimal

from catalog.types import FlagConstraint, NumberConstraint, ProductFilter, TextConstraint
from tests.benchmarks.filters.brute_force import BruteForce
from tests.benchmarks.filters.drawing import Drawer
from tests.catalog.products import variant_passes
from tests.catalog.shop import PRODUCTS
from tests.catalog.small_shops import BILINGUAL

EVERYTHING = [*PRODUCTS, *BILINGUAL]


def slow(wanted):
    """The definition read word by word, product after product."""
    found = {}
    for one in EVERYTHING:
        low = wanted.minimum_rating
        if one.id in wanted.excluded_products or (low and (one.rating or 0) < low):
            continue
        passing = {choice.id for choice in one.variants if variant_passes(one, choice, wanted)}
        if passing:
            found[one.id] = passing
    return found


def test_brute_force_agrees_with_the_definition():
    brute = BruteForce(EVERYTHING)
    drawer = Drawer(EVERYTHING, random.Random(5))
    for _ in range(400):
        wanted, _anchor = drawer.draw()
        assert brute.passing(wanted) == slow(wanted), wanted


def test_brute_force_knows_a_case_worked_out_by_hand():
    brute = BruteForce(EVERYTHING)
    blue = ProductFilter(
        maximum_price=Decimal(70), currency="USD", attributes=(TextConstraint("color", ("蓝色",)),)
    )
    assert brute.passing(blue) == {"run-1": {"run-1-blue"}, "run-3": {"run-3-a"}}
    long = ProductFilter(attributes=(NumberConstraint("battery_life", Decimal(600), unit="min"),))
    assert brute.passing(long).keys() == {"ear-1", "Sonaro Studio|声朗 头戴式耳机"}
    loud = ProductFilter(exclusions=(FlagConstraint("noise_cancelling"),))
    assert "ear-1" not in brute.passing(loud)
    assert "ear-2" in brute.passing(loud)


def test_filters_are_drawn_alike_from_one_seed_and_of_every_kind():
    drawn = [Drawer(EVERYTHING, random.Random(1)) for _ in range(2)]
    first, second = ([one.draw()[0] for _ in range(300)] for one in drawn)
    assert first == second
    kinds = {type(c) for wanted in first for c in (*wanted.attributes, *wanted.exclusions)}
    assert kinds == {TextConstraint, NumberConstraint, FlagConstraint}
    assert any(len(wanted.brands) > 1 for wanted in first)
    assert any(wanted.minimum_price is not None for wanted in first)
    assert any(wanted.available_only for wanted in first)
