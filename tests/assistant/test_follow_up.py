import pytest

from assistant.follow_up import follows_up


@pytest.mark.parametrize(
    "text",
    [
        "and for sale items?", "what about Canada?", "how about on weekends",
        "same for gift cards?", "does that also apply to shoes?", "for headphones?",
        "and to Japan?", "what if it is broken", "那打折的呢", "那加拿大呢？", "要是坏了呢",
        "周末也可以吗", "那退款要多久呢", "打折商品的话",
    ],
)  # fmt: skip
def test_what_goes_on_with_the_question_before(text):
    assert follows_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "show me blue shoes", "how long does delivery take", "thanks", "yes", "add it to my cart",
        "are these waterproof", "几天能到货", "有没有蓝色的", "谢谢", "加到购物车", "转人工", "",
        "and " + "very " * 20 + "long",
    ],
)  # fmt: skip
def test_what_stands_for_itself(text):
    assert not follows_up(text)
