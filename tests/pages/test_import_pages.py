"""Imports: a file goes in, is looked at, mapped, rehearsed and run; its result stands in the list."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yutang.events.importing import run_waiting_import
from yutang.events.models import Import
from yutang.kernel.clock import SystemClock

pytestmark = pytest.mark.django_db

ORDERS = (
    "用户ID,下单时间,订单号,金额\nu1,2025-03-01 10:00,o-1,12.5\nu2,2025-03-02 11:30,o-2,8\nu2,gestern,o-3,1\n"
)


def send(client: Client, name: str, content: bytes) -> str:
    response = client.post("/w/pond/imports/upload", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302
    return response["Location"]


def filled(**changes: str) -> dict[str, str]:
    columns = ("person", "at", "id", "property")
    form = {f"use-{index}": use for index, use in enumerate(columns)}
    return (
        form
        | {"columns_seen": "4", "makes": "events", "kind": "order.paid", "header": "yes", "name-3": "amount"}
        | changes
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_look_finds_encoding_and_what_columns_mean(at_work: Client, home: Path, encoding: str) -> None:
    html = at_work.get(send(at_work, "orders.csv", ORDERS.encode(encoding))).content.decode()
    assert f"<option selected>{encoding}</option>" in html
    assert "gestern" in html
    for index, use in enumerate(("person", "at", "id", "property")):
        _, _, after = html.partition(f'name="use-{index}"')
        assert f'<option value="{use}" selected>' in after.partition("</select>")[0]


def test_a_rehearsal_counts_and_writes_nothing(at_work: Client, home: Path) -> None:
    url = send(at_work, "orders.csv", ORDERS.encode())
    html = at_work.post(url, filled(do="rehearse")).content.decode()
    assert "试跑结果" in html
    assert "读取 3 行" in html
    assert not Import.objects.filter(name="orders.csv").exists()


def test_a_mapping_without_a_kind_is_refused_in_words(at_work: Client, home: Path) -> None:
    response = at_work.post(send(at_work, "orders.csv", ORDERS.encode()), filled(do="start", kind=""))
    assert response.status_code == 422
    assert "还不能导入" in response.content.decode()
    assert "import.map" not in response.content.decode()


def test_an_import_runs_and_its_refused_lines_can_be_had(at_work: Client, home: Path, world: Any) -> None:
    url = send(at_work, "orders.csv", ORDERS.encode())
    assert at_work.post(url, filled(do="start")).status_code == 302
    assert "排队中" in at_work.get("/w/pond/imports/").content.decode()
    while run_waiting_import(SystemClock()):
        pass
    row = Import.objects.get(workspace_id=world.workspace.pk)
    assert (row.state, row.added, row.refused) == ("done", 2, 1)
    html = at_work.get("/w/pond/imports/").content.decode()
    assert "完成" in html
    rejects = at_work.get(f"/w/pond/imports/{row.pk}/rejects")
    assert "gestern" in b"".join(rejects.streaming_content).decode()  # type: ignore[attr-defined]


def test_event_lines_need_no_mapping(at_work: Client, home: Path) -> None:
    line = '{"person":"u9","kind":"order.paid","at":"2025-01-01T00:00:00Z"}\n'
    url = send(at_work, "lines.jsonl", line.encode())
    assert "事件行自带含义" in at_work.get(url).content.decode()
    assert "读取 1 行" in at_work.post(url, {"do": "rehearse"}).content.decode()


def test_an_upload_of_another_workspace_is_not_found(at_work: Client, home: Path, world: Any) -> None:
    url = send(at_work, "orders.csv", ORDERS.encode())
    stranger = Client()
    stranger.force_login(world.charlie)
    assert stranger.get(url).status_code == 404
    assert stranger.get(url.replace("/pond/", "/elsewhere/")).status_code == 404


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b\\c.csv", "\x00.csv", "é" * 300 + ".csv", "..", ""])
def test_no_name_leaves_the_uploads_folder(name: str, home: Path) -> None:
    from yutang.events import uploads

    token = uploads.keep(1, name, [b"x"])
    path = uploads.find(1, token)
    assert path is not None
    assert path.resolve().is_relative_to((home / "uploads").resolve())


def test_an_empty_upload_is_told_so(at_work: Client, home: Path) -> None:
    response = at_work.post("/w/pond/imports/upload", {"file": SimpleUploadedFile("a.csv", b"")}, follow=True)
    assert "文件是空的" in response.content.decode()


def test_an_upload_nobody_came_back_to_goes_after_a_week(at_work: Client, home: Path) -> None:
    old = home / "uploads" / send(at_work, "old.csv", b"a,b").removeprefix("/w/pond/imports/new/")
    (path,) = (home / "uploads").glob(f"*/{old.name}/old.csv")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    send(at_work, "new.csv", b"a,b")
    assert not path.exists()
    assert list((home / "uploads").glob("*/*/new.csv"))
