import pytest

from assistant.orders.reading.people import read_identity, writes_for_another
from tests.assistant.builders import nlu


@pytest.mark.parametrize(
    "text",
    [
        "This is for my friend Anya Sanchez, zip 43171: please cancel order #W5402785",
        "My sister asked me to cancel her order W1000001",
        "I'm writing on behalf of Ivan Khan, 28243",
        "please change the address of my husband's order",
        "our neighbor wants me to return his lamp",
        "我朋友王芳（邮编310000）让我帮忙取消订单",
        "帮我妹妹取消一下订单",
        "查一下我老婆的订单到哪了",
        "替同事退个货",
    ],
)
def test_whoever_writes_for_somebody_else_is_noticed(text):
    assert writes_for_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "my name is Anya Sanchez, zip 43171",
        "I bought it as a present for my sister and want to return it",
        "my wife doesn't like the color, can I exchange it",
        "cancel my order W1000001 please",
        "I'd say yes, but I have to ask my husband first",
        "我叫王芳，邮编310000",
        "给妈妈买的鞋小了，想换大一号",
        "帮我取消订单",
        "老婆不喜欢这个颜色，能换吗",
    ],
)
def test_whoever_writes_for_themselves_is_not_sent_away(text):
    assert not writes_for_another(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("i'm anya sanchez, zip 43171", "anya sanchez"),
        ("my name is ivan khan and my zip is 28243", "ivan khan"),
        ("我叫王芳，邮编310000", "王芳"),
    ],
)
def test_a_name_is_read(text, name):
    assert name in read_identity(nlu(text=text), asked=False).names


@pytest.mark.parametrize(
    "text",
    ["I'm disappointed with how my order was packed", "i am looking for a lamp", "我想退货"],
)
def test_other_words_are_no_name(text):
    assert read_identity(nlu(text=text), asked=False).names == ()


@pytest.mark.parametrize("text", ["the zip of my jacket broke", "zip pocket please", "拉链坏了"])
def test_a_zip_that_broke_is_no_postal_code(text):
    assert read_identity(nlu(text=text), asked=False).postal_code == ""
