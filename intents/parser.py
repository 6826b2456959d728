"""What an utterance means: precise rules, then the model, then the catalogue's own words."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from catalog.encoder import TextEncoder
from intents.advice import advised
from intents.amending import (
    corrects,
    with_demands,
    with_swap,
    without_concessions,
    without_guesses,
    without_swapped,
)
from intents.apart import TYPED
from intents.attributes import ASKING, find_attributes
from intents.browsing import WISHES, as_going_on, as_wishes, is_search, tells_wish, with_kinds
from intents.classifier import Encode, NearestExamples
from intents.cleaning import clean, rightly_typed, said_plainly, without_asides
from intents.ellipsis import SEARCHING
from intents.examples import examples_key, load_folder
from intents.families import (
    CART,
    CHANGING,
    LOOKING,
    MAY_NAME,
    SERVICE,
    TELLS_MORE,
    adds,
    akin,
    are_apart,
    in_order,
    merely_agrees,
    without_made_up,
)
from intents.fitting_slots import drop_unfitting
from intents.gazetteer import load_gazetteer
from intents.grave import with_grave
from intents.hints import find_known, hints_of
from intents.kinds import with_values, with_whole_kinds
from intents.labelled import is_labelled
from intents.language import detect_language, kept_language
from intents.leftover import leftover, search_words
from intents.merging import merge
from intents.model import SHIPPED, JointModel, ModelError
from intents.names import OUT_OF_SCOPE
from intents.nearness import Nearest, NearestNames
from intents.numbers import align
from intents.payloads import read_payload
from intents.pointed import with_pointed, with_told
from intents.reader import Answer, Reader
from intents.readings import Reading, clauses_of, names_own
from intents.resolve import Words, compared_by_meaning, resolve_pressed
from intents.ruled import ruled_intent, without_verbs
from intents.rules import SURE, apply_rules, apply_shape_rules
from intents.shape import Shape, shape
from intents.types import NOTHING_BEFORE, Intent, NLUResult, ParseContext, Slot
from intents.whole_texts import whole_text

DATA = Path(__file__).parent / "data"

_GUESSES = 3
_MOST_ACTS = 3
_LIKELY = 0.05
_FALLBACK = 0.6
_EVEN = 0.5
_CONFIDENT = 0.7

_log = logging.getLogger(__name__)


_Firsts = Callable[[], tuple[Intent, ...]]
"""The best intent of each clause of a text, read when it is asked for."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What was decided about the intents of a text."""

    intents: tuple[Intent, ...] = ()
    guesses: tuple[Intent, ...] = ()
    out_of_scope: bool = False


class NLU:
    """Understands one utterance at a time. Safe to use from several threads.

    Attributes:
        kind: What reads: the joint model, labelled examples, or rules alone.
        problem: Why it is not the joint model, with the cure; "" where it is.
        failures: How often the model raised and the rules had to do alone.
    """

    def __init__(
        self,
        reader: Reader,
        vocabulary: Words,
        nearest: Nearest | None = None,
    ) -> None:
        """Reads with ``reader``; ``nearest`` finds the value nearest in meaning, if any may."""
        self._reader = reader
        self._vocabulary = vocabulary
        self._nearest = nearest
        self.kind = reader.kind
        self.problem = ""
        self.failures = 0

    @classmethod
    def load(
        cls,
        encoder: TextEncoder,
        vocabulary: Words,
        cache_folder: Path,
        model_folder: Path = SHIPPED,
        data_folder: Path = DATA,
        watch: Callable[[Encode], Encode] = lambda encode: encode,
    ) -> "NLU":
        """Ready to parse, with the joint model or, where that cannot serve, with the examples.

        Args:
            encoder: The shared text encoder.
            vocabulary: The catalogue's words.
            cache_folder: Where what is made of the model is kept.
            model_folder: The joint model.
            data_folder: Holds ``en/*.yml`` and ``zh/*.yml``, for the examples.
            watch: Wraps the encoding of many examples, to show how far it is.

        Raises:
            ExampleError: There is no model, and the examples cannot be used.
        """
        try:
            model = JointModel.load(model_folder, encoder, cache_folder / "model")
        except ModelError as error:
            _log.warning("understanding with labelled examples instead: %s", error)
            encode = watch(lambda texts: encoder.encode(texts, "query"))
            folder = cache_folder / "examples"
            nlu = cls.from_examples(encode, encoder.id, vocabulary, folder, data_folder)
            nlu.problem = str(error)
            return nlu
        load_gazetteer()  # now, and not with the first message
        nearest = NearestNames(lambda texts: encoder.encode(texts, "query"))
        for names in compared_by_meaning(vocabulary):
            nearest.prepare(names)
        return cls(model, vocabulary, nearest)

    @classmethod
    def from_examples(
        cls,
        encode: Encode,
        encoder_id: str,
        vocabulary: Words,
        cache_folder: Path,
        data_folder: Path = DATA,
    ) -> "NLU":
        """Ready to parse by the nearest labelled examples, without a trained model.

        The first time they are learned, later they are read from ``cache_folder``.

        Raises:
            ExampleError: The examples cannot be used.
        """
        examples = load_folder(data_folder)
        key = examples_key(data_folder, encoder_id)
        return cls(NearestExamples.open(examples, encode, cache_folder, key), vocabulary)

    def parse(self, text: str, context: ParseContext = NOTHING_BEFORE) -> NLUResult:
        """The meaning of any text; "nothing" is a result too. Never raises."""
        text = clean(text)
        language = detect_language(text, context.language)
        payload = read_payload(text)
        if payload is not None:
            pressed = context.language or language
            slots = tuple(resolve_pressed(s, pressed, self._vocabulary) for s in payload.slots)
            return NLUResult(text, pressed, (Intent(payload.intent, 1.0),), slots)
        said = without_asides(rightly_typed(text))
        prepared = shape(said)
        known = find_known(prepared, language, self._vocabulary, context)
        answer = self._answer(said, context, known)
        slots = merge(
            prepared, language, self._vocabulary, known, answer, self._nearest, context.today
        )
        slots = without_verbs(said, slots)
        slots = with_whole_kinds(prepared, slots, language, self._vocabulary)
        slots = without_concessions(prepared, slots)
        unchanged, slots = slots, with_swap(prepared, slots, language, self._vocabulary)
        swapped = slots != unchanged
        known = without_swapped(prepared, known) if swapped else known
        running = context.previous_action in SEARCHING
        slots = with_demands(prepared, slots, language, self._vocabulary, running)
        slots = without_guesses(slots) if running else slots
        reading = Reading(said, slots, leftover(prepared, slots), context)
        meant = self._meant(reading, answer)
        if swapped and running and not corrects(meant.intents):
            meant = _Meant((Intent("correct_previous", _FALLBACK),))
        slots = with_kinds(slots, known, meant.intents, text, context.previous_action)
        reading = replace(reading, slots=slots, rest=leftover(prepared, slots))
        if _sells(slots) and is_search(meant.intents, meant.guesses, reading):
            meant = _Meant((Intent("search_product", _FALLBACK),))
        if tells_wish(meant.intents, reading):
            name = "search_product" if _sells(slots) else "refine_search"
            meant = _Meant((Intent(name, _FALLBACK),))
            slots = as_wishes(slots)
        grave = with_grave(meant.intents, said)
        meant = meant if grave == meant.intents else _Meant(grave)
        names = {intent.name for intent in meant.intents}
        unheard = names == {"relax_search"} and not slots
        if unheard or (names & ASKING and not answer.whole):
            slots = self._with_attributes(prepared, slots)
        slots = with_values(slots, known, language, self._vocabulary)
        slots = drop_unfitting(slots, [intent.name for intent in meant.intents])
        slots = with_pointed(prepared, with_told(slots, known, meant.intents), meant.intents)
        return NLUResult(
            text,
            kept_language(language, context.language, slots, prepared.without(slots).aligned),
            intents=meant.intents,
            slots=slots,
            out_of_scope=meant.out_of_scope,
            guesses=meant.guesses,
            query=search_words(prepared, (*_read_whole(known, slots), *slots)),
        )

    def _answer(self, text: str, context: ParseContext, known: Sequence[Slot]) -> Answer:
        """What the model says; nothing when it fails, so that a conversation goes on."""
        if not any(character.isalnum() for character in text):
            return Answer()
        try:
            return self._reader.read(said_plainly(text), context, hints_of(known, text))
        except Exception:  # a broken model must not end a conversation
            self.failures += 1
            _log.exception("the %s of the NLU failed; going on with the rules alone", self.kind)
            return Answer()

    def _with_attributes(self, prepared: Shape, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """The slots with the attributes asked about, in place of what only looked like values."""
        if any(slot.name == "attribute" for slot in slots):
            return slots
        asked = find_attributes(prepared, slots, self._vocabulary)
        kept = [s for s in slots if not any(a.start < s.end and s.start < a.end for a in asked)]
        return tuple(sorted((*kept, *asked), key=lambda slot: slot.start))

    def _meant(self, reading: Reading, answer: Answer) -> _Meant:
        """The rules' intent, else the model's, else what the catalogue's words suggest."""
        ruled = self._ruled(reading)
        if ruled:
            return _Meant(ruled)
        sure = apply_rules(reading)
        firsts = cache(partial(self._firsts, reading))
        meant = _Meant()
        if answer.intents:
            meant = self._with_cart(self._judged(answer.intents, firsts, reading.text), firsts)
        if sure is not None:
            alone = whole_text(reading.text) or not _among_several(sure, meant)
            return _Meant((sure,)) if alone else meant
        if not any(character.isalnum() for character in reading.text):
            outside = (Intent(OUT_OF_SCOPE, SURE),) if reading.text else ()
            return _Meant(outside, out_of_scope=bool(outside))
        likely = apply_shape_rules(reading)
        if likely is not None and not _contradicts(meant, likely, reading):
            return _Meant(advised((likely,), reading))
        found = _named_search(meant, reading)
        return replace(found, intents=advised(as_going_on(found.intents, reading), reading))

    def _ruled(self, reading: Reading) -> tuple[Intent, ...]:
        """What precise rules alone know of a text, and what its other clauses want beside that."""
        whole = ruled_intent(reading.text, reading.slots, reading.context)
        clauses = clauses_of(reading)
        names = [ruled_intent(one.text, one.slots) for one in clauses]
        if not any(names) or (whole and whole not in names):
            return (Intent(whole, SURE),) if whole else ()
        found: dict[str, Intent] = {}
        for clause, name in zip(clauses, names, strict=True):
            intent = Intent(name, SURE) if name else self._beside(clause, names)
            if intent is not None:
                found.setdefault(intent.name, intent)
        return tuple(found.values())

    def _beside(self, clause: Reading, ruled: Sequence[str]) -> Intent | None:
        """What a clause wants by itself; None where it only tells more of what the rules know."""
        answer = self._answer(clause.text, NOTHING_BEFORE, clause.slots)
        meant = self._meant(clause, answer)
        if meant.out_of_scope or not meant.intents:
            return None
        first = meant.intents[0]
        more = any(first.name in TELLS_MORE.get(name, ()) for name in ruled)
        to_cart = "build_bundle" not in ruled and _TO_CART.search(align(clause.text))
        own = first.name in CHANGING and (to_cart or names_own(clause))
        return None if more and not own else first

    def _judged(self, ranked: tuple[Intent, ...], firsts: _Firsts, text: str) -> _Meant:
        """Draws the lines of doubt through the ranked intents of one text."""
        thresholds = self._reader.thresholds
        best, second = ranked[0], ranked[1]
        inside = tuple(i for i in ranked if i.name != OUT_OF_SCOPE and i.score >= _LIKELY)
        guesses = inside[:_GUESSES]
        outside = next((i for i in ranked if i.name == OUT_OF_SCOPE), Intent(OUT_OF_SCOPE, 0.0))
        if best == outside or (
            best.score < _CONFIDENT and outside.score >= thresholds.out_of_scope
        ):
            return _Meant((outside,), guesses, out_of_scope=True)
        if best.score < thresholds.understood:
            return _Meant((), guesses, out_of_scope=True)
        several = tuple(i for i in inside if i.score >= thresholds.several and adds(i, best))
        if len(several) > 1 and are_apart(several, text):
            return _Meant(in_order(without_made_up(several[:_MOST_ACTS], firsts()), firsts()))
        if len(several) > 1 and (best.name not in CHANGING or best.score >= _EVEN):
            return _Meant((best,))
        choice = second != outside or best.score < _CONFIDENT or best.name in CHANGING
        choice = choice and not merely_agrees(second, best)
        tied = best.score - second.score <= thresholds.margin and not akin(best, second)
        if (tied and choice) or (best.name in CHANGING and best.score < _EVEN):
            return _Meant((), guesses[:2])
        return _Meant((best,))

    def _with_cart(self, meant: _Meant, firsts_of: _Firsts) -> _Meant:
        """What each clause wants, where one changes the cart that the whole text says nothing of.

        The model may hear only the louder of two clauses, and no change may be lost by that, nor
        a question about the shop beside one; nor is a question a search that no clause asks for.
        """
        firsts = {first.name: first for first in firsts_of()}
        heard = {intent.name for intent in meant.intents}
        unheard = firsts.keys() & CART - heard
        if heard & CART:
            unheard |= {name for name in firsts.keys() - heard if name.startswith("ask_faq")}
        made_up = heard - firsts.keys()
        if not (unheard or (firsts.keys() & CART and made_up and made_up <= LOOKING)):
            return meant
        unsure = any(first.score < _CONFIDENT for first in firsts.values())
        if len(firsts) < 2 or unsure or OUT_OF_SCOPE in firsts:
            return meant
        return _Meant(tuple(firsts.values()))

    def _firsts(self, reading: Reading) -> tuple[Intent, ...]:
        """The best intent that the model has for each of several clauses; reading takes time."""
        clauses = clauses_of(reading)
        if len(clauses) < 2:
            return ()
        answers = (self._answer(one.text, NOTHING_BEFORE, one.slots) for one in clauses)
        return tuple(answer.intents[0] for answer in answers if answer.intents)


_TO_CART = re.compile(r"\badd\b|\b(?:cart|basket)\b|购物车|加购|下单")


def _read_whole(known: Sequence[Slot], slots: Sequence[Slot]) -> list[Slot]:
    """Values with all the words that a rule has read of them: "battery life of 40 hours"."""
    return [
        one
        for one in known
        if (one.name in TYPED or is_labelled(one))
        and any(s.name == one.name and s.start < one.end and one.start < s.end for s in slots)
    ]


def _among_several(sure: Intent, meant: _Meant) -> bool:
    """Whether what a rule is sure of is one of several things that the model sees."""
    return len(meant.intents) > 1 and any(one.name == sure.name for one in meant.intents)


def _contradicts(meant: _Meant, likely: Intent, reading: Reading) -> bool:
    """Whether the model is so confident of something else that a rule's guess must yield.

    What the shop sells is never out of scope, and a product type alone is always a search:
    "bags" are no cart. Where no search is running, one may begin with a type that nobody knows.
    """
    if likely.name in LOOKING and (meant.out_of_scope or reading.only("product_type")):
        return False
    best = meant.intents[0] if meant.intents else None
    if best is None or best.score < _CONFIDENT:
        return False
    begins = best.name == "search_product" and reading.context.previous_action not in SEARCHING
    return not akin(best, likely) or (begins and likely.name == "refine_search")


def _named_search(meant: _Meant, reading: Reading) -> _Meant:
    """Searches or refines when the model is unsure but the catalogue's words say so."""
    if any(intent.score >= _CONFIDENT or not meant.out_of_scope for intent in meant.intents):
        return meant
    guess = meant.guesses[0].name if meant.guesses else ""
    if guess.startswith("ask_faq") or guess in SERVICE:
        return meant
    wished = {slot.name for slot in reading.slots if slot.role != "reference"}
    named = "product_type" in wished and guess in MAY_NAME
    if named or _sells(reading.slots):
        return _Meant((Intent("search_product", _FALLBACK),))
    if wished & WISHES and reading.context.previous_action in SEARCHING:
        return _Meant((Intent("refine_search", _FALLBACK),))
    return meant


def _sells(slots: Sequence[Slot]) -> bool:
    """Whether a product type of this catalogue is wished for."""
    types = (slot for slot in slots if slot.name == "product_type")
    return any(slot.role == "include" and slot.resolved is not None for slot in types)
