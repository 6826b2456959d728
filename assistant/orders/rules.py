"""What a shop allows to be done with orders, read from its file. The form is in rules.toml."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.purchases import Actor
from catalog.types import Language

DEFAULTS = Path(__file__).with_name("rules.toml")
FILE_NAME = "orders.toml"

Way = Literal["email", "name_and_postal_code", "token"]
RefundWay = Literal["original", "original_or_gift_card", "any"]


class RulesError(ValueError):
    """The file of rules is wrong; the message names the key and its value."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Reason(_Part):
    """A reason that counts, and the patterns that customers say it with."""

    id: str
    label: Mapping[Language, str]
    words: tuple[str, ...] = ()


class ActRules(_Part):
    """When one act is possible, and how money moves."""

    who: tuple[Actor, ...] = ("customer", "agent")
    statuses: tuple[str, ...] = ()
    within_days: int = Field(0, ge=0)
    refund: RefundWay = "any"
    once: bool = False
    same_variant: bool = False
    reasons: tuple[Reason, ...] = ()


class IdentifyRules(_Part):
    """How customers say who they are."""

    ways: tuple[Way, ...] = Field(min_length=1)


class RefundRules(_Part):
    """When money is back: the fewest and the most working days by kind of payment."""

    days: Mapping[str, tuple[int, int]]

    @field_validator("days")
    @classmethod
    def _has_other(cls, days: Mapping[str, tuple[int, int]]) -> Mapping[str, tuple[int, int]]:
        if "other" not in days:
            raise ValueError("expected a key 'other' for kinds of payment that are not named")
        return days


class OrderRules(_Part):
    """Every rule; :func:`load_rules` is the way to get them."""

    identify: IdentifyRules
    refunds: RefundRules
    cancel_order: ActRules
    change_order_address: ActRules
    change_payment: ActRules
    change_items: ActRules
    return_items: ActRules
    exchange_items: ActRules
    change_default_address: ActRules

    @property
    def acts(self) -> Mapping[str, ActRules]:
        """The rules of each act by its name."""
        named = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: value for name, value in named.items() if isinstance(value, ActRules)}

    def refund_days(self, kind: str) -> tuple[int, int]:
        """The fewest and the most working days until money is back."""
        return self.refunds.days.get(kind, self.refunds.days["other"])


def load_rules(folder: Path | None = None) -> OrderRules:
    """The shipped rules with those of ``orders.toml`` in the shop's folder over them.

    Raises:
        RulesError: the file is not TOML, or a key is unknown or has a wrong value.
    """
    content = tomllib.loads(DEFAULTS.read_text("utf-8"))
    own = folder / FILE_NAME if folder else None
    if own is not None and own.exists():
        try:
            content = _over(content, tomllib.loads(own.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise RulesError(f"{own} is not TOML: {error}") from error
    try:
        return OrderRules.model_validate(content)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc']))} = {one['input']!r}: {one['msg']}"
            for one in error.errors()
        )
        raise RulesError(f"a rule in {own or DEFAULTS} is wrong: {wrong}") from error


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of ``base`` with the keys of ``own`` over theirs."""
    merged = dict(base)
    for key, value in own.items():
        old = merged.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            merged[key] = _over(old, value)
        else:
            merged[key] = value
    return merged
