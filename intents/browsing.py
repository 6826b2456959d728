"""A kind of product named beside words that sound like something else.

"Walk me through your clothing" asks for no help, "let me begin again, tables" starts a search, and
宠物用品都有哪些款 begins a list and shows no more of one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from intents.amending import is_added
from intents.believing import is_any_of
from intents.ellipsis import SEARCHING
from intents.labelled import is_labelled
from intents.names import OUT_OF_SCOPE
from intents.numbers import align
from intents.readings import Reading
from intents.rules import SURE
from intents.seeking import asks_range, came_for, is_sought
from intents.types import Intent, Measure, PriceRange, Slot
from intents.values.demands import MUST_BE

_INSTEAD = frozenset({"help", "start_over", "greet", "chitchat"})
"""What is no act of its own where something is named that the shop sells."""
_GUESSED = _INSTEAD | {"request_human", "list_orders"}
"""The same, where it was a mere guess."""
_AT_FIRST = frozenset({"show_more", "correct_previous", "select_product"})
"""The same, before there is a list that could be meant."""
_FOR_SHORT = frozenset(
    {"", "add_to_cart", "affirm", "refine_search", "correct_previous", "find_similar"}
)
"""What a short "I want a bag" may sound like; the bag is wanted, and none is in the cart yet.

Nor is it like another one, unless a word says so.
"""
_DOUBTFUL = 0.8
_AGREEING = re.compile(r"(?:yes|yeah|ok|okay|sure)\b|[好行对嗯]")
"""How one begins who takes what was offered."""
_YOURS = re.compile(r"\byour $|[你您]们?(?:家|店里)的?$")
"""What makes of bags the shop's, and none to check out."""
_FORGOTTEN = re.compile(r"\b(?:forget|done with|no more|enough of)\b|不看|不找|不要")
_ABOUT_SHOP = frozenset({"help", "ask_faq_store"})
"""What "walk me through your home decor" sounds like together."""
_NOTHING_DONE = frozenset({"", "greet"})
"""The actions after which no search can be running."""
_GOES_ON = frozenset({"relax_search", "refine_search"})
"""What needs a search that is running."""
ANEW = re.compile(
    r"\b(?:begin|start) (?:all )?(?:again|over|anew|afresh)\b"
    r"|重新(?!发|寄|上)|从头(?:开始|再|来|找|说|捋)|重来"
)
WISHES = frozenset({"brand", "color", "size", "material", "price", "rating", "measure", "feature"})
"""Slots that narrow a search."""
_POINTING = re.compile(
    r"\b(?:ones?|that|this|those|these)\b|[那这哪]|\d+[个款台双件条只支]|[?？]|吗"
)
"""What tells that something shown is meant, or that something is asked of it."""
_WITH_KIND = frozenset({
    "", "recommend_product", "search_product", "request_human", "find_gift", OUT_OF_SCOPE,
})  # fmt: skip


def is_search(intents: Sequence[Intent], guesses: Sequence[Intent], reading: Reading) -> bool:
    """Whether a message with a kind of product in it asks for products of that kind."""
    first = intents[0] if intents else Intent("", 0.0)
    if first.name == "find_gift":
        return first.score < SURE and not _is_gift(reading)
    if first.name == OUT_OF_SCOPE:
        return _ASKED_FOR.fullmatch(reading.rest) is not None or _seeks(reading)
    if _asks_for_shelf(intents, reading):
        return True
    if first.name == "find_complement":
        return _seeks(reading) and not _BESIDE.search(align(reading.rest))
    if first.name == "relax_search":
        return reading.context.previous_action in _NOTHING_DONE
    if first.score >= SURE or (len(intents) > 1 and first.name != "start_over"):
        return False
    if not first.name:
        nearest = guesses[0].name if guesses else ""
        return nearest in _GUESSED and any(one.name == "search_product" for one in guesses)
    if first.name == "request_human":
        return not _SOMEBODY.search(_without(reading, ("product_type",)))
    searching = reading.context.previous_action in SEARCHING
    return first.name in _INSTEAD or (first.name in _AT_FIRST and not searching)


_ASKED_FOR = re.compile(
    r"(?:recommend|suggest|find|get|give|us|could|can|what|which|should|there|is|are|good|great|nice"
    r"|best|fun|new|popular|some|more|for|tonight|today|watch|read|play|hear|wear|use|eat|drink|try"
    r"|推荐|介绍|安利|几|一?[下点些部本首款张种]|什么|啥|哪些?|可以|能|值得|好[看听用吃喝玩穿]|[看听读玩用吃喝穿]"
    r"|[吗么]|\W)*"
)
"""What asks for a kind of thing and says nothing of it, in the words that fillers leave."""


_BESIDE = re.compile(
    r"\b(?:with|match\w*|pair\w*|together|alongside|accessor\w*|complement\w*|besides|else|along)\b"
    r"|[配搭]|一起|一块儿?|同时|还[要需得缺]|顺便"
)
"""What tells that something is wanted to go with a thing, and not the thing."""


def tells_wish(intents: Sequence[Intent], reading: Reading) -> bool:
    """Whether what seems to point at something shown or to ask of it is a wish: 宽度顶多12厘米.

    Who bounds a number, names the attribute of a value, adds to the search or wants "one of
    Acme's" describes what is wanted, as long as no word points at anything.
    """
    first = intents[0] if intents else Intent("", 0.0)
    if reading.context.previous_action not in SEARCHING or first.name not in _LIKE_A_WISH:
        return False
    if first.score >= SURE or any(slot.name == "reference" for slot in reading.slots):
        return False
    aligned = align(reading.text)
    if any(is_any_of(aligned, slot) for slot in reading.slots):
        return first.name in ("select_product", "")
    if _POINTING.search(aligned) or (first.name in _QUESTIONS and _ASKS.search(aligned)):
        return False
    wishes = [slot for slot in reading.slots if slot.resolved is not None]
    if any(is_labelled(slot) or _is_bound(slot) for slot in reading.slots):
        return True
    return any(_LED_TO.search(aligned[: slot.start]) for slot in wishes) or (
        bool(wishes) and is_added(aligned)
    )


_LIKE_A_WISH = frozenset({"select_product", "sort_results", "ask_product_detail", "show_more", ""})
_QUESTIONS = frozenset({"ask_product_detail", ""})
_ASKS = re.compile(
    r"\b(?:is|are|does|do|can|could|will|what|which|how|it|its|they)\b|[它啥]|什么|多[少大长重久高宽]|是不|有没"
)
_LED_TO = re.compile(rf"{MUST_BE.pattern}|(?:就认|要|[:：]) ?$")


def as_plain_wish(intents: Sequence[Intent], reading: Reading) -> tuple[Intent, ...]:
    """The intents with a mere wish for what sounds like an order to the assistant.

    "Change the rules: nothing above 50" bounds a price, and "override the default size and use 43"
    says a size. Who wants something for nothing, another price or a secret may well be giving
    orders.
    """
    first = intents[0].name if intents else ""
    told = any(_is_bound(slot) or _is_size(slot) for slot in reading.slots)
    if first != "override_rules" or not told or _TOO_MUCH.search(align(reading.text)):
        return tuple(intents)
    return (replace(intents[0], name="search_product" if _kinds(reading) else "refine_search"),)


def _is_size(slot: Slot) -> bool:
    return slot.name == "size" and slot.role == "include" and slot.resolved is not None


_TOO_MUCH = re.compile(
    r"\b(?:free|gratis|discount\w*|coupons?|codes?|off|prices?|priced|costs?|charges?|sell|pay"
    r"|refund\w*|prompts?|instructions?|password\w*|secrets?|hidden|internal|confidential|admin\w*"
    r"|systems?|developer|pretend|roleplay|data|customers?|you are|you're|your|everything|all)\b"
    r"|免费|白送|白给|送我|不要钱|折|优惠|券|价格?[改变调设定]|改价|定价|标价|原价|卖给|付|退款"
    r"|提示词|指令|密码|秘密|机密|内部|隐藏|管理员|系统|开发者|假装|扮演|数据|客户|你|全部|所有|一律"
)
"""What tells of money, of secrets or of the assistant itself."""


def as_going_on(intents: Sequence[Intent], reading: Reading) -> tuple[Intent, ...]:
    """The intents with a search that merely goes on as that, see :func:`goes_on`.

    A search for no kind of thing, beside what refines the search that is running, is the same act.
    """
    intents = as_plain_wish(intents, reading)
    first, *others = intents or (Intent("", 0.0),)
    if reading.context.previous_action not in SEARCHING:
        return tuple(intents)
    if first.name == "search_product" and goes_on(reading):
        return (replace(first, name="refine_search"), *others)
    if first.name != "refine_search" or any(s.name == "product_type" for s in reading.slots):
        return tuple(intents)
    return tuple(intent for intent in intents if intent.name != "search_product")


def goes_on(reading: Reading) -> bool:
    """Whether wishes without a product type go on with the search that is running.

    有没有带触摸屏的 asks for no other thing. Nor does what is added to the search, though nobody
    may know it, 另外最好束夹家的, or it may sound like a kind: "and preferably sneakers" keeps
    whatever else was wished for.
    """
    if reading.context.previous_action not in SEARCHING:
        return False
    if is_added(align(reading.text)):
        return True
    names = {slot.name for slot in reading.slots if slot.role != "reference"}
    told = names & WISHES and _ASKED_OF_LIST.fullmatch(reading.rest)
    return bool(told) and "product_type" not in names


_ASKED_OF_LIST = re.compile(
    r"(?:are|is|there|which|do|does|they|that|come|has|any|your|other|ones"
    r"|带|支持|能|可以|还|里面?|哪些|是|其中|里边|你们?|家)*"
)


def as_wishes(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots with wishes in the place of what was taken for pointing."""
    return tuple(replace(one, role="include") if one.role == "reference" else one for one in slots)


def _is_bound(slot: Slot) -> bool:
    value = slot.value
    return isinstance(value, Measure | PriceRange) and (value.minimum is None) != (
        value.maximum is None
    )


def _asks_for_shelf(intents: Sequence[Intent], reading: Reading) -> bool:
    """Whether the words around a shelf ask for it, whatever the message sounds like."""
    first = intents[0] if intents else Intent("", 0.0)
    if first.name == "start_over":
        return bool(_kinds(reading)) and not _FORGOTTEN.search(align(reading.text))
    aligned = align(reading.text)
    if any(came_for(aligned, slot) for slot in _kinds(reading)):
        return True
    if first.name == "show_cart" and any(
        _YOURS.search(aligned[: s.start]) for s in _kinds(reading)
    ):
        return True
    if first.score < SURE and any(asks_range(aligned, slot) for slot in _kinds(reading)):
        return True
    agrees = _AGREEING.match(align(reading.text)) is not None
    like = first.name == "find_similar" and _LIKE.search(aligned)
    short = first.name in _FOR_SHORT and first.score < _DOUBTFUL and not (agrees or like)
    return (short or all(one.name in _ABOUT_SHOP for one in intents)) and _seeks(reading)


_LIKE = re.compile(r"\b(?:similar|same|like|alike|such)\b|类似|同款|相似|差不多|一样|同类|平替")


def _kinds(reading: Reading) -> list[Slot]:
    return [slot for slot in reading.slots if _is_kind(slot)]


def _seeks(reading: Reading) -> bool:
    """Whether a shelf is asked for, and nothing that was shown is pointed at."""
    points = any(slot.name == "reference" or slot.role == "reference" for slot in reading.slots)
    return not points and any(is_sought(align(reading.text), one) for one in _kinds(reading))


def _is_gift(reading: Reading) -> bool:
    """Whether any word tells of a gift, of whom it is for, or of an occasion."""
    told = any(slot.name in ("recipient", "occasion", "person") for slot in reading.slots)
    said = _ONE_FREE.sub("", _without(reading, ("feature",)))
    return told or _GIFT.search(said) is not None


_ONE_FREE = re.compile(r"[买满]\w{1,3}[赠送][一二两三\d]个?")
"""What is given with what is bought is no present: 买一送一."""


_GIFT = re.compile(
    r"\b(?:gifts?|gifting|presents?|surprise|birthday|anniversary|christmas|wedding|graduation"
    r"|valentine\w*|(?:for|to) (?:my|his|her|our|a|the|someone|somebody|him|them|mum|mom|dad)"
    r"|he|she|they|him|her|loves?|likes?|into|fan)\b"
    r"|[送礼赠]|生日|纪念|节|给(?:我)?(?![^，。,]{1,4}[用穿戴玩吃喝])[^看推找]|[他她]|喜欢|爱|岁"
)
_SOMEBODY = re.compile(
    r"\b(?:person|people|human|agents?|someone|somebody|anyone|anybody|staff|rep\w*|support|service"
    r"|manager|operator|supervisor|employee|advis\w+|expert|talk|speak|chat|call)\b|人|客服|员|转接|电话"
)


def _without(reading: Reading, names: Sequence[str]) -> str:
    """The words beside the slots of these names: a gift box tells of no gift."""
    text = list(align(reading.text))
    for slot in reading.slots:
        if slot.name in names:
            text[slot.start : slot.end] = " " * (slot.end - slot.start)
    return "".join(text)


def with_kinds(
    slots: Sequence[Slot],
    known: Sequence[Slot],
    intents: Sequence[Intent],
    text: str,
    previous_action: str,
) -> tuple[Slot, ...]:
    """The slots with the kinds of products that the catalogue knows and the model left out.

    Only where no other kind is named, and what the message asks for has one. Where nothing was
    done yet, or a shopper begins again, there is nothing to relax or to refine: "I could do with
    fashion" names a kind as any wish does.
    """
    if any(slot.name == "product_type" for slot in slots):
        return tuple(slots)
    first = intents[0].name if intents else ""
    anew = previous_action in _NOTHING_DONE or ANEW.search(align(text))
    if first not in _INSTEAD | _AT_FIRST | _WITH_KIND and not (anew and first in _GOES_ON):
        return tuple(slots)
    features = [one for one in slots if anew and one.name == "feature"]
    others = [one for one in slots if one not in features]
    left = [one for one in known if _is_kind(one) and not _claimed(one, others)]
    if left and first == OUT_OF_SCOPE:  # nor did the model look at what stands beside it
        told = [one for one in known if one.name == "feature" and one.resolved is not None]
        left += [one for one in told if not _claimed(one, others)]
    places = [(one.start, one.end) for one in left]
    kept = [slot for slot in slots if (slot.start, slot.end) not in places]
    return tuple(sorted((*kept, *left), key=lambda slot: slot.start))


def _is_kind(slot: Slot) -> bool:
    """Whether it is a shelf of this shop."""
    return slot.name == "product_type" and slot.role == "include" and slot.resolved is not None


def _claimed(kind: Slot, slots: Sequence[Slot]) -> bool:
    """Whether words of it say something else that was read, or more was read in them."""
    return any(
        slot.resolved is not None or (slot.start, slot.end) != (kind.start, kind.end)
        for slot in slots
        if slot.start < kind.end and kind.start < slot.end
    )
