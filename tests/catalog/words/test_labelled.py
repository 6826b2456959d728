from dataclasses import replace

import pytest

from catalog.types import Attribute, LocalText, TextConstraint
from catalog.vocabulary import Vocabulary
from tests.catalog.products import product, variant


@pytest.fixture(scope="module")
def shop():
    """A shop whose values are ordinary words, and one drive whose sizes are choices."""
    return Vocabulary.from_products([
        product("1", category="Chocolate|巧克力", flavor="dark|黑巧", material="paper|纸"),
        product("2", category="Chocolate|巧克力", flavor="mixed|混合", material="paper|纸"),
        product("3", category="Dog food|狗粮", life_stage="adult|成年", color="cream|奶油色"),
        product("4", category="Dog food|狗粮", life_stage="senior|老年", color="white|白色"),
        product("6", category="Books|图书", brand="Set Off|动起来", language="English|英文",
                author="Elena Marsh|埃莱娜·马什"),
        product("7", category="Games|桌游", players="2–4 players|2–4人"),
        product("5", category="Drives|硬盘", variants=(variant("5-1", storage="256 GB|256 GB"),)),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "attribute", "value"),
    [
        ("with dark for flavor", "dark for flavor", "flavor", "dark"),
        ("flavor: dark", "flavor: dark", "flavor", "dark"),
        ("the flavor should be mixed please", "flavor should be mixed", "flavor", "mixed"),
        ("life stage: adult", "life stage: adult", "life_stage", "adult"),
        ("cream in color", "cream in color", "color", "cream"),
        ("paper as the material", "paper as the material", "material", "paper"),
        ("口味要黑巧的", "口味要黑巧", "flavor", "dark"),
        ("黑巧口味", "黑巧口味", "flavor", "dark"),
        ("颜色：奶油色", "颜色：奶油色", "color", "cream"),
        ("材质得是纸", "材质得是纸", "material", "paper"),
        ("language: english", "language: english", "language", "english"),
        ("语言要英文的", "语言要英文", "language", "english"),
        ("作者要埃莱娜·马什的", "作者要埃莱娜·马什", "author", "elena marsh"),
        ("players: 2–4 players", "players: 2–4 players", "players", "2–4 players"),
        ("brand: set off", "brand: set off", "brand", "set off"),
        ("牌子就认动起来", "牌子就认动起来", "brand", "动起来"),
        ("the flavor must be mixed", "flavor must be mixed", "flavor", "mixed"),
        ("纸做的", "纸做的", "material", "paper"),
        ("语言必须是英文", "语言必须是英文", "language", "english"),
        ("cream in coolur", "cream in coolur", "color", "cream"),
        ("flavro: dark", "flavro: dark", "flavor", "dark"),
        ("with mixde for flavor", "mixde for flavor", "flavor", "mixed"),
        ("author: Elena Masrh", "author: Elena Masrh", "author", "elena marsh"),
        ("口味钥黑巧的", "口味钥黑巧", "flavor", "dark"),
        ("颜色得是奶油涩", "颜色得是奶油涩", "color", "cream"),
        ("语言要应文的", "语言要应文", "language", "english"),
        ("牌子就认动启来", "牌子就认动启来", "brand", "动起来"),
    ],
)
def test_an_ordinary_word_is_a_value_beside_its_attributes_name(
    shop, text, words, attribute, value
):
    found = [m for m in shop.find(text) if text[m.start : m.end] == words]
    constraints = [m.constraint for m in found if isinstance(m.constraint, TextConstraint)]
    assert [(c.name, value in c.values) for c in constraints] == [(attribute, True)]


@pytest.mark.parametrize(
    "text",
    [
        "it gets dark early",
        "dark, and what flavor is it",
        "an adult game",
        "flavor: red",
        "a cooler with dark",
        "口味跑黑桥",
    ],
)
def test_by_itself_it_says_nothing(shop, text):
    found = {m.constraint.name for m in shop.find(text) if m.constraint is not None}
    assert not found & {"flavor", "life_stage"}


def test_what_is_written_as_choices_is_measured_too(shop):
    assert shop.is_measurable("storage")
    assert shop.units("storage") == ("gb",)


def test_a_value_that_one_attribute_alone_has_is_found_where_its_slot_is_known(shop):
    found = shop.named("feature", "黑巧")
    assert found.constraint == shop.named("feature", "dark").constraint
    assert found.constraint.name == "flavor"
    assert shop.named("feature", "埃莱娜") is None


@pytest.fixture(scope="module")
def cables():
    """Cables whose values have signs in them; a flag of many words begins like a brand."""
    return Vocabulary.from_products([
        product("1", "Patch cable, black", brand="Intel", shielding="U/UTP (UTP)",
                connectors="RJ45 Male, RJ45 Male", color="black", outer_colour="grey",
                package_size="42.5 x 42.5", certification="ISO_IEC_19798", model="Go! Plus",
                cas_latency="19", output="(1) IEC 309",
                intel_trusted_wire_technology_tx=True),
        product("2", "Patch cable, grey", shielding="S/FTP (S-STP)", connectors="LC, SC",
                color="grey", outer_colour="black"),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "attribute"),
    [
        ("shielding: U/UTP (UTP)", "shielding: U/UTP (UTP)", "shielding"),
        ("with U/UTP (UTP) for shielding", "U/UTP (UTP) for shielding", "shielding"),
        ("shielding得是U/UTP (UTP)，别的随便", "shielding得是U/UTP (UTP)", "shielding"),
        ("connectors: RJ45 Male, RJ45 Male", "connectors: RJ45 Male, RJ45 Male", "connectors"),
        ("connectors要LC, SC的", "connectors要LC, SC", "connectors"),
        ("outer colour: black", "outer colour: black", "outer_colour"),
        ("package size: 42.5 x 42.5", "package size: 42.5 x 42.5", "package_size"),
        ("package size要42.5x42.5的", "package size要42.5x42.5", "package_size"),
        ("with ISO_IEC_19798 for certification", "ISO_IEC_19798 for certification",
         "certification"),
        ("model得是Go! Plus", "model得是Go! Plus", "model"),
        ("cas latency: 19, please", "cas latency: 19", "cas_latency"),
        ("output得是(1) IEC 309", "output得是(1) IEC 309", "output"),
        ("intel trusted wire technology tx", "intel trusted wire technology tx",
         "intel_trusted_wire_technology_tx"),
    ],
)  # fmt: skip
def test_a_value_is_read_with_all_its_signs_and_an_attribute_by_its_own_name(
    cables, text, words, attribute
):
    (found,) = [m for m in cables.find(text) if m.constraint is not None]
    assert (text[found.start : found.end], found.constraint.name) == (words, attribute)


def test_a_value_ends_where_the_record_ends_it(cables):
    assert cables.find("the model: Go! Stay") == []


def test_a_value_takes_the_place_of_another_of_its_attribute(cables):
    found = cables.instead("S/FTP (S-STP)", "U/UTP (UTP)")
    assert found.constraint == TextConstraint("shielding", ("s/ftp (s-stp)",))
    assert cables.instead("LC, SC", "RJ45 Male, RJ45 Male").constraint.name == "connectors"
    assert cables.instead("grey", "black") is None  # of the cable, or of its outside
    assert cables.instead("LC, SC", "U/UTP (UTP)") is None
    assert cables.instead("pink", "U/UTP (UTP)") is None


def test_two_attributes_may_have_one_name():
    shop = Vocabulary.from_products([
        replace(product("1", category="Food"), attributes=(called("pet", "cats", "For"),)),
        replace(product("2", category="Coats"), attributes=(called("gender", "women", "For"),)),
    ])  # fmt: skip
    for text, attribute in (("for: cats", "pet"), ("for: women", "gender")):
        (found,) = shop.find(text)
        assert found.constraint.name == attribute


def test_of_very_many_names_only_those_that_several_products_share_are_found():
    models = ["Basic Rack", "Basic Rack", *(f"Unit {number}" for number in range(2_500))]
    shop = Vocabulary.from_products(
        product(str(number), category="Power strips", model=model)
        for number, model in enumerate(models)
    )
    for text in ("model: Basic Rack", "model要Basic Rack的"):
        (found,) = shop.find(text)
        assert found.constraint == TextConstraint("model", ("basic rack",))
    assert shop.find("model: Unit 7") == []


def called(name, value, label):
    return Attribute(name, LocalText(value), label=LocalText(label))


def test_what_one_attribute_of_a_name_alone_has_is_demanded_of_any_kind():
    shop = Vocabulary.from_products([
        product("1", category="Mice|鼠标", recommended_usage="Office|办公"),
        product("2", category="Cables|数据线", recommended_usages="Travel|旅行"),
    ])  # fmt: skip
    demanded = shop.find("cables, recommended usage: office")[-1]
    assert demanded.constraint == TextConstraint("recommended_usage", ("office", "办公"))
