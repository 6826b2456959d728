"""The nets of ``nets`` in numpy: what is served needs no torch.

Each body takes the parameters by the names torch gives them, and rows × steps × dimensions; it
returns the states after each step. A test holds them against torch.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from catalog.recommenders.interactions import Floats

Parameters = Mapping[str, NDArray[Any]]
Body = Callable[[Parameters, Floats], Floats]


def recurrence(parameters: Parameters, vectors: Floats) -> Floats:
    """``nets.GatedRecurrence``."""
    rows, steps, size = vectors.shape
    inner = vectors @ parameters["gru.weight_ih_l0"].T + parameters["gru.bias_ih_l0"]
    weight, bias = parameters["gru.weight_hh_l0"].T, parameters["gru.bias_hh_l0"]
    state = np.zeros((rows, size), np.float32)
    states = np.empty_like(vectors)
    for step in range(steps):
        own = state @ weight + bias
        gates = expit(inner[:, step, : 2 * size] + own[:, : 2 * size])
        reset, keep = gates[:, :size], gates[:, size:]
        new = np.tanh(inner[:, step, 2 * size :] + reset * own[:, 2 * size :])
        state = (1.0 - keep) * new + keep * state
        states[:, step] = state
    return vectors + _linear(parameters, "out", states)


def convolutions(parameters: Parameters, vectors: Floats) -> Floats:
    """``nets.DilatedConvolutions``."""
    for block, gap in enumerate(parameters["gaps"].tolist()):
        normed = _norm(parameters, f"norms.{block}", vectors)
        weight = parameters[f"convolutions.{block}.weight"]
        found = np.broadcast_to(parameters[f"convolutions.{block}.bias"], vectors.shape).copy()
        for tap in range(weight.shape[2]):
            back = (weight.shape[2] - 1 - tap) * gap
            if back < vectors.shape[1]:
                found[:, back:] += normed[:, : vectors.shape[1] - back] @ weight[:, :, tap].T
        vectors = vectors + _linear(parameters, f"outs.{block}", np.maximum(found, 0.0))
    return vectors


def attention(parameters: Parameters, vectors: Floats) -> Floats:
    """``nets.SelfAttention``."""
    rows, steps, size = vectors.shape
    distance = parameters["distance"]
    heads = len(distance)
    inner = _linear(parameters, "inner", _norm(parameters, "norm", vectors))
    query, key, value = inner.reshape(rows, steps, 3, heads, -1).transpose(2, 0, 3, 1, 4)
    ago = np.arange(steps)[:, None] - np.arange(steps)[None, :]
    bias = distance[:, np.clip(ago, 0, distance.shape[1] - 1)]
    alike = query @ key.transpose(0, 1, 3, 2) / np.float32((size / heads) ** 0.5) + bias
    alike[:, :, ago < 0] = -np.inf
    shares = np.exp(alike - alike.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    mixed = (shares @ value).transpose(0, 2, 1, 3).reshape(rows, steps, size)
    vectors = vectors + _linear(parameters, "outer", mixed)
    wide = np.maximum(_linear(parameters, "wide", _norm(parameters, "second_norm", vectors)), 0.0)
    return vectors + _linear(parameters, "narrow", wide)


BODIES: Mapping[str, Body] = {"gru": recurrence, "cnn": convolutions, "attention": attention}


def unit(vectors: Floats) -> Floats:
    """Vectors of length 1; those of length 0 stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def _linear(parameters: Parameters, name: str, vectors: Floats) -> Floats:
    found = vectors @ parameters[f"{name}.weight"].T + parameters[f"{name}.bias"]
    return np.asarray(found, np.float32)


def _norm(parameters: Parameters, name: str, vectors: Floats) -> Floats:
    centred = vectors - vectors.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + 1e-5)
    found = centred / spread * parameters[f"{name}.weight"] + parameters[f"{name}.bias"]
    return np.asarray(found, np.float32)
