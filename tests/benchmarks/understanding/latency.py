"""How long it takes to read a message, beside the same network in 32 bits and otherwise in eight.

Protocol: held-out utterances of the project that the tokenizer cuts into 14 to 20 pieces (16 on
average), both languages, without context; each is read once by each reader, in turns, after a
round of warming up with other texts, so that no cache helps and other load on the machine hits
all alike. "parse" is the whole understanding (rules, model, values in the words of the lexicon),
"model" the joint model with its tokenizer, weights in eight bits by blocks. The peers are the
same network: in torch, float32; in ONNX Runtime, float32; and in ONNX Runtime with eight bits by
columns. What ONNX Runtime answers is held against the labels: accuracies in percent, over those
utterances.
"""

import itertools
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from catalog.encoder import TextEncoder, open_session
from catalog.vocabulary import Vocabulary
from catalog.weights import LOWER
from catalog.weights_eight_bits import in_columns
from catalog.weights_graph import build_lower, split
from catalog.weights_layout import read_layout, read_weights
from intents.evaluation import load_labelled
from intents.examples import Example
from intents.graph import build_joint, merge
from intents.model import GRAPH, LONGEST, SHIPPED, JointModel, read_manifest, read_trained
from intents.parser import DATA, NLU
from intents.pieces import PieceReader
from intents.reader import Answer
from intents.scores import Score
from intents.training import shipped_name
from intents.types import NOTHING_BEFORE
from tests.benchmarks.percentiles import percentiles
from tests.benchmarks.progress import report_progress
from tests.benchmarks.understanding.encoders import base_folder, cache_folder
from tests.benchmarks.understanding.metrics import percent

if TYPE_CHECKING:
    import onnx

    from intents.learning.encoders import Base
    from intents.learning.net import JointNet

FEWEST, MOST = 14, 20
WARM_UP = 50
BARS = {"p50_ms": 10.0, "p95_ms": 20.0}

Reader = Callable[[str], object]
Times = list[float]


def run(quick: bool) -> dict[str, object]:
    """The times of every reader, and the accuracy of those that read alike."""
    with report_progress("parse") as progress:
        encoder = TextEncoder.load(base_folder("e5", progress))
        cache = cache_folder() / "nlu" / "model"
        model = JointModel.load(SHIPPED, encoder, cache)
        nlu = NLU(model, Vocabulary.from_products(()))
        with tempfile.TemporaryDirectory(prefix="daogou-parse-") as folder:
            models = {
                "model": model,
                "onnx_fp32": rewritten(encoder, Path(folder) / "float", lambda graph: graph),
                "onnx_columns": rewritten(encoder, Path(folder) / "columns", in_columns),
            }
            readers: dict[str, Reader] = {
                "parse": nlu.parse,
                **{name: one.read for name, one in models.items()},
                "torch_fp32": torch_reader(encoder),
            }
            warm, timed = chosen(encoder, quick)
            times = _take_turns(readers, warm, timed, progress)
    figures = {name: percentiles(took) for name, took in times.items()}
    accuracy = {name: accuracies(one, timed) for name, one in models.items()}
    return {
        "benchmark": "parse",
        "protocol": __doc__,
        "quick": quick,
        "utterances": len(timed),
        "bars": BARS,
        "parse": figures["parse"],
        "model": figures["model"] | accuracy["model"],
        "peers": {
            name: figures[name] | accuracy.get(name, {})
            for name in ("torch_fp32", "onnx_fp32", "onnx_columns")
        },
        "torch_fp32_to_model": _ratio(figures),
        "reached": {name: figures["parse"][name] <= bar for name, bar in BARS.items()},
        "rss_mb": round(psutil.Process().memory_info().rss / 2**20),
    }


def _ratio(figures: dict[str, dict[str, float]]) -> float:
    return round(figures["torch_fp32"]["p50_ms"] / figures["model"]["p50_ms"], 2)


def chosen(encoder: TextEncoder, quick: bool) -> tuple[list[str], list[Example]]:
    """Texts to warm up with, and the utterances of the wanted length to read."""
    found = [e for e in load_labelled(DATA / "eval") if e.context == NOTHING_BEFORE]
    lengths = [len(one.ids) for one in encoder.encodings([e.text for e in found], LONGEST)]
    fitting = [e for e, n in zip(found, lengths, strict=True) if FEWEST <= n <= MOST]
    others = [e.text for e, n in zip(found, lengths, strict=True) if n == FEWEST - 1]
    return others[:WARM_UP], fitting[:: len(fitting) // 60] if quick else fitting


def _take_turns(
    readers: dict[str, Reader],
    warm: Sequence[str],
    timed: Sequence[Example],
    progress: Callable[[str, int, int], None],
) -> dict[str, Times]:
    for read, text in itertools.product(readers.values(), warm):
        read(text)
    times: dict[str, Times] = {name: [] for name in readers}
    for done, example in enumerate(timed):
        progress("reading", done, len(timed))
        for name, read in readers.items():
            started = time.perf_counter()
            read(example.text)
            times[name].append(1_000 * (time.perf_counter() - started))
    return times


def accuracies(model: JointModel, examples: Sequence[Example]) -> dict[str, float]:
    """Best intents and spans against the labels."""
    answers = [model.read(example.text) for example in examples]
    right = sum(a.intents[0].name in e.intents for a, e in zip(answers, examples, strict=True))
    spans = sum(map(_spans, answers, examples), start=Score())
    return {"intent_accuracy": percent(right / len(examples)), "slot_f1": percent(spans.f1)}


def _spans(answer: Answer, example: Example) -> Score:
    got = {(one.name, one.start, one.end) for one in answer.spans}
    wanted = {(slot.name, slot.start, slot.end) for slot in example.slots}
    return Score(len(wanted), len(got), len(wanted & got))


def torch_reader(encoder: TextEncoder) -> Reader:
    """The shipped network in torch, tokenizer included, up to its scores."""
    import torch

    base, net = _torch_net(encoder.folder)
    pieces = PieceReader(
        lambda texts: encoder.encodings(texts, LONGEST), encoder.token_to_id, LONGEST
    )

    @torch.inference_mode()
    def read(text: str) -> object:
        (cut,) = pieces.read([text])
        ids = torch.tensor([cut.ids])
        mask = torch.ones_like(ids, dtype=torch.bool)
        first = torch.tensor([cut.first])
        context, hints = torch.zeros(1, 2, dtype=torch.long), torch.zeros_like(ids)
        return net(base.states(ids, mask), mask, first, context, hints)

    return read


def _torch_net(folder: Path) -> "tuple[Base, JointNet]":
    """The frozen lower part, and the upper part with the shipped weights."""
    import torch

    from intents.learning.encoders import load_base
    from intents.learning.net import JointNet, Labels

    manifest = read_manifest(SHIPPED)
    base = load_base(folder, split(read_layout(folder).shape))
    labels = Labels(manifest.intents, manifest.slots, manifest.actions, manifest.requested)
    net = JointNet(base.upper, base.hidden, labels, dropout=0.0, crf=False)
    shipped = read_trained(SHIPPED, manifest)
    tensors = merge(read_weights(folder), shipped, manifest.scale) | shipped
    for name, parameter in net.named_parameters():
        tensor = tensors[shipped_name(name, len(base.lower))]
        parameter.data = torch.from_numpy(tensor).reshape(parameter.shape)
    return base, net.eval()


def rewritten(
    encoder: TextEncoder, folder: Path, rewrite: "Callable[[onnx.ModelProto], onnx.ModelProto]"
) -> JointModel:
    """The same model with its graphs written in another way."""
    import onnx

    folder.mkdir()
    manifest = read_manifest(SHIPPED)
    shipped = read_trained(SHIPPED, manifest)
    tensors, shape = read_weights(encoder.folder), read_layout(encoder.folder).shape
    joint = build_joint(merge(tensors, shipped, manifest.scale) | shipped, shape)
    onnx.save(rewrite(build_lower(tensors, shape)), folder / LOWER)
    onnx.save(rewrite(joint), folder / GRAPH)
    other = TextEncoder.load(encoder.folder)
    other._lower = open_session(folder / LOWER, None)
    return JointModel(manifest, other, open_session(folder / GRAPH, None), shipped)
