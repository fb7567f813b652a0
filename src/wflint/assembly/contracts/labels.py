"""The texts that values may be, where code or the form of a model's answer lists them."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.assembly.contracts.checks import form_of
from wflint.evaluate import types
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import TrackedValue, Value, alternatives, text_of


def labels_of(interp: Interpreter, values: Iterable[Value]) -> tuple[str, ...]:
    """All of them, sorted; none where a value may be anything else."""
    found: set[str] = set()
    for value in (option for each in values for option in alternatives(each)):
        labels = _listed(interp, value)
        if not labels:
            return ()
        found |= labels
    return tuple(sorted(found))


def _listed(interp: Interpreter, value: Value) -> frozenset[str]:
    """The texts that one value may be: itself, or those that an answer was checked to be one of."""
    check = form_of([value]) if isinstance(value, TrackedValue) else None
    listed = types.literals(interp, value.type) if isinstance(value, TrackedValue) else (value,)
    texts = [text_of(each) for each in listed]
    is_sure = check.enforced if check is not None else not isinstance(value, TrackedValue)
    return frozenset(text for text in texts if text is not None) if is_sure and None not in texts else frozenset()
