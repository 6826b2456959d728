"""Every test of the training runs on one thread of torch."""

import pytest


@pytest.fixture(autouse=True)
def _quick(one_thread):
    return
