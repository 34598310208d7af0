"""Finding ids again."""

import os
from pathlib import Path

import numpy as np
import pytest
from tests.events.history.raw import raw

from yutang.events import history, sidecar
from yutang.events.history import find_seqs, known_ids, list_files, path_of, write_history

EVENTS = [("event", 1, "a", n, {}) for n in range(50)]


def test_duckdb_and_python_hash_alike() -> None:
    ids = ["", "a", "中文", "x" * 255]
    connection = raw()
    found = [
        connection.execute(f"SELECT {sidecar.SQL_HASH} FROM (SELECT ? AS id)", [id]).fetchall()[0][0]
        for id in ids
    ]
    assert found == sidecar.hashes(ids).tolist()


@pytest.mark.django_db
def test_ids_in_listed_files_are_known_with_their_seq(home: Path) -> None:
    list_files(write_history(raw(*EVENTS, ("traits", 1, "", 1, {})), 7, "raw", now=1))
    assert find_seqs(7, ["id-1", "id-51", "id-52", "id-1"]) == {"id-1": 1, "id-51": 51}
    assert known_ids(7, [f"id-{n}" for n in range(100)]) == {f"id-{n}" for n in range(1, 52)}
    assert known_ids(7, []) == set()
    assert known_ids(8, ["id-1"]) == set()


@pytest.mark.django_db
def test_two_ids_of_one_hash_are_told_apart(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list_files(write_history(raw(*EVENTS), 7, "raw", now=1))
    known = sidecar.hashes(["id-1"])[0]
    monkeypatch.setattr(sidecar, "hashes", lambda ids: np.full(len(ids), known))
    assert known_ids(7, ["another"]) == set()


@pytest.mark.django_db
def test_dropped_and_unlisted_files_are_not_looked_at(home: Path) -> None:
    files = write_history(raw(*EVENTS), 7, "raw", now=1)
    assert known_ids(7, ["id-1"]) == set()
    files[0].dropped_at = 5
    list_files(files)
    assert known_ids(7, ["id-1"]) == set()


@pytest.mark.django_db
def test_a_file_that_was_swept_away_is_not_listed(home: Path) -> None:
    files = write_history(raw(*EVENTS), 7, "raw", now=1)
    os.unlink(path_of(files[0]))
    with pytest.raises(FileNotFoundError):
        list_files(files)


@pytest.mark.django_db
def test_a_lookup_that_misses_a_file_starts_over_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = write_history(raw(*EVENTS), 7, "raw", now=1)
    list_files(files)
    paths = history._paths(7)
    answers = iter([[*paths, home / "history/7/gone.parquet"], paths])
    monkeypatch.setattr(history, "_paths", lambda workspace_id: next(answers))
    assert known_ids(7, ["id-1"]) == {"id-1"}
