"""What of a query's words counts for lexical search."""

from catalog.text import stem, tokens

MOST_CHARACTERS = 1_000
"""A query is cut here; nobody describes a product at greater length."""

_ENGLISH = """
a about all also am an and any anything are as at be been but buy by can could do does for from
get give got had has have hello hey hi i i'd i'm im in into is it its just like looking me my need
of off on one ones or our please product products put search shall should show so some something
sort stuff than thanks that the their them then there these they thing things this those to too
under up us use want was we were what when where which while who will with would you your
"""
_CHINESE = """
的 了 吗 呢 吧 啊 呀 嘛 么 我 你 您 他 她 它 我们 你们 咱 咱们 想 想要 要 需要 买 购买 来 找
找找 看 看看 有 没有 有没有 是 不是 和 与 或 或者 及 在 把 被 给 让 跟 对 从 到 也 都 就 还 还有
还是 再 又 很 太 最 更 能 能不能 可以 可不可以 请 请问 麻烦 帮 帮我 推荐 一下 一个 一款 一些
一种 个 款 种 些 件 条 双 只 台 部 点 的话 这 那 这个 那个 这些 那些 这种 那种 哪 哪个 哪些 什么
怎么 怎样 多少 几 左右 以内 以下 以上 之内 东西 商品 产品
"""
_STOP_WORDS = frozenset(stem(word) for word in _ENGLISH.split()) | frozenset(_CHINESE.split())


def content_tokens(text: str) -> list[str]:
    """The search terms of a query, each once, without words that say nothing of a product.

    When nothing else is left ("The Who") all of its words count.
    """
    found = list(dict.fromkeys(tokens(text[:MOST_CHARACTERS])))
    return [token for token in found if token not in _STOP_WORDS] or found
