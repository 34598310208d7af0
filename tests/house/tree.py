"""The repository as its own tests see it: tracked files, parsed modules, findings with a lesson."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "yutang"


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file, read and parsed. ``path`` is relative to the repository, with forward slashes."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@cache
def files() -> tuple[str, ...]:
    """Every file of the repository that git tracks or would track, relative to its root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return tuple(sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file()))


@cache
def modules(*folders: str, migrations: bool = False) -> tuple[Module, ...]:
    """The Python files under the folders (``src/yutang``, ``tests`` …); migrations only if asked for."""
    found = []
    for name in files():
        if not name.endswith(".py") or not name.startswith(tuple(f"{folder}/" for folder in folders)):
            continue
        if "/migrations/" in name and not migrations:
            continue
        text = (ROOT / name).read_text(encoding="utf-8")
        found.append(Module(name, text, ast.parse(text, name)))
    return tuple(found)


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of the module, nested ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def dotted(node: ast.expr) -> str:
    """``a.b.c`` for such an expression; anything that is not a name or attribute becomes ``?``."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{dotted(value)}.{name}"
        case _:
            return "?"


def lesson(found: Iterable[str], teaching: str) -> str:
    """The message of a failed house rule: where, and what to do instead."""
    return "\n".join(["", *(f"  {each}" for each in found), f"  → {teaching}"])
