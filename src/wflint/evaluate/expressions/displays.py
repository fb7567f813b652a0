"""Written-out lists, tuples, sets and dicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.expressions.iteration import distinct, elements
from wflint.evaluate.python.entries import Entries, spread_into
from wflint.evaluate.values import Value
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def display(interp: Interpreter, node: code.Display, scope: Scope) -> Value:
    """`[a, *b]`, `(a, b)` or `{a, b}`."""
    items: list[Value] = []
    for part in node.items:
        value = interp.evaluate(part, scope)
        if isinstance(part, code.Starred):
            items.extend(elements(interp, value).content)
        else:
            items.append(value)
    made = interp.list_of(distinct(items) if node.kind == "set" else items, node.kind)
    made.location = interp.location(node.at)
    return made


def dict_display(interp: Interpreter, node: code.DictDisplay, scope: Scope) -> Value:
    """`{key: value, **more}`; under a key that is not known, the value is one of the rest."""
    made = interp.dict_of(interp.location(node.at))
    entries = Entries(made)
    for pair in node.pairs:
        key = interp.resolved(interp.evaluate(pair.key, scope)) if pair.key is not None else None
        value = interp.evaluate(pair.value, scope)
        if pair.key is None or key is None:
            entries.settle()
            spread_into(made, value, interp.location(pair.value.at))
        else:
            entries.enter(key, value, interp.location(pair.key.at))
    entries.settle()
    return made
