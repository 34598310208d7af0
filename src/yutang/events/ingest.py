"""Segment's HTTP API. Every 200 is durable: the accepted items are committed before it is said.

A plain view that decodes with msgspec: it is the busiest address of the house.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from yutang.events import envelope, segment
from yutang.events.envelope import Envelope
from yutang.events.intake import Gauge, enqueue
from yutang.events.rules import Fact
from yutang.kernel.clock import Clock, SystemClock
from yutang.kernel.ids import new_id
from yutang.kernel.problem_document import CONTENT_TYPE, document
from yutang.kernel.refused import Refused
from yutang.kernel.text import Language, choose_language, say
from yutang.kernel.write import machine_problem
from yutang.language.problem import Invalid, Problem
from yutang.web.language import TAGS
from yutang.workspaces.queries import KnownWriters, Writer

MOST_WAITING = 200_000
RETRY_SECONDS = 5
_json = msgspec.json.Encoder().encode
_gauge = Gauge()
_writers = KnownWriters()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a call's items became."""

    facts: list[Fact]
    accepted: int
    refused: list[tuple[int, Problem]]


def most_waiting() -> int:
    """So many facts of one workspace may wait for admission; YUTANG_INTAKE_LIMIT changes it."""
    return int(os.environ.get("YUTANG_INTAKE_LIMIT") or MOST_WAITING)


@csrf_exempt
def receive(request: HttpRequest, call: str) -> HttpResponse:
    """``call``: what the address says; ``batch`` for many of any kind."""
    language = _language(request)
    try:
        response = _respond(request, call, language, SystemClock())
    except Refused as refused:
        response = _problem(refused, language)
    except (DatabaseError, OSError) as error:
        problem = machine_problem(error) or Problem("ingest.unavailable")
        response = _problem(Refused(problem, status=503, retry_after=RETRY_SECONDS), language)
    response["Content-Language"] = TAGS[language]
    # A write key is public in every browser that uses it; nothing can be read with it.
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Content-Encoding"
    return response


def _respond(request: HttpRequest, call: str, language: Language, clock: Clock) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Access-Control-Allow-Methods": "POST"})
    if request.method != "POST":
        raise Refused(Problem("ingest.only_post"), status=405)
    received_at = clock.now()
    body = _body(request)
    writer = _in_header(request, now=received_at)
    content = envelope.opened(body, is_batch=call == "batch")
    writer = writer or _known(content.write_key, now=received_at)
    _check_room(writer, now=received_at)
    reading = _read(content, writer, call="" if call == "batch" else call, received_at=received_at)
    if call != "batch" and reading.refused:
        raise Refused(*(problem for _, problem in reading.refused), status=400)
    if reading.facts:
        enqueue(writer.workspace_id, reading.facts, received_at=received_at)
        _gauge.add(writer.workspace_id, len(reading.facts))
    return HttpResponse(_json(_answer(reading, language)), content_type="application/json")


def _body(request: HttpRequest) -> bytes:
    most = envelope.BATCH_BYTES
    if int(request.headers.get("Content-Length") or 0) > most:
        raise Refused(Problem("ingest.body_too_large", {"limit": most}), status=413)
    # Django takes a body that comes in chunks, without a length, for none at all.
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    sent = request.META["wsgi.input"].read(most + 1) if is_chunked else request.read(most + 1)
    return envelope.plain(sent, request.headers.get("Content-Encoding", ""))


# -- who calls ---------------------------------------------------------------------------------------------------------


def _in_header(request: HttpRequest, *, now: int) -> Writer | None:
    """Whose key a Basic header has as its user name; None when there is no such header. Raises Refused 401."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name = base64.b64decode(encoded, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        name = ""
    return _known(name, now=now)


def _known(raw: str, *, now: int) -> Writer:
    writer = _writers.find(raw, now=now) if raw else None
    if writer is None:
        raise Refused(Problem("ingest.bad_key"), status=401)
    return writer


def _check_room(writer: Writer, *, now: int) -> None:
    """Under pressure nothing is taken that would have to wait too long: the client keeps it and comes again."""
    if _gauge.is_over(writer.workspace_id, most_waiting(), now=now):
        raise Refused(Problem("ingest.too_busy"), status=429, retry_after=RETRY_SECONDS)


# -- what is said ------------------------------------------------------------------------------------------------------


def _read(content: Envelope, writer: Writer, *, call: str, received_at: int) -> Reading:
    receipt = segment.Receipt(
        received_at=received_at,
        sent_at=segment.sent_at(content.sent_at),
        source=writer.name,
        zone=writer.timezone,
        new_id=lambda: new_id("evt", received_at),
        context=content.context,
    )
    facts: list[Fact] = []
    refused: list[tuple[int, Problem]] = []
    for index, item in enumerate(content.items):
        try:
            if isinstance(item, Problem):
                raise Invalid(item)
            facts += segment.read(item, receipt, call=call)
        except Invalid as error:
            refused.append((index, _placed(error.problems[0], index, is_batch=not call)))
    return Reading(facts, len(content.items) - len(refused), refused)


def _placed(problem: Problem, index: int, *, is_batch: bool) -> Problem:
    if not is_batch:
        return problem
    return replace(problem, where=f"batch[{index}].{problem.where}".rstrip("."))


def _answer(reading: Reading, language: Language) -> dict[str, Any]:
    refused: Sequence[dict[str, Any]] = [
        {"index": index, "code": problem.code, "message": say(problem, language), "where": problem.where}
        for index, problem in reading.refused
    ]
    return {"success": True, "accepted": reading.accepted, "refused": refused}


def _language(request: HttpRequest) -> Language:
    """English for programs, unless they ask for Chinese."""
    return choose_language(None, f"{request.headers.get('Accept-Language', '')},en")


def _problem(refused: Refused, language: Language) -> HttpResponse:
    told = document(refused.problems, status=refused.status, language=language)
    told["message"] = told["title"]  # Segment's clients show ``code`` and ``message``
    response = HttpResponse(_json(told), content_type=CONTENT_TYPE, status=refused.status)
    if refused.retry_after is not None:
        response["Retry-After"] = str(refused.retry_after)
    if refused.status == 401:
        response["WWW-Authenticate"] = 'Basic realm="write key"'
    return response
