"""``daogou train recommenders`` and ``daogou models`` on a shop of two kinds of shoppers."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from typer.testing import CliRunner

from assistant.build import recommender_versions
from assistant.cli import app
from assistant.settings import Settings
from catalog.pictures.looks import Looks
from catalog.recommenders.blend import Blend
from catalog.recommenders.ids import IdMap
from catalog.recommenders.parts import LOADERS, Workshop
from catalog.store import ProductStore
from catalog.types import Interaction
from tests.catalog.pictures.drawn import DOTS, STRIPES, as_bytes, drawn
from tests.catalog.products import product

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DAOGOU_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def shop(home):
    random = np.random.default_rng(0)
    events = [
        Interaction(f"客{user}", f"p{item}", "view_item", START + timedelta(days=day))
        for user in range(80)
        for day, item in enumerate(random.permutation(np.arange(user % 2, 40, 2))[:12])
    ]
    gone = [Interaction(f"客{user}", "gone", "view_item", START) for user in range(80)]
    store = ProductStore.open(Settings.load().database_url)
    store.upsert([product(f"p{item}") for item in range(40)], "feed")
    store.add_interactions([*events, *gone])
    store.close()
    return home


def daogou(*words):
    return CliRunner().invoke(app, list(words))


def listed():
    return json.loads(daogou("models", "list", "--json").stdout)


def test_a_better_model_is_promoted_and_an_equal_one_is_kept_beside_it(shop):
    first = daogou("train", "recommenders", "--json")
    assert first.exit_code == 0, first.output
    found = json.loads(first.stdout.splitlines()[-1])
    assert found["promoted"] and found["version"] == "v0001"
    assert found["compared_with"] == "popularity"
    assert found["gain"]["low"] > 0

    second = daogou("train", "recommenders")
    assert second.exit_code == 0, second.output
    assert [(one["name"], one["promoted"]) for one in listed()] == [
        ("v0001", True),
        ("v0002", False),
    ]
    assert listed()[1]["compared_with"] == "v0001"

    assert daogou("models", "promote", "v0002").exit_code == 0
    assert [one["promoted"] for one in listed()] == [False, True]
    assert daogou("models", "rollback").exit_code == 0
    assert [one["promoted"] for one in listed()] == [True, False]
    assert "v0002" in daogou("models", "list").stdout

    folder = shop / "models" / "recommenders" / "v0001"
    blend = Blend.load(folder / "model", LOADERS)
    users, items = IdMap.load(folder / "users.json"), IdMap.load(folder / "items.json")
    scores = blend.for_users(np.array([users.idx("客0")]))[0]
    even, odd = items.known(["p0", "p2", "p4", "p6"]), items.known(["p1", "p3", "p5", "p7"])
    assert scores[even].mean() > scores[odd].mean()
    assert items.idx("gone") < 0


def test_a_damaged_version_is_neither_promoted_nor_tried(shop):
    for _ in range(2):
        assert daogou("train", "recommenders").exit_code == 0
    (shop / "models" / "recommenders" / "v0002" / "items.json").write_text("{")
    for refused in (("promote", "v0002"), ("trial", "v0002")):
        assert daogou("models", *refused).exit_code == 2
    assert [one["promoted"] for one in listed()] == [True, False]


def test_a_trial_of_what_serves_says_that_it_compares_nothing(shop):
    assert daogou("train", "recommenders").exit_code == 0
    assert "the others get the same" in daogou("models", "trial", "v0001").output.replace("\n", " ")
    assert "the others get the same" not in daogou("models", "trial", "none").output


def test_a_killed_training_goes_on_with_the_events_it_began_with(shop, monkeypatch):
    made = []

    def counted(self, phase, name, data, one=Workshop._one):
        made.append(len(data.items))
        if len(made) == 4:
            raise KeyboardInterrupt
        return one(self, phase, name, data)

    monkeypatch.setattr(Workshop, "_one", counted)
    assert daogou("train", "recommenders").exit_code != 0
    kept = shop / "models" / "recommenders-in-training"
    begun = {path.name for path in kept.iterdir()}
    store = ProductStore.open(Settings.load().database_url)
    store.add_interactions([Interaction("客0", "p0", "view_item", START + timedelta(days=40))])
    store.close()
    events = made[0]
    found = daogou("train", "recommenders", "--json")
    assert found.exit_code == 0, found.output
    assert made[4] == events
    assert len(begun) == 1
    assert not kept.exists()
    again = len(made)
    assert daogou("train", "recommenders").exit_code == 0
    assert made[again] >= events
    assert listed()[1]["events"] == listed()[0]["events"] + 1


def test_a_shop_without_events_is_told_what_it_needs(home):
    found = daogou("train", "recommenders")
    assert found.exit_code == 2
    assert "needs more events" in found.output.replace("\n", " ")
    assert listed() == []


def test_a_trial_starts_and_ends_and_bad_ones_are_refused(shop):
    assert daogou("train", "recommenders").exit_code == 0
    versions = recommender_versions(Settings.load())
    assert daogou("models", "trial", "none", "--share", "0.2").exit_code == 0
    started = versions.trial()
    assert (started.version, started.share) == ("", 0.2)
    assert daogou("models", "trial", "v0001").exit_code == 0
    assert versions.trial().version == "v0001"
    for wrong in (["v0009"], [], ["v0001", "--end"], ["v0001", "--share", "1"]):
        assert daogou("models", "trial", *wrong).exit_code == 2
    assert versions.trial().version == "v0001"
    assert daogou("models", "trial", "--end").exit_code == 0
    assert versions.trial() is None


def test_an_unknown_version_ends_with_wrong_use(home):
    assert daogou("models", "promote", "v0009").exit_code == 2
    assert daogou("models", "rollback").exit_code == 2
    assert daogou("models", "list").exit_code == 0


class TestPictures:
    @pytest.fixture
    def pictures(self, shop, monkeypatch):
        """Products of one kind of shopper are striped, those of the other dotted."""
        folder = shop / "photos"
        folder.mkdir()
        for item in range(39):
            kind, shift = (STRIPES, DOTS)[item % 2], item // 2 % 10
            (folder / f"p{item}.png").write_bytes(as_bytes(drawn(kind, shift=shift), "PNG"))
        (folder / "p39.png").write_bytes(b"broken")
        monkeypatch.setenv("DAOGOU_RECOMMENDATIONS__PICTURES", "photos")
        return shop

    def test_training_looks_at_them_and_weighs_them(self, pictures):
        found = json.loads(daogou("train", "recommenders", "--json").stdout.splitlines()[-1])
        assert found["ndcg"]["pictures"] > 1.3 * found["ndcg"]["popularity"]
        assert set(found["contexts"]["one"]) >= {"pictures"}
        looks = Looks.load(pictures / "pictures")
        assert looks.ids == tuple(f"p{item}" for item in range(39))

    def test_indexing_looks_at_them_and_says_how_many(self, pictures):
        told = json.loads(daogou("index", "--json").stdout)
        assert told["products with a picture"] == 39
        assert told["pictures left out"] == 1

    def test_importing_looks_at_them_and_says_how_many(self, pictures, tmp_path):
        told = json.loads(daogou("import", str(feed_of(tmp_path, "p1")), "--json").stdout)
        assert told["added"] + told["changed"] == 1
        assert (told["products with a picture"], told["pictures left out"]) == (39, 1)

    @pytest.mark.parametrize("command", [("train", "recommenders"), ("index",)])
    def test_a_folder_that_is_not_there_is_said(self, shop, monkeypatch, command):
        monkeypatch.setenv("DAOGOU_RECOMMENDATIONS__PICTURES", "nowhere")
        result = daogou(*command)
        assert result.exit_code == 2
        assert "expected a folder with the shop's pictures" in result.output

    def test_what_was_imported_is_told_where_the_folder_is_not_there(
        self, shop, monkeypatch, tmp_path
    ):
        monkeypatch.setenv("DAOGOU_RECOMMENDATIONS__PICTURES", "nowhere")
        result = daogou("import", str(feed_of(tmp_path, "new")), "--json")
        assert json.loads(result.stdout)["added"] == 1
        assert "expected a folder with the shop's pictures" in result.output
        assert result.exit_code == 2


def feed_of(folder, id_):
    """A file with one product."""
    columns = "id,title,description,link,price,availability"
    path = folder / "feed.csv"
    path.write_text(f"{columns}\n{id_},Mug,A mug.,https://shop.example/m,12 USD,in_stock\n")
    return path
