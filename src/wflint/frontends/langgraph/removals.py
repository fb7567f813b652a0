"""Messages that a step asks to remove, where nothing removes them, or where more is removed than it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wflint.evaluate.values import Const, ExternalName, Object, RepeatedElement, Value, bound_part, last_of
from wflint.evaluate.values import Mapping as Dict
from wflint.evaluate.values import Sequence as Listed
from wflint.frontends.langgraph.steps import ReadStep
from wflint.model.contract import Field, Schema
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span

REMOVAL = "RemoveMessage"
ALL = "REMOVE_ALL_MESSAGES"
ALL_IDS = "__remove_all__"
MERGES_MESSAGES = "add_messages"
ADDS = frozenset({None, "add", "operator.add", "concat", "operator.concat", "iadd", "operator.iadd"})
"""Reducers that know nothing of messages; without one, what is returned takes the place of the list."""


def vain_removals(read: Mapping[str, ReadStep], state: Schema) -> Iterator[Loss]:
    """Removals in fields whose reducer does not know them, and what stands before the removal of all."""
    for name, step in read.items():
        for field, given in _written(step, state):
            removals = [each for each in given if isinstance(each, Object) and last_of(each.path) == REMOVAL]
            if removals and field.reducer in ADDS and state.closed:
                yield _kept(name, field, removals[0].site.span)
            if field.reducer is not None and last_of(field.reducer) == MERGES_MESSAGES:
                yield from _removed_with(name, field, given)


def _written(step: ReadStep, state: Schema) -> Iterator[tuple[Field, Sequence[Value]]]:
    """The fields that a step returns lists for, with the items of each."""
    for site in step.summary.returns if step.summary is not None else ():
        for key, value in site.value.known() if isinstance(site.value, Dict) else ():
            field = state.field(key) if isinstance(key, str) else None
            if field is not None and isinstance(value, Listed):
                yield field, [_item(each) for each in value.content]


def _item(value: Value) -> Value:
    return value.value if isinstance(value, RepeatedElement) else bound_part(value) or value


def _kept(step: str, field: Field, span: Span) -> Loss:
    why = f"`{field.reducer}` only puts it behind the rest" if field.reducer else "the field has no reducer"
    return Loss(
        LossKind.REDUCER,
        f'the `{REMOVAL}` in field "{field.name}"',
        span,
        f"removes nothing: {why}",
        f"merge the field with `{MERGES_MESSAGES}`",
        field.span,
        step,
    )


def _removed_with(step: str, field: Field, given: Sequence[Value]) -> Iterator[Loss]:
    number, removal = next(((number, each) for number, each in enumerate(given) if _is_of_all(each)), (0, None))
    if number and isinstance(removal, Object):
        yield Loss(
            LossKind.REDUCER,
            f'what stands before the removal of all messages in field "{field.name}"',
            removal.site.span,
            "is removed, too: only what follows it is kept",
            "put the removal first",
            None,
            step,
        )


def _is_of_all(value: Value) -> bool:
    if not isinstance(value, Object) or last_of(value.path) != REMOVAL:
        return False
    given = value.arguments.get("id", 0)
    return given == Const(ALL_IDS) or (isinstance(given, ExternalName) and last_of(given.path) == ALL)
