from collections import Counter
from random import Random

import pytest

from intents.examples import ExampleError
from intents.generators.grammar import digits, grammar, one_of, weighted, whole
from tests.intents.generators.making import made


def test_rules_refer_to_rules_and_leaves():
    make = grammar(
        {"start": "(at most|under) {money}", "money": "{n}( dollars|$)"}, {"n": whole(7, 8)}
    )
    assert set(made(make, 200)) == {
        f"{bound} {n}{unit}" for bound in ("at most", "under") for n in (7, 8)
        for unit in (" dollars", "$")
    }  # fmt: skip


def test_chinese_rules_and_empty_options():
    assert set(made(grammar({"start": "{n}块(|钱)(以内|)"}, {"n": one_of("三百")}), 60)) == {
        "三百块", "三百块钱", "三百块以内", "三百块钱以内",
    }  # fmt: skip


def test_a_leaf_wins_over_a_rule_of_its_name():
    assert grammar({"start": "{n}", "n": "rule"}, {"n": one_of("leaf")})(Random(1)) == "leaf"


def test_a_backslash_takes_the_meaning_of_a_sign():
    assert grammar({"start": r"\(0\) 5\|6"})(Random(1)) == "(0) 5|6"


def test_an_unknown_name_is_an_error_with_its_cure():
    with pytest.raises(ValueError, match="expected a rule or leaf, got 'mony'; add it"):
        grammar({"start": "under {mony}", "money": "5"})(Random(1))


def test_a_broken_rule_is_named():
    with pytest.raises(ExampleError, match=r"rule 'start'.*without"):
        grammar({"start": "(a|b"})


def test_whole_numbers_reach_both_bounds():
    assert set(made(whole(3, 6), 100)) == {"3", "4", "5", "6"}


@pytest.mark.parametrize("lengths", [(1,), (4, 6), (14,)])
def test_digits_have_the_lengths_and_no_leading_zero(lengths):
    runs = made(digits(*lengths), 300)
    assert {len(run) for run in runs} == set(lengths)
    assert all(run.isdecimal() and run[0] != "0" for run in runs)


def test_weights_decide_how_often():
    make = weighted((0.9, one_of("often")), (0.1, one_of("rarely")))
    counts = Counter(make(Random(seed)) for seed in range(1000))
    assert 30 < counts["rarely"] < 200
    assert counts["often"] == 1000 - counts["rarely"]
