"""The words of simulated shoppers, apart from everything that understanding was trained on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import yaml

from assistant.simulation.wishes import Wish
from assistant.types import Money
from assistant.wording import write_money
from catalog.types import Attribute, Language
from catalog.wording import write_value

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language: ``acts`` are whole messages, ``wishes`` parts of them."""

    language: Language
    acts: Mapping[str, Sequence[str]]
    wishes: Mapping[str, Sequence[str]]

    def say(self, act: str, rng: Random, **parts: str) -> str:
        """A message that does the act."""
        return rng.choice(self.acts[act]).format(**parts)

    def wish(self, wish: Wish, rng: Random) -> str:
        """A wish as a part of a message."""
        return rng.choice(self.forms(wish))

    def forms(self, wish: Wish) -> list[str]:
        """Every way to put a wish as a part of a message."""
        facts = {
            "value": self.value(wish),
            "label": self.label(wish),
            "bound": self._amount(wish, wish.maximum if wish.minimum is None else wish.minimum),
            "low": self._amount(wish, wish.minimum),
            "high": self._amount(wish, wish.maximum),
        }
        return [form.format(**facts) for form in self.wishes[self._form(wish)]]

    def wishes_of(self, wishes: Sequence[Wish], rng: Random) -> str:
        """Several wishes as one part of a message."""
        comma = "，" if self.language == "zh" else ", "
        return comma.join(self.wish(one, rng) for one in wishes)

    def value(self, wish: Wish) -> str:
        """The value alone; English is written in small letters where it is no name."""
        value = wish.value.get(self.language)
        is_name = wish.name == "brand" or any(c.isupper() for c in value[1:])
        return value if self.language == "zh" or is_name else value.lower()

    def label(self, wish: Wish) -> str:
        """What the attribute is called."""
        label = wish.label.get(self.language)
        return label if any(c.isupper() for c in label[1:]) else label.lower()

    def _amount(self, wish: Wish, number: Decimal | None) -> str:
        """A bound of a wish about a number or a price, with its unit."""
        if number is None:
            return ""
        if wish.kind == "price":
            return self._money(Money(number, wish.unit))
        return write_value(Attribute(wish.name, number, wish.unit), self.language)

    def _money(self, money: Money) -> str:
        if self.language == "zh" and money.currency in ("CNY", "USD"):
            return f"{money.amount:f}{'块' if money.currency == 'CNY' else '美元'}"
        return write_money(money, self.language).removesuffix(".00")

    def _form(self, wish: Wish) -> str:
        """The forms for a wish: those of its name, else those of its kind."""
        if wish.exclude:
            return f"not_{wish.name}" if f"not_{wish.name}" in self.wishes else "not_text"
        if wish.kind in ("price", "number"):
            return self._bounded_form(wish)
        return wish.name if wish.name in self.wishes and wish.kind != "flag" else wish.kind

    def _bounded_form(self, wish: Wish) -> str:
        """The forms for a wish that is bounded above, below, or on both sides."""
        if wish.minimum is not None and wish.maximum is not None:
            return f"{wish.kind}_range"
        if wish.kind == "price":
            return "price" if wish.minimum is None else "price_from"
        return "number" if wish.maximum is None else "number_most"


@cache
def load_phrases(language: Language) -> Phrases:
    """The phrases that ship with the project."""
    content = yaml.safe_load((FOLDER / f"{language}.yml").read_text("utf-8"))
    return Phrases(language, content, content.pop("wish"))
