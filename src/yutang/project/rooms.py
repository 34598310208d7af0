"""Which rooms the house has, from the ground up."""

from importlib.util import find_spec

ROOMS = ("kernel", "web", "workspaces", "people", "events", "audiences", "simulator", "console")


def offering(module: str) -> tuple[str, ...]:
    """Dotted names of ``module`` in every room that has it, from the ground up."""
    names = (f"yutang.{room}.{module}" for room in ROOMS)
    return tuple(name for name in names if find_spec(name) is not None)
