"""The texts that values may be, where code or the form of a model's answer lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wflint.assembly.contracts.checks import form_of
from wflint.evaluate import types
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Object, TrackedValue, Value, alternatives, text_of
from wflint.evaluate.values import Mapping as Dict


def labels_of(interp: Interpreter, values: Iterable[Value]) -> tuple[str, ...]:
    """All of them, sorted; none where a value may be anything else."""
    found: set[str] = set()
    for value in (option for each in values for option in alternatives(each)):
        labels = _listed(interp, value)
        if not labels:
            return ()
        found |= labels
    return tuple(sorted(found))


def labels_of_parts(interp: Interpreter, values: Iterable[Value]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The labels of each part of what is made here, by its name, where every value has such a part."""
    made = [_parts(option) for each in values for option in alternatives(each)]
    shared = set(made[0]).intersection(*made[1:]) if made else ()
    found = ((name, labels_of(interp, [parts[name] for parts in made])) for name in sorted(shared))
    return tuple((name, labels) for name, labels in found if labels)


def _parts(value: Value) -> Mapping[str, Value]:
    """The parts of a dict or an object that code makes; none of an object with code of its own, which may set them."""
    if isinstance(value, Dict):
        return {key: part for key, part in value.known() if isinstance(key, str)} if value.closed else {}
    if not isinstance(value, Object) or value.cls is None:
        return {}
    plain = not any(isinstance(each, Function) for one in value.cls.lineage() for each in one.content.values())
    return {name: part for name, part in value.content.items() if isinstance(name, str)} if plain else {}


def _listed(interp: Interpreter, value: Value) -> frozenset[str]:
    """The texts that one value may be: itself, or those that an answer was checked to be one of."""
    check = form_of([value]) if isinstance(value, TrackedValue) else None
    listed = types.literals(interp, value.type) if isinstance(value, TrackedValue) else (value,)
    texts = [text_of(each) for each in listed]
    is_sure = check.enforced if check is not None else not isinstance(value, TrackedValue)
    return frozenset(text for text in texts if text is not None) if is_sure and None not in texts else frozenset()
