"""The ordinary Hugging Face and sentence-transformers layout of an encoder, written and read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers
from tokenizers.processors import TemplateProcessing

from catalog.files import read_json, write_json
from catalog.weights_graph import BodyShape, Pooling
from catalog.weights_packed import PackedEncoder

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
CONFIG = "config.json"
POOLING = "1_Pooling/config.json"
PROMPTS = "config_sentence_transformers.json"
WORD_TABLE = "embeddings.word_embeddings.weight"

_BOS, _PAD, _EOS, _UNK, _MASK = "<s>", "<pad>", "</s>", "<unk>", "<mask>"
_FIRST_POSITION = {"bert": 0, "roberta": 2, "xlm-roberta": 2, "camembert": 2}


@dataclass(frozen=True, slots=True)
class Layout:
    """What a folder in this layout says about its encoder.

    ``max_length`` is in tokens; ``prefixes`` go before a query and before a passage.
    """

    shape: BodyShape
    max_length: int
    pad_id: int
    prefixes: Mapping[str, str]


def write_layout(
    folder: Path, packed: PackedEncoder, tensors: Mapping[str, NDArray[np.float32]]
) -> None:
    """Write everything that ``transformers`` and ``sentence_transformers`` open."""
    from safetensors.numpy import save_file

    save_file(dict(tensors), folder / WEIGHTS, {"format": "pt"})
    build_tokenizer(packed).save(str(folder / TOKENIZER))
    _write_model_config(folder, packed)
    _write_tokenizer_config(folder, packed.positions)
    _write_modules(folder, packed)


def build_tokenizer(packed: PackedEncoder) -> Tokenizer:
    """XLM-R's tokenizer: SentencePiece unigram (Kudo, 2018) after its NFKC rules."""
    bos, eos, _, unk = packed.specials
    vocabulary = list(zip(packed.pieces, packed.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True) for token in (_BOS, _PAD, _EOS, _UNK)]
    )
    tokenizer.add_special_tokens([AddedToken(_MASK, lstrip=True, special=True)])
    tokenizer.post_processor = TemplateProcessing(
        single=f"{_BOS} $A {_EOS}",
        pair=f"{_BOS} $A {_EOS} {_EOS} $B {_EOS}",
        special_tokens=[(_BOS, bos), (_EOS, eos)],
    )
    return tokenizer


def read_layout(folder: Path) -> Layout:
    """What the configuration files say.

    Raises:
        ValueError: if the model is not a BERT-like encoder that can be served.
    """
    config = read_json(folder / CONFIG)
    kind, activation = config.get("model_type"), config.get("hidden_act", "gelu")
    if kind not in _FIRST_POSITION or activation != "gelu":
        raise ValueError(
            f"{folder} should hold a model of type {', '.join(_FIRST_POSITION)} with gelu, "
            f"got {kind!r} with {activation!r}"
        )
    first = _FIRST_POSITION[str(kind)]
    shape = BodyShape(
        layers=_integer(config, "num_hidden_layers"),
        heads=_integer(config, "num_attention_heads"),
        hidden=_integer(config, "hidden_size"),
        epsilon=float(cast(float, config["layer_norm_eps"])),
        first_position=first,
        pooling=_read_pooling(folder),
    )
    length = _integer(config, "max_position_embeddings") - first
    return Layout(shape, length, _integer(config, "pad_token_id"), _read_prefixes(folder))


def read_weights(folder: Path) -> dict[str, NDArray[np.float32]]:
    """Every tensor as float32, under names without the prefix of a head's model.

    Raises:
        ValueError: if the folder has no safetensors file.
    """
    if not (folder / WEIGHTS).is_file():
        raise ValueError(f"expected {WEIGHTS} in {folder}, found none")
    from safetensors.torch import load_file  # numpy knows no bfloat16

    loaded = load_file(folder / WEIGHTS)
    starts = [name.find("embeddings.word_embeddings") for name in loaded]
    cut = max(starts)
    if cut < 0:
        raise ValueError(f"expected a tensor {WORD_TABLE} in {folder / WEIGHTS}, found none")
    prefix = next(iter(n for n, start in zip(loaded, starts, strict=True) if start == cut))[:cut]
    return {
        name.removeprefix(prefix): tensor.float().numpy()
        for name, tensor in loaded.items()
        if name.startswith(prefix) and tensor.is_floating_point()
    }


def _write_model_config(folder: Path, packed: PackedEncoder) -> None:
    bos, eos, pad, _ = packed.specials
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": packed.hidden,
        "num_hidden_layers": packed.layers,
        "num_attention_heads": packed.heads,
        "intermediate_size": packed.feed_forward,
        "vocab_size": packed.vocabulary,
        "max_position_embeddings": packed.positions,
        "type_vocab_size": packed.types,
        "layer_norm_eps": packed.epsilon,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "bos_token_id": bos,
        "eos_token_id": eos,
        "pad_token_id": pad,
    }
    write_json(folder / CONFIG, config)


def _write_tokenizer_config(folder: Path, length: int) -> None:
    tokens = {
        "bos_token": _BOS,
        "eos_token": _EOS,
        "unk_token": _UNK,
        "sep_token": _EOS,
        "pad_token": _PAD,
        "cls_token": _BOS,
        "mask_token": _MASK,
    }
    write_json(folder / "special_tokens_map.json", tokens)
    names = ["input_ids", "attention_mask"]
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": length}
    write_json(folder / "tokenizer_config.json", {**tokens, **config, "model_input_names": names})


def _write_modules(folder: Path, packed: PackedEncoder) -> None:
    kinds = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    modules = [
        {
            "idx": index,
            "name": str(index),
            "path": path,
            "type": f"sentence_transformers.models.{kind}",
        }
        for index, (path, kind) in enumerate(kinds)
    ]
    write_json(folder / "modules.json", modules)
    for path, _ in kinds:
        (folder / path).mkdir(exist_ok=True)
    length = {"max_seq_length": packed.positions, "do_lower_case": False}
    write_json(folder / "sentence_bert_config.json", length)
    pooling = {"word_embedding_dimension": packed.hidden, "pooling_mode_mean_tokens": True}
    write_json(folder / POOLING, {**pooling, "pooling_mode_cls_token": False})
    # Both prefixes are part of how E5 was trained (Wang et al., 2024, multilingual E5).
    prompts = {"query": "query: ", "passage": "passage: ", "document": "passage: "}
    write_json(folder / PROMPTS, {"prompts": prompts, "similarity_fn_name": "cosine"})


def _read_pooling(folder: Path) -> Pooling:
    if not (folder / POOLING).is_file():
        return "mean"
    config = read_json(folder / POOLING)
    return "cls" if config.get("pooling_mode_cls_token") else "mean"


def _read_prefixes(folder: Path) -> dict[str, str]:
    prompts = read_json(folder / PROMPTS).get("prompts") if (folder / PROMPTS).is_file() else None
    found = prompts if isinstance(prompts, dict) else {}
    passage = found.get("passage", found.get("document", ""))
    return {"query": str(found.get("query", "")), "passage": str(passage)}


def _integer(config: Mapping[str, object], name: str) -> int:
    value = config.get(name)
    if not isinstance(value, int):
        raise ValueError(f"{CONFIG} should give {name} as a number, got {value!r}")
    return value
