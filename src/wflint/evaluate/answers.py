"""Answers: what comes back from something that was run, tracked so that it is seen who gets it."""

from __future__ import annotations

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.values import ExternalAttribute, InputSource, Object, Text, TrackedValue, Union, Unknown, Value

ANSWER = "answer"
"""Kind of an input that stands for a model's answer in a declared form."""


class Answer(InputSource, frozen=True, eq=False):
    """What came back from a run of an agent, a crew, a graph.

    `label` is what its library calls the answer, `texts` are the parts of it that hold what was written (none: it is
    the text itself; dotted for parts of parts), None where that cannot be told. `prints_text` is true where `str(...)`
    of it gives the text. `own` are all names that its library gives parts of it, any other is one of the form that was
    asked for; none where that cannot be told. `depends_on` are the tracked inputs that the run was given,
    `path_condition` the undecided conditions under which it happened, `kept_in` what keeps the conversation, `turns`
    how many turns it may take.
    """

    label: str = "answer"
    texts: tuple[str, ...] | None = None
    depends_on: frozenset[TrackedValue] = frozenset()
    path_condition: tuple[int, ...] = ()
    prints_text: bool = False
    own: frozenset[str] = frozenset()
    kept_in: Value | None = None
    turns: int | None = None


def is_answer(value: Value | None) -> bool:
    """Whether a value is an answer, or a part of one."""
    return isinstance(value, TrackedValue) and isinstance(value.root, Answer)


def is_formed(value: TrackedValue) -> bool:
    """Whether a value is what a model or a run answered in a declared form, or a part of that."""
    return value.root.kind == ANSWER or isinstance(value.root, Answer)


def comes_of_answer(value: Value) -> bool:
    """Whether a value is an answer, a part of one, or made of one by methods alone."""
    while isinstance(value, Object | ExternalAttribute) and value.receiver is not None:
        value = value.receiver
    match value:
        case Union(options=options):
            return any(map(comes_of_answer, options))
        case Unknown(depends_on=sources):
            return bool(sources) and all(map(is_answer, sources))
        case Text(parts=(only,)):
            return comes_of_answer(only)
        case _:
            return is_answer(value)


def transitive_dependencies(*values: Value) -> frozenset[TrackedValue]:
    """The tracked inputs that went into `values`, through the answers of what was run in between."""
    found: set[TrackedValue] = set()
    pending = list(depends_on(*values))
    while pending:
        symbol = pending.pop()
        if symbol not in found:
            found.add(symbol)
            pending += symbol.root.depends_on if isinstance(symbol.root, Answer) else ()
    return frozenset(found)
