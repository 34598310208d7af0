"""Problems over HTTP: RFC 9457."""

import json

import pytest
from django.db import OperationalError

from yutang.kernel.middleware import Refusals
from yutang.kernel.problem_document import document, problem_response
from yutang.kernel.refused import Refused
from yutang.language.problem import Problem, Span


def test_a_document_lists_every_problem_with_its_place():
    first = Problem("door.key_reused", {"key": "k"})
    second = Problem("x.y", {"list": ("a", 1)}, span=Span(2, 5), where="batch[3]", severity="warning")
    told = document([first, second], status=409, language="en")
    assert told["type"] == "urn:yutang:problem:door.key_reused"
    assert (told["status"], told["code"]) == (409, "door.key_reused")
    assert told["problems"][1] == {
        "code": "x.y",
        "detail": "x.y list=('a', 1)",
        "params": {"list": ["a", 1]},
        "span": [2, 5],
        "where": "batch[3]",
        "severity": "warning",
    }


@pytest.mark.parametrize(("accepted", "words"), [("en", "disk is full"), ("zh-CN", "磁盘已满")])
def test_the_words_are_in_the_callers_language(rf, accepted, words):
    request = rf.get("/", headers={"accept-language": accepted})
    response = problem_response(request, Refused(Problem("kernel.disk_full"), status=503, retry_after=5))
    assert (response.status_code, response["Content-Type"], response["Retry-After"]) == (
        503,
        "application/problem+json",
        "5",
    )
    assert words in json.loads(response.content)["title"]


def test_a_view_that_meets_a_full_disk_answers_503_and_a_bug_stays_a_bug(rf):
    refusals = Refusals(lambda request: None)
    full = refusals.process_exception(rf.get("/"), OperationalError("database or disk is full"))
    assert full.status_code == 503
    assert refusals.process_exception(rf.get("/"), OperationalError("no such column")) is None
    assert refusals.process_exception(rf.get("/"), ValueError()) is None
