"""A conversation that was had, as a scripted one that checks that it goes the same way again.

The texts of the answers are not recorded: a shop may reword them. What was understood, done,
shown and put into the cart is.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.types import Reply, Turn
from catalog.money import from_minor

_Step = dict[str, Any]


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key, as in the files that people write."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def write_recording(path: Path, conversations: Sequence[Sequence[Turn]]) -> None:
    """Write conversations as a file for ``daogou test``; what it held before is replaced at once.

    Raises:
        OSError: the file cannot be written.
    """
    cases = [_case(turns) for turns in conversations if turns]
    text = yaml.dump(
        {"test_cases": cases}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100
    )
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, "utf-8")
    os.replace(new, path)


def _case(turns: Sequence[Turn]) -> dict[str, Any]:
    first = turns[0]
    name = f"{' '.join(first.utterance.text.split())[:60]} ({first.time:%Y-%m-%d})"
    user_id = next((one.utterance.user_id for one in turns if one.utterance.user_id), "")
    case: dict[str, Any] = {"test_case": name}
    if user_id:
        case["user_id"] = user_id
    steps = [step for turn in turns for step in _steps(turn)]
    return case | {"steps": steps}


def _steps(turn: Turn) -> Iterator[_Step]:
    reply = turn.reply
    yield {"user": turn.utterance.text}
    yield {"action_executed": reply.action}
    yield {"language": reply.language}
    if reply.intents:
        yield {"intent": reply.intents[0].name}
    slots = _slots(reply)
    if slots:
        yield {"slot_was_set": slots}
    if reply.products:
        yield {"products": {"min": len(reply.products), "includes": [p.id for p in reply.products]}}
    else:
        yield {"products": {"max": 0}}
    yield {"cart": _cart(reply)}
    yield {"handoff": reply.handoff.status if reply.handoff else "none"}


def _slots(reply: Reply) -> dict[str, Any]:
    """Each slot with the words it was found in, one that holds no words with any value."""
    excluded = {one.name: "exclude" for one in reply.slots if one.role == "exclude"}
    return excluded | {one.name: one.raw or None for one in reply.slots if one.role == "include"}


def _cart(reply: Reply) -> dict[str, Any]:
    cart = reply.cart
    if cart is None:
        return {"lines": 0}
    found: dict[str, Any] = {
        "lines": len(cart.items),
        "quantity": sum(one.quantity for one in cart.items),
        "includes": list(dict.fromkeys(one.product_id for one in cart.items)),
    }
    return found | {"total": f"{from_minor(cart.total, cart.currency):f}"}
