"""rasa-sdk in both directions.

``serve_actions`` offers every action of ours to an existing Rasa bot, as ``action_<name>``, over
rasa-sdk's own action server. ``load_actions`` takes a shop's own ``rasa_sdk.Action`` classes into
our turn. The protocol: rasa-sdk 3.21, ``POST /webhook``.
"""

import asyncio
import importlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from sanic import Sanic

from assistant.actions import ACTIONS, CustomAction, TurnContext
from assistant.engine import Assistant
from assistant.types import Action, Outcome, Reply, SearchGoal, Suggestion, Utterance, settled
from assistant.wire import reply_to_wire, slot_to_wire

_log = logging.getLogger(__name__)

PREFIX = "action_"

Event = dict[str, Any]


def make_executor(assistant: Assistant) -> ActionExecutor:
    """A rasa-sdk executor that knows every action of ours as ``action_<name>``."""
    executor = ActionExecutor()
    for name in ACTIONS:
        executor.register_function(PREFIX + name, _offered(assistant, name))
    return executor


def serve_actions(assistant: Assistant, host: str, port: int) -> None:
    """Run rasa-sdk's action server until stopped: ``/webhook``, ``/actions``, ``/health``."""
    app: Sanic[Any, Any] = create_app(make_executor(assistant), cors_origins=[])
    app.prepare(host=host, port=port, single_process=True, access_log=False)
    Sanic.serve_single(primary=app)


def load_actions(module: str) -> dict[str, CustomAction]:
    """The shop's own actions by name, from a module or package with ``rasa_sdk.Action`` classes.

    Raises:
        ValueError: the module cannot be imported, or has no actions.
    """
    if not module:
        return {}
    executor = ActionExecutor()
    try:
        # The executor would end the process if the module could not be imported.
        importlib.import_module(module)
        executor.register_package(module)
    except ImportError as error:
        raise ValueError(f"rasa.actions_module = {module!r} cannot be imported: {error}") from error
    # The executor also registers every other Action class of the process.
    own = {name: run for name, run in executor.actions.items() if _is_from(module, run)}
    if not own:
        raise ValueError(f"rasa.actions_module = {module!r} has no rasa_sdk Action classes")
    return {name: _taken_in(name, run) for name, run in own.items()}


def _is_from(module: str, run: Callable[..., Any]) -> bool:
    return f"{run.__module__}.".startswith(f"{module}.")


def _offered(assistant: Assistant, name: str) -> Callable[..., Any]:
    """One action of ours in the form rasa-sdk calls."""

    async def run(
        dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[Event]:
        message = tracker.latest_message
        utterance = Utterance(
            session_id=str(tracker.sender_id),
            text=str(message.get("text") or ""),
            user_id=str(tracker.user_id or ""),
            channel="rasa",
        )
        reply = await asyncio.to_thread(assistant.perform, utterance, name)
        if reply.text:
            dispatcher.utter_message(
                text=reply.text,
                image=_first_image(reply),
                buttons=[{"title": one.title, "payload": one.payload} for one in reply.suggestions],
                json_message=reply_to_wire(reply),
            )
        return _slot_events(reply, domain)

    return run


def _first_image(reply: Reply) -> str | None:
    return next((card.image for card in reply.products if card.image), None)


def _slot_events(reply: Reply, domain: Mapping[str, Any]) -> list[Event]:
    """What was understood and shown, as slots; only those that the bot's domain declares."""
    values: dict[str, object] = {slot.name: slot_to_wire(slot)["value"] for slot in reply.slots}
    values["shown_products"] = [card.id for card in reply.products]
    values["handoff_ticket"] = reply.handoff.ticket if reply.handoff else None
    declared = domain.get("slots") or {}
    return [
        {"event": "slot", "timestamp": None, "name": name, "value": value}
        for name, value in values.items()
        if name in declared
    ]


def _taken_in(name: str, run: Callable[..., Any]) -> CustomAction:
    """One of the shop's own actions in the form our turn calls."""

    def act(action: Action, turn: TurnContext) -> Outcome:
        dispatcher = CollectingDispatcher()
        events = asyncio.run(_call(run, dispatcher, make_tracker(turn)))
        return _outcome(name, turn, dispatcher.messages, events or [])

    return act


async def _call(
    run: Callable[..., Any], dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[Event] | None:
    found = run(dispatcher, tracker, {})
    result: list[Event] | None = await found if asyncio.iscoroutine(found) else found
    return result


def make_tracker(turn: TurnContext) -> Tracker:
    """The conversation as rasa-sdk's tracker: our slots of this turn, the shop's from before."""
    state, nlu = turn.state, turn.nlu
    ranking = [{"name": one.name, "confidence": one.score} for one in nlu.intents]
    slots: dict[str, Any] = dict(state.shop_slots)
    slots |= {slot.name: slot_to_wire(slot)["value"] for slot in nlu.slots}
    slots["shown_products"] = [one.product_id for one in state.shown]
    slots["focus_product"] = state.focus.product_id if state.focus else None
    slots["language"] = state.language
    return Tracker(
        sender_id=state.session_id,
        slots=slots,
        latest_message={
            "text": nlu.text,
            "intent": ranking[0] if ranking else {"name": None, "confidence": 0.0},
            "intent_ranking": ranking,
            "entities": [_entity(slot_to_wire(slot)) for slot in nlu.slots],
        },
        events=[],
        paused=False,
        followup_action=None,
        active_loop={},
        latest_action_name=state.previous_action or None,
        user_id=state.user_id or None,
    )


def _entity(slot: dict[str, Any]) -> Event:
    entity = {
        "entity": slot["name"],
        "value": slot["value"],
        "start": slot["start"],
        "end": slot["end"],
    }
    # A plain value has no role in Rasa, and look-ups without a role find only those.
    return entity if slot["role"] == "include" else entity | {"role": slot["role"]}


def _outcome(
    name: str, turn: TurnContext, messages: list[dict[str, Any]], events: list[Event]
) -> Outcome:
    """What the shop's action said and changed, as an outcome of ours."""
    state = turn.state
    for event in events:
        kind = event.get("event")
        if kind == "slot":
            changed = {**state.shop_slots, str(event["name"]): event["value"]}
            state = replace(state, shop_slots=changed)
        elif kind in ("reset_slots", "restart"):
            state = replace(state, shop_slots={}, goal=SearchGoal(), shown=(), focus=None)
        else:
            _log.warning("action %s returned the event %r, which has no effect here", name, kind)
    text = "\n\n".join(str(one["text"]) for one in messages if one.get("text"))
    buttons = tuple(
        Suggestion(str(button["title"]), str(button.get("payload", button["title"])))
        for one in messages
        for button in one.get("buttons") or ()
    )
    state = settled(state)
    return Outcome("", state, suggestions=buttons, text=text, action=name)
