"""Words that make what they follow a must: 防漏这条不能少 points at nothing, it wishes."""

import re

DEMANDS = re.compile(r"(?:不能少|不可少|少不了|必须|得有|要有|一定|要满足|别忘)")
A_MUST = re.compile(rf"的?[这那][个条点]{DEMANDS.pattern}")
