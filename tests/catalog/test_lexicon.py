"""The lexicon's data hold together, and its relations say what they should."""

from collections import Counter
from dataclasses import replace
from types import MappingProxyType

import pytest

from catalog.lexicon import KINDS, Concept, Lexicon, load_lexicon, read_concept
from catalog.lexicon.check import problems
from catalog.matching import forms


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


def with_concepts(lexicon, *concepts):
    """The lexicon with nothing but these."""
    found = {kind: {c.id: c for c in concepts if c.kind == kind} for kind in KINDS}
    words = replace(lexicon.words, ambiguous=MappingProxyType({}), compounds=())
    return Lexicon(MappingProxyType(found), words)


def test_the_data_have_no_contradictions(lexicon):
    assert problems(lexicon) == []


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("product_type", 550), ("brand", 220), ("color", 130), ("material", 90), ("pattern", 30),
        ("feature", 120), ("attribute", 100), ("size", 12), ("recipient", 25), ("occasion", 30),
        ("gender", 5), ("age_group", 5), ("season", 5),
    ],
)  # fmt: skip
def test_every_kind_is_wide(lexicon, kind, least):
    assert len(lexicon.of(kind)) >= least


def test_every_concept_has_a_folded_phrase_in_both_languages(lexicon):
    assert [c.id for c in lexicon if not (forms(c.en[0]) and forms(c.zh[0]))] == []


def test_most_things_have_several_names(lexicon):
    types = lexicon.of("product_type").values()
    several = Counter(len(c.en) + len(c.zh) > 2 for c in types)
    assert several[True] > 0.85 * len(types)


@pytest.mark.parametrize(
    ("concepts", "wrong"),
    [
        (
            [
                Concept("color", "red", ("red",), ("红色",)),
                Concept("color", "crimson", ("crimson", "Red"), ("绯红",)),
            ],
            "means ['crimson', 'red']",
        ),
        ([Concept("color", "red", ("red",), ("红色",), parents=("rouge",))], "no color 'rouge'"),
        ([Concept("color", "red", ("red",), ("rouge",))], "'rouge' is not Chinese"),
        ([Concept("color", "red", ("红色",), ("红",))], "'红色' is not English"),
        ([Concept("color", "red", ("--",), ("红",))], "'--' has no letters"),
        ([Concept("color", "red", ("red",), ("红",), parents=("red",))], "a kind of itself"),
        ([Concept("color", "red", ("red", "red"), ("红",))], "gives a name twice"),
        (
            [Concept("product_type", "case", ("case",), ("壳",), accessory_of=("phone",))],
            "no product_type 'phone'",
        ),
        (
            [Concept("gender", "boys", ("boys",), ("男孩",), also=(("age_group", "kids"),))],
            "no age_group 'kids'",
        ),
    ],
)
def test_contradictions_are_found(lexicon, concepts, wrong):
    assert any(wrong in problem for problem in problems(with_concepts(lexicon, *concepts)))


def test_an_ambiguous_word_with_a_meaning_of_its_own_is_found(lexicon):
    concept = Concept("product_type", "case", ("case",), ("壳",))
    broken = with_concepts(lexicon, concept)
    words = replace(broken.words, ambiguous=MappingProxyType({"Cases": ("case", "phone case")}))
    found = problems(Lexicon(broken.concepts, words))
    assert any("also a name of one product type" in problem for problem in found)
    assert any("no 'phone case'" in problem for problem in found)


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({"en": ["red"]}, "needs names in en and zh"),
        ({"en": ["red"], "zh": []}, "needs names in en and zh"),
        ({"en": ["red"], "zh": ["红"], "colour": "x"}, "unknown field"),
    ],
)
def test_an_entry_without_a_language_is_refused(entry, wrong):
    with pytest.raises(ValueError, match=wrong):
        read_concept("color", entry, "colors.yml")


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("shoes", "running shoes"), ("shoes", "trail running shoes"), ("tops", "hoodie"),
        ("headphones", "bluetooth headphones"), ("home appliances", "rice cooker"),
        ("snacks", "cookies"), ("bags", "laptop bag"), ("bottoms", "jeans"), ("phone", "iphone"),
    ],
)  # fmt: skip
def test_a_family_holds_its_members(lexicon, upper, lower):
    assert lower in lexicon.within("product_type", upper)
    assert upper in lexicon.above("product_type", lower)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("product_type", "laptop", "laptop bag"), ("product_type", "phone", "phone case"),
        ("product_type", "printer", "ink cartridge"), ("product_type", "shoes", "insoles"),
        ("material", "leather", "faux leather"), ("gender", "men", "women"),
    ],
)  # fmt: skip
def test_a_family_holds_no_strangers(lexicon, kind, one, other):
    assert other not in lexicon.within(kind, one)


@pytest.mark.parametrize(
    ("host", "accessory"),
    [
        ("laptop", "laptop bag"), ("phone", "phone case"), ("printer", "ink cartridge"),
        ("gaming laptop", "laptop stand"), ("iphone", "charger"), ("camera", "tripod"),
        ("coffee machine", "coffee grinder"), ("bicycle", "bike lock"),
    ],
)  # fmt: skip
def test_accessories_belong_to_their_hosts(lexicon, host, accessory):
    assert accessory in lexicon.accessories(host)


def test_a_thing_is_no_accessory_of_another_kind(lexicon):
    assert "phone case" not in lexicon.accessories("laptop")


def test_colors_have_families_in_both_languages(lexicon):
    blues = lexicon.within("color", "blue")
    assert {"navy", "sky blue", "teal"} <= blues
    assert "藏青色" in {name for blue in blues for name in lexicon.of("color")[blue].zh}


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("笔电", "laptop"), ("笔记型电脑", "laptop"), ("行动电源", "power bank"),
        ("随身碟", "usb flash drive"), ("印表机", "printer"), ("滑鼠", "mouse"),
        ("滑鼠垫", "mouse pad"), ("黑白雷射印表机", "laser printer"), ("记忆卡", "memory card"),
        ("蓝芽滑鼠", "wireless mouse"), ("气炸锅", "air fryer"), ("洋装", "dress"),
    ],
)  # fmt: skip
def test_taiwans_words_name_the_same(lexicon, name, concept):
    named = [c.id for c in lexicon.of("product_type").values() if name in c.zh]
    assert named == [concept]


def test_taiwans_words_are_other_names_and_no_first_ones(lexicon):
    laptop = lexicon.get("product_type", "laptop")
    assert (laptop.name.zh, laptop.zh.count("笔电")) == ("笔记本电脑", 1)
    others = {name for said in lexicon.words.regional.values() for name in said}
    assert not others & {concept.name.zh for concept in lexicon}


@pytest.mark.parametrize("word", ["智慧", "列印", "数位", "软体", "床包"])
def test_a_part_of_a_name_names_nothing_alone(lexicon, word):
    assert not any(word in concept.zh for concept in lexicon)
