from decimal import Decimal

import pytest

from intents.shape import NUMBER, shape
from intents.values.bounds import compile_bounds, find_bounds, limits

PATTERNS = compile_bounds(lambda group: rf"(?P<n{group}>{NUMBER}) apples")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("under 5 apples", "maximum"),
        ("5 apples at most", "maximum"),
        ("no more than 5 apples", "maximum"),
        ("not less than 5 apples", "minimum"),
        ("5 apples or more", "minimum"),
        ("between 3 apples and 5 apples", "range"),
        ("around 5 apples", "around"),
        ("what about around 5 apples", "around"),
        ("what about 5 apples", "bare"),
        ("how about 5 apples", "bare"),
        ("how about under 5 apples", "maximum"),
        ("from 3 apples up to 5 apples", "range"),
        ("sub 5 apples", "maximum"),
        ("5 apples is my limit", "maximum"),
        ("exactly 5 apples", "exactly"),
        ("5 apples", "bare"),
    ],
)
def test_the_surest_reading_claims_the_amount(text, relation):
    (bound,) = find_bounds(shape(text), PATTERNS)
    assert bound.relation == relation
    assert bound.match.group().count("apples") == text.count("apples")


def test_two_amounts_are_two_bounds():
    found = list(find_bounds(shape("over 3 apples and under 5 apples"), PATTERNS))
    assert sorted(bound.relation for bound in found) == ["maximum", "minimum"]


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("maximum", (None, Decimal(20))),
        ("minimum", (Decimal(10), None)),
        ("range", (Decimal(5), Decimal(20))),
        ("around", (Decimal(8), Decimal(24))),
        ("exactly", (Decimal(10), Decimal(20))),
        ("bare", (Decimal(10), Decimal(20))),
    ],
)
def test_limits(relation, expected):
    first, second = (Decimal(10), Decimal(20)), (Decimal(5), Decimal(5))
    assert limits(relation, first, second) == expected
