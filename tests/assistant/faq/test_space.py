import numpy as np
import pytest

from assistant.faq.space import FaqSpace, entry_means

RNG = np.random.default_rng(1)
BACKGROUND = RNG.normal(size=(40, 8)).astype(np.float32)
SPOKEN = ["en"] * 20 + ["zh"] * 20


def fit(questions, languages, owners):
    return FaqSpace.fit(
        np.array(questions, np.float32), languages, np.array(owners, np.intp), BACKGROUND, SPOKEN
    )


def test_means_of_entries():
    vectors = np.array([[1, 0], [3, 0], [0, 5]], np.float32)
    np.testing.assert_array_equal(entry_means(vectors, np.array([0, 0, 1])), [[2, 0], [0, 5]])


def test_placed_vectors_have_length_one():
    space = fit(RNG.normal(size=(6, 8)), ["en", "zh"] * 3, [0, 0, 1, 1, 2, 2])
    placed = space.place(BACKGROUND, SPOKEN)
    np.testing.assert_allclose(np.linalg.norm(placed, axis=1), 1, atol=1e-5)


def test_what_varies_within_entries_counts_less():
    noise = np.zeros((40, 8))
    noise[:, 0] = RNG.normal(scale=5, size=40)  # ways of asking differ here
    topics = np.repeat(np.eye(8)[1:3], 20, axis=0)  # entries differ there
    space = fit(topics + noise, ["en"] * 40, np.repeat([0, 1], 20))
    assert np.linalg.norm(space.transform[0]) < 0.5 * np.linalg.norm(space.transform[3])


def test_a_language_is_centred_by_its_own_messages():
    space = fit(np.eye(8)[:2], ["en", "zh"], [0, 1])
    for name in ("en", "zh"):
        own = BACKGROUND[[spoken == name for spoken in SPOKEN]]
        assert space.centre(own, [name] * 20).mean(0) == pytest.approx(np.zeros(8), abs=1e-6)


def test_one_question_an_entry_and_none_at_all_are_fine():
    np.testing.assert_array_equal(fit(np.eye(8), ["en"] * 8, range(8)).transform, np.eye(8))
    np.testing.assert_array_equal(fit(np.zeros((0, 8)), [], []).transform, np.eye(8))
