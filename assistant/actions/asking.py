"""The one question beside a list, with its answers as buttons drawn from the candidates."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.actions.answers import as_typed, narrower
from assistant.actions.context import Services, TurnContext
from assistant.narrowing import slot_of
from assistant.types import (
    Answer,
    AskedQuestion,
    Money,
    Note,
    Outcome,
    SearchGoal,
    SuggestedResponse,
    Suggestion,
)
from assistant.wording import write_money
from catalog.facets import PRICE
from catalog.results import SearchResult
from catalog.splits import Choice, Choices, Choose, Split
from catalog.text import fold
from catalog.types import (
    Attribute,
    FlagConstraint,
    Language,
    LocalText,
    NumberConstraint,
    TextConstraint,
)
from catalog.wording import write_label, write_value
from intents.payloads import write_bounds, write_payload
from intents.types import Measure, PriceRange, Slot

_MOST_BUTTONS = 6


def chooser(goal: SearchGoal, turn: TurnContext, services: Services) -> Choose | None:
    """What picks the question of this turn; nothing in a turn that asks for an order or more."""
    rules, nlu = services.questions, turn.nlu
    ordered = nlu.first("sort_key") is not None or nlu.first("comparative") is not None
    if ordered or not rules.may_ask(goal):
        return None

    def choose(divided: Sequence[Split]) -> str | None:
        enough = bool(divided) and divided[0].total >= rules.least_products
        return rules.choose(goal, divided) if enough else None

    return choose


def with_question(
    outcome: Outcome, found: SearchResult, turn: TurnContext, services: Services
) -> Outcome:
    """The outcome of a search with its question, where there is one to ask."""
    if found.choices is None:
        return outcome
    state = outcome.state
    goal = replace(state.goal, asked=(*state.goal.asked, found.choices.name))
    asked = narrower(found.choices, state.goal)
    if asked is None:  # counted as asked, so that the next turn asks for something else
        return replace(outcome, state=replace(state, goal=goal))
    question, buttons, titles = _question(asked, turn, services)
    facts: dict[str, object] = {"answers": titles, "attribute": _label(asked, turn.language)}
    flag = len(question.answers) == 1
    common = "ask_flag" if flag else "ask_attribute"
    note = Note(common, facts, special=f"ask_{asked.name}")
    kept = [one for one in outcome.suggestions if isinstance(one, SuggestedResponse)]
    kept = [one for one in kept if one.response == "show_more"]
    outcome = replace(
        outcome,
        state=replace(state, goal=goal, question=question),
        closing=(note,),
        suggestions=tuple([*buttons, *kept][:_MOST_BUTTONS]),
    )
    if services.questions.with_list:
        return outcome
    return replace(outcome, response="", products=(), state=replace(outcome.state, shown=()))


_Buttons = list["SuggestedResponse | Suggestion"]


def _question(
    asked: Choices, turn: TurnContext, services: Services
) -> tuple[AskedQuestion, _Buttons, tuple[str, ...]]:
    """The question to remember, its buttons, and the titles of its answers."""
    slot, language = slot_of(asked.name), turn.language
    flags = [one for one in asked.choices if isinstance(one.constraint, FlagConstraint)]
    if flags:
        wanted = FlagConstraint(asked.name, True)
        wish = Slot(slot, _label(asked, language), _label(asked, language), resolved=wanted)
        payload = write_payload("refine_search", **{slot: {"attribute": asked.name, "value": True}})
        buttons: _Buttons = [
            SuggestedResponse("answer_yes_please", payload),
            SuggestedResponse("answer_any", "/refine_search"),
        ]
        return AskedQuestion(asked.name, slot, (Answer(wish, payload),)), buttons, ()
    read = _read_price if asked.name == PRICE else _read_choice
    named = (read(slot, one, language) for one in asked.choices)
    answers = tuple(as_typed(one, turn, services) for one in named)
    titles = tuple(one.slot.raw for one in answers)
    buttons = [Suggestion(one.slot.raw, one.payload) for one in answers]
    return AskedQuestion(asked.name, slot, answers), buttons, titles


def _read_price(slot: str, choice: Choice, language: Language) -> Answer:
    band = choice.constraint
    assert isinstance(band, NumberConstraint)

    def write(amount: Decimal) -> str:
        return write_money(Money(amount, band.unit), language).removesuffix(".00")

    title = _bounds(band, write, language)
    price = PriceRange(band.minimum, band.maximum, band.unit)
    given = write_bounds(band.minimum, band.maximum) | {"currency": band.unit}
    payload = write_payload("refine_search", price=given)
    return Answer(Slot("price", price, title), payload, (fold(title),))


def _read_choice(slot: str, choice: Choice, language: Language) -> Answer:
    constraint = choice.constraint
    if isinstance(constraint, NumberConstraint):
        return _read_number(choice, constraint, language)
    assert isinstance(constraint, TextConstraint)
    value = choice.label.get("en")
    given: object = value
    if slot == "feature":
        given = {"attribute": constraint.name, "value": constraint.values[0]}
    wish = Slot(slot, value, choice.label.get(language), resolved=constraint)
    payload = write_payload("refine_search", **{slot: given})
    return Answer(wish, payload, tuple(fold(name) for name in choice.label.all()))


def _read_number(choice: Choice, band: NumberConstraint, language: Language) -> Answer:
    def write(number: Decimal) -> str:
        return write_value(Attribute(band.name, number, band.unit), language)

    title = _bounds(band, write, language)
    measure = Measure(band.name, band.minimum, band.maximum, band.unit)
    given = write_bounds(band.minimum, band.maximum)
    given |= {"attribute": band.name, "unit": band.unit}
    payload = write_payload("refine_search", measure=given)
    names = {fold(title), *map(fold, choice.label.all())}
    return Answer(Slot("measure", measure, title, resolved=band), payload, tuple(sorted(names)))


_UNDER: dict[Language, tuple[str, str, str]] = {
    "en": ("under {}", "{} to {}", "over {}"),
    "zh": ("{}以下", "{}到{}", "{}以上"),
}


def _bounds(band: NumberConstraint, write: Callable[[Decimal], str], language: Language) -> str:
    """A band of numbers in words: "under $40", 40到80元."""
    low, high = band.minimum, band.maximum
    under, between, over = _UNDER[language]
    if low is not None and high is not None:
        return write(low) if low == high else between.format(write(low), write(high))
    if high is not None:
        return under.format(write(high))
    return over.format(write(low)) if low is not None else ""


def _label(asked: Choices, language: Language) -> str:
    return write_label(Attribute(asked.name, LocalText(), label=asked.label), language)
