"""pictures: whether what looks alike is alike, in a fashion shop, beside texts alone.

For a product the ten most similar others are ranked as the shop serves "similar to": by texts, by
pictures, and by both. What is measured is in how far they agree with it in attributes that the
texts were not given: their words are taken out of the titles. The same with whole titles.
"""

import csv
import io
import re
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.files import Progress
from catalog.pictures.looks import Looks
from catalog.pictures.making import Seen, look_at
from catalog.pictures.network import PictureEncoder
from catalog.recommenders.comparison import Comparison, compare
from catalog.recommenders.deep.forward import unit
from catalog.recommenders.interactions import Floats, Integers
from catalog.recommending.looks import WEIGHT, Alike
from catalog.recommending.sources import on_scale
from catalog.types import LocalText, Product, Variant
from tests.benchmarks.kept import kept_vectors
from tests.benchmarks.progress import report_progress
from tests.benchmarks.understanding.encoders import cache_folder
from tests.benchmarks.understanding.files import find_file, read_text

K = 10
STEPS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
ATTRIBUTES = {"article_type": "articleType", "color": "baseColour", "usage": "usage"}
_NAMED = ("articleType", "baseColour", "usage", "subCategory", "masterCategory")
_FOLDER = "fashion_myntra"
_CANDIDATES = 200
_NEVER, _ALONE = -9.0, 1e4
"""The cosine of a product with itself; the weight beside which texts say nothing."""

Known = NDArray[np.bool_]
"""Which products have a picture."""

Agreement = Floats
"""Queries × attributes: the share of the ten that have the same value."""


@dataclass(frozen=True, eq=False)
class Shop:
    """The products that have a picture.

    Args:
        titles: Of each, by how they were written: ``bare`` of the attributes' words, ``whole``.
        labels: Products × attributes, the number of its value.
        looks: Of each, of length 1.
        seen: What came of looking at the pictures.
    """

    titles: Mapping[str, Sequence[str]]
    labels: Integers
    looks: Floats
    seen: Seen


def run(data: Path, queries: int, seed: int = 0) -> dict[str, object]:
    """The agreement of each ranking, over products that had no part in choosing the weight.

    Raises:
        ValueError: Files are missing.
    """
    with report_progress("pictures") as progress:
        shop = _read(data, progress)
        chosen = np.random.default_rng(seed).permutation(len(shop.looks))
        tuned, asked = chosen[:queries], chosen[queries : 2 * queries]
        found = {}
        for name, lines in shop.titles.items():
            texts = unit(kept_vectors("pictures", lines, progress))
            fitted = _fit(shop, texts, tuned)
            found[name] = _compared(shop, texts, asked, fitted)
            if name == "whole":
                hidden = _hidden(shop, texts, asked, seed)
    return {
        "benchmark": "pictures",
        "protocol": f"{len(asked)} products, their {K} most similar others among {len(shop.looks)};"
        " share with the same value; weight fitted on other products; paired bootstrap, 95 %",
        "pictures": asdict(shop.seen),
        "served_weight": WEIGHT,
        "titles": found,
        "half_without_picture": hidden,
    }


def _compared(shop: Shop, texts: Floats, asked: Integers, fitted: float) -> dict[str, object]:
    weights = {"text": 0.0, "picture": _ALONE, "both": WEIGHT, "both_fitted": fitted}
    rows = dict(zip(weights, _agree(shop, texts, asked, list(weights.values())), strict=True))
    served, by_text = rows["both"], rows["text"]
    gains = {name: compare(served[:, at], by_text[:, at]) for at, name in enumerate(ATTRIBUTES)}
    gains["mean"] = compare(served.mean(axis=1), by_text.mean(axis=1))
    return {
        "fitted_weight": fitted,
        "rankings": {name: _figures(one) for name, one in rows.items()},
        "gain_over_text": {name: _told(one) for name, one in gains.items()},
    }


def _figures(found: Agreement) -> dict[str, float]:
    means = dict(zip(ATTRIBUTES, found.mean(axis=0).tolist(), strict=True))
    return {name: round(one, 4) for name, one in {**means, "mean": float(found.mean())}.items()}


def _told(one: Comparison) -> dict[str, object]:
    figures = {name: round(figure, 4) for name, figure in asdict(one).items()}
    return figures | {"significant": one.significant}


def _fit(shop: Shop, texts: Floats, asked: Integers) -> float:
    means = [float(one.mean()) for one in _agree(shop, texts, asked, STEPS)]
    return STEPS[means.index(max(means))]


def _agree(shop: Shop, texts: Floats, asked: Integers, weights: Sequence[float]) -> list[Agreement]:
    """The agreement by each weight of the pictures."""
    tops = _tops(shop, texts, asked, weights, np.ones(len(texts), np.bool_))
    own = shop.labels[asked][:, None, :]
    return [np.asarray((shop.labels[one] == own).mean(axis=1), np.float32) for one in tops]


def _hidden(shop: Shop, texts: Floats, asked: Integers, seed: int) -> dict[str, float]:
    """The share of products without a picture in the lists, when every other one has none."""
    known = np.random.default_rng(seed + 1).random(len(texts)) < 0.5
    tops = _tops(shop, texts, asked[known[asked]], (0.0, WEIGHT), known)
    shares = zip(("text", "both"), (~known[tops]).mean(axis=(1, 2)).tolist(), strict=True)
    return {name: round(share, 4) for name, share in shares}


def _tops(
    shop: Shop, texts: Floats, asked: Integers, weights: Sequence[float], known: Known
) -> Integers:
    """Weights × products × the ten most similar others, by the rules that serve."""
    found = [_top(shop, texts, int(one), weights, known) for one in asked]
    return np.stack(found, axis=1)


def _top(shop: Shop, texts: Floats, one: int, weights: Sequence[float], known: Known) -> Integers:
    cosines = texts @ texts[one]
    cosines[one] = _NEVER
    look = shop.looks @ shop.looks[one]
    scores = np.where(known, (look - look[known].mean()) / look[known].std(), 0.0)
    others = known.copy()
    others[one] = False
    alike = Alike(np.asarray(scores, np.float32), known)
    near = np.argpartition(-cosines, _CANDIDATES)[:_CANDIDATES]
    items = np.union1d(near, alike.nearest(others, _CANDIDATES))
    plain = on_scale(np.asarray(cosines[items], np.float32))
    totals = (alike.rearranged(items, plain, weight) for weight in weights)
    return np.stack([items[np.argsort(-total, kind="stable")[:K]] for total in totals])


def _read(data: Path, progress: Progress) -> Shop:
    folder = data / _FOLDER
    rows, texts = (
        list(csv.DictReader(io.StringIO(read_text(find_file([folder], [name])))))
        for name in ("styles.csv", "styles_text.csv")
    )
    titles = {row["id"]: text["productDisplayName"] for row, text in zip(rows, texts, strict=True)}
    facts = {row["id"]: row for row in rows}
    looks, seen = _looks(folder / "images.tar", list(titles), progress)
    known = [facts[id_] for id_ in looks.ids]
    whole = [titles[id_] for id_ in looks.ids]
    named = {word for row in known for name in _NAMED for word in _words(row[name])}
    named |= {word.removesuffix("s") for word in named}
    labels = [
        np.unique([row[name] for row in known], return_inverse=True)[1]
        for name in ATTRIBUTES.values()
    ]
    bare = [
        " ".join(one for one in title.split() if not named & set(_words(one))) for title in whole
    ]
    return Shop({"bare": bare, "whole": whole}, np.stack(labels, axis=1), looks.vectors, seen)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _looks(archive: Path, ids: Sequence[str], progress: Progress) -> tuple[Looks, Seen]:
    """By the shop's own code, over the pictures unpacked once into the cache of the tests."""
    home = cache_folder() / "pictures"
    if not (home / "unpacked").exists():
        if not archive.is_file():
            raise ValueError(f"expected pictures in {archive}")
        with tarfile.open(archive) as file:
            file.extractall(home / "files", filter="data")
        (home / "unpacked").touch()
    encoder = PictureEncoder.open(home / "network")
    products = (Product(id_, LocalText(), (Variant(id_),)) for id_ in ids)
    return look_at(
        products, home / "files" / "images", home, encoder.encode, total=len(ids), progress=progress
    )
