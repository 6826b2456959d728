import pytest

from intents.leftover import leftover
from intents.readings import Reading
from intents.resolve import resolve
from intents.rules import LIKELY, SURE, apply_rules, apply_shape_rules
from intents.shape import shape
from intents.types import ParseContext, Slot
from intents.values import read_values
from tests.intents.words import Words


def reading(text, previous="", asked=""):
    context = ParseContext(previous, asked)
    prepared = shape(text)
    slots = resolve(prepared, "en", Words(), read_values(prepared, context))
    return Reading(text, slots, leftover(prepared, slots), context)


def sure(text, previous="", asked=""):
    intent = apply_rules(reading(text, previous, asked))
    assert intent is None or intent.score == SURE
    return intent.name if intent else ""


def likely(text, previous="", asked=""):
    intent = apply_shape_rules(reading(text, previous, asked))
    assert intent is None or intent.score == LIKELY
    return intent.name if intent else ""


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes", "affirm"), ("Yes please!", "affirm"), ("ok", "affirm"), ("go ahead", "affirm"),
        ("👍", "affirm"),
        ("是的", "affirm"), ("好的", "affirm"), ("嗯嗯", "affirm"), ("可以", "affirm"),
        ("没问题", "affirm"),
        ("no", "deny"), ("no thanks", "deny"), ("nope", "deny"), ("👎", "deny"), ("不要", "deny"),
        ("不用了", "deny"),
        ("算了", "deny"), ("hi", "greet"), ("Hello there!", "greet"), ("good morning", "greet"),
        ("你好", "greet"),
        ("在吗", "greet"), ("👋", "greet"), ("bye", "goodbye"), ("see you later", "goodbye"),
        ("再见", "goodbye"),
        ("thanks", "thank"), ("thank you so much", "thank"), ("谢谢", "thank"),
        ("好的谢谢", "thank"), ("🙏", "thank"),
        ("help", "help"), ("what can you do?", "help"), ("帮助", "help"), ("你能做什么", "help"),
        ("show more", "show_more"), ("more please", "show_more"), ("next page", "show_more"),
        ("换一批", "show_more"),
        ("还有吗", "show_more"), ("my cart", "show_cart"), ("show me my basket", "show_cart"),
        ("购物车", "show_cart"),
        ("查看购物车", "show_cart"), ("empty my cart", "clear_cart"), ("清空购物车", "clear_cart"),
        ("checkout", "checkout"), ("结账", "checkout"), ("买单吧", "checkout"),
        ("start over", "start_over"),
        ("重新开始", "start_over"), ("human", "request_human"), ("转人工", "request_human"),
        ("人工客服", "request_human"),
        ("sort by price", "sort_results"), ("按销量排序", "sort_results"),
        ("compare them", "compare_products"),
        ("对比一下", "compare_products"), ("aye", "affirm"), ("by all means", "affirm"),
        ("恩恩", "affirm"), ("好呀", "affirm"), ("没意见", "affirm"), ("uh-uh", "deny"),
        ("not today", "deny"), ("免了", "deny"), ("不用麻烦了", "deny"), ("namaste", "greet"),
        ("你好啊", "greet"), ("老板好", "greet"), ("有客服吗", "greet"), ("gotta run", "goodbye"),
        ("have a nice weekend!", "goodbye"), ("先走了", "goodbye"), ("有空再聊", "goodbye"),
        ("I must be going", "goodbye"), ("i have to run now", "goodbye"), ("我得走了", "goodbye"),
        ("what should I write here?", "help"), ("我该说什么", "help"), ("怎么查找商品", "help"),
        ("lol", "chitchat"), ("hahaha", "chitchat"), ("哈哈哈", "chitchat"), ("😂", "chitchat"),
    ],
)  # fmt: skip
def test_whole_texts_that_mean_one_thing(text, intent):
    assert sure(text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "yes but in red", "no wool", "hi, I need socks", "thanks but it is late",
        "help me find socks",
        "more expensive", "add to cart", "checkout is broken", "不要皮的", "你好有袜子吗",
        "谢谢，再看看",
        "购物车里的第一个删掉", "好的鞋", "socks", "",
    ],
)  # fmt: skip
def test_more_words_are_left_to_the_model(text):
    assert sure(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "talk to a human", "Can I speak with a real person please", "connect me to an agent",
        "transfer me to customer service", "i want a real person", "I need a human",
        "get me a live agent",
        "put me through to support", "我要转人工", "帮我转人工客服", "找人工", "接真人客服",
        "叫你们客服来", "联系客服",
    ],
)  # fmt: skip
def test_asks_for_a_person(text):
    assert sure(text) == "request_human"


@pytest.mark.parametrize(
    "text",
    [
        "are you a human?", "human hair wig", "I don't want to talk to a human",
        "a gift for a person who cooks",
        "人工智能音箱", "不要转人工", "客服电话是多少", "人工客服几点上班", "customer reviews",
    ],
)  # fmt: skip
def test_does_not_ask_for_a_person(text):
    assert sure(text) == ""


@pytest.mark.parametrize(
    ("text", "previous", "asked", "intent"),
    [
        ("42", "add_to_cart", "size", "add_to_cart"),
        ("size 42 please", "add_to_cart", "size", "add_to_cart"),
        ("42码", "add_to_cart", "size", "add_to_cart"),
        ("L", "search_products", "size", "refine_search"),
        ("red", "add_to_cart", "color", "add_to_cart"),
        ("two", "add_to_cart", "quantity", "add_to_cart"),
        ("两个", "change_quantity", "quantity", "change_quantity"),
        ("joe@example.com", "track_order", "email", "track_order"),
        ("W1234567", "track_order", "order_id", "track_order"),
        ("1001", "track_order", "order_id", "track_order"),
        ("500", "search_products", "price", "refine_search"),
        ("三百", "search_products", "price", "refine_search"),
        ("the second one", "", "reference", "select_product"),
    ],
)  # fmt: skip
def test_the_bare_answer_to_a_question(text, previous, asked, intent):
    assert sure(text, previous, asked) == intent


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what sizes are there", "size"),
        ("why do you ask", "email"),
        ("42", ""),
        ("show me socks", "size"),
    ],
)
def test_no_bare_answer(text, asked):
    assert sure(text, "", asked) == ""


@pytest.mark.parametrize(
    "text", ["W1234567", "#W1234567", "order W1234567 joe@example.com", "joe@example.com"]
)
def test_an_order_number_or_email_alone_asks_where_it_is(text):
    assert sure(text.replace("order ", "")) == "track_order"


def test_an_order_number_with_a_wish_is_left_to_the_model():
    assert sure("cancel W1234567") == ""


@pytest.mark.parametrize("text", ["make it 4", "change that to 3 please", "改成5个", "数量改成2"])
def test_another_quantity(text):
    assert likely(text) == "change_quantity"


@pytest.mark.parametrize("text", ["make it red", "two pairs", "change it", "改成红的"])
def test_no_other_quantity(text):
    assert likely(text) != "change_quantity"


@pytest.mark.parametrize(
    "text", ["the second one", "the last one please", "第二个", "就这个", "2", "this one"]
)
def test_a_reference_alone_picks_a_product(text):
    assert likely(text) == "select_product"


@pytest.mark.parametrize(
    "text",
    [
        "both",
        "all of them",
        "the other one",
        "add the second one",
        "第二个多少钱",
        "it",
        "两个都要",
    ],
)
def test_no_pick(text):
    assert likely(text) != "select_product"


@pytest.mark.parametrize("text", ["any other colours?", "别的颜色", "还有其他尺码吗"])
def test_asks_for_others(text):
    assert likely(text) == "ask_availability"


@pytest.mark.parametrize(
    "text", ["cheapest first", "by popularity, best sellers first", "价格从低到高", "最便宜的"]
)
def test_an_order_alone_sorts(text):
    assert likely(text.replace("by popularity, ", "")) == "sort_results"


@pytest.mark.parametrize("text", ["the cheapest one", "最便宜的那款", "cheapest socks"])
def test_a_superlative_with_more_does_not_sort(text):
    assert likely(text) != "sort_results"


@pytest.mark.parametrize(
    "text",
    [
        "cheaper?", "in blue please", "not leather", "under 50", "size 42", "rated 4+", "Nike",
        "waterproof",
        "便宜点的", "要降噪的", "不要皮的", "三百以内", "42码", "换个便宜的", "黑色的",
        "除了黑色都行",
    ],
)  # fmt: skip
def test_wishes_alone_refine(text):
    assert likely(text, "search_products") == "refine_search"


@pytest.mark.parametrize(
    "text",
    [
        "is it waterproof?",
        "防水吗",
        "the red one",
        "how much",
        "red dress",
        "hello",
        "why so expensive",
    ],
)
def test_other_texts_do_not_refine(text):
    assert likely(text, "search_products") != "refine_search"


@pytest.mark.parametrize(
    "text",
    [
        "running shoes", "Hi, I need running shoes under $80", "red leather dress",
        "do you have headphones",
        "跑鞋", "有没有300块以内的蓝牙耳机", "我想买黑色的袜子", "有没有red的dress",
    ],
)  # fmt: skip
def test_a_product_with_wishes_alone_is_searched(text):
    assert likely(text) == "search_product"


@pytest.mark.parametrize(
    "text",
    [
        "add socks to my cart", "no socks", "which headphones are best", "is the dress red",
        "cheaper headphones",
        "加袜子到购物车", "不要袜子", "蓝牙耳机怎么用", "推荐耳机", "similar headphones",
    ],
)  # fmt: skip
def test_a_product_with_another_act_is_left_to_the_model(text):
    assert likely(text) != "search_product"


@pytest.mark.parametrize(
    ("text", "previous", "intent"),
    [
        ("great, thank you", "", "thank"),
        ("行，谢谢", "", "thank"),
        ("and by rating?", "search_products", "sort_results"),
        ("and one in XL as well", "add_to_cart", "add_to_cart"),
        ("50码呢", "show_availability", "ask_availability"),
        ("the cheapest first", "search_products", "sort_results"),
        ("pricier", "show_product_detail", "refine_search"),
        ("黑色的", "show_product_detail", "refine_search"),
        ("换个黑色的", "show_product_detail", "refine_search"),
        ("黑色的有吗", "show_product_detail", ""),
        ("which of those are under $70?", "search_products", "refine_search"),
        ("加M码", "help_with_size", "add_to_cart"),
        ("几天能到货", "add_to_cart", "ask_faq_shipping"),
        ("一般要多少天才能收到呢", "", "ask_faq_shipping"),
        ("not the first one, the others", "search_products", "show_more"),
        ("第一个不要，看其他的", "search_products", "show_more"),
        ("就要第二件了", "search_products", "add_to_cart"),
        ("那来一个第二款", "search_products", "add_to_cart"),
        ("what's the most expensive thing you sell?", "", "search_product"),
        ("你们店最贵的东西是什么", "", "search_product"),
        ("一米八二 160斤", "search_products", "ask_size_help"),
    ],
)
def test_what_only_the_conversation_or_the_whole_text_makes_clear(text, previous, intent):
    assert sure(text, previous) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("那最便宜的呢", "sort_results"),
        ("哪些评价最好", "sort_results"),
        ("第二双有38码的吗", "ask_availability"),
        ("is the second one available in red?", "ask_availability"),
    ],
)
def test_what_the_kind_of_slots_suggests_about_the_list(text, intent):
    assert likely(text, "search_products") == intent


@pytest.mark.parametrize(
    "text",
    [
        "keep them coming, what other ones are there",
        "what other options do you have",
        "the rest of them",
        "show me the rest",
        "剩下的也拿出来看看",
        "其余几款也摆出来瞧瞧",
    ],
)
def test_the_rest_of_a_list_is_more_of_it(text):
    assert sure(text, "search_products") == "show_more"
    assert sure(text) != "show_more"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("forget what I said about the price", "relax_search"),
        ("never mind the brand", "relax_search"),
        ("what about the price", ""),
    ],
)
def test_a_wish_is_given_up_by_what_it_was_about(text, intent):
    start = text.rindex(" ") + 1
    slot = Slot("attribute", text[start:], text[start:], start, len(text))
    found = apply_rules(Reading(text, (slot,), text[:start]))
    assert (found.name if found else "") == intent


@pytest.mark.parametrize("text", ["防水这条不能少", "红色的这点必须有"])
def test_a_must_goes_on_with_the_search(text):
    assert sure(text, "search_products") == "refine_search"
    assert sure(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "我讨厌黑色，换一个",
        "换一个，不要黑色的",
        "I hate red, show me another one",
        "not red, another",
    ],
)
def test_another_one_than_what_is_refused_goes_on_with_the_search(text):
    assert sure(text, "search_products") == "refine_search"
    assert sure(text) == ""


@pytest.mark.parametrize(
    "text", ["换一个", "讨厌这个黑色的，换一个", "I hate the red one, another"]
)
def test_another_one_than_what_is_pointed_at_is_left_to_the_model(text):
    assert sure(text, "search_products") == ""


@pytest.mark.parametrize("text", ["把红改成黑色", "swap the red for blue"])
def test_a_value_for_another_corrects_the_search_that_is_running(text):
    assert sure(text, "search_products") == "correct_previous"
    assert sure(text, "show_cart") == ""


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("得，价格那条当我没说", "价格那条", "price"),
        ("品牌的要求算我没提", "品牌", "brand"),
        ("forget what i said about the brand", "brand", "brand"),
    ],
)
def test_a_wish_is_taken_back_by_what_it_was_about(text, words, value):
    start = text.index(words)
    slot = Slot("attribute", value, words, start, start + len(words))
    intent = apply_rules(Reading(text, (slot,), "", ParseContext("search_products")))
    assert intent is not None
    assert intent.name == "relax_search"


@pytest.mark.parametrize(
    ("text", "previous", "asked", "intent"),
    [
        ("42 I suppose", "search_products", "size", "refine_search"),
        ("42码就好", "search_products", "size", "refine_search"),
        ("42?", "search_products", "size", "refine_search"),
        ("有42码吗", "search_products", "size", "refine_search"),
        ("what about the red?", "show_price", "", "ask_price"),
        ("那42码的呢", "show_price", "", "ask_price"),
        ("no thank you so much", "", "", "deny"),
    ],
)
def test_what_went_before_says_what_a_few_words_mean(text, previous, asked, intent):
    assert sure(text, previous, asked) == intent


@pytest.mark.parametrize("text", ["number 2 it is", "就第二个了", "第三款好"])
def test_a_place_and_a_word_of_choice_pick(text):
    assert likely(text) == "select_product"


@pytest.mark.parametrize("text", ["it must not be leather", "I'd rather not have leather"])
def test_a_firm_refusal_narrows(text):
    leather = Slot("material", "leather", "leather", text.index("leather"), len(text), "exclude")
    found = apply_rules(Reading(text, (leather,), leftover(shape(text), [leather])))
    assert found is not None
    assert found.name == "refine_search"


def test_a_firm_refusal_narrows_in_chinese_too():
    leather = Slot("material", "leather", "真皮", 0, 2, "exclude")
    said = Reading("真皮一律不要", (leather,), leftover(shape("真皮一律不要"), [leather]))
    found = apply_rules(said)
    assert found is not None
    assert found.name == "refine_search"
