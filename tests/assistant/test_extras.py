import pytest

from assistant.extras import language_model, look_after_watches
from assistant.settings import Settings


def wired(tmp_path, monkeypatch, **settings):
    for name, value in settings.items():
        monkeypatch.setenv(f"DAOGOU_LLM__{name.upper()}", value)
    return language_model(Settings.load(tmp_path), lambda: None)


def test_without_a_model_there_is_none(tmp_path, monkeypatch):
    assert wired(tmp_path, monkeypatch) == {}


def test_an_endpoint_helps_with_what_the_settings_allow(tmp_path, monkeypatch):
    url = "http://127.0.0.1:9/v1"
    assert set(wired(tmp_path, monkeypatch, model="m", url=url)) == {"rewriter", "second_reader"}
    only = wired(tmp_path, monkeypatch, model="m", url=url, reword="false", timeout_seconds="0.5")
    assert set(only) == {"second_reader"}
    assert only["second_reader"].model.seconds == 0.5


def test_a_local_model_that_is_not_there_says_so(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match=r"llm\.model"):
        wired(tmp_path, monkeypatch, model=str(tmp_path / "none"))


def test_watches_are_looked_after_until_stopped(tmp_path, counter):
    assistant = type("Shop", (), {"watcher": None, "services": counter, "storage": counter.kept})()
    look_after_watches(assistant, Settings.load(tmp_path)).set()
