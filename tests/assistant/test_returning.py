import pytest

from assistant.returning import list_asked_for, read_return
from tests.assistant.builders import nlu
from tests.assistant.shelf import EARLIER, one_list, two_lists


@pytest.mark.parametrize(
    "text",
    [
        "back to the headphones", "show me the headphones again", "go back to the first list",
        "return to the previous results", "回到耳机", "刚才的耳机再给我看看", "回到刚才那批",
        "还是看耳机吧", "返回上一个列表", "回到最开始那些",
    ],
)  # fmt: skip
def test_an_earlier_list_is_asked_for_by_kind_place_or_as_the_one_before(text):
    assert list_asked_for(two_lists(), nlu("select_product", text=text)) == EARLIER


@pytest.mark.parametrize("text", ["running shoes again", "再看看拉杆箱", "the first one", "便宜点"])
def test_what_was_not_shown_and_what_is_no_return_is_none(text):
    assert list_asked_for(two_lists(), nlu("search_product", text=text)) is None


def test_without_an_earlier_list_there_is_nothing_to_go_back_to():
    assert list_asked_for(one_list(), nlu("", text="go back")) is None


def test_a_return_is_read_as_a_change_of_the_search_unless_it_names_one_product():
    assert read_return(two_lists(), nlu("", text="back to the headphones")).intent == (
        "refine_search"
    )
    named = nlu("search_product", text="go back to the Vesper headphones")
    assert read_return(two_lists(), named) is named
