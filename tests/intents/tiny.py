"""A tiny encoder with a real tokenizer, and joint models on it, with weights made by hand."""

import hashlib
from dataclasses import asdict
from types import SimpleNamespace

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from catalog.files import write_json
from catalog.weights import prepare_encoder
from catalog.weights_layout import build_tokenizer
from intents.calibration import Thresholds
from intents.model import FORMAT, MANIFEST, WEIGHTS
from intents.pieces import PARTICLES, PieceReader
from intents.tags import TagScheme
from tests.catalog.tiny_models import save_tiny_model

HIDDEN = 32
POSITIONS = 302
_MARKS = ("<s>", "<pad>", "</s>", "<unk>")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789$'-.,?!▁粉红色黑跑鞋耳机好连衣裙块以内"
_WORDS = (
    "▁red", "▁blue", "▁black", "▁shoes", "▁dress", "▁socks", "▁hello", "▁thanks", "▁show", "▁me",
    "▁joke", "▁weather", "▁good", "▁not", "▁the", "▁80", "ish", "黑色", "色的", "我想", "有没有",
    "耳机", "跑鞋", "裙子", "你好", "谢谢", "笑话", "天气", "红色", "▁我", "的鞋",
)  # fmt: skip


def build_words():
    """XLM-R's kind of tokenizer over a few words: the longest known piece is taken."""
    alone = sorted({*_LETTERS, *PARTICLES, *"".join(_WORDS)})
    pieces = [*_MARKS, *alone, *_WORDS]
    scores = [-10.0 if len(piece) == 1 else -12.0 for piece in pieces]
    return build_tokenizer(SimpleNamespace(specials=(0, 2, 1, 3), pieces=pieces, scores=scores))


def write_encoder(folder, positions=POSITIONS):
    """A prepared encoder of two layers in ``folder / "ready"``; returns its folder."""
    source = folder / "source"
    tokenizer = build_words()
    save_tiny_model(source, tokenizer.get_vocab_size(), positions, spread=0.2)
    tokenizer.save(str(source / "tokenizer.json"))
    prepare_encoder(source, folder / "ready")
    return folder / "ready"


def reader(longest=96):
    """A piece reader over the tiny encoder's tokenizer."""
    tokenizer: Tokenizer = build_words()
    return PieceReader(tokenizer.encode_batch, tokenizer.token_to_id, longest)


INTENTS = ("greet", "out_of_scope", "search_product")
SLOTS = ("color", "product_type")
ROLES = ("include", "exclude", "reference")
ACTIONS = ("", "ask_size")
REQUESTED = ("", "city")


def make_weights(seed=0, size=1.0):
    """Random tensors of a joint model whose adapter changes one product of the upper layer."""
    rng = np.random.default_rng(seed)
    scheme = TagScheme(SLOTS)
    moves, start = scheme.transitions()
    shapes = {
        "actions": (len(ACTIONS), HIDDEN),
        "requested": (len(REQUESTED), HIDDEN),
        "hints": (scheme.size, HIDDEN),
        "heads.intents.weight": (len(INTENTS), 2 * HIDDEN),
        "heads.intents.bias": (len(INTENTS),),
        "heads.tags.weight": (scheme.size, HIDDEN),
        "heads.tags.bias": (scheme.size,),
        "heads.roles.weight": (len(ROLES), HIDDEN),
        "heads.roles.bias": (len(ROLES),),
        "encoder.layer.1.attention.self.query.lora_A": (2, HIDDEN),
        "encoder.layer.1.attention.self.query.lora_B": (HIDDEN, 2),
    }
    drawn = {
        name: (size * rng.standard_normal(shape)).astype(np.float16)
        for name, shape in shapes.items()
    }
    return {**drawn, "moves": moves, "start": start}


def write_model(folder, encoder_id, weights, **changes):
    """A model's folder as training writes it; ``changes`` are other fields of the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file(weights, folder / WEIGHTS)
    manifest = {
        "format": FORMAT,
        "encoder": encoder_id,
        "sha256": hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest(),
        "intents": INTENTS,
        "slots": SLOTS,
        "roles": ROLES,
        "actions": ACTIONS,
        "requested": REQUESTED,
        "scale": 2.0,
        "temperature": 1.0,
        "thresholds": asdict(Thresholds(0.5, 0.1, 0.4, 0.8)),
        "made": {"by": "hand"},
    }
    write_json(folder / MANIFEST, manifest | changes)
    return folder
