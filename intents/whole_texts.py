"""Whole texts that mean one thing whatever was said before: "yes", 谢谢, "checkout", 转人工."""

import re

from intents.numbers import align

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
        r"(?: (?:no|thanks?|thank you|please|(?:so |very )much|a lot))*"
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
        r"|(?:i'?m )?off now|until next time|catch you later|cheerio|toodle-?(?:oo|pip)"
        r"|i(?:'?ve got to| must| have(?: got)? to| gotta)"
        r" (?:be (?:going|off)|dash|run|go)(?: now)?"
        r"|have a (?:good|nice|great) (?:one|day|evening|weekend)"
        r"|再见[了啦]?|拜拜+[了啦]?|88|886|回头见|下次见|下回见|明天见|(?:下次|改天|有空|回头)再?聊|回聊"
        r"|(?:那?我?)(?:得|该|要|先)(?:走|撤|下线?|忙去?)[了啦]|先这(?:样|么着)吧?|晚安|(?:先|我先|我)?(?:走|撤|溜|闪|下|忙去)[了啦]|先忙[了啦]?",
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
        r"|what (?:should|can|do|shall) i (?:write|type|say|ask)(?: (?:here|you|to you))?"
        r"|怎么用|使用帮助|功能|我?(?:该|可以|能)(?:[说写问](?:什么|啥)|怎么(?:说|写|问|输入))"
        r"|怎么(?:查找?|找|搜索?)(?:商品|东西|产品)",
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


def whole_text(text: str) -> str:
    """The intent of a whole text, or ""; marks and courtesies around it count for nothing."""
    text = align(text).strip()
    signs = "".join(_KEEP.findall(text))
    core = bare(text) or signs
    for form in (core, bare(_POLITE.sub("", core))):
        for intent, pattern in _EXACT_RULES:
            if form and pattern.fullmatch(form):
                return intent
    return ""


def bare(text: str) -> str:
    """The text without marks and spaces at its ends."""
    return _EDGE.sub("", text)
