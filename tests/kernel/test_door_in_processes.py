"""The door between real processes, and when they are killed in it."""

import json
import os
import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.process

DIG = """
import json, sys
from yutang.kernel.home import enter
enter()
from yutang.kernel.clock import SystemClock
from yutang.kernel.door import SYSTEM
from yutang.workspaces.actions import create_workspace
print("ready", flush=True)
sys.stdin.readline()
answer = create_workspace(name="lake", slug="lake", actor=SYSTEM, clock=SystemClock(), key="k")
print(json.dumps([answer.value, answer.replayed]))
"""
COUNT = """
from yutang.kernel.home import enter
enter()
from yutang.kernel.models import AuditRow, IdempotencyKey
from yutang.workspaces.models import Workspace
print(Workspace.objects.filter(slug="lake").count(), IdempotencyKey.objects.count(),
      AuditRow.objects.filter(payload__contains="lake").count())
"""


def start(script, installation, **extra):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YUTANG_", "DJANGO_"))}
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env={**kept, **installation.environment, **extra},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def counts(installation):
    return start(COUNT, installation).communicate()[0].split()


def test_of_many_processes_with_one_key_exactly_one_runs(installation):
    processes = [start(DIG, installation) for _ in range(4)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    answers = []
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        answers.append(json.loads(process.communicate()[0]))
    assert sorted(replayed for _, replayed in answers) == [False, True, True, True]
    assert len({value["id"] for value, _ in answers}) == 1
    assert counts(installation) == ["1", "1", "1"]


@pytest.mark.parametrize(
    ("point", "left", "replayed"),
    [("door.before_commit", ["0", "0", "0"], False), ("door.after_commit", ["1", "1", "1"], True)],
)
def test_killed_around_the_commit_the_same_key_ends_in_the_same_state(installation, point, left, replayed):
    killed = start(DIG, installation, YUTANG_CRASH=f"{point}:1")
    out, _ = killed.communicate("go\n")
    assert (killed.returncode, out) == (-signal.SIGKILL, "ready\n")
    assert counts(installation) == left
    out, _ = start(DIG, installation).communicate("go\n")
    assert json.loads(out.splitlines()[-1])[1] is replayed
    assert counts(installation) == ["1", "1", "1"]


def test_a_sealer_killed_before_its_commit_leaves_a_whole_chain(installation, run_yutang):
    crashed = run_yutang(
        "settle", env={**installation.environment, "YUTANG_CRASH": "audit.seal.before_commit:1"}
    )
    assert crashed.code == -signal.SIGKILL
    assert run_yutang("verify", "--json", env=installation.environment).json["sealed"] == 0
    assert run_yutang("settle", env=installation.environment).code == 0
    told = run_yutang("verify", "--json", env=installation.environment).json
    assert (told["unsealed"], told["problems"]) == (0, [])


def test_init_killed_at_its_first_write_is_simply_done_again(run_yutang, tmp_path, template):
    if template.database:
        pytest.skip("one database for the template only")
    home = str(tmp_path / "h")
    assert (
        run_yutang("init", "--home", home, env={"YUTANG_CRASH": "door.before_commit:2"}).code
        == -signal.SIGKILL
    )
    made = run_yutang("init", "--home", home, "--json")
    assert (made.code, made.json["is_new"]) == (0, True)
    assert made.json["keys"]["write"].startswith("yt_write_")
