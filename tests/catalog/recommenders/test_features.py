"""Narrower rows keep what the rows say of each other."""

import numpy as np
import pytest

from catalog.recommenders.features import compressed


def test_few_directions_are_kept_whole():
    random = np.random.default_rng(0)
    wide = (random.normal(size=(30, 3)) @ random.normal(size=(3, 40))).astype(np.float32)
    narrow = compressed(wide, 3)
    assert narrow.shape == (30, 3)
    scale = np.square(wide).sum(axis=1).mean()
    np.testing.assert_allclose(narrow @ narrow.T, wide @ wide.T / scale, atol=1e-4)
    np.testing.assert_array_equal(narrow, compressed(wide, 3))


def test_nothing_known_stays_nothing():
    wide = np.zeros((9, 8), np.float32)
    wide[:4, :3] = np.arange(12).reshape(4, 3)
    assert not compressed(wide, 2)[5:].any()
    assert compressed(wide, 20).shape == (9, 8)
    with pytest.raises(ValueError, match="size from 1"):
        compressed(wide, 0)
