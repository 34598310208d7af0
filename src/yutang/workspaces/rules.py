"""What a workspace, a member and a key may be called, and what a key looks like."""

from __future__ import annotations

import re
from hashlib import sha256

from yutang.language.problem import Problem
from yutang.language.zones import known_zones

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
USERNAME = re.compile(r"[\w.@+-]{1,150}")
KINDS = ("write", "secret", "read")
ROLES = ("owner", "operator", "analyst", "service", "moderator", "finance")
HINT = 4


def check_name(name: str, *, where: str = "name") -> Problem | None:
    if name.strip() and len(name) <= 100 and name.isprintable():
        return None
    return Problem("workspaces.name_wrong", {"longest": 100}, where=where)


def check_slug(slug: str) -> Problem | None:
    return None if SLUG.fullmatch(slug) else Problem("workspaces.slug_wrong", {"slug": slug}, where="slug")


def check_timezone(name: str) -> Problem | None:
    """IANA names only, in their exact spelling."""
    if name in known_zones():
        return None
    return Problem("workspaces.timezone_unknown", {"name": name}, where="timezone")


def check_username(name: str) -> Problem | None:
    return None if USERNAME.fullmatch(name) else Problem("workspaces.username_wrong", where="username")


def check_role(role: str) -> Problem | None:
    return None if role in ROLES else Problem("workspaces.role_unknown", {"role": role}, where="role")


def check_kind(kind: str) -> Problem | None:
    return None if kind in KINDS else Problem("workspaces.kind_unknown", {"kind": kind}, where="kind")


def slug_of(name: str) -> str:
    """A slug from the name's ASCII letters and digits; ``pond`` where it has none."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") or "pond"


def key_text(kind: str, random: str) -> str:
    """``yt_write_…``: the prefix lets logs and secret scanners recognise a key."""
    return f"yt_{kind}_{random}"


def key_hash(raw: str) -> str:
    """A key is 192 random bits, so a plain hash is as good as a slow one and costs ingestion nothing."""
    return sha256(raw.encode(errors="replace")).hexdigest()
