"""Logs are JSON lines without secrets and phone numbers."""

import io
import json
import logging

import pytest
import structlog

from yutang.project.logs import configure, masked


@pytest.fixture
def written():
    configure()
    handler = logging.getLogger().handlers[0]
    stream, before = io.StringIO(), handler.stream
    handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    handler.setStream(before)


@pytest.mark.parametrize(
    "said",
    [
        "call 13800138000 now",
        "+8613800138000",
        "8613800138000",
        "phone=13800138000",
        "key yt_secret_aB3-_x9",
        "postgresql://pond:hunter2@db/yutang",
    ],
)
def test_phones_keys_and_passwords_are_hidden_in_words(said):
    for secret in ("13800138000", "yt_secret_aB3-_x9", "hunter2"):
        assert secret not in masked(said)


@pytest.mark.parametrize(
    "said", ["1767240000000000", "order 138001380001", "seq 12345", "2026-01-01T12:00:00Z"]
)
def test_times_and_numbers_stay(said):
    assert masked(said) == said


def test_values_with_telling_names_are_hidden_however_deep():
    told = masked({"a": [{"password": "x", "writeKey": "y", "Authorization": "z", "n": 1}], "api_key": "k"})
    assert told == {
        "a": [{"password": "[hidden]", "writeKey": "[hidden]", "Authorization": "[hidden]", "n": 1}],
        "api_key": "[hidden]",
    }


def test_a_line_is_json_with_level_and_time(written):
    structlog.get_logger("yutang.test").info("it is 13800138000", step="admit", token="abc")
    (line,) = written()
    assert (line["event"], line["level"], line["step"], line["token"]) == (
        "it is [hidden]",
        "info",
        "admit",
        "[hidden]",
    )
    assert line["timestamp"].endswith("Z")


def test_a_traceback_is_hidden_too_and_other_libraries_speak_json(written):
    try:
        raise ValueError("13800138000")
    except ValueError:
        logging.getLogger("somebody.else").exception("failed for %s", "13800138000")
    (line,) = written()
    assert "13800138000" not in json.dumps(line)
    assert "ValueError" in line["exception"]
