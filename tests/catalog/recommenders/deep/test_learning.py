"""What tells when to stop, by hand."""

import numpy as np
import pytest
import torch

from catalog.recommenders.deep.learning import Learning, _Validation
from catalog.recommenders.deep.sequences import NOTHING, HeldOut


class Fixed:
    """A net that scores every item by its number, for whoever asks."""

    def __call__(self, rows):
        return torch.zeros(*rows.shape, 1)

    def scores(self, states, items):
        return items.float().expand(len(states), -1).clone()


def test_the_held_out_item_is_ranked_among_what_was_not_chosen():
    held = HeldOut(np.array([[39, 3], [5, NOTHING]]), np.array([37, 0]))
    found = _Validation(Fixed(), held, longest=9, items=40)()
    # Of the first user's items only 38 is above 37; of the second's all but 5 are above 0.
    assert found == pytest.approx((1 / np.log2(3) + 1 / np.log2(38 + 2)) / 2, rel=1e-5)


def test_wrong_settings_are_refused():
    with pytest.raises(ValueError, match="from 1"):
        Learning(batch=0)
    with pytest.raises(ValueError, match=r"held in \[0, 1\)"):
        Learning(held=1.0)
