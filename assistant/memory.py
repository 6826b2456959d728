"""What was shown and what is looked for: the memory that a conversation is made of."""

from dataclasses import dataclass
from decimal import Decimal

from catalog.types import SortKey, SortOrder
from intents.types import Slot


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number of a record; ``label`` is its folded name in both languages, with ``|`` between."""

    name: str
    value: Decimal
    unit: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ShownProduct:
    """A product as it was shown: the variant that matched, and the price that was told.

    ``traits`` are folded words it can be pointed at by, of everything its record says; ``names``
    are those of its title alone. ``numbers`` are what it can be ranked by, ``facts`` its brand,
    colour and material by name.
    """

    product_id: str
    variant_id: str
    amount: Decimal | None = None
    currency: str = ""
    traits: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[ShownNumber, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchGoal:
    """What the shopper is looking for: every wish still in force, and where the list stands.

    ``query`` are the words for search; ``offset`` is how many matches were already shown.
    ``asked`` are the attributes that were asked for; ``quiet`` says that no more shall be;
    ``failing`` are the slots of the wishes that the last answer found nothing for.
    """

    query: str = ""
    wishes: tuple[Slot, ...] = ()
    sort: SortOrder = SortKey.RELEVANCE
    offset: int = 0
    asked: tuple[str, ...] = ()
    quiet: bool = False
    failing: tuple[str, ...] = ()


NO_GOAL = SearchGoal()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was offered: the wish it is, the button's payload, and its folded names."""

    slot: Slot
    payload: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question about what is looked for: the attribute and slot it is about, and the answers.

    A single answer is that to a yes/no question.
    """

    attribute: str
    slot: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list that was on the screen, and the search it answered."""

    goal: SearchGoal
    products: tuple[ShownProduct, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What made a list: the action with its products and words, and the message with its slots."""

    action: str
    products: tuple[tuple[str, str], ...] = ()
    args: tuple[tuple[str, str], ...] = ()
    text: str = ""
    slots: tuple[Slot, ...] = ()
