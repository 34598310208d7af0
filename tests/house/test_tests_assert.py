"""A test that asserts nothing proves nothing."""

import ast
import re
from functools import cache

from tests.house.tree import dotted, functions, lesson, modules

ASSERTING = re.compile(r"(^|\.)(assert\w*|expect\w*|raises|warns|fail)$")


def _asserts_itself(function: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and ASSERTING.search(dotted(node.func)) is not None)
        for node in ast.walk(function)
    )


@cache
def _shared_checks() -> frozenset[str]:
    """Functions of the tests that assert on behalf of others."""
    return frozenset(
        function.name
        for module in modules("tests")
        for function in functions(module)
        if not function.name.startswith("test_") and _asserts_itself(function)
    )


def _asserts(function: ast.AST) -> bool:
    return _asserts_itself(function) or any(
        isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in _shared_checks()
        for node in ast.walk(function)
    )


def test_every_test_asserts_something() -> None:
    found = [
        f"{module.path}:{function.lineno} {function.name}"
        for module in modules("tests")
        for function in functions(module)
        if function.name.startswith("test_") and not _asserts(function)
    ]
    assert not found, lesson(found, "Say what must be true afterwards, or what must be raised.")


def test_no_test_sleeps_to_be_in_time() -> None:
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and dotted(node.func) == "time.sleep"
        and not any("polling" in line for line in module.lines[max(node.lineno - 3, 0) : node.lineno])
    ]
    assert not found, lesson(
        found, "Wait for the condition itself (poll with a deadline, and say `# polling` there)."
    )
