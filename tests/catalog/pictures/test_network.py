"""The network itself: the same figures as torch gives, and kinds of pictures told apart."""

import numpy as np
import pytest

from catalog.pictures import network
from catalog.pictures.network import DIMENSION, PictureEncoder, unpack_network
from catalog.pictures.reading import read_pixels
from tests.catalog.pictures.drawn import DOTS, STRIPES, as_bytes, drawn


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pictures") / "network"


@pytest.fixture(scope="module")
def encoder(folder):
    return PictureEncoder.open(folder, threads=1)


def pixels(*pictures):
    return np.stack([read_pixels(as_bytes(one)) for one in pictures])


def test_vectors_have_length_1_and_are_the_same_in_any_batch(encoder):
    both = pixels(drawn(STRIPES), drawn(DOTS))
    vectors = encoder.encode(both)
    assert vectors.shape == (2, DIMENSION)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(encoder.encode(both[1:]), vectors[1:], atol=1e-5)


def test_a_pattern_is_recognised_in_another_place_and_colour(encoder):
    shown = [drawn(STRIPES), drawn(STRIPES, "teal", shift=5), drawn(DOTS, "teal", shift=5)]
    one, same, other = encoder.encode(pixels(*shown))
    assert one @ same > one @ other + 0.1


def test_the_graph_says_what_the_layers_say_in_torch(encoder):
    import torch
    from torch.nn import functional

    tensors = network._read(network._weights_file())
    weights = {name: torch.from_numpy(one) for name, one in tensors.items()}
    seen = pixels(drawn(STRIPES))

    def layer(x, name, norm, stride=1, active=True):
        weight = weights[f"{name}.weight"]
        sizes = ((size, -(-size // stride), weight.shape[2]) for size in x.shape[2:])
        down, right = (
            max((steps - 1) * stride + kernel - size, 0) for size, steps, kernel in sizes
        )
        x = functional.pad(x, (right // 2, right - right // 2, down // 2, down - down // 2))
        groups = x.shape[1] if weight.shape[1] == 1 else 1
        x = functional.conv2d(x, weight, stride=stride, groups=groups)
        parts = (weights[f"{norm}.{part}"] for part in ("running_mean", "running_var"))
        scale = weights[f"{norm}.weight"], weights[f"{norm}.bias"]
        x = functional.batch_norm(x, *parts, *scale, eps=1e-3)
        return functional.relu6(x) if active else x

    x = (torch.from_numpy(seen).float().permute(0, 3, 1, 2) - 127) / 128
    x = layer(x, "_conv_stem", "_bn0", 2)
    for number in range(16):
        root, start, stride = f"_blocks.{number}", x, 2 if number in (1, 3, 5, 11) else 1
        if number:
            x = layer(x, f"{root}._expand_conv", f"{root}._bn0")
        x = layer(x, f"{root}._depthwise_conv", f"{root}._bn1", stride)
        x = layer(x, f"{root}._project_conv", f"{root}._bn2", active=False)
        x = x + start if x.shape == start.shape else x
    x = functional.normalize(layer(x, "_conv_head", "_bn1").mean((2, 3)))
    np.testing.assert_allclose(encoder.encode(seen), x.numpy(), atol=1e-4)


def test_the_network_is_written_once_and_only_from_the_weights_it_knows(
    folder, encoder, tmp_path, monkeypatch
):
    monkeypatch.setattr(network, "_weights_file", lambda: tmp_path / "other.pth")
    assert unpack_network(folder).is_file()
    (tmp_path / "other.pth").write_bytes(b"other weights")
    with pytest.raises(ValueError, match="should have sha256"):
        unpack_network(tmp_path / "network")
    assert not (tmp_path / "network").exists()


def test_without_its_packages_the_cure_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(network, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"daogou\[pictures\]"):
        PictureEncoder.open(tmp_path)
    with pytest.raises(ValueError, match=r"daogou\[pictures\]"):
        unpack_network(tmp_path)
