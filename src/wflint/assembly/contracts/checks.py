"""What is done to see that answers fit: declared forms, and code that looks at them."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.evaluate.answers import ANSWER
from wflint.evaluate.class_values import Class
from wflint.evaluate.types import bare, show
from wflint.evaluate.values import Bound, Function, InputSource, Location, Object, Partial, TrackedValue, Value
from wflint.model.contract import Check, CheckKind

VALIDATING = frozenset({"BaseModel", "RootModel"})
"""Base classes of which no object is made from values that do not fit."""


def is_validating(cls: Class) -> bool:
    """Whether objects of a class are checked when they are made; typed dicts and dataclasses are not."""
    return any(path.rpartition(".")[2] in VALIDATING for path in cls.libraries())


def form(type_: Value | None, location: Location, *, retries: bool = False) -> Check:
    """The check that an answer has the declared form; enforced where the form is a class that checks."""
    inner = bare(type_)
    enforced = isinstance(inner, Class) and is_validating(inner)
    return Check(CheckKind.ANSWER, show(type_) or "", location.span, enforced, retries)


def name_of(code: Value) -> str | None:
    """What people call the code that looks at something."""
    match code:
        case Function(name=name) | Class(name=name):
            return name
        case Bound(function=function) | Partial(function=function):
            return name_of(function)
        case Object(cls=Class(name=name)):
            return name
        case _:
            return None


def form_of(values: Iterable[Value]) -> Check | None:
    """The form that values were answered in, where every one is an answer or a part of one, and of the same form."""
    roots = {value.root if isinstance(value, TrackedValue) else None for value in values}
    root = roots.pop() if len(roots) == 1 else None
    return _form(root) if isinstance(root, InputSource) and root.kind == ANSWER else None


def _form(root: InputSource) -> Check | None:
    return form(root.type, root.location) if root.location is not None else None
