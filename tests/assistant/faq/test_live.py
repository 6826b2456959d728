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
    index = faq._index
    faq.search("do you ship", "en", 1)
    assert faq._index is index


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
