"""The keys of a large workspace's people in a Parquet file, so that a question need not fetch them from the state database.

A cache: origins never change, so a file with the numbers 1 … N is right for ever, and the database has the rest. Its name says N
and has a mark of the N-th key, by which a file of another database (a restored one) is told apart. Erased people are not in it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yutang.events.history import sync
from yutang.events.snapshot import Snapshot

WORTH = 100_000
"""So many people are fetched from the database in a few hundredths of a second."""
KEPT = 2
"""A question may still be reading the file before the newest."""


@dataclass(frozen=True, slots=True)
class PeopleFile:
    path: Path
    upto: int
    mark: str


def mark_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:16]


def list_people_files(folder: Path) -> list[PeopleFile]:
    """The newest first."""
    found = [path.stem.split("-") for path in folder.glob("people-*.parquet")]
    files = [PeopleFile(folder / f"{'-'.join(parts)}.parquet", int(parts[1]), parts[2]) for parts in found]
    return sorted(files, key=lambda file: (file.upto, str(file.path)), reverse=True)


def find_people_file(state: Snapshot, workspace_id: int, folder: Path) -> PeopleFile | None:
    """The newest that belongs to this database."""
    for file in list_people_files(folder):
        rows = state.rows(
            f"SELECT key FROM people_origin WHERE workspace_id = {int(workspace_id)} AND number = {file.upto}"
        )
        if rows and mark_of(rows[0][0]) == file.mark:
            return file
    return None


def is_worth_writing(file: PeopleFile | None, newest: int) -> bool:
    """Whole files are written: each time at least a quarter of it must be new."""
    covered = file.upto if file else 0
    return newest - covered >= max(WORTH, covered // 4)


def write_people_file(state: Snapshot, workspace_id: int, folder: Path, erased: Collection[int]) -> None:
    people = state.table(
        f"SELECT number AS person, key FROM people_origin WHERE workspace_id = {int(workspace_id)} ORDER BY number"
    )
    upto, key = people["person"][-1].as_py(), people["key"][-1].as_py()
    gone = pc.is_in(people["person"], value_set=pa.array(sorted(erased), pa.int64()))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = folder / f"unfinished-{token_hex(8)}"
    pq.write_table(people.filter(pc.invert(gone)), written, compression="zstd", row_group_size=122_880)
    sync(written)
    written.rename(folder / f"people-{upto}-{mark_of(key)}-{token_hex(8)}.parquet")
    sync(folder)
    for old in list_people_files(folder)[KEPT:]:
        old.path.unlink(missing_ok=True)


def remove_people_files(folder: Path) -> None:
    """At once: they may hold erased people."""
    for path in folder.glob("*") if folder.is_dir() else ():
        path.unlink(missing_ok=True)
