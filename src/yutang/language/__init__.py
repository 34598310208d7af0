"""The condition language: text ⇄ nodes ⇄ JSON, checked, with every problem in its place. Pure: no Django, no clock, no database.

``yutang.language.compile`` makes SQL of a condition; it is not imported here, because it needs SQLGlot.
"""

from yutang.language.check import Known, check
from yutang.language.functions import FUNCTIONS, Function
from yutang.language.jsonform import from_json, to_json
from yutang.language.needs import needs
from yutang.language.parse import parse
from yutang.language.problem import Invalid, Problem, Span
from yutang.language.render import render
from yutang.language.show import show
from yutang.language.types import type_of

__all__ = [
    "FUNCTIONS",
    "Function",
    "Invalid",
    "Known",
    "Problem",
    "Span",
    "check",
    "from_json",
    "needs",
    "parse",
    "render",
    "show",
    "to_json",
    "type_of",
]
