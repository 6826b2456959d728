import math
import shutil

import numpy as np
import pytest
import torch
from torch import nn

from intents.learning import fitting
from intents.learning.fitting import (
    barred_tags,
    fit,
    labels_of,
    predict_items,
    ranked,
    score,
)
from intents.learning.net import ROLE_NAMES, Outputs
from intents.learning.types import Labelled, Prediction, TrainingError
from intents.tags import Span
from tests.intents.learning.builders import LABELS, TASK, item, labelled, recipe


@pytest.fixture(scope="module")
def fitted(tiny_encoder):
    return fit(TASK, TASK, recipe(tiny_encoder))


def test_a_tiny_task_is_learned(fitted):
    figures = score(fitted.predict(TASK), TASK)
    assert figures["intent"] >= 0.95
    assert figures["slot_f1"] >= 0.95
    assert figures["exact"] >= 0.9
    assert fitted.history[-1]["loss"] < fitted.history[0]["loss"] / 4


def test_roles_are_learned(fitted):
    found = fitted.predict([labelled(text, "") for text in ("not red", "red shoes")])
    assert [one.roles for one in found] == [("exclude",), ("include", "include")]


def test_a_prediction_does_not_look_at_labels(fitted):
    text = labelled("red shoes", "greet", ("color", "shoes"))
    assert fitted.predict([text]) == fitted.predict([Labelled("red shoes")])


@pytest.mark.parametrize("text", ["", " ", "😀", "red " * 300])
def test_any_text_has_an_answer(fitted, text):
    (found,) = fitted.predict([Labelled(text)])
    assert len(found.intents) == 3
    assert all(0 <= chance <= 1 and math.isfinite(chance) for _, chance in found.intents)
    assert all(0 <= span.start < span.end <= len(text) for span in found.spans)


def test_predictions_come_in_the_order_of_the_texts(fitted):
    texts = [*TASK, *reversed(TASK)]
    found = fitted.predict(texts)
    assert [one.spans for one in found] == [one.spans for one in found[::-1]]
    assert len(found) == len(texts)


def weights(net):
    return [value.clone() for value in net.state_dict().values()]


def same(one, other):
    return all(torch.equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("lora_rank", "crf"), [(2, True), (0, False)])
def test_one_seed_gives_one_network_and_another_gives_another(tiny_encoder, lora_rank, crf):
    fields = {"lora_rank": lora_rank, "crf": crf, "epochs": 1, "dropout": 0.1, "hiding": 0.1}
    one, again, other = (
        weights(fit(TASK, TASK[:4], recipe(tiny_encoder, **fields, seed=seed)).net)
        for seed in (1, 1, 2)
    )
    assert same(one, again)
    assert not same(one, other)


@pytest.fixture
def watched(monkeypatch):
    """Validation figures told in advance, and the network that each was measured on."""

    def watch(*totals):
        measured, left = [], list(totals)

        def predict(net, *rest):
            measured.append(weights(net))
            return predict_items(net, *rest)

        def figures(found, wanted):
            return score(found, wanted) | {"total": left.pop(0)}

        monkeypatch.setattr(fitting, "predict_items", predict)
        monkeypatch.setattr(fitting, "score", figures)
        return measured

    return watch


@pytest.mark.parametrize(
    ("patience", "totals", "epochs"),
    [
        (1, (1.0, 0.5), 2),
        (2, (1.0, 2.0, 2.0, 1.5), 4),
        (2, (1.0, 0.9, 1.1, 1.0, 1.0), 5),
        (3, (3.0, 1.0, 1.0, 1.0), 4),
        (9, (1.0, 0.5, 0.4, 0.3, 0.2, 0.1), 6),
    ],
)
def test_training_stops_when_patience_ends(tiny_encoder, watched, patience, totals, epochs):
    watched(*totals)
    quick = recipe(tiny_encoder, epochs=6, patience=patience, batch=64)
    assert len(fit(TASK, TASK[:2], quick).history) == epochs


@pytest.mark.parametrize(
    ("totals", "best"), [((1.0, 3.0, 2.0), 1), ((3.0, 1.0, 3.0), 0), ((1.0, 2.0, 2.5), 2)]
)
def test_the_weights_of_the_best_epoch_are_kept(tiny_encoder, watched, totals, best):
    measured = watched(*totals)
    fitted = fit(TASK, TASK[:2], recipe(tiny_encoder, epochs=3, batch=16))
    assert not same(measured[0], measured[2])
    assert [place for place, one in enumerate(measured) if same(one, weights(fitted.net))] == [best]
    assert [epoch["total"] for epoch in fitted.history] == list(totals)
    assert [epoch["epoch"] for epoch in fitted.history] == [1, 2, 3]


def test_what_is_frozen_stays_as_it_was(tiny_encoder):
    from intents.learning.encoders import load_base

    fitted = fit(TASK, TASK[:2], recipe(tiny_encoder, epochs=1))
    fresh = load_base(tiny_encoder, 1)
    assert same(weights(fitted.base.lower[0]), weights(fresh.lower[0]))
    assert same(weights(fitted.base.embeddings), weights(fresh.embeddings))
    named = dict(fitted.net.layers[0].named_parameters())
    plain = dict(fresh.upper[0].named_parameters())
    assert torch.equal(
        named["attention.self.query.base_layer.weight"], plain["attention.self.query.weight"]
    )


@pytest.mark.parametrize("weight", [math.nan, math.inf])
def test_a_loss_that_is_no_number_stops_the_training(tiny_encoder, weight):
    broken = [labelled("red", "greet", weight=weight), labelled("blue", "search_product")]
    with pytest.raises(TrainingError, match="the loss became nan; lower the learning rate"):
        fit(broken, TASK[:2], recipe(tiny_encoder, epochs=1))


@pytest.mark.parametrize(
    ("train", "valid", "message"), [((), TASK, "got 0 and 24"), (TASK, (), "got 24 and 0")]
)
def test_nothing_to_learn_or_to_measure_is_an_error(tiny_encoder, train, valid, message):
    with pytest.raises(TrainingError, match=f"expected texts to train and to validate, {message}"):
        fit(train, valid, recipe(tiny_encoder))


def test_an_encoder_without_tokenizer_is_an_error(tiny_encoder, tmp_path):
    for name in ("config.json", "model.safetensors"):
        shutil.copy(tiny_encoder / name, tmp_path)
    with pytest.raises(TrainingError, match=r"tokenizer\.json"):
        fit(TASK, TASK, recipe(tmp_path))


def test_progress_tells_every_step(tiny_encoder):
    told = []
    fit(TASK, TASK[:2], recipe(tiny_encoder, epochs=2, batch=10), lambda *now: told.append(now))
    assert [now for now in told if now[0] == "epoch 2"] == [
        ("epoch 2", 1, 3), ("epoch 2", 2, 3), ("epoch 2", 3, 3),
    ]  # fmt: skip
    assert sum(phase.startswith("after epoch") for phase, _, _ in told) == 2


def test_labels_are_everything_that_occurs():
    texts = [
        labelled("80", "greet+joke", previous_action="ask_size"),
        labelled("red", "greet", ("color", "red"), requested_slot="city"),
    ]
    labels = labels_of(texts)
    assert (labels.intents, labels.slots) == (("greet", "joke"), ("color",))
    assert (labels.actions, labels.requested) == (("", "ask_size"), ("", "city"))


def prediction(intent, *spans):
    return Prediction(((intent, 0.9), ("other", 0.1)), tuple(Span(*span) for span in spans))


def test_figures_are_counted_by_hand():
    wanted = [
        labelled("red shoes", "a", ("color", "red"), ("product_type", "shoes")),
        labelled("blue", "b", ("color", "blue")),
        labelled("hello", "a+c"),
        labelled("hello", "a"),
    ]
    found = [
        prediction("a", (0, 3, "color"), (4, 9, "color")),
        prediction("b", (0, 4, "color")),
        prediction("c"),
        prediction("b"),
    ]
    assert score(found, wanted) == {
        "intent": 3 / 4,
        "slot_f1": pytest.approx(2 * 2 / (3 + 3)),
        "exact": 2 / 4,
        "total": pytest.approx(3 / 4 + 2 / 3 + 2 / 4),
    }


def test_texts_without_slots_that_get_none_are_right():
    assert score([prediction("a")], [labelled("hello", "a")])["slot_f1"] == 1
    assert score([prediction("a", (0, 1, "x"))], [labelled("hello", "a")])["slot_f1"] == 0


def test_intents_are_ranked_best_first():
    assert ranked(("a", "b", "c"), np.array([0.25, 0.5, 0.125])) == (
        ("b", 0.5), ("a", 0.25), ("c", 0.125),
    )  # fmt: skip


def test_an_intent_is_barred_from_slots_it_was_never_seen_with(tmp_path):
    train = [
        labelled("red", "search_product", ("color", "red")),
        labelled("shoes", "greet", ("product_type", "shoes")),
    ]
    barred = barred_tags(train, LABELS, recipe(tmp_path, coherent=True))
    assert (barred == 0).tolist() == [
        [True, False, False, True, True],
        [True, False, False, False, False],
        [True, True, True, False, False],
    ]
    assert barred.max() == 0 and barred.min() <= -1e3
    assert not barred_tags(train, LABELS, recipe(tmp_path)).any()


class Said(nn.Module):
    """A network that says the same of every text."""

    crf = None

    def __init__(self, intents, tags):
        super().__init__()
        self.intents, self.tags = torch.tensor(intents), torch.tensor(tags)

    def forward(self, states, mask, first, context, hints):
        texts, units = first.shape
        roles = torch.zeros(texts, units, len(ROLE_NAMES))
        return Outputs(
            self.intents.expand(texts, -1), self.tags.expand(texts, units, -1), roles, states[:, 0]
        )


# greet takes no slots, search_product takes colours.
BARRED = np.array([[0, -1e4, -1e4, -1e4, -1e4], [0] * 5, [0, 0, 0, -1e4, -1e4]], np.float32)
GREET, OUTSIDE, SEARCH = range(3)


def said(intents, tags, coherent, tmp_path):
    net = Said(intents, tags)
    (found,) = predict_items(net, [item(3)], LABELS, recipe(tmp_path, coherent=coherent), BARRED)
    return found.intents[0][0], [span.label for span in found.spans]


@pytest.mark.parametrize(
    ("intents", "tags", "expected"),
    [
        # The slots are sure and the intent is not: the intent gives way.
        ([1.0, -9.0, 0.5], [0.0, 5.0, 0.0, 0.0, 0.0], ("search_product", ["color"])),
        # The intent is sure and the slots are not: the slots give way.
        ([9.0, -9.0, 0.5], [0.0, 0.5, 0.0, 0.0, 0.0], ("greet", [])),
        # A slot that the intent does not have becomes one that it has.
        ([-9.0, -9.0, 9.0], [0.0, 4.0, 0.0, 5.0, 0.0], ("search_product", ["color"])),
    ],
)
def test_coherent_intent_and_slots_fit_each_other(tmp_path, intents, tags, expected):
    assert said(intents, tags, True, tmp_path) == expected


def test_without_coherence_each_head_says_its_own(tmp_path):
    assert said([1.0, -9.0, 0.5], [0.0, 5.0, 0.0, 0.0, 0.0], False, tmp_path) == (
        "greet",
        ["color"],
    )


@pytest.mark.parametrize(("several", "total"), [(False, 1.0), (True, 1.5)])
def test_scores_are_shares_of_one_or_each_its_own(tmp_path, several, total):
    net = Said([0.0, 0.0, 0.0], [0.0] * 5)
    (found,) = predict_items(net, [item(3)], LABELS, recipe(tmp_path, several=several), BARRED)
    assert sum(chance for _, chance in found.intents) == pytest.approx(total)


@pytest.mark.parametrize("supported", [True, False])
def test_half_precision_is_for_processors_that_have_it(tiny_encoder, monkeypatch, supported):
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: supported)
    halved = []
    watched = fitting.JointNet.forward

    def forward(net, *given):
        halved.append(torch.is_autocast_enabled("cpu"))
        return watched(net, *given)

    monkeypatch.setattr(fitting.JointNet, "forward", forward)
    fit(TASK[:4], TASK[:4], recipe(tiny_encoder, epochs=1))
    assert halved[0] is supported
