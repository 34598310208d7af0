"""JSON lines on stderr, without secrets and without phone numbers."""

from __future__ import annotations

import logging
import logging.config
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

HIDDEN = "[hidden]"
_SECRET_NAME = re.compile(
    r"password|passwd|secret|token|authorization|cookie|api_?key|write_?key|^key$", re.IGNORECASE
)
_SECRET_VALUE = re.compile(r"\byt_(?:write|secret|read)_[A-Za-z0-9_-]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")
_PHONE = re.compile(r"(?<![\w.])(?:\+\d{8,15}|(?:0086|86)?1[3-9]\d{9})(?![\w])")


def masked(value: Any) -> Any:
    """``value`` without keys, passwords in addresses, and phone numbers, however deep."""
    match value:
        case str():
            return _PHONE.sub(HIDDEN, _SECRET_VALUE.sub(HIDDEN, value))
        case dict():
            return {
                name: HIDDEN if _SECRET_NAME.search(str(name)) else masked(each)
                for name, each in value.items()
            }
        case list() | tuple():
            return [masked(each) for each in value]
        case int() | float() | None:
            return value
    return masked(str(value))


def _mask(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    kept = {name: event.pop(name) for name in ("_record", "_from_structlog", "timestamp") if name in event}
    hidden = masked(dict(event))
    event.clear()
    event.update(hidden)
    event.update(kept)
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configure(level: str = "INFO") -> None:
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _SHARED,
        "processors": [
            _mask,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            # A page that is not there is no event of this machine's.
            "loggers": {"yutang": {"level": level}, "django.request": {"level": "ERROR"}},
        }
    )
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
