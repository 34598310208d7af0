"""Event lines: one JSON object a line, as docs/language.md has them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from yutang.events.lines.batch import MAX_KIND, Batch, Check, Reject, Row, from_rows, reject
from yutang.events.lines.diagnosis import diagnose
from yutang.events.lines.encoding import Decoder, Encoding, decode_line, without_mark
from yutang.events.lines.limits import check_id, check_name, check_short
from yutang.events.lines.opening import LONGEST_LINE, blocks, open_bytes
from yutang.events.lines.times import Times
from yutang.events.values import canonical_json, canonical_props
from yutang.language.problem import Invalid, Problem

BATCH_LINES = 20_000


NOTHING = msgspec.Raw()
FACTS = ("traits", "tag", "untag", "relate", "merge", "unmerge", "retract", "erase")
OWN = ("traits", "tag", "untag", "relate")


class Line(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """A line's outline; the values inside stay undecoded."""

    at: str | None = None
    id: str | None = None
    channel: str | None = None
    source: str | None = None
    person: str | None = None
    kind: str | None = None
    props: msgspec.Raw = NOTHING
    traits: msgspec.Raw = NOTHING
    tag: str | None = None
    untag: str | None = None
    relate: dict[str, str | None] | None = None
    merge: tuple[str, str] | None = None
    unmerge: tuple[str, str] | None = None
    retract: str | None = None
    erase: str | None = None


_outline = msgspec.json.Decoder(Line)


def read_event_lines(path: str, name: str, decoder: Decoder, check: Check) -> Iterator[Batch]:
    """Batches of a JSONL file called ``name`` in problems. Raises ``Invalid`` when it cannot be read at all."""
    reader = _Reader(name, check)
    with open_bytes(path) as (stream, position):
        for block in without_mark(blocks(stream)):
            encoding = decoder.settle(block)
            lines = block.split(b"\n")
            if not lines[-1]:
                lines.pop()
            for start in range(0, len(lines), BATCH_LINES):
                yield reader.batch(lines[start : start + BATCH_LINES], encoding, position())


class _Reader:
    def __init__(self, name: str, check: Check) -> None:
        self.name = name
        self.check = check
        self.times = Times()
        self.line = 0
        self.rejects: list[Reject] = []

    def batch(self, lines: list[bytes], encoding: Encoding, position: int) -> Batch:
        self.rejects = []
        if encoding != "utf-8":
            lines = [self._to_utf8(raw, encoding, self.line + index) for index, raw in enumerate(lines, 1)]
        rows: list[Row] = []
        count = len(lines)
        for number, raw in enumerate(lines, self.line + 1):
            if not raw or raw.isspace():
                count -= 1
                continue
            try:
                row = self._row(_outline.decode(raw), number) if len(raw) <= LONGEST_LINE else None
            except Invalid as error:
                self._refuse(number, error.problems[0], raw)
                continue
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                row = None
            if row is None:
                self._refuse(number, diagnose(raw), raw)
            else:
                rows.append(row)
        self.line += len(lines)
        return Batch(from_rows(rows), count, position, self.rejects)

    def _to_utf8(self, raw: bytes, encoding: Encoding, number: int) -> bytes:
        text, problem = decode_line(raw, encoding)
        if problem:
            self.rejects.append(reject(self.name, number, problem, text))
            return b""
        return text.encode()

    def _refuse(self, number: int, problem: Problem, raw: bytes) -> None:
        text = raw[:4000].decode("utf-8", "replace").rstrip("\r")
        self.rejects.append(reject(self.name, number, problem, text))

    def _row(self, line: Line, number: int) -> Row | None:
        """None for a line that is wrong in its outline; ``diagnose`` says how."""
        if line.kind is None:
            return self._other(line, number)
        if line.person is None or line.at is None or not _is_event(line):
            return None
        self._person(line.person)
        raw = bytes(line.props)
        props = "{}" if not raw or raw == b"null" else canonical_json(raw)
        return self._fact(line, number, "event", who=line.person, kind=line.kind, props=props)

    def _other(self, line: Line, number: int) -> Row | None:
        said = [name for name in FACTS if getattr(line, name) not in (None, NOTHING)]
        if len(said) != 1 or line.props is not NOTHING:
            return None
        fact, value = said[0], getattr(line, said[0])
        if (line.person is None) == (fact in OWN) or (line.at is None and fact != "traits"):
            return None
        if line.person is not None:
            self._person(line.person)
        match fact:
            case "traits":
                return self._fact(line, number, fact, who=line.person, props=canonical_json(bytes(value)))
            case "tag" | "untag":
                check_name(value)
                return self._fact(line, number, fact, who=line.person, kind=value)
            case "relate":
                return self._fact(line, number, fact, who=line.person, props=self._relations(value))
            case "merge" | "unmerge":
                self._pair(*value)
                return self._fact(line, number, fact, who=value[0], other=value[1])
            case "retract":
                check_id(value, "retract")
                return self._fact(line, number, fact, other=value)
            case _:
                self._person(value)
                return self._fact(line, number, fact, who=value)

    def _fact(
        self,
        line: Line,
        number: int,
        fact: str,
        *,
        who: str | None = None,
        other: str | None = None,
        kind: str = "",
        props: str = "{}",
    ) -> Row:
        at, is_naive = self.times.read(line.at) if line.at is not None else (None, False)
        identifier = line.id or None
        if identifier:
            check_id(identifier, "id")
        if line.channel or line.source:
            check_short(line.channel, "channel")
            check_short(line.source, "source")
        return (fact, who, other, kind, at, is_naive, identifier, line.channel, line.source, props, number)

    def _person(self, key: str) -> None:
        if problem := self.check(key):
            raise Invalid(problem)

    def _pair(self, one: str, other: str) -> None:
        self._person(one)
        self._person(other)
        if one == other:
            raise Invalid(Problem("event.same_person", {"person": one}))

    def _relations(self, targets: dict[str, str | None]) -> str:
        for target in targets.values():
            if target is not None:
                self._person(target)
        return canonical_props(targets)


def _is_event(line: Line) -> bool:
    if not line.kind or len(line.kind) > MAX_KIND or "\0" in line.kind:
        return False
    is_owned = line.traits is NOTHING and line.tag is None and line.untag is None and line.relate is None
    is_paired = line.merge is None and line.unmerge is None
    return is_owned and is_paired and line.retract is None and line.erase is None
