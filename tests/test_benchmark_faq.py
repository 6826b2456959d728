"""What the benchmark ``faq`` reads and counts."""

import gzip
from argparse import Namespace

import pytest
import yaml

from tests.benchmarks.faq import cli
from tests.benchmarks.faq.pairs import FOLDER, Pair, read_pairs


def write_pairs(folder, name, *lines):
    (folder / FOLDER).mkdir(exist_ok=True, parents=True)
    with gzip.open(folder / FOLDER / name, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))


def test_pairs_come_from_the_test_part_where_there_is_one(tmp_path):
    data, test = tmp_path / "data", tmp_path / "test"
    write_pairs(data, "LCQMC_dev.txt.gz", "怎么退货\t如何退货\t1", "怎么退货\t怎么换货\t0")
    assert read_pairs(data, None, "LCQMC") == (
        Pair("怎么退货", "如何退货", True),
        Pair("怎么退货", "怎么换货", False),
    )
    write_pairs(test, "LCQMC_test.txt.gz", "几点开门\t何时营业\t1")
    assert read_pairs(data, test, "LCQMC") == (Pair("几点开门", "何时营业", True),)


@pytest.mark.parametrize("line", ["怎么退货\t如何退货", "a\tb\t2", ""])
def test_a_malformed_line_is_named(tmp_path, line):
    write_pairs(tmp_path, "AFQMC_dev.txt.gz", "a\tb\t1", line, "c\td\t0")
    with pytest.raises(ValueError, match="line 2"):
        read_pairs(tmp_path, None, "AFQMC")


def test_a_missing_set_is_named(tmp_path):
    with pytest.raises(ValueError, match="AFQMC"):
        read_pairs(tmp_path, None, "AFQMC")


def test_every_entry_has_paraphrases_in_both_languages_and_none_was_used_to_fit():
    ours = yaml.safe_load((cli._HERE / "paraphrases.yml").read_text("utf-8"))
    test = yaml.safe_load(cli._SEEN.read_text("utf-8"))["answerable"]
    fitted = yaml.safe_load(cli._SEEN.with_name("faq_paraphrases.yml").read_text("utf-8"))
    assert ours.keys() == test.keys() == fitted.keys()
    for language in ("en", "zh"):
        texts = [text for by_language in ours.values() for text in by_language[language]]
        known = {text for by_language in fitted.values() for text in by_language[language]}
        assert len(texts) + len(test) == 300
        assert len(set(texts)) == len(texts) and known.isdisjoint(texts)


def test_what_nothing_answers_was_not_used_to_fit_either():
    ours = yaml.safe_load((cli._HERE / "unanswerable.yml").read_text("utf-8"))
    fitted = yaml.safe_load(cli._SEEN.with_name("faq_unanswerable.yml").read_text("utf-8"))
    test = yaml.safe_load(cli._SEEN.read_text("utf-8"))["unanswerable"]
    for language in ("en", "zh"):
        known = {text for texts in fitted[language].values() for text in texts}
        assert known.isdisjoint(ours[language]) and set(test[language]).isdisjoint(ours[language])
        assert len(ours[language]) + len(test[language]) == 100


def test_the_benchmark_counts_right_wrong_and_false_answers(tmp_path):
    find = {"a": ("1", True), "b": ("2", True), "c": ("3", False), "x": ("1", True)}
    asked = [cli._Asked("a", "en", "1"), cli._Asked("b", "en", "1"), cli._Asked("c", "en", "3")]
    figures = cli._figures(lambda text, _: find[text], asked, ["c", "x"], "en")
    assert figures == {
        "messages": 3,
        "accuracy": 66.67,
        "answered": 33.33,
        "wrong_answers": 33.33,
        "unanswerable": 2,
        "false_answers": 50.0,
    }
    with pytest.raises(ValueError, match="LCQMC"):
        cli.run_faq(Namespace(data=tmp_path, test=None, entries=10, own_only=False))
