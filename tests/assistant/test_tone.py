"""How messages sound, and the machine that measures it."""

import logging
from functools import partial

import numpy as np
import pytest
from sklearn.svm import SVC

from assistant.handoff import HandoffRules
from assistant.tone import ToneReader
from assistant.tone.examples import ToneExample
from assistant.tone.machine import KernelMachine
from assistant.tone.reader import SHIPPED
from assistant.types import TONES

DIRECTIONS = 24
LINE = HandoffRules().tones["any"]


@pytest.fixture(scope="module")
def shipped(encoder):
    def examples():
        raise AssertionError("the shipped weights fit the encoder")

    return ToneReader.open(partial(encoder.encode, kind="query"), examples)


@pytest.fixture(scope="module")
def rings():
    """Three classes that no straight line parts: [150, 2], with labels."""
    chance = np.random.default_rng(3)
    labels = np.repeat(np.arange(3), 50)
    angle = chance.uniform(0, 2 * np.pi, 150)
    radius = labels * 1.5 + 0.2 + chance.normal(0, 0.1, 150)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), labels


def encode_letters(texts):
    """An encoder of another kind: how often each letter occurs, [texts, 24]."""
    counts = [[text.count(chr(97 + at)) + 0.01 for at in range(DIRECTIONS)] for text in texts]
    found = np.array(counts, np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def some_examples():
    letters = "abcdefghij"
    return [ToneExample(letters[at] * 3 + "x" * n, tone) for at, tone in enumerate(TONES)
            for n in range(6)]  # fmt: skip


def test_pairs_decide_as_scikit_learn_does(rings):
    features, labels = rings
    known = SVC(C=10, gamma=1, decision_function_shape="ovo")
    known.fit(features, labels, sample_weight=np.ones(150))
    machine = KernelMachine.fit(features, labels)
    np.testing.assert_allclose(
        machine.decisions(features), known.decision_function(features), atol=1e-6
    )


def test_chances_are_right_where_no_line_would_do(rings):
    features, labels = rings
    chances = KernelMachine.fit(features, labels).chances(features)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert (chances.argmax(axis=1) == labels).mean() > 0.95


def test_what_is_kept_measures_the_same(tmp_path):
    path = tmp_path / "tone.safetensors"
    trained = ToneReader.train(some_examples(), encode_letters)
    trained.save(path)
    opened = ToneReader.open(encode_letters, list, path=path)
    texts = ["aaax", "cccxx", "hhh", "zz"]
    np.testing.assert_allclose(opened.read(texts), trained.read(texts), atol=0.02)


def test_another_encoder_is_noticed_and_learned():
    learned = ToneReader.open(encode_letters, some_examples)
    scores = learned("bbbx")
    assert max(scores, key=scores.get) == TONES[1]


@pytest.mark.parametrize("size", [0, 9, 900])
def test_a_truncated_file_is_learned_anew(tmp_path, caplog, size):
    path = tmp_path / "tone.safetensors"
    path.write_bytes(SHIPPED.read_bytes()[:size])
    with caplog.at_level(logging.WARNING):
        learned = ToneReader.open(encode_letters, some_examples, path=path)
    assert "learned anew" in caplog.text
    assert set(learned("aaa")) == set(TONES)


@pytest.mark.parametrize(
    "text",
    [
        "what I picture costs 90 at the very most",
        "let me see the cameras you carry",
        "it can't be leather, full stop",
        "I was picturing it from Cobalt Row",
        "最多掏90块，我想的就是这个价",
        "说错了，我要的是深灰的",
        "有什么相机，我瞧瞧",
        "我心里想的是城见家的",
        "我心里想的是最多掏90块",
    ],
)
def test_a_plain_wish_sounds_like_nothing(shipped, text):
    scores = shipped(text)
    assert max(score for tone, score in scores.items() if tone != "none") < LINE


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("the blender caught fire on the worktop", "safety"),
        ("搅拌机在台面上烧起来了", "safety"),
        ("you debited my account for it two times over", "payment_dispute"),
        ("同一笔钱从我卡里划走了两回", "payment_dispute"),
        ("how many more times do I have to complain, this is ridiculous!!", "angry"),
        ("我投诉多少回了还这样，太离谱了！！", "angry"),
        ("I can't stop crying, it was for my mother's funeral", "distressed"),
        ("我哭得停不下来，那是给我妈办后事用的", "distressed"),
    ],
)
def test_what_a_person_should_answer_is_heard(shipped, text, tone):
    scores = shipped(text)
    assert max(scores, key=scores.get) == tone
    assert scores[tone] > LINE


@pytest.mark.parametrize("text", ["", "  ", '/add_to_cart{"item": "A1"}'])
def test_silence_and_pressed_buttons_have_no_tone(shipped, text):
    assert shipped(text) == {"none": 1.0}
