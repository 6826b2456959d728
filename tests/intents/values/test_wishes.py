import pytest

from intents.shape import shape
from intents.values.wishes import find_comparatives, find_others, find_ratings, find_sort_keys


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("cheaper?", "cheaper"), ("anything cheaper", "cheaper"),
        ("a bit cheaper please", "cheaper"),
        ("less expensive", "cheaper"), ("too expensive", "cheaper"), ("not too pricey", "cheaper"),
        ("a notch lower in price", "cheaper"), ("a bit steep for me", "cheaper"),
        ("价格往下降一降", "cheaper"), ("能省点钱的", "cheaper"), ("这价钱太肉疼", "cheaper"),
        ("更便宜的", "cheaper"), ("便宜点", "cheaper"), ("再便宜些", "cheaper"),
        ("换个便宜的", "cheaper"),
        ("太贵了", "cheaper"), ("有点贵", "cheaper"), ("不要太贵", "cheaper"),
        ("实惠点", "cheaper"),
        ("more expensive", "more_expensive"), ("贵一点也行", "more_expensive"),
        ("bigger", "bigger"), ("too small", "bigger"), ("size up", "bigger"), ("大一号", "bigger"),
        ("再大一码", "bigger"), ("大一点", "bigger"), ("太小了", "bigger"),
        ("smaller one", "smaller"), ("小一点", "smaller"), ("太大了", "smaller"),
        ("小一号", "smaller"),
        ("lighter", "lighter"), ("too heavy", "lighter"), ("轻一点", "lighter"),
        ("太重了", "lighter"),
        ("better rated", "better_rated"), ("评分更高的", "better_rated"),
        ("口碑好一点的", "better_rated"),
        ("newer", "newer"), ("新一点的", "newer"), ("更新款的", "newer"),
    ],
)  # fmt: skip
def test_reads_the_comparative(text, wish):
    assert [slot.value for slot in find_comparatives(shape(text))] == [wish]


@pytest.mark.parametrize(
    "text",
    [
        "lighter blue", "thank you so much", "不便宜", "这个贵吗", "贵不贵", "更新订单", "大小",
        "最大",
        "大码", "cheapest", "bigfoot", "cheaper than 40", "cheaper than $40",
    ],
)  # fmt: skip
def test_reads_no_comparative(text):
    assert find_comparatives(shape(text)) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("sort by price", "price_ascending"), ("cheapest first", "price_ascending"),
        ("price low to high", "price_ascending"), ("最便宜的", "price_ascending"),
        ("价格从低到高", "price_ascending"), ("按价格排序", "price_ascending"),
        ("cheap", "price_ascending"),
        ("most expensive", "price_descending"), ("high to low", "price_descending"),
        ("按价格从高到低", "price_descending"), ("最贵的", "price_descending"),
        ("best rated", "rating"), ("top rated first", "rating"), ("sort by rating", "rating"),
        ("评分最高的", "rating"), ("好评优先", "rating"), ("按评分排", "rating"),
        ("most popular", "popularity"), ("best sellers", "popularity"), ("按销量", "popularity"),
        ("销量最高的", "popularity"), ("卖得最好的", "popularity"), ("爆款", "popularity"),
        ("newest", "newest"), ("sort by newest", "newest"), ("最新款", "newest"),
        ("新品", "newest"),
        ("升序", "price_ascending"), ("低价优先", "price_ascending"),
        ("贵的排前面", "price_descending"),
        ("热卖的", "popularity"), ("trending ones", "popularity"),
        ("price high-low", "price_descending"),
        ("综合排序", "relevance"), ("most relevant", "relevance"),
        ("便宜的", "price_ascending"), ("跟这双比，最便宜的", "price_ascending"),
    ],
)  # fmt: skip
def test_reads_the_order(text, key):
    assert [slot.value for slot in find_sort_keys(shape(text))] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "latest order", "最新订单", "cheaper", "popular culture", "sort it",
        "比这双便宜的", "有没有比第二款便宜的",
    ],
)  # fmt: skip
def test_reads_no_order(text):
    assert find_sort_keys(shape(text)) == []


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("4 stars and up", 4), ("at least 4 stars", 4), ("more than 4 stars", 4), ("rated 4+", 4),
        ("rated above 4.5", 4.5), ("rating over 4", 4), ("four stars or more", 4), ("4-star", 4),
        ("四星半以上的", 4.5), ("评价四颗星半", 4.5), ("4 and a half stars and up", 4.5),
        ("rated four and a half stars", 4.5),
        ("4.5星以上", 4.5), ("评分4.5以上", 4.5), ("评分不低于4", 4), ("五星好评", 5),
        ("三星以上", 3),
        ("4.8分以上", 4.8),
    ],
)  # fmt: skip
def test_reads_the_rating(text, stars):
    (slot,) = find_ratings(shape(text))
    assert slot.value == stars
    assert text[slot.start : slot.end] == slot.raw


@pytest.mark.parametrize("text", ["三星手机", "over 100 reviews", "under 3 stars", "9 stars", "4"])
def test_reads_no_rating(text):
    assert find_ratings(shape(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("any other colours?", "color"), ("another size", "size"), ("a different brand", "brand"),
        ("别的颜色", "color"), ("其他尺码", "size"), ("另外的牌子", "brand"),
    ],
)  # fmt: skip
def test_what_else_there_is_excludes_what_is_there(text, name):
    (slot,) = find_others(shape(text))
    assert (slot.name, slot.value, slot.role) == (name, "", "exclude")
