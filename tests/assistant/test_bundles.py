from decimal import Decimal
from itertools import product
from random import Random

import pytest

from assistant.bundles import BundlesError, Offer, cheapest, choose, kind_named, read_bundles

FILE = """
- name: {en: tea corner, zh: 茶角}
  words: {en: [tea], zh: [喝茶]}
  parts:
    - {en: Tea cups, zh: 茶杯}
    - {en: Tea sets, zh: 茶具}
"""


def amounts(*parts):
    """Offers of these prices, each of a product of its own."""
    return [
        [Offer(f"{number}-{place}", Decimal(one)) for place, one in enumerate(part)]
        for number, part in enumerate(parts)
    ]


@pytest.mark.parametrize(
    ("prices", "limit", "places"),
    [
        (amounts([10, 5], [20, 7]), None, (0, 0)),
        (amounts([10, 5], [20, 7]), 30, (0, 0)),
        (amounts([10, 5], [20, 7]), 25, (0, 1)),
        (amounts([10, 5], [20, 7]), 12, (1, 1)),
        (amounts([10, 5], [20, 7]), 11, None),
        (amounts([100, 1], [1], [1]), 3, (1, 0, 0)),
    ],
)
def test_the_best_that_the_sum_allows(prices, limit, places):
    assert choose(prices, Decimal(limit) if limit else None) == places


def test_it_is_never_beaten_by_trying_everything():
    rng = Random(5)
    for _ in range(60):
        prices = amounts(*([rng.randint(1, 40) for _ in range(5)] for _ in range(3)))
        limit = Decimal(rng.randint(5, 90))
        fitting = [
            places
            for places in product(range(5), repeat=3)
            if sum(prices[part][place].price for part, place in enumerate(places)) <= limit
        ]
        best = min((sum(places) for places in fitting), default=None)
        found = choose(prices, limit)
        assert (sum(found) if found else None) == best


def offers(*parts):
    return [[Offer(id_, Decimal(price)) for id_, price in part] for part in parts]


KETTLE, POT, CUP = ("kettle", 30), ("pot", 20), ("cup", 5)


@pytest.mark.parametrize(
    ("parts", "limit", "chosen"),
    [
        (offers([KETTLE, POT], [KETTLE]), None, (1, 0)),
        (offers([KETTLE], [KETTLE, POT]), None, (0, 1)),
        (offers([POT, CUP], [POT, KETTLE]), 25, (1, 0)),
        (offers([POT, KETTLE, CUP], [POT, KETTLE]), 30, (2, 0)),
        (offers([POT], [POT]), None, None),
    ],
)
def test_no_product_is_two_parts(parts, limit, chosen):
    assert choose(parts, Decimal(limit) if limit else None) == chosen


def test_the_cheapest_differ_too():
    assert cheapest(offers([POT, CUP], [CUP, KETTLE])) == (0, 0)
    assert cheapest(offers([CUP], [CUP])) is None


def test_six_parts_of_twelve_are_quick():
    rng = Random(7)
    prices = amounts(*([rng.randint(1, 99) for _ in range(12)] for _ in range(6)))
    assert choose(prices, Decimal(120)) is not None


def test_the_cheapest_of_each():
    assert cheapest(amounts([10, 5], [7, 20])) == (1, 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [("a tea corner", True), ("喝茶的一套", True), ("a team outfit", False), ("steak", False)],
)
def test_a_set_is_named_by_its_words(tmp_path, text, found):
    path = tmp_path / "bundles.yml"
    path.write_text(FILE, "utf-8")
    assert (kind_named(read_bundles(path), text) is not None) is found


@pytest.mark.parametrize("text", ["- name: {en: a, zh: b}", "- [", "- {name: 3}"])
def test_a_wrong_file_is_refused(tmp_path, text):
    path = tmp_path / "bundles.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(BundlesError, match=r"bundles\.yml"):
        read_bundles(path)


def test_without_a_file_there_are_no_sets(tmp_path):
    assert read_bundles(tmp_path / "bundles.yml") == ()
