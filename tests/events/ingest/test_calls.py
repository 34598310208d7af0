"""The Segment API over HTTP: who may call, what is kept, what is said."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.events.admission.worlds import logged, settle
from tests.events.ingest.calls import item

from yutang.events import ingest
from yutang.events.intake import waiting

Post = Callable[..., Any]


def batch(*items: Any) -> dict[str, Any]:
    return {"batch": list(items)}


def tracked(id: str, **fields: Any) -> dict[str, Any]:
    return item(messageId=id, **fields)


def told(response: Any) -> dict[str, Any]:
    return json.loads(response.content)


@pytest.mark.parametrize("call", ["identify", "track", "page", "screen", "group", "alias"])
def test_a_single_call_needs_no_type(post: Post, workspace: Any, call: str) -> None:
    body = item(type=..., event="e", groupId="g", previousId="p")
    response = post(call, body)
    assert response.status_code == 200
    assert told(response) == {"success": True, "accepted": 1, "refused": []}
    assert settle(workspace.pk).known == 0


@pytest.mark.parametrize("address", ["batch", "import", "b"])
def test_a_batch_of_every_kind_is_taken(post: Post, workspace: Any, address: str) -> None:
    items = [
        item(kind, messageId=kind, groupId="g", previousId="p")
        for kind in ("identify", "track", "page", "screen", "group", "alias")
    ]
    assert told(post(address, batch(*items)))["accepted"] == 6
    settle(workspace.pk)
    assert set(logged(workspace.pk, "id")) == {"identify", "track", "page", "screen", "group", "group:group"}


def test_bad_items_are_refused_by_index_and_good_ones_kept(post: Post, workspace: Any) -> None:
    response = post(
        "batch", batch(tracked("1"), tracked("2", userId="null"), "no", tracked("4", timestamp="1970"))
    )
    assert response.status_code == 200
    answer = told(response)
    assert (answer["success"], answer["accepted"]) == (True, 1)
    assert [(each["index"], each["code"], each["where"]) for each in answer["refused"]] == [
        (1, "ingest.nobody", "batch[1]"),
        (2, "ingest.wrong_type", "batch[2]"),
        (3, "event.bad_time", "batch[3].timestamp"),
    ]
    settle(workspace.pk)
    assert logged(workspace.pk, "id") == ["1"]


def test_reasons_are_english_unless_chinese_is_asked_for(post: Post) -> None:
    body = batch(tracked("1", timestamp="2100-01-01"))
    english = told(post("batch", body))["refused"][0]["message"]
    chinese = told(post("batch", body, **{"accept-language": "zh-CN,zh;q=0.9"}))["refused"][0]["message"]
    assert english == "the time is more than 24 hours ahead of when it was received"
    assert chinese == "时间比收到时晚了 24 小时以上"


def test_a_single_bad_call_is_a_problem_document(post: Post, workspace: Any) -> None:
    response = post("track", item(userId=...))
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert told(response)["code"] == "ingest.nobody"
    assert waiting(workspace.pk) == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"nothing", b'{"batch": 5}', b'{"batch": {}}', b"{}", b"\xff\xfe", b'{"batch":[]'],
)
def test_a_body_that_is_no_batch_is_refused_whole(post: Post, body: bytes) -> None:
    response = post("batch", body)
    assert response.status_code == 400
    assert told(response)["status"] == 400


def test_an_empty_batch_is_nothing_and_fine(post: Post) -> None:
    assert told(post("batch", batch())) == {"success": True, "accepted": 0, "refused": []}


def test_only_the_item_with_a_nan_or_half_an_emoji_is_refused(post: Post, workspace: Any) -> None:
    items = [
        json.dumps(tracked("1", properties={"a": 0.1})),
        json.dumps(tracked("2", properties={"a": float("nan")})),
        json.dumps(tracked("3", properties={"a": float("-inf")})),
        json.dumps(tracked("4")).replace("order.paid", "\\ud83d"),
    ]
    answer = told(post("batch", f'{{"batch":[{",".join(items)}]}}'.encode()))
    assert answer["accepted"] == 1
    assert [each["code"] for each in answer["refused"]] == [
        "event.not_finite",
        "event.not_finite",
        "event.bad_unicode",
    ]
    settle(workspace.pk)
    assert logged(workspace.pk, "id", "props") == [("1", '{"a":0.1}')]


def test_the_key_may_be_in_the_body(post: Post, key: str, workspace: Any) -> None:
    assert post("track", item(writeKey=key), key=None).status_code == 200
    assert post("batch", {**batch(tracked("2")), "writeKey": key}, key=None).status_code == 200
    assert waiting(workspace.pk) == 2


@pytest.mark.parametrize("wrong", ["", "wrong", "yt_write_wrong", "emoji🙂"])
def test_a_wrong_key_is_refused_wherever_it_stands(post: Post, workspace: Any, wrong: str) -> None:
    assert post("track", item(), key=wrong).status_code == 401
    assert post("track", item(writeKey=wrong), key=None).status_code == 401
    assert post("track", item(), key=None).status_code == 401
    assert post("track", item(), key=None, authorization="Basic ???").status_code == 401
    assert waiting(workspace.pk) == 0


@pytest.mark.parametrize("kind", ["secret", "read"])
def test_a_key_for_something_else_does_not_write(
    post: Post, make_key: Callable[..., str], workspace: Any, kind: str
) -> None:
    assert post("track", item(), key=make_key(workspace, kind)).status_code == 401


def test_another_workspaces_key_writes_there_and_never_here(
    post: Post, make_key: Callable[..., str], workspace: Any, world: Any
) -> None:
    assert post("track", item(writeKey="ignored"), key=make_key(world.elsewhere)).status_code == 200
    assert waiting(workspace.pk) == 0
    assert waiting(world.elsewhere.pk) == 1


def test_a_gzip_body_is_unpacked(post: Post, workspace: Any) -> None:
    body = gzip.compress(json.dumps(batch(tracked("1"))).encode())
    assert post("batch", body, **{"content-encoding": "gzip"}).status_code == 200
    assert waiting(workspace.pk) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (gzip.compress(b" " * 200_000_000), 413),
        (gzip.compress(b'{"batch":[]}')[:-9], 400),
        (b'{"batch":[]}', 400),
    ],
    ids=["bomb", "cut", "not gzip"],
)
def test_a_bad_gzip_body_is_refused(post: Post, body: bytes, status: int) -> None:
    assert post("batch", body, **{"content-encoding": "gzip"}).status_code == status


def test_other_encodings_are_not_known(post: Post) -> None:
    assert post("batch", b"x", **{"content-encoding": "br"}).status_code == 415


def test_half_a_megabyte_is_the_most_and_32_kb_for_one_call(post: Post, workspace: Any) -> None:
    fits = batch(*(tracked(str(n), properties={"x": "y" * 30_000}) for n in range(16)))
    assert told(post("batch", fits))["accepted"] == 16
    too_much = {**fits, "more": "z" * 40_000}
    assert post("batch", too_much).status_code == 413
    assert post("batch", b" " * 2_000_000).status_code == 413
    assert post("track", item(properties={"x": "y" * 32_768})).status_code == 413
    assert waiting(workspace.pk) == 16


def test_an_item_over_32_kb_is_refused_alone(post: Post) -> None:
    answer = told(post("batch", batch(tracked("1", properties={"x": "y" * 33_000}), tracked("2"))))
    assert answer["accepted"] == 1
    assert [each["code"] for each in answer["refused"]] == ["ingest.item_too_large"]


def test_a_large_call_is_queued_in_rows_that_are_admitted_quickly(post: Post, workspace: Any) -> None:
    from yutang.events.models import IntakeBatch

    answer = told(post("batch", batch(*(tracked(str(n)) for n in range(1100)))))
    assert answer["accepted"] == 1100
    rows = IntakeBatch.objects.filter(workspace_id=workspace.pk)
    assert list(rows.order_by("id").values_list("count", flat=True)) == [500, 500, 100]


def test_under_pressure_it_says_so_and_takes_nothing(
    post: Post, workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUTANG_INTAKE_LIMIT", "2")
    assert post("batch", batch(tracked("1"), tracked("2"))).status_code == 200
    busy = post("batch", batch(tracked("3")))
    assert busy.status_code == 429
    assert int(busy["Retry-After"]) > 0
    settle(workspace.pk)
    assert post("batch", batch(tracked("3"))).status_code == 200
    settle(workspace.pk)
    assert logged(workspace.pk, "id") == ["1", "2", "3"]


@pytest.mark.parametrize(
    "words",
    ["database or disk is full", "database is locked", "disk I/O error", "unable to open database file"],
)
def test_when_it_cannot_be_kept_it_is_never_said_to_be(
    post: Post, workspace: Any, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    from django.db import OperationalError

    def full(*_: object, **__: object) -> None:
        raise OperationalError(words)

    monkeypatch.setattr(ingest, "enqueue", full)
    response = post("track", item())
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "nothing was saved" in told(response)["message"]
    assert waiting(workspace.pk) == 0


def test_browsers_may_call_from_anywhere_and_only_post(post: Post, client: Any) -> None:
    assert post("track", item())["Access-Control-Allow-Origin"] == "*"
    assert client.options("/v1/track").status_code == 204
    assert client.get("/v1/track").status_code == 405
