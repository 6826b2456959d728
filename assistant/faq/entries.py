"""Reading a shop's FAQ files, with errors that a shopkeeper can act on."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.types import FaqEntry
from catalog.types import LANGUAGES, LocalText

_REQUIRED = ("id", "topic", "question", "answer")
_OPTIONAL = ("source", "updated", "variants")


class FaqError(ValueError):
    """A FAQ file that cannot be used; the message names the file, the entry and the cure."""


def load_faq(folder: Path) -> tuple[FaqEntry, ...]:
    """Every entry of ``folder/*.yml``, file by file in the order of their names.

    A file is a list of entries. Texts are given by language, at least in one::

        - id: shipping_canada
          topic: shipping
          source: {en: Shipping, zh: 配送}
          updated: 2026-09-01
          question:
            en: Do you ship to Canada?
            zh: 能送到加拿大吗？
          answer:
            en: "Yes: standard takes 5–8 working days."
            zh: 可以，标准配送5–8个工作日。
          variants:
            en:
              - ship to canada?
            zh:
              - 加拿大能寄吗

    Raises:
        FaqError: a file cannot be read, an entry is not of that shape, or an id occurs twice.
    """
    entries: dict[str, FaqEntry] = {}
    for path in sorted(folder.glob("*.yml")):
        for number, record in enumerate(_records(path), start=1):
            entry = _entry(record, _place(path, number, record))
            if entry.id in entries:
                raise FaqError(
                    f"{path.name}, entry {number}: the id {entry.id!r} is already taken; "
                    "give every entry an id of its own"
                )
            entries[entry.id] = entry
    return tuple(entries.values())


def _records(path: Path) -> list[Any]:
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise FaqError(f"{path.name}: cannot be read ({error}); save it as UTF-8 text") from error
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise FaqError(
            f"{path.name}: not valid YAML ({reason}); put texts with a colon in quotes and "
            "indent with spaces"
        ) from error
    if content is None:
        return []
    if not isinstance(content, list):
        raise FaqError(f"{path.name}: expected a list of entries, each beginning with '- id: …'")
    return content


def _place(path: Path, number: int, record: object) -> str:
    name = record.get("id") if isinstance(record, Mapping) else None
    return f"{path.name}, entry {number}" + (f" ({name})" if name else "")


def _entry(record: object, place: str) -> FaqEntry:
    if not isinstance(record, Mapping):
        raise FaqError(f"{place}: expected id, topic, question and answer, got {record!r}")
    _check_keys(record, place)
    return FaqEntry(
        id=_text(record["id"], f"{place}: id"),
        topic=_text(record["topic"], f"{place}: topic"),
        question=_local(record["question"], f"{place}: question"),
        answer=_local(record["answer"], f"{place}: answer"),
        source=_local(record["source"], f"{place}: source") if "source" in record else LocalText(),
        updated=_day(record.get("updated", ""), f"{place}: updated"),
        variants=_variants(record.get("variants", {}), f"{place}: variants"),
    )


def _check_keys(record: Mapping[Any, Any], place: str) -> None:
    missing = [key for key in _REQUIRED if key not in record]
    if missing:
        raise FaqError(f"{place}: {', '.join(missing)} missing; add it")
    unknown = [str(key) for key in record if key not in (*_REQUIRED, *_OPTIONAL)]
    if unknown:
        raise FaqError(
            f"{place}: unknown key {', '.join(unknown)}; "
            f"use only {', '.join((*_REQUIRED, *_OPTIONAL))}"
        )


def _local(value: object, place: str) -> LocalText:
    texts = _by_language(value, place)
    if not texts:
        raise FaqError(f"{place}: empty; write it in en, zh or both")
    return LocalText(**{name: _text(text, f"{place}.{name}") for name, text in texts.items()})


def _variants(value: object, place: str) -> tuple[LocalText, ...]:
    found: list[LocalText] = []
    for name, texts in _by_language(value, place).items():
        if not isinstance(texts, list):
            raise FaqError(f"{place}.{name}: expected a list of questions, got {texts!r}")
        found += [LocalText(**{name: _text(text, f"{place}.{name}")}) for text in texts]
    return tuple(found)


def _by_language(value: object, place: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise FaqError(f"{place}: expected texts by language, such as 'en: …', got {value!r}")
    unknown = [str(name) for name in value if name not in LANGUAGES]
    if unknown:
        raise FaqError(f"{place}: unknown language {', '.join(unknown)}; use en and zh")
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise FaqError(f"{place}: expected a text, got {value!r}; put it in quotes")
    if not value.strip():
        raise FaqError(f"{place}: the text is empty; write one or remove the line")
    return value.strip()


def _day(value: object, place: str) -> str:
    # YAML reads 2026-09-01 without quotes as a date.
    text = value.isoformat() if isinstance(value, date) else str(value)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise FaqError(f"{place}: expected a day such as 2026-09-01, got {text!r}") from error
