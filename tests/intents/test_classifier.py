import json

import numpy as np
import pytest

from intents.classifier import ARRAYS, MANIFEST, CacheError, NearestExamples
from intents.examples import Example
from tests.intents.encoding import encode

SENTENCES = {
    "add_to_cart": ["put it in my cart", "add this to my cart", "into the cart please", "cart it"],
    "track_order": ["where is my order", "has my order shipped", "track my order", "order status"],
    "greet": ["hello there", "hello", "hi there", "good morning there"],
    "out_of_scope": ["tell me a joke", "sing me a song", "tell me the weather", "joke please"],
}
EXAMPLES = tuple(
    Example(text, intent, (), "en", "memory.yml", line)
    for intent, texts in SENTENCES.items()
    for line, text in enumerate(texts)
)


@pytest.fixture(scope="module")
def fitted():
    return NearestExamples.fit(EXAMPLES, encode)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("add it to my cart", "add_to_cart"),
        ("where is the order", "track_order"),
        ("hello", "greet"),
        ("tell me another joke", "out_of_scope"),
    ],
)
def test_the_nearest_examples_decide(fitted, text, intent):
    (ranked,) = fitted.predict([text])
    assert ranked[0].name == intent


def test_every_intent_is_ranked_and_probabilities_sum_to_one(fitted):
    for ranked in fitted.predict(["add it", "zzz", ""]):
        assert {intent.name for intent in ranked} == set(SENTENCES)
        assert sum(intent.score for intent in ranked) == pytest.approx(1, abs=1e-5)
        assert [i.score for i in ranked] == sorted((i.score for i in ranked), reverse=True)


def as_numbers(ranked):
    return {intent.name: intent.score for intent in ranked}


def test_texts_do_not_change_each_other(fitted):
    one, two = fitted.predict(["add it", "hello"])
    assert as_numbers(one) == pytest.approx(as_numbers(fitted.predict(["add it"])[0]), abs=1e-5)
    assert as_numbers(two) == pytest.approx(as_numbers(fitted.predict(["hello"])[0]), abs=1e-5)
    assert fitted.predict([]) == []


def test_held_out_scores_are_those_of_leaving_an_example_out(fitted):
    """The closed form agrees with training sixteen times on fifteen examples."""
    right = 0
    for place, example in enumerate(EXAMPLES):
        rest = EXAMPLES[:place] + EXAMPLES[place + 1 :]
        # The centre and the pieces move a little with the missing example, so only roughly.
        right += (
            NearestExamples.fit(rest, encode).predict([example.text])[0][0].name == example.intent
        )
    assert fitted.accuracy == pytest.approx(right / len(EXAMPLES), abs=0.13)


def test_fitting_twice_gives_the_same(fitted):
    again = NearestExamples.fit(EXAMPLES, encode)
    assert again.thresholds == fitted.thresholds
    assert np.array_equal(again.say, fitted.say)


def test_saving_and_loading_changes_nothing(fitted, tmp_path):
    fitted.save(tmp_path, "key")
    loaded = NearestExamples.load(tmp_path, encode, "key")
    texts = ["add it to my cart", "你好", ""]
    assert loaded.predict(texts) == fitted.predict(texts)
    assert loaded.thresholds == fitted.thresholds


def test_open_fits_once_and_reads_afterwards(tmp_path):
    first = NearestExamples.open(EXAMPLES, encode, tmp_path, "key")

    def refuse(texts):
        raise AssertionError("the saved vectors should have been read")

    again = NearestExamples.open(EXAMPLES, refuse, tmp_path, "key")
    assert np.array_equal(again.vectors, first.vectors)


def test_open_fits_anew_for_other_examples(tmp_path):
    NearestExamples.open(EXAMPLES, encode, tmp_path, "key")
    fewer = NearestExamples.open(EXAMPLES[:8], encode, tmp_path, "other key")
    assert fewer.names == ("add_to_cart", "track_order")
    assert NearestExamples.load(tmp_path, encode, "other key").names == fewer.names


def test_nothing_saved_is_refused(tmp_path):
    with pytest.raises(CacheError, match="does not exist"):
        NearestExamples.load(tmp_path, encode, "key")


def test_another_key_is_refused(fitted, tmp_path):
    fitted.save(tmp_path, "key")
    with pytest.raises(CacheError, match="other examples or another encoder"):
        NearestExamples.load(tmp_path, encode, "other")


def test_another_format_is_refused(fitted, tmp_path):
    fitted.save(tmp_path, "key")
    manifest = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    (tmp_path / MANIFEST).write_text(json.dumps(manifest | {"format": 99}), encoding="utf-8")
    with pytest.raises(CacheError, match="not of format"):
        NearestExamples.load(tmp_path, encode, "key")


@pytest.mark.parametrize("name", [MANIFEST, ARRAYS])
@pytest.mark.parametrize("left", [0, 20, 0.5])
def test_a_truncated_file_is_refused_and_made_again(fitted, tmp_path, name, left):
    fitted.save(tmp_path, "key")
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: left if isinstance(left, int) else int(len(data) * left)])
    with pytest.raises(CacheError):
        NearestExamples.load(tmp_path, encode, "key")
    assert NearestExamples.open(EXAMPLES, encode, tmp_path, "key").names == fitted.names


def test_one_intent_is_too_few():
    with pytest.raises(ValueError, match="at least two intents"):
        NearestExamples.fit(EXAMPLES[:4], encode)
