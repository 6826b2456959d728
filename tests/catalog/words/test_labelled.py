import pytest

from catalog.types import TextConstraint
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
        product("6", category="Books|图书", language="English|英文",
                author="Elena Marsh|埃莱娜·马什"),
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
    ],
)
def test_an_ordinary_word_is_a_value_beside_its_attributes_name(
    shop, text, words, attribute, value
):
    found = [m for m in shop.find(text) if text[m.start : m.end] == words]
    constraints = [m.constraint for m in found if isinstance(m.constraint, TextConstraint)]
    assert [(c.name, value in c.values) for c in constraints] == [(attribute, True)]


@pytest.mark.parametrize(
    "text", ["it gets dark early", "dark, and what flavor is it", "an adult game", "flavor: red"]
)
def test_by_itself_it_says_nothing(shop, text):
    found = {m.constraint.name for m in shop.find(text) if m.constraint is not None}
    assert not found & {"flavor", "life_stage"}


def test_what_is_written_as_choices_is_measured_too(shop):
    assert shop.is_measurable("storage")
    assert shop.unit("storage") == "gb"
