"""Precise intent rules, asked before the model: each says what it is sure of, or nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from intents.numbers import align
from intents.types import NOTHING_BEFORE, Intent, ParseContext, Slot

SURE = 0.99
"""The score of an intent that a rule is sure of."""
LIKELY = 0.9
"""The score of an intent that only the kind of slots suggests."""

SEARCHING = frozenset(
    {"search_products", "show_more", "recommend_products", "find_gifts", "find_similar"}
)
"""Actions that leave a list of products on the table."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a text when the rules are asked.

    ``rest`` are the words that no slot and no filler accounts for.
    """

    text: str
    slots: tuple[Slot, ...]
    rest: str
    context: ParseContext = NOTHING_BEFORE

    def only(self, *names: str) -> bool:
        """Whether slots of these names, and nothing else, make up the text."""
        return bool(self.slots) and not self.rest and {s.name for s in self.slots} <= set(names)

    def has(self, name: str) -> bool:
        """Whether a slot of that name was found."""
        return any(slot.name == name for slot in self.slots)


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


_EXACT: tuple[tuple[str, str], ...] = (
    (
        "affirm",
        r"(?:yes|yeah|yep|yup|ya|ok|okay|sure|correct|right|exactly|of course|absolutely|definitely"
        r"|sounds? good|go ahead|do it|that'?s right|confirm(?:ed)?|y|fine|perfect|great"
        r"|alright|aye|yea|yessir|affirmative|certainly|by all means|why not|go for it"
        r"|(?:that )?works(?: for me)?|suits me|fair enough|you bet|👍+|👌+)"
        r"(?: (?:yes|please|sure|do it|go ahead|ok))*"
        r"|是的?|对的?|对对+|嗯+|嗯好|好的?|好好|行的?|可以的?|没错|确认|确定|没问题|当然"
        r"|要得|中|ok的|是是是|好[嘞滴哒呀啊吧]|成|[嗯恩]{2,}|嗯[呢啊]|是滴|得嘞|妥[了啦]?|没毛病|没意见"
        r"|同意|行[吧啊呀]|可以[呀啊]|就这样|就这么办",
    ),
    (
        "deny",
        r"(?:no|nope|nah|n|no way|not really|no thanks?|no thank you|never mind|don't"
        r"|cancel that|nay|negative|(?:uh|nuh)[ -]uh|not (?:today|now|yet|for me)|i'?ll pass"
        r"|no need|don'?t bother|nothing|none|👎+)"
        r"(?: (?:no|thanks?|thank you|please))*"
        r"|不|不是的?|不要了?|不用了?|不了|不行|不对|算了吧?|没有|别了?|不需要了?|不必了?|否|取消"
        r"|免了|不可以|不太行|没兴趣|不考虑了?|不麻烦了?|不用麻烦了?|没必要|先不了?|暂时不用了?",
    ),
    (
        "greet",
        r"(?:hi+|hello+|hey+|hiya|heya|howdy|yo|oi|g'?day|good (?:morning|afternoon"
        r"|evening|day)|morning|greetings|what'?s up|namaste|hola|bonjour|salut|aloha"
        r"|konnichiwa|👋+)"
        r"(?: (?:there|all|everyone|hello|hi))?"
        r"|你好+呀?|您好|哈喽|嗨+|早上好|上午好|下午好|晚上好|早安?|在吗|在不在|有人吗"
        r"|亲在吗|亲|hi你好|哈[啰罗]|嗨喽|嘿|你好啊|中午好|早[呀啊]|在[么不]|(?:老板|掌柜的?|店家|客服)?"
        r"(?:你好|您好|在[吗么不]|好)|(?:有(?:客服|人)|客服)(?:在)?[吗么不]|打扰(?:了|一下)|请问一下",
    ),
    (
        "goodbye",
        r"(?:good)?bye+(?: bye)?|see (?:you|ya|u)(?: later| soon)?|cya|later|take care"
        r"|good night|farewell|ciao|adi[oó]s|au revoir|auf wiedersehen|so long|ttyl"
        r"|talk (?:to you )?(?:later|soon)|(?:i'?ve )?(?:gtg|got to go|gotta (?:go|run))"
        r"|(?:i'?m )?off now|until next time|catch you later"
        r"|have a (?:good|nice|great) (?:one|day|evening|weekend)"
        r"|再见[了啦]?|拜拜+[了啦]?|88|886|回头见|下次见|下回见|明天见|(?:下次|改天|有空|回头)再?聊|回聊"
        r"|先这(?:样|么着)吧?|晚安|(?:先|我先|我)?(?:走|撤|溜|闪|下|忙去)[了啦]|先忙[了啦]?",
    ),
    (
        "thank",
        r"(?:(?:ok|okay|alright|great|perfect|nice|cool)[, ]+)?"
        r"(?:thanks?(?: (?:you|u))?(?: (?:so|very) much| a (?:lot|million|bunch|ton))?"
        r"|thx|ty(?:sm)?|tks|cheers|much obliged|gracias|merci|danke"
        r"|much appreciated|appreciate it|🙏+|❤️?)"
        r"|(?:(?:好的?|行|嗯+|ok)[, ]*)?"
        r"(?:谢谢你?您?[啦了哈呀哦]?|多谢|谢了|谢啦|感谢|辛苦了|太感谢了|谢谢啊)",
    ),
    (
        "chitchat",
        r"(?:ha){2,}h?|(?:he){2,}|lo+l|lmao|rofl|[哈呵嘿嘻]{2,}|笑死(?:我了)?|233+|😂+|🤣+|😄+",
    ),
    (
        "help",
        r"help|help me|menu|what can you do|帮助|帮忙|帮帮我|你能做什么|你会什么|你能干什么"
        r"|怎么用|使用帮助|功能",
    ),
    (
        "show_more",
        r"(?:show |see |give )?(?:me )?more(?: (?:options|results|products|items|choices))?"
        r"|next(?: (?:page|ones?))?|anything else"
        r"|(?:还有|有)?更多的?|下一页|下一批|换一批|再来几个|还有别的|还有其他的?"
        r"|还有没有别的|还有没有|还有吗|继续|再看看别的|多看几个",
    ),
    (
        "show_cart",
        r"(?:show |view |open |see |check )?(?:me )?(?:my |the )?(?:shopping )?(?:cart"
        r"|basket|trolley)"
        r"|(?:查?看|打开|显示)?(?:一下)?(?:我的)?购物车(?:里有(?:什么|啥))?",
    ),
    (
        "clear_cart",
        r"(?:empty|clear) (?:my |the )?(?:shopping )?(?:cart|basket|trolley)|(?:把)?(?:清空"
        r"|清掉)(?:一下)?(?:我的)?购物车|(?:把)?购物车清空",
    ),
    (
        "checkout",
        r"check ?out|pay(?: now)?|place (?:my |the )?order|结账|结算|买单|付款|去付款|去结算"
        r"|提交订单|下单|付钱",
    ),
    (
        "start_over",
        r"start over|restart|reset|new search|start again|begin again|start from scratch"
        r"|重新开始|从头(?:再来|开始)|重来|重置|重新来|重新找",
    ),
    (
        "request_human",
        r"(?:a |real )?(?:human|agent|person|representative|operator|customer service)"
        r"|转人工|人工|人工客服|转客服|真人|真人客服|找客服|找人工|接人工",
    ),
    (
        "sort_results",
        r"(?:(?:and|now|then) )?(?:(?:sort|order)(?:ed)? )?by (?:price|ratings?|popularity|newest"
        r"|date|sales)|按(?:价格|评分"
        r"|销量|人气|上新)排(?:序|一下)?",
    ),
    (
        "compare_products",
        r"compare(?: (?:them|these|both|those))?|对比(?:一?下)?|比较(?:一?下)?|比一比",
    ),
)
_EXACT_RULES = tuple((intent, re.compile(pattern)) for intent, pattern in _EXACT)
_EDGE = re.compile(r"^[\s\W_]+|[\s\W_]+$")
_POLITE = re.compile(
    r"(?:[ ,，、]*(?:please|pls|plz|thanks|thank you|thx|then|now|吧|呀|啊|哦|哈|呢|啦|谢谢"
    r"|麻烦了?|一下))+$"
)
_KEEP = re.compile(r"[👍👌👎👋🙏❤😂🤣😄]+")


def _exact(reading: Reading) -> str:
    """Whole texts that mean one thing: "yes", 谢谢, "checkout", 转人工."""
    text = align(reading.text).strip()
    signs = "".join(_KEEP.findall(text))
    core = _EDGE.sub("", text) or signs
    for form in (core, _EDGE.sub("", _POLITE.sub("", core))):
        for intent, pattern in _EXACT_RULES:
            if form and pattern.fullmatch(form):
                return intent
    return ""


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
_IN_SEARCH = frozenset({"size", "color"})
_AFTER_QUANTITY = {"change_quantity": "change_quantity", "remove_from_cart": "remove_from_cart"}


def _answers_question(reading: Reading) -> str:
    """Nothing but the value that was just asked for: "42", "joe@example.com", 两个."""
    asked = reading.context.requested_slot
    if asked not in _ANSWERS or not reading.only(asked):
        return ""
    if asked == "quantity":
        return _AFTER_QUANTITY.get(reading.context.previous_action, "add_to_cart")
    if asked in _IN_SEARCH and reading.context.previous_action in SEARCHING:
        return "refine_search"
    if asked == "price" and reading.context.previous_action == "find_gifts":
        return "find_gift"
    return _ANSWERS[asked]


def _order_alone(reading: Reading) -> str:
    """An order number or an e-mail and nothing else asks where the order is."""
    return "track_order" if reading.only("order_id", "email") else ""


_ALSO = re.compile(r"\b(?:also|as well|too|another|plus|and)\b|也|再|还")
_ALSO_REST = re.compile(r"(?:also|as|too|another|plus|也|再|还|要|加)*")


def _goes_on(reading: Reading) -> str:
    """Another size or colour for what was just done: "and one in XL as well", 50码呢."""
    names = {slot.name for slot in reading.slots}
    alone = bool(names) and names <= {"quantity", "size", "color"} and names != {"quantity"}
    if not alone or not _ALSO_REST.fullmatch(reading.rest):
        return ""
    previous = reading.context.previous_action
    if previous == "add_to_cart" and _ALSO.search(align(reading.text)):
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
    core = _EDGE.sub("", align(reading.text))
    only = reading.has("quantity") and {s.name for s in reading.slots} <= {"quantity", "reference"}
    return "change_quantity" if only and _CHANGE.fullmatch(core) else ""


def _points(reading: Reading) -> str:
    """A reference alone picks a product; "the other one" and "both" leave it to the model."""
    slots = reading.slots
    if len(slots) != 1 or not reading.only("reference") or slots[0].role != "include":
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
    if not alone or re.search(r"\b(?:the|one)\b|[款个]$", align(reading.text)):
        return ""
    return "sort_results"


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

EXACT_RULES: tuple[Rule, ...] = (
    _exact,
    _wants_person,
    _answers_question,
    _order_alone,
    _goes_on,
    _takes,
    _asks_for_extreme,
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
