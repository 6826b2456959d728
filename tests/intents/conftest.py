"""What tests of the joint model share: a prepared encoder so small that it costs nothing."""

import pytest

from catalog import weights
from tests.intents.tiny import write_encoder


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory):
    """The folder of a prepared encoder of two layers with a tokenizer of few words, in 32 bits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weights, "in_blocks", lambda graph: graph)
        return write_encoder(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def one_thread():
    """Torch on one thread: on a busy machine, threads wait far longer than tiny products take."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
