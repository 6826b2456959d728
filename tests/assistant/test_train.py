"""Training is wired from the settings; what is missing is said before anything is done."""

import json
from types import SimpleNamespace

import pytest

from assistant import train
from assistant.settings import Settings
from intents.parser import DATA


@pytest.fixture
def settings(tmp_path, monkeypatch):
    for name in ("DAOGOU_HOME", "DAOGOU_ENCODER__MODEL"):
        monkeypatch.delenv(name, raising=False)
    return Settings.load(tmp_path / "home")


@pytest.fixture
def without(monkeypatch):
    """Makes libraries missing."""

    def hide(*missing):
        monkeypatch.setattr(train, "find_spec", lambda name: None if name in missing else object())

    return hide


@pytest.fixture
def trained(monkeypatch, tmp_path):
    """What the training was called with; nothing is trained."""
    calls = []
    encoder = tmp_path / "encoder"
    encoder.mkdir()
    (encoder / "config.json").write_text(json.dumps({"num_hidden_layers": 12}), "utf-8")
    opened = SimpleNamespace(folder=encoder)
    monkeypatch.setattr(train, "open_encoder", lambda settings, progress: opened)
    monkeypatch.setattr("intents.training.train", lambda *given: calls.append(given) or "report")
    return calls


@pytest.mark.parametrize("name", ["torch", "peft", "transformers", "matplotlib"])
def test_a_missing_library_is_named_with_the_cure(settings, without, trained, name):
    without(name)
    with pytest.raises(ValueError, match=rf"^training needs {name}: pip install -e '\.\[train\]'"):
        train.train_nlu(settings)
    assert trained == []
    assert not settings.home.exists()


def test_all_missing_libraries_are_named_at_once(settings, without, trained):
    without("torch", "transformers")
    with pytest.raises(ValueError, match="training needs torch and transformers: pip install"):
        train.train_nlu(settings)
    assert trained == []


def test_the_projects_own_data_make_the_model_that_is_served(settings, without, trained):
    without()
    assert train.train_nlu(settings) == "report"
    ((data, out, recipe, _),) = trained
    assert (data, out) == (DATA, settings.home / "models" / "nlu")
    assert (recipe.seed, recipe.epochs) == (7, 6)
    assert settings.home.is_dir()


def test_what_is_chosen_wins(settings, without, trained, tmp_path):
    without()
    reported = []
    data, out = tmp_path / "data", tmp_path / "model"
    train.train_nlu(settings, data, out, 0, 3, lambda *step: reported.append(step))
    ((used, made, recipe, progress),) = trained
    assert (used, made, recipe.seed, recipe.epochs) == (data, out, 0, 3)
    assert recipe.encoder == tmp_path / "encoder"
    progress("training", 1, 2)
    assert reported == [("training", 1, 2)]
