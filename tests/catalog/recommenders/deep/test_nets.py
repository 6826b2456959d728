"""The nets in numpy are the nets in torch, and none looks ahead."""

import numpy as np
import pytest
import torch

from catalog.recommenders.deep import feed_forward_training, sequential_training
from catalog.recommenders.deep.feed_forward import FeedForward
from catalog.recommenders.deep.feed_forward_training import FeedForwardRecipe
from catalog.recommenders.deep.losses import binary_cross_entropy, cross_entropy
from catalog.recommenders.deep.sequential import SequenceModel
from catalog.recommenders.deep.sequential_training import SequenceRecipe
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Interactions

ITEMS = 12
ROWS = ([3, 1, 4, 1, 5, 9, 2, 6], [5], [8, 9, 7])
COUNTS = np.ones(ITEMS, np.int64)


def histories(recency=0.0):
    users = [user for user, row in enumerate(ROWS) for _ in row]
    items = [item for row in ROWS for item in row]
    data = Interactions.of(users, items, user_count=len(ROWS), item_count=ITEMS)
    return Histories.of(data, recency)


def stirred(net):
    """All numbers by chance, so that none of them is without effect."""
    torch.manual_seed(3)
    with torch.no_grad():
        for one in net.parameters():
            one.normal_(std=0.5)
    return net.eval()


@pytest.fixture(params=["gru", "cnn", "attention"])
def net(request):
    return request.param, stirred(
        sequential_training.build(SequenceRecipe(request.param, 8), ITEMS)
    )


def test_numpy_scores_as_torch_does(net):
    name, torch_net = net
    parameters = sequential_training.parameters_of(torch_net, COUNTS)
    model = SequenceModel(name, parameters, histories(), 50, {})
    found = model.for_users(np.arange(len(ROWS)))
    for row, scores in zip(ROWS, found, strict=True):
        with torch.no_grad():
            last = torch_net(torch.tensor([row]))[0, -1:]
            wanted = torch_net.scores(last, torch.arange(ITEMS)) / torch_net.scale.exp()
        np.testing.assert_allclose(scores, wanted[0].numpy(), atol=2e-5)


def test_no_state_knows_what_comes_later(net):
    _, torch_net = net
    row = torch.tensor([[1, 2, 3, 4, 5, 6, 7]])
    with torch.no_grad():
        short, long = torch_net(row[:, :4]), torch_net(row)
    torch.testing.assert_close(short, long[:, :4])
    assert not torch.allclose(long[:, 3], long[:, 6])


def test_scores_of_one_item_are_those_among_all(net):
    _, torch_net = net
    states = torch_net(torch.tensor([[1, 2, 3]]))[0]
    items = torch.tensor([7, 0, 11])
    all_scores = torch_net.scores(states, torch.arange(ITEMS))
    torch.testing.assert_close(
        torch_net.score_each(states, items), all_scores[torch.arange(3), items]
    )


def test_an_item_without_events_is_neither_liked_nor_disliked(net):
    name, torch_net = net
    counts = COUNTS.copy()
    counts[11] = 0
    parameters = sequential_training.parameters_of(torch_net, counts)
    scores = SequenceModel(name, parameters, histories(), 50, {}).for_users(np.arange(3))
    assert len(np.unique(scores[:, 11])) == 1
    assert scores[0, 11] == pytest.approx(parameters["bias"][:11].mean())


class TestFeedForward:
    def made(self):
        recipe = FeedForwardRecipe(size=8)
        features = np.random.default_rng(0).normal(size=(ITEMS, 5)).astype(np.float32)
        return stirred(feed_forward_training.build(recipe, features, COUNTS)), recipe

    def test_numpy_scores_as_torch_does(self):
        net, recipe = self.made()
        parameters = feed_forward_training.parameters_of(net)
        model = FeedForward(parameters, histories(recipe.recency), 50, {})
        found = model.for_users(np.arange(len(ROWS)))
        for row, scores in zip(ROWS, found, strict=True):
            with torch.no_grad():
                state = net(torch.tensor([row]))[0, -1:]
                wanted = torch.sigmoid(net.scores(state, torch.arange(ITEMS)))[0]
                each = net.score_each(state.expand(ITEMS, -1), torch.arange(ITEMS))
            np.testing.assert_allclose(scores, wanted.numpy(), atol=2e-5)
            np.testing.assert_allclose(scores, torch.sigmoid(each).numpy(), atol=2e-5)

    def test_the_formula_by_hand(self):
        net, recipe = self.made()
        one = feed_forward_training.parameters_of(net)
        model = FeedForward(one, histories(recipe.recency), 50, {})
        p = one["items"][5] @ one["turn.weight"].T + one["turn.bias"]
        p = p / np.linalg.norm(p)
        q = one["items"][2]
        x = np.concatenate([p, q, p * q])
        inner = np.maximum(one["first.weight"] @ x + one["first.bias"], 0)
        logit = one["second.weight"][0] @ inner + one["second.bias"][0]
        assert model.for_users(np.array([1]))[0, 2] == pytest.approx(
            1 / (1 + np.exp(-logit)), abs=1e-5
        )

    def test_what_fills_up_a_row_says_nothing(self):
        net, _ = self.made()
        with torch.no_grad():
            torch.testing.assert_close(
                net(torch.tensor([[3, 1]])), net(torch.tensor([[3, 1, -1]]))[:, :2]
            )


class TestLosses:
    own = torch.tensor([1.0])
    others = torch.tensor([[1.0, 0.0, 2.0]])
    hidden = torch.tensor([[True, False, False]])

    def test_cross_entropy_is_that_of_the_share(self):
        found = cross_entropy(self.own, self.others, self.hidden, torch.zeros(3))
        share = np.exp(1) / (np.exp(1) + np.exp(0) + np.exp(2))
        assert float(found) == pytest.approx(-np.log(share), rel=1e-5)

    def test_what_is_drawn_twice_as_often_counts_half(self):
        found = cross_entropy(self.own, self.others, self.hidden, torch.full((3,), np.log(2.0)))
        share = np.exp(1) / (np.exp(1) + (np.exp(0) + np.exp(2)) / 2)
        assert float(found) == pytest.approx(-np.log(share), rel=1e-5)

    def test_binary_cross_entropy_weighs_the_mean_of_the_others(self):
        found = binary_cross_entropy(self.own, self.others, self.hidden, 4.0)
        wrong = np.log1p(np.exp(0)) + np.log1p(np.exp(2))
        assert float(found) == pytest.approx(np.log1p(np.exp(-1)) + 4 * wrong / 2, rel=1e-5)
