"""The management API, ``/api/v1``: the rooms' routers, one way of saying what is wrong."""

from importlib import import_module

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as NinjaValidationError

from yutang import __version__
from yutang.kernel.problem_document import problem_response
from yutang.kernel.refused import Refused
from yutang.language.problem import Invalid, Problem
from yutang.project.rooms import offering

api = NinjaAPI(title="Yutang", version=__version__, urls_namespace="management")


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem_response(request, error)


@api.exception_handler(Invalid)
def _invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    return problem_response(request, Refused(*error.problems, status=422))


@api.exception_handler(NinjaValidationError)
def _unreadable(request: HttpRequest, error: NinjaValidationError) -> HttpResponse:
    problems = [
        Problem(
            "api.field",
            {"reason": each.get("msg", "")},
            where=".".join(str(part) for part in each.get("loc", ())),
        )
        for each in error.errors
    ]
    return problem_response(request, Refused(*problems, status=422))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem_response(request, Refused(Problem("api.no_access"), status=401))


@api.exception_handler(HttpError)
def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(
        request, Refused(Problem("api.refused", {"reason": str(error)}), status=error.status_code)
    )


for name in offering("api"):
    module = import_module(name)
    api.add_router(getattr(module, "prefix", name.split(".")[1]), module.router)
