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


TWO = {
    "en": "Clay mug is in stock at $12, but Tea bowl is not in stock.",
    "zh": "陶土马克杯有现货，¥88，但是茶碗没有现货。",
}
NAMES = {"en": ["Clay mug", "Tea bowl"], "zh": ["陶土马克杯", "茶碗"]}
PRICED = {
    "en": "Clay mug costs $12 and Tea bowl costs $9.",
    "zh": "陶土马克杯要¥88，茶碗要¥65。",
}
COLOURS = {
    "en": "Clay mug is in stock in blue, but not in red.",
    "zh": "陶土马克杯蓝色有现货，红色无现货。",
}


@pytest.mark.parametrize(
    ("answer", "plain", "language"),
    [
        (TWO["en"], TWO["en"], "en"),
        ("Good news! Clay mug is in stock at $12, but Tea bowl is not in stock.", TWO["en"], "en"),
        (TWO["zh"], TWO["zh"], "zh"),
        ("亲，陶土马克杯现在有现货哦，¥88，不过茶碗目前没有现货呢。", TWO["zh"], "zh"),
        ("Clay mug costs $12, and Tea bowl costs $9.", PRICED["en"], "en"),
        ("亲，陶土马克杯要¥88，茶碗要¥65哦。", PRICED["zh"], "zh"),
        ("Great! Clay mug is in stock in blue, though not in red.", COLOURS["en"], "en"),
        ("亲，陶土马克杯蓝色有现货的，红色无现货。", COLOURS["zh"], "zh"),
        ("We do not carry drones.", "Sorry, we do not carry drones.", "en"),
        ("亲，我们没有无人机哦。", "抱歉，我们没有无人机。", "zh"),
    ],
)
def test_facts_that_stay_where_they_are_are_backed(answer, plain, language):
    names = NAMES[language] if plain in (TWO[language], PRICED[language]) else ()
    assert unbacked(answer, plain, language, names) == ""


@pytest.mark.parametrize(
    ("answer", "plain", "language"),
    [
        ("Clay mug is not in stock at $12, but Tea bowl is in stock.", TWO["en"], "en"),
        ("Tea bowl is in stock at $12, but Clay mug is not in stock.", TWO["en"], "en"),
        ("陶土马克杯没有现货，¥88，但是茶碗有现货。", TWO["zh"], "zh"),
        ("茶碗有现货，¥88，但是陶土马克杯没有现货。", TWO["zh"], "zh"),
        ("Clay mug is in stock in red, but not in blue.", COLOURS["en"], "en"),
        ("陶土马克杯红色有现货，蓝色无现货。", COLOURS["zh"], "zh"),
        ("陶土马克杯蓝色无现货，红色有现货。", COLOURS["zh"], "zh"),
        ("茶碗不可以机洗，陶土马克杯可以机洗。", "陶土马克杯不可以机洗，茶碗可以机洗。", "zh"),
        ("Tea bowl and Clay mug, the bowl is not washable.", "Clay mug is not washable.", "en"),
    ],
)
def test_a_denial_stays_with_its_product(answer, plain, language):
    assert unbacked(answer, plain, language, NAMES[language])


@pytest.mark.parametrize(
    ("answer", "plain", "language", "left_out"),
    [
        ("Clay mug is for you.", "Clay mug is dishwasher-safe.", "en", "dishwasher-safe"),
        ("Yes, Clay mug is there at $12.50, only 2.", PLAIN, "en", "blue"),
        ("有的，陶土马克杯，¥88，有现货，只剩2件了。", ZH, "zh", "蓝"),
        ("有的，陶土马克杯（蓝色），¥88，只剩2件了。", ZH, "zh", "现"),
    ],
)
def test_no_fact_is_left_out(answer, plain, language, left_out):
    assert unbacked(answer, plain, language) == f"it leaves out {left_out!r}"


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("Clay mug costs $9 and Tea bowl costs $12.", "en"),
        ("Tea bowl costs $12 and Clay mug costs $9.", "en"),
        ("陶土马克杯要¥65，茶碗要¥88。", "zh"),
        ("茶碗要¥88，陶土马克杯要¥65。", "zh"),
    ],
)
def test_a_price_stays_with_its_product(answer, language):
    assert unbacked(answer, PRICED[language], language, NAMES[language])
