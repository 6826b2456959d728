from collections import Counter

import pytest

from intents.classifier import NearestExamples
from intents.cross_validation import cross_validate, stratified_folds
from intents.parser import NLU
from intents.types import ParseContext
from tests.intents.encoding import encode
from tests.intents.labelled import example, understood
from tests.intents.words import Words

SIZES = {"greet": 10, "goodbye": 5, "search_product": 7}
EXAMPLES = [
    example(f"{intent} {number}", intent, language=language)
    for language in ("en", "zh")
    for intent, size in SIZES.items()
    for number in range(size)
]


def test_every_example_is_in_one_fold_and_every_intent_in_equal_parts():
    folds = stratified_folds(EXAMPLES, 5, seed=1)
    assert sorted(e.text for fold in folds for e in fold) == sorted(e.text for e in EXAMPLES)
    for language in ("en", "zh"):
        for intent, size in SIZES.items():
            counts = [
                sum(e.intent == intent and e.language == language for e in fold) for fold in folds
            ]
            assert set(counts) <= {size // 5, size // 5 + 1}
    lengths = [len(fold) for fold in folds]
    assert max(lengths) - min(lengths) <= 1


def test_folds_depend_on_the_seed_alone():
    assert stratified_folds(EXAMPLES, 3, seed=1) == stratified_folds(EXAMPLES, 3, seed=1)
    assert stratified_folds(EXAMPLES, 3, seed=1) != stratified_folds(EXAMPLES, 3, seed=2)


def test_the_same_words_stay_together():
    context = ParseContext(requested_slot="size")
    twice = [*EXAMPLES, example("Greet 3", "greet", context=context), example("GREET 3", "goodbye")]
    for fold in stratified_folds(twice, 4, seed=1):
        same = [e for e in fold if e.text.casefold() == "greet 3" and e.language == "en"]
        assert len(same) in (0, 3)


@pytest.mark.parametrize("count", [0, 1, 45])
def test_a_wrong_number_of_folds_is_told(count):
    with pytest.raises(ValueError, match=r"between 2 folds and .* \(44\), got"):
        stratified_folds(EXAMPLES, count, seed=1)


def test_nothing_is_measured_by_a_parser_that_has_seen_it():
    trained = []

    def train(examples):
        seen = {(e.language, e.text) for e in examples}
        trained.append(len(seen))
        return lambda text, _: understood(text, {text.split()[0]: 0.9})

    told = []
    report = cross_validate(EXAMPLES, train, 4, progress=lambda *now: told.append(now))
    assert trained == [33] * 4
    assert told == [(done, 44) for done in range(1, 45)]
    assert [one.intent_accuracy for one in report.languages] == [1, 1]
    assert [(fold.number, fold.examples) for fold in report.folds] == [
        (1, 11), (2, 11), (3, 11), (4, 11),
    ]  # fmt: skip


def test_a_parser_that_knows_only_what_it_saw_is_always_wrong():
    def train(examples):
        known = {(e.text): e.intent for e in examples}
        return lambda text, _: understood(text, {known[text]: 1.0} if text in known else {})

    english = [e for e in EXAMPLES if e.language == "en"]
    report = cross_validate(english, train, 3)
    assert report.languages[0].intent_accuracy == 0
    assert report.languages[0].not_understood == 1
    assert [fold.intent_accuracy for fold in report.folds] == [0, 0, 0]


def test_the_nearest_examples_can_be_cross_validated():
    words = {"checkout": "pay now please", "show_cart": "see my basket", "greet": "hello good day"}
    labelled = [
        example(f"{text} {ending}", intent)
        for intent, text in words.items()
        for ending in ("", "ok", "then", "friend", "soon", "again")
    ]

    def train(examples):
        return NLU(NearestExamples.fit(examples, encode), Words()).parse

    report = cross_validate(labelled, train, 3)
    assert (
        Counter(e.intent for e in labelled)["greet"] == report.languages[0].intents["greet"].wanted
    )
    assert report.languages[0].intent_accuracy >= 0.8
