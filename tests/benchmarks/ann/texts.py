"""Real shop texts of both languages from the shared data, and real queries that are none of them.

Product titles of four English shops and Chinese shop texts become the rows; English and Chinese
search queries of real shoppers become the queries.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.benchmarks.understanding.files import find_file, read_lines, read_text

SEED = 11
CHINESE = "multicpr_ecom_queries_zh"
_QUERIES_OF_A_LANGUAGE = 480


def shop_texts(data: Path) -> list[str]:
    """Distinct texts of products in both languages, in an order that is always the same."""
    chinese = _chinese(data)[_QUERIES_OF_A_LANGUAGE:]
    texts = list(dict.fromkeys([*_english(data), *chinese]))
    order = np.random.default_rng(SEED).permutation(len(texts))
    return [texts[place] for place in order]


def shop_queries(data: Path) -> list[str]:
    """What shoppers typed: as many English as Chinese texts, one language after the other."""
    rows = read_lines(find_file([data / "wands_queries_only"], ["query.csv"]))[1:]
    english = [row.split("\t")[1] for row in rows][:_QUERIES_OF_A_LANGUAGE]
    return [*english, *_chinese(data)[: len(english)]]


def _chinese(data: Path) -> list[str]:
    lines = read_lines(find_file([data / CHINESE], ["train.query.txt"]))
    texts = list(dict.fromkeys(line.split("\t")[1].strip() for line in lines))
    order = np.random.default_rng(SEED).permutation(len(texts))
    return [texts[place] for place in order]


def _english(data: Path) -> Iterator[str]:
    for line in read_lines(find_file([data / "chorus_icecat"], ["products.jsonl"])):
        yield json.loads(line)["title"]
    for line in read_lines(find_file([data / "vespa_amazon_products"], ["products.jsonl"])):
        yield json.loads(line)["fields"]["title"]
    for row in csv.DictReader(
        io.StringIO(read_text(find_file([data / "retrotech_bestbuy"], ["products.csv"])))
    ):
        yield row["name"]
    yield from read_lines(find_file([data / "fashion_myntra"], ["styles_text.csv"]))[1:]
