"""Routes of a conditional router that stand behind a wider one: the first condition that holds is taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise

from wflint.evaluate.values import Mapping, Object, Value, text_of
from wflint.evaluate.values import Sequence as Row
from wflint.frontends.haystack.conditions import conditions_of
from wflint.frontends.haystack.pipeline import PipelineDraft
from wflint.frontends.haystack.uncovered import Given, holds
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span

MOST_VALUES = 64
"""So many values are tried at most; a router that tells more of them apart is not looked at."""


def hidden_routes(pipeline: PipelineDraft) -> Iterator[Loss]:
    """Every route whose condition holds only where one before it does; of conditions about one input."""
    for name, (made, span) in pipeline.added.items():
        conditions = conditions_of(made)
        inputs = {node.id for one in conditions or () for node in ast.walk(one) if isinstance(node, ast.Name)}
        if conditions is None or len(inputs) != 1:
            continue
        (asked,) = inputs
        for late, early in _hidden(conditions, asked):
            yield Loss(
                LossKind.ROUTE,
                f'route {late + 1} of "{name}" ({_shown(made, late)})',
                _place(made, late) or span,
                f"is never taken: wherever its condition holds, that of route {early + 1} before it "
                f"({_shown(made, early)}) does",
                "put the narrower one first",
                _place(made, early),
                step=name,
            )


def _hidden(conditions: Sequence[ast.expr], asked: str) -> Iterator[tuple[int, int]]:
    """The number of each route that is hidden, with that of the one that hides it."""
    values = _told_apart(conditions)
    held = [[holds(condition, asked, value) for value in values] for condition in conditions]
    for late, own in enumerate(held):
        if None in own or True not in own:
            continue
        for early, others in enumerate(held[:late]):
            if all(other for other, mine in zip(others, own, strict=True) if mine):
                yield late, early
                break


def _told_apart(conditions: Sequence[ast.expr]) -> list[Given]:
    """A value of each kind that the conditions tell apart: what they name, what lies between it, and beyond it."""
    named = [node.value for condition in conditions for node in ast.walk(condition) if isinstance(node, ast.Constant)]
    numbers = sorted({one for one in named if isinstance(one, int | float) and not isinstance(one, bool)})
    words = sorted({one for one in named if isinstance(one, str)})
    between = [(one + other) / 2 for one, other in pairwise(numbers)]
    beyond = [numbers[0] - 1, numbers[-1] + 1] if numbers else []
    apart = ["".join(words) + "?"] if words else []
    found: list[Given] = [*numbers, *between, *beyond, *words, *apart]
    mixed = bool(numbers) and bool(words)
    return found if len(found) <= MOST_VALUES and not mixed else []


def _route(made: Value | None, number: int) -> Mapping | None:
    routes = made.arguments.get("routes", 0) if isinstance(made, Object) else None
    route = routes.content[number] if isinstance(routes, Row) and number < len(routes.content) else None
    return route if isinstance(route, Mapping) else None


def _place(made: Value | None, number: int) -> Span | None:
    route = _route(made, number)
    return route.location.span if route is not None and route.location is not None else None


def _shown(made: Value | None, number: int) -> str:
    route = _route(made, number)
    return (text_of(route.content.get("condition")) or "").strip() if route is not None else ""
