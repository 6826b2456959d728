"""The most or least of something that products are measured by: "lightest", 容量最大的."""

import re

from catalog.types import AttributeOrder

SIZE = "size"
"""The name of an order by size, whatever it is that a shop measures the thing by."""

_HUES = r"(?:colou?r|shade|blue|green|pink|red|grey|gray|brown|tone|wash)"
_THINGS = r"(?! (?:size|discount|saving|sale|deal|selection|choice|order))"
_ONE = r"(?:的(?!优惠|折扣|力度|码|号)|[款台件个]|$)"

_SUPERLATIVES: tuple[tuple[str, bool, str], ...] = (
    (
        "capacity",
        True,
        r"(?:largest|biggest|highest|most|max(?:imum)?)[- ]capacity|holds? the most"
        r"|容量最[大高]的?|最大容量的?|最能装的?",
    ),
    ("capacity", False, r"(?:smallest|lowest)[- ]capacity|容量最小的?|最小容量的?"),
    (
        "battery_life",
        True,
        r"longest[- ]lasting|(?:longest|best|most)[- ]battery(?:[- ]life)?"
        r"|(?:续航|电池|待机)(?:时间)?最[长久强好]的?|最长续航的?|最耐用的?电池",
    ),
    ("screen_size", True, r"(?:largest|biggest)[- ](?:screen|display)|屏幕?最大的?|最大屏幕?的?"),
    ("screen_size", False, r"smallest[- ](?:screen|display)|屏幕?最小的?|最小屏幕?的?"),
    ("memory", True, r"most (?:ram|memory)|(?:largest|biggest) (?:ram|memory)|内存最[大高]的?"),
    (
        "storage",
        True,
        r"most storage|(?:largest|biggest) (?:storage|drive|disk)|(?:存储|硬盘)(?:空间)?最大的?",
    ),
    ("power", True, r"most powerful|highest (?:wattage|power)|功率最[大高]的?|最大功率的?"),
    ("power", False, r"lowest (?:wattage|power)|功率最[小低]的?"),
    ("noise_level", False, r"quietest|least noisy|(?:噪音|噪声|声音)最[小低]的?|最安静的?"),
    ("thickness", False, r"thinnest|slimmest|最薄的?"),
    (
        "weight",
        False,
        rf"lightest(?: weight)?(?! {_HUES})|least heavy|(?:重量)?最轻[便巧]?的?(?!松)|重量最小的?",
    ),
    ("weight", True, r"heaviest|(?:重量)?最重的?(?!要|视)"),
    (SIZE, False, rf"(?:small|tini)est{_THINGS}|most compact|(?:尺寸|体积|个头)?最小巧?{_ONE}"),
    (SIZE, True, rf"(?:larg|bigg)est{_THINGS}|(?:尺寸|体积|个头)?最大{_ONE}"),
)
SUPERLATIVES = tuple(
    (str(AttributeOrder(name, descending)), re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])"))
    for name, descending, pattern in _SUPERLATIVES
)
"""Each order as it is written, with the words for it; the more special ones first."""
