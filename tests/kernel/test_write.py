"""One writer at a time on SQLite, across threads and processes; a full disk is told as such."""

import errno
import subprocess
import sys

import pytest
from django.db import OperationalError, connection

from yutang.kernel.refused import Refused
from yutang.kernel.write import admission_lock, file_lock, snapshot, write_transaction
from yutang.workspaces.models import Workspace

pytestmark = pytest.mark.django_db(transaction=True)

HOLDER = """
import sys
from pathlib import Path
from yutang.kernel.write import file_lock
with file_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read(1)
    Path(sys.argv[2]).write_text("first")
"""


def add_day():
    """A read-modify-write that loses updates unless writers queue."""
    with write_transaction():
        admission_lock(1)
        days = Workspace.objects.get(slug="pond").hot_days
        Workspace.objects.filter(slug="pond").update(hot_days=days + 1)


def test_writers_in_threads_lose_nothing(home, workspace, together):
    together(lambda: [add_day() for _ in range(10)], 4)
    workspace.refresh_from_db()
    assert workspace.hot_days == 90 + 40


def test_a_second_process_waits_for_the_first(tmp_path):
    lock, trace = tmp_path / "write.lock", tmp_path / "trace"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock), str(trace)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert not trace.exists()
    holder.stdin.write("x")
    holder.stdin.flush()
    with file_lock(lock):
        assert trace.read_text() == "first"
    holder.communicate()


def test_a_lock_dies_with_its_process(tmp_path):
    lock = tmp_path / "write.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock), str(tmp_path / "trace")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    holder.stdout.readline()
    holder.kill()
    with file_lock(lock):
        pass
    holder.communicate()


def test_a_lock_is_re_entrant_and_let_go_at_the_outermost_end(tmp_path, together):
    path = tmp_path / "lock"
    with file_lock(path), file_lock(path):
        pass

    def take():
        with file_lock(path):
            return "taken"

    assert together(take, 1) == ["taken"]


def test_a_write_inside_a_write_is_part_of_it(home):
    def both():
        with write_transaction():
            with write_transaction():
                Workspace.objects.create(name="a", slug="a", created_at=0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        both()
    assert not Workspace.objects.exists()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("database or disk is full"), "kernel.disk_full"),
        (OSError(errno.ENOSPC, "No space left on device"), "kernel.disk_full"),
        (OperationalError("database is locked"), "kernel.busy"),
    ],
)
def test_a_machine_that_cannot_write_is_a_problem_with_words(home, error, code):
    with pytest.raises(Refused) as refused, write_transaction():
        raise error
    assert (refused.value.status, refused.value.problems[0].code) == (503, code)
    assert refused.value.retry_after


def test_an_error_of_ours_stays_one(home):
    with pytest.raises(OperationalError), write_transaction():
        raise OperationalError("no such column: poond")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own limit")
def test_a_database_that_really_is_full_says_so_and_keeps_what_it_had(home, workspace):
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that earlier tests left free would be room
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")

    def fill():
        with write_transaction():
            for number in range(2000):
                Workspace.objects.create(name="x" * 100, slug=f"s{number}", created_at=0)

    try:
        with pytest.raises(Refused) as refused:
            fill()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert refused.value.problems[0].code == "kernel.disk_full"
    assert Workspace.objects.count() == 2


def test_a_snapshot_does_not_see_what_is_written_meanwhile(home, workspace, together):
    with snapshot():
        before = Workspace.objects.get(pk=workspace.pk).hot_days
        together(add_day, 1)
        assert Workspace.objects.get(pk=workspace.pk).hot_days == before
    assert Workspace.objects.get(pk=workspace.pk).hot_days == before + 1


def test_sqlite_is_configured_to_survive_a_power_cut(home):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's settings")
    with connection.cursor() as cursor:
        told = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert told == ["wal", 2, 1]
