from datetime import UTC, datetime, timedelta

import pytest

from catalog.recommending.decay import Decayed

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_sums_halve_with_time_whatever_the_order():
    sums = Decayed(10.0)
    sums.add("茶", 2.0, START + timedelta(days=10))
    sums.add("茶", 4.0, START)
    sums.add("ink", -1.0, START + timedelta(days=20))
    assert sums.ids == ["茶", "ink"]
    found = sums.sums(START + timedelta(days=20))
    assert found.tolist() == pytest.approx([2.0 / 2 + 4.0 / 4, -1.0])


def test_decades_of_short_half_lives_stay_numbers():
    sums = Decayed(0.5)
    for year in range(30):
        sums.add("a", 1.0, START + timedelta(days=365 * year))
    sums.add("b", 1.0, START - timedelta(days=9_000))
    newest = START + timedelta(days=365 * 29)
    assert sums.sums(newest).tolist() == pytest.approx([1.0, 0.0])


def test_many_ids_and_none():
    sums = Decayed(1.0)
    assert sums.sums(START).tolist() == []
    for number in range(200):
        sums.add(str(number), 1.0, START)
    assert sums.sums(START).sum() == pytest.approx(200)
