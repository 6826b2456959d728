"""What users of other search engines complain about in Chinese; ours must get it right."""

import numpy as np
import pytest

from catalog.correction import Corrector, KnownWords, own_names, surfaces
from catalog.documents import fields
from catalog.lexical import LexicalIndex
from catalog.query import query_terms
from catalog.synonyms import NO_SYNONYMS, parse_synonyms
from catalog.text import tokens
from tests.catalog.products import product

HOMEWARE = "Home|家居"


def shop(*titles, brand="|疾风云"):
    """Search by words over products of these titles: query → the titles found, best first."""
    known, index = KnownWords(), LexicalIndex()
    for number, title in enumerate(titles):
        one = product(str(number), f"|{title}", category=HOMEWARE, brand=brand)
        known.teach(own_names(one))
        words = fields(one)
        index.add(number, words)
        known.add(surfaces(one, words))

    def search(query, synonyms=NO_SYNONYMS):
        text = Corrector(known, index, synonyms).correct(query).text
        scores = index.scores(query_terms(text, synonyms), len(titles)).scores
        order = np.argsort(-scores, kind="stable").tolist()
        return [titles[n] for n in order if scores[n] > 0]

    return search


def test_words_that_only_sound_alike_are_not_found():
    search = shop("景点门票", "经典款皮鞋")
    assert search("经典") == ["经典款皮鞋"]
    assert search("景点") == ["景点门票"]


def test_a_real_word_is_not_taken_for_one_that_sounds_like_it():
    assert shop("景点门票")("经典") == []


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("书架 安装简单", "简单"),
        ("待处理品清仓", "处理"),
        ("一个三十厘米的锅", "三十"),
        ("男士跑步鞋", "跑步"),
        ("加厚不锈钢保温杯", "不锈钢"),
    ],
)
def test_a_word_inside_of_longer_ones_is_found(title, query):
    assert title in shop(title, "别的东西")(query)


@pytest.mark.parametrize("query", ["蓝牙耳机", "蓝牙 耳机", "蓝 牙 耳机", "耳机 蓝牙", "耳机蓝牙"])
def test_spaces_and_the_order_of_words_change_nothing(query):
    search = shop("索尼蓝牙耳机", "有线耳机", "蓝牙音箱", "台灯")
    found = search(query)
    assert found[0] == "索尼蓝牙耳机"
    assert "台灯" not in found


@pytest.mark.parametrize("query", ["无线鼠标", "無線滑鼠", "无线滑鼠", "無線鼠標", "無線　滑鼠"])
@pytest.mark.parametrize("title", ["静音无线鼠标", "靜音無線滑鼠"])
def test_traditional_and_simplified_find_each_other(query, title):
    assert shop(title, "机械键盘")(query)[0] == title


def test_a_brand_is_found_by_its_other_name():
    search = shop("肯德基炸鸡券", "老茶缸茶叶", "披萨券")
    assert search("KFC") == ["肯德基炸鸡券"]  # the lexicon knows that one
    assert search("LaoChaGang Tea", parse_synonyms("老茶缸 = laochagang tea", "x")) == [
        "老茶缸茶叶"
    ]


def test_the_shops_own_names_are_words():
    shop("疾风云 跑鞋")
    assert "疾风云" in tokens("买疾风云跑鞋")


def test_a_name_is_found_in_a_text_that_was_cut_before_it_was_known():
    index = LexicalIndex()
    index.add(0, {"title": [["跑", "渺", "岚", "鞋"]]})
    assert index.scores(query_terms("渺岚"), 1).scores[0] > 0


@pytest.mark.parametrize("query", ["蓝芽耳机", "兰牙耳机", "藍芽耳機", "lanya erji", "lan ya erji"])
def test_misspelt_chinese_finds_what_was_meant(query):
    assert shop("索尼蓝牙耳机", "台灯")(query)[0] == "索尼蓝牙耳机"


@pytest.mark.parametrize(
    "code", ["dv7-1211ea", "006R90321", "i5-8250U", "500g", "wh-1000xm5", "ＤＶ７－１２１１ＥＡ"]
)
def test_codes_are_kept_whole_beside_chinese(code):
    search = shop(f"商品{code}黑色", "商品dv7-9999 i5 90321", "商品500")
    assert search(code)[0] == f"商品{code}黑色"
    assert search(f"黑色 {code.lower()}")[0] == f"商品{code}黑色"
