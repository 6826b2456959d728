import sys

import pytest

from assistant.build import (
    event_weights,
    index_source,
    open_english_encoder,
    open_synonyms,
)
from assistant.settings import Settings, SettingsError, home_folder
from catalog.events.weights import EventWeights
from catalog.local_index import LocalIndex
from catalog.weights import ENGLISH_MODEL


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    import os

    for name in [name for name in os.environ if name.startswith("DAOGOU_")]:
        monkeypatch.delenv(name)


def test_the_defaults_are_complete(tmp_path):
    settings = Settings.load(tmp_path)
    assert settings.home == tmp_path
    assert settings.database_url == f"sqlite:///{tmp_path / 'daogou.db'}"
    assert settings.shop.currency == {"en": "USD", "zh": "CNY"}


def test_the_shops_file_then_the_environment_win(tmp_path, monkeypatch):
    (tmp_path / "daogou.toml").write_text("[server]\nport = 9000\nhost = '0.0.0.0'\n", "utf-8")
    monkeypatch.setenv("DAOGOU_SERVER__PORT", "9001")
    settings = Settings.load(tmp_path)
    assert (settings.server.port, settings.server.host) == (9001, "0.0.0.0")


def test_a_url_in_the_settings_replaces_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("DAOGOU_STORAGE__DATABASE_URL", "postgresql://x/y")
    assert Settings.load(tmp_path).database_url == "postgresql://x/y"


def test_the_weight_of_one_kind_of_event_can_be_changed_alone(tmp_path):
    (tmp_path / "daogou.toml").write_text("[events.weights]\npurchase = 9.0\n", "utf-8")
    weights = event_weights(Settings.load(tmp_path))
    assert (weights.kinds["purchase"], weights.kinds["view_item"]) == (9.0, 1.0)
    assert event_weights(Settings.load(tmp_path / "other")) == EventWeights()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[server]\nprot = 1\n", "server.prot = 1"),
        ("[server]\nport = 'x'\n", "server.port = 'x'"),
        ("[serve]\nport = 1\n", "serve = "),
        ("[shop]\ndefault_language = 'fr'\n", "shop.default_language = 'fr'"),
        ("[events.weights]\nlooked_at = 1.0\n", "events.weights.looked_at"),
        ("[events]\nhalf_life_days = 0\n", "events.half_life_days = 0"),
        ("[events]\nper_second = -1\n", "events.per_second = -1"),
        ("[server", "not TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, text, named):
    (tmp_path / "daogou.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"daogou\.toml") as caught:
        Settings.load(tmp_path)
    assert named in str(caught.value)


def test_the_home_folder_can_be_set(tmp_path, monkeypatch):
    assert home_folder().name == "daogou"
    monkeypatch.setenv("DAOGOU_HOME", str(tmp_path / "shop"))
    assert home_folder() == tmp_path / "shop"
    assert Settings.load().home == tmp_path / "shop"


def test_the_shops_synonyms_are_a_file_in_the_home_folder(tmp_path):
    settings = Settings.load(tmp_path)
    assert "laptop" in open_synonyms(settings)()["notebook"]
    (tmp_path / "daogou.toml").write_text("[search]\nsynonyms = 'my.txt'\n", "utf-8")
    (tmp_path / "my.txt").write_text("floofer = lamp\n", "utf-8")
    assert dict(open_synonyms(Settings.load(tmp_path))()) == {
        "floofer": ("lamp",),
        "lamp": ("floofer",),
    }
    (tmp_path / "my.txt").write_text("\nfloofer lamp\n", "utf-8")
    with pytest.raises(ValueError, match=r"my\.txt are wrong: line 2"):
        open_synonyms(Settings.load(tmp_path))


def test_the_english_encoder_can_be_another_or_none(tmp_path):
    assert Settings.load(tmp_path).encoder.english == ENGLISH_MODEL
    (tmp_path / "daogou.toml").write_text("[encoder]\nenglish = ''\n", "utf-8")
    assert open_english_encoder(Settings.load(tmp_path)) is None
    (tmp_path / "daogou.toml").write_text("[encoder]\nenglish = '/no/such'\n", "utf-8")
    with pytest.raises(ValueError, match="/no/such"):
        open_english_encoder(Settings.load(tmp_path))


def test_the_vectors_lie_where_the_settings_say(tmp_path):
    assert index_source(Settings.load(tmp_path)) is LocalIndex
    pytest.importorskip("pymilvus", reason="the extra milvus is not installed")
    (tmp_path / "daogou.toml").write_text("[index]\nmilvus_uri = 'vectors.db'\n", "utf-8")
    source = index_source(Settings.load(tmp_path))
    assert source.uri == str(tmp_path / "vectors.db")
    text = "[index]\nmilvus_uri = 'http://milvus:19530'\nmilvus_token = 'user:secret'\n"
    (tmp_path / "daogou.toml").write_text(text, "utf-8")
    assert index_source(Settings.load(tmp_path)).uri == "http://milvus:19530"


def test_milvus_without_its_client_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "catalog.milvus", None)
    (tmp_path / "daogou.toml").write_text("[index]\nmilvus_uri = 'vectors.db'\n", "utf-8")
    with pytest.raises(ValueError, match=r"'vectors\.db'.*pip install \"daogou\[milvus\]\""):
        index_source(Settings.load(tmp_path))
