"""When, by less than a day: "at noon", "5pm", 下午三点, 晚上. Days have rules of their own."""

import re

_TIME = re.compile(
    r"\bnoon|midday|midnight|morning|afternoon|evening|night|lunch|o'?clock|\d ?[ap]\.?m\b"
    r"|\d{1,2}[:：]\d\d|(?:business|working|office) hours|holidays?\b"
    r"|[上下中]午|[早晚]上|凌晨|傍晚|半夜|深夜|夜[里间]|清晨|早晨|[\d一二两三四五六七八九十]点"
    r"|节假日|工作日|初[一二三四五六七八九十]|上[回次]|近期|最近|以前|以后"
)


def read_time(aligned: str) -> str | None:
    """The words, where they tell an hour or a kind of day that no calendar day stands for.

    Deliveries and orders are kept by days, so that an hour stays text for whoever acts on it.
    """
    return aligned if _TIME.search(aligned) else None
