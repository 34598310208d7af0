"""``now``, random numbers and ids come in as arguments; only the door, the worker and the CLI make them."""

import ast

from tests.house.tree import Module, dotted, lesson, modules

MAKERS = (
    "src/yutang/kernel/clock.py",
    "src/yutang/kernel/ids.py",
    "src/yutang/project/",
)
FORBIDDEN_ENDS = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "time.time",
    "time.time_ns",
    "uuid.uuid1",
    "uuid.uuid4",
    "uuid4",
    "os.urandom",
)
CHANCE = {
    "random",
    "randint",
    "choice",
    "choices",
    "shuffle",
    "sample",
    "uniform",
    "gauss",
    "randrange",
    "getrandbits",
}


def _is_forbidden(name: str) -> bool:
    if any(name == end or name.endswith(f".{end}") for end in FORBIDDEN_ENDS):
        return True
    first, _, rest = name.partition(".")
    return first == "random" and rest in CHANCE


def _may_make(module: Module) -> bool:
    return (
        module.path.startswith(MAKERS) or module.path.endswith("/commands.py") or "/commands/" in module.path
    )


def test_only_clock_ids_and_commands_ask_the_machine() -> None:
    found = [
        f"{module.path}:{node.lineno} {dotted(node.func)}()"
        for module in modules("src/yutang")
        if not _may_make(module)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _is_forbidden(dotted(node.func))
    ]
    assert not found, lesson(
        found, "Take clock: Clock, random: Random or the id as an argument; tests and replay pass their own."
    )


def test_tests_never_assert_how_long_something_took() -> None:
    found = []
    for module in modules("tests"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Assert) and any(
                word in ast.unparse(node.test).lower()
                for word in ("elapsed", "duration_", "perf_counter", "took")
            ):
                found.append(f"{module.path}:{node.lineno}")
    assert not found, lesson(found, "Timing belongs in benchmarks/, as a ratio within one run.")
