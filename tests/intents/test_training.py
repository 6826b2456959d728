import hashlib
import json
from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from safetensors.numpy import load_file
from scipy.special import expit, logit

import intents.learning
from catalog.encoder import TextEncoder
from catalog.vocabulary import Vocabulary
from intents import model as serving
from intents.augment import augment
from intents.calibration import Thresholds
from intents.examples import load_folder
from intents.learning.types import Labelled, Prediction, Recipe, TrainingError
from intents.mixture import (
    VALIDATION_SHARE,
    Hints,
    Mixture,
    compose,
    labelled,
    make,
    place,
    split_off,
)
from intents.model import MANIFEST, WEIGHTS, JointModel, read_manifest
from intents.tags import Span
from intents.training import calibrate, data_digest, default_recipe, train
from intents.types import ParseContext, Slot
from tests.intents.labelled import example, write_examples

pytestmark = pytest.mark.usefixtures("one_thread")

COLORS = {"en": ("red", "blue", "black"), "zh": ("黑色", "红色", "粉色")}
KINDS = {"en": ("shoes", "dress", "socks"), "zh": ("耳机", "跑鞋", "裙子")}
# Some of these texts validate: the hash of a text decides which.
WRITTEN = {
    "en": {
        "greet": ("hello", "hello good", "good hello", "hello hello", "good hello hello"),
        "out_of_scope": ("joke", "show me the joke", "the weather", "good weather", "joke good"),
        "search_product": (
            *(f"[{c}](color) [{k}](product_type)" for c in COLORS["en"] for k in KINDS["en"]),
            'not [red]{"entity": "color", "role": "exclude"}',
            "show me the [shoes](product_type)",
            "show me the [red](color) [socks](product_type)",
            "show me [red](color) [socks](product_type)",
            "the [black](color) [socks](product_type)",
        ),
    },
    "zh": {
        "greet": ("你好", "你好你好", "你好，你好", "red你好", "你好呀好"),
        "out_of_scope": ("笑话", "天气", "笑话笑话", "好天气", "有没有笑话", "笑话天气，"),
        "search_product": (
            *(f"[{c}](color)[{k}](product_type)" for c in COLORS["zh"] for k in KINDS["zh"]),
            "有没有[耳机](product_type)",
            "有没有[红色](color)[耳机](product_type)",
            "找[黑色](color)[跑鞋](product_type)",
            '不要[黑色]{"entity": "color", "role": "exclude"}的',
        ),
    },
}
TEMPLATES = {
    "en": "- show me the {color} {product_type}\n      - not {color!exclude}",
    "zh": "- 有没有{color}的{product_type}\n      - 不要{color!exclude}的",
}


def write_data(folder, written=WRITTEN, templates=TEMPLATES):
    """A training language of few words; returns its folder."""
    for language, entries in written.items():
        write_examples(folder / language, language, entries)
    for kind in ("templates", "lexicons"):
        (folder / kind).mkdir(exist_ok=True)
    for language, lines in templates.items():
        text = f"nlu:\n  - intent: search_product\n    examples: |\n      {lines}\n"
        (folder / "templates" / f"{language}.yml").write_text(text, encoding="utf-8")
        words = {"color": COLORS[language], "product_type": KINDS[language]}
        lists = "".join(f"{name}: [{', '.join(values)}]\n" for name, values in words.items())
        (folder / "lexicons" / f"{language}.yml").write_text(lists, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hints():
    return Hints(Vocabulary.from_products(()))


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return write_data(tmp_path_factory.mktemp("data"))


MIXTURE = Mixture(templates=12, changed=1)


def quiet(phase, done, total):
    return


@pytest.fixture
def recipe(tiny_encoder):
    """A recipe of one short epoch: what is learned does not matter."""
    return Recipe(tiny_encoder, frozen_layers=1, lora_rank=2, epochs=1, several=True)


@pytest.fixture(scope="module")
def trained(data, tiny_encoder, tmp_path_factory):
    """A model that has learned, its report, and what was fitted."""
    out, caught = tmp_path_factory.mktemp("trained") / "model", []
    plain = intents.learning.fit

    def caught_fit(*arguments):
        caught.append(plain(*arguments))
        return caught[0]

    thorough = Recipe(
        tiny_encoder, frozen_layers=1, lora_rank=4, epochs=25, patience=25, batch=16, rate=3e-3,
        head_rate=2e-2, several=True, dropout=0.0, hiding=0.0, averaging=0.8,
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intents.learning, "fit", caught_fit)
        report = train(data, out, thorough, quiet, MIXTURE)
    return out, report, caught[0]


@pytest.fixture(scope="module")
def model(trained, tiny_encoder, tmp_path_factory):
    """What was written, its weights in 32 bits: eight are measured by the benchmark ``parse``."""
    encoder = TextEncoder.load(tiny_encoder, threads=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "in_blocks", lambda graph: graph)
        return JointModel.load(trained[0], encoder, tmp_path_factory.mktemp("cache"), threads=1)


@pytest.mark.parametrize(
    ("text", "intent", "found"),
    [
        ("red shoes", "search_product", [("color", "red", "include"),
                                         ("product_type", "shoes", "include")]),
        ("hello", "greet", []),
        ("黑色耳机", "search_product", [("color", "黑色", "include"),
                                      ("product_type", "耳机", "include")]),
        ("你好", "greet", []),
        ("笑话", "out_of_scope", []),
    ],
)  # fmt: skip
def test_the_written_model_has_learned_the_data(model, hints, text, intent, found):
    language = "en" if text.isascii() else "zh"
    answer = model.read(text, hints=hints.of(example(text, intent, language=language)))
    assert answer.intents[0].name == intent
    assert [(s.name, text[s.start : s.end], s.role) for s in answer.spans] == found


TEXTS = ("red shoes", "not blue", "有没有黑色的耳机", "你好", "weather", "", "zorb 80", "black")


@pytest.mark.parametrize("told", [(), (Span(0, 3, "color"),), (Span(4, 9, "product_type"),)])
def test_the_written_model_says_what_the_trained_network_says(model, trained, told):
    """Half precision and calibration aside, serving loses nothing of what was trained."""
    fitted = trained[2]
    temperature = model.manifest.temperature
    texts = [Labelled(text, hints=told) for text in TEXTS]
    for text, wanted in zip(TEXTS, fitted.predict(texts), strict=True):
        answer = model.read(text, hints=told)
        scores = {intent.name: intent.score for intent in answer.intents}
        expected = {name: expit(logit(share) / temperature) for name, share in wanted.intents}
        assert scores == pytest.approx(expected, abs=0.05)
        assert tuple(Span(s.start, s.end, s.name) for s in answer.spans) == wanted.spans
        assert tuple(span.role for span in answer.spans) == wanted.roles


def test_the_report_counts_what_was_shown(data, trained, hints):
    report = trained[1]
    kept, held_out = split_off(load_folder(data))
    assert (report.written, report.validation) == (len(kept), len(held_out))
    rng = Random(trained[2].recipe.seed)
    shown = compose(kept, MIXTURE, rng, hints), make(data, MIXTURE, rng, hints)
    assert report.shown == sum(map(len, shown))
    assert report.bytes == (trained[0] / WEIGHTS).stat().st_size
    assert report.best["total"] == max(epoch["total"] for epoch in report.history)


def test_the_manifest_says_how_the_model_was_made(data, trained, tiny_encoder):
    out, report, fitted = trained
    manifest = read_manifest(out)
    assert manifest.encoder == TextEncoder.load(tiny_encoder, threads=1).id
    assert manifest.sha256 == hashlib.sha256((out / WEIGHTS).read_bytes()).hexdigest()
    assert (manifest.intents, manifest.slots) == (fitted.labels.intents, fitted.labels.slots)
    assert (manifest.thresholds, manifest.temperature) == (report.thresholds, report.temperature)
    assert manifest.made["data"] == data_digest(data)
    assert manifest.made["recipe"]["seed"] == fitted.recipe.seed
    assert str(tiny_encoder) not in (out / MANIFEST).read_text(encoding="utf-8")


def test_adapter_and_heads_are_shipped_in_half_precision(trained):
    tensors = load_file(trained[0] / WEIGHTS)
    assert {name for name, t in tensors.items() if t.dtype != np.float16} == {"moves", "start"}
    layers = {name.split(".")[2] for name in tensors if name.startswith("encoder.layer.")}
    assert layers == {"1"}
    assert {name for name in tensors if not name.startswith("encoder.")} == {
        "moves", "start", "actions", "requested", "hints",
        *(f"heads.{head}.{part}" for head in ("intents", "tags", "roles")
          for part in ("weight", "bias")),
    }  # fmt: skip


def test_layers_trained_whole_are_shipped_in_packed_steps(data, recipe, tmp_path, tiny_encoder):
    train(data, tmp_path / "model", replace(recipe, lora_rank=0), quiet, MIXTURE)
    tensors = load_file(tmp_path / "model" / WEIGHTS)
    body = {name: t.dtype for name, t in tensors.items() if name.startswith("encoder.")}
    assert {t for name, t in body.items() if name.endswith(".change")} == {np.dtype(np.uint8)}
    assert {t for name, t in body.items() if not name.endswith(".change")} == {np.dtype(np.float32)}
    assert not [
        name for name, t in tensors.items() if t.ndim == 2 and name.endswith("dense.weight")
    ]
    encoder = TextEncoder.load(tiny_encoder, threads=1)
    model = JointModel.load(tmp_path / "model", encoder, tmp_path / "cache", threads=1)
    assert len(model.read("red shoes").intents) == 3


def weights(folder):
    return (folder / WEIGHTS).read_bytes()


def test_one_seed_gives_the_same_bytes_and_another_gives_others(data, recipe, tmp_path):
    recipe = replace(recipe, dropout=0.1, hiding=0.1)
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        train(data, tmp_path / name, replace(recipe, seed=seed), quiet, MIXTURE)
    assert weights(tmp_path / "one") == weights(tmp_path / "again")
    assert weights(tmp_path / "one") != weights(tmp_path / "other")


def test_a_new_model_takes_the_place_of_the_old(data, recipe, tmp_path):
    out = tmp_path / "model"
    out.mkdir()
    (out / "old").touch()
    train(data, out, recipe, quiet, MIXTURE)
    assert {path.name for path in out.iterdir()} == {MANIFEST, WEIGHTS}
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def renamed(old, new):
    return {
        language: {new if name == old else name: texts for name, texts in entries.items()}
        for language, entries in WRITTEN.items()
    }


def test_an_unknown_intent_is_refused(recipe, tmp_path):
    data = write_data(tmp_path / "data", renamed("greet", "say_hello"))
    with pytest.raises(TrainingError, match=r"names of intents/names\.py, got say_hello; mend"):
        train(data, tmp_path / "model", recipe, quiet, MIXTURE)
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(("language", "text"), [("en", "Hello good"), ("zh", "你好 你好")])
def test_the_same_words_with_another_intent_are_refused(recipe, tmp_path, language, text):
    jokes = (*WRITTEN[language]["out_of_scope"], text)
    written = WRITTEN | {language: WRITTEN[language] | {"out_of_scope": jokes}}
    data = write_data(tmp_path / "data", written)
    problem = r"\.yml:\d+: .* is out_of_scope here and greet in .*; keep one intent"
    with pytest.raises(TrainingError, match=problem):
        train(data, tmp_path / "model", recipe, quiet, MIXTURE)
    assert not (tmp_path / "model").exists()


def test_data_without_what_is_out_of_scope_can_be_learned(recipe, tmp_path):
    data = write_data(tmp_path / "data", renamed("out_of_scope", "thank"))
    report = train(data, tmp_path / "model", recipe, quiet, MIXTURE)
    assert report.thresholds.out_of_scope == 1.0


def test_data_without_templates_can_be_learned(recipe, tmp_path):
    data = write_data(tmp_path / "data", templates={})
    report = train(data, tmp_path / "model", recipe, quiet, MIXTURE)
    assert report.shown == 2 * report.written


def interrupt(phase, done, total):
    if phase.startswith("after epoch"):
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("changes", "progress", "error"),
    [
        ({"frozen_layers": 2}, quiet, TrainingError),
        ({"head_rate": float("nan"), "batch": 8}, quiet, TrainingError),
        ({"crf": False}, quiet, TrainingError),
        ({}, interrupt, KeyboardInterrupt),
    ],
)
def test_a_training_that_fails_leaves_the_old_model(
    data, recipe, tmp_path, changes, progress, error
):
    out = tmp_path / "model"
    out.mkdir()
    (out / WEIGHTS).write_bytes(b"the old ones")
    with pytest.raises(error):
        train(data, out, replace(recipe, **changes), progress, MIXTURE)
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    assert [path.name for path in out.iterdir()] == [WEIGHTS]
    assert weights(out) == b"the old ones"


def test_nothing_held_out_is_an_error(recipe, tmp_path):
    texts = ("hello", "hello good", "red", "blue")
    kept = [text for text in texts if not split_off([example(text, "greet")])[1]][:2]
    data = write_data(tmp_path / "data", {one: {"greet": kept} for one in ("en", "zh")}, {})
    with pytest.raises(TrainingError, match=r"data: .* to validate, got none of 4, .*data check"):
        train(data, tmp_path / "model", recipe, quiet, MIXTURE)


MANY = [example(f"show me {word} {number}", "search_product") for word in ("red", "黑色")
        for number in range(200)]  # fmt: skip


def test_what_validates_is_apart_from_what_is_learned():
    kept, held_out = split_off(MANY)
    assert not {e.text for e in kept} & {e.text for e in held_out}
    assert sorted([*kept, *held_out], key=MANY.index) == MANY
    assert len(held_out) / len(MANY) == pytest.approx(VALIDATION_SHARE, abs=0.05)


def test_a_text_stays_on_its_side_whatever_its_company_and_case():
    kept, held_out = split_off(MANY)
    again = split_off([*reversed(held_out), *kept[5:]])
    assert (again[0], again[1]) == (kept[5:], held_out[::-1])
    shouted = [replace(one, text=one.text.upper()) for one in held_out]
    assert split_off(shouted) == ([], shouted)


def test_a_written_example_is_shown_as_it_is_and_in_changed_spellings(hints):
    written = [example("show me the red shoes", "search_product", ("color", "red"))] * 3
    shown = compose(written, Mixture(changed=2, weight=1.5, forgotten=0), Random(1), hints)
    assert len(shown) == 9
    assert shown[::3] == [labelled(written[0], 1.5, hints.of(written[0]))] * 3
    changed = [one for place, one in enumerate(shown) if place % 3]
    assert {one.weight for one in changed} == {1.0}
    assert sum(one.text != written[0].text for one in changed) > len(changed) / 2
    assert {one.intents for one in changed} == {("search_product",)}


def test_nothing_is_changed_where_nothing_should_be(hints):
    written, mixture = [example("red shoes", "search_product")], Mixture(changed=0, forgotten=1)
    assert compose(written, mixture, Random(1), hints) == [labelled(written[0], mixture.weight)]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("a red dress under $80", "en", {("color", "red"), ("price", "under $80")}),
        ("300元以内的红色裙子", "zh", {("color", "红色"), ("price", "300元以内")}),
    ],
)
def test_hints_are_what_rules_and_lexicon_take_words_for(hints, text, language, wanted):
    found = hints.of(example(text, "search_product", language=language))
    assert wanted <= {(hint.label, text[hint.start : hint.end]) for hint in found}


def test_some_hints_are_forgotten(hints):
    one = example("a red cotton dress under $80", "search_product")
    assert hints.some(one, 0.0, Random(1)) == hints.of(one)
    assert hints.some(one, 1.0, Random(1)) == ()
    counts = [len(hints.some(one, 0.25, Random(seed))) for seed in range(100)]
    assert np.mean(counts) == pytest.approx(0.75 * len(hints.of(one)), rel=0.15)


def test_templates_give_examples_of_both_languages(data, hints):
    made = make(data, Mixture(templates=6, changed_templates=0.0), Random(1), hints)
    assert len(made) == 12
    assert sum(one.text.isascii() for one in made) == 6
    for one in made:
        words = [(span.label, one.text[span.start : span.end]) for span in one.spans]
        language = "en" if one.text.isascii() else "zh"
        assert all(w in COLORS[language] + KINDS[language] for _, w in words)
        assert one.roles == (("exclude",) if len(words) == 1 else ("include",) * 2)


def test_a_share_of_what_is_made_is_changed(data, hints):
    fixed = {one.text for one in make(data, Mixture(8, 0, 0.0), Random(1), hints)}
    changed = make(data, Mixture(8, 0, 1.0), Random(1), hints)
    assert sum(one.text in fixed for one in changed) < len(changed) / 2


def test_one_seed_makes_the_same_examples(data, hints):
    one, again, other = (make(data, MIXTURE, Random(seed), hints) for seed in (3, 3, 4))
    assert one == again
    assert one != other


def test_an_example_is_labelled_with_all_it_has():
    one = example(
        "red shoes", "search_product+greet", ("product_type", "shoes"), ("color", "red", "exclude"),
        context=ParseContext("ask_size", "city"),
    )  # fmt: skip
    seen = (Span(0, 3, "brand"),)
    assert labelled(one, 2.0, seen) == Labelled(
        "red shoes",
        ("search_product", "greet"),
        (Span(0, 3, "color"), Span(4, 9, "product_type")),
        ("exclude", "include"),
        "ask_size",
        "city",
        seen,
        2.0,
    )


def test_an_augmented_example_is_labelled_where_its_words_now_are():
    one = example("有没有红色的跑鞋", "search_product", ("color", "红色"), language="zh")
    for seed in range(20):
        changed = augment(one, Random(seed))
        slots = changed.slots
        assert labelled(changed).spans == tuple(Span(s.start, s.end, "color") for s in slots)
        assert all(isinstance(s, Slot) and changed.text[s.start : s.end] == s.raw for s in slots)


def said(*shares):
    """Predictions of greet and out_of_scope, best first."""
    return [
        Prediction(tuple(sorted((("greet", g), ("out_of_scope", o)), key=lambda pair: -pair[1])))
        for g, o in shares
    ]


NAMES = ("greet", "out_of_scope")
TRUE = [Labelled(str(place), (NAMES[place % 2],)) for place in range(40)]


def test_timid_scores_that_are_right_are_sharpened_and_bold_ones_that_err_are_not():
    timid = said(*((0.7, 0.3), (0.3, 0.7)) * 20)
    bold = said(*((0.99, 0.01), (0.01, 0.99)) * 14, *((0.01, 0.99), (0.99, 0.01)) * 6)
    assert calibrate(timid, TRUE, NAMES)[0] < 0.5
    assert calibrate(bold, TRUE, NAMES)[0] > 2


def test_calibrated_scores_draw_the_lines_of_doubt():
    sure = said(*((0.95, 0.05), (0.05, 0.95)) * 20)
    _, lines = calibrate(sure, TRUE, NAMES)
    assert isinstance(lines, Thresholds)
    assert lines.understood > 0.5
    assert lines.margin == 0.0
    assert 0.0 < lines.out_of_scope < 1.0


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_score_of_all_or_nothing_can_be_calibrated(share):
    found = said(*((share, 1 - share), (1 - share, share)) * 20)
    temperature, lines = calibrate(found, TRUE, NAMES)
    assert np.isfinite(temperature)
    assert np.isfinite([lines.understood, lines.margin, lines.out_of_scope, lines.several]).all()


def test_the_digest_tells_one_training_language_from_another(data, tmp_path):
    assert data_digest(write_data(tmp_path / "same")) == data_digest(data)
    changed = write_data(tmp_path / "changed")
    with (changed / "zh" / "zh.yml").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert data_digest(changed) != data_digest(data)
    moved = write_data(tmp_path / "moved")
    (moved / "en" / "en.yml").rename(moved / "en" / "other.yml")
    assert data_digest(moved) != data_digest(data)


def test_the_held_out_set_is_no_part_of_the_digest(data, tmp_path):
    folder = write_data(tmp_path / "data")
    (folder / "eval").mkdir()
    (folder / "eval" / "en.yml").write_text("nlu: []\n", encoding="utf-8")
    (folder / "README.md").write_text("notes", encoding="utf-8")
    assert data_digest(folder) == data_digest(data)


def test_the_held_out_set_is_not_read(data, recipe, tmp_path):
    folder = write_data(tmp_path / "data")
    (folder / "eval").mkdir()
    (folder / "eval" / "en.yml").write_text("not [even YAML", encoding="utf-8")
    train(data, tmp_path / "one", recipe, quiet, MIXTURE)
    train(folder, tmp_path / "two", recipe, quiet, MIXTURE)
    assert weights(tmp_path / "one") == weights(tmp_path / "two")


def test_the_default_recipe_freezes_the_half_that_search_shares(tiny_encoder):
    recipe = default_recipe(tiny_encoder, seed=3)
    layers = json.loads((tiny_encoder / "config.json").read_text())["num_hidden_layers"]
    assert recipe.frozen_layers == layers // 2
    assert (recipe.encoder, recipe.seed, recipe.several, recipe.crf) == (
        tiny_encoder, 3, True, True,
    )  # fmt: skip


def test_a_share_of_what_has_no_context_is_put_after_an_action():
    bare = [Labelled(f"text {n}") for n in range(400)]
    asked = Labelled("42", requested_slot="size")
    after = Labelled("the first", previous_action="search_products")
    placed = place([*bare, asked, after], 0.5, Random(1))
    actions = Counter(text.previous_action for text in placed[:400])
    assert set(actions) == {"", "search_products"}
    assert 150 < actions[""] < 250
    assert placed[400:] == [asked, after]
    assert [text.text for text in placed] == [*(text.text for text in bare), "42", "the first"]


def test_nothing_is_placed_where_nothing_comes_after_anything():
    bare = [Labelled("hello"), Labelled("你好")]
    assert place(bare, 1.0, Random(1)) == bare
