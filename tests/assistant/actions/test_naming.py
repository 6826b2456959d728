import pytest

from assistant.actions.naming import _begins


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("corevo folio 13.3-inch laptop", True),
        ("corevo folio", True),
        ("corevo", False),
        ("folio 13.3-inch laptop", False),
        ("corevo fol", False),
        ("芯越 folio 13.3英寸轻薄笔记本电脑", True),
    ],
)
def test_a_name_that_is_a_brand_and_more_may_end_early(name, begins):
    titles = ("corevo folio 13.3-inch laptop, 8 gb", "芯越 folio 13.3英寸轻薄笔记本电脑 8gb")
    assert any(_begins(title, name, ("Corevo", "芯越")) for title in titles) is begins
