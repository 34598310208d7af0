"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yutang.console import throttle
from yutang.web.pages import safe_next


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    onward = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward)
    if request.method == "GET":
        return _form(request, onward)
    name, address = request.POST.get("username", "")[:150].strip(), request.META.get("REMOTE_ADDR", "")
    if throttle.is_held(name, address):
        return _form(request, onward, name=name, code="console.sign_in.held", status=429)
    user = authenticate(request, username=name, password=request.POST.get("password", ""))
    if user is None:
        throttle.count_failure(name, address)
        return _form(request, onward, name=name, code="console.sign_in.wrong", status=422)
    throttle.forgive(name, address)
    login(request, user)
    return HttpResponseRedirect(onward)


def _form(
    request: HttpRequest, onward: str, *, name: str = "", code: str = "", status: int = 200
) -> HttpResponse:
    context = {"next": onward, "name": name, "problem_code": code}
    return render(request, "console/sign_in.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")
