import pytest

from assistant.interests import interests, read_interests
from assistant.types import DialogueState
from intents.types import Slot
from tests.assistant.builders import nlu

AFTER_GIFTS = DialogueState("s", previous_action="find_gifts")


@pytest.mark.parametrize(
    ("text", "liked"),
    [
        ("my dad is into fishing and coffee, any ideas?", ["fishing", "coffee"]),
        ("a present for my sister, she loves yoga, under $40", ["yoga"]),
        ("he enjoys playing chess & hiking a lot", ["playing chess", "hiking"]),
        ("她平时喜欢瑜伽和做饭，预算两百", ["瑜伽", "做饭"]),
        ("爸爸爱喝茶，送什么好", ["喝茶"]),
        ("送可爱的妹妹一份礼物", []),
        ("a gift for my mum", []),
        ("a gift for a colleague who just had a baby", ["baby"]),
        ("同事刚生了个宝宝，送什么好", ["宝宝"]),
        ("a gift for my baby", []),
        ("I'd like a gift for my mum", []),
        ("I would really like a nice present for him", []),
        ("my brother doesn't like sports", []),
        ("he is not really into tea, but loves chess", ["chess"]),
        ("she likes it when things smell nice", []),
        (
            "someone who is into photography, cooking and travel",
            ["photography", "cooking", "travel"],
        ),
        ("妈妈不喜欢喝茶", []),
        ("她不太喜欢瑜伽，喜欢跑步", ["跑步"]),
        ("推荐个女生喜欢的礼物", []),
        ("老人会喜欢什么礼物", []),
        ("他最喜欢的是篮球", ["篮球"]),
        ("给喜欢钓鱼的爸爸买礼物", ["钓鱼"]),
        ("孩子喜欢恐龙、汽车和画画", ["恐龙", "汽车", "画画"]),
    ],
)
def test_what_somebody_likes_is_heard(text, liked):
    read = read_interests(DialogueState("s"), nlu("find_gift", text=text))
    assert list(interests(read.slots)) == liked
    assert all(text[slot.start : slot.end] == slot.raw for slot in read.slots)


def test_a_kind_that_is_known_already_is_heard_once():
    text = "she is into coffee and running"
    known = Slot("product_type", "coffee", "coffee", start=12, end=18)
    read = read_interests(DialogueState("s"), nlu("find_gift", known, text=text))
    assert interests(read.slots) == ("coffee", "running")


@pytest.mark.parametrize(
    ("text", "kind", "occasion"),
    [("a watch for dad's birthday", "watch", "birthday"), ("生日送爸爸手表", "手表", "生日")],
)
def test_what_is_celebrated_is_not_liked(text, kind, occasion):
    slots = [
        Slot(name, said, said, start=text.index(said), end=text.index(said) + len(said))
        for name, said in (("product_type", kind), ("feature", occasion))
    ]
    read = read_interests(DialogueState("s"), nlu("find_gift", *slots, text=text))
    assert interests(read.slots) == (kind,)


def test_a_hobby_is_no_occasion():
    yoga = Slot("occasion", "yoga", "yoga", start=5, end=9)
    read = read_interests(DialogueState("s"), nlu("find_gift", yoga, text="more yoga"))
    assert [slot.name for slot in read.slots] == ["feature"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("something more for the coffee side", "find_complement"),
        ("做饭那方面的再来几个", "show_more"),
    ],
)
def test_after_gifts_one_interest_is_asked_on_for(text, intent):
    word = "coffee" if "coffee" in text else "做饭"
    at = text.index(word)
    liked = Slot("feature", word, word, start=at, end=at + len(word))
    said = nlu(intent, liked, text=text)
    assert read_interests(AFTER_GIFTS, said).intent == "find_gift"
    assert read_interests(DialogueState("s"), said).intent == intent


@pytest.mark.parametrize(
    ("text", "liked"),
    [("more for the coffee side", "coffee"), ("做饭那方面的再来几个", "做饭")],
)
def test_an_interest_that_no_slot_has_heard_is_asked_on_for_too(text, liked):
    read = read_interests(AFTER_GIFTS, nlu("find_similar", text=text))
    assert (read.intent, interests(read.slots)) == ("find_gift", (liked,))


def test_more_of_the_same_stays_what_it_is():
    said = nlu("show_more", text="show me more")
    assert read_interests(AFTER_GIFTS, said) is said


@pytest.mark.parametrize(
    ("text", "raw", "name"),
    [
        ("a birthday present for mum, she likes tea", "birthday", "occasion"),
        ("a mother's day gift for mum", "mother's day", "occasion"),
        ("a mother’s day gift for mum", "mother’s day", "occasion"),
        ("a present for new year's eve", "new year's eve", "occasion"),
        ("teachers' day presents", "teachers' day", "occasion"),
        ("万圣节送孩子什么", "万圣节", "occasion"),
        ("朋友搬新家送什么", "搬新家", "occasion"),
        ("母亲节送妈妈什么好", "母亲节", "occasion"),
        ("同事的乔迁礼物", "乔迁", "occasion"),
        ("a gift for yoga", "yoga", "feature"),
        ("瑜伽礼物", "瑜伽", "feature"),
    ],
)
def test_a_feast_stays_the_occasion_though_no_product_is_marked_for_it(text, raw, name):
    start = text.index(raw)
    said = Slot("occasion", raw, raw, start=start, end=start + len(raw))
    read = read_interests(DialogueState("s"), nlu("find_gift", said, text=text))
    assert [slot.name for slot in read.slots if slot.raw == raw] == [name]


@pytest.mark.parametrize(
    ("words", "liked"),
    [("halloween costume", True), ("中秋月饼", True), ("birthday", False), ("生日", False)],
)
def test_what_is_made_for_a_feast_may_be_liked_and_the_feast_may_not(words, liked):
    assert (interests((Slot("product_type", words, words),)) == (words,)) is liked
