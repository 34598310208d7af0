"""Every query on a table of a workspace names its workspace."""

import ast
from collections.abc import Iterator
from functools import cache

from tests.house.tree import Module, lesson, modules

MARK = "# every workspace:"
NAMES = ("workspace", "workspace_id")
READS_NOTHING_BY_ITSELF = {"bulk_create", "bulk_update", "none", "model", "create"}


@cache
def tenant_models() -> frozenset[str]:
    """Models with a ``workspace_id`` column or a ``workspace`` foreign key."""
    found = set()
    for module in modules("src/yutang"):
        if not module.path.endswith("/models.py"):
            continue
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and any(
                isinstance(line, ast.Assign)
                and isinstance(line.targets[0], ast.Name)
                and line.targets[0].id in NAMES
                for line in node.body
            ):
                found.add(node.name)
    return frozenset(found)


def _chains(module: Module) -> Iterator[tuple[ast.expr, str]]:
    """The outermost expression of every ``Model.objects.…`` on a tenant's table, with the model's name."""
    parents = {child: node for node in ast.walk(module.tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr="objects"):
                if name not in tenant_models():
                    continue
                top: ast.AST = node
                while isinstance(above := parents.get(top), ast.Attribute) or (
                    isinstance(above, ast.Call) and above.func is top
                ):
                    top = above
                if isinstance(top, ast.expr):
                    yield top, name


def _names_workspace(chain: ast.expr) -> bool:
    for node in ast.walk(chain):
        if isinstance(node, ast.keyword) and node.arg and node.arg.split("__")[0] in NAMES:
            return True
        if isinstance(node, ast.keyword) and node.arg == "pk" and ast.unparse(node.value).endswith(NAMES):
            return True
        if isinstance(node, ast.Attribute) and node.attr in READS_NOTHING_BY_ITSELF:
            return True
    return False


def _is_marked(module: Module, chain: ast.expr) -> bool:
    first = chain.lineno - 1
    last = chain.end_lineno or chain.lineno
    return any(MARK in line for line in module.lines[max(first - 2, 0) : last + 1])


def test_there_are_tables_to_guard() -> None:
    assert {"LogEntry", "Origin", "AuditRow", "Membership"} <= tenant_models()


def test_every_query_on_a_tenants_table_names_its_workspace() -> None:
    found = [
        f"{module.path}:{chain.lineno} {name}"
        for module in modules("src/yutang")
        for chain, name in _chains(module)
        if not _names_workspace(chain) and not _is_marked(module, chain)
    ]
    assert not found, lesson(
        found,
        f"Filter by workspace_id. Where all workspaces are meant (worker, verify), say why: `{MARK} reason`.",
    )
