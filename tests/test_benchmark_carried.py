from collections import Counter

import pytest

from catalog.text import has_chinese
from tests.benchmarks.carried.run import _shares, read_queries


def test_there_are_fifty_queries_of_every_kind_and_none_twice():
    queries = read_queries()
    cells = Counter((one.part, one.present, one.language) for one in queries)
    assert set(cells.values()) == {50}
    assert len(cells) == 8
    assert len({one.text for one in queries}) == len(queries) == 400
    assert all(has_chinese(one.text) is (one.language == "zh") for one in queries)


def test_missing_queries_are_said(tmp_path):
    with pytest.raises(ValueError, match="expected queries at"):
        read_queries(tmp_path)


def test_a_share_is_right_answers_over_queries():
    absent = [one for one in read_queries() if not one.present]
    shares = _shares([(one, at % 4 == 0) for at, one in enumerate(absent)])
    assert shares["absent"] == 0.75
    assert "present" not in shares
