"""How a scripted customer says things: many wordings, goods by their names and options, no ids."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

_HERE = Path(__file__).parent
_PLAIN = frozenset({"color", "material", "type", "brand", "style"})


@cache
def wordings(language: str) -> Mapping[str, Sequence[str]]:
    """Every wording by what it says."""
    loaded: Mapping[str, Sequence[str]] = yaml.safe_load(
        (_HERE / f"wordings_{language}.yml").read_text("utf-8")
    )
    return loaded


@cache
def chinese() -> Mapping[str, Mapping[str, Any]]:
    """What Chinese customers call goods, options and values."""
    loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
        (_HERE / "words_zh.yml").read_text("utf-8")
    )
    return loaded


class Speaker:
    """One customer's way of speaking, the same for the same seed."""

    def __init__(self, language: str, rng: Random) -> None:
        self.language = language
        self.rng = rng
        # Many Chinese customers name goods as the shop's list shows them.
        self.as_listed = language == "zh" and rng.random() < 0.4

    def say(self, name: str, /, **facts: str) -> str:
        """One of the wordings for it."""
        return self.rng.choice(wordings(self.language)[name]).format_map(_Facts(facts))

    def title(self, name: str) -> str:
        """What the customer calls a kind of goods."""
        if self.language == "en":
            return name.lower() if self.rng.random() < 0.7 else name
        return name if self.as_listed else str(self.rng.choice(chinese()["titles"][name]))

    def option(self, name: str, value: str) -> str:
        """A value of an option in the customer's words."""
        return (
            self._chinese_option(name, value)
            if self.language == "zh"
            else self._english(name, value)
        )

    def _english(self, name: str, value: str) -> str:
        if value in ("yes", "no"):
            plain = {"waterproof": "waterproof", "water resistance": "water resistance"}[name]
            with_ = "waterproof" if name == "waterproof" else f"with {plain}"
            without = "not waterproof" if name == "waterproof" else f"without {plain}"
            return with_ if value == "yes" else without
        if value == "none":
            return f"no {name}" if name != "features" else "no extra features"
        if value.isdigit():
            return f"size {value}" if name == "size" else f"{value} pieces"
        vague = value in ("high", "low", "medium", "small", "large", "full", "half", "fixed")
        clear = name in _PLAIN or "/" in name or (name == "size" and not vague)
        if clear or (self.rng.random() < 0.4 and not vague and "color" not in name):
            return value
        return f"{value} {name}" if self.rng.random() < 0.7 else f"{name} {value}"

    def _chinese_option(self, name: str, value: str) -> str:
        words = chinese()
        option = words["options"].get(name, "")
        if value in ("yes", "no"):
            return option if value == "yes" else f"不{option}"
        if value in ("none", "not resistant"):
            if name == "water resistance":
                return "不防水"
            return {"features": "没有附加功能", "connectivity": "没有连接功能"}.get(
                name, f"无{option}"
            )
        if value.isdigit():
            return f"{value}码" if name == "size" else f"{value}片"
        said = str(words["values"].get(value, value))
        vague = value in (
            "high",
            "low",
            "medium",
            "small",
            "large",
            "white",
            "black",
            "brown",
            "blue",
        )
        named = option and (vague or name in ("frame color", "lens color")) and name not in _PLAIN
        if named and not (name == "size" and said.endswith("号")):
            return f"{option}{said}"
        return said

    def options(self, values: Mapping[str, str]) -> str:
        """Values one after the other."""
        said = [self.option(name, value) for name, value in values.items()]
        return ("、" if self.language == "zh" else ", ").join(said)

    def item(self, item: Mapping[str, Any], beside: Sequence[Mapping[str, Any]]) -> str:
        """An item, with as many of its options as tell it from the others of the order."""
        alike = [one for one in beside if one["name"] == item["name"] and one is not item]
        options: dict[str, str] = dict(item["options"])
        if not alike and self.rng.random() < 0.5:
            return self.say("item_bare", name=self.title(item["name"]))
        if not alike:
            kept = self.rng.sample(sorted(options), k=self.rng.randint(1, len(options)))
            options = {name: value for name, value in options.items() if name in kept}
        said = self.options(options)
        return self.say("item", name=self.title(item["name"]), options=said)

    def method(self, id_: str, methods: Mapping[str, Mapping[str, Any]]) -> str:
        """A way to pay as its owner speaks of it."""
        one = methods[id_]
        kind = one["source"]
        if kind != "credit_card":
            return self.say(f"method_{kind}")
        cards = [other for other in methods.values() if other["source"] == "credit_card"]
        facts = {"four": one["last_four"], "brand": one["brand"]}
        ending = (
            f"尾号{one['last_four']}"
            if self.language == "zh"
            else f"ending with {one['last_four']}"
        )
        only = "_only" if len(cards) == 1 and self.rng.random() < 0.6 else ""
        return self.say(f"method_credit_card{only}", **facts, four_long=ending)

    def address(self, given: Mapping[str, str]) -> str:
        """An address in one line, as people write it."""
        street = given["address1"] + (f", {given['address2']}" if given["address2"] else "")
        forms = (
            f"{street}, {given['city']}, {given['state']} {given['zip']}",
            f"{street}, {given['city']}, {given['state']}, {given['zip']}, {given['country']}",
            f"{street}, {given['city']} {given['state']} {given['zip']} {given['country']}",
            f"{given['address1']} {given['address2']}, {given['city']}, "
            f"{given['state']} {given['zip']}",
        )
        return self.rng.choice(forms)

    def join(self, parts: Sequence[str], name: str = "join") -> str:
        """Several things as a list."""
        joint = self.rng.choice(wordings(self.language)[name])
        if len(parts) < 3 or name != "join":
            return joint.join(parts)
        comma = "、" if self.language == "zh" else ", "
        return joint.join((comma.join(parts[:-1]), parts[-1]))


class _Facts(dict[str, str]):
    """Facts for a wording; one that is missing is a mistake in the wordings."""

    def __missing__(self, key: str) -> str:
        raise ValueError(f"a wording needs {{{key}}}")
