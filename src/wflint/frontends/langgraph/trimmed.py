"""Lists that a step cuts and hands back to a field that only adds: what was cut off stays there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.values import last_of
from wflint.frontends.langgraph.steps import ReadStep
from wflint.model.contract import Schema
from wflint.model.loss import Loss, LossKind
from wflint.source import code
from wflint.source.walking import body_of, called_name, nodes_in

MERGING = "add_messages"
ADDING = frozenset({"add", "operator.add", "concat", "operator.concat"})
CUTTING = frozenset({"trim_messages", "filter_messages"})
"""Functions of the library that give a part of a list of messages."""


def vain_cuts(read: Mapping[str, ReadStep], state: Schema) -> Iterator[Loss]:
    """Every part of a field's own list that a step returns for that field, as if it took the list's place."""
    for name, step in read.items():
        found = dict(_returned(step.summary)) if step.summary is not None and state.closed else {}
        for key, cut in found.items():
            field = state.field(key)
            if field is None or field.reducer is None or step.summary is None:
                continue
            merges, adds = last_of(field.reducer) == MERGING, field.reducer in ADDING
            if merges or adds:
                why = "keeps all that is there" if merges else "puts it behind all that is there"
                yield Loss(
                    LossKind.REDUCER,
                    f'the part of "{key}" that step "{name}" returns',
                    step.summary.function.module.span(cut.at),
                    f"takes nothing away: `{field.reducer}` {why}",
                    "return a `RemoveMessage` for each one that has to go"
                    if merges
                    else "use `Overwrite`, or cut the list where it is read",
                    field.span,
                    name,
                )


def _returned(summary: FunctionSummary) -> Iterator[tuple[str, code.ExprT]]:
    """The keys of what a step's own code returns whose values are parts of what the state has there."""
    nodes = list(nodes_in(body_of(summary.function.node)))
    names = _set_once(nodes)
    for node in nodes:
        match node:
            case code.Return(value=code.DictDisplay(pairs=pairs)):
                for pair in pairs:
                    value = names.get(pair.value.id, pair.value) if isinstance(pair.value, code.Name) else pair.value
                    key = pair.key.value if isinstance(pair.key, code.Constant) else None
                    whole = _whole(value)
                    if isinstance(key, str) and whole is not None and _field(whole, names, summary.parameter) == key:
                        yield key, value
            case _:
                pass


def _set_once(nodes: list[code.Node]) -> dict[str, code.ExprT]:
    """The names that code sets once, with what it sets them to."""
    found: dict[str, list[code.ExprT]] = {}
    for node in nodes:
        match node:
            case code.Assign(targets=(code.Name(id=name),), value=value):
                found.setdefault(name, []).append(value)
            case code.AugAssign(target=code.Name(id=name), value=value):
                found.setdefault(name, []).extend((value, value))
            case _:
                pass
    return {name: values[0] for name, values in found.items() if len(values) == 1}


def _whole(value: code.ExprT) -> code.ExprT | None:
    """What a value is a part of, where the front or the end of it is cut off; the last one alone is no list cut."""
    match value:
        case code.Subscript(value=whole, index=code.Slice(lower=lower, upper=upper, step=None)):
            cut = (lower is not None and not _is_last(lower)) or upper is not None
            return whole if cut else None
        case code.Call(args=(whole, *_)) if called_name(value) in CUTTING:
            return whole
        case _:
            return None


def _is_last(bound: code.ExprT) -> bool:
    match bound:
        case code.Unary(operator="-", operand=code.Constant(value=1)) | code.Constant(value=-1 | 0):
            return True
        case _:
            return False


def _field(value: code.ExprT, names: Mapping[str, code.ExprT], parameter: str) -> str | None:
    """The field of the step's input that a value is, as it was given."""
    value = names.get(value.id, value) if isinstance(value, code.Name) else value
    match value:
        case code.Subscript(value=code.Name(id=root), index=code.Constant(value=str(key))) if root == parameter:
            return key
        case code.Attribute(value=code.Name(id=root), name=key) if root == parameter:
            return key
        case code.Call(
            func=code.Attribute(value=code.Name(id=root), name="get"), args=(code.Constant(value=str(key)), *_)
        ) if root == parameter:
            return key
        case _:
            return None
