"""Questions the shop has answered itself: found by meaning and words, or honestly not found.

:class:`Faq` serves the entries and pages of a folder and follows their edits; :class:`FaqIndex` is
one unchanging state of either.
"""

from assistant.faq.entries import FaqError, load_faq
from assistant.faq.index import FaqIndex, FaqMatch
from assistant.faq.live import Faq
from assistant.faq.pages import load_pages

__all__ = ["Faq", "FaqError", "FaqIndex", "FaqMatch", "load_faq", "load_pages"]
