import shutil

import pytest
import torch
from torch import nn

from intents.learning.encoders import load_base, make_trainable
from intents.learning.types import TrainingError

IDS = torch.tensor([[0, 5, 9, 12, 2], [0, 7, 2, 1, 1]])
MASK = IDS != 1


@pytest.mark.parametrize("frozen", [0, 1])
def test_the_layers_are_cut_where_asked(tiny_encoder, frozen):
    base = load_base(tiny_encoder, frozen)
    assert (len(base.lower), len(base.upper)) == (frozen, 2 - frozen)
    assert (base.hidden, base.pad_id) == (32, 1)


@pytest.mark.parametrize("frozen", [-1, 2, 12])
def test_no_layer_left_to_learn_is_an_error(tiny_encoder, frozen):
    with pytest.raises(TrainingError, match=f"expected 0 to 1 frozen layers, got {frozen}"):
        load_base(tiny_encoder, frozen)


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(TrainingError, match=r"expected an encoder in .*nothing"):
        load_base(tmp_path / "nothing", 0)


def test_a_folder_without_weights_is_an_error(tiny_encoder, tmp_path):
    shutil.copy(tiny_encoder / "config.json", tmp_path)
    with pytest.raises(TrainingError, match="expected an encoder in"):
        load_base(tmp_path, 0)


def test_a_model_of_another_kind_is_an_error(tmp_path):
    from transformers import GPT2Config, GPT2Model

    sizes = {"vocab_size": 20, "n_positions": 8, "n_embd": 8, "n_layer": 1, "n_head": 1}
    GPT2Model(GPT2Config(**sizes, bos_token_id=0, eos_token_id=0)).save_pretrained(tmp_path)
    with pytest.raises(TrainingError, match="expected an encoder in"):
        load_base(tmp_path, 0)


def test_the_frozen_part_gives_the_states_of_its_last_layer(tiny_encoder):
    from transformers import AutoModel

    model = AutoModel.from_pretrained(tiny_encoder, local_files_only=True).eval()
    with torch.no_grad():
        hidden = model(IDS, MASK.long(), output_hidden_states=True).hidden_states
    for frozen in (0, 1):
        states = load_base(tiny_encoder, frozen).states(IDS, MASK)
        assert torch.allclose(states[MASK], hidden[frozen][MASK], atol=1e-5)


def test_padding_does_not_change_the_states(tiny_encoder):
    base = load_base(tiny_encoder, 1)
    alone = base.states(IDS[1:, :3], MASK[1:, :3])
    assert torch.allclose(base.states(IDS, MASK)[1, :3], alone[0], atol=1e-5)


def learning(stack):
    return {name for name, parameter in stack.named_parameters() if parameter.requires_grad}


def test_nothing_of_a_base_learns_until_it_is_made_to(tiny_encoder):
    base = load_base(tiny_encoder, 1)
    assert not learning(nn.ModuleList([base.embeddings, *base.lower, *base.upper]))


def test_without_an_adapter_the_upper_layers_learn_whole(tiny_encoder):
    base = load_base(tiny_encoder, 1)
    stack = make_trainable(base.upper, 0, 0.0)
    assert learning(stack) == {name for name, _ in stack.named_parameters()}
    assert not learning(nn.ModuleList(base.lower))


def test_with_an_adapter_nothing_but_the_adapter_learns(tiny_encoder):
    stack = make_trainable(load_base(tiny_encoder, 1).upper, 4, 0.0)
    found = learning(stack)
    assert {name.split(".")[-3] for name in found} == {"lora_A", "lora_B"}
    assert len(found) == 2 * 6  # query, key, value and three dense products


def test_a_fresh_adapter_changes_nothing(tiny_encoder):
    states = torch.randn(1, 3, 32, generator=torch.Generator().manual_seed(0))
    mask = torch.ones(1, 1, 1, 3, dtype=torch.bool)
    (plain,) = load_base(tiny_encoder, 1).upper
    (adapted,) = make_trainable(load_base(tiny_encoder, 1).upper, 4, 0.5).eval()
    assert torch.equal(plain(states, mask), adapted(states, mask))
