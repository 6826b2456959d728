"""The demo's answers, its policy pages and its two languages say the same."""

import re
from collections import Counter
from pathlib import Path

import pytest

from assistant import demo
from assistant.demo.shop import install_service_content
from assistant.faq import load_faq
from catalog.text import has_chinese
from catalog.types import LANGUAGES

HOME = Path(demo.__file__).parent
ENTRIES = load_faq(HOME / "faq")
TOPICS = {
    "shipping", "returns", "payment", "warranty", "account", "orders", "products", "sizes",
    "store", "privacy", "gifts", "loyalty", "business",
}  # fmt: skip
BY_ID = {entry.id: entry for entry in ENTRIES}


def sections(language):
    text = (HOME / f"policy.{language}.md").read_text("utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0]: part for part in parts}


POLICY = {language: sections(language) for language in LANGUAGES}
HEADINGS = list(zip(POLICY["en"], POLICY["zh"], strict=True))


def numbers(text):
    """Every number in a text; 9折 is 10 %, and a month's number is a name in English."""
    text = re.sub(r"(\d)折", lambda match: f"{100 - 10 * int(match[1])}%", text)
    text = re.sub(r"\d+月(?=\d)", "", text)
    return {found.replace(",", "") for found in re.findall(r"\d+(?:[.,:]\d+)*", text)}


def money(text):
    """Every amount in a text with its currency."""
    dollars = re.findall(r"\$([\d,.]*\d)|([\d.]*\d)美元", text)
    yuan = re.findall(r"¥([\d,.]*\d)|([\d.]*\d)元", text)
    return {
        (currency, (one or other).replace(",", ""))
        for currency, amounts in (("USD", dollars), ("CNY", yuan))
        for one, other in amounts
    }


def test_there_are_enough_entries_on_every_topic():
    assert len(ENTRIES) >= 64
    assert {entry.topic for entry in ENTRIES} == TOPICS


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_is_whole_in_both_languages(entry):
    for text in (entry.question, entry.answer, entry.source):
        assert text.en and text.zh
        assert not has_chinese(text.en) and has_chinese(text.zh)
    for language in LANGUAGES:
        variants = [getattr(one, language) for one in entry.variants if getattr(one, language)]
        assert 4 <= len(variants) <= 8
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", entry.updated)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_both_languages_of_an_answer_give_the_same_figures(entry):
    assert numbers(entry.answer.en) == numbers(entry.answer.zh)
    assert money(entry.answer.en) == money(entry.answer.zh)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_an_answer_stands_in_the_policy(entry, language):
    assert entry.source.get(language) in POLICY[language]
    page = "".join(POLICY[language].values())
    assert numbers(entry.answer.get(language)) <= numbers(page)
    assert money(entry.answer.get(language)) <= money(page)


@pytest.mark.parametrize(("english", "chinese"), HEADINGS)
def test_both_policies_give_the_same_figures(english, chinese):
    en, zh = POLICY["en"][english], POLICY["zh"][chinese]
    assert numbers(en) == numbers(zh)
    assert money(en) == money(zh)


def test_sources_name_the_same_section_in_both_languages():
    assert {(entry.source.en, entry.source.zh) for entry in ENTRIES} <= set(HEADINGS)


@pytest.mark.parametrize(
    ("id_", "row"),
    [
        ("shipping_us", "United States"),
        ("shipping_canada", "Canada"),
        ("shipping_europe", "United Kingdom and European Union"),
        ("shipping_china", "Mainland China"),
        ("shipping_hk_macau_taiwan", "Hong Kong, Macau and Taiwan"),
    ],
)
def test_the_answer_on_a_place_is_its_row_of_the_table(id_, row):
    line = next(x for x in POLICY["en"]["Shipping"].splitlines() if x.startswith(f"| {row} |"))
    assert money(BY_ID[id_].answer.en) == money(line)
    assert numbers(line) <= numbers(BY_ID[id_].answer.en)


def test_no_question_stands_twice():
    texts = Counter(
        text
        for entry in ENTRIES
        for local in (entry.question, *entry.variants)
        for text in local.all()
    )
    assert [text for text, count in texts.items() if count > 1] == []


def test_content_is_installed_and_edits_stay(tmp_path):
    (tmp_path / "orders.yml").write_text("# mine\n")
    install_service_content(tmp_path)
    assert (tmp_path / "orders.yml").read_text() == "# mine\n"
    install_service_content(tmp_path)
    assert len(load_faq(tmp_path)) == len(ENTRIES) - sum(x.topic == "orders" for x in ENTRIES)
    assert {path.name for path in tmp_path.glob("*.md")} == {"policy.en.md", "policy.zh.md"}
