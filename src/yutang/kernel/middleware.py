"""Refused writes become problem documents wherever no page caught them."""

from collections.abc import Callable

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse

from yutang.kernel.problem_document import problem_response
from yutang.kernel.refused import Refused
from yutang.kernel.write import machine_problem


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return problem_response(request, error)
        if isinstance(error, DatabaseError | OSError):
            problem = machine_problem(error)
            if problem is not None:
                return problem_response(request, Refused(problem, status=503, retry_after=5))
        return None
