"""The wiring of what a shop may do without: a language model, and watches in the background."""

import threading
from collections.abc import Callable
from typing import TypedDict

from assistant.engine import Assistant
from assistant.llm import ChatModel, Endpoint, Patient, Rewriter, SecondReader
from assistant.llm.local import LocalChat
from assistant.notices import Watcher
from assistant.settings import Settings
from assistant.webhook import NoticeSender, Webhook, watch_in_background
from catalog.vocabulary import Vocabulary


class Helpers(TypedDict, total=False):
    """What a language model may help with, as the assistant takes it."""

    rewriter: Rewriter
    second_reader: SecondReader


def language_model(settings: Settings, vocabulary: Callable[[], Vocabulary]) -> Helpers:
    """The optional language model, for what the settings allow; nothing where none is named.

    Raises:
        ValueError: a local model cannot be loaded.
    """
    chosen = settings.llm
    if not chosen.model:
        return {}
    seconds = chosen.timeout_seconds
    model: ChatModel = (
        Endpoint(chosen.url, chosen.model, chosen.api_key, seconds)
        if chosen.url
        else LocalChat.load(chosen.model, seconds)
    )
    patient = Patient(model, seconds)
    helpers: Helpers = {}
    if chosen.reword:
        helpers["rewriter"] = Rewriter(patient)
    if chosen.understand:
        helpers["second_reader"] = SecondReader(patient, vocabulary)
    return helpers


def look_after_watches(assistant: Assistant, settings: Settings) -> threading.Event:
    """Look at watched products in the background, and tell the shop's webhook where one is set.

    Ends when the event that is returned is set.
    """
    watcher = assistant.watcher or Watcher(assistant.services.store, assistant.storage)
    hook, sender = settings.webhook, None
    if hook.url:
        webhook = Webhook(hook.url, hook.secret, hook.timeout_seconds)
        sender = NoticeSender(watcher, webhook, hook.tries)
    return watch_in_background(watcher, sender, hook.check_seconds)
