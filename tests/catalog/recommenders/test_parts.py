"""A training of many parts that is killed goes on as if nothing had been."""

import numpy as np
import pytest

from catalog.recommenders import parts
from catalog.recommenders.content import attribute_vectors
from catalog.recommenders.ease import train_ease
from catalog.recommenders.interactions import Interactions
from catalog.recommenders.parts import (
    FEW_ITEMS,
    NETS,
    PARTS,
    SMALL,
    Material,
    Workshop,
    parts_here,
)
from tests.catalog.recommenders.test_models import USERS, checkerboard

EVERYONE = np.arange(USERS)


class Killed(BaseException):
    pass


def counted(made, killed_at=None):
    """Popularity and item neighbours, which note that they are made, and kill at one of them."""

    def count(name):
        def train(material):
            made.append(name)
            if name == killed_at:
                raise Killed
            return PARTS[name](material)

        return train

    return {name: count(name) for name in ("popularity", "item_neighbours")}


def test_what_was_made_before_a_kill_is_not_made_again(tmp_path):
    data, made = checkerboard(), []
    everything = Material(data)
    with pytest.raises(Killed):
        Workshop(tmp_path, everything, counted(made, "item_neighbours")).make("all", data)
    resumed = Workshop(tmp_path, everything, counted(made)).make("all", data)
    assert made == ["popularity", "item_neighbours", "item_neighbours"]
    whole = Workshop(None, everything, counted([])).make("all", data)
    for name, model in whole.items():
        np.testing.assert_array_equal(model.for_users(EVERYONE), resumed[name].for_users(EVERYONE))


def test_other_events_start_anew_and_leave_nothing_of_the_old(tmp_path):
    data, made = checkerboard(), []
    Workshop(tmp_path, Material(data), counted(made)).make("all", data)
    other = data.part(np.arange(40))
    Workshop(tmp_path, Material(other), counted(made)).make("all", other)
    facts = attribute_vectors([[item % 2] for item in range(data.item_count)])
    Workshop(tmp_path, Material(other, facts=facts), counted(made)).make("all", other)
    assert len(made) == 6
    assert len(list(tmp_path.iterdir())) == 1


def test_a_net_goes_on_from_its_last_epoch(tmp_path):
    data, seen = checkerboard(), []

    def net(material):
        seen.append(material.checkpoint.exists())
        material.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        material.checkpoint.write_bytes(b"an epoch")
        if len(seen) == 1:
            raise Killed
        return PARTS["popularity"](material)

    with pytest.raises(Killed):
        Workshop(tmp_path, Material(data), {"net": net}).make("all", data)
    Workshop(tmp_path, Material(data), {"net": net}).make("all", data)
    assert seen == [False, True]
    assert [one.name for one in (next(tmp_path.iterdir()) / "all").iterdir()] == ["net"]


def test_nets_are_parts_where_torch_is(monkeypatch):
    assert set(parts_here(FEW_ITEMS)) == {*PARTS, *SMALL, *NETS}
    monkeypatch.setattr(parts, "find_spec", lambda name: None)
    assert set(parts_here(FEW_ITEMS)) == {*PARTS, *SMALL}


def test_what_needs_an_inverse_is_for_shops_of_few_products():
    assert set(SMALL) == {"ease"}
    assert not set(parts_here(FEW_ITEMS + 1)) & set(SMALL)


def test_ease_scores_are_what_it_learned_whatever_events_weigh():
    plain = checkerboard()
    users, items = np.tile(plain.users, 2), np.tile(plain.items, 2)
    weights = np.random.default_rng(0).uniform(0.1, 5.0, len(users))
    heavy = Interactions.of(users, items, weights, user_count=USERS, item_count=plain.item_count)
    expected = train_ease(plain, keep=200).for_users(EVERYONE)
    found = SMALL["ease"](Material(heavy)).for_users(EVERYONE)
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_without_records_attributes_say_nothing():
    model = PARTS["attributes"](Material(checkerboard()))
    assert not model.for_users(EVERYONE).any()


def test_what_one_record_alone_says_does_not_make_it_less_like_others():
    data = checkerboard()
    plain = [[item % 2] for item in range(data.item_count)]
    facts = attribute_vectors([*plain[:-1], [*plain[-1], 2, 3]])
    model = PARTS["attributes"](Material(data, facts=facts))
    assert model.for_item(1)[-1] == pytest.approx(model.for_item(1)[3])


@pytest.mark.parametrize("name", NETS)
def test_each_net_is_trained_as_a_part(name):
    data = checkerboard()
    vectors = np.random.default_rng(0).normal(size=(data.item_count, 6)).astype(np.float32)
    facts = attribute_vectors([[item % 2] for item in range(data.item_count)])
    model = NETS[name](Material(data, vectors, facts, seed=1))
    scores = model.for_users(EVERYONE)
    assert scores.shape == (USERS, data.item_count)
    assert np.isfinite(scores).all() and scores.std() > 0
