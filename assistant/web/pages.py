"""What the shop's plain pages share: their language and their frame."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from assistant.settings import Settings
from assistant.web.labels import Labels, load_labels
from assistant.web.rendering import fill
from catalog.types import LANGUAGES, Language


def choose_language(request: Request, settings: Settings) -> Language:
    """``?lang=`` first, then what the browser prefers, then the shop's own."""
    asked = request.query_params.get("lang", "")
    accepted = request.headers.get("accept-language", "")
    wanted = [part.split(";")[0].strip().lower() for part in (asked, *accepted.split(","))]
    for word in wanted:
        for language in LANGUAGES:
            if word.split("-")[0] == language:
                return language
    return settings.shop.default_language


def plain_page(
    request: Request, settings: Settings, template: str, status: int = 200, **values: object
) -> HTMLResponse:
    """A page of the shop outside the chat, in the visitor's language."""
    language = choose_language(request, settings)
    labels: Labels = load_labels()[language]
    other: Language = "en" if language == "zh" else "zh"
    switch = request.url.include_query_params(lang=other)
    page = fill(
        template,
        labels,
        shop=settings.shop.name[language],
        root=request.scope.get("root_path", ""),
        switch=f"?{switch.query}",
        other=other,
        **values,
    )
    return HTMLResponse(page, status, headers={"Vary": "Accept-Language"})
