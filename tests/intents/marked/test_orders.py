import pytest

from catalog.types import SortKey
from intents.marked.orders import read_order


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("popularity", SortKey.POPULARITY),
        ("most loved first", SortKey.POPULARITY),
        ("most reviews", SortKey.RATING),
        ("highest rated first", SortKey.RATING),
        ("ascending", SortKey.PRICE_ASCENDING),
        ("expensive to cheap", SortKey.PRICE_DESCENDING),
        ("lowest cost first", SortKey.PRICE_ASCENDING),
        ("dearest first", SortKey.PRICE_DESCENDING),
        ("latest", SortKey.NEWEST),
        ("relevance", SortKey.RELEVANCE),
        ("热度", SortKey.POPULARITY),
        ("大家买得多", SortKey.POPULARITY),
        ("好评率", SortKey.RATING),
        ("星级高", SortKey.RATING),
        ("价格从低往高", SortKey.PRICE_ASCENDING),
        ("价钱从少到多", SortKey.PRICE_ASCENDING),
        ("价最高", SortKey.PRICE_DESCENDING),
        ("贵到便宜", SortKey.PRICE_DESCENDING),
        ("刚上架", SortKey.NEWEST),
        ("匹配度", SortKey.RELEVANCE),
    ],
)
def test_an_order_is_told_by_what_it_names(words, key):
    assert read_order(words) == key.value


@pytest.mark.parametrize("words", ["green", "绿色", "", "7"])
def test_words_that_name_no_order_are_none(words):
    assert read_order(words) is None
