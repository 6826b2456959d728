from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.shape import shape
from intents.types import PriceRange
from intents.values.money import find_prices

# text, minimum, maximum, currency ("" unspoken)
PRICES = [
    ("under $50", None, 50, "USD"),
    ("below 50", None, 50, ""),
    ("less than 50 dollars", None, 50, "USD"),
    ("less than or equal to 50", None, 50, ""),
    ("cheaper than 40", None, 40, ""),
    ("up to 80 bucks", None, 80, "USD"),
    ("at most $20", None, 20, "USD"),
    ("no cheaper than $70", 70, None, "USD"),
    ("别低于70块", 70, None, ""),
    ("not pricier than $50", None, 50, "USD"),
    ("别比300块贵", None, 300, ""),
    ("不比300块便宜", 300, None, ""),
    ("能不能低于300块", None, 300, ""),
    ("能不能比300块便宜", None, 300, ""),
    ("别高于70块", None, 70, ""),
    ("$20 at the very most", None, 20, "USD"),
    ("at the absolute most 20", None, 20, ""),
    ("最多掏300块", None, 300, ""),
    ("顶多能出500", None, 500, ""),
    ("撑死两百块", None, 200, ""),
    ("一百块顶天了", None, 100, ""),
    ("no more than 30", None, 30, ""),
    ("not over 50", None, 50, ""),
    ("nothing over 60", None, 60, ""),
    ("I don't want to spend more than 80", None, 80, ""),
    ("can't spend over 80 dollars", None, 80, "USD"),
    ("max 100", None, 100, ""),
    ("£30 or less", None, 30, "GBP"),
    ("spend 200", None, 200, ""),
    ("i have 80 dollars", None, 80, "USD"),
    ("my budget is 500", None, 500, ""),
    ("budget of 300 dollars", None, 300, "USD"),
    ("<50", None, 50, ""),
    ("≤ 80 yuan", None, 80, "CNY"),
    ("under one hundred dollars", None, 100, "USD"),
    ("under fifty", None, 50, ""),
    ("under 1k5", None, 1500, ""),
    ("running shoes under $80", None, 80, "USD"),
    ("i can spend up to 75 pounds", None, 75, "GBP"),
    ("price lower than 50.00 dollars", None, 50, "USD"),
    ("over 200 usd", 200, None, "USD"),
    ("at least €30", 30, None, "EUR"),
    ("$50+", 50, None, "USD"),
    ("50 and up", 50, None, ""),
    (">= 100", 100, None, ""),
    ("priced above 114 PHP", 114, None, "PHP"),
    ("not less than 20 euros", 20, None, "EUR"),
    ("from 50 to 100", 50, 100, ""),
    ("between 50 and 100", 50, 100, ""),
    ("between $20 and $30", 20, 30, "USD"),
    ("between 100 and 50 dollars", 50, 100, "USD"),
    ("50-100", 50, 100, ""),
    ("$20 to $30", 20, 30, "USD"),
    ("20 or 30 dollars", 20, 30, "USD"),
    ("usd 50-80", 50, 80, "USD"),
    ("2-3k", 2000, 3000, ""),
    ("one hundred to two hundred", 100, 200, ""),
    ("from 324 to 623 pesos", 324, 623, "PHP"),
    ("over 20 but under 50", 20, 50, ""),
    ("in the 50s", 50, "59.99", ""),
    ("around 50", 40, 60, ""),
    ("about $50", 40, 60, "USD"),
    ("50ish", 40, 60, ""),
    ("$50 or so", 40, 60, "USD"),
    ("budget is around 500", 400, 600, ""),
    ("exactly 50", 50, 50, ""),
    ("80 bucks", 64, 96, "USD"),
    ("30ish dollars", 24, 36, "USD"),
    ("about 40-ish bucks", 32, 48, "USD"),
    ("under 30ish euros", None, 30, "EUR"),
    ("sub-$50 mouse", None, 50, "USD"),
    ("a keyboard, sub 100 dollars", None, 100, "USD"),
    ("show me socks, sub-20", None, 20, ""),
    ("watches from 100 up to 250", 100, 250, ""),
    ("from 20 up to 40 dollars, a candle", 20, 40, "USD"),
    ("less than 50 more than 20", 20, 50, ""),
    ("not under 20, under 50", 20, 50, ""),
    ("over 20, not over 50", 20, 50, ""),
    ("under 50 I said, not under 500", None, 50, ""),
    ("not under five hundred, under fifty", None, 50, ""),
    ("under $50, not $500", None, 50, "USD"),
    ("€1.299,00 is my limit for a laptop", None, 1299, "EUR"),
    ("35,50 € lamp", "28.4", "42.6", "EUR"),
    ("HK$200", 160, 240, "HKD"),
    ("My budget is only `151`, thanks", None, 151, ""),
    ("1k5", 1200, 1800, ""),
    ("1.5k", 1200, 1800, ""),
    ("at most £30", None, 30, "GBP"),
    ("两百出头", 200, 240, ""),
    ("三百来块的耳机", 240, 360, ""),
    ("三百５十以内的耳机", None, 350, ""),
    ("不低于100不高于200的杯子", 100, 200, ""),
    ("别低于三百别超过五百", 300, 500, ""),
    ("价格别低于三百，也别高过五百的耳机", 300, 500, ""),
    ("100起到300的耳机", 100, 300, ""),
    ("耳机100起步到300", 100, 300, ""),
    ("五十以内，不是五百以内", None, 50, ""),
    ("不是五百以内，是五十以内", None, 50, ""),
    ("一百多", 100, 200, ""),
    ("三千多的", 3000, 4000, ""),
    ("三五百块", 300, 500, ""),
    ("千元机", 800, 1200, "CNY"),
    ("99包邮", "79.2", "118.8", ""),
    ("人均50", None, 50, ""),
    ("20刀以内", None, 20, "USD"),
    ("港币500以内", None, 500, "HKD"),
    ("300以内", None, 300, ""),
    ("三百块以内", None, 300, ""),
    ("有没有300块以内的蓝牙耳机", None, 300, ""),
    ("百元以内", None, 100, "CNY"),
    ("￥300以下", None, 300, "CNY"),
    ("２００元以内", None, 200, "CNY"),
    ("兩萬以內", None, 20000, ""),
    ("一千五以下", None, 1500, ""),
    ("不超过500", None, 500, ""),
    ("不要超过三百块", None, 300, ""),
    ("别超过300", None, 300, ""),
    ("最多200块", None, 200, ""),
    ("最高500", None, 500, ""),
    ("500块封顶", None, 500, ""),
    ("不到200", None, 200, ""),
    ("200不到", None, 200, ""),
    ("低于100美元", None, 100, "USD"),
    ("50刀以内", None, 50, "USD"),
    ("比300便宜的", None, 300, ""),
    ("预算500", None, 500, ""),
    ("预算五百块以内", None, 500, ""),
    ("大概300以内", None, 300, ""),
    ("300元以上", 300, None, "CNY"),
    ("高于50", 50, None, ""),
    ("不低于100", 100, None, ""),
    ("100起", 100, None, ""),
    ("比100块贵", 100, None, ""),
    ("一百五到两百", 150, 200, ""),
    ("100到200", 100, 200, ""),
    ("100至200之间", 100, 200, ""),
    ("价格在100到300之间", 100, 300, ""),
    ("价位200-300", 200, 300, ""),
    ("100元-200元", 100, 200, "CNY"),
    ("300-500块钱", 300, 500, ""),
    ("1到2千", 1000, 2000, ""),
    ("预算500到800", 500, 800, ""),
    ("两三百块的", 200, 300, ""),
    ("200多块", 200, 300, ""),
    ("四五十块", 40, 50, ""),
    ("千元左右", 800, 1200, "CNY"),
    ("两千左右", 1600, 2400, ""),
    ("200左右", 160, 240, ""),
    ("200上下", 160, 240, ""),
    ("大概300", 240, 360, ""),
    ("预算500左右", 400, 600, ""),
    ("300块的耳机", 240, 360, ""),
    ("¥300", 240, 360, "CNY"),
    ("港币200", 160, 240, "HKD"),
    ("3000的手机推荐", 2400, 3600, ""),
]


def decimal(value):
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize(("text", "minimum", "maximum", "currency"), PRICES)
def test_reads_the_wish(text, minimum, maximum, currency):
    (slot,) = find_prices(shape(text))
    expected = PriceRange(decimal(minimum), decimal(maximum), currency, currency != "")
    assert slot.value == expected


@pytest.mark.parametrize(
    "text",
    [
        "size 36-40", "sizes 8 to 10", "ages 3-5", "3 to 5 years", "shoes for 12 year olds",
        "at least 4 usb ports", "iphone 15 pro max 256", "nike air max 90", "within 30 days",
        "ships within 24 hours", "over a hundred reviews", "under 5 minutes", "my order 1001",
        "2024-05-01", "between 3 and 5", "order 12345", "i need all my invoices from 2024",
        "bump it up to 20", "100x45x45cm", "running shoes", "4k tv", "the second one", "20% off",
        "vacuum under 60 dB",
        "至少两个", "最多三件", "加两块", "两块巧克力", "超过三天没到货", "三年以内", "5个以上",
        "便宜点", "第三个", "42码", "双十一", "一点点", "",
    ],
)  # fmt: skip
def test_reads_no_price(text):
    assert find_prices(shape(text)) == []


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("I'd like shoes under $50 please", "under $50"),
        ("有没有三百块以内的耳机", "三百块以内"),
        ("my budget is 500", "my budget is 500"),
    ],
)
def test_the_span_is_the_whole_wish(text, raw):
    (slot,) = find_prices(shape(text))
    assert slot.raw == raw == text[slot.start : slot.end]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("under 50 I said, not under 500", "under 50"),
        ("not under $500, under $50", "under $50"),
        ("五十以内，不是五百以内", "五十以内"),
        ("不是五百以内，是五十以内", "五十以内"),
    ],
)
def test_what_is_denied_is_no_part_of_the_wish(text, raw):
    (slot,) = find_prices(shape(text))
    assert slot.raw == raw == text[slot.start : slot.end]


def test_a_bare_number_answers_the_question_for_a_price():
    assert find_prices(shape("80")) == []
    (slot,) = find_prices(shape("80"), asked=True)
    assert slot.value == PriceRange(None, Decimal(80))


def test_contradictory_bounds_stay_apart():
    first, second = find_prices(shape("under 50 and over 100"))
    assert (first.value, second.value) == (
        PriceRange(maximum=Decimal(50)),
        PriceRange(minimum=Decimal(100)),
    )


@pytest.mark.parametrize(
    ("text", "maximum"), [("9块9以内", "9.9"), ("三块五以内", "3.5"), ("19块90以内", "19.9")]
)
def test_the_small_change_after_kuai(text, maximum):
    (slot,) = find_prices(shape(text))
    assert slot.value == PriceRange(maximum=Decimal(maximum))


AMOUNTS = st.decimals(Decimal("1"), Decimal("99999"), places=2).map(
    lambda amount: amount.quantize(Decimal(1)) if amount == int(amount) else amount.normalize()
) | st.integers(5, 99_999).map(Decimal)
MAXIMA = [
    ("under ${}", "USD"), ("less than {} dollars", "USD"), ("no more than €{}", "EUR"),
    ("up to {} usd", "USD"), ("£{} or less", "GBP"), ("shoes, {} yuan max", "CNY"),
    ("{}元以内", "CNY"), ("不超过{}块", ""), ("最多{}美元的包", "USD"), ("¥{}以下", "CNY"),
]  # fmt: skip
MINIMA = [
    ("over ${}", "USD"), ("at least {} dollars", "USD"), ("${}+", "USD"),
    ("not under {} euros", "EUR"),
    ("{}元以上", "CNY"), ("不低于{}块", ""), ("{}块起", ""), ("高于{}港币的", "HKD"),
]  # fmt: skip


@given(AMOUNTS, st.sampled_from(MAXIMA))
def test_every_phrased_maximum_means_its_amount(amount, phrase):
    pattern, currency = phrase
    (slot,) = find_prices(shape(pattern.format(f"{amount:f}")))
    assert slot.value == PriceRange(None, amount, currency, currency != "")


@given(AMOUNTS, st.sampled_from(MINIMA))
def test_every_phrased_minimum_means_its_amount(amount, phrase):
    pattern, currency = phrase
    (slot,) = find_prices(shape(pattern.format(f"{amount:f}")))
    assert slot.value == PriceRange(amount, None, currency, currency != "")


@given(
    st.tuples(AMOUNTS, AMOUNTS).map(sorted).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from(["between ${} and ${}", "${}-${}", "from {} to {} dollars", "{}到{}美元",
    "${}至${}之间"]),
)  # fmt: skip
def test_every_phrased_range_means_its_ends(pair, pattern):
    low, high = pair
    (slot,) = find_prices(shape(pattern.format(f"{low:f}", f"{high:f}")))
    assert slot.value == PriceRange(low, high, "USD", True)


@given(
    st.text(alphabet=st.characters(), max_size=200)
    | st.text("0123456789$-–~ 元块百k.,", max_size=80)
)
def test_any_text_gives_wishes_whose_places_hold_their_words(text):
    for slot in find_prices(shape(text)):
        assert text[slot.start : slot.end] == slot.raw
        low, high = slot.value.minimum, slot.value.maximum
        assert low is None or high is None or low <= high
