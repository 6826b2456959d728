import pytest

from assistant.faq import FaqError, load_faq
from assistant.types import FaqEntry
from catalog.types import LocalText

WHOLE = """
- id: canada
  topic: shipping
  source: {en: Shipping, zh: 配送}
  updated: 2026-09-01
  question: {en: "Do you ship to Canada?", zh: 能送到加拿大吗？}
  answer: {en: "Yes.", zh: 可以。}
  variants:
    en: ["ship to canada?", delivery to Toronto]
    zh: [加拿大能寄吗]
"""
SMALL = "- {id: %s, topic: t, question: {%s: q}, answer: {%s: a}}\n"


def write(folder, text, name="a.yml"):
    (folder / name).write_text(text, "utf-8")
    return folder


def test_an_entry_is_read_whole(tmp_path):
    assert load_faq(write(tmp_path, WHOLE)) == (
        FaqEntry(
            id="canada",
            topic="shipping",
            question=LocalText("Do you ship to Canada?", "能送到加拿大吗？"),
            answer=LocalText("Yes.", "可以。"),
            source=LocalText("Shipping", "配送"),
            updated="2026-09-01",
            variants=(
                LocalText(en="ship to canada?"),
                LocalText(en="delivery to Toronto"),
                LocalText(zh="加拿大能寄吗"),
            ),
        ),
    )


def test_one_language_is_enough(tmp_path):
    entry = load_faq(write(tmp_path, SMALL % ("x", "zh", "en")))[0]
    assert (entry.question, entry.answer) == (LocalText(zh="q"), LocalText(en="a"))


def test_files_are_read_by_name_and_other_files_are_not_read(tmp_path):
    write(tmp_path, SMALL % ("second", "en", "en"), "b.yml")
    write(tmp_path, SMALL % ("first", "en", "en"), "a.yml")
    write(tmp_path, "not: [yaml", "policy.md")
    assert [entry.id for entry in load_faq(tmp_path)] == ["first", "second"]


def test_no_folder_and_an_empty_file_are_no_entries(tmp_path):
    assert load_faq(tmp_path / "none") == ()
    assert load_faq(write(tmp_path, "# nothing yet\n")) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: [", r"a\.yml: not valid YAML .* quotes"),
        ("id: x", r"a\.yml: expected a list of entries"),
        ("- just text", r"a\.yml, entry 1: expected id, topic, question and answer"),
        ("- {id: x, topic: t, question: {en: q}}", r"entry 1 \(x\): answer missing; add it"),
        ("- {id: x, topic: t, question: {en: q}, answer: {en: no}}", r"answer\.en.*False.*quotes"),
        ("- {id: x, topic: t, question: {fr: q}, answer: {en: a}}", r"unknown language fr"),
        ("- {id: x, topic: t, question: q, answer: {en: a}}", r"texts by language"),
        ("- {id: x, topic: t, question: {}, answer: {en: a}}", r"question: empty"),
        ("- {id: x, topic: t, question: {en: ' '}, answer: {en: a}}", r"the text is empty"),
        ("- {id: x, topic: t, question: {en: q}, answer: {en: a}, tags: b}", r"unknown key tags"),
        (
            "- {id: x, topic: t, question: {en: q}, answer: {en: a}, updated: soon}",
            r"updated: expected a day such as 2026-09-01, got 'soon'",
        ),
        (
            "- {id: x, topic: t, question: {en: q}, answer: {en: a}, variants: {en: q}}",
            r"variants\.en: expected a list",
        ),
    ],
)
def test_an_error_names_file_entry_and_cure(tmp_path, text, message):
    write(tmp_path, text)
    with pytest.raises(FaqError, match=message):
        load_faq(tmp_path)


def test_an_id_is_taken_once_over_all_files(tmp_path):
    write(tmp_path, SMALL % ("x", "en", "en"), "a.yml")
    write(tmp_path, SMALL % ("x", "zh", "zh"), "b.yml")
    with pytest.raises(FaqError, match=r"b\.yml, entry 1: the id 'x' is already taken"):
        load_faq(tmp_path)


def test_a_file_in_another_encoding_is_an_error(tmp_path):
    (tmp_path / "a.yml").write_bytes("- id: 配送".encode("gb18030"))
    with pytest.raises(FaqError, match=r"a\.yml: cannot be read .* UTF-8"):
        load_faq(tmp_path)
