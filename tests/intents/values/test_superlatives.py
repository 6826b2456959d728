import pytest

from intents.shape import shape
from intents.values.wishes import find_sort_keys


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("the lightest laptop you have", "weight:ascending"),
        ("最轻的笔记本", "weight:ascending"),
        ("heaviest dumbbells", "weight:descending"),
        ("最重的哑铃", "weight:descending"),
        ("the smallest suitcase", "size:ascending"),
        ("最小的行李箱", "size:ascending"),
        ("which backpack is the biggest", "size:descending"),
        ("哪个背包最大", "size:descending"),
        ("容量最大的充电宝", "capacity:descending"),
        ("最大容量的保温杯", "capacity:descending"),
        ("largest capacity bottle", "capacity:descending"),
        ("headphones with the longest battery life", "battery_life:descending"),
        ("续航最长的耳机", "battery_life:descending"),
        ("the tablet with the largest screen", "screen_size:descending"),
        ("屏幕最大的手机", "screen_size:descending"),
        ("quietest vacuum", "noise_level:ascending"),
        ("最安静的加湿器", "noise_level:ascending"),
        ("thinnest laptop", "thickness:ascending"),
        ("cheapest laptop", "price_ascending"),
        ("最便宜的耳机", "price_ascending"),
        ("评分最高的咖啡机", "rating"),
    ],
)
def test_the_most_and_the_least_are_orders(text, order):
    assert [slot.value for slot in find_sort_keys(shape(text))] == [order]


@pytest.mark.parametrize(
    "text",
    [
        "the lightest blue shirt",
        "your biggest discount",
        "the largest size",
        "最大的优惠是什么",
        "最大码",
        "最重要的是防水",
        "最轻松的方式",
        "a small bag",
        "大容量的充电宝",
        "a lighter jacket",
    ],
)
def test_other_words_of_size_are_no_order(text):
    found = [slot.value for slot in find_sort_keys(shape(text)) if ":" in slot.value]
    assert found == []
