"""Which language and colours the reader wants: what they chose (a cookie), else the browser's language, else Chinese."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from yutang.kernel.text import Language, choose_language

LANGUAGES: tuple[tuple[Language, str], ...] = (("zh", "中文"), ("en", "English"))
THEMES = ("system", "light", "dark")
TAGS = {"zh": "zh-Hans", "en": "en"}


def reader_language(request: HttpRequest) -> Language:
    """The request's language, also before or outside the middleware (error pages)."""
    found = getattr(request, "reader_language", None)
    if found is None:
        found = choose_language(request.COOKIES.get("lang"), request.headers.get("accept-language", "")[:500])
        request.reader_language = found  # type: ignore[attr-defined]
    return found


def reader_theme(request: HttpRequest) -> str:
    theme = request.COOKIES.get("theme", "system")
    return theme if theme in THEMES else "system"


class ReaderLanguage:
    """Activates the reader's language for the request; pages set the time zone, both are put back afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = reader_language(request)
        with timezone.override(None), translation.override(TAGS[language].lower()):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", TAGS[language])
        return response
