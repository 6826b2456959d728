"""The vocabulary of whole shops: the demo shop, and real feeds from the shared data."""

import csv
import gzip
import itertools
import json

import pytest

from catalog.demo import demo_products
from catalog.text import fold
from catalog.types import FlagConstraint
from catalog.vocabulary import Vocabulary
from catalog.words.product_types import titled_value
from tests.catalog.products import product


@pytest.fixture(scope="module")
def products():
    return list(demo_products())


@pytest.fixture(scope="module")
def demo(products):
    return Vocabulary.from_products(products)


@pytest.fixture(scope="module")
def icecat(shared_data):
    with gzip.open(shared_data("chorus_icecat") / "products.jsonl.gz", "rt", "utf-8") as lines:
        records = [json.loads(line) for line in itertools.islice(lines, 6_000)]
    return Vocabulary.from_products(
        product(
            record["id"],
            record["title"].replace("|", "/"),
            brand=record["supplier"].replace("|", "/"),
            category=record.get("attr_t_product_type", "").replace("|", "/").replace(">", ""),
            color=record.get("attr_t_product_colour", "").replace("|", "/"),
        )
        for record in records
    )


@pytest.fixture(scope="module")
def myntra(shared_data):
    with gzip.open(shared_data("fashion_myntra") / "styles.csv.gz", "rt", "utf-8") as lines:
        rows = list(itertools.islice(csv.DictReader(lines), 8_000))
    return Vocabulary.from_products(
        product(
            row["id"],
            row["articleType"],
            category=f"{row['masterCategory']}>{row['subCategory']}>{row['articleType']}",
            gender=row["gender"],
            color=row["baseColour"],
            season=row["season"],
        )
        for row in rows
    )


def categories(shop, text):
    return {
        value
        for match in shop.find(text)
        if match.name == "product_type" and match.constraint
        for value in match.constraint.values
    }


def accepted(shop, text, name):
    match = next(match for match in shop.find(text) if match.name == name)
    return set(match.constraint.values)


def test_every_shelf_of_the_demo_shop_is_found_by_its_name_in_both_languages(products, demo):
    shelves = {path[-1] for path in (p.category for p in products) if path}
    missed = [
        given
        for shelf in shelves
        for given in shelf.all()
        if fold(given) not in categories(demo, given)
    ]
    assert missed == []


def test_every_brand_of_the_demo_shop_is_found_in_both_languages(products, demo):
    brands = {given for p in products for given in p.brand.all()}
    missed = [b for b in brands if [m.name for m in demo.find(b)] != ["brand"]]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "within", "without"),
    [
        ("shoes", {"running shoes", "heels", "rain boots"}, {"insoles", "shoe laces"}),
        ("鞋子", {"跑步鞋", "高跟鞋", "雨靴"}, {"鞋垫", "鞋带"}),
        ("laptop", {"laptops", "gaming laptops"}, {"laptop stands", "laptop bags"}),
        ("手机", {"智能手机"}, {"手机壳", "手机膜", "充电器"}),
        ("headphones", {"bluetooth earbuds", "over-ear headphones"}, {"headphone stands"}),
        ("耳机", {"蓝牙耳机", "头戴式耳机"}, {"耳机支架", "耳机保护套"}),
        ("tops", {"t-shirts", "shirts", "sweaters"}, {"jeans", "coats"}),
        ("bottoms", {"jeans", "skirts", "shorts"}, {"t-shirts"}),
        ("家电", {"空气炸锅", "吸尘器", "电饭煲"}, {"沙发"}),
        ("bags", {"tote bags", "laptop bags", "suitcases"}, {"sleeping bags"}),
        ("phone accessories", {"phone cases", "chargers", "power banks"}, {"smartphones"}),
        ("electronics", {"laptops", "webcams", "phone cases"}, {"kettles", "air fryers"}),
        ("数码", {"笔记本电脑", "摄像头", "手机壳"}, {"电热水壶"}),
        ("watch", {"smartwatches", "men's watches"}, {"fitness bands"}),
        ("cat food", {"dry cat food", "wet cat food"}, {"dry dog food", "cat litter"}),
        ("裙子", {"连衣裙", "半身裙"}, {"牛仔裤"}),
        ("camera", {"mirrorless cameras"}, {"camera bags", "tripods"}),
        ("coffee", {"coffee beans"}, {"coffee machines", "coffee grinders"}),
        ("books", {"science fiction", "picture books"}, {"notebooks"}),
        ("小说", {"科幻小说"}, {"非虚构", "绘本"}),
        ("筆電", {"laptops"}, {"notebooks"}),
        ("行動電源", {"power banks"}, {"chargers"}),
    ],
)
def test_types_of_the_demo_shop_cover_what_they_should(demo, text, within, without):
    found = categories(demo, text)
    assert within <= found
    assert not without & found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hi, I need running shoes under $80",
            [("product_type", "running shoes")],
        ),
        ("in blue please", [("color", "blue")]),
        ("add the second one in size 42 to my cart", [("size", "42")]),
        ("do you ship to Canada?", []),
        ("有没有300块以内的蓝牙耳机", [("product_type", "bluetooth headphones")]),
        ("要降噪的", [("feature", "noise_cancelling")]),
        ("第二个怎么样", []),
        ("换个便宜点的", []),
        ("几天能到货", []),
        ("转人工", []),
    ],
)
def test_the_conversations_of_the_issue(demo, text, expected):
    assert [(match.name, match.value) for match in demo.find(text)] == expected


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("另外最好银瑟的", "银瑟", "color"),
        ("就要北韦家的", "北韦", "brand"),
        ("牌子就认北韦", "牌子就认北韦", "brand"),
        ("最好银瑟，别太贵", "银瑟", "color"),
    ],
)
def test_a_value_that_is_wished_for_may_only_sound_right(demo, text, words, name):
    (found,) = [one for one in demo.find(text) if one.constraint is not None]
    assert (text[found.start : found.end], found.constraint.name) == (words, name)


@pytest.mark.parametrize(
    "text",
    ["银瑟一日游，最好是景点的", "最好是同色的", "最好无带的", "别的不要就要。银瑟，", "品牌为啦"],
)
def test_what_only_happens_to_sound_like_a_value_is_nothing(demo, text):
    assert not [one for one in demo.find(text) if one.constraint is not None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("颜色要黑的", "black"),
        ("颜色选黑", "black"),
        ("材质是纸的", "paper"),
        ("只要羽容服", "down jacket"),
    ],
)
def test_what_is_written_counts_before_what_it_sounds_like(demo, text, value):
    assert [one.value for one in demo.find(text)] == [value]


def test_what_the_demo_shop_has_no_word_for_is_left_to_search(demo):
    apron = demo.find("围裙")[0]
    assert (apron.value, apron.constraint) == ("apron", None)
    assert not demo.carries("apron")
    assert not demo.carries("电视")
    assert demo.carries("laptop bags")


def test_a_constraint_fits_the_product_it_is_said_of(demo):
    matches = demo.find("wireless headphones with ANC")
    features = [match.constraint for match in matches if match.name == "feature"]
    assert features == [FlagConstraint("wireless"), FlagConstraint("noise_cancelling")]
    assert demo.find("wireless laptop sleeves")[0].constraint is None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("惠普的打印机", "brand", {"hp"}),
        ("三星显示器", "brand", {"samsung"}),
        ("金士顿", "brand", {"kingston technology"}),
        ("Hewlett Packard printer", "brand", {"hp"}),
        ("sumsung monitor", "brand", {"samsung"}),
    ],
)
def test_brands_of_a_real_feed_in_both_languages(icecat, text, name, expected):
    assert accepted(icecat, text, name) == expected


@pytest.mark.parametrize(
    "text", ["HP laptop with at least 8GB RAM", "惠普笔记本电脑", "silver notebooks"]
)
def test_laptops_of_a_real_feed(icecat, text):
    found = categories(icecat, text)
    assert "notebook" in found
    assert "keyboard cover" not in found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("墨盒", "ink cartridge"),
        ("ink cartridges", "ink cartridge"),
        ("硒鼓", "toner cartridge"),
        ("网线", "network cable"),
    ],
)
def test_what_a_real_feed_sells_without_a_category(icecat, text, named):
    match = icecat.find(text)[0]
    assert match.name == "product_type"
    assert match.constraint.values[0] == titled_value(named)
    assert icecat.carries(text)


def test_colors_of_a_real_feed_in_both_languages(icecat):
    assert {"black", "black,silver", "black,grey"} <= accepted(icecat, "黑色", "color")
    assert accepted(icecat, "灰色", "color") == accepted(icecat, "gray", "color")
    assert "white" not in accepted(icecat, "black", "color")


@pytest.mark.parametrize(
    ("text", "within", "without"),
    [
        ("男士衬衫", {"shirts"}, {"tshirts", "sweatshirts"}),
        ("运动鞋", {"sports shoes"}, {"formal shoes"}),
        ("jeans", {"jeans"}, {"jackets"}),
        ("tops", {"tshirts", "shirts", "sweatshirts"}, {"jeans", "skirts"}),
        ("手表", {"watches"}, {"belts"}),
        ("bags", {"handbags", "backpacks"}, {"belts"}),
        ("凉鞋", {"sandals"}, {"socks"}),
    ],
)
def test_a_real_fashion_feed(myntra, text, within, without):
    found = categories(myntra, text)
    assert within <= found
    assert not without & found


def test_people_colors_and_seasons_of_a_real_fashion_feed(myntra):
    assert accepted(myntra, "men's shoes", "gender") == {"men", "unisex"}
    assert accepted(myntra, "女士手表", "gender") == {"women", "unisex"}
    assert {"blue", "navy blue", "turquoise blue"} <= accepted(myntra, "蓝色", "color")
    assert accepted(myntra, "藏青色", "color") == {"navy blue"}
    assert accepted(myntra, "夏天的裙子", "season") == {"summer"}
    assert accepted(myntra, "autumn jackets", "season") == {"fall"}
