"""The vocabulary of a catalogue that changes while it is served."""

import logging
import threading
from dataclasses import dataclass, field

from catalog.store import ProductStore
from catalog.synonyms import SynonymFile, Synonyms
from catalog.types import Language
from catalog.vocabulary import Vocabulary, VocabularyMatch

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class FreshVocabulary:
    """The vocabulary of the catalogue as it is, rebuilt in the background when that changes.

    ``made_of`` is the store's revision and the synonyms that the current one was read from.
    """

    store: ProductStore
    synonyms: SynonymFile
    current: Vocabulary
    made_of: tuple[int, Synonyms]
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, store: ProductStore, synonyms: SynonymFile) -> "FreshVocabulary":
        """Read the catalogue once, now."""
        made_of = store.revision(), synonyms()
        return cls(store, synonyms, _read(store, made_of[1]), made_of)

    def find(self, text: str, language: Language = "en") -> list[VocabularyMatch]:
        """See :meth:`Vocabulary.find`."""
        return self().find(text, language)

    def named(self, name: str, words: str, language: Language = "en") -> VocabularyMatch | None:
        """See :meth:`Vocabulary.named`."""
        return self().named(name, words, language)

    def instead(self, words: str, other: str) -> VocabularyMatch | None:
        """See :meth:`Vocabulary.instead`."""
        return self().instead(words, other)

    def values(self, name: str) -> tuple[VocabularyMatch, ...]:
        """See :meth:`Vocabulary.values`."""
        return self().values(name)

    def attribute(self, words: str, language: Language = "en") -> str | None:
        """See :meth:`Vocabulary.attribute`."""
        return self().attribute(words, language)

    def is_measurable(self, name: str) -> bool:
        """See :meth:`Vocabulary.is_measurable`."""
        return self().is_measurable(name)

    def is_by_feature(self, product_type: str) -> bool:
        """See :meth:`Vocabulary.is_by_feature`."""
        return self().is_by_feature(product_type)

    def units(self, name: str) -> tuple[str, ...]:
        """See :meth:`Vocabulary.units`."""
        return self().units(name)

    def __call__(self) -> Vocabulary:
        """The newest vocabulary there is."""
        if self._is_old() and self.lock.acquire(blocking=False):
            threading.Thread(target=self._rebuild, name="vocabulary", daemon=True).start()
        return self.current

    def _is_old(self) -> bool:
        revision, synonyms = self.made_of
        return self.store.revision() != revision or self.synonyms() is not synonyms

    def _rebuild(self) -> None:
        try:
            made_of = self.store.revision(), self.synonyms()
            self.current = _read(self.store, made_of[1])
            self.made_of = made_of
        except Exception as error:  # the old vocabulary goes on serving; the next call tries again
            _log.exception("the vocabulary could not be rebuilt: %s", error)
        finally:
            self.lock.release()


def _read(store: ProductStore, synonyms: Synonyms) -> Vocabulary:
    products = (product for batch in store.iterate() for _, product in batch)
    return Vocabulary.from_products(products, synonyms)
