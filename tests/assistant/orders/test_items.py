import pytest

from assistant.orders.reading.items import Line, find_named, leaves_out, means_everything, read_wish
from catalog.text import fold
from tests.assistant.orders_shop import BOOTS, BOTTLE, DELIVERED, LAMP, PENDING

GOODS = {one.id: one for one in (BOTTLE, BOOTS, LAMP)}


def lines(order):
    return [Line(order.id, n, one, GOODS[one.product_id]) for n, one in enumerate(order.items)]


def wishes(text, order):
    found = []
    for named in find_named(fold(text), lines(order)):
        (line,) = named.lines
        wish = read_wish(named, line)
        found.append((line.place, dict(wish.options), wish.same))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "change the blue water bottle to a red one",
        "swap my bottle for the red version",
        "the bottle should become red, please",
        "I'd like the bottle (blue, 500 ml, glass) to be red instead",
        "把蓝色的水瓶换成红色的",
        "水杯改成红色",
        "Water Bottle（blue）换成red的那款",
    ],
)
def test_an_item_and_what_it_becomes(text):
    assert wishes(text, PENDING) == [(0, {"color": "red"}, False)]


@pytest.mark.parametrize(
    "text",
    [
        "the bottle to red, 1 litre and the hiking boots to size 10",
        "the blue bottle for a red 1000ml one; the waterproof boots for size 10",
        "水瓶换成红色1000毫升的，登山靴换成10码",
        "把水壶换成红色、1000ml的，还有徒步靴换成10码的",
    ],
)
def test_several_items_each_have_their_own_wishes(text):
    (bottle, bottle_wish, _), (boots, boots_wish, _) = wishes(text, PENDING)
    assert (bottle, boots) == (0, 1)
    assert bottle_wish["color"] == "red"
    assert boots_wish == {"size": "10"}


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("the boots to ones that are not waterproof", {"waterproof": "no"}),
        ("the boots to non-waterproof", {"waterproof": "no"}),
        ("登山靴换成不防水的", {"waterproof": "no"}),
    ],
)
def test_what_is_negated_is_the_other_value(text, wish):
    assert wishes(text, PENDING) == [(1, wish, False)]


@pytest.mark.parametrize("text", ["the bottle for the same one", "水瓶换一个同款的"])
def test_the_same_again(text):
    assert wishes(text, PENDING) == [(0, {}, True)]


@pytest.mark.parametrize(
    ("text", "place"),
    [("the white lamp", 0), ("my black desk lamp", 2), ("白色的台灯", 0), ("台灯（black）", 2)],
)
def test_of_two_alike_the_one_that_is_described(text, place):
    (named,) = find_named(fold(text), lines(DELIVERED))
    assert [line.place for line in named.lines] == [place]


@pytest.mark.parametrize("text", ["the lamp", "台灯"])
def test_two_that_the_words_do_not_tell_apart_stay_two(text):
    (named,) = find_named(fold(text), lines(DELIVERED))
    assert [line.place for line in named.lines] == [0, 2]


@pytest.mark.parametrize(
    "text", ["everything", "all items of it", "the whole order", "全部都退", "整单"]
)
def test_everything(text):
    assert means_everything(text)
    assert not means_everything("the bottle")


@pytest.mark.parametrize(
    "text", ["all but not the lamp", "everything except the lamp", "除了台灯都退"]
)
def test_what_is_left_out(text):
    assert leaves_out(text) >= 0
    assert leaves_out("the lamp and the bottle") == -1
