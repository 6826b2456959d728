"""What a message's words mean in a shop's catalogue, in both languages."""

import pytest

from catalog.types import BRAND, CATEGORY, FlagConstraint, TextConstraint
from catalog.vocabulary import Vocabulary
from tests.catalog.products import product
from tests.catalog.small_shops import BILINGUAL, CHINESE, ENGLISH


@pytest.fixture(scope="module")
def shop():
    return Vocabulary.from_products(BILINGUAL)


@pytest.fixture(scope="module")
def english_shop():
    return Vocabulary.from_products(iter(ENGLISH))


@pytest.fixture(scope="module")
def chinese_shop():
    return Vocabulary.from_products(CHINESE)


def found(shop, text):
    return [(match.name, match.value) for match in shop.find(text)]


def categories(shop, text):
    """The English category names that a message asks for, sorted."""
    return sorted(
        value
        for match in shop.find(text)
        if match.name == "product_type" and match.constraint
        for value in match.constraint.values
        if value.isascii()
    )


def values(shop, text, name):
    """What the constraint of the first match of that name lists."""
    match = next(match for match in shop.find(text) if match.name == name)
    return None if match.constraint is None else set(match.constraint.values)


SHOES = ["heels", "kids' shoes", "running shoes", "trail running shoes"]
HEADPHONES = ["bluetooth earbuds", "headphones", "over-ear headphones"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the head of a name is last, in both languages
        ("shoes", SHOES), ("鞋子", SHOES), ("a pair of shoe", SHOES),
        ("running shoes", ["running shoes", "trail running shoes"]),
        ("跑鞋", ["running shoes", "trail running shoes"]),
        ("慢跑鞋", ["running shoes", "trail running shoes"]),
        ("runners", ["running shoes", "trail running shoes"]),
        ("trail running shoes", ["trail running shoes"]), ("越野跑鞋", ["trail running shoes"]),
        ("headphones", HEADPHONES), ("耳机", HEADPHONES), ("頭戴式耳機", ["over-ear headphones"]),
        ("bluetooth earphones", ["bluetooth earbuds"]), ("蓝牙耳机", ["bluetooth earbuds"]),
        # a thing is not its accessory
        ("laptop", ["laptops"]), ("笔记本电脑", ["laptops"]), ("手提电脑", ["laptops"]),
        ("laptop bag", ["laptop bags"]), ("电脑包", ["laptop bags"]),
        ("phone", ["phones"]), ("手机", ["phones"]), ("cell phones", ["phones"]),
        ("phone case", ["phone cases"]), ("手机壳", ["phone cases"]),
        ("computers", ["laptops"]), ("电脑", ["laptops"]),
        ("bags", ["bags", "laptop bags", "tote bags"]), ("包包", ["bags", "laptop bags", "tote bags"]),
        ("insoles", ["insoles"]), ("鞋垫", ["insoles"]),
        # a doll's shoes are no shoes
        ("doll shoes", ["doll shoes"]), ("娃娃鞋", ["doll shoes"]),
        # umbrella words
        ("tops", ["shirts", "sweaters", "tops"]), ("上装", ["shirts", "sweaters", "tops"]),
        ("outerwear", ["down jackets", "outerwear"]), ("外套", ["down jackets", "outerwear"]),
        ("jackets", ["down jackets"]), ("snacks", ["cookies", "snacks"]), ("零食", ["cookies", "snacks"]),
        # both meanings where both are sold, the right one where words decide
        ("notebook", ["laptops", "notebooks"]), ("笔记本", ["laptops", "notebooks"]),
        ("notebook computer", ["laptops"]),
        # "X for Y" is what X and Y have a name for together
        ("a case for my phone", ["phone cases"]), ("bag for a laptop", ["laptop bags"]),
        ("手机的保护套", ["phone cases"]), ("给手机用的充电器", ["chargers"]),
        ("headphones for my laptop", HEADPHONES),
        # a shelf whose name is no product
        ("show me accessories", ["accessories"]), ("旅行", ["travel"]),
        # compounds
        ("green tea", ["green tea"]), ("绿茶", ["green tea"]), ("茶", ["green tea", "tea"]),
        ("leather heels", ["heels"]), ("women's high heels", ["heels"]),
    ],
)  # fmt: skip
def test_product_types_cover_the_right_categories(shop, text, expected):
    assert categories(shop, text) == expected


def test_a_category_is_named_in_every_language_it_has(shop):
    match = shop.find("laptop")[0]
    assert match.constraint == TextConstraint(CATEGORY, ("laptops", "笔记本电脑"))
    assert (match.value, match.label.zh) == ("laptop", "笔记本电脑")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red shoes", [("color", "red"), ("product_type", "shoes")]),
        ("红色的鞋", [("color", "red"), ("product_type", "shoes")]),
        ("红鞋", [("color", "red"), ("product_type", "shoes")]),
        ("女鞋", [("gender", "women"), ("product_type", "shoes")]),
        ("童装", [("age_group", "kids"), ("product_type", "clothing")]),
        ("boys shoes", [("gender", "boys"), ("age_group", "kids"), ("product_type", "shoes")]),
        ("Sonaro headphones", [("brand", "Sonaro"), ("product_type", "headphones")]),
        ("声朗的耳机", [("brand", "Sonaro"), ("product_type", "headphones")]),
        ("苹果手机壳", [("brand", "Apple"), ("product_type", "phone case")]),
        ("儿童书包", [("age_group", "kids"), ("product_type", "school bag")]),
        ("size 42", [("size", "42")]), ("42码的跑鞋", [("size", "42"), ("product_type", "running shoes")]),
        ("42", [("size", "42")]), ("尺码 43", [("size", "43")]), ("XL", [("size", "XL")]),
        ("要XL的", [("size", "XL")]), ("加大码", [("size", "XL")]), ("in M please", [("size", "M")]),
        ("noise cancelling", [("feature", "noise_cancelling")]),
        ("with ANC", [("feature", "noise_cancelling")]), ("要降噪的", [("feature", "noise_cancelling")]),
        ("waterproof", [("feature", "waterproof")]), ("防水的", [("feature", "waterproof")]),
        ("无糖饼干", [("feature", "sugar_free"), ("product_type", "cookies")]),
        ("no sugar cookies", [("feature", "sugar_free"), ("product_type", "cookies")]),
        ("防风 连帽", [("feature", "windproof"), ("feature", "hooded")]),
        ("long sleeve shirt", [("feature", "long_sleeve"), ("product_type", "shirt")]),
        ("长袖衬衫", [("feature", "long_sleeve"), ("product_type", "shirt")]),
        ("striped shirt", [("pattern", "striped"), ("product_type", "shirt")]),
        ("条纹衬衫", [("pattern", "striped"), ("product_type", "shirt")]),
        ("summer shirt", [("season", "summer"), ("product_type", "shirt")]),
        ("夏天穿的衬衫", [("season", "summer"), ("product_type", "shirt")]),
        ("leather", [("material", "leather")]), ("不要皮的", [("material", "leather")]),
        ("canvas tote", [("material", "canvas"), ("product_type", "tote bag")]),
        ("gift for my girlfriend", [("recipient", "girlfriend")]),
        ("送女朋友的礼物", [("recipient", "girlfriend")]),
        ("wedding guest", [("occasion", "wedding")]), ("结婚穿", [("occasion", "wedding")]),
        ("chicken flavor cookies", [("feature", "chicken"), ("product_type", "cookies")]),
        ("a cream sweater", [("color", "cream"), ("product_type", "sweater")]),
        ("cream or beige sweater", [("color", "cream"), ("color", "beige"), ("product_type", "sweater")]),
        ("chocolate shoes", [("color", "chocolate"), ("product_type", "shoes")]),
        ("a warm winter sweater", [("feature", "thermal"), ("season", "winter"), ("product_type", "sweater")]),
        ("work shoes", [("occasion", "work"), ("product_type", "shoes")]),
        ("bag for travel", [("product_type", "bags"), ("occasion", "travel")]),
        ("laptop with webcam", [("product_type", "laptop"), ("feature", "webcam")]),
        ("printer cable", [("product_type", "printer cable")]),
        ("打印机的墨盒", [("compatible_with", "printer"), ("product_type", "ink cartridge")]),
        ("有没有red的shoes", [("color", "red"), ("product_type", "shoes")]),
        ("T恤", [("product_type", "t-shirt")]), ("usb数据线", [("product_type", "charging cable")]),
    ],
)  # fmt: skip
def test_words_fill_slots(shop, text, expected):
    assert found(shop, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # no match inside another word, in either language
        "I ordered it", "reddit", "blackmail", "皮卡丘", "红包", "二手机器", "打包", "小时", "价格", "包邮吗",
        # words that are a colour, an occasion or a size only in their place
        "clear my cart", "does it work", "how does it work?", "the second one", "add two", "42 dollars",
        "I have 42", "that is large", "s", "这个大一点", "一包", "两条", "3米",
        # what every message says
        "please recommend something", "can you cancel my order", "where is my package", "hello", "thanks",
        "talk to a human", "do you ship to canada?", "多少钱", "几天能到货", "转人工", "换个便宜点的",
        "加两个到购物车", "有没有大一点的", "你好", "anything cheaper?", "compare the first two",
        "", "   ", "?!", "🎧🎧", "\x00\u202e", "a",
    ],
)  # fmt: skip
def test_nothing_is_found_where_nothing_is_said(shop, text):
    assert [m for m in shop.find(text) if not (text == "s" and m.name == "size")] == []


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("blue", "color", {"navy", "藏青色", "sky blue", "天蓝色"}),
        ("蓝色", "color", {"navy", "藏青色", "sky blue", "天蓝色"}),
        ("navy", "color", {"navy", "藏青色"}), ("藏青", "color", {"navy", "藏青色"}),
        ("light blue", "color", {"sky blue", "天蓝色"}), ("royal blue", "color", {"navy", "藏青色", "sky blue", "天蓝色"}),
        ("beige", "color", {"cream", "奶油色", "beige", "米色"}),
        ("米色", "color", {"cream", "奶油色", "beige", "米色"}), ("ivory", "color", {"cream", "奶油色", "beige", "米色"}),
        ("purple", "color", None), ("紫色", "color", None),
        ("leather", "material", {"genuine leather", "真皮"}), ("皮质", "material", {"genuine leather", "真皮"}),
        ("faux leather", "material", {"vegan leather", "人造革"}), ("人造革", "material", {"vegan leather", "人造革"}),
        ("men's", "gender", {"men", "男", "unisex", "男女通用"}), ("男士", "gender", {"men", "男", "unisex", "男女通用"}),
        ("for women", "gender", {"women", "女", "unisex", "男女通用"}),
        ("for boys", "gender", {"boys", "男孩", "unisex", "男女通用"}),
        ("girls", "gender", {"women", "女", "unisex", "男女通用"}),
        ("kids", "age_group", {"kids", "儿童"}), ("小朋友", "age_group", {"kids", "儿童"}),
    ],
)  # fmt: skip
def test_a_wish_accepts_its_family_and_what_passes_for_it(shop, text, name, expected):
    assert values(shop, text, name) == expected


@pytest.mark.parametrize(
    ("text", "constraint"),
    [
        ("noise cancelling headphones", FlagConstraint("noise_cancelling")),
        ("降噪耳机", FlagConstraint("noise_cancelling")),
        ("wireless", FlagConstraint("wireless")),
        ("fast charging phone", FlagConstraint("fast_charging")),
        ("快充的手机", FlagConstraint("fast_charging")),
        ("long sleeves", TextConstraint("sleeve_length", ("long sleeve", "长袖"))),
        ("bluetooth charger", TextConstraint("connector", ("bluetooth", "蓝牙"))),
        # Headphones have no connector here: a filter on it would leave none of them.
        ("bluetooth over-ear headphones", None),
        ("dishwasher safe", None),
        ("可机洗", None),
    ],
)
def test_features_demand_what_the_catalogue_can_tell(shop, text, constraint):
    assert next(m for m in shop.find(text) if m.name == "feature").constraint == constraint


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("wirless", "feature", "wireless"), ("noise canceling", "feature", "noise_cancelling"),
        ("headfones", "product_type", "headphones"), ("headphnoes", "product_type", "headphones"),
        ("head phones", "product_type", "headphones"), ("sneekers", "product_type", "sneakers"),
        ("labtop", "product_type", "laptop"), ("lap top", "product_type", "laptop"),
        ("addidas", "brand", "Adidas"), ("sumsung", "brand", "Samsung"), ("Lumibok", "brand", "Lumibook"),
        ("lether", "material", "leather"), ("strpied", "pattern", "striped"), ("jaket", "product_type", "jacket"),
        ("蓝芽耳机", "product_type", "bluetooth headphones"), ("机械健盘", "product_type", "mechanical keyboard"),
        ("冲电器", "product_type", "charger"), ("羽戎服", "product_type", "down jacket"),
        ("運動鞋", "product_type", "sneakers"), ("ＬＡＰＴＯＰ", "product_type", "laptop"),
    ],
)  # fmt: skip
def test_near_spellings_are_understood_but_less_sure(shop, text, name, value):
    matches = [m for m in shop.find(text) if (m.name, m.value) == (name, value)]
    assert len(matches) == 1
    assert 0.4 < matches[0].score <= 0.95


@pytest.mark.parametrize("text", ["shipping", "warranty", "retune", "cheaper", "canada", "price", "manual labor"])
def test_real_words_are_no_misspellings(shop, text):
    assert shop.find(text) == []


def test_a_near_spelling_scores_below_the_word_itself(shop):
    assert shop.find("headfones")[0].score < shop.find("headphones")[0].score


@pytest.mark.parametrize(
    ("text", "raws"),
    [
        ("  Red, running SHOES!", ["Red", "running SHOES"]),
        ("我想要ＮＡＶＹ的跑鞋", ["ＮＡＶＹ", "跑鞋"]),
        ("👟 紅色 跑鞋👟", ["紅色", "跑鞋"]),
        ("noise-cancelling\theadphones", ["noise-cancelling", "headphones"]),
        ("Pavane’s heels", ["Pavane’s", "heels"]),
        ("女鞋", ["女", "鞋"]),
    ],
)
def test_places_index_the_text_as_given(shop, text, raws):
    assert [text[m.start : m.end] for m in shop.find(text)] == raws


def test_ordinary_words_are_brands_only_in_a_names_place(english_shop):
    brands = {
        text: [value for name, value in found(english_shop, text) if name == "brand"]
        for text in ("brother printer", "toner for my Brother", "gift for my brother", "by brother")
    }
    assert brands["brother printer"] == brands["toner for my Brother"] == ["Brother"]
    assert brands["by brother"] == ["Brother"]
    assert brands["gift for my brother"] == []
    assert found(english_shop, "gift for my brother") == [("recipient", "brother")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hp", {"hp", "hewlett-packard"}), ("惠普", {"hp", "hewlett-packard"}),
        ("Hewlett Packard", {"hp", "hewlett-packard"}), ("金士顿", {"kingston technology"}),
        ("kingston", {"kingston technology"}), ("索尼", {"sony"}), ("飞利浦", {"philips"}),
        ("联想", None), ("Lenovo", None),
    ],
)  # fmt: skip
def test_brands_are_found_under_every_name(english_shop, text, expected):
    match = english_shop.find(text)[0]
    assert match.name == "brand"
    assert match.constraint is None if expected is None else set(match.constraint.values) == expected
    assert match.constraint is None or match.constraint.name == BRAND


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("黑色的惠普墨盒", [("color", "black"), ("brand", "HP"), ("product_type", "ink cartridge")]),
        ("惠普笔记本电脑", [("brand", "HP"), ("product_type", "laptop")]),
        ("HP laptop with at least 8GB RAM under 700", [("brand", "HP"), ("product_type", "laptop")]),
        ("带触摸屏的笔记本", [("feature", "touchscreen"), ("product_type", "laptop")]),
        ("浅蓝色的耳机", [("color", "light blue"), ("product_type", "headphones")]),
    ],
)  # fmt: skip
def test_chinese_works_over_an_english_catalogue(english_shop, text, expected):
    assert found(english_shop, text) == expected


def test_parts_of_a_color_count(english_shop):
    assert values(english_shop, "银色", "color") == {"silver", "black,silver"}
    assert values(english_shop, "blue", "color") == {"light blue"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Huawei noise cancelling earbuds", [("brand", "华为"), ("feature", "noise_cancelling"), ("product_type", "earbuds")]),
        ("bluetooth headphones in black", [("product_type", "bluetooth headphones"), ("color", "black")]),
        ("rice cooker", [("product_type", "rice cooker")]),
        ("genuine leather shoes", [("material", "genuine leather"), ("product_type", "shoes")]),
    ],
)  # fmt: skip
def test_english_works_over_a_chinese_catalogue(chinese_shop, text, expected):
    assert found(chinese_shop, text) == expected
    assert all(m.constraint is not None for m in chinese_shop.find(text) if m.name != "product_type")


def test_attributes_with_chinese_names_are_filtered_under_those_names(chinese_shop):
    headphones, color = chinese_shop.find("bluetooth headphones in black")
    assert headphones.constraint == TextConstraint(CATEGORY, ("蓝牙耳机",))
    assert color.constraint == TextConstraint("颜色", ("黑色",))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("墨盒", "zh", "墨盒 ink cartridge"),
        ("黑色的惠普墨盒", "zh", "黑色的惠普墨盒 HP ink cartridge"),
        ("ink cartridge", "en", "ink cartridge"),
        ("你好", "zh", "你好"),
        ("惠普 HP 打印机", "zh", "惠普 HP 打印机 printer"),
    ],
)
def test_search_gets_the_other_languages_words(english_shop, text, language, expected):
    assert english_shop.translate(text, language) == expected


def test_a_bilingual_catalogue_gets_both(shop):
    assert shop.translate("laptop", "en") == "laptop 笔记本电脑"
    assert shop.translate("声朗耳机", "zh") == "声朗耳机 Sonaro headphones"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("battery life", "battery_life"), ("续航", "battery_life"), ("能用多久", "battery_life"),
        ("battery_life", "battery_life"), ("ram", "memory"), ("内存", "memory"), ("RAM", "memory"),
        ("storage", "storage"), ("硬盘", "storage"), ("screen", "screen_size"), ("屏幕", "screen_size"),
        ("weight", "weight"), ("how heavy", "weight"), ("多重", "weight"), ("material", "material"),
        ("什么材质", None), ("材质", "material"), ("heel height", "heel_height"), ("跟高", "heel_height"),
        ("is it waterproof", None), ("waterproof", "waterproof"), ("防水", "waterproof"),
        ("voltage", None), ("电压", None), ("", None), ("nonsense", None),
    ],
)  # fmt: skip
def test_attributes_are_found_by_what_shoppers_call_them(shop, words, expected):
    assert shop.attribute(words) == expected


def test_what_can_be_measured_and_in_what(shop):
    assert shop.is_measurable("battery_life")
    assert not shop.is_measurable("color")
    assert not shop.is_measurable("nonsense")
    assert (shop.unit("battery_life"), shop.unit("weight"), shop.unit("color")) == ("hour", "kg", "")


@pytest.mark.parametrize("words", ["laptop", "笔记本电脑", "earbuds", "跑鞋", "tops", "phone case", "labtop"])
def test_what_the_shop_carries(shop, words):
    assert shop.carries(words)


@pytest.mark.parametrize("words", ["apron", "围裙", "sofa", "电视", "ink cartridge", "red", "", "jeans"])
def test_what_the_shop_does_not_carry(shop, words):
    assert not shop.carries(words)


def test_titles_show_what_is_carried_where_categories_do_not(english_shop):
    assert english_shop.carries("墨盒")
    assert english_shop.carries("usb stick")
    assert english_shop.find("墨盒")[0].constraint is None
    assert not english_shop.carries("dress")


def test_accessories_that_are_carried(shop):
    assert {a.value for a in shop.accessories("phone")} >= {"phone case", "charger"}
    assert {a.value for a in shop.accessories("gaming laptop")} == {"laptop bag"}
    assert shop.accessories("cookies") == ()


def test_a_filter_on_few_products_gives_way_when_most_have_no_category():
    feed = [product(f"p{i}", f"Canon laser printer {i}") for i in range(9)]
    feed.append(product("x", "Old printer", category="Printer"))
    assert Vocabulary.from_products(feed).find("printer")[0].constraint is None


def test_whom_a_thing_is_for_may_stand_in_its_category():
    feed = [
        product("1", "Shirt", category="Men>Men's shirts", brand="Oak"),
        product("2", "Shirt", category="Women>Women's shirts", brand="Oak"),
    ]
    shop = Vocabulary.from_products(feed)
    assert values(shop, "something for men", "gender") == {"men", "men's shirts"}
    assert categories(shop, "women's shirts") == ["women's shirts"]
    assert categories(shop, "shirts") == ["men's shirts", "women's shirts"]


def test_a_type_without_a_shelf_is_its_family_with_what_its_name_says():
    feed = [product("1", "Sonaro One", category="Headphones", wireless=True, bluetooth=True)]
    shop = Vocabulary.from_products(feed)
    matches = shop.find("蓝牙耳机")
    assert [m.constraint for m in matches] == [
        TextConstraint(CATEGORY, ("headphones",)),
        FlagConstraint("bluetooth"),
        FlagConstraint("wireless"),
    ]


def test_an_empty_shop_still_knows_the_world():
    shop = Vocabulary.from_products([])
    assert found(shop, "red HP laptop") == [
        ("color", "red"), ("brand", "HP"), ("product_type", "laptop"),
    ]  # fmt: skip
    assert all(match.constraint is None for match in shop.find("red HP laptop"))
    assert not shop.carries("laptop")
    assert shop.translate("laptop", "en") == "laptop"


@pytest.mark.parametrize("text", ["red shoes " * 20_000, "红色的鞋" * 30_000, "x" * 100_000, "蓝" * 50_000])
def test_endless_messages_are_cut(shop, text):
    assert len(shop.find(text)) < 2_000


def test_the_same_products_give_the_same_vocabulary(shop):
    again = Vocabulary.from_products(list(reversed(BILINGUAL)))
    for text in ("red running shoes", "蓝牙耳机", "blue", "notebook", "tops"):
        assert [(m.name, m.value, m.score) for m in again.find(text)] == [
            (m.name, m.value, m.score) for m in shop.find(text)
        ]
        assert categories(again, text) == categories(shop, text)
