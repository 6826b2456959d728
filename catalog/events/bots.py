"""Visitors that are programs, by what they call themselves."""

import re

_NAMES = (
    r"(?<!cu)bots?\b|crawl|spider|slurp|scrap|archiver|facebookexternalhit|embedly"
    r"|headless|phantomjs|puppeteer|playwright|selenium|lighthouse|pagespeed|pingdom|uptime"
    r"|curl/|wget/|libwww|httpclient|http-client|python-requests|python-urllib|aiohttp|httpx/"
    r"|scrapy|go-http|okhttp|java/|axios/|node-fetch|perl/|ruby/"
    # What fetches for a model or a search engine's tools.
    r"|\b(?:chatgpt|claude|perplexity|mistralai|cohere|meta-external\w*)-?(?:user|fetcher)\b"
    r"|\bgoogle(?:-(?:inspectiontool|read-aloud|safety|agent|notebooklm)|other)\b|apis-google"
    r"|mediapartners-google|feedfetcher|bingpreview|google-site-verification"
    r"|baiduspider|bytespider|yisouspider|sogou (?:web|inst|pic)|360spider|petalbot"
)
_BOT = re.compile(_NAMES, re.IGNORECASE)


def is_bot(user_agent: str) -> bool:
    """Whether a ``User-Agent`` is a crawler's, a tool's or a library's.

    An empty one says nothing: servers that report for their shoppers often send none.
    """
    return _BOT.search(user_agent) is not None
