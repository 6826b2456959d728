"""Queries made ready for search: their terms, their vectors, the kinds of product they ask for."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.encoder import TextEncoder
from catalog.kinds import kinds_asked
from catalog.query import MOST_CHARACTERS, in_english, query_terms, translated
from catalog.ranking import Query
from catalog.synonyms import Synonyms
from catalog.text import has_chinese


@dataclass(frozen=True, slots=True)
class QueryReader:
    """Reads what a shopper wrote; ``synonyms`` is asked at each query.

    ``english`` is a second encoder for English, and for Chinese whose every word has an English
    name.
    """

    encoder: TextEncoder
    synonyms: Callable[[], Synonyms]
    english: TextEncoder | None = None

    def __call__(self, text: str) -> Query:
        """The query; an empty one when there is no text."""
        words = text[:MOST_CHARACTERS].strip()
        if not words:
            return Query()
        terms = query_terms(words, self.synonyms())
        vector = self.encoder.encode([translated(words, terms)], "query")[0]
        kinds = kinds_asked(words)
        english = in_english(words, terms) if self.english is not None else ""
        if self.english is None or not english:
            return Query(terms, vector, kinds)
        return Query(
            terms,
            vector,
            kinds,
            english=self.english.encode([english], "query")[0],
            translated=has_chinese(words),
            phrase=len(english.split()) > 1,
        )
