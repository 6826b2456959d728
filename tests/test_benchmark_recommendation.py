"""The figures of the benchmarks of recommendation, with answers known beforehand."""

import gzip
import io
import json
import tarfile

import numpy as np
import pytest

from catalog.recommenders.interactions import Interactions
from tests.benchmarks.__main__ import main
from tests.benchmarks.recommendation import pictures, ratings, sequential
from tests.benchmarks.recommendation.data import file_order, read_choices, read_movielens
from tests.benchmarks.recommendation.ranking import figures, ndcg, ranks
from tests.benchmarks.recommendation.ratings import _folds
from tests.benchmarks.recommendation.sequential import cut
from tests.benchmarks.recommendation.settings import OWN, PEERS, TAKEN, tried
from tests.benchmarks.recommendation.topn import split, stratified
from tests.catalog.pictures.drawn import DOTS, STRIPES, as_bytes, drawn

NOTHING = Interactions.of([], [], user_count=2, item_count=12)


def test_ndcg_counts_hits_by_place_against_the_best_possible():
    scores = np.tile(np.arange(12, 0, -1.0), (2, 1))
    held = Interactions.of([0, 0], [0, 2], user_count=2, item_count=12)
    ideal = 1 + 1 / np.log2(3)
    assert ndcg(scores, NOTHING, held) == pytest.approx((1 + 1 / np.log2(4)) / ideal)


def test_ndcg_leaves_out_what_was_seen():
    scores = np.tile(np.arange(12, 0, -1.0), (2, 1))
    seen = Interactions.of([0], [0], user_count=2, item_count=12)
    held = Interactions.of([0], [1], user_count=2, item_count=12)
    assert ndcg(scores, seen, held) == 1.0


def test_the_rank_is_among_unseen_items_and_ties_share_it():
    scores = np.array([[9.0, 5, 5, 5, 1]], np.float32)
    seen = Interactions.of([0], [0], user_count=1, item_count=5)
    assert ranks(lambda users: scores[users], seen, np.array([2])).tolist() == [1.0]
    assert ranks(lambda users: scores[users], seen, np.array([4])).tolist() == [3.0]


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [2, 3])
def test_scores_that_are_no_numbers_have_no_rank(wrong, place):
    scores = np.array([[9.0, 5, 5, 4, 1, 0, 0, 0, 0, 0, 0, 0]] * 2, np.float32)
    scores[0, place] = wrong
    held = Interactions.of([0], [2], user_count=2, item_count=12)
    with pytest.raises(ValueError, match="finite numbers, got 1 others"):
        ranks(lambda users: scores[users], NOTHING, np.array([2, 2]))
    with pytest.raises(ValueError, match="finite numbers, got 1 others"):
        ndcg(scores, NOTHING, held)


def test_a_hit_is_in_the_first_ten():
    assert figures(np.array([0.0, 9.0, 10.0, 500.0])) == {
        "hr@10": 0.5,
        "ndcg@10": round((1 + 1 / np.log2(11)) / 4, 4),
    }


def test_sequences_are_cut_before_their_target():
    sequences = [[0, 1, 2], [2, 3, 0, 1]]
    history, targets = cut(sequences, 1)
    assert targets.tolist() == [2, 1]
    assert history.of_user(1).tolist() == [2, 3, 0]
    history, targets = cut(sequences, 2)
    assert targets.tolist() == [1, 0]
    assert history.of_user(0).tolist() == [0]
    assert history.item_count == 4


@pytest.fixture
def films(tmp_path):
    folder = tmp_path / "movielens_100k"
    folder.mkdir()
    random = np.random.default_rng(0)
    lines = [
        f"{user}\t{item}\t{random.integers(1, 6)}\t{random.integers(1000)}"
        for user in range(15)
        for item in random.permutation(30)[:20]
    ]
    text = "user_id:token\titem_id:token\trating:float\ttimestamp:float\n" + "\n".join(lines)
    with gzip.open(folder / "ml-100k.inter.gz", "wt") as file:
        file.write(text + "\n")
    return tmp_path


def test_the_folds_are_those_of_the_published_table(films):
    selection = pytest.importorskip("surprise.model_selection", reason="surprise is a peer")
    surprise = pytest.importorskip("surprise")
    path = films / "plain"
    with gzip.open(films / "movielens_100k" / "ml-100k.inter.gz", "rt") as file:
        path.write_text("".join(file.readlines()[1:]))
    reader = surprise.Reader(line_format="user item rating timestamp", sep="\t")
    theirs = surprise.Dataset.load_from_file(str(path), reader)
    ratings = read_movielens(films)
    names = np.unique([line.split("\t")[0] for line in path.read_text().splitlines()])
    ours = _folds(ratings, file_order(films), 5)
    folds = selection.KFold(5, random_state=0).split(theirs)
    for (_, test), (_, expected) in zip(ours, folds, strict=True):
        found = sorted(zip(names[test.users], test.weights.tolist(), strict=True))
        assert found == sorted((user, rating) for user, _, rating in expected)


def test_a_split_holds_out_a_fifth_and_loses_nothing(films):
    ratings = read_movielens(films)
    train, test = split(ratings, 3)
    assert (len(train), len(test)) == (240, 60)
    both = (train.matrix() + test.matrix()).toarray()
    np.testing.assert_array_equal(both, ratings.matrix().toarray())


def test_choices_are_ratings_without_stars(films):
    rated, chosen = read_movielens(films), read_choices(films)
    assert set(rated.weights) == {1, 2, 3, 4, 5} and set(chosen.weights) == {1}
    np.testing.assert_array_equal(chosen.items, rated.items)
    np.testing.assert_array_equal(chosen.users, rated.users)


def test_a_split_by_film_keeps_three_quarters_of_each(films):
    chosen, lines = read_choices(films), file_order(films)
    train, test = stratified(chosen, lines)
    drawn = np.random.RandomState(42).rand(len(chosen))
    for film in range(chosen.item_count):
        places = np.flatnonzero(chosen.items == film)
        order = sorted(places, key=lambda one: drawn[lines[one]])
        known = order[: len(order) * 3 // 4]
        assert sorted(train.users[train.items == film]) == sorted(chosen.users[known])
    assert len(train) + len(test) == len(chosen)


def test_a_film_with_one_rating_is_held_out():
    one = Interactions.of([0, 1, 2, 3, 0], [0, 0, 0, 0, 1], user_count=4, item_count=2)
    train, test = stratified(one, np.arange(5))
    assert train.item_counts().tolist() == [3, 0]
    assert test.item_counts().tolist() == [1, 1]


@pytest.mark.parametrize("name", [*PEERS, *OWN])
def test_the_settings_of_a_model_are_among_those_tried(name):
    assert TAKEN[name] in list(tried(name))


def test_tuning_prints_what_was_tried_best_first(films, monkeypatch, capsys):
    command = ["x", "ml100k_topn", "--data", str(films), "--tune", "--models", "user_ease"]
    monkeypatch.setattr("sys.argv", command)
    main()
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    rows = result["tried"]["user_ease"]
    assert len(rows) == len(list(tried("user_ease")))
    assert [row["ndcg@10"] for row in rows] == sorted(row["ndcg@10"] for row in rows)[::-1]


def test_popularity_is_always_beside_the_ratings_and_a_missing_peer_is_named(films, monkeypatch):
    monkeypatch.setattr(ratings, "_surprise", lambda train, test: {})
    result = ratings.run(films, 1)
    assert set(result["peers"]) == {"popularity", "baseline"}
    assert "scikit-surprise" in result["missing_peers"]["surprise_knn_baseline"]


def test_a_film_without_ratings_has_the_mean_of_all():
    rated = Interactions.of([0, 0, 1], [0, 1, 1], [4.0, 1.0, 2.0], user_count=2, item_count=3)
    np.testing.assert_allclose(ratings._means(rated), [4, 1.5, 7 / 3], rtol=1e-6)


def test_popularity_is_beside_the_models_that_are_asked_for(monkeypatch, tmp_path):
    chains = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 2, 3, 0]]
    monkeypatch.setattr(sequential, "read_sequences", lambda data, name: chains)
    monkeypatch.setattr(sequential, "read_attributes", lambda data, name: [])
    result = sequential.run(tmp_path, "beauty", ["item_knn"])
    assert set(result["peers"]) == {"popularity", "item_knn"}
    assert result["best"] == "item_knn"


def test_a_benchmark_prints_its_figures_and_peers(films, monkeypatch, capsys):
    command = ["x", "ml100k_topn", "--data", str(films), "--seeds", "1"]
    monkeypatch.setattr("sys.argv", command)
    main()
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"popularity", "implicit_als", "implicit_bpr", "item_knn", "ease"} == set(
        result["peers"]
    )
    assert 0 < result["ndcg@10"] < 1
    assert result["models"]["blend"]["ndcg@10"] == result["ndcg@10"]
    assert set(result["settings"]) == set(result["peers"]) | set(OWN)
    assert set(result["stratified"]["peers"]) == set(result["peers"])


def test_wrong_options_are_an_error(monkeypatch, capsys, films):
    monkeypatch.setattr("sys.argv", ["x", "ml100k_topn", "--data", str(films), "--seeds", "0"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "--seeds must be at least 1" in capsys.readouterr().err


class TestPictures:
    @pytest.fixture
    def data(self, tmp_path, monkeypatch):
        """Thirty striped shirts and thirty dotted ones, with titles that tell nothing more."""
        folder = tmp_path / "data" / "fashion_myntra"
        folder.mkdir(parents=True)
        head = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage"
        kinds = (("Shirts", "Navy Blue", STRIPES), ("Tops", "Teal", DOTS))
        rows, titles = [head], ["productDisplayName"]
        with tarfile.open(folder / "images.tar", "w") as archive:
            for number in range(60):
                article, color, drawing = kinds[number % 2]
                rows.append(f"{number},Men,Apparel,Topwear,{article},{color},Fall,2011,Casual")
                titles.append(f"Brand{number} {color} {article[:-1]}")
                picture = as_bytes(drawn(drawing, shift=number // 2 % 10))
                entry = tarfile.TarInfo(f"images/{number}.jpg")
                entry.size = len(picture)
                archive.addfile(entry, io.BytesIO(picture))
        for name, lines in (("styles", rows), ("styles_text", titles)):
            with gzip.open(folder / f"{name}.csv.gz", "wt", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
        monkeypatch.setattr(pictures, "cache_folder", lambda: tmp_path / "cache")
        monkeypatch.setattr(pictures, "_CANDIDATES", 20)
        return tmp_path / "data"

    def test_pictures_tell_what_titles_leave_out(self, data, monkeypatch):
        asked = []

        def vectors(name, lines, progress):
            asked.append(lines[:2])
            return np.random.default_rng(0).normal(size=(len(lines), 8)).astype(np.float32)

        monkeypatch.setattr(pictures, "kept_vectors", vectors)
        found = pictures.run(data, 20)
        assert asked == [["Brand0", "Brand1"], ["Brand0 Navy Blue Shirt", "Brand1 Teal Top"]]
        assert found["pictures"]["with_picture"] == 60
        for told in found["titles"].values():
            rankings = told["rankings"]
            assert rankings["picture"]["color"] > 0.9 > 0.7 > rankings["text"]["color"]
            assert rankings["both"]["article_type"] > rankings["text"]["article_type"]
            assert rankings["text"]["usage"] == 1.0
            assert told["gain_over_text"]["mean"]["significant"]
            assert told["fitted_weight"] > 0
        hidden = found["half_without_picture"]
        assert hidden["both"] == hidden["text"] > 0
