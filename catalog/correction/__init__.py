"""Misspelt queries: what was meant, by the catalogue's own words.

:class:`Corrector` reads a query and says what to search for instead, and what it changed. A word
that the catalogue or the lexicon knows is never changed.
"""

from catalog.correction.corrector import Corrector
from catalog.correction.known import KnownWords, own_names, surfaces
from catalog.correction.types import Change, Correction

__all__ = ["Change", "Correction", "Corrector", "KnownWords", "own_names", "surfaces"]
