"""Intents that precise rules alone know: the trained model has never seen them.

Each rule asks for the words of the wish itself, not for a mere mention: "tell me when it is back in
stock" is a watch, "is it back in stock?" is a question.
"""

import re
from collections.abc import Sequence

from catalog.sizing import read_body
from intents.numbers import align
from intents.types import NOTHING_BEFORE, ParseContext, Slot

_TELL = (
    r"(?:(?:let|keep) me (?:know|posted)|(?:tell|notify"
    r"|alert|ping|e-?mail|text|message|remind|warn)"
    r" me|give me a (?:shout|ping|heads[- ]up)|i(?:'d"
    r"| would) like to (?:know|hear)|watch (?:it|this"
    r"|that|them|the \w+(?: one)?)|keep an eye on (?:it|this|that|them|the \w+(?: one)?))"
)
_CHEAPER = (
    r"(?:(?:the |its |their )?prices? (?:ever )?(?:drops?|falls?|goes down|comes down|changes?|is"
    r" (?:lower|reduced|cut))|(?:drops?|falls?|goes?|comes?|gets?|is|are|it's|they're|costs?) "
    r"(?:in price|down|cheaper|on sale|discounted"
    r"|reduced|less than|(?:to |down to )?(?:below|under))"
    r"|on (?:sale|offer)|cheaper|discount\w*|(?:below|under) \W?\d)"
)
_BACK = (
    r"(?:back(?: in)?(?: stock)?\b|(?:in stock|available) again|restock\w*|(?:becomes?|is|are|it's"
    r"|they're|comes?) (?:back )?(?:in stock|available)|you (?:have|get) (?:it|them|more)(?: again"
    r"| in| back)+|arrives? again)"
)
_WHEN = r"(?:,? (?:please |plz |pls )?(?:when(?:ever)?|once|as soon as|if|the moment)\b)"

_WATCH = re.compile(
    rf"{_TELL}{_WHEN}.{{0,40}}?{_CHEAPER}"
    rf"|{_TELL},? (?:please )?(?:when(?:ever)?|once|as soon as|the moment)\b.{{0,40}}?{_BACK}"
    rf"|{_TELL} if\b.{{0,30}}?(?:back in stock|in stock again|available again|restock\w*)"
    r"|(?:set|create|make|add|want|like|put|turn on|give me|start)[\w ]{0,12} (?:a |an |the )?"
    r"(?:price|stock|back[- ]in[- ]stock|restock)[- ](?:drop[- ])?(?:alert|watch|notification"
    r"|reminder)"
    r"|^(?:please )?(?:watch|track) (?:the |its |their )?price"
    r"|^(?:(?:please|can you|could you|also) )*(?:watch|keep an eye on) (?:it|this|that|these|those"
    r"|them|(?:this|that|the \w+) one)(?: (?:for me|please|too))*\W*$"
    r"|^(?:a )?(?:price|stock|back[- ]in[- ]stock|restock)[- ](?:drop )?(?:alert|watch"
    r"|notification)(?: please)?\W*$"
    r"|(?:降价|便宜|打折|特价|优惠|降到|低于|跌到|跌破|到货|有货|补货|上架|来货)[^吗么?？]{0,14}"
    r"(?:通知|提醒|告诉|叫|喊|告知|说)(?:一?下|一声)?我"
    r"|(?:降价|便宜|打折|特价|到货|有货|补货"
    r"|来货)[^吗么?？]{0,8}(?:通知|提醒|告诉|告知)(?:一下|一声)"
    r"|(?:通知|提醒|告诉|告知)(?:一?下|一声)?我[^?？]{0,10}(?:降价|便宜了|打折|到货|有货了|补货)"
    r"|(?:设|开|加|弄|要|订阅|帮我|给我)[^取消关]{0,6}(?:降价|到货|补货|有货)(?:通知|提醒)"
    r"|^(?:降价|到货|补货|有货)(?:通知|提醒)\W*$"
    r"|(?:盯|关注|留意)(?:着|一下|下)?[^?？]{0,8}(?:价格|降价|补货|到货)"
    r"|^(?:(?:请|麻烦|你|再|也|帮我|替我|给我))*(?:盯|关注|留意)(?:着|一下|下|住)(?:这|那|它|第)[^?？]{0,5}$"
    r"|^(?:(?:请|麻烦|你|再|也|帮我|替我|给我))*把?(?:这|那|它|第)[^?？]{0,5}(?:盯着|关注一?下|留意一?下)$"
)
_NO_WATCH = re.compile(
    r"\b(?:don't|do not|stop|cancel|never"
    r"|unsubscribe|no more)\b|取消|关掉|不要|别再?|不用|停止|退订"
    r"|\b(?:orders?|parcel|package|refund|delivery|shipment)\b|订单|快递|包裹|退款"
)

_LIST = re.compile(
    r"(?:show|list|see|view|check|what(?:'s| is| are)?|which)[\w ]{0,16} (?:(?:my )?(?:price "
    r"|stock )?(?:alerts|watch ?list)|(?:my|price|stock) (?:price |stock )?watches)\W*$"
    r"|^my (?:price |stock )?(?:watches|alerts|watch ?list)\W*$"
    r"|what (?:am i watching|are you watching for me)"
    r"|(?:看看?|查看?|列出|有哪些|什么)[^取消关]{0,6}(?:降价|到货)?提醒\W*$"
    r"|^我的(?:降价|到货|商品)?(?:提醒|关注)(?:列表|有哪些)?\W*$"
    r"|我(?:都)?(?:关注|盯)了?(?:着)?(?:什么|哪些|哪几)"
)
_STOP = re.compile(
    r"(?:stop|cancel|remove|delete|turn off|drop"
    r"|end)[\w' ]{0,24}(?:watch(?:ing|es)?|(?:price |stock )?"
    r"alerts?|notifications?|notifying me|alerting me)\b"
    r"|(?:don't|do not) (?:notify|alert|remind) me"
    r"|(?:取消|关掉|关闭|删掉|删除|不要|不用|停止"
    r"|退订)[^?？]{0,10}(?:降价|到货|补货|有货|商品|这个|那个|的)?"
    r"(?:提醒|通知|关注|盯)"
)

_SAVE = re.compile(
    r"\b(?:save|keep|store|remember|park)(?: up)? (?:my |this |the |all (?:of )?(?:this|the) )?"
    r"(?:whole |current |shopping )?(?:cart|basket)\b"
    r"|\bsave (?:it|this|that|everything) (?:as|under|for later)\b.{0,20}(?:cart|basket)"
    r"|(?:保存|存|留)(?:一下|起来|着|好|下)?(?:我的|这个|当前的?)?购物车(?!里?的?(?:商品)?吗)"
    r"|购物车[^?？]{0,6}(?:保存|存起来|存一下|存[着为成下]|留着|先存)"
)
_RESTORE = re.compile(
    r"\b(?:load|restore|open|reopen|recall|use|show|bring back|get back|go back to|fetch|list|see)"
    r"(?: me)? (?:my |the |a |all )?(?:(?:my|the) )?(?:last "
    r"|old |previous )?(?:saved|stored|parked)"
    r" (?:cart|basket)s?\b|^(?:my )?saved (?:cart|basket)s?\W*$"
    r"|(?:what|which|any) saved (?:cart|basket)s"
    r"|\b(?:restore|reload|bring back) (?:my |the )?(?:cart"
    r"|basket)\b"
    r"|(?:恢复|打开|找回|读取|调出|看看?|查看|用|拿出"
    r"|载入)[^?？]{0,6}(?:保存|存)(?:过|好|下|起来)?的?"
    r"[^?？]{0,6}购物车|(?:之前|上次|以前|刚才)(?:保存|存)(?:过|好|下)?的?[^?？]{0,4}购物车"
    r"|(?:恢复|找回)[^?？]{0,4}购物车|^(?:我)?(?:保存|存)(?:过|好)?的购物车\W*$"
)

_REORDER = re.compile(
    r"\bre-?order\b(?! (?:the )?(?:list|results|by))"
    r"|\b(?:order|buy|get|purchase) (?:(?:all|exactly) )?(?:the same|it|that|this|them|everything)"
    r"(?: (?:thing|things|stuff|order|items?|one"
    r"|again))*(?:,? (?:all over )?again| as (?:last|before))"
    r"|\b(?:same|the same) (?:order |thing "
    r"|stuff )?(?:again )?as (?:last time|before|my last order)"
    r"|\b(?:repeat|duplicate) (?:my |the |that )?(?:last |previous |old )?order\b"
    r"|\bbuy (?:my )?(?:last|previous) order again|\border again what i\b"
    r"|(?:和|跟|同|按|照)(?:着)?(?:我)?上(?:次|一?单"
    r"|回)(?:的|买的|订单)?(?:一样|相同|同样)?[^?？吗]{0,8}"
    r"(?:再?(?:来|买|下|订)|一样的?)|再(?:次)?(?:下|订"
    r"|买|来)一?(?:单|次|份)?(?:和|跟)?(?:上次|之前|以前)"
    r"|(?:上次|之前|以前)(?:买|订)的[^?？吗]{0,8}再(?:来|买|要|下|订)"
    r"|复购|再次购买|一键回购|重新下(?:一)?单|^(?:再|重新)(?:下"
    r"|订)(?:一)?(?:次|遍)?(?:一样的|同样的)?订?单\W*$"
    r"|回购(?:一下|上次|之前)"
)
_NO_REORDER = re.compile(
    r"\bnever\b|\bnot (?:re-?order|order|buy)|\b(?:won't|wouldn't|don't|would not|will not|can't)\b"
    r"|不会|不想|别|不再|没法|投诉"
)

_OUTFIT = re.compile(
    r"\boutfits?\b|\bhead[- ]to[- ]toe\b|\b(?:starter"
    r"|complete|full|whole|entire) (?:kit|set ?up|set"
    r"|look|gear)\b|\b(?:build|put together|make|assemble|create|want|need|plan)\b[\w ]{0,14}"
    r"\b(?:bundle|set ?up|kit)\b|\bbundle of\b"
    r"|穿搭|搭(?:配)?(?:出)?(?:一|成)?[身套]"
    r"|配(?:出)?(?:一|成)[身套]|一身|全套|整套|成套|一整套|一套装备"
    r"|套装搭配|行头"
)
_TOTAL = re.compile(
    r"\b(?:in total|total|altogether|all together|combined|all in|overall|in all|for everything"
    r"|for (?:it|them) all|for (?:both|all (?:three|four|of them)))\b"
    r"|一共|总共|总预算|总价|加起来|合计|合起来|全部加|一起(?:不超过|控制|在)|总的"
)

RULED = frozenset({
    "watch_product", "list_watches", "stop_watching", "save_cart", "restore_cart", "reorder",
    "build_bundle", "ask_faq_store", "complain",
})  # fmt: skip
"""The intents of this module."""


def ruled_intent(text: str, slots: Sequence[Slot], context: ParseContext = NOTHING_BEFORE) -> str:
    """The intent that a whole text means beyond doubt, or "" where no rule knows it."""
    plain = align(text)
    if context.requested_slot == "measure" and read_body(text):
        return "ask_size_help"
    if context.previous_action == "find_gifts" and _answers_form(plain, slots):
        return "find_gift"
    if _STOP.search(plain):
        return "stop_watching"
    if _WATCH.search(plain) and not _NO_WATCH.search(plain):
        return "watch_product"
    if _LIST.search(plain):
        return "list_watches"
    return _of_cart(plain) or _of_bundle(plain, slots) or _of_shop(plain, slots)


_GENUINE = re.compile(
    r"\b(?:are|is|do|sell|selling|all|everything)\b[\w' ]{0,30}"
    r"\b(?:(?:genuine|authentic)(?: (?:products|items|goods|stuff|brands))?(?! [a-z])"
    r"|the real (?:deal|thing)|counterfeits?|fakes|knock-?offs)\b"
    r"|(?:你们?|您们?|店|卖|东西|都|保证?|是不是)[^，。]{0,6}(?:正品|真货|行货|假货)"
)
_LET_DOWN = re.compile(
    r"\b(?:i'm|i am|bit|rather|quite|very|so|really|pretty) (?:disappointed|let down)\b(?! if)"
    r"|\b(?:disappointing|what a let-?down)\b"
    r"|(?<![不没别])(?<![不没别]会)(?<!不[要能]让[我人您你])(?<!别让[我人])(?:失望|寒心|心凉)"
)


def _of_shop(plain: str, slots: Sequence[Slot]) -> str:
    """Whether all that is sold is genuine, or that the shopper is let down by what was done."""
    about_one = any(slot.name in ("reference", "product_type", "brand") for slot in slots)
    if _GENUINE.search(plain) and not about_one:
        return "ask_faq_store"
    return "complain" if _LET_DOWN.search(plain) and not about_one else ""


def _answers_form(plain: str, slots: Sequence[Slot]) -> bool:
    """Nothing but the answer to a question of the gift finder, or that there is none."""
    if _SKIP.fullmatch(plain):
        return True
    names = {slot.name for slot in slots if slot.role == "include"}
    told = bool(names) and names <= {"recipient", "occasion", "person", "age_group", "price"}
    return told and len(plain) <= _SHORT and not _QUESTION.search(plain)


_SHORT = 30
_QUESTION = re.compile(r"[?？吗呢]|\b(?:how|what|which|where|when|cart|order)\b|购物车|订单")
_SKIP = re.compile(
    r"\W*(?:skip(?: (?:it|that|this))?|(?:it )?(?:doesn't|does not) matter|no (?:idea|preference"
    r"|budget|occasion)|not sure|anything(?: is fine)?|any|whatever|(?:i )?don't (?:know|mind)"
    r"|跳过|随便|都(?:可以|行)|不(?:知道|清楚|限|确定)|无所谓|没有?预算|没有?特别的?)\W*"
)


def _of_cart(plain: str) -> str:
    if _RESTORE.search(plain):
        return "restore_cart"
    if _SAVE.search(plain):
        return "save_cart"
    return "reorder" if _REORDER.search(plain) and not _NO_REORDER.search(plain) else ""


def _of_bundle(plain: str, slots: Sequence[Slot]) -> str:
    """Several kinds of products for one sum, or a whole outfit: not "a tea set", one product."""
    kinds = [s for s in slots if s.name == "product_type" and s.role == "include"]
    uncovered = list(plain)
    for slot in (one for one in kinds if _is_product(one)):
        uncovered[slot.start : slot.end] = " " * (slot.end - slot.start)
    rest = "".join(uncovered)
    priced = any(slot.name == "price" for slot in slots)
    if _NO_BUNDLE.search(rest) or (_ASKS_SUM.search(rest) and not priced):
        return ""
    several = len({str(slot.value) for slot in kinds}) > 1
    if _TOTAL.search(rest) and (several or _KIT.search(rest)):
        return "build_bundle"
    if several and _OUTFIT.search(rest):
        return "build_bundle"
    return "build_bundle" if _OUTFIT.search(rest) and _ASKS.search(rest) else ""


_NO_BUNDLE = re.compile(
    r"(?<!to )(?<!into )(?:my|the|this|your|our) (?:(?:shopping|current) )?"
    r"(?:cart|basket|bag|trolley|orders?)\b|\b(?:cart|basket|order) total\b"
    r"|(?<![入到进])(?<![入到进]我的)购物车|购物袋里|订单|[这那上]一?单"
)
"""Sums of what lies in a cart or was ordered; what shall go into the cart may be a set."""
_ASKS_SUM = re.compile(
    r"\bhow much\b|\bwhat(?:'s| is| are| would| does| do)\b.{0,20}\b(?:total|cost|come to)\b"
    r"|多少钱?|几块钱?|什么价"
)
"""Questions for a sum, which name no budget."""


def _is_product(slot: Slot) -> bool:
    """A science kit is one product of the catalogue; a camping kit is near one and none of it."""
    named = _KIT.search(slot.raw.casefold())
    return slot.resolved is not None and (named is None or named[0] in str(slot.value).casefold())


_KIT = re.compile(r"\b(?:kit|set ?up|outfit|bundle|gear|look)|装备|穿搭|行头")


_ASKS = re.compile(
    r"\b(?:need|want|looking for|find|build|put together|make|assemble|create|suggest|recommend|get"
    r"|help|show|give|under|for|plan|budget)\b|配|搭|要|想|推荐|来|预算|帮|求|给|买"
)

WATCHED_STOCK = re.compile(rf"{_BACK}|restock|(?<!to )\bstock\b|到货|有货|补货|上架|来货")
"""Words by which a watch is for the stock and not for the price."""


def without_verbs(text: str, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots but for the verb of "watch this", which is no watch."""
    return tuple(
        slot
        for slot in slots
        if slot.name != "product_type" or not _WATCHING.match(text.casefold(), slot.start)
    )


_WATCHING = re.compile(
    r"watch (?:for )?(?:it|this|that|these|those|them|the \w+ one|(?:the|its|their) price)\b"
    r"(?! (?:strap|band|case|charger))"
)


def names_total(text: str) -> bool:
    """Whether a part of a text speaks of the sum of everything: "in total", 一共."""
    return _TOTAL.search(align(text)) is not None
