import numpy as np
import pytest

from catalog.recommenders.comparison import compare

RANDOM = np.random.default_rng(1)
OLD = RANDOM.random(400).astype(np.float32)


def test_a_steady_small_gain_is_significant():
    found = compare(OLD + np.float32(0.01), OLD)
    assert found.significant
    assert found.gain == pytest.approx(0.01, abs=1e-6)
    assert found.chance == 0.0


def test_noise_is_not():
    noise = RANDOM.normal(0, 0.3, 400)
    found = compare((OLD + noise - noise.mean()).astype(np.float32), OLD)
    assert not found.significant
    assert found.low < 0 < found.high
    assert 0.3 < found.chance < 0.7


def test_a_loss_is_not():
    found = compare(OLD - np.float32(0.1), OLD)
    assert not found.significant
    assert found.chance == 1.0


def test_the_same_seed_gives_the_same_interval():
    new = OLD + RANDOM.normal(0, 0.1, 400).astype(np.float32)
    assert compare(new, OLD) == compare(new, OLD)


@pytest.mark.parametrize(("new", "old"), [(OLD[:3], OLD), (OLD[:0], OLD[:0]), (OLD * np.nan, OLD)])
def test_figures_that_cannot_be_compared_are_refused(new, old):
    with pytest.raises(ValueError, match=r"expected (figures|finite)"):
        compare(new, old)
