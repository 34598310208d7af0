"""Which ids a history file holds: beside ``x.parquet`` lies ``x.parquet.ids``, sorted 64-bit hashes of the ids, little-endian.

A hash that is not there proves that the id is not; one that is there is looked up in the file itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import md5
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

Hashes = npt.NDArray[np.uint64]
SQL_HASH = "md5_number_upper(id)"
"""In DuckDB the same number that ``hashes`` computes."""


def path_of(file: Path) -> Path:
    return file.with_name(file.name + ".ids")


def write(file: Path, sorted_hashes: Hashes) -> Path:
    path = path_of(file)
    sorted_hashes.astype("<u8").tofile(path)
    return path


def hashes(ids: Sequence[str]) -> Hashes:
    return np.array(
        [int.from_bytes(md5(id.encode(), usedforsecurity=False).digest()[:8], "little") for id in ids],
        dtype="<u8",
    )


def suspects(file: Path, wanted: Hashes) -> npt.NDArray[np.bool_]:
    """For each hash, whether the file may hold its id. Raises FileNotFoundError."""
    path = path_of(file)
    if path.stat().st_size == 0:
        return np.zeros(len(wanted), dtype=bool)
    known = np.memmap(path, dtype="<u8", mode="r")
    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.asarray(known[places] == wanted)


def find_seqs(files: Collection[Path], ids: Collection[str]) -> dict[str, int]:
    """The ``seq`` of each of ``ids`` that one of the files holds; exact. Raises FileNotFoundError where a file has gone."""
    asked = list(dict.fromkeys(ids))
    wanted = hashes(asked)
    found: dict[str, int] = {}
    for file in files:
        hits = [asked[index] for index in np.flatnonzero(suspects(file, wanted))]
        if hits:
            found |= _looked_up(file, hits)
    return found


def _looked_up(file: Path, ids: list[str]) -> dict[str, int]:
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        connection.register("asked", pa.table({"id": ids}))
        try:
            rows = connection.execute(
                "SELECT id, min(seq) FROM read_parquet(?) SEMI JOIN asked USING (id) GROUP BY id", [str(file)]
            ).fetchall()
        except duckdb.IOException as error:
            if file.exists():
                raise
            raise FileNotFoundError(str(file)) from error
    return dict(rows)
