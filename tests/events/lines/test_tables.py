"""Tables of every make become events and traits; a row that does not fit is refused by its line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.events.lines.reading import refusals, staged, write

from yutang.events.lines.formats import source_of
from yutang.events.lines.mapping import (
    Field,
    Mapping,
    mapping_as_words,
    mapping_from_words,
    mapping_from_yaml,
    parse_field,
)
from yutang.events.lines.suggestion import as_flags, suggest
from yutang.events.previewing import preview_source
from yutang.language.problem import Invalid

AMOUNT = (Field("amount", "amount", "number"),)
ORDERS = Mapping(person="user", kind="order.paid", at="time", props=AMOUNT)
NEW_YEAR = 1_767_225_600_000_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "user,time,amount\nu1,2026-01-01T00:00:00Z,12.50\n"),
        ("a.csv", "\ufeffUser , TIME,amount\nu1,2026-01-01T00:00:00Z,+12.50"),
        ("a.csv", '"user","time","amount"\r\n"u1","2026-01-01T00:00:00Z","12.50"\r\n'),
        ("a.tsv", "amount\tuser\ttime\n12.50\tu1\t2026-01-01T00:00:00Z\n"),
        ("a.txt", " user  time amount\n u1 2026-01-01T00:00:00Z   12.50\n\n"),
    ],
)
def test_a_table_is_read(tmp_path, name, content):
    facts, report = staged(write(tmp_path, name, content), ORDERS)
    assert refusals(report) == []
    assert [(each["who"], each["kind"], each["at"], each["props"]) for each in facts] == [
        ("u1", "order.paid", NEW_YEAR, '{"amount":12.5}')
    ]


def _with(**changes):
    return Mapping(**{**{name: getattr(ORDERS, name) for name in ORDERS.__slots__}, **changes})


def test_fixed_widths_and_no_header(tmp_path):
    mapping = _with(header=False, columns=("user", "time", "amount"), widths=(4, 10, 6), format="fixed")
    facts, report = staged(
        write(tmp_path, "a.dat", "u1  2026-01-01 12.50\nu2  2026-01-01\n"), mapping, zone="UTC"
    )
    assert [each["who"] for each in facts] == ["u1"]
    assert refusals(report) == [(2, "import.ragged")]


def test_columns_without_names_are_numbered(tmp_path):
    mapping = Mapping(person="1", kind="order.paid", at="2", header=False, delimiter=";")
    facts, _ = staged(write(tmp_path, "a.csv", "u1;2026-01-01T00:00:00Z\n"), mapping)
    assert [each["at"] for each in facts] == [NEW_YEAR]


@pytest.mark.parametrize(
    ("rows", "refused", "good"),
    [
        ("u1,2026-01-01\nu2,2026-01-01,1,2\nu3,2026-01-01,3", [(2, "import.ragged"), (3, "import.ragged")], 1),
        ('u1,2026-01-01,"1\nu2,2026-01-01,2\nu3,2026-01-01,3', [(2, "import.open_quote")], 2),
        ('u1,2026-01-01,"1"x\nu2,2026-01-01,2', [(2, "import.bad_quotes")], 1),
        ("u1,2026-01-01,abc\nu2,2026-01-01,", [(2, "event.not_a_number")], 1),
        ("u1,soon,1\nu2,1970-01-01,1\nnull,2026-01-01,1", [(2, "event.bad_time"),
            (3, "event.too_old"), (4, "people.never_names")], 0),
        ("u1,2026-01-01,1e15", [(2, "event.number_too_large")], 0),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_is_refused_by_its_line(tmp_path, rows, refused, good):
    facts, report = staged(write(tmp_path, "a.csv", f"user,time,amount\n{rows}\n"), ORDERS)
    assert refusals(report) == refused
    assert len(facts) == good
    assert report.lines == good + len(refused)


def test_a_quoted_cell_may_hold_lines_commas_and_quotes(tmp_path):
    mapping = _with(props=(Field("note", "note", "text"),))
    content = 'user,time,note\nu1,2026-01-01,"a, ""b""\nc"\nu2,2026-01-02,5" pipe\nu3,soon,x\n'
    facts, report = staged(write(tmp_path, "a.csv", content), mapping)
    assert [each["props"] for each in facts] == ['{"note":"a, \\"b\\"\\nc"}', '{"note":"5\\" pipe"}']
    assert refusals(report) == [(5, "event.bad_time")]


def test_quoted_lines_may_go_over_from_one_block_to_the_next(tmp_path):
    row = 'u1,2026-01-01,"first\nsecond"\n'
    mapping = _with(props=(Field("note", "note"),))
    facts, report = staged(write(tmp_path, "a.csv", "user,time,note\n" + row * 200_000), mapping)
    assert (len(facts), report.refused) == (200_000, 0)


@pytest.mark.parametrize("declared", ["", "gb18030", "gbk"])
def test_a_table_in_gb18030_is_read(tmp_path, declared):
    mapping = _with(person="用户", at="时间", props=(Field("城市", "城市"),))
    content = "用户,时间,城市\n张三,2026年1月1日 08:00,上海\n".encode("gb18030")
    facts, report = staged(write(tmp_path, "a.csv", content), mapping, encoding=declared)
    assert report.refused == 0
    assert [(each["who"], each["at"], each["props"]) for each in facts] == [
        ("张三", NEW_YEAR, '{"城市":"上海"}')
    ]


def test_an_undecodable_line_is_refused_with_its_byte(tmp_path):
    content = "user,time,amount\n张,2026-01-01,1\n".encode() + b"\xff\xfe,2026-01-01,1\n"
    facts, report = staged(write(tmp_path, "a.csv", content), ORDERS)
    assert refusals(report) == [(3, "event.undecodable")]
    assert report.rejects[0].problem.params["byte"] == 1
    assert len(facts) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "import.empty_file"),
        ("\n\n", "import.empty_file"),
        ("u1,2026-01-01,1\n", "import.no_such_column"),
        ("usr,time,amount\n", "import.no_such_column"),
        ("user,time\n".encode("utf-16"), "import.utf16"),
        (b"\x1f\x8bbroken", "import.broken_gzip"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_says_why(tmp_path, content, code):
    with pytest.raises(Invalid) as refused:
        staged(write(tmp_path, "a.csv", content), ORDERS)
    assert refused.value.problems[0].code == code


def test_a_header_alone_is_a_table_of_nothing(tmp_path):
    facts, report = staged(write(tmp_path, "a.csv", "user,time,amount\n"), ORDERS)
    assert (facts, report.lines) == ([], 0)


@pytest.mark.parametrize(
    ("cell", "pattern"),
    [
        ("2026-01-01 08:00:00", "auto"), ("2026/1/1 8:00", "auto"), ("2026.01.01 08:00:00", "auto"), ("20260101080000", "auto"),
        ("1767225600", "auto"), ("1767225600000", "auto"), ("2026年1月1日 8时00分", "auto"), (" 2026-01-01T00:00:00Z ", "auto"),
        ("1767225600", "epoch"), ("1767225600000", "epoch_ms"), ("01.01.2026 08:00", "%d.%m.%Y %H:%M"),
        ("2026-01-01T02:00:00+0200", "%Y-%m-%dT%H:%M:%S%z"),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(tmp_path, cell, pattern):
    facts, report = staged(
        write(tmp_path, "a.csv", f"user,time,amount\nu1,{cell},1\n"), _with(at_format=pattern)
    )
    assert refusals(report) == []
    assert [each["at"] for each in facts] == [NEW_YEAR]


@pytest.mark.parametrize(
    ("cell", "type_", "kept"),
    [
        ("007", "auto", '"007"'), ("7", "auto", "7"), ("7.10", "auto", "7.1"), ("TRUE", "auto", "true"), ("7a", "auto", '"7a"'),
        ("13800138000", "text", '"13800138000"'), ("1e3", "number", "1000"), ("0.00001", "number", "0.00001"),
        ("-0", "number", "0"), ("是", "boolean", "true"), ("0", "boolean", "false"), ("[1,2.50]", "json", "[1,2.5]"),
        ("12345678901.123456", "number", '{"$number":"12345678901.123456"}'),
    ],
)  # fmt: skip
def test_a_cell_becomes_a_value_of_its_type(tmp_path, cell, type_, kept):
    mapping = _with(props=(Field("v", "v", type_),))
    facts, _ = staged(write(tmp_path, "a.tsv", f"user\ttime\tv\nu1\t2026-01-01\t{cell}\n"), mapping)
    assert facts[0]["props"] == f'{{"v":{kept}}}'


def test_a_row_may_be_an_event_and_traits(tmp_path):
    mapping = _with(traits=(Field("city", "city"),), id="no", channel="way", source="shop", kind="type")
    content = "user,time,amount,city,no,way,type\nu1,2026-01-01,1,上海,o1,live,order.paid\nu2,2026-01-01,2,,o2,,order.refunded\n"
    facts, _ = staged(write(tmp_path, "a.csv", content), mapping)
    shown = {(each["fact"], each["who"], each["kind"], each["channel"], each["source"]) for each in facts}
    assert shown == {
        ("event", "u1", "order.paid", "live", "shop"),
        ("event", "u2", "order.refunded", None, "shop"),
        ("traits", "u1", "", "live", "shop"),
    }
    assert {each["id"] for each in facts if each["fact"] == "event"} == {"o1", "o2"}


def test_a_parquet_table_gives_what_its_csv_would(tmp_path):
    table = pa.table(
        {
            "user": ["u1", "u2", None],
            "time": pa.array([datetime(2026, 1, 1, tzinfo=UTC)] * 3, pa.timestamp("ms", "UTC")),
            "day": [date(2026, 1, 1)] * 3,
            "amount": [Decimal("12.50"), None, Decimal("1.00")],
            "code": ["007", "7", "7"],
            "gift": [True, False, None],
            "items": [[1, 2], None, []],
        }
    )
    path = str(tmp_path / "a.parquet")
    pq.write_table(table, path)
    names = ("amount", "code", "gift", "items")
    facts, report = staged(path, _with(props=tuple(Field(name, name) for name in names)))
    assert refusals(report) == [(3, "people.never_names")]
    assert {each["who"]: each["props"] for each in facts} == {
        "u1": '{"amount":12.5,"code":"007","gift":true,"items":[1,2]}',
        "u2": '{"code":"7","gift":false}',
    }
    assert {each["at"] for each in facts} == {NEW_YEAR}
    with pytest.raises(Invalid) as refused:
        staged(write(tmp_path, "b.parquet", "no"), ORDERS)
    assert refused.value.problems[0].code == "import.not_parquet"


YAML = """
format: blank
zone: America/New_York
person: customer_id
kind: order.paid
at: {column: date, format: "%Y%m%d"}
props:
  quantity: {column: number_of_cds, type: number}
  amount: dollar_value
"""


def test_a_mapping_is_the_same_in_yaml_and_as_kept():
    mapping = mapping_from_yaml(YAML)
    assert mapping.at_format == "%Y%m%d"
    assert mapping.props == (Field("quantity", "number_of_cds", "number"), Field("amount", "dollar_value"))
    assert mapping_from_words(mapping_as_words(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "code"),
    [("persn: a", "import.map_word"), ("a: [", "import.map_yaml"), ("- a", "import.map_yaml"),
     ("at: {colum: a}", "import.map_value"),
     ("widths: [a]", "import.map_value"), ("props: 3", "import.map_value")],
)  # fmt: skip
def test_a_wrong_mapping_says_where(text, code):
    with pytest.raises(Invalid) as refused:
        mapping_from_yaml(text, "map.yaml")
    assert refused.value.problems[0].code == code
    assert refused.value.problems[0].where.startswith("map.yaml")


@pytest.mark.parametrize(
    ("text", "field"),
    [("amount:number=Total", Field("amount", "Total", "number")), ("amount=Total", Field("amount", "Total")),
     ("Total:text", Field("Total", "Total", "text")), ("Total", Field("Total", "Total"))],
)  # fmt: skip
def test_a_field_is_read_from_a_flag(text, field):
    assert parse_field(text) == field


def test_known_headers_suggest_a_mapping(tmp_path):
    found = suggest(["订单号", "用户ID", "支付时间", "实付金额", "渠道"])
    assert found is not None
    assert (found.person, found.at, found.id, found.channel) == ("用户ID", "支付时间", "订单号", "渠道")
    assert "--prop '实付金额:number=实付金额'" in as_flags(found)
    assert suggest(["a", "b"]) is None
    source = source_of(write(tmp_path, "a.csv", "user_id,date,total\nu1,2026-01-01,3\n"))
    seen = preview_source(source, 5)
    assert seen.columns == ["user_id", "date", "total"]
    assert seen.rows == [["u1", "2026-01-01", "3"]]
    assert seen.facts == []


def test_a_preview_shows_facts_and_problems(tmp_path):
    path = write(tmp_path, "a.csv", "user,time,amount\nu1,2026-01-01,3\nu2,soon,3\n")
    seen = preview_source(source_of(path, mapping=ORDERS), 5)
    assert [each["who"] for each in seen.facts] == ["u1"]
    assert seen.facts[0]["at"] == "2026-01-01T00:00:00"
    assert [each.problem.code for each in seen.rejects] == ["event.bad_time"]
