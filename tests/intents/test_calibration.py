import numpy as np
import pytest

from intents.calibration import (
    choose_multilabel_thresholds,
    choose_thresholds,
    expected_calibration_error,
    fit_multilabel_temperature,
    fit_temperature,
    reliability,
    sigmoid,
    softmax,
)


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


def test_sigmoid_warms_and_cools():
    logits = np.array([[2.0, -2.0]], dtype=np.float32)
    assert sigmoid(logits)[0] == pytest.approx([0.8808, 0.1192], abs=1e-4)
    assert sigmoid(logits, 4.0)[0, 0] == pytest.approx(0.6225, abs=1e-4)


def test_overconfident_logits_are_cooled_to_their_true_rate():
    generator = np.random.default_rng(3)
    true = generator.normal(0, 2, (4_000, 3)).astype(np.float32)
    wanted = generator.random(true.shape) < sigmoid(true)
    assert fit_multilabel_temperature(true, wanted) == pytest.approx(1, abs=0.12)
    assert fit_multilabel_temperature(3 * true, wanted) == pytest.approx(3, rel=0.12)


OUTSIDE = 3


def multilabel(count=2_000, seed=5):
    """Scores of three intents and "outside": mostly right, unsure ones often wrong."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 4, count)
    wanted = np.eye(4, dtype=bool)[labels]
    second = (labels + 1) % 3
    both = (generator.random(count) < 0.15) & (labels < 3)
    wanted[both, second[both]] = True
    scores = np.where(
        wanted, generator.uniform(0.6, 1, wanted.shape), generator.uniform(0, 0.2, wanted.shape)
    )
    confused = generator.random(count) < 0.1
    scores[confused] = generator.uniform(0, 0.4, (confused.sum(), 4))
    return scores.astype(np.float32), wanted


def test_lines_for_independent_scores_keep_their_promises():
    scores, wanted = multilabel()
    lines = choose_multilabel_thresholds(scores, wanted, OUTSIDE)
    rows, first = np.arange(len(scores)), scores.argmax(axis=1)
    best, right = scores[rows, first], wanted[rows, first]
    assert 0.3 < lines.understood <= 0.6
    assert right[best >= lines.understood].mean() >= 0.85
    assert right[best < lines.understood].mean() < 0.5
    assert 0.5 <= lines.several < 0.65
    inside = ~wanted[:, OUTSIDE]
    assert (scores[inside, OUTSIDE] >= lines.out_of_scope).mean() <= 0.01
    assert (scores[~inside, OUTSIDE] >= lines.out_of_scope).mean() > 0.85


def test_a_line_for_outside_goes_no_lower_than_it_must():
    wanted = np.array([[True, False]] * 200 + [[False, True]] * 20)
    scores = np.where(wanted, 0.9, 0.01).astype(np.float32)
    lines = choose_multilabel_thresholds(scores, wanted, 1)
    assert lines.out_of_scope == pytest.approx((0.01 + 0.9) / 2, abs=1e-3)


def test_clear_scores_leave_no_doubt():
    wanted = np.eye(3, dtype=bool)[np.arange(90) % 3]
    scores = np.where(wanted, 0.9, 0.1).astype(np.float32)
    lines = choose_multilabel_thresholds(scores, wanted, -1)
    assert (lines.understood, lines.margin) == (pytest.approx(0.9), 0.0)
    assert lines.out_of_scope == 1.0
    assert lines.several > 0.9  # no second intent was ever right


def test_close_seconds_below_the_line_of_several_are_ties():
    close = np.array([[0.45, 0.44, 0.01]] * 10 + [[0.45, 0.1, 0.01]] * 90, dtype=np.float32)
    wanted = np.zeros((100, 3), dtype=bool)
    wanted[:4, 0] = wanted[4:10, 1] = wanted[10:, 0] = True
    assert choose_multilabel_thresholds(close, wanted, -1).margin == pytest.approx(0.01, abs=1e-3)
    wanted[:6, 0], wanted[:6, 1] = True, False
    assert choose_multilabel_thresholds(close, wanted, -1).margin == 0


def test_low_scores_that_are_too_often_wrong_are_not_understood():
    scores = np.array([[0.3, 0.1]] * 10 + [[0.8, 0.1]] * 90, dtype=np.float32)
    wanted = np.zeros((100, 2), dtype=bool)
    wanted[4:, 0] = True
    # Ninety-six of a hundred are right whatever the line, and most of the low ones too.
    assert choose_multilabel_thresholds(scores, wanted, -1).understood == pytest.approx(0.3)
    # A wrong answer costs 1.6 times what none costs: four of ten right are enough, three are not.
    wanted[4:6, 0] = False
    assert choose_multilabel_thresholds(scores, wanted, -1).understood == pytest.approx(0.3)
    wanted[6, 0] = False
    assert choose_multilabel_thresholds(scores, wanted, -1).understood == pytest.approx(0.55)


def test_thresholds_want_scores_and_labels_of_one_shape():
    scores = np.zeros((2, 3), dtype=np.float32)
    with pytest.raises(ValueError, match=r"one shape .* \(2, 3\) and \(2, 2\)"):
        choose_multilabel_thresholds(scores, np.zeros((2, 2), dtype=bool), 0)
    with pytest.raises(ValueError, match="at least two intents"):
        choose_multilabel_thresholds(scores[:, :1], np.zeros((2, 1), dtype=bool), -1)


def test_calibrated_probabilities_have_no_error():
    generator = np.random.default_rng(1)
    confidence = generator.random(20_000).astype(np.float32)
    right = generator.random(20_000) < confidence
    bins = reliability(confidence, right)
    assert sum(one.count for one in bins) == 20_000
    assert expected_calibration_error(bins) < 0.02
    assert expected_calibration_error(reliability(confidence, np.zeros(20_000, bool))) > 0.45


def test_reliability_bins_hold_their_edges_once():
    confidence = np.array([0.0, 0.09, 0.11, 1.0], dtype=np.float32)
    bins = reliability(confidence, np.array([True, False, True, True]))
    assert [one.count for one in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert bins[0].accuracy == 0.5
    assert bins[9].confidence == 1.0


def test_without_answers_there_is_no_error():
    empty = reliability(np.array([], dtype=np.float32), np.array([], dtype=bool))
    assert expected_calibration_error(empty) == 0
