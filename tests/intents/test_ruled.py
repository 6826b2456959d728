import pytest

from intents.ruled import RULED, WATCHED_STOCK, ruled_intent
from intents.types import Slot

SAID = {
    "ask_faq_store": [
        "are your products genuine?",
        "is everything you sell authentic",
        "you don't sell fakes do you",
        "卖的都是正品吧",
        "你们家保证是真货吗",
        "店里有没有假货",
    ],
    "complain": [
        "I'm quite disappointed, it came two days late",
        "that was disappointing",
        "快递比说好的晚了两天，有点失望",
        "太让人寒心了",
    ],
    "watch_product": [
        "let me know when the price drops",
        "notify me if it goes on sale",
        "tell me when it's below $50",
        "can you alert me when the second one gets cheaper?",
        "please email me once it is back in stock",
        "let me know as soon as you have it again",
        "tell me when the first one is available again",
        "set a price alert for this one",
        "I'd like a back-in-stock alert",
        "keep an eye on it and tell me if the price falls",
        "watch the price of the first one",
        "price alert please",
        "ping me when they're back",
        "watch this for me",
        "please keep an eye on the second one",
        "降价了通知我",
        "这款降价的话告诉我一声",
        "到货了提醒我",
        "有货了叫我一下",
        "便宜了喊我",
        "降到300以下的时候通知我",
        "帮我设个降价提醒",
        "到货提醒",
        "提醒我第二个什么时候降价",
        "帮我盯着这个的价格",
        "补货的时候麻烦通知一下",
        "帮我盯着这个",
        "第二个帮我关注一下",
    ],
    "list_watches": [
        "show my price alerts",
        "show me my watches",
        "list the price alerts",
        "what am I watching?",
        "my alerts",
        "我的降价提醒",
        "看看我的提醒",
        "我关注了哪些商品",
    ],
    "stop_watching": [
        "stop watching it",
        "cancel the price alert",
        "turn off my alerts",
        "don't notify me any more",
        "取消降价提醒",
        "不用提醒我了",
        "把这个到货通知关掉，取消通知",
    ],
    "save_cart": [
        "save my cart",
        "can you save this cart as birthday?",
        "keep my basket for later",
        "保存购物车",
        "把购物车先存起来",
        "存一下购物车",
        "把购物车存为生日",
    ],
    "restore_cart": [
        "load my saved cart",
        "show me my saved carts",
        "restore my cart",
        "open the saved basket",
        "恢复之前保存的购物车",
        "打开我存的购物车",
        "找回购物车",
        "上次存的购物车还在吗",
    ],
    "reorder": [
        "reorder",
        "order the same again",
        "buy it again",
        "same as last time please",
        "repeat my last order",
        "I want to re-order what I got in October",
        "和上次一样的再来一单",
        "再买一次上次的",
        "上次买的再来一份",
        "一键回购",
        "按上次的订单再下一单",
    ],
}
OTHERS = [
    "is the strap genuine leather",
    "do you sell fake plants",
    "I'd be very disappointed if it leaked",
    "你们的评价都是假的吧",
    "希望别让我失望",
    "用了之后没失望",
    "is it back in stock?",
    "is the price going to drop?",
    "let me know if you have it in blue",
    "tell me about the second one",
    "tell me when my order arrives",
    "notify me when my parcel is back with you",
    "show me cheaper ones",
    "what's on sale?",
    "add it to my cart",
    "empty my cart",
    "show my cart",
    "save me some money",
    "where is my order?",
    "I would never order it again",
    "the same one in blue",
    "same day delivery?",
    "order by price",
    "I need a tea set",
    "a bedding set under $80",
    "first aid kit",
    "red shoes and a blue bag",
    "降价了吗",
    "什么时候到货",
    "有货吗",
    "有没有便宜点的",
    "我的快递到货了吗",
    "订单发货了通知我",
    "清空购物车",
    "看看购物车",
    "加入购物车",
    "再来一个",
    "第二个再来两件",
    "不会再买了",
    "来一套茶具",
    "四件套有吗",
    "一样的有红色吗",
    "watch under $100",
    "this watch for me",
    "show me watches",
    "show me some watches",
    "what watches",
    "看看手表",
    "这个表不错",
    "kids' watches",
    "手表提醒功能有吗",
]


def kinds(*words):
    return [Slot("product_type", word, word) for word in words]


@pytest.mark.parametrize(("intent", "text"), [(i, t) for i, texts in SAID.items() for t in texts])
def test_each_wish_is_known_in_many_words(intent, text):
    assert ruled_intent(text, ()) == intent


@pytest.mark.parametrize("text", OTHERS)
def test_a_mere_mention_is_no_wish(text):
    assert ruled_intent(text, ()) == ""


def spoken(text, *words):
    slots = []
    for word in words:
        start = text.index(word)
        slots.append(Slot("product_type", word, word, start, start + len(word)))
    return ruled_intent(text, slots)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a mouse and a keyboard for $100 in total", ["mouse", "keyboard"]),
        ("tent, sleeping bag and headlamp, all together under 300", ["tent", "headlamp"]),
        ("put together a gaming setup under $500", []),
        ("a gaming setup for $20 in total", []),
        ("I need an outfit for running, $200", []),
        ("an outfit with a white shirt and jeans under $120", ["shirt", "jeans"]),
        ("帐篷、睡袋和头灯，一共1000以内", ["帐篷", "睡袋"]),
        ("帮我配一套露营装备，预算1000", []),
        ("想要一身跑步穿搭，500以内", []),
        ("鼠标加键盘总共不超过300", ["鼠标", "键盘"]),
        ("put together a camping kit under $300 and add it to my cart", []),
        ("a picnic basket and a blanket for $100 in total", ["picnic basket", "blanket"]),
        ("帮我配一套露营装备，加入购物车", []),
        ("鼠标和键盘一共300以内，放到我的购物车", ["鼠标", "键盘"]),
    ],
)
def test_several_kinds_for_one_sum_are_a_bundle(text, words):
    assert spoken(text, *words) == "build_bundle"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a tea set in total white", ["tea set"]),
        ("a mouse and a keyboard", ["mouse", "keyboard"]),
        ("来一套茶具", ["茶具"]),
        ("鼠标和键盘", ["鼠标", "键盘"]),
        ("what's the total of the mouse and the keyboard in my cart", ["mouse", "keyboard"]),
        ("购物车里鼠标和键盘一共多少钱", ["鼠标", "键盘"]),
        ("what is an outfit", []),
        ("the mouse and the keyboard in the bag, what do they come to in total", ["mouse", "key"]),
        ("total of my orders with a mouse and a keyboard", ["mouse", "keyboard"]),
        ("how much are a mouse and a keyboard in total", ["mouse", "keyboard"]),
        ("订单里鼠标和键盘一共花了多少", ["鼠标", "键盘"]),
        ("鼠标和键盘加起来多少钱", ["鼠标", "键盘"]),
        ("我的购物车总价，鼠标和键盘", ["鼠标", "键盘"]),
    ],
)
def test_other_sets_and_sums_are_no_bundle(text, words):
    assert spoken(text, *words) == ""


@pytest.mark.parametrize(
    ("text", "stock"),
    [
        ("tell me when it's back in stock", True),
        ("到货了提醒我", True),
        ("tell me when the price drops", False),
        ("降价了通知我", False),
        ("let me know when it is available again", True),
    ],
)
def test_what_is_watched(text, stock):
    assert bool(WATCHED_STOCK.search(text)) is stock


def test_every_ruled_intent_is_tested():
    assert {*SAID, "build_bundle"} == RULED
