import numpy as np
import pytest

from intents.calibration import choose_thresholds, fit_temperature, softmax


def test_softmax_sums_to_one_and_sharpens_with_cold():
    scores = np.array([[1.0, 0.0]], dtype=np.float32)
    warm, cold = softmax(scores, 1.0), softmax(scores, 0.1)
    assert warm.sum() == pytest.approx(1)
    assert cold[0, 0] > warm[0, 0]


def test_the_temperature_makes_sure_scores_sure():
    labels = np.array([0, 1] * 50)
    clear = np.eye(2, dtype=np.float32)[labels]
    noisy = clear.copy()
    noisy[::3] = noisy[::3, ::-1]
    assert fit_temperature(clear, labels) < fit_temperature(noisy, labels)


def test_understood_is_the_lowest_line_that_keeps_its_promise():
    best = np.linspace(0.99, 0.51, 100)
    probabilities = np.stack([best, 1 - best], axis=1).astype(np.float32)
    labels = np.array([0] * 60 + [1] * 40)  # the 40 least sure ones are wrong
    line = choose_thresholds(probabilities, labels, -1).understood
    kept = probabilities[:, 0] >= line
    assert (labels[kept] == 0).mean() >= 0.85
    assert kept.sum() > 60


def test_the_out_of_scope_line_rejects_one_in_a_hundred_at_most():
    generator = np.random.default_rng(7)
    outside = generator.uniform(0, 0.4, 1000).astype(np.float32)
    probabilities = np.stack([1 - outside, outside], axis=1)
    labels = np.zeros(1000, dtype=np.int64)
    line = choose_thresholds(probabilities, labels, 1).out_of_scope
    assert (outside >= line).sum() <= 11
    assert line < outside.max()


def test_close_seconds_that_are_often_right_are_ties():
    close = np.array([[0.51, 0.49]] * 10 + [[0.95, 0.05]] * 90, dtype=np.float32)
    labels = np.array([1] * 6 + [0] * 94)
    assert choose_thresholds(close, labels, -1).margin == pytest.approx(0.02, abs=1e-3)


def test_without_an_out_of_scope_class_nothing_is_outside():
    probabilities = np.array([[0.9, 0.1], [0.2, 0.8]], dtype=np.float32)
    assert choose_thresholds(probabilities, np.array([0, 1]), -1).out_of_scope == 1.0
