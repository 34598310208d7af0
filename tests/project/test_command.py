"""The real command, from outside."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

pytestmark = pytest.mark.process


def test_init_prints_workspace_keys_and_sign_in(installation):
    made = installation.made
    assert made["is_new"] is True
    assert made["workspace"]["name"] == "我的鱼塘"
    assert {kind: key.split("_")[1] for kind, key in made["keys"].items()} == {
        "write": "write",
        "secret": "secret",
        "read": "read",
    }
    assert made["sign_in"]["username"] == "admin"
    assert made["sign_in"]["path"] == "/sign-in"


def test_init_twice_changes_nothing_and_says_so(installation, run_yutang):
    before = run_yutang("state", "--json", env=installation.environment).out
    again = run_yutang("init", "--name", "other", "--json", env=installation.environment)
    assert again.code == 0
    assert (again.json["is_new"], again.json["keys"]["write"]) == (False, None)
    assert "already" in run_yutang("init", env=installation.environment).out
    assert run_yutang("state", "--json", env=installation.environment).out == before


def test_a_home_is_its_owners_only(installation):
    assert os.stat(installation.home / "secret.key").st_mode & 0o077 == 0


def test_init_with_a_bad_time_zone_leaves_nothing_half_made(run_yutang, tmp_path, template):
    if template.database:
        pytest.skip("one database for the template only")
    home = str(tmp_path / "h")
    refused = run_yutang("init", "--home", home, "--timezone", "Asia/Beijing")
    assert refused.code == 1
    assert (
        refused.err == "timezone: Unknown time zone “Asia/Beijing”. Use an IANA name such as Asia/Shanghai\n"
    )
    assert run_yutang("init", "--home", home, "--json").json["is_new"] is True


def test_init_where_nothing_can_be_written(run_yutang, tmp_path):
    (tmp_path / "file").write_text("")
    refused = run_yutang("init", "--home", str(tmp_path / "file"))
    assert (refused.code, refused.out) == (6, "")
    assert refused.err.startswith("Cannot write to")


@pytest.mark.parametrize("command", ["up", "worker", "settle", "state", "verify"])
def test_a_home_that_is_missing_is_said_in_words(run_yutang, tmp_path, command):
    home = tmp_path / "nowhere"
    told = run_yutang(command, "--home", str(home))
    assert (told.code, told.err) == (4, f"{home} is not initialised. Run first: yutang init --home {home}\n")
    assert not home.exists()


def test_problems_are_json_when_json_was_asked_for_and_chinese_by_default(run_yutang, tmp_path):
    told = run_yutang("state", "--json", "--home", str(tmp_path), env={"YUTANG_LANG": "", "LANG": "C.UTF-8"})
    (problem,) = json.loads(told.err)["problems"]
    assert problem["code"] == "home.missing"
    assert "还没有初始化" in problem["detail"]


def test_a_database_that_is_no_postgresql_address(installation, run_yutang):
    told = run_yutang("state", "--database", "mysql://x", env=installation.environment)
    assert (told.code, told.err) == (1, "The database address must start with postgresql://\n")


def test_a_database_that_is_not_there(installation, run_yutang):
    address = "postgresql://nobody:secret@127.0.0.1:1/none"
    told = run_yutang("state", "--database", address, env=installation.environment)
    assert told.code == 6
    assert told.err.startswith("Cannot reach the database")
    assert "Traceback" not in told.err


def test_a_database_without_tables(installation, run_yutang):
    if installation.database:
        pytest.skip("SQLite's file")
    (installation.home / "yutang.sqlite3").unlink()
    for command in ("state", "verify", "up"):
        told = run_yutang(command, env=installation.environment)
        assert told.code == 4, command
        assert told.err.startswith("The database does not have this version's tables"), command


def test_an_unknown_command_and_an_unknown_option(run_yutang):
    assert run_yutang("hlep").code == 2
    assert run_yutang("state", "--jsn").code == 2


def test_settle_seals_and_verify_finds_all_whole(installation, run_yutang):
    assert run_yutang("verify", "--json", env=installation.environment).json["unsealed"] > 0
    assert run_yutang("settle", "--json", env=installation.environment).json == {"pending": 0}
    told = run_yutang("verify", "--json", env=installation.environment)
    assert (told.code, told.json["unsealed"], told.json["problems"]) == (0, 0, [])
    assert "All is as it was written" in run_yutang("verify", env=installation.environment).out


def test_verify_names_what_was_tampered_with(installation, run_yutang):
    if installation.database:
        pytest.skip("tampering on SQLite")
    run_yutang("settle", env=installation.environment)
    with closing(sqlite3.connect(installation.home / "yutang.sqlite3")) as database:
        database.execute("UPDATE kernel_auditrow SET actor_name = 'nobody' WHERE id = 2")
        database.commit()
    told = run_yutang("verify", "--json", env=installation.environment)
    assert told.code == 5
    assert told.json["problems"][0]["params"] == {"position": 2, "row": 2}


def test_state_agrees_between_two_installations_told_the_same(run_yutang, tmp_path, template):
    if template.database:
        pytest.skip("one database for the template only")
    digests = []
    for name in ("one", "two"):
        run_yutang("init", "--home", str(tmp_path / name))
        run_yutang("settle", "--home", str(tmp_path / name))
        digests.append(run_yutang("state", "--json", "--home", str(tmp_path / name)).json)
    assert digests[0] == digests[1]
    assert set(digests[0]) == {"digest", "workspaces"}


def test_the_settings_of_another_project_in_the_shell_do_no_harm(installation, run_yutang):
    environment = {**installation.environment, "DJANGO_SETTINGS_MODULE": "somebodys.shop.settings"}
    told = run_yutang("state", "--json", env=environment)
    assert (told.code, told.err) == (0, "")


def test_crash_points_are_listed(run_yutang):
    told = run_yutang("crash-points", "--json")
    assert told.code == 0
    assert told.json == sorted(told.json)


def test_output_that_nobody_reads_is_no_error(installation, run_yutang):
    command = [sys.executable, "-m", "yutang.project.cli", "--help"]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert "Traceback" not in done.stderr


SMALL_DISK = """
mount -t tmpfs -o size=1m tmpfs {folder} || exit 99
exec {python} -m yutang.project.cli init --home {folder}/home
"""


def test_a_full_disk_is_said_in_words(tmp_path, template):
    if template.database or sys.platform != "linux":
        pytest.skip("needs SQLite and a small disk")
    script = SMALL_DISK.format(folder=tmp_path, python=sys.executable)
    environment = {**os.environ, "YUTANG_LANG": "en", "YUTANG_DATABASE": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], env=environment, capture_output=True, text=True
    )
    if done.returncode == 99 or "unshare" in done.stderr:
        pytest.skip("may not mount a small disk here")
    assert done.returncode == 6
    assert done.stderr == "The disk is full and nothing was saved. Free some space and try again\n"


def test_the_port_that_is_taken_is_named(installation, run_yutang):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        told = run_yutang("up", "--port", str(port), env=installation.environment)
    assert (told.code, told.err) == (6, f"Port {port} is taken. Try another: --port {port + 1}\n")


def test_an_interrupted_command_leaves_no_traceback(installation, start_yutang):
    process = start_yutang("worker", env=installation.environment)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=30)
    assert process.returncode in (0, 130, -signal.SIGINT)


def test_a_home_remembers_its_postgresql_address(template, run_yutang, tmp_path):
    if not template.database:
        pytest.skip("needs PostgreSQL")
    home = tmp_path / "other"
    assert run_yutang("init", "--home", str(home), "--database", template.database).code == 0
    assert os.stat(home / "database").st_mode & 0o077 == 0
    assert run_yutang("state", "--home", str(home)).code == 0
