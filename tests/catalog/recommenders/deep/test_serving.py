"""What is served imports no torch."""

import subprocess
import sys

import numpy as np
import pytest

from tests.catalog.recommenders.deep.small import feed_forward, sequence
from tests.catalog.recommenders.test_models import VECTORS, checkerboard

SERVE = """
import sys
sys.modules["torch"] = None  # any import of it fails
from pathlib import Path
from catalog.recommenders.saving import kind_of
from catalog.recommenders.parts import LOADERS
for folder in map(Path, sys.argv[1:]):
    model = LOADERS[kind_of(folder)](folder)
    assert model.for_session([0, 2, 4]).argmax() % 2 == 0, folder
    assert model.explain(3, 7), folder
print("served")
"""


def test_trained_nets_are_served_where_torch_is_not(tmp_path):
    data = checkerboard()
    models = {name: sequence(name)(data) for name in ("gru", "cnn", "attention")}
    models["feed_forward"] = feed_forward(data, features=VECTORS)
    for name, model in models.items():
        model.save(tmp_path / name)
    command = [sys.executable, "-c", SERVE, *(str(tmp_path / name) for name in models)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "served\n", done.stderr


@pytest.mark.parametrize("name", ["gru", "cnn", "attention", "feed_forward"])
@pytest.mark.parametrize("session", [[0, 2, 4], [3], [], [-1, 999]])
def test_some_items_have_the_scores_they_have_among_all(name, session):
    data = checkerboard()
    fit = feed_forward if name == "feed_forward" else sequence(name)
    model = fit(data)
    among = np.array([5, 0, 7])
    assert np.allclose(model.for_session_of(session, among), model.for_session(session)[among])
