"""The labelled sets as they lie in the shared data folder; protocols of their publishers.

A test part is supplied from outside in the same layout, in a folder of the set's name or bare:
``test_seq.in`` and so on (or ``test/seq.in``), ``test.csv``, ``data_test.json``, ``test.json``,
``test.txt``.
"""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.understanding.files import (
    find_file,
    read_lines,
    read_text,
    test_folders,
)
from tests.benchmarks.understanding.sets import Mention, Parts, Utterance, cut_development
from tests.benchmarks.understanding.tags import (
    character_units,
    mentions_of,
    text_units,
    word_units,
)

Utterances = tuple[Utterance, ...]

BANKING_SHARE = 0.10
SMP_SHARE = 0.15


def read_sequences(data: Path, test: Path | None, name: str) -> Parts:
    """Sets of words, BIO tags and intents, one file each (Goo et al., 2018): snips, atis, hwu64.

    A set without tags (hwu64) has no ``seq.out``.
    """
    folder = (data / name,)
    tagged = name != "hwu64"
    return Parts(
        _sequences(folder, "train", tagged),
        _sequences(folder, "valid", tagged),
        _sequences(test_folders(test, name), "test", tagged) if test else None,
    )


def _sequences(folders: Sequence[Path], part: str, tagged: bool) -> Utterances:
    def lines(kind: str) -> list[str]:
        names = [f"{part}_{kind}", f"{part}/{kind}", *([kind] if part == "test" else [])]
        return read_lines(find_file(folders, names))

    texts, labels = lines("seq.in"), lines("label")
    tags = lines("seq.out") if tagged else [""] * len(texts)
    rows = zip(texts, labels, tags, strict=True)
    return tuple(_sequence(text.split(), label.strip(), tag.split()) for text, label, tag in rows)


def _sequence(words: list[str], intent: str, tags: list[str]) -> Utterance:
    units = word_units(words)
    return Utterance(" ".join(words), intent, mentions_of(tags, units) if tags else (), units)


def read_clinc150(data: Path, test: Path | None) -> Parts:
    """CLINC150 (Larson et al., 2019); its out-of-scope queries have no intent."""
    values = json.loads(read_text(find_file([data / "clinc150"], ["data_train_val.json"])))
    held = None
    if test:
        names = ["data_test.json", "test.json", "data_full.json"]
        held = json.loads(read_text(find_file(test_folders(test, "clinc150"), names)))
    return Parts(
        _clinc(values, "train"), _clinc(values, "val"), _clinc(held, "test") if held else None
    )


def _clinc(values: dict[str, list[list[str]]], part: str) -> Utterances:
    inside = tuple(Utterance(text, intent) for text, intent in values[part])
    outside = tuple(Utterance(text, outside=True) for text, _ in values[f"oos_{part}"])
    return inside + outside


def read_banking77(data: Path, test: Path | None) -> Parts:
    """BANKING77 (Casanueva et al., 2020); a tenth of train, by hash in each intent, is valid."""
    train, valid = cut_development(_banking([data / "banking77"], "train"), BANKING_SHARE)
    return Parts(train, valid, _banking(test_folders(test, "banking77"), "test") if test else None)


def _banking(folders: Sequence[Path], part: str) -> Utterances:
    rows = _table(find_file(folders, [f"{part}.csv"]))
    return tuple(Utterance(row["text"], row["category"]) for row in rows)


def read_bitext(data: Path, test: Path | None) -> Parts:
    """Bitext's customer support sample: an intent, and at most one entity."""
    folder = [data / "bitext_support"]
    return Parts(
        _bitext(folder, "Training"),
        _bitext(folder, "Validation"),
        _bitext(test_folders(test, "bitext_support"), "Test") if test else None,
    )


def _bitext(folders: Sequence[Path], part: str) -> Utterances:
    stem = "Bitext_Sample_Customer_Service_{}_Dataset.csv"
    names = [stem.format(part)]
    if part == "Test":
        names += [stem.format("Testing"), "test.csv"]
    return tuple(map(_bitext_row, _table(find_file(folders, names))))


def _bitext_row(row: dict[str, str]) -> Utterance:
    text = row["utterance"]
    mentions = []
    if row["entity_type"]:
        places = int(row["start_offset"]), int(row["end_offset"])
        mentions.append(Mention(*places, row["entity_type"]))
    return Utterance(text, row["intent"], tuple(mentions), text_units(text))


def read_smp2019(data: Path, test: Path | None) -> Parts:
    """SMP2019 ECDT task 1: the intent is written ``domain/intent``; slots by their first place.

    The set has one part: 15 % of each domain and intent, by hash, are kept for development.
    """
    rows = json.loads(read_text(find_file([data / "smp2019_zh"], ["train.json"])))
    train, valid = cut_development(tuple(map(_smp, rows)), SMP_SHARE)
    held = None
    if test:
        path = find_file(test_folders(test, "smp2019_zh"), ["test.json", "dev.json"])
        held = tuple(map(_smp, json.loads(read_text(path))))
    return Parts(train, valid, held)


def _smp(row: dict[str, object]) -> Utterance:
    text, slots = str(row["text"]), row.get("slots") or {}
    if not isinstance(slots, dict):
        raise ValueError(f"expected slots by name in {row!r}")
    found: list[Mention] = []
    for label, value in sorted(slots.items(), key=lambda item: -len(item[1])):
        mention = _first_free(text, str(value), label, found)
        found += [mention] if mention else []
    intent = f"{row['domain']}/{row['intent']}"
    return Utterance(text, intent, tuple(sorted(found, key=_start)), character_units(text))


def _first_free(text: str, value: str, label: str, taken: list[Mention]) -> Mention | None:
    """Where ``value`` first stands outside of what is taken."""
    start = text.find(value)
    while value and start >= 0:
        end = start + len(value)
        if all(end <= m.start or start >= m.end for m in taken):
            return Mention(start, end, label)
        start = text.find(value, start + 1)
    return None


def _start(mention: Mention) -> int:
    return mention.start


def read_titles(data: Path, test: Path | None, name: str) -> Parts:
    """Chinese titles, one character and its tag a line (BIO or BIOES), an empty line between."""
    return Parts(
        _titles([data / name], "train"),
        _titles([data / name], "dev"),
        _titles(test_folders(test, name), "test") if test else None,
    )


def _titles(folders: Sequence[Path], part: str) -> Utterances:
    found, characters, tags = [], [], []
    for line in [*read_lines(find_file(folders, [f"{part}.txt", f"{part}.txt.bieos"])), ""]:
        if line:
            characters.append(line[0])
            tags.append(line[1:].strip())
        elif characters:
            found.append(_title("".join(characters), tags))
            characters, tags = [], []
    return tuple(found)


def _title(text: str, tags: list[str]) -> Utterance:
    units = character_units(text)
    return Utterance(text, "", mentions_of(tags, units), units)


def _table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read_text(path), newline="")))
