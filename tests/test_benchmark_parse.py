"""The benchmark of reading times, on the shipped model."""

import numpy as np
import pytest

from intents.calibration import sigmoid
from intents.model import SHIPPED, read_manifest
from tests.benchmarks.understanding import latency

TEXTS = ("blue running shoes under $80 please", "有没有300块以内的蓝牙耳机", "talk to a human")


@pytest.fixture
def cached(cache_folder, monkeypatch):
    monkeypatch.setenv("DAOGOU_TEST_CACHE", str(cache_folder))


@pytest.mark.parametrize("text", TEXTS)
def test_torch_says_what_the_served_graph_says(encoder, tmp_path, text):
    manifest = read_manifest(SHIPPED)
    scores = latency.torch_reader(encoder)(text).intents[0].numpy()
    chances = dict(zip(manifest.intents, sigmoid(scores, manifest.temperature), strict=True))
    model = latency.rewritten(encoder, tmp_path / "float", lambda graph: graph)
    said = {intent.name: intent.score for intent in model.read(text).intents}
    assert said == pytest.approx(chances, abs=2e-3)


def test_every_reader_is_timed_and_held_against_the_labels(cached, encoder):
    found = latency.run(quick=True)
    peers = found["peers"]
    for figures in (found["parse"], found["model"], *peers.values()):
        assert 0 < figures["p50_ms"] <= figures["p95_ms"]
    assert found["model"]["intent_accuracy"] > 80
    assert abs(found["model"]["slot_f1"] - peers["onnx_fp32"]["slot_f1"]) < 5
    assert abs(found["model"]["slot_f1"] - peers["onnx_columns"]["slot_f1"]) < 20
    assert set(found["reached"]) == {"p50_ms", "p95_ms"}


def test_the_texts_are_about_sixteen_pieces_long(encoder):
    warm, timed = latency.chosen(encoder, quick=False)
    lengths = [len(one.ids) for one in encoder.encodings([e.text for e in timed], 99)]
    assert 14 <= min(lengths) <= max(lengths) <= 20
    assert np.mean(lengths) == pytest.approx(16, abs=0.5)
    assert {e.language for e in timed} == {"en", "zh"}
    assert not set(warm) & {e.text for e in timed}
