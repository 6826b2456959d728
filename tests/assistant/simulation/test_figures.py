import pytest

from assistant.simulation.figures import compare, figures, report, wilson
from assistant.simulation.goals import draw_goals
from assistant.simulation.playing import Played
from tests.assistant.simulation.shop import shop

GOAL = draw_goals(shop(), "en", "USD", 1, 1)[0]


def played(*turns, **fields):
    return [Played(GOAL, "x", turn, **fields) for turn in turns]


@pytest.mark.parametrize(
    ("successes", "count", "interval"),
    [
        (8, 10, (0.4902, 0.9433)),
        (0, 10, (0.0, 0.2775)),
        (950, 1000, (0.9347, 0.9619)),
        (0, 0, (0, 1)),
    ],
)
def test_the_interval_is_wilsons(successes, count, interval):
    assert wilson(successes, count) == pytest.approx(interval, abs=2e-4)


def test_figures_count_what_happened():
    found = figures(played(1, 5, 6, None, violations=["a", "b"], unbacked=["c"], shown=3))
    assert found["success@5"] == 0.5
    assert found["success@10"] == 0.75
    assert found["average_turns"] == (1 + 5 + 6 + 10) / 4
    assert (found["constraint_violations"], found["unbacked_claims"]) == (8, 4)
    assert (found["goals"], found["products_shown"], found["false_nothing_found"]) == (4, 12, 0)


def test_systems_are_compared_goal_by_goal():
    better = compare(played(*[1] * 12), played(*[None] * 10, 1, 2))
    assert (better["won@10"], better["lost@10"]) == (10, 0)
    assert better["success@10_p"] == pytest.approx(2 * 0.5**10)
    assert better["turns_p"] < 0.01
    same = compare(played(1, 2, None), played(1, 2, None))
    assert same["won@5"] == same["lost@5"] == same["won@10"] == same["lost@10"] == 0
    assert same["success@5_p"] == same["success@10_p"] == same["turns_p"] == 1.0
    sooner = compare(played(*[2] * 9, 6), played(*[7] * 9, 3))
    assert (sooner["won@5"], sooner["lost@5"]) == (9, 1)
    assert sooner["success@5_p"] == pytest.approx(2 * (1 + 10) * 0.5**10)
    assert (sooner["won@10"], sooner["success@10_p"]) == (0, 1.0)
    with pytest.raises(ValueError, match="shorter"):
        compare(played(1, 2), played(1))


def test_a_report_has_every_system_and_language():
    results = {
        "assistant": {"en": played(1), "zh": played(2)},
        "search_only": {"en": played(None), "zh": played(2)},
    }
    found = report(results, 7, 1.23)
    assert (found["seed"], found["goals"], found["success@10"]) == (7, 2, 1.0)
    assert found["languages"]["zh"]["average_turns"] == 2
    peer = found["peers"]["search_only"]
    assert peer["success@10"] == 0.5
    assert peer["against"]["won@10"] == 1
    assert peer["against"]["languages"]["zh"]["won@10"] == 0
