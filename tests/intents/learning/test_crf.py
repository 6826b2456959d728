from itertools import pairwise, product

import pytest
import torch

from intents.learning.crf import ChainCRF
from intents.tags import TagScheme

SCHEME = TagScheme(("color",))


def crf(seed=0):
    """A CRF over O, B and I with random transitions."""
    allowed, first = SCHEME.transitions()
    chain = ChainCRF(torch.from_numpy(allowed), torch.from_numpy(first))
    drawn = torch.Generator().manual_seed(seed)
    chain.moves.data = torch.randn(3, 3, generator=drawn)
    chain.start.data = torch.randn(3, generator=drawn)
    return chain


def scores(texts, units, seed=1):
    return torch.randn(texts, units, 3, generator=torch.Generator().manual_seed(seed))


def total(chain, scores, path):
    moves, start = chain.transitions()
    said = sum(scores[place, tag] for place, tag in enumerate(path))
    return start[path[0]] + said + sum(moves[a, b] for a, b in pairwise(path))


def brute_force(chain, scores, path):
    every = [total(chain, scores, one) for one in product(range(3), repeat=len(scores))]
    return torch.stack(every).logsumexp(0) - total(chain, scores, path)


@pytest.mark.parametrize("path", [[0, 0, 0, 0], [1, 2, 2, 0], [0, 1, 1, 2]])
@pytest.mark.parametrize("seed", range(3))
def test_the_loss_is_that_of_all_sequences_counted_out(path, seed):
    chain, said = crf(seed), scores(1, 4, seed + 10)
    loss = chain(said, torch.tensor([path]), torch.ones(1, 4, dtype=torch.bool))
    assert loss[0].item() == pytest.approx(brute_force(chain, said[0], path).item(), abs=1e-4)


def test_the_chances_of_all_sequences_sum_to_one():
    chain, said = crf(), scores(1, 3)
    paths = torch.tensor(list(product(range(3), repeat=3)))
    losses = chain(said.expand(27, -1, -1), paths, torch.ones(27, 3, dtype=torch.bool))
    assert (-losses).exp().sum().item() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("path", [[2, 0, 0], [0, 2, 0], [1, 0, 2]])
def test_a_sequence_that_bio_forbids_has_no_chance(path):
    loss = crf()(scores(1, 3), torch.tensor([path]), torch.ones(1, 3, dtype=torch.bool))
    assert loss.item() > 1000


def test_masked_units_do_not_count():
    chain, said = crf(), scores(2, 5)
    tags = torch.tensor([[1, 2, 0, 0, 0], [0, 1, 2, 2, 0]])
    mask = torch.tensor([[True, True, False, False, False], [True] * 5])
    padded = chain(said, tags, mask)
    short = chain(said[:1, :2], tags[:1, :2], mask[:1, :2])
    assert padded[0].item() == pytest.approx(short.item(), abs=1e-5)
    other, others = said.clone(), tags.clone()
    other[0, 2:] = 50
    others[0, 2:] = torch.tensor([1, 1, 2])
    assert torch.allclose(chain(other, others, mask), padded, atol=1e-5)


def test_a_masked_unit_has_no_gradient():
    chain, said = crf(), scores(1, 3).requires_grad_()
    chain(said, torch.tensor([[1, 2, 0]]), torch.tensor([[True, True, False]])).sum().backward()
    assert said.grad[0, 2].abs().max() == 0
    assert (said.grad[0, :2].abs().sum(dim=1) > 0.1).all()


def test_learning_makes_the_right_sequence_the_likeliest():
    chain, tags = crf(), torch.tensor([[0, 1, 2, 0]])
    said = torch.nn.Parameter(scores(1, 4))
    mask = torch.ones(1, 4, dtype=torch.bool)
    optimiser = torch.optim.Adam([said, *chain.parameters()], 0.2)
    for _ in range(60):
        loss = chain(said, tags, mask).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert 0 <= loss.item() < 0.05


def test_what_bio_forbids_is_no_parameter():
    chain = crf()
    assert {name for name, _ in chain.named_parameters()} == {"moves", "start"}
    moves, start = chain.transitions()
    assert moves[0, 2] < -9000 and start[2] < -9000
    assert moves[1, 2] > -10
