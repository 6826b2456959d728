import pytest

from assistant.having import parts_of


def told(text):
    return [(one.kind, one.thing) for one in parts_of(text)]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("I already own that one", "that one"), ("I have the first one already", "the first one"),
        ("she already has the second", "the second"), ("the first one we have", "the first one"),
        ("my sister has the red one", "the red one"), ("already have it", "it"),
        ("I have one like that", "one"), ("we already have both", "both"),
        ("第一个我家里有了", "第一个"), ("这个我有了", "这个"), ("第一个她已经有了", "第一个"),
        ("我已经有第二款了", "第二款"), ("我妈已经有这款了", "这款"), ("我已经有了", ""),
        ("黑色那个我家里有了", "黑色那个"),
    ],
)  # fmt: skip
def test_what_somebody_has(text, thing):
    assert told(text) == [("has", thing)]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("I bought that one last year", "that one"), ("I've already got it", "it"),
        ("already bought the first", "the first"), ("第一个我买过了", "第一个"),
        ("我买过这个了", "这个"), ("这款我上个月买了", "这款"), ("买过了", ""),
    ],
)  # fmt: skip
def test_what_somebody_bought(text, thing):
    assert told(text) == [("bought", thing)]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("I don't like the first one", "the first one"), ("we don't really like it much", "it"),
        ("I'm not a fan of the red one", "the red one"), ("I hate that one", "that one"),
        ("the second one isn't my style", "the second one"), ("第一个我不喜欢", "第一个"),
        ("我不太喜欢这款", "这款"), ("不喜欢第二个", "第二个"), ("第三个不是我的菜", "第三个"),
        ("这个看不上", "这个"),
    ],
)  # fmt: skip
def test_what_somebody_dislikes(text, thing):
    assert told(text) == [("dislikes", thing)]


@pytest.mark.parametrize(
    "text",
    [
        "show me others", "recommend something else", "anything more special?", "what else?",
        "do you have anything different", "show me some other ones please", "show me another",
        "换一批", "再推荐几个别的", "有没有更特别一点的", "还有别的吗", "推荐点别的", "换几个看看",
        "有没有其他推荐", "再来几个", "换一个吧",
    ],
)  # fmt: skip
def test_others_are_asked_for(text):
    assert told(text) == [("others", "")]


@pytest.mark.parametrize(
    "text",
    [
        "do I already have it?", "have I bought this before?", "I don't have it", "I have it?",
        "I have the first one in my cart", "I have a question", "the other one",
        "I want the first one", "another one please", "add one more", "I like the first one",
        "这个我买过吗", "我没有这个", "这个有货了吗", "有了", "我买了这个", "这个我要了",
        "这个我有了？",
        "第一个已经在购物车里了", "换个便宜点的", "我喜欢第一个", "来两个", "别的颜色有吗",
    ],
)  # fmt: skip
def test_look_alikes_are_something_else(text):
    assert told(text) == [("else", "")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I already own that one, show me a different one", ["has", "others"]),
        ("not the first one, I already have it", ["refuses", "has"]),
        ("I have the second one but is the third one waterproof?", ["has", "else"]),
        ("第一个我买过了，换一个", ["bought", "others"]),
        ("不要这个，我已经有了", ["refuses", "has"]),
        ("第二个我有了，第三个多少钱", ["has", "else"]),
        ("谢谢，这个我不喜欢，看看别的", ["nothing", "dislikes", "others"]),
    ],
)
def test_each_clause_is_read_by_itself(text, kinds):
    assert [one.kind for one in parts_of(text)] == kinds


@pytest.mark.parametrize("text", ["我买过这个了换一个", "I already have it show me others"])
def test_others_may_follow_without_a_mark(text):
    (part,) = parts_of(text)
    assert (part.kind, part.others) == ("bought" if "买" in text else "has", True)


@pytest.mark.parametrize(
    "text", ["", "  ", ",,,", "我" * 2_000, "I already have the " + "a " * 900]
)
def test_any_text_is_read(text):
    assert all(part.kind in ("else", "nothing") for part in parts_of(text))
