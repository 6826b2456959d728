"""What is said of a wish itself: that it is a must, 防漏这条不能少, or that it is taken back.

Neither points at anything that was shown.
"""

import re

DEMANDS = re.compile(r"(?:不能少|不可少|少不了|必须|得有|要有|一定|要满足|别忘)")
A_MUST = re.compile(rf"的?[这那][个条点]{DEMANDS.pattern}")

MUST_BE = re.compile(
    r"(?:(?<![值觉懂记晓显获取])得|必须|务必|一定要)(?:要|是|能|有|带)?$"
    r"|\b(?:must|has to|have to|needs? to)(?: be| have)? ?$"
)
"""How a demand begins, before the feature: 得防水, "it has to be waterproof"."""

TAKEN_BACK = re.compile(
    r"(?:那?[条点个项])?(?:的?(?:要求|条件|限制))?(?:你)?就?"
    r"(?:当我?没[说提]过?|当没听见|算我没[说提]过?|不作数|撤[了掉回]|先[不别]管了?)[吧了啊哈]*$"
)
"""How a wish is taken back, behind what it was about: 价格那条当我没说."""

BY_DEGREE = re.compile(r"一?[点些]儿?的(?![那这]|$)")
"""What follows a wish for more of something: 软一点的缓震 points at nothing."""


def insists(aligned: str, start: int, end: int, known: bool) -> bool:
    """Whether the words around a place make a wish of it: 缓震得是柔软 points at nothing shown.

    What stands before it counts only where the catalogue has a meaning for it.
    """
    told = known and MUST_BE.search(aligned[:start])
    return bool(told or A_MUST.match(aligned, end) or BY_DEGREE.match(aligned, end))
