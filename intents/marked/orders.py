"""Which order of a list is meant: "rating", "ascending by price", 热度, 价格从低往高, 好评率."""

import re

from catalog.types import SortKey

_UP = r"ascend|\basc\b|\blow|least|cheap|afford|inexpensive|budget|便宜|低|少|平|升|小|实惠|省"
_DOWN = (
    r"descend|\bdesc\b|high|\bmost\b|dear|expensive|pric(?:e?y|ier|iest)|luxur"
    r"|贵|高|多|降|大|递减|豪"
)
_FIRST_SAID = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_PRICE = re.compile(
    r"pric|cost|cheap|expensive|dear|afford|budget|money|ascend|descend|\basc\b|\bdesc\b"
    r"|价|钱|贵|便宜|实惠|平[啲嘅的]|[升降]序"
)
# What is asked about before the price: "most reviews" is no price, though it is "most".
_OTHERS: tuple[tuple[SortKey, re.Pattern[str]], ...] = (
    (
        SortKey.RATING,
        re.compile(
            r"rat(?:ed|ing)|review|star|score|feedback|评分|评价|好评|口碑|星|分数|打分|满意"
        ),
    ),
    (
        SortKey.POPULARITY,
        re.compile(
            r"popular|best ?-?sell|sell|sold|sales|trend|\bhot|loved|lik(?:ed|es)|bought|favou?rite"
            r"|demand|purchas|销|热|人气|爆|火|受欢迎|买[得的]?.{0,2}多|多人买|回购|关注|喜欢|抢手"
        ),
    ),
    (
        SortKey.NEWEST,
        re.compile(
            r"\bnew|latest|recent|\bdate|release|fresh|arriv|\bage\b|新|上架|时间|日期|刚[出到发]"
        ),
    ),
    (
        SortKey.RELEVANCE,
        re.compile(r"relevan|match|default|similar|fit|相关|匹配|默认|综合|推荐|符合|贴近|合适"),
    ),
)
_BEST_VALUE = re.compile(r"value for money|best value|性价比|划算")


def read_order(aligned: str) -> str | None:
    """The order that words mean which are known to be one, as the value of a ``SortKey``.

    Of two ends that are named the first counts: 从低往高 begins with the cheapest. A price alone
    begins with the cheapest too.

    Args:
        aligned: the words in their aligned form (see :mod:`intents.shape`).
    """
    if _BEST_VALUE.search(aligned):
        return SortKey.PRICE_ASCENDING.value
    for key, pattern in _OTHERS:
        if pattern.search(aligned):
            return key.value
    if not _PRICE.search(aligned):
        return None
    end = _FIRST_SAID.search(aligned)
    down = end is not None and end["down"] is not None
    return (SortKey.PRICE_DESCENDING if down else SortKey.PRICE_ASCENDING).value
