import hashlib
import json

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from catalog.encoder import TextEncoder
from catalog.files import read_json, write_json
from intents.calibration import Thresholds
from intents.model import (
    FORMAT,
    GRAPH,
    LONGEST,
    MANIFEST,
    WEIGHTS,
    JointModel,
    ModelError,
    read_manifest,
)
from intents.tags import Span
from intents.types import ParseContext
from tests.intents.tiny import (
    INTENTS,
    ROLES,
    SLOTS,
    make_weights,
    write_encoder,
    write_model,
)

TEXTS = ("red shoes", "有没有黑色耳机", "show me the dress not red", "粉色的")


@pytest.fixture(scope="module")
def encoder(tiny_encoder):
    return TextEncoder.load(tiny_encoder, threads=1)


@pytest.fixture
def folder(encoder, tmp_path):
    return write_model(tmp_path / "model", encoder.id, make_weights())


@pytest.fixture
def load(encoder, folder, tmp_path):
    """Opens the model in ``folder`` with its graph in one cache folder."""
    return lambda: JointModel.load(folder, encoder, tmp_path / "cache", threads=1)


def decided(encoder, tmp_path, **biases):
    """A model that says the same whatever it reads: what the biases of its heads say."""
    weights = make_weights(size=0.0)
    for head, values in biases.items():
        weights[f"heads.{head}.bias"] = np.array(values, np.float16)
    folder = write_model(tmp_path / "decided", encoder.id, weights, temperature=2.0)
    return JointModel.load(folder, encoder, tmp_path / "cache", threads=1)


def numbers(answer):
    return {intent.name: intent.score for intent in answer.intents}


def assert_alike(one, other):
    assert numbers(one) == pytest.approx(numbers(other), abs=1e-5)
    assert [(s.name, s.start, s.end, s.role) for s in one.spans] == [
        (s.name, s.start, s.end, s.role) for s in other.spans
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_an_answer_has_every_intent_best_first_and_spans_in_the_text(load, text):
    answer = load().read(text)
    assert {intent.name for intent in answer.intents} == set(INTENTS)
    scores = [intent.score for intent in answer.intents]
    assert scores == sorted(scores, reverse=True)
    for span in answer.spans:
        assert span.name in SLOTS and span.role in ROLES
        assert 0 <= span.start < span.end <= len(text)
        assert 0 < span.score <= 1


def test_different_texts_have_different_answers(load):
    model = load()
    assert len({tuple(numbers(model.read(text)).items()) for text in TEXTS}) == len(TEXTS)


def test_scores_are_logits_over_the_temperature(encoder, tmp_path):
    answer = decided(encoder, tmp_path, intents=[0.0, -4.0, 2.0]).read("red")
    wanted = {"search_product": 0.7311, "greet": 0.5, "out_of_scope": 0.1192}
    assert [intent.name for intent in answer.intents] == list(wanted)
    assert numbers(answer) == pytest.approx(wanted, abs=1e-3)


@pytest.mark.parametrize(("text", "end"), [("red shoes dress", 15), ("red黑色耳机", 7)])
def test_a_span_goes_from_its_b_to_its_last_i(encoder, tmp_path, text, end):
    model = decided(encoder, tmp_path, tags=[0, 0, 2, 0, 0], roles=[0, 1, 0])
    (span,) = model.read(text).spans
    assert (span.name, span.start, span.end, span.role) == ("color", 0, end, "exclude")
    shares = np.exp([0, 0, 2, 0, 0]) / np.exp([0, 0, 2, 0, 0]).sum()
    assert span.score == pytest.approx((shares[1] + 2 * shares[2]) / 3, abs=1e-3)


class Told:
    """A session that answers what it is told to for the pieces of "not red dress"."""

    def __init__(self, tags, roles):
        marks = [[9.0] * len(tags[0])], [[9.0] * len(roles[0])]
        self.tags = np.array([marks[0] + tags + marks[0]], np.float32)
        self.roles = np.array([marks[1] + roles + marks[1]], np.float32)

    def run(self, names, inputs):
        return [np.zeros((1, len(INTENTS)), np.float32), self.tags, self.roles]


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        ([[0, 9, 0], [2, 1, 0], [1, 1, 0]], "include"),
        ([[9, 0, 0], [2, 1, 0], [0, 3, 0]], "exclude"),
        ([[9, 9, 0], [0, 1, 2], [1, 0, 1]], "reference"),
    ],
)
def test_the_role_is_the_likeliest_over_the_units_of_the_span(folder, encoder, roles, role):
    # O, then the B and the I of a colour.
    tags = [[5, 0, 0, 0, 0], [0, 5, 0, 0, 0], [0, 0, 5, 0, 0]]
    weights = {name: t.astype(np.float32) for name, t in make_weights().items()}
    model = JointModel(read_manifest(folder), encoder, Told(tags, roles), weights)
    (span,) = model.read("not red dress").spans
    assert (span.name, span.start, span.end, span.role) == ("color", 4, 13, role)


def test_the_kind_and_the_lines_of_doubt_are_those_of_the_manifest(load):
    model = load()
    assert model.kind == "model"
    assert model.thresholds == Thresholds(0.5, 0.1, 0.4, 0.8)


def test_what_came_before_changes_the_answer(load):
    model = load()
    plain = numbers(model.read("red"))
    for context in (ParseContext("ask_size"), ParseContext("", "city")):
        assert numbers(model.read("red", context)) != pytest.approx(plain, abs=1e-3)


def test_a_hint_changes_the_answer(load):
    model = load()
    plain = model.read("red shoes")
    told = model.read("red shoes", hints=(Span(0, 3, "color"),))
    moved = model.read("red shoes", hints=(Span(4, 9, "color"),))
    assert numbers(told) != pytest.approx(numbers(plain), abs=1e-3)
    assert numbers(told) != pytest.approx(numbers(moved), abs=1e-3)


@pytest.mark.parametrize("hint", [Span(0, 3, "brand"), Span(50, 60, "color")])
def test_a_hint_of_an_unknown_slot_or_beyond_the_text_is_none(load, hint):
    model = load()
    assert_alike(model.read("red shoes", hints=(hint,)), model.read("red shoes"))


@pytest.mark.parametrize(
    "context", [ParseContext("never_heard", "of_this"), ParseContext("", ""), ParseContext()]
)
def test_an_unknown_context_is_like_none(load, context):
    model = load()
    assert_alike(model.read("red shoes", context), model.read("red shoes"))


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b"])
def test_a_text_without_words_has_intents_and_no_spans(load, text):
    answer = load().read(text)
    assert len(answer.intents) == len(INTENTS)
    assert answer.spans == ()


@pytest.mark.parametrize("text", ["😀", "\x00", "</s><s>", "ｒｅｄ　ｓｈｏｅｓ", "x" * 50])
def test_strange_texts_are_read(load, text):
    answer = load().read(text)
    assert all(np.isfinite(intent.score) for intent in answer.intents)


@pytest.mark.parametrize("words", ["red ", "黑色", "有没有"])
def test_of_a_long_text_only_the_beginning_is_read(load, words):
    model = load()
    answer = model.read(words * 2 * LONGEST)
    assert_alike(answer, model.read(words * 4 * LONGEST))
    assert max((span.end for span in answer.spans), default=0) <= LONGEST * len(words)
    assert numbers(answer) != pytest.approx(numbers(model.read(words)), abs=1e-4)


def test_a_text_is_cut_to_what_a_short_encoder_can_place(tmp_path):
    encoder = TextEncoder.load(write_encoder(tmp_path, positions=34), threads=1)
    folder = write_model(tmp_path / "model", encoder.id, make_weights())
    model = JointModel.load(folder, encoder, tmp_path / "cache", threads=1)
    for text in ("red " * 100, "有没有" * 100):
        assert len(model.read(text).intents) == len(INTENTS)


def test_loading_again_gives_the_same_answers(load):
    first = [load().read(text) for text in TEXTS]
    assert [load().read(text) for text in TEXTS] == first


def made(tmp_path):
    """Which file the cached graph is; another one after it was made again."""
    return (tmp_path / "cache" / GRAPH).stat().st_ino


def test_the_graph_is_written_once(load, tmp_path):
    load()
    before = made(tmp_path)
    load()
    assert made(tmp_path) == before


def test_the_graph_of_other_weights_is_made_again(load, folder, encoder, tmp_path):
    old = load().read("red shoes")
    write_model(folder, encoder.id, make_weights(seed=1))
    new = load().read("red shoes")
    fresh = JointModel.load(folder, encoder, tmp_path / "new cache", threads=1)
    assert_alike(new, fresh.read("red shoes"))
    assert numbers(new) != pytest.approx(numbers(old), abs=1e-3)


def cut_graph(cache):
    (cache / GRAPH).write_bytes((cache / GRAPH).read_bytes()[:-9])


def lose_graph(cache):
    (cache / GRAPH).unlink()


def break_note(cache):
    (cache / MANIFEST).write_text('{"weights": ', encoding="utf-8")


def lose_note(cache):
    (cache / MANIFEST).unlink()


def older_format(cache):
    write_json(cache / MANIFEST, read_json(cache / MANIFEST) | {"format": 0})


@pytest.mark.parametrize("spoil", [cut_graph, lose_graph, break_note, lose_note, older_format])
def test_a_stale_graph_is_made_again(load, tmp_path, spoil):
    old, before = load().read("red shoes"), made(tmp_path)
    # Kept open under another name, so that a new file cannot get the number of the old one.
    (tmp_path / "kept").hardlink_to(tmp_path / "cache" / GRAPH)
    spoil(tmp_path / "cache")
    assert_alike(load().read("red shoes"), old)
    assert made(tmp_path) != before


CURE = "run `daogou train nlu`"


def refuse(load, problem):
    with pytest.raises(ModelError, match=problem) as caught:
        load()
    assert CURE in str(caught.value)


def test_a_missing_model_is_refused(encoder, tmp_path):
    folder = tmp_path / "none"
    refuse(lambda: JointModel.load(folder, encoder, tmp_path / "cache"), "no model in .*none")
    refuse(lambda: read_manifest(folder), "no model in .*none")


def test_the_model_of_another_encoder_is_refused(load, folder, encoder):
    write_model(folder, "0123456789abcdef", make_weights())
    refuse(load, f"belongs to the encoder '0123456789abcdef', this shop has '{encoder.id}'")


@pytest.mark.parametrize("number", [0, FORMAT + 1, str(FORMAT), None])
def test_another_format_is_refused(load, folder, encoder, number):
    write_model(folder, encoder.id, make_weights(), format=number)
    refuse(load, f"should have format {FORMAT}, got {number!r}")


@pytest.mark.parametrize("text", ["", "{", "[]", '"model"', "\x00"])
def test_a_manifest_that_is_no_object_is_refused(load, folder, text):
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    refuse(load, "model")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_truncated_manifest_is_refused(load, folder, share):
    data = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(data[: int(len(data) * share)])
    refuse(load, "the manifest in .* is damaged")


@pytest.mark.parametrize("name", ["encoder", "intents", "scale", "thresholds", "made"])
def test_a_manifest_without_a_field_is_refused(load, folder, name):
    values = read_json(folder / MANIFEST)
    del values[name]
    write_json(folder / MANIFEST, values)
    refuse(load, f"damaged .*{name}")


@pytest.mark.parametrize(
    "changes", [{"surplus": 1}, {"thresholds": 0.5}, {"thresholds": {"understood": 0.5}}]
)
def test_a_damaged_manifest_is_refused(load, folder, encoder, changes):
    write_model(folder, encoder.id, make_weights(), **changes)
    refuse(load, "the manifest in .* is damaged")


@pytest.mark.parametrize("name", ["intents", "slots", "roles", "actions", "requested"])
@pytest.mark.parametrize("names", [5, None, "greet", [], [1, 2], {"greet": 1}])
def test_a_manifest_whose_names_are_no_list_is_refused(load, folder, encoder, name, names):
    write_model(folder, encoder.id, make_weights(), **{name: names})
    refuse(load, f"is damaged \\('{name}' should be a list of names")


@pytest.mark.parametrize("name", ["intents", "slots", "roles", "actions", "requested"])
def test_weights_for_more_names_than_the_manifest_has_are_refused(load, folder, encoder, name):
    names = read_json(folder / MANIFEST)[name]
    for others in (names[:-1] or ["one", "more"], [*names, "one more"]):
        write_model(folder, encoder.id, make_weights(), **{name: others})
        refuse(load, f"was not made for the {name} of its manifest")


def test_missing_weights_are_refused(load, folder):
    (folder / WEIGHTS).unlink()
    refuse(load, f"{WEIGHTS} cannot be read")


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_truncated_weights_are_refused(load, folder, share):
    data = (folder / WEIGHTS).read_bytes()
    (folder / WEIGHTS).write_bytes(data[: int(len(data) * share)])
    refuse(load, f"should have the SHA-256 .*, got .* in {int(len(data) * share)} bytes")


def test_weights_with_one_changed_number_are_refused(load, folder):
    tensors = load_file(folder / WEIGHTS)
    tensors["heads.intents.bias"][0] += 1
    save_file(tensors, folder / WEIGHTS)
    refuse(load, "should have the SHA-256")


def test_weights_of_another_kind_are_refused(load, folder):
    (folder / WEIGHTS).write_bytes(b"not safetensors at all")
    digest = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
    write_json(folder / MANIFEST, read_json(folder / MANIFEST) | {"sha256": digest})
    refuse(load, "is no safetensors file")


@pytest.mark.parametrize("name", ["hints", "moves", "heads.tags.bias"])
def test_weights_that_lack_a_tensor_are_refused(load, folder, encoder, name):
    weights = make_weights()
    del weights[name]
    write_model(folder, encoder.id, weights)
    refuse(load, name)


def test_a_refused_model_leaves_the_cached_graph_alone(load, folder, tmp_path):
    load()
    before = made(tmp_path)
    (folder / WEIGHTS).write_bytes(b"")
    refuse(load, "SHA-256")
    assert made(tmp_path) == before


def test_a_manifest_is_read_as_it_was_written(folder, encoder):
    manifest = read_manifest(folder)
    assert (manifest.intents, manifest.slots, manifest.roles) == (INTENTS, SLOTS, ROLES)
    assert (manifest.encoder, manifest.scale, manifest.made) == (encoder.id, 2.0, {"by": "hand"})
    assert manifest.sha256 == json.loads((folder / MANIFEST).read_text())["sha256"]
