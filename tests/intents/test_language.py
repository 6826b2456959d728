import pytest

from catalog.types import TextConstraint
from intents.language import detect_language, is_mixed, kept_language
from intents.types import Slot


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("running shoes", "en"),
        ("蓝牙耳机", "zh"),
        ("有没有red的dress", "zh"),
        ("iPhone 15 Pro 手机壳多少钱", "zh"),
        ("HUAWEI Mate 60 Pro 多少钱", "zh"),
        ("do you sell 旗袍 in red", "en"),
        ("find me a 茶", "en"),
        ("請問有沒有保溫杯", "zh"),
        ("ok", "en"),
        ("42", "en"),
        ("🙂", "en"),
        ("", "en"),
        ("مرحبا", "en"),
    ],
)
def test_language_of_a_first_message(text, language):
    assert detect_language(text, None) == language


@pytest.mark.parametrize(
    "text", ["42", "🙂👍", "W1234567", "XL", "ok", "joe@example.com", "?", "", "$80"]
)
def test_a_text_without_words_keeps_the_language(text):
    assert detect_language(text, "zh") == "zh"
    assert detect_language(text, "en") == "en"


def test_values_that_records_have_in_english_alone_keep_the_language():
    def value(*values):
        return Slot("color", "x", "x", 0, 1, resolved=TextConstraint("color", values))

    assert kept_language("en", "zh", (value("black", "matte black"),), "") == "zh"
    assert kept_language("en", "zh", (value("black", "黑色"),), "") == "en"
    assert kept_language("en", "zh", (value("headphones", "~headphones", "~耳机"),), "") == "zh"
    assert kept_language("en", "zh", (value("~network cable", "~网线"),), "") == "en"
    assert kept_language("en", "zh", (value("black"),), "only ") == "en"
    assert kept_language("en", "zh", (), "") == "en"
    assert kept_language("en", "en", (value("black"),), "") == "en"
    assert kept_language("zh", "en", (value("青花"),), "") == "en"
    assert kept_language("zh", "en", (value("black"),), "") == "zh"
    assert kept_language("en", "zh", (value("黑色"),), "") == "en"
    assert kept_language("zh", "en", (value("青花", "blue and white"),), "") == "zh"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("compatible brand得是Lexmark", "zh"),
        ("package weight顶多200 g", "zh"),
        ("do you sell 旗袍", "en"),
        ("Show me 旗袍 from Acme", "en"),
        ("cheaper 旗袍 under 50 dollars", "en"),
        ("recommend 旗袍 for mom", "en"),
        ("add 旗袍 to cart", "en"),
        ("品牌 The North Face", "zh"),
    ],
)
def test_names_of_a_catalogue_end_no_chinese_conversation(text, language):
    assert detect_language(text, "zh") == language
    assert detect_language(text, "en") == "en"


@pytest.mark.parametrize("text", ["in blue please", "yes", "talk to a human"])
def test_words_change_the_language(text):
    assert detect_language(text, "zh") == "en"


@pytest.mark.parametrize(
    ("text", "mixed"),
    [("有没有red的dress", True), ("蓝牙耳机", False), ("red dress", False), ("XL码", False)],
)
def test_is_mixed(text, mixed):
    assert is_mixed(text) is mixed


def test_addresses_and_order_numbers_say_nothing_about_the_language():
    text = "帮我查下订单W1000003，邮箱user-167@example.com，网址https://shop.example/orders"
    assert detect_language(text, None) == "zh"
