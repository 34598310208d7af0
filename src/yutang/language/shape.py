"""What holds of every condition however it was made: from text, from JSON or by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yutang.language.lexical import DEEPEST, MOST_PROBLEMS
from yutang.language.nodes import Aggregate, Count, Did, Edge, Name, Node, Sequence, Streak, children
from yutang.language.problem import Problem

QUESTIONS = (Did, Count, Aggregate, Edge, Sequence, Streak)
"""The nodes that read events."""
STEPS = (2, 10)
"""Least and most steps of a sequence."""


def is_question(node: Node) -> bool:
    return isinstance(node, QUESTIONS)


def conditions(node: Node) -> tuple[Node, ...]:
    """The ``where=`` conditions directly at ``node``."""
    match node:
        case Sequence(steps=steps):
            return tuple(step.where for step in steps if step.where is not None)
        case (
            Did(window=window)
            | Count(window=window)
            | Aggregate(window=window)
            | Edge(window=window)
            | Streak(window=window)
        ):
            return () if window.where is None else (window.where,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """``node`` and everything inside, in text order."""
    yield node
    for child in children(node):
        yield from walk(child)


def shape_problems(node: Node) -> tuple[Problem, ...]:
    """``it`` only inside ``where=``, no question over events inside it, 2 to 10 steps, and not too deep."""
    deepest = _too_deep(node, 1)
    if deepest is not None:
        return (Problem("language.too_deep", {"limit": DEEPEST}, deepest.span),)
    return in_order(_problems(node, inside=False))


def _too_deep(node: Node, depth: int) -> Node | None:
    if depth > DEEPEST:
        return node
    extra = 2 if isinstance(node, Sequence) else 1
    found = (_too_deep(child, depth + extra) for child in children(node))
    return next((each for each in found if each is not None), None)


def _problems(node: Node, *, inside: bool) -> Iterator[Problem]:
    if isinstance(node, Name) and node.scope == "it" and not inside:
        yield Problem("language.it_outside", {}, node.span)
    if inside and is_question(node):
        yield Problem("language.question_inside", {}, node.span)
        return
    if isinstance(node, Sequence) and not STEPS[0] <= len(node.steps) <= STEPS[1]:
        yield Problem(
            "language.steps", {"given": len(node.steps), "least": STEPS[0], "most": STEPS[1]}, node.span
        )
    within = conditions(node)
    for child in children(node):
        yield from _problems(child, inside=inside or any(child is each for each in within))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By place, each once (the middle of a chain is read twice), and no more than a person can read."""
    once = {(each.span, each.code, str(dict(each.params))): each for each in problems}
    return tuple(once[key] for key in sorted(once))[:MOST_PROBLEMS]
