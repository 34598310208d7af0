"""A file, class or function that outgrows these bounds, or has no better name, hides a missing concept."""

import ast

from tests.house.tree import functions, lesson, modules

EVERYWHERE = ("src/yutang", "tests", "benchmarks")
MOST_LINES = 450
LONGEST_FUNCTION = 70
"""Without the signature: that of a command is the table of its options."""


def test_no_module_is_called_utils_or_helpers() -> None:
    vague = {"utils", "util", "helpers", "helper", "misc", "common"}
    found = [
        each.path for each in modules(*EVERYWHERE) if vague & set(each.path.removesuffix(".py").split("/"))
    ]
    assert not found, lesson(
        found, "Name the concept: what do these functions know about? That is the module."
    )


def test_no_class_is_a_service_manager_or_helper() -> None:
    found = [
        f"{module.path}:{node.lineno} {node.name}"
        for module in modules(*EVERYWHERE)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Service", "Manager", "Helper"))
    ]
    assert not found, lesson(
        found, "Write module functions named by verb; keep classes for things that have a state."
    )


def test_no_file_is_too_long_to_read() -> None:
    found = [
        f"{each.path}: {len(each.lines)} lines"
        for each in modules(*EVERYWHERE)
        if len(each.lines) > MOST_LINES
    ]
    assert not found, lesson(found, "Make it a folder of the same name, one concept a file.")


def test_no_function_is_too_long_to_see_whole() -> None:
    found = [
        f"{module.path}:{node.lineno} {node.name}: {length} lines"
        for module in modules(*EVERYWHERE)
        for node in functions(module)
        if (length := (node.end_lineno or node.lineno) - node.body[0].lineno + 1) > LONGEST_FUNCTION
    ]
    assert not found, lesson(found, "Name its parts as functions, or its data as a table.")


def test_models_hold_columns_and_constraints_only() -> None:
    found = [
        f"{module.path}:{node.lineno} {node.name}"
        for module in modules("src/yutang")
        if module.path.endswith("/models.py")
        for node in functions(module)
    ]
    assert not found, lesson(found, "Writes belong in actions.py, reads in queries.py, thinking in rules.py.")
