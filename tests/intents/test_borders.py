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
    ],
)
def test_words_around_a_value_are_no_part_of_it(text, name, words, value):
    assert fitted(text, name, words) == value


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
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
