"""Wiring of what is trained: from settings to a model that the next start serves."""

import shutil
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assistant.build import (
    Progress,
    build_catalogue,
    event_weights,
    look_at_pictures,
    looks_folder,
    open_encoder,
    recommender_versions,
    silent,
    trained_model,
)
from assistant.settings import Settings
from assistant.tone import ToneReader
from assistant.tone.examples import load_tones
from catalog.files import read_json, write_json
from catalog.pictures.looks import Looks
from catalog.recommenders.contexts import CONTEXTS
from catalog.recommenders.events import ShopEvents, gather_events
from catalog.recommenders.interactions import Floats
from catalog.recommenders.product_features import product_facts
from catalog.recommenders.versions import ITEMS, MODEL, USERS, Version
from catalog.store import ProductStore
from intents.parser import DATA

if TYPE_CHECKING:
    import scipy.sparse as sp

    from intents.training import TrainingReport

_LIBRARIES = ("torch", "peft", "transformers", "matplotlib")


def train_nlu(
    settings: Settings,
    data: Path | None = None,
    out: Path | None = None,
    seed: int | None = None,
    epochs: int | None = None,
    progress: Progress = silent,
) -> "TrainingReport":
    """Trains the joint model of intents and slots on the shop's encoder.

    Args:
        settings: Where the encoder lies, and the model by default.
        data: The training language, by default the project's own.
        out: The model's folder, by default the one that is served from then on.
        seed: Of everything random; the same seed gives the same model.
        epochs: Passes over the data at most.
        progress: Told about every phase.

    Raises:
        ValueError: A library is missing or the data cannot be used; the message says the cure.
    """
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise ValueError(f"training needs {' and '.join(missing)}: pip install -e '.[train]'")
    from intents.training import default_recipe, train

    settings.home.mkdir(parents=True, exist_ok=True)
    recipe = default_recipe(open_encoder(settings, progress).folder)
    recipe = replace(
        recipe,
        seed=recipe.seed if seed is None else seed,
        epochs=recipe.epochs if epochs is None else epochs,
    )
    return train(data or DATA, out or trained_model(settings), recipe, progress)


def train_recommenders(
    settings: Settings, seed: int = 0, progress: Progress = silent
) -> tuple[Version, bool]:
    """Trains the recommender on the shop's events and keeps it as a new version.

    A training that was killed goes on where it stood, with the events it began with: what
    happened since then is for the next one. After a day it begins anew.

    Args:
        settings: Where the events lie, and the versions.
        seed: Of everything random; the same seed and events give the same model.
        progress: Told about every phase.

    Returns:
        The version, and whether it was promoted: only if it is significantly better than what
        was promoted before, or than popularity where nothing was.

    Raises:
        ValueError: The shop has too few events, or a version's files are damaged.
    """
    from catalog.recommenders.training import train_recommender

    kept = settings.home / "models" / "recommenders-in-training"
    events = _shop_events(settings, kept)
    versions = recommender_versions(settings)
    serving = versions.promoted()
    incumbent = _mixes_of(serving) if serving else None
    vectors = _vectors(settings, events, progress)
    blend, report = train_recommender(
        events,
        incumbent,
        vectors=vectors,
        pictures=_pictures(settings, events, progress),
        facts=_facts(settings, events),
        seed=seed,
        kept=kept,
        progress=progress,
    )

    def write(folder: Path) -> None:
        blend.save(folder / MODEL)
        events.items.save(folder / ITEMS)
        events.users.save(folder / USERS)

    trained = datetime.now(UTC).isoformat(timespec="seconds")
    compared = serving.name if serving else "popularity"
    facts = asdict(report) | {"trained": trained, "seed": seed, "compared_with": compared}
    version = versions.add(write, facts)
    shutil.rmtree(kept, ignore_errors=True)
    _begun_file(kept).unlink(missing_ok=True)
    if report.gain.significant:
        versions.promote(version.name)
    return version, report.gain.significant


def paint_recommenders(version: Version, folder: Path) -> tuple[Path, ...]:
    """Pictures of a version's report; none where matplotlib is not installed."""
    if find_spec("matplotlib") is None:
        return ()
    from catalog.recommenders.evaluation import Quality
    from catalog.recommenders.plots import plot_quality

    told = cast(dict[str, dict[str, Any]], version.report["quality"])
    return plot_quality({name: Quality(**one) for name, one in told.items()}, folder)


def _begun_file(kept: Path) -> Path:
    return kept.with_name(f"{kept.name}.json")


def _last_event(store: ProductStore, kept: Path) -> int:
    """The number of the last event to learn from.

    It is that of a training which was killed less than a day ago; else the newest, noted for the
    case that this one is killed.
    """
    now, file = datetime.now(UTC), _begun_file(kept)
    if kept.is_dir() and file.exists():
        noted = read_json(file)
        if now - datetime.fromisoformat(str(noted["begun"])) < _GOES_ON:
            return int(str(noted["last_event"]))
    last = store.last_interaction()
    file.parent.mkdir(parents=True, exist_ok=True)
    write_json(file, {"begun": now.isoformat(), "last_event": last})
    return last


_GOES_ON = timedelta(days=1)


def _shop_events(settings: Settings, kept: Path) -> ShopEvents:
    """The shop's events; those of a training that was killed, where it goes on."""
    settings.home.mkdir(parents=True, exist_ok=True)
    store = ProductStore.open(settings.database_url)
    try:
        events = list(store.interactions(until=_last_event(store, kept)))
        sold = sorted(set(store.product_ids(one.product_id for one in events).values()))
        return gather_events(events, sold, event_weights(settings))
    finally:
        store.close()


def _vectors(settings: Settings, events: ShopEvents, progress: Progress) -> Floats | None:
    """What the products' texts mean, a row each; ``None`` before the shop was indexed."""
    if not (settings.home / "index").is_dir():
        return None
    catalogue = build_catalogue(settings, progress)
    try:
        shelf = catalogue.search.shelf
        return shelf.vectors(shelf.numbers(events.items.all))
    finally:
        catalogue.search.close()
        catalogue.store.close()


def _pictures(settings: Settings, events: ShopEvents, progress: Progress) -> Floats | None:
    """What the products look like, a row each; ``None`` where pictures are not looked at."""
    store = ProductStore.open(settings.database_url)
    try:
        if look_at_pictures(settings, store, progress) is None:
            return None
    finally:
        store.close()
    return Looks.load(looks_folder(settings)).rows(events.items.all)


def _facts(settings: Settings, events: ShopEvents) -> "sp.csr_array":
    """What the catalogue says of the products beside their texts, a row each."""
    store = ProductStore.open(settings.database_url)
    try:
        known = store.get_many(events.items.all)
        return product_facts([known.get(one) for one in events.items.all])
    finally:
        store.close()


def _mixes_of(version: Version) -> dict[str, dict[str, float]]:
    """The weights of a version's parts in each context."""
    contexts = version.report.get("contexts")
    if not isinstance(contexts, dict) or not contexts.keys() >= set(CONTEXTS):
        raise ValueError(
            f"expected weights for {', '.join(CONTEXTS)} in the report of {version.name}, "
            f"got {contexts!r}"
        )
    return {
        str(context): {str(name): float(weight) for name, weight in weights.items()}
        for context, weights in contexts.items()
    }


def train_tone(settings: Settings, progress: Progress = silent) -> ToneReader:
    """Fit the measure of tone on the shop's encoder."""
    encoder = open_encoder(settings, progress)
    encode = partial(encoder.encode, kind="query")
    return ToneReader.train(load_tones(DATA), encode, settings.home / "tone")
