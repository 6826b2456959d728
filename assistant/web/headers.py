"""Security headers on every page, and Gradio's page made the shop's own."""

import re
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FOREIGN = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*/>')
_SCRIPT = re.compile(r"<script(?=[\s>])")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)

_HEAD = """<title>{title}</title>
<meta name="referrer" content="no-referrer" />
<meta name="color-scheme" content="light dark" />
<link rel="icon" href="web/mark.svg" type="image/svg+xml" />
<link rel="stylesheet" href="web/theme.css" />
<link rel="stylesheet" href="web/chat.css" />
<link rel="stylesheet" href="web/talk.css" />
<link rel="stylesheet" href="web/cards.css" />
<link rel="stylesheet" href="web/cart.css" />
</head>"""

_GRADIO_VIEWPORT = 'content="width=device-width, initial-scale=1, shrink-to-fit=no"'
_VIEWPORT = (
    'content="width=device-width, initial-scale=1, viewport-fit=cover,'
    ' interactive-widget=resizes-content"'
)


_OPEN = ("/gradio_api/component_server", "/gradio_api/component_server/")
"""All that the chat page asks of Gradio; its ways to send files and the like stay shut."""


class ProtectPages:
    """ASGI middleware: the headers of every answer, and the head of the page at ``/``."""

    def __init__(self, app: ASGIApp, names: Iterable[str], origins: Sequence[str] = ()) -> None:
        self._app = app
        self._title = " · ".join(dict.fromkeys(names))
        self._origins = tuple(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].startswith("/gradio_api/") and scope["path"] not in _OPEN:
            await PlainTextResponse("not found", 404)(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        policy = content_policy(nonce, self._origins)
        rewriting = scope["method"] == "GET" and scope["path"] == "/"
        answer = _Rewritten(send, self._title, nonce) if rewriting else None
        if rewriting:
            # What is to be rewritten must not come compressed.
            kept = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            scope = {**scope, "headers": kept}

        async def finish(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), policy)
            await (answer(message) if answer else send(message))

        await self._app(scope, receive, finish)


def content_policy(nonce: str, origins: Sequence[str]) -> str:
    """What a page may load. Gradio compiles its templates, hence ``unsafe-eval``.

    Inline scripts need the nonce, so markup that slipped through could still run nothing.
    Pictures may come from a feed's own hosts; everything else from here alone.
    """
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: https: http:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            " ".join(("frame-ancestors 'self'", *origins)),
        )
    )


def own_page(page: str, title: str, nonce: str) -> str:
    """Gradio's page with the shop's name and styles, and without links to other sites."""
    page = _FOREIGN.sub("", page)
    page = page.replace(_GRADIO_VIEWPORT, _VIEWPORT)
    page = page.replace("</head>", _HEAD.format(title=escape(title)), 1)
    return _SCRIPT.sub(f'<script nonce="{nonce}"', page)


def _add_headers(headers: MutableHeaders, policy: str) -> None:
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    # A browser asks whether its copy is still good, so a new version is seen at once.
    headers.setdefault("Cache-Control", "no-cache")
    if headers.get("content-type", "").startswith("text/html"):
        headers.setdefault("Content-Security-Policy", policy)


class _Rewritten:
    """Holds the page back until it is whole, then sends it rewritten."""

    def __init__(self, send: Callable[[Message], Awaitable[None]], title: str, nonce: str) -> None:
        self._send = send
        self._title, self._nonce = title, nonce
        self._start: Message = {}
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = own_page(self._body.decode("utf-8"), self._title, self._nonce).encode("utf-8")
        MutableHeaders(scope=self._start)["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})
