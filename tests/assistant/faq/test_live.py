import logging
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.faq import Faq, FaqError
from tests.assistant.faq.bag import BagOfWords

ENTRY = "- {id: %s, topic: t, question: {en: %s}, answer: {en: a}}\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "faq"
    folder.mkdir()
    (folder / "a.yml").write_text(ENTRY % ("ship", "do you ship"))
    return folder


def open_faq(folder, bag=None):
    return Faq.open(folder, bag or BagOfWords(), folder / "cache")


def edit(path, text):
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text)
    os.utime(path, ns=(before + 10**9, before + 10**9))


def ids(faq):
    return [entry.id for entry in faq.entries]


def test_an_edit_is_in_the_next_answer(folder):
    faq = open_faq(folder)
    edit(folder / "a.yml", ENTRY % ("ship", "do you ship") + ENTRY % ("wrap", "gift wrapping"))
    assert faq.search("gift wrapping", "en", 1)[0].entry.id == "wrap"


def test_new_and_removed_files_are_seen(folder):
    faq = open_faq(folder)
    edit(folder / "b.yml", ENTRY % ("wrap", "gift wrapping"))
    assert ids(faq) == ["ship", "wrap"]
    (folder / "a.yml").unlink()
    assert ids(faq) == ["wrap"]


def test_a_broken_edit_keeps_what_was_and_is_reported_once(folder, caplog):
    faq = open_faq(folder)
    edit(folder / "a.yml", "- id: [")
    with caplog.at_level(logging.ERROR):
        assert ids(faq) == ["ship"]
        assert faq.search("do you ship", "en", 1)[0].entry.id == "ship"
    assert caplog.text.count("a.yml: not valid YAML") == 1
    edit(folder / "a.yml", ENTRY % ("mended", "do you ship"))
    assert ids(faq) == ["mended"]


def test_nothing_is_read_again_while_nothing_changes(folder):
    faq = open_faq(folder)
    indexes = faq._indexes
    faq.search("do you ship", "en", 1)
    assert faq._indexes is indexes


def test_a_broken_file_at_the_start_is_an_error(folder):
    edit(folder / "a.yml", "- id: [")
    with pytest.raises(FaqError, match=r"a\.yml"):
        open_faq(folder)


def test_a_second_start_computes_nothing_but_the_probe(folder):
    open_faq(folder)
    bag = BagOfWords()
    open_faq(folder, bag)
    assert len(bag.encoded) == 1


def test_a_shop_without_files_answers_nothing_until_it_writes_some(tmp_path):
    faq = open_faq(tmp_path / "none")
    assert faq.search("do you ship", "en", 1) == ()
    assert faq.best(()) is None


def test_searches_go_on_while_files_change(folder):
    faq = open_faq(folder)

    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda _: faq.search("do you ship", "en", 1)[0].entry.id, range(400))
        for number in range(5):
            edit(folder / "b.yml", ENTRY % (f"wrap{number}", "gift wrapping"))
    assert set(found) == {"ship"}
    assert ids(faq) == ["ship", "wrap4"]


def test_pages_are_found_beside_entries_and_follow_edits(folder):
    faq = open_faq(folder)
    assert faq.passage("engraving of rings", "en") is None
    edit(folder / "extra.en.md", "# Extras\n\nEngraving of rings takes two days.")
    edit(folder / "extra.zh.md", "# 其他服务\n\n戒指刻字要两天。")
    found = faq.passage("engraving of rings takes two days", "en")
    assert found and found.entry.answer.en == "Engraving of rings takes two days."
    chinese = faq.passage("戒指刻字要两天", "zh")
    assert chinese and chinese.language == "zh"
    assert ids(faq) == ["ship"]


def test_a_page_in_the_other_language_is_better_than_none(folder):
    edit(folder / "extra.zh.md", "# 其他服务\n\n戒指刻字要两天。")
    found = open_faq(folder).passage("戒指刻字要两天", "en")
    assert found and found.language == "zh"


def test_a_broken_page_leaves_the_answers_of_before(folder, caplog):
    faq = open_faq(folder)
    edit(folder / "bad.md", "---\nupdated: soon\n---\ntext")
    assert faq.search("do you ship", "en", 1)[0].entry.id == "ship"
    assert "bad.md" in caplog.text
