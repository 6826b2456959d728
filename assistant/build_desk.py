"""The part of the wiring that is about handing over: office hours and what brings a person in."""

from assistant.handoff import HandoffRules, ShopRule
from assistant.hours import OfficeHours
from assistant.settings import Settings
from assistant.tickets import PRIORITIES


def office_hours(settings: Settings) -> OfficeHours:
    """When somebody is at the desk.

    Raises:
        ValueError: a time, a date or the zone is not one.
    """
    desk = settings.desk
    hours = {str(day): spans for day, spans in desk.hours.items()}
    return OfficeHours.read(hours, desk.closed_on, desk.time_zone)


def handoff_rules(settings: Settings) -> HandoffRules:
    """What brings a person in."""
    own = [
        ShopRule(
            one.name,
            frozenset(one.intents),
            frozenset(one.users),
            one.language,
            one.cart_pieces,
            PRIORITIES.index(one.priority),
        )
        for one in settings.desk.rules
    ]
    return HandoffRules(dict(settings.desk.tones), own)
