import numpy as np
import pytest

from assistant.faq.calibration import Calibration, Evidence, fit_calibration

RNG = np.random.default_rng(0)


def evidence(near):
    return Evidence(near, near / 2, 0.8, 0.1, 3.0)


def measured(count, centre):
    return [evidence(value) for value in RNG.normal(centre, 0.03, count)]


RIGHT, WRONG = measured(200, 0.95), measured(200, 0.85)
MODEL = fit_calibration([(x, True) for x in RIGHT] + [(x, False) for x in WRONG], WRONG, 0.02)


def test_probability_grows_with_nearness_and_stays_within_bounds():
    chances = [MODEL.probability(evidence(near)) for near in (-50, 0.8, 0.9, 1.0, 50)]
    assert chances == sorted(chances)
    assert 0 <= chances[0] < 0.1 and 0.9 < chances[3] <= chances[4] <= 1


def test_probability_means_what_it_says():
    chances = np.array([MODEL.probability(x) for x in RIGHT + WRONG])
    unsure = (chances > 0.3) & (chances < 0.7)
    right = np.array([True] * 200 + [False] * 200)
    assert abs(chances.mean() - 0.5) < 0.02
    assert abs(right[unsure].mean() - chances[unsure].mean()) < 0.2


def test_the_threshold_keeps_the_rate_of_false_answers():
    false = np.mean([MODEL.probability(x) >= MODEL.threshold for x in WRONG])
    assert false == pytest.approx(0.02, abs=0.005)


def test_fitting_twice_gives_the_same():
    samples = [(x, True) for x in RIGHT] + [(x, False) for x in WRONG]
    assert fit_calibration(samples, WRONG, 0.02) == MODEL


@pytest.mark.parametrize(
    ("samples", "unanswerable"),
    [([], WRONG), ([(RIGHT[0], True)], WRONG), ([(RIGHT[0], True), (WRONG[0], False)], [])],
)
def test_one_kind_of_sample_alone_is_refused(samples, unanswerable):
    with pytest.raises(ValueError, match="right and wrong matches and unanswerable"):
        fit_calibration(samples, unanswerable, 0.02)


def test_a_calibration_is_a_logistic_model():
    model = Calibration(-1.0, Evidence(2.0, 0, 0, 0, 0), 0.5)
    assert model.probability(Evidence(0.5, 0, 0, 0, 0)) == pytest.approx(0.5)
