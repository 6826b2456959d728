"""Messages that go on with the question before: "and for sale items?", 那打折的呢."""

import re

_LONGEST = 60
_GOES_ON = re.compile(
    r"(?:and|so|ok(?:ay)?|but)?[,\s]*(?:and |what (?:about|if)\b|how about\b|same (?:for|with)\b"
    r"|does (?:that|this|it) (?:also )?(?:go|apply|count|hold)\b|also for\b|even (?:for|if)\b"
    r"|(?:for|from|to|in|with|on) (?!you\b)[\w' -]{2,40}\?).*"
    r"|(?:那|那么|那要是|那如果|要是|如果|还有).{1,20}[呢吗嘛么][?？]?"
    r"|.{1,16}(?:的话|呢|也(?:是|可以|行|一样|算)(?:吗|么|嘛)?)[?？]?",
    re.IGNORECASE,
)


def follows_up(text: str) -> bool:
    """Whether a message only makes sense after the question before it."""
    text = text.strip()
    return len(text) <= _LONGEST and _GOES_ON.fullmatch(text) is not None
