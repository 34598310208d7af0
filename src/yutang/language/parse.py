"""From text to nodes. Python's own parser reads the expression; nothing is ever evaluated."""

from __future__ import annotations

import ast
from decimal import Decimal
from itertools import pairwise
from typing import get_args

from yutang.language import lexical
from yutang.language.calls import CallReader
from yutang.language.functions import FUNCTIONS, SCOPES
from yutang.language.nodes import (
    And,
    Arithmetic,
    Comparator,
    Compare,
    Member,
    Name,
    Negative,
    Node,
    Not,
    Now,
    Operator,
    Or,
    Scope,
    Value,
    Values,
)
from yutang.language.order import order_problems
from yutang.language.problem import Invalid, Problem, Span
from yutang.language.shape import in_order, shape_problems
from yutang.language.suggest import nearest

LONGEST_PATH = 20
"""Names in a dotted path; JSON in the data nests no deeper."""
_COMPARATORS: dict[type[ast.cmpop], Comparator] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], Operator] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_CONSTANTS_INSTEAD = {
    "true": "True",
    "false": "False",
    "yes": "True",
    "no": "False",
    "真": "True",
    "假": "False",
}
_NOTHING = frozenset({"null", "nil", "none", "undefined", "NULL", "Null"})


def parse(text: str, *, limit: int = lexical.LONGEST) -> Node:
    """The condition that ``text`` says. Raises ``Invalid`` with every problem found, in text order; types are for ``check``.

    ``limit``: bytes of UTF-8. The canonical text of a condition can be longer than what was written, up to ``show.GROWTH`` times.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > limit:
        raise Invalid(
            Problem("language.too_long", {"size": size, "limit": limit}, Span(0, len(text))), source=text
        )
    words = lexical.read(text)
    if found := words.problems or order_problems(words.words):
        raise Invalid(*found, source=text)
    reader = _Reader(text, words.prepared)
    node = reader.read()
    problems = in_order(reader.problems) or shape_problems(node)
    if problems:
        raise Invalid(*problems, source=text)
    return node


class _TooDeep(Exception):
    """Only within one reading: nothing below is looked at."""


class _Reader:
    """One walk over Python's tree. What cannot be read leaves a problem and a placeholder, and the rest is read."""

    def __init__(self, source: str, prepared: str) -> None:
        self.source = source
        self.prepared = prepared
        self.problems: list[Problem] = []
        self.depth = 0
        self.in_chain = False
        self.columns = _columns(prepared)
        self.calls = CallReader(self)

    def read(self) -> Node:
        try:
            # In brackets a condition may go over lines; their balance is already known.
            tree = ast.parse(f"({self.prepared})", mode="eval")
            return self.node(tree.body)
        except SyntaxError as error:
            at = max(0, min((error.offset or 1) - 2, len(self.source) - 1))
            return self.refuse("language.syntax", Span(at, at + 1))
        except (RecursionError, MemoryError, _TooDeep):
            return self.refuse("language.too_deep", Span(0, len(self.source)), limit=lexical.DEEPEST)

    # -- places and problems

    def span(self, item: ast.expr | ast.keyword) -> Span:
        end = item.end_col_offset if item.end_col_offset is not None else item.col_offset + 1
        last = len(self.columns) - 1  # a tuple that is the whole text takes in the added brackets
        return Span(self.columns[max(item.col_offset - 1, 0)], self.columns[min(end - 1, last)])

    def written(self, item: ast.expr | ast.keyword) -> str:
        start, end = self.span(item)
        return self.source[start:end]

    def refuse(self, code: str, place: ast.expr | ast.keyword | Span, **params: object) -> Node:
        span = place if isinstance(place, Span) else self.span(place)
        self.problems.append(Problem(code, params, span))
        return Value(False, span=span)

    # -- expressions

    def node(self, item: ast.expr) -> Node:
        self.depth += 1
        if self.depth > lexical.DEEPEST:
            raise _TooDeep
        try:
            return self._node(item)
        finally:
            self.depth -= 1

    def _node(self, item: ast.expr) -> Node:
        match item:
            case ast.BoolOp(op=ast.And(), values=values):
                return And(tuple(self.node(each) for each in values), span=self.span(item))
            case ast.BoolOp(values=values):
                return Or(tuple(self.node(each) for each in values), span=self.span(item))
            case ast.UnaryOp():
                return self.unary(item)
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
                return Arithmetic(
                    _OPERATORS[type(sign)], self.node(left), self.node(right), span=self.span(item)
                )
            case ast.Compare():
                return self.comparison(item)
            case ast.Call():
                return self.calls.call(item)
            case ast.Attribute():
                return self.path(item)
            case ast.Name(id=name):
                return self.bare(item, name)
            case ast.Constant():
                return self.constant(item)
        return self.other(item)

    def other(self, item: ast.expr) -> Node:
        match item:
            case ast.List():
                return self.refuse("language.list_only_in", item)
            case ast.Tuple():
                return self.refuse("language.tuple", item)
            case ast.Subscript():
                return self.refuse("language.no_subscript", item)
        return self.refuse("language.syntax", item)

    def unary(self, item: ast.UnaryOp) -> Node:
        if isinstance(item.op, ast.UAdd):
            return self.refuse("language.no_plus", item)
        inner = self.node(item.operand)
        if isinstance(item.op, ast.Not):
            return Not(inner, span=self.span(item))
        return negative(inner, self.span(item))

    def constant(self, item: ast.Constant) -> Node:
        if item.value is None:
            return self.refuse("language.none", item)
        if isinstance(item.value, bool | str):
            return Value(item.value, span=self.span(item))
        # Python has made a float of it; the words of the source are exact.
        return Value(Decimal(self.written(item)), span=self.span(item))

    # -- comparisons

    def comparison(self, item: ast.Compare) -> Node:
        if len(item.ops) > 1:
            return self.chain(item)
        return self.compare(item.left, item.ops[0], item.comparators[0], self.span(item))

    def chain(self, item: ast.Compare) -> Node:
        """``a < b < c``. A middle stands twice in the nodes, so a chain in a chain would grow without bound."""
        if self.in_chain:
            return self.refuse("language.chain_in_chain", item)
        self.in_chain = True
        sides = [item.left, *item.comparators]
        pairs = zip(pairwise(sides), item.ops, strict=True)
        parts = [self.compare(left, sign, right, self.between(left, right)) for (left, right), sign in pairs]
        self.in_chain = False
        return And(tuple(parts), span=self.span(item))

    def between(self, left: ast.expr, right: ast.expr) -> Span:
        return Span(self.span(left).start, self.span(right).end)

    def compare(self, left: ast.expr, sign: ast.cmpop, right: ast.expr, span: Span) -> Node:
        for side, other in ((right, left), (left, right)):
            if _is_nothing(side):
                negated = isinstance(sign, ast.NotEq | ast.IsNot | ast.NotIn)
                instead = f"exists({self.written(other)})"
                return self.refuse("language.none", span, instead=instead if negated else f"not {instead}")
        if isinstance(sign, ast.In | ast.NotIn):
            choices = self.choices(left, right)
            return Member(self.node(left), choices, isinstance(sign, ast.NotIn), span=span)
        if isinstance(sign, ast.Is | ast.IsNot):
            instead = "==" if isinstance(sign, ast.Is) else "!="
            return self.refuse(
                "language.is", span, instead=f"{self.written(left)} {instead} {self.written(right)}"
            )
        return Compare(_COMPARATORS[type(sign)], self.node(left), self.node(right), span=span)

    def choices(self, item: ast.expr, right: ast.expr) -> Values:
        if not isinstance(right, ast.List):
            code = "language.in_tuple" if isinstance(right, ast.Tuple) else "language.in_list"
            self.refuse(code, right, item=self.written(item), other=self.written(right))
            return Values(())
        return Values(tuple(self.choice(each) for each in right.elts), span=self.span(right))

    def choice(self, item: ast.expr) -> Value:
        match item:
            case ast.Constant(value=value) if value is not None:
                found = self.constant(item)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)) if type(value) in (int, float):
                found = self.unary(item)
            case _:
                found = self.refuse("language.list_item", item)
        return found if isinstance(found, Value) else Value(False)

    # -- names

    def path(self, item: ast.Attribute) -> Node:
        names: list[str] = []
        inner: ast.expr = item
        while isinstance(inner, ast.Attribute):
            end = self.span(inner).end
            # Not ``inner.attr``: where that is a word of Python's own, something else was written in its place.
            names.append(self.source[end - len(inner.attr) : end])
            inner = inner.value
        if not isinstance(inner, ast.Name) or inner.id not in SCOPES:
            return self.no_scope(item, inner)
        if len(names) > LONGEST_PATH:
            return self.refuse("language.too_deep", item, limit=LONGEST_PATH)
        return Name(_scope(inner.id), ".".join(reversed(names)), span=self.span(item))

    def no_scope(self, item: ast.Attribute, inner: ast.expr) -> Node:
        if not isinstance(inner, ast.Name):
            return self.refuse("language.dot", item)
        rest = self.written(item)[len(self.written(inner)) :]
        scope = nearest(inner.id, SCOPES)
        return self.refuse(
            "language.unknown_scope", inner, name=inner.id, instead=f"{scope}{rest}" if scope else ""
        )

    def bare(self, item: ast.Name, name: str) -> Node:
        if name == "now":
            return Now(span=self.span(item))
        if name in SCOPES:
            return self.refuse("language.bare_scope", item, name=name)
        if name in FUNCTIONS:
            return self.refuse("language.bare_function", item, name=name, instead=FUNCTIONS[name].signature)
        if name in _NOTHING:
            return self.refuse("language.none", item)
        instead = _CONSTANTS_INSTEAD.get(name.lower(), "") or nearest(name, ("now", "True", "False"))
        return self.refuse("language.unknown_name", item, name=name, instead=instead)


def _is_nothing(item: ast.expr) -> bool:
    return (isinstance(item, ast.Constant) and item.value is None) or (
        isinstance(item, ast.Name) and item.id in _NOTHING
    )


def negative(inner: Node, span: Span) -> Node:
    """``-`` before ``inner``; before a number it makes the negative number, so that each number has one form only."""
    if isinstance(inner, Value) and isinstance(inner.value, Decimal):
        return Value(-inner.value if inner.value else inner.value, span=span)
    return Negative(inner, span=span)


def _scope(name: str) -> Scope:
    return next(each for each in get_args(Scope) if each == name)


def _columns(prepared: str) -> list[int]:
    """Python counts columns in bytes of UTF-8: the character at which each byte begins, and the end."""
    columns: list[int] = []
    for index, char in enumerate(prepared):
        columns.extend([index] * len(char.encode()))
    return [*columns, len(prepared)]
