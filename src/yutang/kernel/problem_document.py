"""Problems as RFC 9457 documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from yutang.kernel.canonical import canonical
from yutang.kernel.refused import Refused
from yutang.kernel.text import Language, choose_language, say
from yutang.language.problem import NOWHERE, Problem

CONTENT_TYPE = "application/problem+json"


def request_language(request: HttpRequest) -> Language:
    return choose_language(request.COOKIES.get("lang"), request.headers.get("Accept-Language", ""))


def told(problem: Problem, language: Language) -> dict[str, Any]:
    """One problem as JSON: code, words, parameters and, where it has them, span and place."""
    told: dict[str, Any] = {"code": problem.code, "detail": say(problem, language)}
    if problem.params:
        told["params"] = {name: _plain(value, language) for name, value in problem.params.items()}
    if problem.span != NOWHERE:
        told["span"] = list(problem.span)
    if problem.where:
        told["where"] = problem.where
    if problem.severity != "error":
        told["severity"] = problem.severity
    return told


def _plain(value: Any, language: Language) -> Any:
    if isinstance(value, str | int | float | bool | type(None)):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each, language) for each in value]
    return value.in_(language) if hasattr(value, "in_") else str(value)


def document(problems: Sequence[Problem], *, status: int, language: Language) -> dict[str, Any]:
    """``type`` is a URN made from the first problem's code; ``problems`` lists them all."""
    first = problems[0]
    return {
        "type": f"urn:yutang:problem:{first.code}",
        "title": say(first, language),
        "status": status,
        "code": first.code,
        "problems": [told(each, language) for each in problems],
    }


def problem_response(request: HttpRequest, refused: Refused) -> HttpResponse:
    body = document(refused.problems, status=refused.status, language=request_language(request))
    response = HttpResponse(canonical(body), content_type=CONTENT_TYPE, status=refused.status)
    if refused.retry_after is not None:
        response["Retry-After"] = str(refused.retry_after)
    return response
