import pytest

from intents.borders import fit_borders
from intents.reader import Tagged
from intents.shape import shape


def fitted(text, name, words):
    start = text.index(words)
    span = fit_borders(shape(text), Tagged(name, start, start + len(words), "include", 0.9))
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "name", "words", "value"),
    [
        ("okay but with a lid", "feature", "a lid", "lid"),
        ("slightly bigger if possible", "comparative", "slightly bigger", "bigger"),
        ("is there a cheaper pack of it", "comparative", "cheaper pack", "cheaper"),
        ("update to 8 pieces", "quantity", "8 pieces", "8"),
        ("kids' wellies", "age_group", "kids", "kids'"),
        ("don't go over 75", "price", "t go over 75", "don't go over 75"),
        ("给我看放大镜 带灯", "feature", "带灯", "灯"),
        ("配5号线", "compatible_with", "配5号线", "5号线"),
        ("发成红色的了", "color", "成红色", "红色"),
        ("男的女的都成", "gender", "男的", "男"),
        ("帆船图案的抱枕", "pattern", "帆船图案", "帆船"),
        ("陶瓷做的", "feature", "陶瓷做", "陶瓷"),
        ("金属制的架子", "material", "金属制的", "金属"),
        ("都两天了", "date", "都两天", "两天"),
        ("按好评给我排", "sort_key", "按好评", "好评"),
        ("from dear to cheap", "sort_key", "from dear to cheap", "dear to cheap"),
        ("like my old one", "reference", "my old one", "old one"),
        ("跟我上次买的类似", "reference", "我上次买的", "上次买的"),
        ("要含胶原蛋白的", "feature", "含胶原蛋白", "胶原蛋白"),
        ("便宜的先看", "sort_key", "便宜的", "便宜"),
        ("人气优先", "sort_key", "人气优先", "人气"),
        ("waiting for two weeks", "date", "for two weeks", "two weeks"),
        ("a weight of at least 3 kg", "measure", "weight of at least 3 kg", "at least 3 kg"),
        ("queen size sheets", "size", "queen size", "queen"),
        ("put two jars in", "quantity", "two jars", "two"),
        ("slimmer than these", "comparative", "slimmer than these", "slimmer"),
        ("mehndi patterns", "pattern", "mehndi patterns", "mehndi"),
        ("this is Ann speaking", "person", "Ann speaking", "Ann"),
        ("伴娘穿的", "recipient", "伴娘穿", "伴娘"),
        ("要厚实一点的", "feature", "厚实一点", "厚实"),
        ("来包挂面", "product_type", "包挂面", "挂面"),
        ("买双棉拖", "product_type", "双棉拖", "棉拖"),
    ],
)
def test_words_around_a_value_are_no_part_of_it(text, name, words, value):
    assert fitted(text, name, words) == value


@pytest.mark.parametrize(
    ("text", "name", "words", "value"),
    [
        ("that is too wide", "comparative", "wide", "too wide"),
        ("make it 3 more", "quantity", "3", "3 more"),
        ("9 and a half", "size", "9", "9 and a half"),
        ("I like the third one", "reference", "the third", "the third one"),
        ("compare these three kettles", "reference", "these", "these three"),
        ("a desk 120 cm wide", "measure", "120 cm", "120 cm wide"),
        ("桌子1米2长的", "measure", "1米2", "1米2长"),
        ("要女士款", "gender", "女士", "女士款"),
        ("轻点儿的有吗", "comparative", "轻点", "轻点儿"),
        ("大一些", "comparative", "大", "大一些"),
        ("有点太重了", "comparative", "重", "太重"),
    ],
)
def test_words_beside_a_value_may_be_a_part_of_it(text, name, words, value):
    assert fitted(text, name, words) == value


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("longer than 3 m", "measure", "longer than 3 m"),
        ("a dozen", "quantity", "a dozen"),
        ("two packs", "quantity", "two packs"),
        ("plus size", "size", "plus size"),
        ("可穿戴的", "feature", "可穿戴"),
        ("a dark red dress", "color", "dark red"),
        ("my roommate's birthday", "recipient", "roommate"),
        ("有机的棉", "feature", "有机"),
        ("无线的", "feature", "无线"),
        ("带", "feature", "带"),
        ("the first one", "reference", "the first one"),
    ],
)
def test_a_value_keeps_its_own_words(text, name, words):
    assert fitted(text, name, words) == words
