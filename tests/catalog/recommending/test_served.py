"""Which version serves whom: promoted, rolled back, on trial, damaged."""

import numpy as np
import pytest

from catalog.recommenders.blend import Blend, Part
from catalog.recommenders.ids import IdMap
from catalog.recommenders.popularity import WindowPopularity
from catalog.recommenders.versions import ITEMS, MODEL, Trial, Versions
from catalog.recommending.served import ServedModels, in_trial

LOADERS = {"popularity": WindowPopularity.load}


@pytest.fixture
def versions(tmp_path):
    return Versions(tmp_path / "recommenders")


def add(versions, items=("a", "b")):
    def write(folder):
        model = WindowPopularity(np.ones(2, np.float32))
        Blend([Part("popularity", model, 1.0)]).save(folder / MODEL)
        IdMap(items).save(folder / ITEMS)

    return versions.add(write, {"weights": {"popularity": 1.0}}).name


def served(versions):
    return ServedModels(versions, lambda: LOADERS)


def name(models, shopper="ann"):
    models.wait()
    found = models.of(shopper)
    return found.name if found else ""


def break_(versions, version):
    arrays = versions.get(version).folder / MODEL / "popularity" / "arrays.safetensors"
    arrays.write_bytes(arrays.read_bytes()[:20])


def test_without_a_version_none_serves(versions):
    assert name(served(versions)) == ""


def test_a_promotion_and_a_rollback_are_followed_without_a_restart(versions):
    models = served(versions)
    versions.promote(add(versions))
    assert name(models) == "v0001"
    versions.promote(add(versions))
    assert name(models) == models.promoted == "v0002"
    versions.rollback()
    assert name(models) == "v0001"
    versions.rollback()
    assert name(models) == ""


def test_a_damaged_version_leaves_what_served_before(versions, caplog):
    versions.promote(add(versions))
    models = served(versions)
    bad = add(versions)
    break_(versions, bad)
    versions.promote(bad)
    assert name(models) == "v0001"
    assert models.failures == 1
    assert "v0002" in models.problem
    assert "v0002" in caplog.text
    for _ in range(3):
        assert name(models) == "v0001"
    assert models.failures == 1
    versions.promote(add(versions))
    assert (name(models), models.problem) == ("v0003", "")


def test_at_a_start_the_version_promoted_before_the_damaged_one_serves(versions):
    versions.promote(add(versions))
    versions.promote(add(versions))
    break_(versions, "v0002")
    assert name(served(versions)) == "v0001"
    break_(versions, "v0001")
    models = served(versions)
    assert (name(models), models.failures) == ("", 2)


def test_a_model_of_other_products_is_damaged(versions):
    versions.promote(add(versions, items=("a",)))
    models = served(versions)
    assert name(models) == ""
    assert "1 items" in models.problem


def test_a_broken_pointer_changes_nothing(versions, tmp_path):
    versions.promote(add(versions))
    models = served(versions)
    (tmp_path / "recommenders" / "promoted.json").write_text("{", "utf-8")
    assert name(models) == "v0001"
    assert models.failures == 1


class TestTrials:
    def test_a_share_of_the_shoppers_gets_the_version_on_trial_and_keeps_it(self, versions):
        versions.promote(add(versions))
        add(versions)
        versions.start_trial(Trial("spring", "v0002", 0.3, "2026-01-01T00:00:00+00:00"))
        models = served(versions)
        given = {f"客{n}": name(models, f"客{n}") for n in range(400)}
        share = sum(one == "v0002" for one in given.values()) / len(given)
        assert 0.22 < share < 0.38
        assert set(given.values()) == {"v0001", "v0002"}
        again = served(versions)
        assert {who: name(again, who) for who in given} == given

    def test_another_trial_divides_anew_and_the_end_is_the_end(self, versions):
        versions.promote(add(versions))
        add(versions)
        one, two = (Trial(n, "v0002", 0.5, "2026-01-01T00:00:00+00:00") for n in "ab")
        shoppers = [f"s{n}" for n in range(100)]
        assert [in_trial(one, s) for s in shoppers] != [in_trial(two, s) for s in shoppers]
        versions.start_trial(one)
        models = served(versions)
        assert {name(models, s) for s in shoppers} == {"v0001", "v0002"}
        assert versions.end_trial() == one
        assert {name(models, s) for s in shoppers} == {"v0001"}
        assert versions.end_trial() is None

    def test_what_is_open_is_not_opened_again(self, versions):
        versions.promote(add(versions))
        add(versions)
        versions.start_trial(Trial("a", "v0002", 0.5, "2026-01-01T00:00:00+00:00"))
        opened = []
        models = ServedModels(versions, lambda: opened.append(1) or LOADERS)
        before = {name(models, f"s{n}"): models.of(f"s{n}") for n in range(50)}
        versions.end_trial()
        versions.start_trial(Trial("a", "v0002", 0.5, "2026-02-01T00:00:00+00:00"))
        assert {name(models, f"s{n}"): models.of(f"s{n}") for n in range(50)} == before
        versions.promote("v0002")
        assert name(models, "anybody") == "v0002"
        assert models.of("anybody") is before["v0002"]
        assert len(opened) == 2

    def test_the_baseline_can_be_tried_and_an_unknown_version_cannot(self, versions):
        versions.promote(add(versions))
        versions.start_trial(Trial("none", "", 0.5, "2026-01-01T00:00:00+00:00"))
        assert {name(served(versions), f"s{n}") for n in range(50)} == {"", "v0001"}
        with pytest.raises(ValueError, match="v0009"):
            versions.start_trial(Trial("x", "v0009", 0.5, ""))
        with pytest.raises(ValueError, match="between 0 and 1"):
            Trial("x", "v0001", 1.0, "")
