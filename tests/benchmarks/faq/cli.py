"""The benchmark ``faq``: the demo shop's entries in two languages, and Chinese question pairs."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer

import assistant.demo
from assistant.faq import FaqIndex, load_faq
from assistant.types import FaqEntry
from catalog.types import Language, LocalText
from tests.benchmarks.faq.pairs import Pair, read_pairs
from tests.benchmarks.kept import kept_encoder

NAME = "faq"
PAIR_SETS = ("LCQMC", "AFQMC")

_HERE = Path(__file__).parent
_SEEN = Path(__file__).parents[2] / "assistant" / "data" / "faq_test.yml"
_PROTOCOL = (
    "own: 97 entries of the demo shop; for each language one paraphrase an entry of the test set"
    " and two or three written for this benchmark, none of them used to fit; accuracy: the right"
    " entry is first; answered: it is first and sure enough to be given; false_answers: share of"
    " messages that nothing answers which get an answer. pairs: entries are the first texts of"
    " pairs, half of them with one meaning, the message is the second text; false_answers: messages"
    " of pairs whose meanings differ that get an answer although their like stands among them"
)

Find = Callable[[str, Language], tuple[str, bool]]
"""The id of the first entry for a message, and whether it is sure enough to be given."""


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    language: Language
    id: str


def add_faq(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = names.add_parser(NAME, help="the right answer to questions about the shop, or none")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    parser.add_argument("--test", type=Path, help="a folder with a test part of the pairs")
    parser.add_argument(
        "--entries", type=int, default=1_000, help="entries made of pairs, half alike"
    )
    parser.add_argument("--own-only", action="store_true", help="leave the pairs out")


def run_faq(arguments: argparse.Namespace) -> dict[str, object]:
    """The figures of the FAQ and of its peers on the same messages.

    Raises:
        ValueError: a set of pairs is missing or malformed.
    """
    encode = partial(kept_encoder().encode, kind="query")
    result: dict[str, object] = {"benchmark": NAME, "protocol": _PROTOCOL}
    entries = load_faq(Path(assistant.demo.__file__).parent / "faq")
    finders = _finders(entries, encode)
    result["own"] = {name: _own(find) for name, find in finders.items()}
    for name in () if arguments.own_only else PAIR_SETS:
        pairs = read_pairs(arguments.data, arguments.test, name)
        result[name.lower()] = _on_pairs(pairs, encode, arguments.entries)
    sets = ["own", *(name.lower() for name in PAIR_SETS if name.lower() in result)]
    for name in sets:
        by_finder = result[name]
        assert isinstance(by_finder, dict)
        result[name] = by_finder.pop("faq")
        peers = result.setdefault("peers", {})
        assert isinstance(peers, dict)
        for peer, figures in by_finder.items():
            peers.setdefault(peer, {})[name] = figures
    return result


def _finders(entries: Sequence[FaqEntry], encode: Callable[..., np.ndarray]) -> dict[str, Find]:
    """The FAQ, and what it is made of: nearest question by cosine, by TF-IDF of characters."""
    index = FaqIndex.build(entries, encode)
    owners, texts = zip(*_questions(entries), strict=True)
    vectors = encode(list(texts))
    words = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True)
    matrix = words.fit_transform(texts)

    def ours(text: str, language: Language) -> tuple[str, bool]:
        found = index.search(text, language, 1)
        return (found[0].entry.id if found else "", index.best(found) is not None)

    def nearest(text: str, _: Language) -> tuple[str, bool]:
        return owners[int((vectors @ encode([text])[0]).argmax())], True

    def by_words(text: str, _: Language) -> tuple[str, bool]:
        scores = (matrix @ words.transform([text]).T).toarray()
        return owners[int(scores.argmax())], True

    return {"faq": ours, "nearest question (e5)": nearest, "TF-IDF of characters": by_words}


def _questions(entries: Sequence[FaqEntry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        for local in (entry.question, *entry.variants):
            for text in local.all():
                yield entry.id, text


def _own(find: Find) -> dict[str, object]:
    asked = [*_labelled(_HERE / "paraphrases.yml"), *_labelled(_SEEN, "answerable")]
    strange = yaml.safe_load((_HERE / "unanswerable.yml").read_text("utf-8"))
    seen = yaml.safe_load(_SEEN.read_text("utf-8"))["unanswerable"]
    languages: tuple[Language, ...] = ("en", "zh")
    return {
        name: _figures(
            find, [one for one in asked if one.language == name], strange[name] + seen[name], name
        )
        for name in languages
    }


def _labelled(path: Path, part: str = "") -> Iterator[_Asked]:
    content = yaml.safe_load(path.read_text("utf-8"))
    for id_, by_language in (content[part] if part else content).items():
        for language, texts in by_language.items():
            for text in [texts] if isinstance(texts, str) else texts:
                yield _Asked(text, language, id_)


def _figures(
    find: Find, asked: Sequence[_Asked], strange: Sequence[str], language: Language
) -> dict[str, object]:
    found = [find(one.text, one.language) for one in asked]
    right = np.array([id_ == one.id for (id_, _), one in zip(found, asked, strict=True)])
    sure = np.array([given for _, given in found])
    false = [find(text, language)[1] for text in strange]
    return {
        "messages": len(asked),
        "accuracy": _percent(right),
        "answered": _percent(right & sure),
        "wrong_answers": _percent(~right & sure),
        "unanswerable": len(strange),
        "false_answers": _percent(np.array(false)),
    }


def _on_pairs(
    pairs: Sequence[Pair], encode: Callable[..., np.ndarray], most: int
) -> dict[str, object]:
    half = most // 2
    same = dict(list({pair.first: pair.second for pair in pairs if pair.same}.items())[:half])
    others = [pair for pair in pairs if not pair.same and pair.first not in same][:half]
    firsts = dict.fromkeys((*same, *(pair.first for pair in others)))
    entries = [
        FaqEntry(first, "pair", LocalText(zh=first), LocalText(zh=first), LocalText(), "")
        for first in firsts
    ]
    asked = [_Asked(second, "zh", first) for first, second in same.items()]
    strange = [pair.second for pair in others]
    finders = _finders(entries, encode)
    return {name: _figures(find, asked, strange, "zh") for name, find in finders.items()}


def _percent(flags: np.ndarray) -> float:
    return round(100 * float(flags.mean()), 2) if len(flags) else 0.0
