"""Event lines are read strictly: each bad one is named with its line and what is wrong, the good ones stay."""

from __future__ import annotations

import gzip
import json

import pytest
from tests.events.lines.reading import refusals, staged, write

NEW_YEAR = 1_767_225_600_000_000
GOOD = '{"person":"u1","kind":"a","at":"2026-01-01T00:00:00Z"}'


def test_every_type_of_line_is_read(tmp_path):
    lines = [
        '{"person":"u1","kind":"order.paid","at":"2026-01-01T08:00:00+08:00","id":"o-1","channel":"wecom","source":"shop","props":{"amount":12.50}}',
        '{"person":"u1","traits":{"city":"上海"},"id":"t"}',
        '{"person":"u1","tag":"vip","at":"2026-01-02T00:00:00Z","id":"g"}',
        '{"person":"u1","untag":"vip","at":"2026-01-03T00:00:00Z","id":"h"}',
        '{"person":"u1","relate":{"mentor":"u2","old":null},"at":"2026-01-04T00:00:00Z","id":"r"}',
        '{"merge":["u1","u2"],"at":"2026-01-05T00:00:00Z","id":"m"}',
        '{"unmerge":["u1","u2"],"at":"2026-01-06T00:00:00Z","id":"n"}',
        '{"retract":"o-1","at":"2026-01-07T00:00:00Z","id":"x"}',
        '{"erase":"u1","at":"2026-01-08T00:00:00Z","id":"e"}',
    ]
    facts, report = staged(write(tmp_path, "all.jsonl", "\n".join(lines)))
    assert report.refused == 0
    shown = [(each["fact"], each["who"], each["other"], each["kind"], each["props"]) for each in facts]
    assert shown == [
        ("traits", "u1", None, "", '{"city":"上海"}'),
        ("event", "u1", None, "order.paid", '{"amount":12.5}'),
        ("tag", "u1", None, "vip", "{}"),
        ("untag", "u1", None, "vip", "{}"),
        ("relate", "u1", None, "", '{"mentor":"u2","old":null}'),
        ("merge", "u1", "u2", "", "{}"),
        ("unmerge", "u1", "u2", "", "{}"),
        ("retract", None, "o-1", "", "{}"),
        ("erase", "u1", None, "", "{}"),
    ]
    assert facts[0]["at"] is None
    assert (facts[1]["at"], facts[1]["channel"], facts[1]["source"]) == (NEW_YEAR, "wecom", "shop")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"persn":"u1","kind":"a","at":"2026-01-01"}', "event.unknown_field_near"),
        ('{"person":"u1","kind":"a","at":"2026-01-01","zzz":1}', "event.unknown_field"),
        ('{"person":1,"kind":"a","at":"2026-01-01"}', "event.wants_text"),
        ('{"person":"u1","kind":"a","at":1767225600}', "event.wants_text"),
        ('{"person":"u1","kind":"a"}', "event.at_missing"),
        ('{"person":"u1","kind":"a","at":"yesterday"}', "event.bad_time"),
        ('{"person":"u1","kind":"a","at":"1970-01-01"}', "event.too_old"),
        ('{"person":"0","kind":"a","at":"2026-01-01"}', "people.never_names"),
        ('{"person":"","kind":"a","at":"2026-01-01"}', "people.never_names"),
        ('{"person":"u\\u0000","kind":"a","at":"2026-01-01"}', "people.key_nul"),
        ('{"kind":"a","at":"2026-01-01"}', "event.person_missing"),
        ('{"person":"u1","at":"2026-01-01"}', "event.says_nothing"),
        ('{"person":"u1","kind":"a","traits":{},"at":"2026-01-01"}', "event.says_two_things"),
        ('{"person":"u1","kind":"","at":"2026-01-01"}', "event.field_empty"),
        ('{"person":"u1","kind":"a\\u0000","at":"2026-01-01"}', "event.nul"),
        ('{"person":"u1","kind":"%s","at":"2026-01-01"}' % ("k" * 201), "event.field_too_long"),
        ('{"person":"u1","kind":"a","at":"2026-01-01","id":"%s"}' % ("k" * 256), "event.field_too_long"),
        ('{"person":"u1","kind":"a","at":"2026-01-01","props":[1]}', "event.props_not_an_object"),
        ('{"person":"u1","kind":"a","at":"2026-01-01","props":{"a":1e12}}', "event.number_too_large"),
        ('{"person":"u1","kind":"a","at":"2026-01-01","props":{"a":%s}}' % ("[" * 30 + "]" * 30), "event.too_deep"),
        ('{"person":"u1","tag":"vip","at":"2026-01-01","props":{}}', "event.field_misplaced"),
        ('{"person":"u1","tag":"","at":"2026-01-01"}', "event.field_empty"),
        ('{"person":"u1","relate":{"mentor":3},"at":"2026-01-01"}', "event.wants_targets"),
        ('{"person":"u1","relate":{"mentor":"null"},"at":"2026-01-01"}', "people.never_names"),
        ('{"merge":["u1"],"at":"2026-01-01"}', "event.wants_pair"),
        ('{"merge":["u1","u1"],"at":"2026-01-01"}', "event.same_person"),
        ('{"person":"u1","merge":["u1","u2"],"at":"2026-01-01"}', "event.field_misplaced"),
        ('{"merge":["u1","u2"]}', "event.at_missing"),
        ('{"erase":"u1"}', "event.at_missing"),
        ('{"retract":"x","person":"u1","at":"2026-01-01"}', "event.field_misplaced"),
        ("[1]", "event.line_not_an_object"),
        ('{"person"', "event.not_json"),
        ('{"person":"u1","kind":"a","at":"2026-01-01"} x', "event.not_json"),
        ("[" * 100_000, "event.too_deep"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_others_stay(tmp_path, line, code):
    facts, report = staged(write(tmp_path, "some.jsonl", f"{GOOD}\n\n{line}\n{GOOD}\n"))
    assert refusals(report) == [(3, code)]
    assert report.rejects[0].problem.where == "some.jsonl:3"
    assert len(facts) == 2
    assert report.lines == 3


def test_a_line_of_megabytes_is_refused_and_the_next_is_read(tmp_path):
    facts, report = staged(write(tmp_path, "long.jsonl", "x" * 9_000_000 + f"\n{GOOD}\n"))
    assert [code for _, code in refusals(report)] == ["event.line_too_long"]
    assert len(facts) == 1


def test_null_is_the_same_as_leaving_out(tmp_path):
    line = '{"person":"u1","kind":"a","at":"2026-01-01T00:00:00Z","id":null,"channel":null,"props":null}'
    facts, report = staged(write(tmp_path, "some.jsonl", f"{line}\n{GOOD}\n"))
    assert report.refused == 0
    assert len({each["id"] for each in facts}) == 2


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        (GOOD + "\r\n").encode(),
        gzip.compress(GOOD.encode()),
        b"\n\n" + GOOD.encode(),
    ],
)
def test_marks_line_ends_and_packing_do_not_matter(tmp_path, content):
    facts, report = staged(write(tmp_path, "some.jsonl", content))
    assert (len(facts), report.refused) == (1, 0)


def test_chinese_in_gb18030_is_found_out(tmp_path):
    line = json.dumps(
        {"person": "张三", "kind": "下单", "at": "2026-01-01T00:00:00Z", "props": {"城市": "上海㐀"}},
        ensure_ascii=False,
    )
    facts, report = staged(write(tmp_path, "some.jsonl", f"{GOOD}\n{line}\n".encode("gb18030")))
    assert report.refused == 0
    assert facts[-1]["who"] in ("张三", "u1")
    assert {each["props"] for each in facts} == {"{}", '{"城市":"上海㐀"}'}


def test_a_broken_byte_in_utf_8_costs_its_line_only(tmp_path):
    content = b'{"person":"\xe5\xbc\xa0","kind":"a","at":"2026-01-01"}\n{"person":"\xff","kind":"a","at":"2026-01-01"}\n'
    facts, report = staged(write(tmp_path, "some.jsonl", content))
    assert refusals(report) == [(2, "event.undecodable")]
    assert report.rejects[0].problem.params["byte"] == 12
    assert [each["who"] for each in facts] == ["张"]


def test_emoji_and_exact_numbers_pass_through(tmp_path):
    line = '{"person":"🎣","kind":"钓","at":"2026-01-01T00:00:00Z","props":{"n":12345678901.123456}}'
    facts, _ = staged(write(tmp_path, "some.jsonl", line))
    assert facts[0]["who"] == "🎣"
    assert facts[0]["props"] == '{"n":{"$number":"12345678901.123456"}}'


def test_what_lies_ahead_of_the_clock_is_refused(tmp_path):
    path = write(tmp_path, "some.jsonl", f"{GOOD}\n{GOOD.replace('2026', '2100')}\n")
    facts, report = staged(path, latest=NEW_YEAR)
    assert refusals(report) == [(2, "event.too_far_ahead")]
    assert len(facts) == 1
