"""Blocks that are read as whole columns say what the same lines say one by one."""

from __future__ import annotations

import random

import pytest

from yutang.events.lines import plain, tables, vectors
from yutang.events.lines.formats import read_source, source_of
from yutang.events.lines.mapping import Mapping, parse_field
from yutang.people.rules import check_key

NUMBERS = [
    "0",
    "-0",
    "0.0",
    "-0.0",
    "00",
    "007",
    "1.",
    ".5",
    "1e5",
    "100",
    "100.00",
    "0.10",
    "0.010",
    "0.000001",
    "-5.50",
    "999999999.999999",
    "1_000",
    "x",
    "１２",
]
TEXTS = ["true", "False", "t", "张三", "a\\b", "\x7f", "\u2028", "", " ", "nan", "01", " Zebra", "\x85", "😀"]
TIMES = [
    "2026-02-30 00:00:00", "2026-01-01T24:00:00", "1979-01-01 00:00:00", "2026-01-01", "20260101",
    "2026-01-01 00:00:00Z", "2026-01-01T00:00:00+08:00", "", "9999-12-31 23:59:59",
]  # fmt: skip
PEOPLE = [" u1 ", "", "null", "张三", "u\u3000", "x\x1f", "a" * 256]
ODD_LINES = ["", "   ", ",,,", "u1,2026-01-01", "a\rb,,,", "\u3000"]
MAPPING = Mapping(
    person="who", at="day", kind="k", props=tuple(map(parse_field, ("n:number=amount", "any=amount", "t:text=item", "item")))
)  # fmt: skip


def _lines(rows: int, odd: float) -> list[str]:
    chance = random.Random(1)

    def one(usual: str, others: list[str]) -> str:
        return chance.choice(others) if chance.random() < odd else usual

    def line() -> str:
        day = (
            f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02} 10:{chance.randrange(60):02}:00"
        )
        return ",".join((
            one(f"u{chance.randrange(10**6)}", PEOPLE), one(day, TIMES),
            one(f"{chance.uniform(-1e4, 1e4):.{chance.randrange(8)}f}", NUMBERS),
            one(f"sku {chance.randrange(10**6)}", TEXTS),
        ))  # fmt: skip

    return [line() for _ in range(rows)]


def _read(path):
    batches = list(read_source(source_of(str(path), mapping=MAPPING), check_key))
    facts = [fact for batch in batches for fact in batch.facts.to_pylist()]
    rejects = sorted((each.line, repr(each.problem), each.raw) for batch in batches for each in batch.rejects)
    return sum(batch.lines for batch in batches), facts, rejects


@pytest.mark.parametrize("odd", [0, 0.0003, 0.2])
@pytest.mark.parametrize("odd_line", ["u1,2026-01-01 10:00:00,1,x", *ODD_LINES])
def test_whole_columns_say_what_the_lines_say(tmp_path, monkeypatch, odd, odd_line):
    path = tmp_path / "some.csv"
    lines = _lines(3000, odd)
    lines.insert(1500, odd_line)
    path.write_text("who,day,amount,item\n" + "\n".join(lines) + "\n", encoding="utf-8", newline="")
    quick = _read(path)
    monkeypatch.setattr(tables, "split_plain", lambda *_: None)
    monkeypatch.setattr(vectors, "_repeats", lambda _: True)
    assert quick == _read(path)


def test_such_a_file_takes_the_quick_way(tmp_path, monkeypatch):
    taken = []
    split = plain.split_plain
    monkeypatch.setattr(tables, "split_plain", lambda *given: taken.append(split(*given)) or taken[-1])
    path = tmp_path / "some.csv"
    path.write_text("who,day,amount,item\n" + "\n".join(_lines(3000, 0)))
    assert len(_read(path)[1]) == 3000
    assert taken[0] is not None
