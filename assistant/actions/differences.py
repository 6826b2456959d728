"""How products found by a comparison differ from what they were compared with, from records."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.actions.context import Services, TurnContext, pick_variant, shown_product
from assistant.relative import Comparison, comparisons, order_of, unsettled, wish_of
from assistant.superlatives import number_of
from assistant.types import Money, Note, Outcome, SearchGoal, ShownProduct
from assistant.wording import write_money
from catalog.text import has_chinese
from catalog.types import Attribute, Language, Product, Reason, ScoredProduct
from catalog.wording import write_name, write_value
from intents.types import Slot

_WORDS = {
    ("price", False): "cheaper", ("price", True): "dearer", ("weight", False): "lighter",
    ("weight", True): "heavier", ("rating", True): "rated_higher",
}  # fmt: skip
_OF_PRICE = frozenset({"under_price", "below"})


def with_differences(outcome: Outcome, turn: TurnContext, services: Services) -> Outcome:
    """The outcome with what each product has more or less of than the one it is set against."""
    made = [one for one in comparisons(turn.state, turn.nlu) if len(one.against) == 1]
    if not made or not outcome.products:
        return outcome
    pairs = zip(outcome.products, outcome.state.shown, strict=True)
    products = tuple(_with_reasons(one, shown, made, turn.language) for one, shown in pairs)
    other = services.store.get_many([made[0].against[0].product_id])
    first = _difference(made[0], outcome.state.shown[0], turn.language)
    notes = outcome.notes
    if first and other:
        title = next(iter(other.values())).title
        facts: dict[str, object] = {"difference": first, "other": title}
        facts["label"] = _name(made[0], turn.language)
        notes = (*notes, Note(f"than_{_word(made[0])}", facts))
    return replace(outcome, products=products, notes=notes)


def not_compared(turn: TurnContext, services: Services) -> tuple[Note, ...]:
    """A note where the record of what is compared with lacks the number that was asked about."""
    one = unsettled(turn.state, turn.nlu)
    found = services.store.get_many([one.against[0].product_id]) if one is not None else {}
    if one is None or not found:
        return ()
    facts = {"label": _name(one, turn.language), "other": next(iter(found.values())).title}
    return (Note("cannot_compare", facts),)


def set_against(
    about: Product, turn: TurnContext, services: Services
) -> tuple[tuple[Slot, ...], tuple[Note, ...]]:
    """What a message compares with one product: as wishes, and what its record cannot tell.

    A lower price is no wish here; who asks for what is like a product has it bounded already.
    """
    scored = ScoredProduct(about, pick_variant(about), 1.0)
    focus = shown_product(scored, turn.state.currency)
    turn = replace(turn, state=replace(turn.state, focus=focus, referred=()))
    made = comparisons(turn.state, turn.nlu)
    wishes = tuple(wish_of(one) for one in made if one.slot.value != "cheaper")
    unheard = [slot for slot in turn.nlu.all("comparative") if order_of(slot) is None]
    notes = tuple(Note("cannot_filter", {"what": slot.raw}) for slot in unheard)
    return wishes, (*not_compared(turn, services), *notes)


def _with_reasons(
    one: ScoredProduct, shown: ShownProduct, made: Sequence[Comparison], language: Language
) -> ScoredProduct:
    told = []
    for comparison in made:
        difference = _difference(comparison, shown, language)
        if difference:
            facts = {"difference": difference, "label": _name(comparison, language)}
            told.append(Reason(f"{_word(comparison)}_by", facts))
    # The bound is the other product's, not a budget.
    kept = [r for r in one.reasons if r.name not in _OF_PRICE and not _is_bound(r, made)]
    return replace(one, reasons=(*told, *kept))


def _is_bound(reason: Reason, made: Sequence[Comparison]) -> bool:
    return reason.facts.get("attribute") in {one.name for one in made}


def _word(comparison: Comparison) -> str:
    usual = "more" if comparison.descending else "less"
    return _WORDS.get((comparison.name, comparison.descending), usual)


def _name(comparison: Comparison, language: Language) -> str:
    number = number_of(comparison.against[0], comparison.name)
    names = number.label.split("|") if number is not None and number.label else []
    chinese = next((name for name in names if has_chinese(name)), "")
    return chinese if language == "zh" and chinese else write_name(comparison.name, language)


def _difference(comparison: Comparison, shown: ShownProduct, language: Language) -> str:
    """How far apart the two are, as a record writes such numbers; "" where one has none."""
    other = comparison.against[0]
    if comparison.name == "price":
        if shown.amount is None or other.amount is None or shown.currency != other.currency:
            return ""
        return write_money(Money(abs(shown.amount - other.amount), shown.currency), language)
    new, old = number_of(shown, comparison.name), number_of(other, comparison.name)
    if new is None or old is None or new.unit != old.unit:
        return ""
    return write_value(Attribute(new.name, abs(new.value - old.value), new.unit), language)


def eased(goal: SearchGoal, turn: TurnContext) -> SearchGoal:
    """The goal without the comparisons that nothing fulfils."""
    raws = {slot.raw for slot in turn.nlu.all("comparative")}
    kept = tuple(wish for wish in goal.wishes if wish.raw not in raws)
    return replace(goal, wishes=kept, offset=0)


def best_known(turn: TurnContext) -> dict[str, object]:
    """What nothing is beyond, as facts: the number and what it is of."""
    made = comparisons(turn.state, turn.nlu)
    if not made:
        return {}
    one = made[0]
    numbers = [n for p in one.against if (n := number_of(p, one.name)) is not None]
    facts: dict[str, object] = {"label": _name(one, turn.language)}
    if one.name == "price" and one.bound is not None:
        return facts | {"value": Money(one.bound, one.against[0].currency)}
    if not numbers:
        return facts | {"value": one.bound}
    pick = max if one.descending else min
    best = pick(numbers, key=lambda number: number.value)
    return facts | {
        "value": write_value(Attribute(best.name, best.value, best.unit), turn.language)
    }
