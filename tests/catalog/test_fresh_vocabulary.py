"""The vocabulary follows the catalogue while it is served."""

import time

import pytest

from catalog.fresh_vocabulary import FreshVocabulary
from catalog.store import ProductStore
from catalog.synonyms import SHIPPED, SynonymFile
from tests.catalog.small_shops import BILINGUAL, FASHION, sell

NEW = sell(f"{FASHION}>Tops|上衣", "Quillory cape|羽序 斗篷", "Quillory|羽序")


@pytest.fixture
def store(tmp_path):
    opened = ProductStore.open(f"sqlite:///{tmp_path}/shop.db")
    opened.upsert(BILINGUAL, "test")
    yield opened
    opened.close()


def brands(vocabulary, text, language):
    found = vocabulary.find(text, language)
    return [(one.value, one.score) for one in found if one.name == "brand" and one.score == 1]


@pytest.mark.parametrize(("text", "language"), [("a Quillory cape", "en"), ("羽序斗篷", "zh")])
def test_a_new_brand_is_known_soon_and_the_old_ones_all_the_while(store, text, language):
    vocabulary = FreshVocabulary.of(store, SynonymFile.open(SHIPPED))
    old = vocabulary()
    assert brands(vocabulary, text, language) == []
    store.upsert([NEW], "test")
    deadline = time.monotonic() + 20
    while vocabulary() is old and time.monotonic() < deadline:
        assert brands(old, "Strider", "en") == [("Strider", 1)]
        time.sleep(0.02)
    assert brands(vocabulary, text, language) == [("Quillory", 1)]
    assert brands(vocabulary, "Strider", "en") == [("Strider", 1)]


def test_an_unchanged_catalogue_is_read_once(store):
    vocabulary = FreshVocabulary.of(store, SynonymFile.open(SHIPPED))
    assert vocabulary() is vocabulary()
    assert not vocabulary.lock.locked()
