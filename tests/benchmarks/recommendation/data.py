"""The sets of interactions as they lie in the shared data folder."""

import json
from pathlib import Path

import numpy as np

from catalog.recommenders.interactions import Integers, Interactions
from tests.benchmarks.understanding.files import find_file, read_lines, read_text

AMAZON = {"beauty": "Beauty", "sports": "Sports_and_Outdoors", "toys": "Toys_and_Games"}


def read_movielens(data: Path) -> Interactions:
    """MovieLens-100k: ratings of 1 to 5 as weights, in the order of users and times."""
    lines = read_lines(find_file([data / "movielens_100k"], ["ml-100k.inter"]))[1:]
    users, items, ratings, times = zip(*(line.split("\t") for line in lines), strict=True)
    user_ids, user_idx = np.unique(users, return_inverse=True)
    item_ids, item_idx = np.unique(items, return_inverse=True)
    return Interactions.of(
        user_idx,
        item_idx,
        [float(one) for one in ratings],
        [float(one) for one in times],
        user_count=len(user_ids),
        item_count=len(item_ids),
    )


def read_choices(data: Path) -> Interactions:
    """The same without stars: every rating is a film that was chosen, and weighs 1."""
    rated = read_movielens(data)
    return Interactions.of(
        rated.users,
        rated.items,
        times=rated.times,
        user_count=rated.user_count,
        item_count=rated.item_count,
    )


def file_order(data: Path) -> Integers:
    """For each event of ``read_movielens`` the line it stands in, from 0 on."""
    lines = read_lines(find_file([data / "movielens_100k"], ["ml-100k.inter"]))[1:]
    users, _, _, times = zip(*(line.split("\t") for line in lines), strict=True)
    user_idx = np.unique(users, return_inverse=True)[1]
    return np.lexsort((np.array([float(one) for one in times]), user_idx)).astype(np.int64)


def read_sequences(data: Path, name: str) -> list[list[int]]:
    """The users' items in order of time, from 0 on (the sets of S3-Rec: Zhou et al., 2020)."""
    lines = read_lines(find_file([data / "amazon_s3rec"], [f"{AMAZON[name]}.txt"]))
    return [[int(item) - 1 for item in line.split()[1:]] for line in lines if line.strip()]


def read_attributes(data: Path, name: str) -> list[list[int]]:
    """The numbers of each item's attributes, from 0 on; none of items of which none are known."""
    path = find_file([data / "amazon_s3rec"], [f"{AMAZON[name]}_item2attributes.json"])
    known = {int(item) - 1: numbers for item, numbers in json.loads(read_text(path)).items()}
    return [list(known.get(item, [])) for item in range(max(known, default=-1) + 1)]
