"""Messages that say only what differs from the last one: "what about the red?", 那双人的呢.

What they ask is what was asked before: the price of another one, whether there is another size.
"""

import re

from intents.believing import OF_THE_LIST
from intents.numbers import align
from intents.readings import Reading
from intents.types import is_body
from intents.values.negation import PROPERTIES
from intents.whole_texts import bare

SEARCHING = frozenset(
    {"search_products", "show_more", "recommend_products", "find_gifts", "find_similar"}
)
"""Actions that leave a list of products on the table."""

_UNKNOWN = "report_unknown_reference"
_AGAIN = {
    "show_price": "ask_price",
    "show_availability": "ask_availability",
    "show_reviews": "ask_reviews",
    _UNKNOWN: "ask_availability",
}
_NAMES = frozenset({
    "reference", "color", "size", "material", "pattern", "feature", "brand", "measure", "gender",
})  # fmt: skip
"""Slots that tell one product or version from another."""
_ELLIPTIC = re.compile(
    r"^(?:and |so |ok |okay )?(?:what|how) about\b|^and (?:the|in|for)\b|\bones?\?$"
    r"|(?:呢|有[吗不没么]|有没有)[?？]?$"
)
_AROUND = re.compile(
    r"(?:and|so|okay|ok|what|how|about|the|ones?|in|for|size|那|还|个|款|双|件|条|台|只|的|有|没|呢"
    r"|吗|不|么|\W)*"
)


def asks_again(reading: Reading) -> str:
    """The question that was just answered, about another product or version; else ""."""
    again = _AGAIN.get(reading.context.previous_action, "")
    names = {slot.name for slot in reading.slots}
    if reading.context.previous_action == _UNKNOWN:
        names -= {"product_type"}  # what was never shown may be named by its kind: 那碧螺春呢
    if not again or not reading.slots or not names <= _NAMES:
        return ""
    elliptic = _ELLIPTIC.search(align(reading.text).strip())
    return again if elliptic and _AROUND.fullmatch(reading.rest) else ""


def asks_of_the_list(reading: Reading) -> str:
    """A wish for what is listed: "which of those are under $70", 这些里面哪些防水; else ""."""
    wished = {slot.name for slot in reading.slots} - {"reference", "product_type", "attribute"}
    asks = wished and OF_THE_LIST.search(align(reading.text))
    return "refine_search" if asks else ""


_ANY_ONE = re.compile(
    r"(?:(?:ok(?:ay)?|and|or|so|maybe|just|then|any|some|i(?:'d| would)? (?:want|need|like|prefer)"
    r"|(?:show|find|get|give) me|how about|do you have|have you(?: got)?)[ ,]+)*"
    r"ones? (?P<that>(?:that|which)(?:'s\b| (?!(?:i|you|we)\b)|(?='))|)"
)
_AMOUNTS = frozenset({"price", "measure"})


def describes_one(reading: Reading) -> str:
    """Any that is as told, and no certain one: "one that costs under 30", "one over 5 kg"."""
    any_one = _ANY_ONE.match(align(reading.text).lstrip())
    wished = all(s.name in PROPERTIES | _AMOUNTS for s in reading.slots) and reading.slots
    if not any_one or not wished or reading.context.previous_action not in SEARCHING:
        return ""
    bounded = [s.start for s in reading.slots if s.name in _AMOUNTS]
    return "refine_search" if any_one["that"] or any_one.end() in bounded else ""


_REST = re.compile(
    r"not (?:the )?(?:\w+ )?(?:one|that|this|it)s?,? (?:but )?(?:(?:show me|see) )?"
    r"the (?:others?|rest)(?: ones?)?"
    r"|(?:不是|不要)?第.[款个],?(?:不要|不是),?看?(?:其他|其它|别|另外|剩下)的?"
    r"|(?:keep (?:them|it) coming[,! ]*)?(?:and |so |ok |okay )?(?:what|which|any)"
    r" (?:other|more|else)"
    r"(?: ones?| options?| choices?)?(?: (?:are|is) (?:there|left)| (?:do|have) you (?:have|got))"
    r"|keep (?:them|it) coming"
    r"|(?:and |now )?(?:(?:bring|show|let|lay|get)(?: me| us)?(?: out| see)? |see )?"
    r"(?:the )?(?:rest|remaining(?: ones)?|remainder)(?: of (?:them|those|these|the list))?"
    r"(?: (?:too|as well|please|then|now))*"
    r"|[把那]?(?:剩下|余下|其余|后面|剩余)的?[那这几]*[款个件些]?(?:也|都|再|全|给我)*"
    r"(?:[拿摆亮放列端翻展]示?)?(?:出来|一下|给我)*(?:看看|[瞧瞅看]一?[瞧瞅看下眼]|瞧瞧|瞅瞅)?[吧呗]?"
)


def asks_for_rest(reading: Reading) -> str:
    """What is left of the list on the table: "the rest of them", 剩下的也拿出来看看."""
    listed = reading.context.previous_action in SEARCHING | {"show_product_detail"}
    rest = listed and _REST.fullmatch(bare(align(reading.text)))
    return "show_more" if rest else ""


_OTHERS_WILL_DO = re.compile(
    r"(?:其[他它余]|别的|另外的)[^,，。;；]{0,8}"
    r"(?:(?:都|也|全)(?:可以|行|好|成|能接受|没问题|无所谓|ok)|(?:都|也)?[想要]?看一?看|随便)"
    r"[的吧了啊呀]*\W*$"
    r"|\b(?:any|all|every|the) others?\b[^,.;]*"
    r" (?:(?:is|are) (?:fine|ok(?:ay)?|good|great)|will do)\W*$"
)


def takes_others(reading: Reading) -> str:
    """All but what is refused: 除了高跟鞋，其他鞋子都行, "no red, any other is fine"; else ""."""
    kinds = [slot for slot in reading.slots if slot.name == "product_type"]
    refused = [slot for slot in reading.slots if slot.role == "exclude" and slot.value != ""]
    names = {slot.name for slot in reading.slots} - {"attribute"}
    told = refused and names <= PROPERTIES | {"product_type"}
    if not told or not _OTHERS_WILL_DO.search(align(reading.text)):
        return ""
    if any(slot.role == "include" for slot in kinds):
        return "search_product"
    return "refine_search" if reading.context.previous_action in SEARCHING else ""


_OTHERS_BEFORE = re.compile(
    r"\b(?:any|anything|something|others?|ones?|options?)(?: (?:a|bit|little|touch|much|even))* $"
    r"|有(?:[没木]有)?(?:别的|其他的?)?(?:更|再|稍微|比[这那它]\S{0,3})?$"
)
_OTHERS_AFTER = re.compile(
    r"(?: (?:than (?:this|that|it)(?: one)?|ones?|options?|then|please|though))*[?!.]*$"
    r"|儿?的?(?:款|[那这]种)?(?:吗|么|呢|嘛|不|(?:还|也)?有(?:吗|么|没|没有|不|木有))?[?!.。]*$"
)
_THAN_THAT = re.compile(r"(?:(?:我?想?[要看找]|来|换)个?)?比[这那它第]\S{0,4}")


def asks_for_cheaper(reading: Reading) -> str:
    """Others for less than the one at hand, and no price: 这款有点贵，便宜点的有吗; else ""."""
    cheaper = [slot for slot in reading.slots if slot.value == "cheaper"]
    if not cheaper or not {slot.name for slot in reading.slots} <= {"comparative", "reference"}:
        return ""
    text, last = align(reading.text), cheaper[-1]
    before, after = text[: last.start], text[last.end :]
    if not _OTHERS_AFTER.match(after):
        return ""
    than = _THAN_THAT.fullmatch(before) and after.startswith("的")
    return "refine_search" if than or _OTHERS_BEFORE.search(before) or "有" in after else ""


_STUFF = re.compile(r"用品|东西|商品|产品|\b(?:stuff|things|items|products)\b")
_ROUND_STUFF = re.compile(
    r"(?:有没有|有些?|什么|啥|哪些|卖|想?要|想?买|看看?|找|[点的给没吗么呢吧用]|适合"
    r"|[你您]们?家?|店里|这里|用品|东西|商品|产品|[，。？！]"
    r"|\b(?:do|does|you|your|have|any|got|sell|show|me|i|want|need|is|are|there|some|the|for|what"
    r"|suitable|stuff|things|items|products)\b|[ ,.?!])*"
)
_FOR_WHOM = frozenset({"age_group", "gender"})


def asks_for_stuff(reading: Reading) -> str:
    """Things for somebody, of no kind in particular: 有没有儿童用品, "stuff for kids"; else ""."""
    slots = reading.slots
    wished = all(slot.name in _FOR_WHOM and slot.role == "include" for slot in slots)
    asks = slots and wished and _STUFF.search(align(reading.text))
    around = _ROUND_STUFF.fullmatch(align(reading.rest))
    return "search_product" if asks and around else ""


_HOW_LONG = re.compile(
    r"(?:大概|一般|大约|要|得)*(?:几天|多久|多少天)(?:才?能|可以|会)*(?:到货|到手|送到|收到|寄到)[呢啊呀]?"
)
_ORDERS = frozenset({"serve_orders", "track_order"})


def asks_how_long(reading: Reading) -> str:
    """How long a delivery takes, where no order is talked about: 几天能到货; else ""."""
    asks = _HOW_LONG.fullmatch(bare(align(reading.text)))
    return "ask_faq_shipping" if asks and reading.context.previous_action not in _ORDERS else ""


_SHORT = 16
_ASKING = re.compile(
    r"[?？吗呢]|\b(?:how|what|which|where|when|why|is|are|do|does|can|add|cart|basket|order|compare"
    r"|buy|take)\b|多少|怎么|哪|什么|购物车|下单|结账|对比|加购"
)
OF_THINGS = frozenset({"size", "color"})


def answers_in_words(reading: Reading) -> bool:
    """Whether a text answers the question for a size or colour, in a few words: "46 I reckon"."""
    asked = reading.context.requested_slot
    if asked not in OF_THINGS or not reading.has(asked) or len(reading.rest) > _SHORT:
        return False
    names = {slot.name for slot in reading.slots}
    return names <= OF_THINGS | {"feature", "measure"} and not _ASKING.search(align(reading.text))


def tells_body(reading: Reading) -> str:
    """Nothing but how tall and heavy somebody is: 一米八二 160斤."""
    both = reading.only("measure") and len(reading.slots) > 1
    return "ask_size_help" if both and all(map(is_body, reading.slots)) else ""


_RATES = re.compile(
    r"(?:(?:so|and|well|ok(?:ay)?)[ ,]+)*(?:"
    r"(?:(?:i|we)(?:'d|'ll| would| will| want to| can)?(?: like to)?(?: only| just)? "
    r"|let's |let me )?"
    r"(?:give|gave|giving|rate|rated|score|award)"
    r" (?:R(?: with| at)?(?: an?| only| just| full)* S|(?:an? )?S (?:to|for) R)"
    r"|(?:an? )?S,? (?:for|to|goes to) R"
    r"|(?:for )?R,?:? (?:gets?|deserves?|earns?|earned|i(?:'d|'ll)? (?:give|rate))"
    r"(?: it)?(?: an?| only| just| full)* S"
    r"|(?:my )?(?:rating|score)s? (?:for|of) R(?: is|:)(?: an?| only| just)* S"
    r"|(?:那|就|我|想|要|来|再)*(?:给|为|对)R(?:我|就|只|能|可以|要|想)*(?:打[个了出]?|评[个了为]?|给)?S"
    r"|(?:那|就|我)*(?:把)?R(?:我|就|只|能|可以|要|想|值得?)*(?:打[个了出]?|评[个了为]?|给[它个]?)S"
    r"|(?:打[个了]?|评[个了]?|给)?S(?:打?给|送给)R"
    r")(?: (?:please|from me|then|thanks))*(?:的?(?:好评|评价|评分))?[吧了啦哦]?"
)
_POINTED = re.compile(
    r"\b(?:it|this|that)(?: one)?\b"
    r"|[它这那](?:[个款双件条台只部本张副](?!月|星))?(?=[我就只打评给S值])"
)
_BOUNDED = re.compile(
    r"[+≥>]|\b(?:up|above|over|more|least|better|higher)\b|以上|至少|起|不低于|超过"
)


def gives_stars(reading: Reading) -> str:
    """Stars for a product that was shown: "I'd rate the first one 4 stars", 给第二个打5星."""
    stars = [slot for slot in reading.slots if slot.name == "rating"]
    if len(stars) != 1 or not {slot.name for slot in reading.slots} <= {"rating", "reference"}:
        return ""
    said = align(reading.text)
    for slot in sorted(reading.slots, key=lambda slot: -slot.start):
        sign = "S" if slot.name == "rating" else "R"
        verb = "评" if slot.raw.startswith("评") else ""
        said = said[: slot.start] + verb + sign + said[slot.end :]
    bounded = _BOUNDED.search(align(stars[0].raw))
    return "" if bounded or not _RATES.fullmatch(bare(_POINTED.sub("R", said))) else "give_feedback"


_REFUSABLE = frozenset({"brand", "color", "material", "pattern"})
_REFUSING = re.compile(
    r"(?:anything|you|we|can|could|please|let's|all|skip|drop|leave|out|rule|ruled|are|is|that"
    r"|thanks|ones|colou?rs?|it|they|id|i|would|rather|must|not|have|be|made|of|want|dont"
    r"|except|nothing|but|no|go|off|the|table"
    r"|就|都|一律|我|可|的|色|款|那|全|讨厌|hate|another|show|me|different|免了|不必了?|算了|不要了?|不用了?|不考虑了?|除外|不行|不喜欢"
    r"|[了吧啦])*"
)


_DROPPING = re.compile(
    r"rather|must|一律|skip|drop|out|except|anything|nothing|免了|不必|算了|不考虑|除外"
)
_ANOTHER = re.compile(r"换[一别其]?[个款双件种条]|\banother(?: one)?\b")
_OF_ONE = re.compile(r"\b(?:one|that|this)\b|[这那][个款双件台条只部]")


def refuses(reading: Reading) -> str:
    """Nothing but what is not wanted, of things one has one way or another: 黑色的就免了."""
    aligned = align(reading.text)
    searching = reading.context.previous_action in SEARCHING
    other = _ANOTHER.search(aligned) is not None and searching
    slots = [one for one in reading.slots if not (other and one.name == "quantity")]
    if _OF_ONE.search(_ANOTHER.sub("", aligned)) or not slots:
        return ""
    if any(s.name not in _REFUSABLE or s.role != "exclude" for s in slots):
        return ""
    said = [slot for slot in slots if slot.value != ""]
    rest = re.sub(r"[\s\W]+", "", reading.rest)
    plain = (other or _DROPPING.search(rest)) and _REFUSING.fullmatch(rest)
    return "refine_search" if said and plain else ""
