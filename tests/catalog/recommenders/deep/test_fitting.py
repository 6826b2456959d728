"""Training that is killed goes on as if nothing had been; training that breaks stops."""

import numpy as np
import pytest
import torch

from catalog.recommenders.deep import fitting, learning
from catalog.recommenders.deep.checkpoints import Checkpoint, State
from catalog.recommenders.deep.fitting import Recipe, fit
from catalog.recommenders.deep.learning import Learning
from catalog.recommenders.deep.sequential_training import SequenceRecipe, train_sequence
from tests.catalog.recommenders.test_models import USERS, checkerboard

LEARNING = Learning(held=0.25, batch=16, fit=Recipe(epochs=6, patience=9, learning_rate=0.02))
RECIPE = SequenceRecipe("gru", size=8, dropout=0.3, learning=LEARNING)


class Killed(BaseException):
    pass


def train(checkpoint=None):
    return train_sequence(checkerboard(), RECIPE, checkpoint=checkpoint)


def scores(model):
    return model.for_users(np.arange(USERS))


def test_a_killed_training_goes_on_to_the_same_end(tmp_path, monkeypatch):
    path = tmp_path / "gru"
    whole = train()
    run_epoch, begun = fitting._run_epoch, []

    def until_killed(*arguments):
        begun.append(arguments[-1])
        if len(begun) == 4:
            raise Killed
        run_epoch(*arguments)

    monkeypatch.setattr(fitting, "_run_epoch", until_killed)
    with pytest.raises(Killed):
        train(path)
    resumed = train(path)
    assert begun == [0, 1, 2, 3, 3, 4, 5]
    np.testing.assert_array_equal(scores(whole), scores(resumed))
    assert whole.facts["figures"] == resumed.facts["figures"]


def test_a_half_written_checkpoint_is_as_good_as_none(tmp_path):
    path = tmp_path / "gru"
    train(path)
    path.write_bytes(path.read_bytes()[:200])
    np.testing.assert_array_equal(scores(train(path)), scores(train()))


def test_the_checkpoint_of_other_data_is_not_taken(tmp_path):
    path = tmp_path / "state"
    Checkpoint(path, "ours").write(State(3, [0.5], {"w": torch.ones(2)}, {"w": torch.zeros(2)}))
    assert Checkpoint(path, "theirs").read() is None
    state = Checkpoint(path, "ours").read()
    assert (state.epoch, state.figures) == (3, [0.5])
    assert state.net["w"].tolist() == [1, 1] and state.best["w"].tolist() == [0, 0]
    Checkpoint(path, "ours").remove()
    assert Checkpoint(path, "ours").read() is None


def test_a_loss_that_is_no_number_stops_the_training(monkeypatch):
    monkeypatch.setattr(learning, "weighted_mean", lambda losses, weights: losses.sum() * np.nan)
    with pytest.raises(ValueError, match="expected a finite loss, got nan in epoch 1"):
        train()


def slope(net):
    """Losses that pull the net's one number down by each step."""

    def losses(epoch):
        yield net.weight.sum()

    return losses


def test_the_best_epoch_is_kept_and_patience_ends_it():
    net = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.zeros_(net.weight)
    figures = iter([0.1, 0.5, 0.4, 0.3, 0.9])
    found = fit(net, slope(net), lambda: next(figures), Recipe(patience=2, learning_rate=1.0))
    assert found == [0.1, 0.5, 0.4, 0.3]
    assert net.weight.item() == pytest.approx(-2.0, abs=0.01)


def test_training_leaves_chance_and_threads_of_the_process_alone():
    torch.manual_seed(5)
    wanted, threads = torch.rand(3), torch.get_num_threads()
    torch.manual_seed(5)
    train()
    torch.testing.assert_close(torch.rand(3), wanted)
    assert torch.get_num_threads() == threads
