import pytest

from catalog.query import head, in_english, query_terms, translated
from catalog.text import find_numbered


def words(text):
    return [term.words for term in query_terms(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("do you have any red shoes for me?", ["red", "shoes"]),
        ("请问有没有红色的连衣裙", ["红色", "连衣裙"]),
        ("HP dv7-1211ea", ["hp", "dv7-1211ea"]),
        ("i need a 16GB laptop", ["16gb", "laptop"]),
        ("red 裙子", ["red", "裙子"]),
        ("", []),
        ("！？。…", []),
    ],
)
def test_only_telling_words_count(text, expected):
    assert words(text) == expected


def test_when_nothing_else_is_left_every_word_counts():
    assert words("who is it") == ["who", "is", "it"]


def test_a_word_counts_once():
    assert words("shoes shoes Shoes") == ["shoes"]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("墨盒", ("ink", "cartridg")),
        ("laptop", ("notebook", "comput")),
        ("黑色", ("black",)),
        ("惠普", ("hp",)),
        ("u盘", ("usb", "flash", "drive")),
    ],
)
def test_a_name_of_the_lexicon_is_also_looked_for_under_its_other_names(text, other):
    (term,) = query_terms(text)
    assert other in term.others


def test_chinese_is_an_other_name_of_english():
    (term,) = query_terms("ink cartridges")
    assert ("墨盒",) in term.others
    assert term.translations == ("墨盒",)


def test_two_names_of_one_thing_are_one_term():
    assert words("墨盒 ink cartridge") == ["墨盒"]


def test_the_longest_name_wins():
    assert words("蓝牙耳机") == ["蓝牙耳机"]
    assert words("wireless mouse") == ["wireless mouse"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("游戏鼠标垫", ["游戏", "鼠标垫"]),
        ("外置光驱", ["外置光驱"]),
        ("gaming mouse pad", ["gaming", "mouse pad"]),
        ("memory card reader", ["memory card reader"]),
    ],
)
def test_names_are_read_from_the_end_where_their_head_stands(text, expected):
    assert words(text) == expected


def test_a_name_with_a_number_is_a_term_of_its_own_beside_its_words():
    *plain, joined = query_terms("windows 10 tablet")
    assert [(term.written, term.extra) for term in plain] == [
        (("window",), False),
        (("10",), False),
        (("tablet",), False),
    ]
    assert (joined.written, joined.extra) == (("windows10",), True)
    assert not any(term.extra for term in query_terms("i need 2 shirts 苹果 7"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("iPhone 7, USB 3.0 and a Galaxy-9", [("iphone", "7"), ("usb", "3.0"), ("galaxy", "9")]),
        ("适用iPhone 7手机壳", [("iphone", "7")]),
        ("up to 10, 10/100 and HP 530-AB or dv 2020123", []),
    ],
)
def test_what_is_a_name_with_a_number(text, expected):
    assert find_numbered(text) == expected


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("桌子", ("table", "desk")),
        ("安卓", ("android",)),
        ("显示器", ("monitor",)),
        ("external", ("外置", "外接")),
    ],
)
def test_a_name_has_its_usual_names_in_the_other_language(text, usual):
    (term,) = query_terms(text)
    assert term.translations == usual


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("USB 鼠标", "usb mouse"),
        ("外置CD光驱", "external cd optical drive"),
        ("Windows 10平板电脑", "windows 10 tablet"),
        ("Laptop", "Laptop"),
        ("蓝牙阿巴巴", ""),
    ],
)
def test_a_query_is_read_in_english_where_all_of_its_words_have_a_name(text, english):
    assert in_english(text, query_terms(text)) == english


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("film ticket", "ticket"),
        ("电影票", "票"),
        ("usb stick 64gb", "usb stick"),
        ("kayaking equipment", "kayaking"),
        ("露营用品", "露营"),
        ("windows 10", "windows"),
    ],
)
def test_the_head_of_a_query_is_the_last_thing_it_names(text, named):
    found = head(query_terms(text))
    assert found is not None
    assert found.words == named


@pytest.mark.parametrize("text", ["", "a gift", "礼物", "64gb"])
def test_goods_of_any_kind_are_no_head(text):
    assert head(query_terms(text)) is None


def test_no_chinese_name_begins_inside_of_a_latin_word():
    assert "u盘" not in words("menu盘子")


def test_an_encoder_gets_the_english_names_behind_chinese_words():
    text = "黑色的惠普墨盒"
    assert translated(text, query_terms(text)) == "黑色的惠普墨盒 (black HP ink cartridge)"
    assert translated("black ink", query_terms("black ink")) == "black ink"


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "买鞋" * 50_000, "\x00\u202e😀", "'; DROP TABLE--"]
)
def test_no_text_is_too_strange(text):
    assert len(query_terms(text)) <= 1_000


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("自行车链条", ("bicycl", "chain")),
        ("吉他架", ("guitar", "stand")),
        ("調音台", ("audio", "mixer")),
        ("typewriters", ("打字", "打字机")),
        ("guitar stand", ("吉他", "架")),
    ],
)
def test_rarer_things_are_translated_too(text, other):
    (term,) = query_terms(text)
    assert set(other) <= {token for name in term.others for token in name}


@pytest.mark.parametrize(
    "text", ["红色 wireless 鼠标", "wireless mouse 红色", "无线 mouse red", "无线鼠标 红"]
)
def test_a_mixed_query_names_the_same_things(text):
    found = {token for term in query_terms(text) for name in term.others for token in name}
    found |= {token for term in query_terms(text) for token in term.written}
    assert {"red", "mous", "wireless", "鼠标", "红色"} <= found
