"""Every setting, read once: the shipped defaults, then the shop's file, then the environment.

The shop's file is ``daogou.toml`` in the home folder; a variable such as
``DAOGOU_SHOP__DEFAULT_LANGUAGE=zh`` overrides the key ``default_language`` of ``[shop]``.
"""

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

EventKind = Literal[
    "view_item",
    "select_item",
    "add_to_wishlist",
    "add_to_cart",
    "remove_from_cart",
    "begin_checkout",
    "purchase",
    "dismiss",
    "rate",
]
"""What can say something of a shopper's wish: the events about one product."""

DEFAULTS = Path(__file__).parent / "defaults.toml"
FILE_NAME = "daogou.toml"


class SettingsError(ValueError):
    """A setting is unknown or wrong; the message names its key and value."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ShopSettings(_Section):
    """The shop itself; see ``defaults.toml`` for what each key means."""

    name: Mapping[Literal["en", "zh"], str]
    default_language: Literal["en", "zh"]
    currency: Mapping[Literal["en", "zh"], str]
    checkout_url: str
    most_of_one: int = Field(ge=1)
    merchandising: str
    demo: bool
    examples: Mapping[Literal["en", "zh"], tuple[str, ...]]


class StorageSettings(_Section):
    """Where the data lies."""

    database_url: str


class EncoderSettings(_Section):
    """The text encoders."""

    model: str
    english: str
    threads: int = Field(ge=0)


class SearchSettings(_Section):
    """How products are found."""

    synonyms: str
    personal: float = Field(ge=0, le=1)


class IndexSettings(_Section):
    """Where the vectors of the products' texts lie."""

    milvus_uri: str
    milvus_token: str


class DialogueSettings(_Section):
    """How the conversation behaves."""

    products_shown: int = Field(ge=1, le=20)
    tone: str
    failed_turns: int = Field(ge=1)
    order_attempts: int = Field(ge=1)
    message_characters: int = Field(ge=100)


class OrderSettings(_Section):
    """Where customers and orders are kept."""

    url: str
    token: str
    timeout_seconds: float = Field(gt=0, le=60)


class QuestionSettings(_Section):
    """What the assistant asks when many products fit."""

    enabled: bool
    with_list: bool
    least_products: int = Field(ge=2)
    most_asked: int = Field(ge=0)
    least_gain: float = Field(ge=0, allow_inf_nan=False)
    other_weight: float = Field(ge=0, allow_inf_nan=False)
    weights: Mapping[str, float]


class EventSettings(_Section):
    """What shoppers do: how it counts, and how much of it one sender may report."""

    weights: Mapping[EventKind, float]
    half_life_days: float = Field(gt=0, allow_inf_nan=False)
    duplicate_seconds: float = Field(ge=0)
    ahead_seconds: float = Field(ge=0)
    oldest_days: float = Field(gt=0)
    per_second: float = Field(gt=0)
    burst: int = Field(ge=1)
    address_per_second: float = Field(gt=0)
    address_burst: int = Field(ge=1)
    human_per_minute: int = Field(ge=1)


class RecommendationSettings(_Section):
    """What is recommended, and how far the rules may move it."""

    diversity: float = Field(ge=0, le=1)
    novelty: float = Field(ge=0, le=1)
    calibration: float = Field(ge=0, le=1)
    newcomers: float = Field(ge=0, le=1)
    consumables: tuple[str, ...]
    trial_shoppers: int = Field(ge=1)
    pictures: str


class SafetySettings(_Section):
    """What is said to somebody who is in danger."""

    helpline: Mapping[Literal["en", "zh"], str]


class LLMSettings(_Section):
    """The optional language model; off while ``model`` is empty."""

    model: str
    url: str = Field(pattern=r"^(?:https?://.+)?$")
    api_key: str
    timeout_seconds: float = Field(gt=0, le=60)
    reword: bool
    understand: bool


class WebhookSettings(_Section):
    """Where notices of watched products go."""

    url: str = Field(pattern=r"^(?:https?://.+)?$")
    secret: str
    timeout_seconds: float = Field(gt=0, le=60)
    tries: int = Field(ge=1, le=20)
    check_seconds: float = Field(gt=0)


class DeskRule(_Section):
    """The shop's own reason to bring a person in."""

    name: str = Field(min_length=1, max_length=64)
    intents: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    language: Literal["", "en", "zh"] = ""
    cart_pieces: int = Field(0, ge=0)
    priority: Literal["low", "normal", "high", "urgent"] = "normal"


class DeskSettings(_Section):
    """The support desk."""

    time_zone: str
    hours: Mapping[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], str]
    closed_on: tuple[str, ...]
    tones: Mapping[str, float]
    rules: tuple[DeskRule, ...]
    silent_minutes: float = Field(gt=0)
    late_minutes: float = Field(gt=0)
    reopen_minutes: float = Field(ge=0)
    assign: bool
    session_hours: float = Field(gt=0)
    idle_minutes: float = Field(gt=0)
    sign_in_tries: int = Field(ge=1)


class WidgetSettings(_Section):
    """The chat on the shop's own pages, and messaging platforms."""

    identity_secret: str
    per_second: float = Field(gt=0)
    burst: int = Field(ge=1)
    address_per_second: float = Field(gt=0)
    address_burst: int = Field(ge=1)
    telegram_token: str
    telegram_secret: str


class ServerSettings(_Section):
    """The web server."""

    host: str
    port: int = Field(ge=1, le=65535)
    origins: tuple[str, ...]


class InsightsSettings(_Section):
    """Who may see the page of figures."""

    token: str
    days: int = Field(ge=1, le=366)


class RasaSettings(_Section):
    """The shop's own rasa-sdk actions and our action server."""

    actions_module: str
    actions: Mapping[str, str]
    port: int = Field(ge=1, le=65535)


class Settings(BaseSettings):
    """All settings, checked; :meth:`load` is the way to get them."""

    model_config = SettingsConfigDict(
        env_prefix="DAOGOU_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    home: Path
    shop: ShopSettings
    storage: StorageSettings
    encoder: EncoderSettings
    search: SearchSettings
    index: IndexSettings
    dialogue: DialogueSettings
    orders: OrderSettings
    questions: QuestionSettings
    events: EventSettings
    recommendations: RecommendationSettings
    safety: SafetySettings
    webhook: WebhookSettings
    llm: LLMSettings
    desk: DeskSettings
    widget: WidgetSettings
    server: ServerSettings
    insights: InsightsSettings
    rasa: RasaSettings

    @classmethod
    def load(cls, home: Path | None = None) -> "Settings":
        """Read the defaults, the shop's file in the home folder, and the environment.

        ``home`` defaults to ``DAOGOU_HOME``, else to the platform's folder for user data.

        Raises:
            SettingsError: a file is not TOML, or a key is unknown or has a wrong value.
        """
        folder = home or home_folder()
        read: Callable[..., Settings] = _loader(folder)
        try:
            return read(home=folder.absolute())
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(f"{folder / FILE_NAME} is not TOML: {error}") from error
        except ValidationError as error:
            raise SettingsError(_explain(error, folder / FILE_NAME)) from error

    @property
    def database_url(self) -> str:
        """The database to open; a SQLite file in the home folder unless set otherwise."""
        return self.storage.database_url or f"sqlite:///{self.home / 'daogou.db'}"


def home_folder() -> Path:
    """The folder of everything that is not code: ``DAOGOU_HOME`` or the platform's own."""
    named = os.environ.get("DAOGOU_HOME")
    return Path(named).expanduser() if named else user_data_path("daogou", appauthor=False)


def _loader(folder: Path) -> type[Settings]:
    """Settings whose files are the shipped one and the one in ``folder``."""

    class FolderSettings(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            shipped = TomlConfigSettingsSource(settings_cls, DEFAULTS)
            own = TomlConfigSettingsSource(settings_cls, folder / FILE_NAME)
            return init_settings, env_settings, own, shipped

    return FolderSettings


def _explain(error: ValidationError, path: Path) -> str:
    lines = [
        f"{'.'.join(map(str, one['loc']))} = {one['input']!r}: {one['msg']}"
        for one in error.errors()
    ]
    return f"a setting in {path} or the environment is wrong: " + "; ".join(lines)
