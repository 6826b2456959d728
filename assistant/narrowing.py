"""Which question narrows a search best, and what a message says that answers it. Pure.

A question is about what the candidates differ in: of all facts the one whose answer is expected
to tell most (:attr:`catalog.splits.Split.gain`), weighted by how willingly shoppers answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pypinyin import lazy_pinyin
from rapidfuzz.distance import OSA

from assistant.types import AskedQuestion, DialogueState, SearchGoal
from catalog.splits import Split
from catalog.text import fold, has_chinese
from catalog.types import BRAND, CATEGORY
from intents.ellipsis import SEARCHING
from intents.types import Intent, NLUResult, Slot

_SLOTS = {CATEGORY: "product_type", "rating": "rating", "price": "price"}
_OTHER_ACTS = frozenset({
    "ask_product_detail", "ask_availability", "ask_price", "ask_reviews", "compare_products",
    "add_to_cart", "remove_from_cart", "change_quantity", "show_cart", "clear_cart", "checkout",
    "request_human", "start_over", "show_more", "track_order", "find_similar", "find_complement",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuestionRules:
    """How a shop lets the assistant ask; see ``[questions]`` in the settings.

    ``weights`` are by attribute; what it does not name has ``other_weight``.
    """

    enabled: bool = True
    with_list: bool = True
    least_products: int = 8
    most_asked: int = 3
    least_gain: float = 0.4
    other_weight: float = 0.3
    weights: Mapping[str, float] = field(default_factory=dict)

    def weight(self, name: str) -> float:
        """How much an answer about the attribute is worth to shoppers; 0 is never asked."""
        return self.weights.get(name, self.other_weight)

    def may_ask(self, goal: SearchGoal) -> bool:
        """Whether one more question may be asked in this search."""
        return self.enabled and not goal.quiet and len(goal.asked) < self.most_asked

    def choose(self, goal: SearchGoal, divided: Sequence[Split]) -> str | None:
        """The attribute to ask for: the most telling of those that are not known yet."""
        closed = known_names(goal)
        worth = {
            one.name: one.gain * self.weight(one.name) for one in divided if one.name not in closed
        }
        best = max(worth, key=lambda name: (worth[name], name), default=None)
        return best if best is not None and worth[best] >= self.least_gain else None


def known_names(goal: SearchGoal) -> frozenset[str]:
    """The attributes that the shopper has said something of, or was asked for already."""
    said = {wish.resolved.name for wish in goal.wishes if wish.resolved is not None}
    said |= {wish.name for wish in goal.wishes}
    # Headphones may be in-ear or over-ear: a kind is known only once its question was asked.
    return frozenset((said - {CATEGORY}) | set(goal.asked))


def slot_of(attribute: str) -> str:
    """The slot that a message fills which answers a question about the attribute."""
    common = ("color", "size", "material", "pattern", "gender", "season", "age_group", BRAND)
    return _SLOTS.get(attribute) or (attribute if attribute in common else "feature")


_ANY = re.compile(
    r"(?:(?:it |that )?(?:does ?n[o']?t|do not|don'?t) (?:really )?(?:matter|care|mind|know)"
    r"|(?:it |that )?makes no (?:odds|difference)|(?:it'?s |that'?s |that part is )?all the same"
    r"|i(?: really)? (?:don'?t|do not) (?:really )?(?:care|mind|know)"
    r"|any(?:thing)?(?: (?:is|one|of them|of those|will|would|works?|goes|colou?r|brand|price"
    r"|kind|size|material|type))*(?: (?:fine|ok|okay|good|do))?|whatever|whichever|either"
    r"|(?:all|both) (?:are )?(?:fine|ok|good)|no(?:ne)?(?: (?:real |strong |particular |special )?"
    r"(?:preferences?|opinions?|feelings?|requirements?))?|nope|not (?:important|sure|really"
    r"|bothered|fussed)|no idea|skip|you (?:choose|decide|pick)|up to you|surprise me"
    r"|i'?m (?:easy|open|flexible))"
    r"(?: (?:to|on|about|for|with) (?:me|us|that|this|it|there|here)"
    r"| you(?:'?ve)?(?: (?:got|have|like|think|prefer))?(?: there| here)?)?"
    r"|(?:这[个点条方面]*|我|倒|还|真|也|对此|方面)*(?:都行|都可以|都好|都成|随便|随意|无所谓|不限"
    r"|没(?:有)?(?:什么|啥|特别)?(?:的)?(?:要求|偏好|讲究|所谓|想法|意见)|不在[意乎]|不讲究|不挑|不清楚|不知道"
    r"|不确定|没想好|你(?:来)?定|你看着办|看着办|跳过|没有|不用"
    r"|(?:哪[个种款样]|怎么?样?|什么|啥)都(?:行|可以|好|成|中))(?:的|了|吧|啊|呀|啦)*"
    r"(?:[,， ]*(?:看你的?|听你的?|你来?定|你看着办)(?:吧|了)?)?"
)
_NO_OR_UNKNOWN = re.compile(
    r"no(?:pe|ne)?|skip|any(?: one)?|either|no idea|not (?:sure|really)"
    r"|没有|不用|跳过|不知道|不清楚|不确定"
)
"""Answers that say nothing where nothing was asked."""
_ENOUGH = re.compile(
    r"\b(?:just show|show (?:me )?(?:them|all|everything|what you have|the (?:list|products))"
    r"|(?:stop|no more|enough|without|skip the) (?:asking|questions?)|stop asking"
    r"|let me (?:just )?(?:see|look|browse))\b"
    r"|直接(?:看|给我看|展示|推荐|上)|先(?:给我)?看看|别(?:再)?问|不(?:要|用)(?:再)?问"
    r"|(?:全部|都)(?:给我)?(?:列|展示|看看)"
)
_FILLER = re.compile(
    r"\b(?:i|i'd|would|want|prefer|like|the|an?|one|ones|please|maybe|probably|let'?s|go|with|for"
    r"|in|is|it|should|be|rather|think|something|me|my|definitely|mostly|sure|ok|okay|yes|yeah)\b"
    r"|[我要想的吧呀啊了呢那就是个款种选还喜欢比较好嗯,，。.!！ ]"
)


def read_answer(question: AskedQuestion | None, nlu: NLUResult) -> NLUResult:
    """The understanding of a message in the light of what was just asked.

    What answers the question becomes a wish; what leaves it open goes on with the search.
    """
    if question is None:
        return nlu
    pressed = next((one for one in question.answers if one.payload == nlu.text), None)
    if pressed is not None:
        return _as_wish(nlu, (pressed.slot,))
    if nlu.text.startswith("/"):
        return nlu
    said = fold(nlu.text).strip(" .!?。！？~～")
    chosen = _chosen(question, said) or _misspelt(question, nlu, said)
    exact = chosen is not None and any(said in one.names for one in question.answers)
    acts = nlu.intent in _OTHER_ACTS and nlu.intents[0].score >= _EVEN
    if chosen is not None and (exact or not acts):
        besides = () if exact else nlu.slots  # the numbers of an answer itself are no price
        others = tuple(slot for slot in besides if slot.name == "price" != chosen.name)
        return _as_wish(nlu, (replace(chosen, raw=nlu.text.strip()), *others))
    if lets_be(question, nlu.text):
        return _as_wish(nlu, ())
    named = nlu.first("attribute")
    if named is not None and str(named.value) not in (question.attribute, question.slot):
        return nlu
    yes_no = len(question.answers) == 1
    if _ANY.fullmatch(said) or (yes_no and nlu.intent == "deny"):
        return _as_wish(nlu, ())
    if yes_no and nlu.intent == "affirm":
        return _as_wish(nlu, (question.answers[0].slot,))
    return nlu


def read_indifference(state: DialogueState, nlu: NLUResult) -> NLUResult:
    """The understanding of "that is all the same to me" under a list that asked nothing.

    It gives up the wish that nothing was found for; where there is none, the list stands. The
    gift finder asks in its own way, and reads its answers itself.
    """
    said = fold(nlu.text).strip(" .!?。！？~～")
    listed = state.previous_action in SEARCHING - {"find_gifts"} and bool(state.goal.wishes)
    if not listed or state.question is not None or state.pending is not None:
        return nlu
    if nlu.intent == "relax_search" or nlu.first("attribute") is not None:
        return nlu  # "any brand is fine" says what is given up
    if not _ANY.fullmatch(said) or _NO_OR_UNKNOWN.fullmatch(said):
        return nlu
    return _as_intent(nlu, "relax_search" if state.goal.failing else "refine_search", ())


def _chosen(question: AskedQuestion, said: str) -> Slot | None:
    """The one answer whose name is, but for filler, the whole message."""
    fitting = [
        (len(name), answer)
        for answer in question.answers
        for name in answer.names
        if name in said and len(_FILLER.sub("", said.replace(name, " ", 1))) <= len(name) // 4
    ]
    longest = max((size for size, _ in fitting), default=0)
    best = {id(answer): answer.slot for size, answer in fitting if size == longest}
    return next(iter(best.values())) if len(best) == 1 else None


def _misspelt(question: AskedQuestion, nlu: NLUResult, said: str) -> Slot | None:
    """The one answer whose name the message misspells.

    Numbers are never misspelt, nor are English words nearer to what the catalogue knows.
    """
    known = [str(slot.value) for slot in nlu.slots if slot.resolved is not None]
    near = [
        one.slot
        for one in question.answers
        if any(_near(name, said) and _nearer(name, known, said) for name in one.names)
    ]
    return near[0] if len(near) == 1 else None


def _nearer(name: str, known: Sequence[str], said: str) -> bool:
    """Whether words are nearer to a name than to anything that the catalogue reads in them."""
    if has_chinese(name):
        return True
    alike = OSA.normalized_similarity
    return all(alike(fold(one), said) <= alike(name, said) for one in known)


def _near(name: str, said: str) -> bool:
    if _DIGITS.findall(name) != _DIGITS.findall(said):
        return False
    if has_chinese(name):
        return lazy_pinyin(name) == lazy_pinyin(said)
    return len(name) >= _SPELT and OSA.normalized_similarity(name, said) >= _ALIKE


_ALIKE, _SPELT = 0.79, 5
_EVEN = 0.5
"""An act that is less likely than not is none beside what nearly answers the question."""
_DIGITS = re.compile(r"\d+")


def _as_wish(nlu: NLUResult, slots: tuple[Slot, ...]) -> NLUResult:
    return _as_intent(nlu, "refine_search", slots)


def _as_intent(nlu: NLUResult, name: str, slots: tuple[Slot, ...]) -> NLUResult:
    intents = (Intent(name, 1.0),)
    return replace(nlu, intents=intents, slots=slots, out_of_scope=False, guesses=(), query="")


def lets_be(question: AskedQuestion | None, text: str) -> bool:
    """Whether a message would rather see the products than be asked: "just show me"."""
    return question is not None and bool(_ENOUGH.search(fold(text)))


def asked_slot(question: AskedQuestion | None, text: str) -> str:
    """The slot for which a lone value answers a question; "" where a small number may point.

    Under a list "2" is the second product, whatever was asked; "80" is a price.
    """
    if question is None:
        return ""
    digits = re.findall(r"\d+", text)
    points = all(int(one[:4]) <= 20 for one in digits)
    return "" if points or question.slot not in ("price", "size") else question.slot
