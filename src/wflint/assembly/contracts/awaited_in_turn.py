"""Models that the code of one step waits for one after the other, although no answer is used for the next question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from wflint.evaluate.statements.bindings import target_names
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import holds, nodes_in

Awaited = tuple[code.Assign, ...]


def awaited_in_turn(body: Sequence[code.StmtT], asking: Collection[TextRange]) -> Iterator[Awaited]:
    """Assignments in a row that each await a model's answer, and none of which reads what an earlier one sets."""
    for block in _blocks(body):
        yield from (run for run in _runs(block, asking) if len(run) > 1)


def _blocks(body: Sequence[code.StmtT]) -> Iterator[Sequence[code.StmtT]]:
    yield body
    for node in nodes_in(body):
        match node:
            case code.If(body=inner, orelse=other):
                yield from (inner, other)
            case code.With(body=inner) | code.Try(body=inner):
                yield inner
            case _:
                pass


def _runs(block: Sequence[code.StmtT], asking: Collection[TextRange]) -> Iterator[Awaited]:
    run: list[code.Assign] = []
    for statement in block:
        if not isinstance(statement, code.Assign) or not _asks(statement, asking) or _reads(statement, run):
            yield tuple(run)
            run = []
        if isinstance(statement, code.Assign) and _asks(statement, asking):
            run.append(statement)
    yield tuple(run)


def _asks(statement: code.Assign, asking: Collection[TextRange]) -> bool:
    """Whether a statement awaits a call that asks a model, and sets names to the answer."""
    match statement:
        case code.Assign(targets=(code.Name(),), value=code.Await() as value):
            return any(holds(value.at, place) for place in asking)
        case _:
            return False


def _reads(statement: code.Assign, earlier: Sequence[code.Assign]) -> bool:
    set_ = {name for each in earlier for target in each.targets for name in target_names(target)}
    return any(isinstance(node, code.Name) and node.id in set_ for node in nodes_in((statement.value,)))
