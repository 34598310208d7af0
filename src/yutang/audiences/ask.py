"""Who, now, and why: a condition asked of a workspace or of event files."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from yutang.audiences import answering
from yutang.audiences.known import known_of_workspace, seen_after_all, warnings
from yutang.audiences.questions import Question, Why, all_needs, read_question
from yutang.events.dataset import Dataset
from yutang.events.workspace import over_workspace
from yutang.language.problem import Problem

OnWarnings = Callable[[tuple[Problem, ...]], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """``people`` is a sample (origin number, key), shortest keys first; ``seconds`` is wall time, opening the data included."""

    count: int
    population: int
    people: Sequence[tuple[int, str]]
    seconds: float
    at: int
    warnings: tuple[Problem, ...] = ()


def ask_workspace(workspace_id: int, text: str, *, at: int, limit: int = 50) -> Answer:
    """How many persons of the workspace the condition holds for at ``at`` (µs UTC), with a sample.

    Raises Invalid where the text is no condition.
    """
    started = time.perf_counter()
    question = read_question(text)
    told = warnings(question, known_of_workspace(workspace_id))

    def ask(dataset: Dataset) -> Answer:
        answering.find_members(dataset, question, at)
        return Answer(
            count=answering.count_members(dataset),
            population=answering.count_population(dataset, at),
            people=answering.sample(dataset, limit),
            seconds=time.perf_counter() - started,
            at=at,
            warnings=seen_after_all(dataset, told),
        )

    return over_workspace(workspace_id, all_needs(question), ask, earliest=at, latest=at)


def list_workspace(
    workspace_id: int, question: Question, *, at: int, on_warnings: OnWarnings | None = None
) -> list[str]:
    """The keys of everyone the condition holds for, by code point."""

    def ask(dataset: Dataset) -> list[str]:
        if on_warnings:
            on_warnings(seen_after_all(dataset, warnings(question, known_of_workspace(workspace_id))))
        answering.find_members(dataset, question, at)
        return answering.list_keys(dataset)

    return over_workspace(workspace_id, all_needs(question), ask, earliest=at, latest=at)


def why_workspace(workspace_id: int, text: str, person: int, *, at: int) -> Why:
    """Every part of the condition with its value for the person that origin ``person`` (its number) belongs to."""
    question = read_question(text)
    asked = partial(answering.explain, question=question, at=at, person=person)
    return over_workspace(workspace_id, all_needs(question), asked, earliest=at, latest=at)


def why_named(workspace_id: int, question: Question, key: str, *, at: int) -> Why:
    """As ``why_workspace``, for the person called ``key``, else the first who matches, else the first of all.

    Raises Invalid where there is nobody.
    """

    def ask(dataset: Dataset) -> Why:
        person = answering.choose_person(dataset, question, at, key)
        return answering.explain(dataset, question, at, person)

    return over_workspace(workspace_id, all_needs(question), ask, earliest=at, latest=at)
