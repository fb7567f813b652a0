"""Steps read alone: each runs by itself, in an order of which the source says nothing.

What one changes of the things that all share, another may find changed or not. Code and objects that a framework runs
are found as they were left; of data, into which the step's own input went, nothing is known elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from wflint.evaluate.class_values import Class
from wflint.evaluate.contents import Content, join_contents
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.values import (
    Bound,
    Function,
    Object,
    Partial,
    RepeatedElement,
    Unknown,
    Value,
    alternatives,
    join,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

T = TypeVar("T")


def run_alone(interp: Interpreter, step: Callable[[], T]) -> T:
    """Run a step by itself; what it has changed may be so from here on."""
    heap = interp.heap
    heap.open_branch()
    depth = len(heap.layers)
    try:
        return step()
    finally:
        heap.join_early_exits(depth, frame_start=0)
        left = heap.discard_branch(alive=True, frame_start=0)
        for obj in left.changed:
            obj.content = join_contents([obj.content, _left(interp, left.contents[obj])])  # type: ignore[attr-defined]


def _left(interp: Interpreter, content: Content) -> Content:
    if isinstance(content, dict):
        return {key: _found_by_others(interp, value) for key, value in content.items()}
    return [_found_by_others(interp, value) for value in content]


def _found_by_others(interp: Interpreter, value: Value) -> Value:
    if isinstance(value, RepeatedElement):
        inner = _found_by_others(interp, value.value)
        return value if inner is value.value else RepeatedElement(inner)
    if not depends_on(value):
        return value
    kept = [option if _is_run(interp, option) or not depends_on(option) else _DATA for option in alternatives(value)]
    return join(*kept)


_DATA = Unknown("what another step has left")


def _is_run(interp: Interpreter, option: Value) -> bool:
    """Whether a framework or the source runs it."""
    if isinstance(option, Object):
        return option.cls is not None or option.path in interp.library_model.calls
    return isinstance(option, Function | Bound | Partial | Class)
