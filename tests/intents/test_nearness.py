import numpy as np
import pytest

from intents.nearness import MOST_NAMES, NearestNames

PLACES = {"rose": (1.0, 0.0), "pink": (0.96, 0.28), "green": (0.0, 1.0), "grey": (0.7071, 0.7071)}


@pytest.fixture
def asked():
    return []


@pytest.fixture
def nearest(asked):
    def encode(texts):
        asked.append(tuple(texts))
        return np.asarray([PLACES[text] for text in texts], dtype=np.float32)

    return NearestNames(encode, threshold=0.94)


def test_the_nearest_name_with_its_cosine(nearest):
    assert nearest("rose", ["green", "pink"]) == (1, pytest.approx(0.96, abs=1e-4))


def test_nothing_near_enough_is_none(nearest):
    assert nearest("grey", ["green", "rose"]) is None
    assert nearest("grey", []) is None
    assert nearest(" ", ["green"]) is None


def test_candidates_are_embedded_once(nearest, asked):
    for _ in range(3):
        nearest("rose", ["green", "pink"])
    assert asked.count(("green", "pink")) == 1


def test_what_was_prepared_is_not_embedded_again(nearest, asked):
    nearest.prepare(["green", "pink"])
    assert asked == [("green", "pink")]
    nearest("rose", ["green", "pink"])
    assert asked == [("green", "pink"), ("rose",)]


def test_too_many_candidates_are_left_to_search(nearest, asked):
    many = [f"name {n}" for n in range(MOST_NAMES + 1)]
    nearest.prepare(many)
    assert nearest("rose", many) is None
    assert asked == []
