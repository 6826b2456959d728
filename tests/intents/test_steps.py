import numpy as np
import pytest

from intents.steps import from_steps, in_steps


@pytest.mark.parametrize("width", [1, 5, 8, 40])
def test_a_change_in_steps_is_off_by_half_a_step_at_most(width):
    change = np.random.default_rng(4).standard_normal((5, width)).astype(np.float32)
    change[2] = 0.0
    change[3] *= 1000.0
    packed, size = in_steps(change)
    assert packed.dtype == np.uint8
    assert packed.shape == (5, -(-7 * width // 8))
    back = from_steps(packed, size, width)
    assert (np.abs(back - change) <= size[:, None] * 0.5001).all()
    assert not back[2].any()


def test_the_largest_change_of_a_row_is_kept():
    change = np.array([[3.0, -6.0], [0.25, 0.0]], np.float32)
    back = from_steps(*in_steps(change), 2)
    assert np.abs(back).max(axis=1) == pytest.approx([6.0, 0.25])
