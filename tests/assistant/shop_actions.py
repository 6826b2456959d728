"""A shop's own rasa-sdk actions, as its developer would write them."""

from rasa_sdk import Action
from rasa_sdk.events import AllSlotsReset, ReminderCancelled, SlotSet


class ActionLoyaltyPoints(Action):
    def name(self):
        return "action_loyalty_points"

    async def run(self, dispatcher, tracker, domain):
        asked = (tracker.get_slot("asked_for_points") or 0) + 1
        entity = next(tracker.get_latest_entity_values("color"), "no colour")
        intent = tracker.latest_message["intent"]["name"]
        dispatcher.utter_message(
            text=f"{tracker.sender_id} asked {asked} times by {intent}, {entity}",
            buttons=[{"title": "Again", "payload": "/chitchat"}],
        )
        return [SlotSet("asked_for_points", asked)]


class ActionForget(Action):
    def name(self):
        return "action_forget"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="forgotten")
        return [AllSlotsReset(), ReminderCancelled()]


class ActionBroken(Action):
    def name(self):
        return "action_broken"

    def run(self, dispatcher, tracker, domain):
        raise RuntimeError("the loyalty system is down")
