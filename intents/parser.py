"""What an utterance means: precise rules, then the model, then the catalogue's own words."""

import hashlib
import logging
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.types import LANGUAGES
from intents.classifier import Classifier, Encode, NearestExamples
from intents.clauses import several_intents, split_clauses
from intents.examples import example_files, load_folder
from intents.language import detect_language
from intents.names import OUT_OF_SCOPE
from intents.payloads import read_payload
from intents.resolve import Words, leftover, resolve, search_words
from intents.rules import SEARCHING, Reading, apply_rules, apply_shape_rules
from intents.shape import shape
from intents.types import NOTHING_BEFORE, Intent, NLUResult, ParseContext
from intents.values import read_values

LONGEST = 2_000
"""Characters of a message that are read; the rest is cut with a note in the log."""
DATA = Path(__file__).parent / "data"

_GUESSES = 3
_LIKELY = 0.05
_FALLBACK = 0.6
_CONFIDENT = 0.75

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Meant:
    """What was decided about the intents of a text."""

    intents: tuple[Intent, ...] = ()
    guesses: tuple[Intent, ...] = ()
    out_of_scope: bool = False


class NLU:
    """Understands one utterance at a time. Safe to use from several threads.

    Attributes:
        failures: How often the classifier raised and the rules had to do alone.
    """

    def __init__(self, classifier: Classifier, vocabulary: Words) -> None:
        self._classifier = classifier
        self._vocabulary = vocabulary
        self.failures = 0

    @classmethod
    def load(
        cls,
        encode: Encode,
        encoder_id: str,
        vocabulary: Words,
        cache_folder: Path,
        data_folder: Path = DATA,
    ) -> "NLU":
        """Ready to parse. The first start learns the examples, later ones read the cache.

        Args:
            encode: Texts to unit vectors, with the encoder's prefix for queries.
            encoder_id: What names the encoder; another one makes the cache stale.
            vocabulary: The catalogue's words.
            cache_folder: Where the learned classifier is kept.
            data_folder: Holds ``en/*.yml`` and ``zh/*.yml``.

        Raises:
            ExampleError: The examples cannot be used.
        """
        examples = load_folder(data_folder)
        key = _key(data_folder, encoder_id)
        return cls(NearestExamples.open(examples, encode, cache_folder, key), vocabulary)

    def parse(self, text: str, context: ParseContext = NOTHING_BEFORE) -> NLUResult:
        """The meaning of any text; "nothing" is a result too. Never raises."""
        text = clean(text)
        language = detect_language(text, context.language)
        payload = read_payload(text)
        if payload is not None:
            pressed = context.language or language
            return NLUResult(text, pressed, (Intent(payload.intent, 1.0),), payload.slots)
        prepared = shape(text)
        slots = resolve(prepared, language, self._vocabulary, read_values(prepared, context))
        reading = Reading(text, slots, leftover(prepared, slots), context)
        meant = self._meant(reading)
        return NLUResult(
            text,
            language,
            intents=meant.intents,
            slots=slots,
            out_of_scope=meant.out_of_scope,
            guesses=meant.guesses,
            query=search_words(prepared, slots),
        )

    def _meant(self, reading: Reading) -> _Meant:
        """The rules' intent, else the model's, else what the catalogue's words suggest."""
        sure = apply_rules(reading)
        if sure is not None:
            return _Meant((sure,))
        if not any(character.isalnum() for character in reading.text):
            return _Meant()
        likely = apply_shape_rules(reading)
        try:
            meant = self._classified(reading.text)
        except Exception:  # a broken model must not end a conversation
            self.failures += 1
            _log.exception("the intent classifier failed; going on with the rules alone")
            meant = _Meant()
        if likely is not None and not _contradicts(meant, likely):
            return _Meant((likely,))
        return _fit_to_search(meant, reading)

    def _classified(self, text: str) -> _Meant:
        clauses = split_clauses(text)
        whole, *parts = self._classifier.predict([text, *clauses])
        thresholds = self._classifier.thresholds
        several = several_intents([ranked[0] for ranked in parts])
        if several:
            return _Meant(several)
        best, second = whole[0], whole[1]
        inside = tuple(i for i in whole if i.name != OUT_OF_SCOPE and i.score >= _LIKELY)[:_GUESSES]
        outside = next((i for i in whole if i.name == OUT_OF_SCOPE), Intent(OUT_OF_SCOPE, 0.0))
        if best == outside or outside.score >= thresholds.out_of_scope:
            return _Meant((outside,), inside, out_of_scope=True)
        if best.score < thresholds.understood:
            return _Meant((), inside, out_of_scope=True)
        if best.score - second.score < thresholds.margin:
            return _Meant((), inside[:2])
        return _Meant((best,))


def _contradicts(meant: _Meant, likely: Intent) -> bool:
    """Whether the model is so confident of something else that a rule's guess must yield."""
    best = meant.intents[0] if meant.intents else None
    return best is not None and best.name != likely.name and best.score >= _CONFIDENT


def _fit_to_search(meant: _Meant, reading: Reading) -> _Meant:
    """Brings searching and refining in line with what was named and what is on the table."""
    named = any(s.name == "product_type" and s.role == "include" for s in reading.slots)
    searching = reading.context.previous_action in SEARCHING
    if not meant.intents:
        if named:
            return _Meant((Intent("search_product", _FALLBACK),))
        wished = [
            slot for slot in reading.slots if slot.name in _WISHES and slot.role != "reference"
        ]
        return _Meant((Intent("refine_search", _FALLBACK),)) if wished and searching else meant
    first = meant.intents[0]
    if first.name == "refine_search" and named and not searching:
        renamed = replace(first, name="search_product")
        return replace(meant, intents=(renamed, *meant.intents[1:]))
    return meant


_WISHES = frozenset({"brand", "color", "size", "material", "price", "rating", "measure", "feature"})

_BLANKS = re.compile(r"[\s\u2028\u2029]+")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """The text without control and formatting characters, spaces run together, at most 2,000 long."""
    if len(text) > LONGEST:
        _log.info("a message of %d characters was cut to %d", len(text), LONGEST)
        text = text[:LONGEST]
    spaced = _BLANKS.sub(" ", text)
    return "".join(c for c in spaced if unicodedata.category(c) not in _DROPPED).strip()


def _key(data_folder: Path, encoder_id: str) -> str:
    """What the classifier depends on, as one hash."""
    digest = hashlib.sha256(encoder_id.encode())
    for language in LANGUAGES:
        for path in example_files(data_folder, language):
            digest.update(f"{language}/{path.name}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
