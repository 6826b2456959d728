"""Who may use the console: cookies, tokens against forged requests, limited tries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response

from assistant.settings import DeskSettings
from assistant.storage import Storage
from assistant.storage.agents import AgentSession, same_secret
from assistant.web.pace import Pace, address_of

COOKIE = "daogou_desk"
CSRF_HEADER = "x-csrf-token"
_QUARTER = 900
_NAMES = 4
"""So many names may be tried from one address as often as one name."""


@dataclass(frozen=True, slots=True)
class Access:
    """The doors of the console."""

    storage: Storage
    idle: timedelta
    oldest: timedelta
    tries: Pace

    @classmethod
    def of(cls, storage: Storage, settings: DeskSettings) -> "Access":
        """As the settings say."""
        tries = settings.sign_in_tries
        return cls(
            storage,
            timedelta(minutes=settings.idle_minutes),
            timedelta(hours=settings.session_hours),
            Pace.of(tries / _QUARTER, tries, _NAMES * tries / _QUARTER, _NAMES * tries),
        )

    def session(self, request: Request) -> AgentSession | None:
        """Who sends this request."""
        token = request.cookies.get(COOKIE, "")
        return self.storage.session(token, self.idle, self.oldest) if token else None

    def reader(self) -> Callable[[Request], AgentSession]:
        """For requests that look: somebody must be signed in."""

        def reader(request: Request) -> AgentSession:
            found = self.session(request)
            if found is None:
                raise HTTPException(401, "sign in first")
            return found

        return reader

    def writer(self) -> Callable[[Request], AgentSession]:
        """For requests that change something: signed in, from our own page."""
        reader = self.reader()

        def writer(request: Request) -> AgentSession:
            found = reader(request)
            sent = request.headers.get(CSRF_HEADER, "")
            if not (is_own_page(request) and same_secret(sent, found.csrf)):
                raise HTTPException(403, "this request did not come from the console's page")
            return found

        return writer

    def wait(self, name: str, request: Request) -> float:
        """Seconds until a password may be tried; each try counts."""
        return self.tries.wait(name.casefold(), address_of(request.client))


def is_own_page(request: Request) -> bool:
    """Whether a browser says that the request comes from our own pages.

    Pages that send no referrer send a form with the origin ``null``; Sec-Fetch-Site tells then.
    """
    site = request.headers.get("sec-fetch-site", "")
    origin = request.headers.get("origin", "")
    own_origin = urlsplit(origin).netloc == request.headers.get("host", "")
    if site:
        return site == "same-origin" and (origin in ("", "null") or own_origin)
    return not origin or own_origin


def set_cookie(response: Response, token: str, request: Request, oldest: timedelta) -> None:
    """Give the browser its token: out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(oldest.total_seconds()),
        path=f"{request.scope.get('root_path', '')}/console",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
