from dataclasses import replace

import pytest

from assistant.faq.index import CALIBRATION, FaqIndex, background_messages, says_nothing
from assistant.types import FaqEntry
from catalog.types import LANGUAGES, LocalText
from tests.assistant.faq.bag import BagOfWords


def entry(id_, question, answer, variants=()):
    return FaqEntry(id_, "topic", question, answer, LocalText("Page", "页面"), "", tuple(variants))


CANADA = entry(
    "canada",
    LocalText("Do you ship to Canada?", "能送到加拿大吗？"),
    LocalText("Yes, to Canada.", "可以送到加拿大。"),
    [LocalText(en="canadian delivery"), LocalText(zh="加拿大能寄吗")],
)
RETURNS = entry(
    "returns",
    LocalText("How long can I return things?", "多久内可以退货？"),
    LocalText("30 days.", "30天内。"),
    [LocalText(en="return period"), LocalText(zh="几天能退")],
)
WRAP = entry("wrap", LocalText(en="Do you wrap gifts?"), LocalText(en="We wrap gifts."))
FAPIAO = entry("fapiao", LocalText(zh="可以开发票吗？"), LocalText(zh="可以开电子发票。"))
ENTRIES = (CANADA, RETURNS, WRAP, FAPIAO)
INDEX = FaqIndex.build(ENTRIES, BagOfWords())


@pytest.mark.parametrize(
    ("text", "language", "id_"),
    [
        ("do you deliver to Canada", "en", "canada"),
        ("return things", "en", "returns"),
        ("寄加拿大可以吗", "zh", "canada"),
        ("退货要几天内", "zh", "returns"),
        ("能开发票吗", "zh", "fapiao"),
    ],
)
def test_the_entry_asked_for_comes_first(text, language, id_):
    assert INDEX.search(text, language, 1)[0].entry.id == id_


def test_matches_are_best_first_with_scores_within_bounds():
    scores = [match.score for match in INDEX.search("ship to Canada", "en", 9)]
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("text", "language", "answered"),
    [("能送到加拿大吗", "zh", "zh"), ("wrap gifts", "zh", "en"), ("开发票", "en", "zh")],
)
def test_a_match_says_in_which_language_its_answer_is(text, language, answered):
    assert INDEX.search(text, language, 1)[0].language == answered


def test_an_answer_is_given_only_from_the_threshold_on():
    matches = INDEX.search("Do you ship to Canada?", "en", 2)
    score = matches[0].score
    for threshold, given in ((score, True), (min(score + 1e-6, 1.1), False)):
        index = replace(INDEX, calibration=replace(CALIBRATION, threshold=threshold))
        assert (index.best(matches) is matches[0]) is given
    assert INDEX.best(()) is None


@pytest.mark.parametrize("text", ["", "   ", "😀🎉", "?!…", "\x00\x07"])
def test_a_message_without_a_letter_matches_nothing(text):
    assert INDEX.search(text, "en", 3) == ()


def test_a_very_long_message_is_read_from_its_beginning():
    text = "ship to Canada " + "x" * 100_000
    assert INDEX.search(text, "en", 1) == INDEX.search(text[:500], "en", 1)


def test_no_entries_match_nothing():
    assert FaqIndex.build((), BagOfWords()).search("ship to Canada", "en", 3) == ()


def test_vectors_are_kept_between_builds(tmp_path):
    FaqIndex.build(ENTRIES, BagOfWords(), tmp_path)
    bag = BagOfWords()
    again = FaqIndex.build(
        (*ENTRIES[:3], replace(FAPIAO, question=LocalText(zh="开票"))), bag, tmp_path
    )
    assert bag.encoded[1:] == ["开票"]
    assert again.search("退货", "zh", 1) == INDEX.search("退货", "zh", 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_background_messages_exist_in_each_language(language):
    texts = [text for text, spoken in background_messages() if spoken == language]
    assert len(texts) >= 100
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "text", ["a" * 100, "9" * 500, "not " * 30, "哈" * 200, "ship Canada " * 20]
)
def test_a_few_words_over_and_over_ask_nothing(text):
    assert says_nothing(text)
    assert INDEX.search(text, "en", 3) == ()


@pytest.mark.parametrize(
    "text",
    ["", "aaa", "ship ship ship", "ship to Canada " * 30, "能寄加拿大吗" * 30, "退货可以吗，" * 20],
)
def test_a_question_said_again_and_again_is_one(text):
    assert not says_nothing(text)
