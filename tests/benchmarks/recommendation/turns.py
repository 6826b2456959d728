"""How long a recommendation takes in a chat turn on a large catalogue.

Protocol: the catalogue is imported into an empty home; shoppers who keep to a few shelves each, by
a fixed seed, leave events; every classical part is trained on them, and every net is there at its
served size with random numbers; each part has a weight, and so has content. Then shoppers
with a history, new ones and guests ask, in both languages: for something, like a product, what
goes with it, what is popular, with a budget (which nothing fits where the shop has no prices), and
of any brand but one. Measured is the action of the turn: candidates
of all models and the live log, rules, reasons and the products themselves; a new event lies before
every question, so that nothing is answered from what was counted before. ``cpu`` is the same in
processor time, for machines that do other work. Texts have vectors of hashed words, as many
numbers long as the encoder's, since their meaning does not change the time.
"""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from assistant.actions import Services
from assistant.actions.context import TurnContext
from assistant.actions.recommending import recommend_products
from assistant.actions.related import find_complements, find_similar
from assistant.goal import cheaper_than
from assistant.types import Action, DialogueState, SearchGoal
from catalog.complements import BoughtTogether
from catalog.events.weights import EventWeights
from catalog.recommenders.blend import Blend, Part
from catalog.recommenders.contexts import CONTEXTS
from catalog.recommenders.events import gather_events
from catalog.recommenders.parts import LOADERS, PARTS, Material
from catalog.recommenders.versions import ITEMS, MODEL, Versions
from catalog.recommending.history import History
from catalog.recommending.served import ServedModels
from catalog.recommending.service import Recommending
from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.text import fold, tokens
from catalog.types import BRAND, Interaction, TextConstraint
from intents.types import Intent, NLUResult, Slot
from tests.benchmarks.kept import kept_store
from tests.benchmarks.percentiles import percentiles
from tests.benchmarks.progress import report_progress
from tests.benchmarks.recommendation.untrained import untrained_nets

_DIMENSION = 384
_NOW = datetime(2026, 11, 1, tzinfo=UTC)
_ASKED = {"en": "recommend me something", "zh": "推荐点什么"}


class HashedWords:
    """An encoder whose vectors cost nothing to make."""

    id = "hashed-words"
    dimension = _DIMENSION

    def encode(
        self, texts: Sequence[str], kind: str, max_tokens: int | None = None
    ) -> NDArray[np.float32]:
        """A text is the sum of its words' places."""
        vectors = np.full((len(texts), _DIMENSION), 0.01, np.float32)
        for row, text in enumerate(texts):
            for word in tokens(text):
                digest = blake2b(word.encode(), digest_size=4).digest()
                vectors[row, int.from_bytes(digest) % _DIMENSION] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_stock(self, texts: Sequence[str], max_tokens: int) -> NDArray[np.float32]:
        """The same for texts to be indexed."""
        return self.encode(texts, "passage", max_tokens)


def run(data: Path, catalog: str, shoppers: int, turns: int) -> dict[str, object]:
    """Import, learn, ask, measure."""
    store = kept_store(data, catalog)
    with tempfile.TemporaryDirectory(prefix="daogou-turns-") as folder, report_progress("") as told:
        home = Path(folder)
        search = ProductSearch.open(store, HashedWords(), home / "index", told)  # type: ignore[arg-type]
        products = [one.id for batch in store.iterate() for _, one in batch]
        events = list(_events(store, shoppers))
        own = ProductStore.open(f"sqlite:///{home / 'events.db'}")
        own.add_interactions(events)
        versions = Versions(home / "models")
        began = time.perf_counter()
        _train(versions, events, products)
        trained = time.perf_counter() - began
        together = BoughtTogether(store)
        history = History(own, followers=(together.follow,))
        served = ServedModels(versions, lambda: LOADERS)
        recommending = Recommending(store, search, history, together, served)
        figures = _measure(recommending, store, search, own, products, shoppers, turns)
        search.close()
        own.close()
    return {
        "benchmark": "recommend_turn",
        "protocol": __doc__,
        "catalog": catalog,
        "products": len(products),
        "events": len(events),
        "shoppers": shoppers,
        "train_s": round(trained, 1),
        **figures,
        "rss_mb": round(psutil.Process().memory_info().rss / 1024**2),
    }


def _events(store: ProductStore, shoppers: int) -> list[Interaction]:
    """Each shopper visits three shelves, and well known products more often."""
    random = np.random.default_rng(0)
    shelves: dict[str, list[str]] = {}
    for batch in store.iterate():
        for _, one in batch:
            leaf = one.category[-1].en or one.category[-1].zh if one.category else ""
            shelves.setdefault(leaf, []).append(one.id)
    names = sorted(name for name in shelves if len(shelves[name]) >= 5)
    found = []
    for shopper in range(shoppers):
        for name in random.choice(names, 3):
            ids = shelves[str(name)]
            places = np.minimum(random.zipf(1.3, 10) - 1, len(ids) - 1)
            start = _NOW - timedelta(days=float(random.uniform(0, 120)))
            for step, place in enumerate(places.tolist()):
                kind = "purchase" if random.random() < 0.1 else "view_item"
                time_ = start + timedelta(minutes=step)
                found.append(Interaction(f"u{shopper}", ids[place], kind, time_))
    return found


def _train(versions: Versions, events: list[Interaction], products: list[str]) -> None:
    """Every part with a weight, so that each has to be asked; nets with random numbers."""
    gathered = gather_events(events, products, EventWeights())
    material = Material(gathered.data)
    classical = {name: train(material) for name, train in PARTS.items()}
    models = classical | untrained_nets(gathered.data)
    blend = Blend([Part(name, model, 1.0) for name, model in models.items()])
    weights = {part.name: part.weight for part in blend.parts} | {"content": 1.0}

    def write(folder: Path) -> None:
        every = dict.fromkeys(CONTEXTS, weights)
        Blend(blend.parts, every).save(folder / MODEL)
        gathered.items.save(folder / ITEMS)

    versions.promote(versions.add(write, {"weights": weights}).name)


def _measure(
    recommending: Recommending,
    store: ProductStore,
    search: ProductSearch,
    events: ProductStore,
    products: list[str],
    shoppers: int,
    turns: int,
) -> dict[str, object]:
    services = _services(recommending, store, search)
    random = np.random.default_rng(1)
    kinds = ("for_you", "new", "guest", "budget", "wish", "similar", "complement", "trending")
    wall: dict[str, list[float]] = {kind: [] for kind in kinds}
    cpu: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(turns + 5):
        for kind in kinds:
            shopper = f"u{random.integers(shoppers)}" if kind not in ("new", "guest") else ""
            shopper = f"new{number}" if kind == "new" else shopper
            seen = products[int(random.integers(len(products)))]
            session = f"s{number}-{kind}"
            who = shopper or f"guest:{session}"
            events.add_interactions([Interaction(who, seen, "view_item", _NOW)])
            began, spent = time.perf_counter(), time.thread_time()
            _ask(kind, session, shopper, seen, "zh" if number % 2 else "en", services)
            if number >= 5:
                wall[kind].append((time.perf_counter() - began) * 1_000)
                cpu[kind].append((time.thread_time() - spent) * 1_000)
    every = [one for kind in kinds for one in wall[kind]]
    every_cpu = [one for kind in kinds for one in cpu[kind]]
    return {
        **percentiles(every),
        "cpu": percentiles(every_cpu),
        "kinds": {
            kind: percentiles(wall[kind]) | {"cpu": percentiles(cpu[kind])} for kind in kinds
        },
    }


def _ask(
    kind: str, session: str, shopper: str, seen: str, language: str, services: Services
) -> None:
    text = "what is trending" if kind == "trending" else _ASKED[language]
    nlu = NLUResult(text, language, (Intent("recommend_product", 1.0),))  # type: ignore[arg-type]
    state = DialogueState(session, shopper, language, "USD")  # type: ignore[arg-type]
    if kind == "budget":
        state = replace(state, goal=SearchGoal(wishes=(cheaper_than(Decimal(50), "USD", "50"),)))
    if kind == "wish":
        state = replace(state, goal=SearchGoal(wishes=(_other_brand(services.store, seen),)))
    actions = {"similar": find_similar, "complement": find_complements}
    do = actions.get(kind, recommend_products)
    do(Action(kind, ((seen, ""),)), TurnContext(state, nlu), services)


def _other_brand(store: ProductStore, seen: str) -> Slot:
    product = store.get(seen)
    brand = fold(product.brand.en or product.brand.zh) if product else ""
    wanted = TextConstraint(BRAND, (brand or "none",))
    return Slot("brand", brand, raw=brand, role="exclude", resolved=wanted)


def _services(recommending: Recommending, store: ProductStore, search: ProductSearch) -> Services:
    """What the actions need; the rest is not asked."""
    nothing = object()
    return Services(
        store=store,
        search=search,
        vocabulary=nothing,  # type: ignore[arg-type]
        recommending=recommending,
        faq=nothing,  # type: ignore[arg-type]
        orders=nothing,  # type: ignore[arg-type]
        tickets=nothing,  # type: ignore[arg-type]
    )
