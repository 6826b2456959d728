from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup

from assistant.web.markup import TableParts, has_comparison, render_markdown
from tests.web.builders import BROKEN_OUT, SCRIPT

TABLE = "| | A | B |\n| --- | --- | --- |\n| Price | $1 | $2 |"


def test_words_become_paragraphs_and_lists():
    found = render_markdown("**Hello**\nthere\n\n- one\n- two", "en")
    assert "<strong>Hello</strong><br />\nthere" in found
    assert found.count("<li>") == 2


def test_raw_html_is_shown_as_text():
    found = render_markdown(f"Hi {SCRIPT} {BROKEN_OUT}\n\n<b>x</b>", "en")
    tree = html.fragment_fromstring(found, create_parent=True)
    assert SCRIPT in tree.text_content()
    assert not tree.xpath("//script | //img | //b")


def test_pictures_in_words_are_never_fetched():
    found = render_markdown("![x](https://evil.example/x.png)", "en")
    assert "<img" not in found
    assert "evil.example" not in html.fragment_fromstring(found).xpath("string(//img/@src)")


def test_links_open_beside_the_conversation():
    link = html.fragment_fromstring(render_markdown("[pay](/checkout?items=a:1)", "zh")).find("a")
    assert link.get("href") == "/checkout?items=a:1&lang=zh"
    assert link.get("target") == "_blank"
    assert link.get("rel") == "noopener noreferrer"


def test_dangerous_links_stay_text():
    found = render_markdown("[x](javascript:alert(1)) [y](//evil.example) <data:text/html,x>", "en")
    assert "<a" not in found


def test_a_table_gets_a_box_that_scrolls():
    found = render_markdown(TABLE, "en", 'Side "by" side')
    tree = html.fragment_fromstring(found)
    assert tree.get("class") == "table"
    assert tree.get("tabindex") == "0"
    assert tree.get("aria-label") == 'Side "by" side'


def test_a_comparison_is_a_table_with_a_column_for_each_product():
    assert has_comparison(f"Here:\n\n{TABLE}", 2)
    assert not has_comparison(TABLE, 3)
    assert not has_comparison("no table", 0)


def test_parts_stand_over_and_under_their_products():
    parts = TableParts(
        (Markup("<i>1</i>"), Markup("<i>2</i>")), (Markup("<u>1</u>"), Markup("<u>2</u>"))
    )
    tree = html.fragment_fromstring(render_markdown(TABLE, "en", "", parts))
    assert [head.text_content() for head in tree.xpath("//thead//th")] == ["", "1A", "2B"]
    assert [cell.text_content() for cell in tree.xpath("//tr[@class='table-feet']/td")] == [
        "1",
        "2",
    ]


def test_parts_that_do_not_fit_are_left_out():
    parts = TableParts((Markup("<i>1</i>"),), (Markup("<u>1</u>"),))
    assert "<i>" not in render_markdown(TABLE, "en", "", parts)


@given(
    st.text(alphabet=st.sampled_from("<>\"'&[]()!*_`#|-/:\\ \nabjavscript=onerror"), max_size=80)
)
def test_no_words_make_elements_that_act(text):
    tree = html.fragment_fromstring(render_markdown(text, "en"), create_parent=True)
    acting = {"script", "img", "iframe", "object", "svg", "form", "style", "input"}
    assert not acting & {element.tag for element in tree.iter()}
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
        assert element.get("href", "/").startswith(("/", "http"))
