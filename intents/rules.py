"""Precise intent rules, asked before the model: each says what it is sure of, or nothing."""

import re
from collections.abc import Callable

from intents.amending import swap_said
from intents.ellipsis import (
    OF_THINGS,
    SEARCHING,
    answers_in_words,
    asks_again,
    asks_for_cheaper,
    asks_for_rest,
    asks_for_stuff,
    asks_how_long,
    asks_of_the_list,
    describes_one,
    gives_stars,
    refuses,
    takes_others,
    tells_body,
)
from intents.likeness import names_a_work, read_companion
from intents.numbers import align
from intents.readings import Reading
from intents.types import Intent
from intents.values.demands import A_MUST, TAKEN_BACK
from intents.whole_texts import bare, whole_text

SURE = 0.99
"""The score of an intent that a rule is sure of."""
LIKELY = 0.9
"""The score of an intent that only the kind of slots suggests."""


Rule = Callable[[Reading], str]
"""The name of the intent a rule is sure of, or ""."""


def apply_rules(reading: Reading) -> Intent | None:
    """The intent that a whole text means beyond doubt: "yes", 转人工, the answer to a question."""
    return _first(EXACT_RULES, reading, SURE)


def apply_shape_rules(reading: Reading) -> Intent | None:
    """The intent that the kind of slots suggests when nothing else was said.

    Weaker than :func:`apply_rules`: a model that is confident of something else may overrule it.
    """
    return _first(SHAPE_RULES, reading, LIKELY)


def _first(rules: tuple[Rule, ...], reading: Reading, score: float) -> Intent | None:
    names = (rule(reading) for rule in rules)
    return next((Intent(name, score) for name in names if name), None)


def _exact(reading: Reading) -> str:
    """Whole texts that mean one thing: "yes", 谢谢, "checkout", 转人工."""
    return whole_text(reading.text)


_HUMAN = re.compile(
    r"(?:talk|speak|chat|connect(?: me)?|transfer(?: me)?|put me through|pass me"
    r"|hand me(?: over)?|switch(?: me)?|forward me) (?:to|with) "
    r"(?:an?|the|some|your|my)? ?(?:real |actual |live |human |customer |support |service )*"
    r"(?:human(?: being)?s?|persons?|people|agents?|representatives?|reps?|operators?"
    r"|someone|somebody|advisors?|staff|supports?|customer service"
    r"|customer care|manager|supervisor|employee)"
    r"|(?:i )?(?:want|need|get(?: me)?|give me) (?:an? |some )?(?:real |live |actual "
    r"|human )+(?:person|human|agent|being|support|assistance|help)"
    r"|(?:want|need) an? (?:human|agent|representative)(?! (?:hair|size|body))"
    r"|转(?:接)?(?:到|给)?(?:一?下)?(?:人工|真人|客服)|(?:叫|找|接|换|要|联系"
    r"|呼叫)(?:一?[个下位])?(?:你们的?)?(?:人工|真人|活人|客服)(?!智能|费|电话)|人工服务"
    r"|人工客服"
)
_NOT_HUMAN = re.compile(
    r"(?:don't|do not|dont|no need|not|never|without)[\w ]{0,20}(?:human|agent|person"
    r"|representative)|(?:are|r) (?:you|u) |不(?:要|用|想|需要)(?:转|找|接)?人工"
    r"|别(?:给我)?转"
    r"|(?:人工客服|客服)(?:几点|什么时候|上班|工作时间|电话)|working hours|hours"
)


def _wants_person(reading: Reading) -> str:
    """Asks for a person: "can I talk to a real person", 我要转人工; not "are you a human"."""
    text = align(reading.text)
    return "request_human" if _HUMAN.search(text) and not _NOT_HUMAN.search(text) else ""


_ANSWERS = {
    "order_id": "track_order",
    "email": "track_order",
    "postal_code": "track_order",
    "person": "track_order",
    "phone": "track_order",
    "size": "add_to_cart",
    "color": "add_to_cart",
    "quantity": "add_to_cart",
    "reference": "select_product",
    "price": "refine_search",
}
_AFTER_QUANTITY = {"change_quantity": "change_quantity", "remove_from_cart": "remove_from_cart"}


def _answers_question(reading: Reading) -> str:
    """Nothing but the value that was just asked for: "42", "joe@example.com", 两个."""
    asked = reading.context.requested_slot
    searching = reading.context.previous_action in SEARCHING
    if searching and answers_in_words(reading):
        return "refine_search"
    if asked not in _ANSWERS or not reading.only(asked):
        return ""
    if searching and asked in OF_THINGS:
        return "refine_search"
    if asked == "quantity":
        return _AFTER_QUANTITY.get(reading.context.previous_action, "add_to_cart")
    if asked == "price" and reading.context.previous_action == "find_gifts":
        return "find_gift"
    return _ANSWERS[asked]


def _order_alone(reading: Reading) -> str:
    """An order number or an e-mail and nothing else asks where the order is."""
    return "track_order" if reading.only("order_id", "email") else ""


_ALSO = re.compile(r"\b(?:also|as well|too|another|plus|and)\b|也|再|还")
_ALSO_REST = re.compile(r"(?:also|as|too|another|plus|add|也|再|还|要|加)*")
_ADD = re.compile(r"\badd\b|加")


def _goes_on(reading: Reading) -> str:
    """Another size or colour for what was just done: "and one in XL as well", 50码呢."""
    names = {slot.name for slot in reading.slots}
    alone = bool(names) and names <= {"quantity", "size", "color"} and names != {"quantity"}
    if not alone or not _ALSO_REST.fullmatch(reading.rest):
        return ""
    previous = reading.context.previous_action
    if previous == "add_to_cart" and _ALSO.search(align(reading.text)):
        return "add_to_cart"
    if previous == "help_with_size" and _ADD.search(align(reading.text)):
        return "add_to_cart"
    return "ask_availability" if previous == "show_availability" else ""


_TAKE_ZH = re.compile(r"(?:那|就|我|好的?|行|嗯|[,，\s])*(?:来|要|拿)")


def _takes(reading: Reading) -> str:
    """Takes one that was shown: 就要第二件了, 那来一个第二款."""
    pointed = [slot for slot in reading.slots if slot.name == "reference"]
    others = {slot.name for slot in reading.slots} - {"reference", "quantity", "size", "color"}
    if not pointed or others or any(slot.role != "include" for slot in pointed):
        return ""
    plain = not re.sub(r"[那就了吧]", "", reading.rest)
    return "add_to_cart" if plain and _TAKE_ZH.match(reading.text) else ""


_WHOLE_SHOP = re.compile(
    r"\b(?:thing|item|product|stuff)s?\b|\b(?:whole|entire) (?:shop|store)\b"
    r"|东西|商品|产品|全店|整个店|店里|你们店"
)


def _asks_for_extreme(reading: Reading) -> str:
    """The cheapest or dearest of everything: "the most expensive thing you sell"."""
    if not reading.has("sort_key") or reading.has("product_type") or reading.has("reference"):
        return ""
    return "search_product" if _WHOLE_SHOP.search(align(reading.text)) else ""


_CHANGE = re.compile(
    r"(?:(?:actually|no)[, ]+)?(?:make|change|set|turn) (?:it|that|this)(?: to"
    r"| into)? (?:\S+)(?: (?:please|pls|instead|pairs?|pieces?))*"
    r"|(?:数量)?(?:帮我)?(?:改成|改为|变成|换成|调成|改到)\s?(?:\S{1,4})"
)


def _changes_quantity(reading: Reading) -> str:
    """Another quantity: "make it 4", 改成5个."""
    core = bare(align(reading.text))
    only = reading.has("quantity") and {s.name for s in reading.slots} <= {"quantity", "reference"}
    return "change_quantity" if only and _CHANGE.fullmatch(core) else ""


_IT_IS = re.compile(r"(?:it|is|then|so|i|will|take|go|with|就|那|吧|好|好了|行|了|\W)*")


def _points(reading: Reading) -> str:
    """A reference alone picks a product; "the other one" and "both" leave it to the model."""
    slots = reading.slots
    alone = reading.only("reference") or _IT_IS.fullmatch(reading.rest)
    if len(slots) != 1 or slots[0].name != "reference" or not alone or slots[0].role != "include":
        return ""
    several = re.search(r"both|all|every|两|俩|都|全|所有|这些|other|it$|them", align(slots[0].raw))
    return "" if several else "select_product"


def _asks_for_others(reading: Reading) -> str:
    """Asks what else there is: "any other colours?", 还有别的尺码吗."""
    others = any(slot.value == "" for slot in reading.slots)
    return "ask_availability" if others and re.fullmatch(r"[还有吗没么]*", reading.rest) else ""


_WHICH = re.compile(r"(?:那|哪些|有哪些|哪[款个]?|which|are|is|what|whats)?")


def _sorts(reading: Reading) -> str:
    """An order and nothing else: "cheapest first", 按销量; "the cheapest one" picks a product."""
    alone = {slot.name for slot in reading.slots} == {"sort_key"} and _WHICH.fullmatch(reading.rest)
    text = bare(align(reading.text))
    if not alone or re.search(r"\bone\b|[款个]$|\bthe\b(?!.* first$)", text):
        return ""
    return "sort_results"


def _puts_first(reading: Reading) -> str:
    """An order that says so: "the cheapest first"."""
    return _sorts(reading) if bare(align(reading.text)).endswith(" first") else ""


_STOCK = re.compile(
    r"\b(?:available|in stock|comes? in|have it|got it|left)\b"
    r"|有(?!没有).*[吗么没]|有没有|有货"
)


def _asks_stock(reading: Reading) -> str:
    """A shown product in a size or colour: 第二双有38码的吗, "is it available in red"."""
    wanted = reading.has("reference") and (reading.has("size") or reading.has("color"))
    text = align(reading.text)
    asked = _STOCK.search(text) and not re.search(r"\bif\b", text)
    return "ask_availability" if wanted and asked else ""


_OF_THOSE = re.compile(r"\b(?:which|any|some|only)(?: ones?)? of (?:those|these|them)\b|[这那]些")


def _narrows(reading: Reading) -> str:
    """Wishes about what is on the list: "which of those speakers are under $70?"."""
    wished = any(slot.name in _WISHES and slot.role == "include" for slot in reading.slots)
    return "refine_search" if wished and _OF_THOSE.search(align(reading.text)) else ""


_WISHES = frozenset({
    "brand", "color", "size", "material", "pattern", "gender", "age_group", "season", "feature",
    "compatible_with", "price", "rating", "measure", "comparative",
})  # fmt: skip


def _refines(reading: Reading) -> str:
    """Wishes without a product: "cheaper?", "in blue please", 要降噪的, "not leather"."""
    if not reading.only(*_WISHES) or any(slot.role == "reference" for slot in reading.slots):
        return ""
    asking = re.search(
        r"^(?:is|are|does|do|can|will|how|what|which|why|was)\b|[吗么]\W*$", align(reading.text)
    )
    alone = {slot.name for slot in reading.slots} <= {"comparative", "price"}
    return "refine_search" if alone or not asking else ""


_WISH_REST = re.compile(
    r"(?:换|要|来|有|个|一|的|那种|with|in|please|something|an?|the|ones?|instead|[ ,，.!])*"
)
_NO_WISH_ALONE = ("size", "rating", "measure", "price", "brand", "product_type")


def _narrows_alone(reading: Reading) -> str:
    """A wish and nothing else after a list or a product: 黑色的, "pricier", 续航长一点的."""
    listed = reading.context.previous_action in SEARCHING | {"show_product_detail"}
    asked = reading.context.requested_slot or any(reading.has(name) for name in _NO_WISH_ALONE)
    alone = listed and not asked and _WISH_REST.fullmatch(reading.rest)
    return _refines(reading) if alone else ""


def _searches(reading: Reading) -> str:
    """A product type with wishes and filler only: "blue running shoes under $80"."""
    if not reading.has("product_type") or not reading.only(
        "product_type", "quantity", "recipient", "occasion", *_WISHES
    ):
        return ""
    if any(slot.role != "include" for slot in reading.slots if slot.name == "product_type"):
        return ""
    if reading.has("comparative") or _OTHER_ACT.search(align(reading.text)):
        return ""
    return "search_product"


_OTHER_ACT = re.compile(
    r"\b(?:add|cart|basket|compare|similar|like (?:this|that|it)|how|why|which|what"
    r"|recommend|suggest|gift|present|best|help|size|fit|cost|price of"
    r"|is|are|does|did|can it|will|not|no|more|another|other|else|about|instead|this|that"
    r"|these|those|it)\b"
    r"|加|购物车|对比|比较|推荐|怎么|为什么|哪|多少|礼物|送|类似|同款|换|不|别|几|还|再"
    r"|其他|呢|这|那|现货|货|评价|质量|搭"
)


def _like_something_named(reading: Reading) -> str:
    """A name, and no pointing: "something like The Matrix but funny", 《黑客帝国》配什么."""
    companion = "find_complement" if read_companion(reading.text) else ""
    return "find_similar" if names_a_work(reading.text) else companion


_FORGETS = re.compile(
    r"\b(?:forget|never ?mind|scrap|scratch|ignore|drop|disregard)"
    r"(?: (?:about|what|whatever|everything|all|that|i|i've|said|told|you|asked|wrote|earlier))*"
    r" (?:about|on|regarding|with)? ?(?:the |my |any )?\w+$"
)


def _forgets(reading: Reading) -> str:
    """A wish is given up by what it was about: "forget what I said about the price"."""
    only = reading.has("attribute") and {slot.name for slot in reading.slots} == {"attribute"}
    said = bare(align(reading.text))
    forgets = _FORGETS.search(said) or TAKEN_BACK.search(said)
    return "relax_search" if only and forgets else ""


def _demands(reading: Reading) -> str:
    """A wish that must not be missing: 快充这条不能少."""
    wished = any(slot.name in _WISHES and slot.role == "include" for slot in reading.slots)
    goes_on = reading.context.previous_action and not reading.has("product_type")
    musts = wished and goes_on
    return "refine_search" if musts and A_MUST.search(reading.text) else ""


def _swaps(reading: Reading) -> str:
    """One value of the running search for another: 把黑色改成白色, "swap the red for blue"."""
    wished = any(slot.name in _WISHES and slot.role == "include" for slot in reading.slots)
    listed = reading.context.previous_action in SEARCHING
    return "correct_previous" if wished and listed and swap_said(align(reading.text)) else ""


EXACT_RULES: tuple[Rule, ...] = (
    _exact,
    _wants_person,
    _answers_question,
    _order_alone,
    _goes_on,
    asks_again,
    asks_of_the_list,
    _takes,
    _puts_first,
    _asks_for_extreme,
    _like_something_named,
    refuses,
    takes_others,
    describes_one,
    asks_for_rest,
    asks_how_long,
    _forgets,
    _demands,
    _swaps,
    tells_body,
    gives_stars,
    _narrows_alone,
    asks_for_cheaper,
    asks_for_stuff,
)
SHAPE_RULES: tuple[Rule, ...] = (
    _changes_quantity,
    _points,
    _asks_stock,
    _narrows,
    _asks_for_others,
    _sorts,
    _refines,
    _searches,
)
