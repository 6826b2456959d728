"""Figures of the next item, of what goes together and of times, with answers known beforehand."""

import gzip
import json

import numpy as np
import pytest

from catalog.recommenders.interactions import Interactions
from catalog.recommenders.parts import NETS, PARTS, Material
from catalog.recommenders.popularity import WindowPopularity
from catalog.recommenders.saving import kind_of, load_model
from tests.benchmarks.__main__ import main
from tests.benchmarks.recommendation import completejourney, grocery, latency, sequential
from tests.benchmarks.recommendation.completejourney import baskets_of, measure
from tests.benchmarks.recommendation.grocery import goes_with, read_grocery
from tests.benchmarks.recommendation.newcomers import places
from tests.benchmarks.recommendation.next_item import (
    CF,
    DEEP,
    _by_events,
    _had,
    _Metric,
    chains,
    word_numbers,
)
from tests.benchmarks.recommendation.sequential import item_features, split_of
from tests.benchmarks.recommendation.untrained import untrained_nets


def test_a_users_rows_are_one_chain():
    text = (
        "user_id,history_item_id,item_id\n"
        'A,"[1, 2]",3\n'
        'B,"[7]",8\n'
        'A,"[1, 2, 3]",4\n'
        'A,"[2, 3, 4]",3\n'
    )
    assert chains(text) == {"A": [1, 2, 3, 4, 3], "B": [7, 8]}


def test_words_and_pairs_that_several_lines_have_are_numbered():
    found = word_numbers(["Blue Tea Mug", "blue tea", "Mug", "灯"])
    assert [len(one) for one in found] == [4, 3, 1, 0]
    assert set(found[1]) < set(found[0])
    assert set(found[2]) < set(found[0])
    alone = word_numbers(["Blue Tea Mug", "blue tea", "Mug", "灯"], pairs=False)
    assert [len(one) for one in alone] == [3, 2, 1, 0]


def test_the_metric_of_a_blend_ranks_unseen_items_only():
    seen = Interactions.of([0, 0, 0, 1], [0, 0, 1, 2], user_count=2, item_count=5)
    metric = _Metric(seen, np.array([3, 0]), np.array([0, 1]))
    scores = np.array([[9, 8, 5, 4, 1], [7, 7, 9, 0, 0]], np.float32)
    # The first user's target is behind one unseen item, the second's shares its place with one.
    expected = (1 / np.log2(3) + 1 / np.log2(2.5)) / 2
    assert metric.ndcg(scores) == pytest.approx(expected, rel=1e-5)


def test_what_was_had_before_is_nothing_to_recommend():
    seen = Interactions.of([0, 0, 1], [0, 1, 2], user_count=2, item_count=3)
    assert _had(seen, np.array([1, 1])).tolist() == [True, False]


def test_places_of_a_list_are_kept_for_items_with_few_events():
    # Items 0 to 12 have five events each and the best scores; 13 and 14 have none.
    users = np.repeat(np.arange(5), 13)
    seen = Interactions.of(users, np.tile(np.arange(13), 5), user_count=7, item_count=15)
    targets = np.array([14, 13, 14, 13, 13, 13, 9])
    model = WindowPopularity(np.arange(15, 0, -1, dtype=np.float32))
    # Who has all the rest finds both on top; of the others the last place of ten is kept for one.
    assert places(model.for_users, seen, targets, 0.1).tolist() == [1, 0, 1, 0, 0, 9, 10]
    assert places(model.for_users, seen, targets, 0.0)[5:].tolist() == [10, 9]


def test_cold_items_are_told_apart_by_their_events():
    ranked = {name: np.full(4, 50.0, np.float32) for name in CF}
    ranked |= {"ease": np.array([50, 3, 50, 0], np.float32)}
    ranked |= {"blend": np.array([1, 2, 50, 0], np.float32)}
    found = _by_events(ranked, np.array([0, 1, 1, 4]))
    assert found["0"] == {"users": 1, "blend": 1.0, "best_cf": {"popularity": 0.0}}
    assert found["1"] == {"users": 2, "blend": 0.5, "best_cf": {"ease": 0.5}}
    assert "2" not in found
    assert found["3-4"]["blend"] == 1.0


def test_what_goes_with_an_item_is_counted_against_its_list():
    model = WindowPopularity(np.arange(30, 0, -1, dtype=np.float32))
    found = goes_with(model, [[1, 2, 29], [], [25]])
    assert found == {"hit@10": 0.5, "precision@10": 0.1}


def test_nets_learn_from_before_the_next_to_last_item():
    sequences = [[0, 1, 2, 3], [3, 2, 1]]
    split = split_of(sequences, 1, [[0], [0, 1]])
    assert split.early.of_user(0).tolist() == [0, 1]
    assert split.held.targets.tolist() == [2, 2]
    assert split.history.of_user(0).tolist() == [0, 1, 2]
    assert split.targets.tolist() == [3, 1]
    assert split.attributes.shape == (4, 2) and not split.attributes[2:].any()
    assert item_features([], 3).shape == (3, 1)


@pytest.fixture
def shop(tmp_path):
    folder = tmp_path / "amazon_grocery_rechorus"
    folder.mkdir()
    random = np.random.default_rng(0)
    events = [
        f"{user}\t{item}\t{time}"
        for user in range(30)
        for time, item in enumerate(random.permutation(np.arange(100, 140))[:8])
    ]
    meta = [f"{item}\t1\t[{item % 39 + 101}, 7]\t[{item % 38 + 102}]" for item in range(100, 140)]
    for name, header, lines in (
        ("train.csv", "user_id\titem_id\ttime", events),
        ("item_meta.csv", "item_id\ti_category\tr_complement\tr_substitute", meta),
    ):
        with gzip.open(folder / f"{name}.gz", "wt") as file:
            file.write("\n".join([header, *lines]) + "\n")
    return tmp_path


def test_the_files_of_the_grocery_become_row_numbers(shop):
    found = read_grocery(shop)
    assert found.data.item_count == 40 and found.data.user_count == 30
    assert found.bought[0] == [100 % 39 + 1]
    assert found.viewed[0] == [100 % 38 + 2]


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr("sys.argv", ["x", *words])
    main()
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_the_grocery_prints_its_figures_and_peers(shop, monkeypatch, capsys):
    result = run(monkeypatch, capsys, "grocery", "--data", str(shop))
    assert {"popularity", "item_knn", "implicit_als", "implicit_bpr", "ease"} <= set(
        result["peers"]
    )
    assert result["hit@10"] == result["models"][result["best"]]["hit@10"]
    assert 0 <= result["models"]["smoothed"]["ndcg@10"] <= 1


def test_latency_prints_times_and_memory(monkeypatch, capsys):
    sizes = ["--users", "60", "--items", "50", "--requests", "10"]
    result = run(monkeypatch, capsys, "latency", *sizes)
    assert result["p95_ms"] >= result["p50_ms"] > 0
    assert result["rss_mb"] > 0
    assert {*PARTS, *NETS, "content", "blend_classical", "blend"} == set(result["models"])
    random = {name for name, row in result["models"].items() if "numbers" in row}
    assert random == {*NETS, "content"}
    assert set(result["peers"]) == {"implicit_als", "implicit_bpr", "item_knn"}


def test_untrained_nets_are_of_the_sizes_of_trained_ones(tmp_path):
    data = latency.made_up(40, 30)
    for name, model in untrained_nets(data).items():
        NETS[name](Material(data)).save(tmp_path / name / "trained")
        model.save(tmp_path / name / "untrained")
        shapes = [
            {part: array.shape for part, array in load_model(folder, kind_of(folder))[0].items()}
            for folder in sorted((tmp_path / name).iterdir())
        ]
        assert shapes[0] == shapes[1]


def test_peers_are_in_the_same_call():
    wanted = {"popularity", "item_knn", "implicit_als", "implicit_bpr", "ease"}
    for peers in (CF, completejourney.PEERS, grocery.PEERS, sequential.PEERS):
        assert wanted <= set(peers)
    assert set(DEEP) == {"gru", "cnn", "attention", "feed_forward"}


def test_the_next_basket_is_the_first_after_the_cut():
    users = np.array([1] * 50 + [1, 1, 1, 2])
    items = np.array([5] * 50 + [5, 6, 5, 5])
    baskets = np.array([*range(50), 60, 60, 61, 70])
    times = np.array([*range(50), 95.0, 95.0, 97.0, 100.0])
    found = baskets_of(users, baskets, items, times)
    assert found.item_count == 1, "what was sold seldom before the cut is left out"
    assert found.next(90.0, np.inf) == {0: [0], 1: [0]}
    assert found.next(97.0, 100.0) == {0: [0]}
    assert len(found.before(90.0)) == 50


def test_a_basket_is_measured_by_its_items():
    scores = np.tile(np.arange(20, 0, -1, dtype=np.float32), (2, 1))
    found = measure(scores, [[0, 2, 15], [12]])
    assert found["hr@10"].tolist() == [1, 0]
    np.testing.assert_allclose(found["recall@10"], [2 / 3, 0])
    ideal = 1 + 1 / np.log2(3) + 1 / np.log2(4)
    np.testing.assert_allclose(found["ndcg@10"], [(1 + 1 / np.log2(4)) / ideal, 0], rtol=1e-6)


def test_events_are_made_up_in_range():
    data = latency.made_up(50, 40)
    assert len(data) == 750
    assert data.users.max() < 50 and data.items.max() < 40


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["latency", "--users", "1"], "numbers from 10"),
        (["next_item", "--data", "x", "--sets", "moon"], "got ['moon']"),
    ],
)
def test_wrong_options_are_an_error(monkeypatch, capsys, words, message):
    monkeypatch.setattr("sys.argv", ["x", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
