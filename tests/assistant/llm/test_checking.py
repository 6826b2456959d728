import pytest

from assistant.llm.checking import unbacked

PLAIN = "Yes, Clay mug (blue) is in stock at $12.50, but only 2 left."
ZH = "有的，陶土马克杯（蓝色）有现货，¥88，只剩2件了。"


@pytest.mark.parametrize(
    ("answer", "plain", "language"),
    [
        (PLAIN, PLAIN, "en"),
        ("Good news: Clay mug (blue) is in stock, only 2 left, at $12.50 now.", PLAIN, "en"),
        ("Clay mug in blue? Yes! It is in stock at $12.50, but only two left.", PLAIN, "en"),
        (ZH, ZH, "zh"),
        ("亲，陶土马克杯（蓝色）现在有现货哦，¥88，只剩2件了呢。", ZH, "zh"),
        ("您好，陶土马克杯（蓝色）有的，¥88，现货只剩两件了～", ZH, "zh"),
        ("We don't carry drones, what else may I find?", "We don't carry drones. What else?", "en"),
    ],
)
def test_the_same_said_otherwise_is_backed(answer, plain, language):
    assert unbacked(answer, plain, language) == ""


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("", "empty"),
        ("Yes, Clay mug (blue) is in stock at $11.50, but only 2 left.", "numbers"),
        ("Yes, Clay mug (blue) is in stock at $12.50, but only 3 left.", "numbers"),
        ("Yes, Clay mug (blue) is in stock at $12.50.", "numbers"),
        ("Yes, Clay mug (blue) is in stock at $12.50, but only three left.", "numbers"),
        ("Yes, Clay mug (blue) is in stock at €12.50, but only 2 left.", "signs"),
        ("Yes, Clay mug (blue) is in stock at $12.50, only 2 left: https://x.yz", "links"),
        ("Yes, Clay mug (blue) is not in stock at $12.50, but only 2 left.", "denied"),
        ("Yes, Clay mug (red) is in stock at $12.50, but only 2 left.", "red"),
        ("Yes, the waterproof Clay mug (blue) is in stock at $12.50, only 2 left.", "waterproof"),
        ("Yes, Clay mug (blue) is in stock at $12.50, only 2 left, free shipping!", "free"),
        ("Yes, Clay mug (blue) is in stock at $12.50, only 2 left. Guaranteed!", "guaranteed"),
        ("有货，$12.50，2", "nowhere"),
    ],
)
def test_whatever_is_not_backed_is_found(answer, problem):
    assert problem in unbacked(answer, PLAIN, "en")


@pytest.mark.parametrize(
    "answer",
    [
        "有的，陶土马克杯（蓝色）有现货，¥98，只剩2件了。",
        "有的，陶土马克杯（红色）有现货，¥88，只剩2件了。",
        "有的，陶土马克杯（蓝色）没有现货，¥88，只剩2件了。",
        "有的，防水的陶土马克杯（蓝色）有现货，¥88，只剩2件了。",
        "有的，陶土马克杯（蓝色）有现货，¥88包邮，只剩2件了。",
        "有的，陶土马克杯（蓝色）有现货，¥88，只剩三件了。",
        "有的，陶土马克杯（蓝色）有现货，¥88，只剩2件了，全网最低价。",
    ],
)
def test_in_chinese_too(answer):
    assert unbacked(answer, ZH, "zh")


def test_a_product_keeps_its_name():
    assert "Clay mug" in unbacked("I found one: mug.", "I found one: Clay mug.", "en", ["Clay mug"])
