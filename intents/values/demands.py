"""Words that make what they follow a must: 防漏这条不能少 points at nothing, it wishes."""

import re

DEMANDS = re.compile(r"(?:不能少|不可少|少不了|必须|得有|要有|一定|要满足|别忘)")
A_MUST = re.compile(rf"的?[这那][个条点]{DEMANDS.pattern}")

MUST_BE = re.compile(
    r"(?:得|必须|务必|一定要)(?:要|是|能|有|带)?$"
    r"|\b(?:must|has to|have to|needs? to)(?: be| have)? ?$"
)
"""How a demand begins, before the feature: 得防水, "it has to be waterproof"."""
