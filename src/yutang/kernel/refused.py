"""The exception for a write that is refused."""

from __future__ import annotations

from yutang.language.problem import Problem


class Refused(Exception):
    """Expected: the reasons are problems with codes. ``status`` is what HTTP calls it; 5xx means try again later."""

    def __init__(self, *problems: Problem, status: int = 422, retry_after: int | None = None) -> None:
        super().__init__("; ".join(each.code for each in problems))
        self.problems = problems
        self.status = status
        self.retry_after = retry_after
