import pytest

from catalog.events.limits import RateLimiter


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_bucket_empties_and_fills_again():
    clock = Clock()
    limiter = RateLimiter(2, 10, clock)
    assert limiter.take("a", 10) == 0
    assert limiter.take("a", 4) == 2.0
    assert limiter.take("b", 4) == 0
    clock.now = 1.0
    assert limiter.take("a", 4) == 1.0
    clock.now = 2.0
    assert limiter.take("a", 4) == 0


def test_a_thousand_a_second_are_mostly_refused():
    clock = Clock()
    limiter = RateLimiter(20, 200, clock)
    taken = 0
    for number in range(3_000):
        clock.now = number / 1_000
        taken += limiter.take("flood", 1) == 0
    assert 255 <= taken <= 261


def test_more_than_a_bucket_holds_takes_a_full_one():
    clock = Clock()
    limiter = RateLimiter(1, 5, clock)
    assert limiter.take("a", 50) == 0
    assert limiter.take("a", 50) == 5.0


def test_senders_of_long_ago_are_forgotten():
    clock = Clock()
    limiter = RateLimiter(1, 5, clock)
    for number in range(30_000):
        clock.now = number / 1_000
        limiter.take(str(number), 1)
    assert len(limiter._buckets) <= 10_001
    assert limiter.take("29999", 5) > 0


@pytest.mark.parametrize("sizes", [(0, 1), (1, 0), (float("nan"), 1)])
def test_wrong_sizes_are_refused(sizes):
    with pytest.raises(ValueError, match="above 0"):
        RateLimiter(*sizes)
