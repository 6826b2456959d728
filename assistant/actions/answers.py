"""What the answers to a question mean: what their names mean where a shopper types them."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.actions.context import Services, TurnContext
from assistant.goal import goal_filter
from assistant.types import Answer, SearchGoal
from catalog.lexicon import load_lexicon
from catalog.matching import forms
from catalog.splits import Choices
from catalog.text import fold
from catalog.types import CATEGORY, TextConstraint

_SURE = 0.9
"""The score from which on a name was found as it is, and not by a likeness."""


def as_typed(answer: Answer, turn: TurnContext, services: Services) -> Answer:
    """The answer with all that its name says in the shop.

    Who takes "red" would take burgundy too. A kind has every shelf that is called by its name, as
    "Chargers" has the wireless ones; but it stays among what was asked about, where the pots for
    cooking are not those for flowers, and sneakers beside running shoes are only sneakers.
    """
    own = answer.slot.resolved
    if not isinstance(own, TextConstraint) or answer.slot.name == "feature":
        return answer
    match = services.vocabulary().named(answer.slot.name, str(answer.slot.value), turn.language)
    typed = match.constraint if match is not None and match.score >= _SURE else None
    if not isinstance(typed, TextConstraint) or typed.name != own.name:
        return answer
    if not set(own.values) <= set(typed.values):
        return answer
    values = typed.values
    if own.name == CATEGORY:
        values = tuple(_called(answer, typed, turn, services))
    meant = replace(typed, values=tuple(dict.fromkeys((*own.values, *values))))
    return replace(answer, slot=replace(answer.slot, resolved=meant))


def narrower(asked: Choices, goal: SearchGoal) -> Choices | None:
    """The choices without kinds wider than what is looked for: KVM cables are cables anyway.

    ``None`` where fewer than two are left.
    """
    if asked.name != CATEGORY:
        return asked
    wanted = [one for one in goal.wishes if one.name == "product_type" and one.role == "include"]
    lexicon = load_lexicon()
    above = {upper for one in wanted for upper in lexicon.above("product_type", str(one.value))}
    concepts = (lexicon.get("product_type", one) for one in above)
    wider = {fold(name) for one in concepts if one is not None for name in one.surfaces()}
    kept = tuple(
        one for one in asked.choices if wider.isdisjoint(fold(name) for name in one.label.all())
    )
    return replace(asked, choices=kept) if len(kept) > 1 else None


def _called(
    answer: Answer, typed: TextConstraint, turn: TurnContext, services: Services
) -> Iterator[str]:
    """The shelves whose names end in the answer's, of the kind that was asked about."""
    heads = [forms(name) for name in answer.names]
    kinds = tuple(one for one in turn.state.goal.wishes if one.name == "product_type")
    asked = goal_filter(replace(turn.state.goal, wishes=kinds), turn.state.currency)
    for value in typed.values:
        if not any(forms(value)[-len(head) :] == head for head in heads):
            continue
        shelf = replace(asked, attributes=(TextConstraint(CATEGORY, (value,)),))
        everywhere = replace(shelf, categories=())
        if not asked.categories or services.search.count(shelf) == services.search.count(
            everywhere
        ):
            yield value
