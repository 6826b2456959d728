"""What an utterance means: precise rules, then the model, then the catalogue's own words."""

import hashlib
import logging
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.types import LANGUAGES
from intents.attributes import ASKING, find_attributes
from intents.classifier import Classifier, Encode, NearestExamples
from intents.clauses import several_intents, split_clauses
from intents.examples import example_files, load_folder
from intents.language import detect_language
from intents.names import OUT_OF_SCOPE
from intents.payloads import read_payload
from intents.resolve import Words, leftover, resolve, search_words
from intents.rules import SEARCHING, Reading, apply_rules, apply_shape_rules
from intents.shape import Shape, shape
from intents.types import NOTHING_BEFORE, Intent, NLUResult, ParseContext, Slot
from intents.values import read_values

LONGEST = 2_000
"""Characters of a message that are read; the rest is cut with a note in the log."""
DATA = Path(__file__).parent / "data"

_GUESSES = 3
_LIKELY = 0.05
_FALLBACK = 0.6
_CONFIDENT = 0.7

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
        if any(intent.name in ASKING for intent in meant.intents):
            slots = self._with_attributes(prepared, slots)
        return NLUResult(
            text,
            language,
            intents=meant.intents,
            slots=slots,
            out_of_scope=meant.out_of_scope,
            guesses=meant.guesses,
            query=search_words(prepared, slots),
        )

    def _with_attributes(self, prepared: Shape, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """The slots with the attributes asked about, in place of what only looked like values."""
        asked = find_attributes(prepared, slots, self._vocabulary)
        kept = [s for s in slots if not any(a.start < s.end and s.start < a.end for a in asked)]
        return tuple(sorted((*kept, *asked), key=lambda slot: slot.start))

    def _meant(self, reading: Reading) -> _Meant:
        """The rules' intent, else the model's, else what the catalogue's words suggest."""
        sure = apply_rules(reading)
        if sure is not None:
            return _Meant((sure,))
        if not any(character.isalnum() for character in reading.text):
            return _Meant(out_of_scope=bool(reading.text))
        likely = apply_shape_rules(reading)
        try:
            meant = self._classified(reading)
        except Exception:  # a broken model must not end a conversation
            self.failures += 1
            _log.exception("the intent classifier failed; going on with the rules alone")
            meant = _Meant()
        if likely is not None and not _contradicts(meant, likely, reading):
            return _Meant((likely,))
        return _in_search(_named_search(meant, reading), reading)

    def _classified(self, reading: Reading) -> _Meant:
        """What the model says of the whole text, or of its clauses when each is a clear act."""
        clauses = split_clauses(reading.text)
        whole, *parts = self._classifier.predict([reading.text, *clauses])
        several = several_intents(
            [_named(ranked[0], part, reading) for ranked, part in zip(parts, clauses, strict=True)]
        )
        if several:
            return _Meant(several)
        return self._judged(whole)

    def _judged(self, whole: tuple[Intent, ...]) -> _Meant:
        """Draws the lines of doubt through the ranked intents of one text."""
        thresholds = self._classifier.thresholds
        best, second = whole[0], whole[1]
        inside = tuple(i for i in whole if i.name != OUT_OF_SCOPE and i.score >= _LIKELY)[:_GUESSES]
        outside = next((i for i in whole if i.name == OUT_OF_SCOPE), Intent(OUT_OF_SCOPE, 0.0))
        if best == outside or outside.score >= thresholds.out_of_scope:
            return _Meant((outside,), inside, out_of_scope=True)
        if best.score < thresholds.understood:
            return _Meant((), inside, out_of_scope=True)
        tied = best.score - second.score <= thresholds.margin
        if tied and not _akin(best, second):
            return _Meant((), inside[:2])
        return _Meant((best,))


def _named(best: Intent, clause: str, reading: Reading) -> Intent:
    """A clause that names a product type starts a search: "and show me socks"."""
    named = any(slot.name == "product_type" and slot.raw in clause for slot in reading.slots)
    if named and best.name in ("show_more", "refine_search"):
        return Intent("search_product", best.score)
    return best


def _contradicts(meant: _Meant, likely: Intent, reading: Reading) -> bool:
    """Whether the model is so confident of something else that a rule's guess must yield.

    What the shop sells is never out of scope, and a product type alone is always a search:
    "bags" are no cart.
    """
    if likely.name in _LOOKING and (meant.out_of_scope or reading.only("product_type")):
        return False
    best = meant.intents[0] if meant.intents else None
    return best is not None and best.score >= _CONFIDENT and not _akin(best, likely)


def _akin(first: Intent, second: Intent) -> bool:
    """Whether two intents lead to much the same, so that asking which is meant would annoy."""
    return any({first.name, second.name} <= family for family in _FAMILIES)


def _named_search(meant: _Meant, reading: Reading) -> _Meant:
    """Searches or refines when the model is unsure but the catalogue's words say so."""
    if any(intent.score >= _CONFIDENT or not meant.out_of_scope for intent in meant.intents):
        return meant
    guess = meant.guesses[0].name if meant.guesses else ""
    if guess.startswith("ask_faq") or guess in _SERVICE:
        return meant
    wished = {slot.name for slot in reading.slots if slot.role != "reference"}
    named = "product_type" in wished and guess in _MAY_NAME
    if named or _sells(reading):
        return _Meant((Intent("search_product", _FALLBACK),))
    if wished & _WISHES and reading.context.previous_action in SEARCHING:
        return _Meant((Intent("refine_search", _FALLBACK),))
    return meant


def _in_search(meant: _Meant, reading: Reading) -> _Meant:
    """Wishes without a product type go on with the search that is running: 有没有带触摸屏的."""
    first = meant.intents[0] if meant.intents else None
    searching = reading.context.previous_action in SEARCHING
    if first is None or first.name != "search_product" or not searching:
        return meant
    names = {slot.name for slot in reading.slots if slot.role != "reference"}
    if "product_type" in names or not names & _WISHES or not _ASKED_OF_LIST.fullmatch(reading.rest):
        return meant
    return replace(meant, intents=(replace(first, name="refine_search"), *meant.intents[1:]))


_ASKED_OF_LIST = re.compile(
    r"(?:are|is|there|which|do|does|they|that|come|has|any|your|other|ones"
    r"|带|支持|能|可以|还|里面?|哪些|是|其中|里边|你们?|家)*"
)


def _sells(reading: Reading) -> bool:
    """Whether a product type of this catalogue is wished for."""
    types = (slot for slot in reading.slots if slot.name == "product_type")
    return any(slot.role == "include" and slot.resolved is not None for slot in types)


_LOOKING = frozenset({"search_product", "refine_search"})
_MAY_NAME = _LOOKING | {"", "ask_availability", "sort_results", "recommend_product"}
_SERVICE = frozenset({
    "complain", "give_feedback", "request_human", "track_order", "list_orders", "cancel_order",
    "modify_order", "change_address", "return_item", "exchange_item", "ask_refund", "ask_invoice",
    "ask_size_help", "add_to_cart", "remove_from_cart", "change_quantity", "compare_products",
})  # fmt: skip
_FAMILIES = (
    _LOOKING | {"recommend_product", "find_gift", "relax_search", "show_more"},
    frozenset({"track_order", "list_orders"}),
    frozenset({"return_item", "ask_refund", "ask_faq_returns", "exchange_item"}),
    frozenset({"ask_product_detail", "ask_availability", "ask_price", "ask_reviews"}),
    frozenset({"greet", "chitchat", "help"}),
    frozenset({"thank", "goodbye", "affirm"}),
)
_WISHES = frozenset({"brand", "color", "size", "material", "price", "rating", "measure", "feature"})

_BLANKS = re.compile(r"[\s\u2028\u2029]+")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """The text without control and formatting characters, with single spaces, cut to 2,000."""
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
