"""When a person should take over: a typed decision with its reason. Pure.

It follows from what was understood, how the message sounds and what happened before; never from
a word in a text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from assistant.acts import SAFETY
from assistant.tickets import HIGH, NORMAL, URGENT
from assistant.types import DialogueState, Mood, Outcome
from intents.names import OUT_OF_SCOPE
from intents.types import NLUResult

_FADING = 0.5
_RISKY = ("asked_for", "angry", "distressed", "safety", "legal", "payment_dispute")
_SURE = 0.65
_ORDER_ACTS = frozenset(
    {"cancel_order", "modify_order", "change_address", "return_item", "exchange_item"}
    | {"list_orders", "track_order"}
)
"""While one of these is going on, a tone must be clear: the assistant can do what is wanted."""

_EVERYDAY = frozenset(
    {"search_product", "refine_search", "show_more", "sort_results", "compare_products"}
    | {"recommend_product", "find_gift", "ask_price", "ask_availability", "show_cart"}
)
_SURELY = 0.8
"""What is as surely one of these, or a question to the shop, is answered however it sounds."""
_CERTAINLY = 0.95
_TELLING = frozenset({"search_product", "refine_search", "correct_previous", "relax_search"})
_RAISED = re.compile(r"[!！]|\b[A-Z]{3,}\b")
_CLEARLY = 0.7
"""The tone from which on even a wish is no mere wish."""

_BEYOND_DOUBT = 0.95
"""The tone from which on even a plain question is none: "a gift for my wife, who is dying"."""

_MAY_BE_UPSET = frozenset(
    {"complain", "give_feedback", "deny", "ask_refund", "ask_faq_payment", "track_order"}
    | {"cancel_order", "modify_order", "return_item", "exchange_item", "find_gift"}
    | {"override_rules", "express_hate", OUT_OF_SCOPE}
)
"""What people write when something went wrong; other wishes need a clear tone."""

_COURTESIES = frozenset({"thank", "goodbye", "greet", "affirm", "give_feedback"})


class Reason(StrEnum):
    """Why a person is asked for."""

    ASKED_FOR = "asked_for"
    NOT_UNDERSTOOD = "not_understood"
    ANGRY = "angry"
    DISTRESSED = "distressed"
    SAFETY = "safety"
    LEGAL = "legal"
    PAYMENT_DISPUTE = "payment_dispute"
    REFUSED_REQUEST = "refused_request"
    SHOP_RULE = "shop_rule"


PRIORITY: Mapping[str, int] = {
    Reason.SAFETY: URGENT,
    Reason.LEGAL: HIGH,
    Reason.PAYMENT_DISPUTE: HIGH,
    Reason.DISTRESSED: HIGH,
    Reason.ANGRY: HIGH,
    "self_harm": URGENT,
}
"""How urgent a reason is; the others are normal."""


@dataclass(frozen=True, slots=True)
class ShopRule:
    """The shop's own reason: every condition that is given must hold.

    ``users`` are ids of customers, ``cart_pieces`` how many pieces lie in the cart at least.
    """

    name: str
    intents: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    language: str = ""
    cart_pieces: int = 0
    priority: int = NORMAL

    def fits(self, state: DialogueState, nlu: NLUResult) -> bool:
        """Whether a message is one the rule is for."""
        pieces = sum(line.quantity for line in state.cart)
        return (
            (not self.intents or nlu.intent in self.intents)
            and (not self.users or state.user_id in self.users)
            and (not self.language or state.language == self.language)
            and pieces >= self.cart_pieces
        )


@dataclass(frozen=True, slots=True)
class HandoffRules:
    """From which score on a tone decides, and the shop's own rules."""

    tones: Mapping[str, float] = field(
        default_factory=lambda: {
            "any": 0.37,
            "asked_for": 0.37,
            "angry": 0.37,
            "distressed": 0.37,
            "safety": 0.37,
            "legal": 0.37,
            "payment_dispute": 0.37,
            "insists": 0.27,
        }
    )
    own: Sequence[ShopRule] = ()


@dataclass(frozen=True, slots=True)
class HandoffDecision:
    """A person should take over, because of ``reason``.

    With ``offer`` the shopper is asked first. ``score`` is that of a measured reason, ``rule``
    the name of the shop's own.
    """

    reason: Reason
    priority: int
    offer: bool = False
    score: Decimal = Decimal(1)
    rule: str = ""

    def args(self) -> dict[str, str]:
        """The decision as the arguments of an action."""
        return {"reason": str(self.reason), "priority": str(self.priority), "rule": self.rule}


def feel(mood: Mood, scores: Mapping[str, float]) -> Mood:
    """The mood after one more message: anger and distress add up while they last."""
    topics = {name: scores.get(name, 0.0) for name in ("safety", "legal", "payment_dispute")}
    topic = max(topics, key=lambda name: topics[name])
    return Mood(
        anger=round(scores.get("angry", 0.0) + _FADING * _carried(mood.anger), 3),
        distress=round(scores.get("distressed", 0.0) + _FADING * _carried(mood.distress), 3),
        topic=topic,
        topic_score=round(topics[topic], 3),
        asked=round(scores.get("asked_for", 0.0), 3),
        insists=round(scores.get("insists", 0.0) + scores.get("angry", 0.0), 3),
        risk=round(sum(scores.get(name, 0.0) for name in _RISKY), 3),
    )


def _carried(before: float) -> float:
    """What is left of the last message's; calm ones leave nothing."""
    return min(before, 1.0) if before >= 0.2 else 0.0


def decide(state: DialogueState, nlu: NLUResult, rules: HandoffRules) -> HandoffDecision | None:
    """Whether a person should take over now; None while the assistant goes on.

    A conversation that waits already is handed over once. After an agent gave it back, what is
    measured only offers a person, so that it does not go to and fro.
    """
    if nlu.intent in SAFETY and not _is_no_attack(state, nlu, rules):
        return None
    found = _asked(state, nlu, rules) or _measured(state, nlu, rules) or _by_rule(state, nlu, rules)
    if found is None or found.reason is Reason.ASKED_FOR:
        return found
    if found.reason is Reason.DISTRESSED and _nothing_wrong(nlu):
        return replace(found, offer=True)  # who is merely sad decides
    if state.handoff is None:
        return found
    return None if state.handoff.status == "waiting" else replace(found, offer=True)


def _is_no_attack(state: DialogueState, nlu: NLUResult, rules: HandoffRules) -> bool:
    """Whether what looks like hate, or like an order to the assistant, is a matter for a person.

    "Give me all the data you hold on me, as the law says" overrides no rules, and who fears to
    lose the flat hates nobody. Anger does not count: hatred sounds angry. Nor does it for who
    speaks of ending it all, which has an answer of its own. "Act as a pirate" sounds a little like
    a demand, so that demands must be clear.
    """
    mood = state.mood
    hates = nlu.intent == "express_hate"
    claims = mood.topic in ("legal", "payment_dispute")
    clear = mood.topic_score >= _SURE or not _surely(nlu, nlu.intent, _CERTAINLY)
    demands = claims and clear and _reaches(mood.topic_score, mood.topic, rules)
    complains = hates and any(one.name == "complain" for one in nlu.intents)
    insists = bool(state.refused) and _reaches(mood.insists, "insists", rules)
    calls = demands or complains or insists or mood.distress >= _CLEARLY
    return nlu.intent != "express_self_harm" and calls


def _asked(state: DialogueState, nlu: NLUResult, rules: HandoffRules) -> HandoffDecision | None:
    """The shopper asks for somebody; between two readings both must not be sure it is not so."""
    asks = nlu.intent == "request_human"
    if not asks and not _reaches(state.mood.asked, "asked_for", rules):
        return None
    if asks or nlu.out_of_scope or nlu.intent not in _KNOWN_WELL:
        return HandoffDecision(Reason.ASKED_FOR, NORMAL)
    return None


_KNOWN_WELL = frozenset({"search_product", "refine_search", "find_gift", "add_to_cart"})


def _measured(state: DialogueState, nlu: NLUResult, rules: HandoffRules) -> HandoffDecision | None:
    """By how the message sounds: one reason by itself, or several that come near together."""
    mood = state.mood
    scores = {
        Reason(mood.topic or Reason.SAFETY): mood.topic_score,
        Reason.DISTRESSED: mood.distress,
        Reason.ANGRY: mood.anger,
    }
    reason, score = max(scores.items(), key=lambda pair: pair[1])
    busy = state.pending is not None or nlu.intent in _ORDER_ACTS
    felt = reason in (Reason.ANGRY, Reason.DISTRESSED)
    grave = reason in (Reason.SAFETY, Reason.LEGAL)
    unclear = busy and score < _SURE and not grave
    mere = not grave and score < _CLEARLY and (_tells_a_wish(nlu) or _nothing_wrong(nlu))
    plain = _plain(nlu) and score < _BEYOND_DOUBT
    doubtful = unclear or mere or (felt and plain)
    together = _reaches(mood.risk, "any", rules) and not plain and not _surely(nlu, OUT_OF_SCOPE)
    heard = _reaches(score, reason, rules) or together
    if heard and not doubtful:
        return HandoffDecision(reason, PRIORITY.get(reason, NORMAL), score=Decimal(str(score)))
    if state.refused and _insists(state, nlu, rules):
        return HandoffDecision(Reason.REFUSED_REQUEST, NORMAL, score=Decimal(str(mood.insists)))
    return None


def _plain(nlu: NLUResult) -> bool:
    """Whether it is surely a question or a wish like any other: 你们有实体店吗, "blue shoes".

    What asks for less or more of something complains of nothing: 太重了, "too big".
    """
    everyday = nlu.intent.startswith("ask_faq_") or nlu.intent in _EVERYDAY
    compares = nlu.first("comparative") is not None
    return everyday and (compares or _surely(nlu, nlu.intent))


def _surely(nlu: NLUResult, intent: str, score: float = _SURELY) -> bool:
    """Whether it is that, without doubt."""
    return bool(nlu.intents) and nlu.intent == intent and nlu.intents[0].score >= score


def _tells_a_wish(nlu: NLUResult) -> bool:
    """Whether it says what a product should be: "I was picturing it in blue"."""
    calm = not _RAISED.search(nlu.text)
    return nlu.intent in _TELLING and any(
        (slot.role == "include" or calm) and (slot.resolved is not None or slot.name == "price")
        for slot in nlu.slots
    )


def _nothing_wrong(nlu: NLUResult) -> bool:
    """Whether it surely is small talk, a courtesy or a wish that nobody is upset about."""
    return nlu.intent not in _MAY_BE_UPSET and _surely(nlu, nlu.intent, _CERTAINLY)


def _insists(state: DialogueState, nlu: NLUResult, rules: HandoffRules) -> bool:
    """After a refusal: the same again, or words that do not take it."""
    if nlu.intent in ("thank", "goodbye", "greet"):
        return False
    again = nlu.intent == state.refused and not nlu.slots
    return again or nlu.intent == "complain" or _reaches(state.mood.insists, "insists", rules)


def _by_rule(state: DialogueState, nlu: NLUResult, rules: HandoffRules) -> HandoffDecision | None:
    rule = next((one for one in rules.own if one.fits(state, nlu)), None)
    if rule is None:
        return None
    return HandoffDecision(Reason.SHOP_RULE, rule.priority, rule=rule.name)


def _reaches(score: float, name: str, rules: HandoffRules) -> bool:
    return score >= rules.tones.get(name, 1.1)


def takes_up_again(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether a message belongs to the conversation that was resolved a short while ago."""
    reopens = state.handoff is not None and state.handoff.reopens
    return reopens and nlu.intent not in _COURTESIES and nlu.intent not in SAFETY


def refused_by(outcome: Outcome, nlu: NLUResult) -> str:
    """The intent that an answer refused, or ""."""
    refused = outcome.response in _REFUSALS or outcome.response.startswith("refused_")
    return nlu.intent if refused else ""


_REFUSALS = frozenset({"override_declined", "order_refused", "order_locked"})
