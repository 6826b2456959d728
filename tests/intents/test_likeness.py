"""What something is to be like, in both languages."""

import pytest

from intents.likeness import (
    Likeness,
    names_a_work,
    read_bare_likeness,
    read_companion,
    read_likeness,
)


@pytest.mark.parametrize(
    ("text", "name", "besides"),
    [
        ("something like The Matrix but funny", "The Matrix", "funny"),
        ("I want a movie like Toy Story, only darker", "Toy Story", "darker"),
        ("recommend films similar to Heat", "Heat", ""),
        ("any books like \"Dune\"?", "Dune", ""),
        ("推荐类似《黑客帝国》但是搞笑一点的电影", "黑客帝国", "搞笑"),
        ("类似玩具总动员的电影", "玩具总动员", ""),
        ("有没有类似The Matrix但是搞笑的电影", "The Matrix", "搞笑"),
        ("有没有像泰坦尼克号那样的", "泰坦尼克号", ""),
        ("找一部和阿甘正传差不多的片子", "阿甘正传", ""),
        ("similar to Toy Story but for adults", "Toy Story", "for adults"),
        ("像盗梦空间但是短一点的", "盗梦空间", "短"),
        ("有没有像《泰坦尼克号》那样但不那么悲伤的", "泰坦尼克号", "不那么悲伤"),
    ],
)  # fmt: skip
def test_a_name_and_what_is_wished_besides(text, name, besides):
    found = read_likeness(text)
    assert found is not None
    assert name in found.names
    assert found.besides == besides


def test_where_a_name_ends_is_tried_from_the_longest():
    found = read_likeness("something like Gone with the Wind but shorter")
    assert found == Likeness(
        ("Gone with the Wind but shorter", "Gone with the Wind", "Gone"), "the Wind but shorter"
    )


@pytest.mark.parametrize(
    "text",
    [
        "something like this", "anything like the first one but cheaper", "I like red shoes",
        "show me similar ones", "类似这个的还有吗", "和第二个差不多的", "我想要红色的鞋",
        "有没有类似的", "",
        "any item like the Nikon one", "这个跟描述不一样我要退", "红色的跟黑色的一样价吗",
        "跟图里那条一样的",
        "similar to this one", "similar to the first", "像这个但是便宜一点的",
        "what is it like", "it looks like rain", "像我这样的人穿什么", "和之前买的一样",
    ],
)  # fmt: skip
def test_pointing_is_no_name(text):
    assert read_likeness(text) is None


@pytest.mark.parametrize(
    ("text", "beyond_doubt"),
    [
        ("something like The Matrix but funny", True),
        ("films like toy story", True),
        ("推荐类似《黑客帝国》但是搞笑一点的电影", True),
        ("类似玩具总动员的电影", True),
        ("something like duck egg blue", False),
        ("something like a patio cleaner", False),
        ("do you ship large items like sofas", False),
        ("类似北面那种羽绒服", False),
        ("这个和图片一样吗", False),
    ],
)
def test_only_a_work_is_beyond_doubt(text, beyond_doubt):
    assert names_a_work(text) is beyond_doubt


@pytest.mark.parametrize(
    ("text", "name", "quoted"),
    [
        ("what goes with The Matrix?", "The Matrix", False),
        ("What pairs well with Heat", "Heat", False),
        ('what goes with "Heat"?', "Heat", True),
        ("黑客帝国配什么", "黑客帝国", False),
        ("《黑客帝国》搭配什么好？", "黑客帝国", True),
    ],
)
def test_what_others_are_to_go_with_is_named(text, name, quoted):
    assert read_companion(text) == Likeness((name,), quoted=quoted)


@pytest.mark.parametrize(
    "text",
    [
        "what goes with this?", "what goes with the second one", "what goes with it",
        "what goes with running shoes?", "what goes with 2 of these", "这个配什么",
        "第一个搭什么好", "红色配什么颜色好看", "what's wrong with Heat", "",
    ],
)  # fmt: skip
def test_pointing_and_describing_name_no_companion(text):
    assert read_companion(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Inception but shorter", Likeness(("Inception",), "shorter")),
        ("盗梦空间，但是短一点的", Likeness(("盗梦空间",), "短")),
        ("《盗梦空间》不过轻松点", Likeness(("盗梦空间",), "轻松")),
        ("this one but shorter", None),
        ("这个但是短一点", None),
        ("shorter", None),
    ],
)
def test_what_stands_before_a_wish_may_be_a_name(text, found):
    assert read_bare_likeness(text) == found
